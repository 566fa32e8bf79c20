import type { SecureContextOptions } from "node:tls";
import type { Clock } from "../clock/clock.js";
import type { Contract, SubjectPart } from "../contract/contract.js";
import { headerNaming, membersOf, valueAt } from "../contract/message.js";
import { idOf, type Subject } from "../contract/subject.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import { headerOf, type ArrivedRequest, type Journal } from "./journal.js";
import { playStep } from "./play-step.js";
import { createRecordingServer } from "./recording-server.js";
import type { Step } from "./script.js";

export interface ScriptedReceiverOptions {
  readonly clock: Clock;
  /**
   * One step an attempt, counted per session id, or per document of one; after the last one, `afterwards`. A connection that is reset at
   * `connect` has no session id yet, so a script with such a step meets one session only.
   */
  readonly script: readonly Step[];
  /** Meets what comes after the script. @default the last step of the script */
  readonly afterwards?: Step;
  /** Other paths are answered with 404 and not counted. @default "/webhook" */
  readonly path?: string;
  /** The callback that it meets. @default the contract of batch jobs */
  readonly contract?: Contract;
  /** Key and certificate, for `https`. @default none: it is served by `http` */
  readonly tls?: SecureContextOptions;
  /** From 0 to 65535. @default any free port */
  readonly port?: number;
  /** The address that it listens on. @default "127.0.0.1" */
  readonly host?: string;
}

/** One attempt as the scripted receiver met it. */
export interface Arrival {
  /** From the session header, else from the body; empty where neither says, null where no request came. */
  readonly sessionId: string | null;
  /** The same of its document; empty where the contract has none. */
  readonly documentId: string | null;
  /** From 1, within its session, or within its document. */
  readonly attempt: number;
  /** Milliseconds since the Unix epoch, on the receiver's clock: the last byte of the request. */
  readonly at: number;
  readonly step: Step;
  /** Null where the connection was reset before any request. */
  readonly request: ArrivedRequest | null;
}

/** A receiver that runs. */
export interface ScriptedReceiver {
  /** The callback URL. */
  readonly url: string;
  readonly port: number;
  readonly journal: Journal & { readonly arrivals: readonly Arrival[] };
  /** Destroys every connection; rejects when a step could not be played, as a stall that nobody could end. */
  close(): Promise<void>;
}

/**
 * Starts a receiver that meets each attempt as its script says. On a virtual clock it stalls on behalf of the sender's
 * attempt, whose hold is bound to the connection's port.
 * @throws UsageError when there is no step to play.
 */
export async function createScriptedReceiver(options: ScriptedReceiverOptions): Promise<ScriptedReceiver> {
  const { clock, script, path = "/webhook", contract = defaults.contract, tls, port, host } = options;
  const afterwards = options.afterwards ?? script.at(-1);
  if (!afterwards) throw new UsageError("ERR_SCRIPT", "script: expected at least one step, got none.");
  const stepFor = (attempt: number): Step => script[attempt - 1] ?? afterwards;

  const arrivals: Arrival[] = [];
  const requestsOf = new Map<string, number>();
  let latest = "";
  let resetsAtConnect = 0;

  const server = await createRecordingServer({
    clock,
    ...(tls && { tls }),
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    accept(socket) {
      const attempt = resetsAtConnect + (requestsOf.get(latest) ?? 0) + 1;
      const step = stepFor(attempt);
      if (step.kind !== "reset" || step.at !== "connect") return;
      resetsAtConnect += 1;
      arrivals.push({ sessionId: null, documentId: null, attempt, at: clock.now(), step, request: null });
      socket.resetAndDestroy();
    },
    async answer(socket, request) {
      if (request.target.split("?", 1)[0] !== path) {
        return playStep({ kind: "answer", status: 404 }, socket, request, clock);
      }
      const subject = subjectIn(request, contract);
      const id = idOf(subject.sessionId, subject.documentId);
      const requests = (requestsOf.get(id) ?? 0) + 1;
      requestsOf.set(id, requests);
      latest = id;
      const attempt = resetsAtConnect + requests;
      const step = stepFor(attempt);
      arrivals.push({ ...subject, attempt, at: request.completedAt, step, request });
      return playStep(step, socket, request, clock);
    },
  });

  return {
    url: `${server.origin}${path}`,
    port: server.port,
    journal: { ...server.journal, arrivals },
    close: () => server.close(),
  };
}

/** What a request is about: each part from its header, else from the body; empty where neither says. */
export function subjectIn(request: ArrivedRequest, contract: Contract): Subject {
  const { parts } = contract.subject;
  const part = (name: SubjectPart): string => (parts.includes(name) ? namedIn(request, contract, name) : "");
  return { sessionId: part("sessionId"), documentId: part("documentId") };
}

function namedIn(request: ArrivedRequest, contract: Contract, part: SubjectPart): string {
  const header = headerNaming(contract.request, part);
  const named = header === null ? null : headerOf(request, header);
  if (named !== null) return named;
  try {
    const member = valueAt(JSON.parse(request.body.toString()), membersOf(contract.request, part)[0] ?? []);
    return typeof member === "string" ? member : "";
  } catch {
    return "";
  }
}
