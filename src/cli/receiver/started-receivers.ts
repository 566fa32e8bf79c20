import { createCertificateAuthority } from "../../tls/certificates.js";
import { faultyReceivers, type FaultyReceiver } from "../../faulty-receivers/index.js";
import type { SeenRequest } from "../../capture/capture.js";
import { watchHttpRequests } from "../../capture/watch-http.js";
import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import { createHostileServer, hostileAnswer, hostileNames } from "../../receivers/hostile-answer.js";
import { createReferenceReceiver, type ReceiverLogEntry } from "../../receivers/reference-receiver.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import type { Step } from "../../receivers/script.js";
import { showControlCharacters } from "../../report/control-character.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import type { Header } from "../../sender/attempt.js";
import { suggestion } from "../../input/closest.js";
import { writeFileAtomically } from "../output-files.js";
import { watchArrivals, watchHttpCallbacks, say } from "./receiver-lines.js";
import { stepText } from "./script-tokens.js";
import type { Contract } from "../../contract/contract.js";

export interface StartOptions {
  readonly host: string;
  readonly port: number;
  readonly https: boolean;
  /** Where the CA's certificate goes. */
  readonly caOut: string | undefined;
  readonly required: Header | undefined;
  readonly contract: Contract;
  /** What requests have to be signed with; null where nothing is signed. */
  readonly secret: string | null;
}

export interface StartedReceiver {
  readonly title: string;
  readonly url: string;
  /** How to reach it, where that is not plain. */
  readonly notes: readonly string[];
  /** Tells of each request as it came, whatever is made of it; absent where they cannot be seen. */
  readonly watchRequests?: (each: (request: SeenRequest) => void) => { stop(): void };
  close(): Promise<void>;
}

export async function startReference({
  host,
  port,
  required,
  contract,
  secret,
  ...tls
}: StartOptions): Promise<StartedReceiver> {
  const https = await certificateFor(host, tls);
  const receiver = createReferenceReceiver({
    clock: systemClock,
    contract,
    ...(secret !== null && { secret }),
    ...(required !== undefined && { credential: { header: required[0], value: required[1] } }),
    ...(https !== null && { https }),
    log: (entry) => say(logText(entry)),
  });
  const url = await receiver.listen({ host, port });
  return {
    title: "reference receiver",
    url,
    notes: [],
    watchRequests: watchHttpRequests,
    close: () => receiver.close(),
  };
}

export async function startScripted(script: readonly Step[], options: StartOptions): Promise<StartedReceiver> {
  const { host, port, contract, ...tls } = options;
  const certificate = await certificateFor(host, tls);
  const receiver = await createScriptedReceiver({
    clock: systemClock,
    contract,
    script,
    host,
    port,
    ...(certificate !== null && { tls: certificate }),
  });
  const watch = watchArrivals(receiver.journal.arrivals, ({ sessionId, documentId, attempt, step }) => {
    const document = documentId === null || documentId === "" ? "" : `document ${documentId} of `;
    say(showControlCharacters(`attempt ${attempt} of ${document}session ${sessionId ?? "unknown"}: ${stepText(step)}`));
  });
  return {
    title: "scripted receiver",
    url: receiver.url,
    notes: [],
    watchRequests: (each) => watchArrivals(receiver.journal.requests, each),
    async close() {
      watch.stop();
      await receiver.close();
    },
  };
}

/** One that pretends to be in public is reached by its name with `--connect-to`, and trusted with `--ca`. */
export async function startFaulty(faulty: FaultyReceiver, options: StartOptions): Promise<StartedReceiver> {
  const { host, port, https, caOut, required, secret } = options;
  if (https)
    throw new UsageError("ERR_RECEIVER", "--https: expected no --faulty beside it; it has a scheme of its own");
  const watch = watchHttpCallbacks();
  const running = await faulty.start({ host, port, credential: required ?? null, secret });
  const { url, network } = running;
  const notes = [faulty.title];
  const { hostname, port: urlPort } = parseCallbackUrl(url);
  const to = network?.route?.(hostname, urlPort);
  const bracketed = (name: string): string => (name.includes(":") ? `[${name}]` : name);
  if (to !== undefined)
    notes.push(`reach it with --connect-to ${bracketed(hostname)}:${urlPort}:${bracketed(to.host)}:${to.port}`);
  const [ca] = network?.ca ?? [];
  if (ca !== undefined && caOut !== undefined) writeFileAtomically("ca-out", caOut, ca);
  if (ca !== undefined && url.startsWith("https:"))
    notes.push(`trust it with --ca ${caOut ?? "FILE, which --ca-out FILE writes"}`);
  return {
    title: `faulty receiver ${faulty.id}`,
    url,
    notes,
    async close() {
      watch.stop();
      await running.close();
    },
  };
}

/** @throws UsageError for a name that there is not. */
export async function startHostile(name: string, options: StartOptions): Promise<StartedReceiver> {
  const { host, port, ...tls } = options;
  const answer = hostileAnswer(name);
  if (answer === null) {
    const near = suggestion(name, hostileNames());
    throw new UsageError(
      "ERR_RECEIVER",
      `--hostile: expected a name that --list --hostile shows, got ${JSON.stringify(name)}${near}`,
    );
  }
  const certificate = await certificateFor(host, tls);
  const server = await createHostileServer(answer, {
    clock: systemClock,
    host,
    port,
    ...(certificate !== null && { tls: certificate }),
  });
  const told = answer.oddities === undefined ? "" : `; told: ${answer.oddities.join(", ")}`;
  return {
    title: `hostile server ${name}`,
    url: `${server.origin}/webhook`,
    notes: [answer.title, `an attempt ends so: ${answer.outcome}${told}`],
    watchRequests: (each) => watchArrivals(server.journal.requests, each),
    close: () => server.close(),
  };
}

export function hostileTitles(): string {
  const names = hostileNames();
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${hostileAnswer(name)?.title ?? ""}`).join("\n");
}

/** @throws UsageError for a name that there is not. */
export function faultyNamed(name: string): FaultyReceiver {
  const found = faultyReceivers.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const near = suggestion(
    name,
    faultyReceivers.map(({ id }) => id),
  );
  throw new UsageError("ERR_RECEIVER", `--faulty: expected a name that --list shows, got "${name}"${near}`);
}

export function faultyTitles(): string {
  const width = Math.max(...faultyReceivers.map(({ id }) => id.length));
  return faultyReceivers.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join("\n");
}

async function certificateFor(host: string, { https, caOut }: Pick<StartOptions, "https" | "caOut">) {
  if (!https || caOut === undefined) return null;
  const authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: [...new Set(["localhost", "127.0.0.1", "::1", host])] });
  writeFileAtomically("ca-out", caOut, authority.certificatePem);
  return certificate;
}

function logText(entry: ReceiverLogEntry): string {
  switch (entry.event) {
    case "callback":
      return `callback of session ${showControlCharacters(entry.sessionId)}: ${entry.decision}`;
    case "refused":
      return `refused with ${entry.status}, session ${showControlCharacters(entry.claimedSessionId ?? "unknown")}`;
    case "retrying":
      return `session ${showControlCharacters(entry.sessionId)}: fetching results again in ${entry.delayMs} ms, ${entry.reason}`;
    case "processed":
      return `session ${showControlCharacters(entry.sessionId)} processed`;
    case "gave-up":
      return `session ${showControlCharacters(entry.sessionId)} given up: ${entry.reason}`;
  }
}
