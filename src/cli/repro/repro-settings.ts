import { parseTime } from "../../clock/timestamps.js";
import { resolve } from "node:path";

import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import type { ReceiverKind } from "../../lab/lab-receiver.js";
import type { EffectsProbe } from "../../runner/effects-probe.js";
import { urlProbe } from "../../runner/url-probe.js";
import type { Header } from "../../sender/attempt.js";
import { assertSessionId } from "../../sender/callback.js";
import { parseCallbackUrl, type CallbackUrl } from "../../sender/callback-url.js";
import { customHeaders } from "../../sender/custom-headers.js";
import type { Network } from "../../sender/open-connection.js";
import { commandProbe } from "../run/command-probe.js";
import { defaults } from "../../defaults.js";
import { contractOf } from "../contract-option.js";
import { parseHeaders } from "../header-option.js";
import { networkOf } from "../network-options.js";
import { readOptions, type OptionValues, type RawValues } from "../option.js";
import { reproOptions } from "./repro-options.js";
import { withEnvironment } from "../environment-value.js";
import { assertSecret } from "../../sender/signature.js";

/** Which receiver a scenario is played on, and what it takes to start or reach it. */
export type Chosen =
  | { readonly kind: "embedded" }
  | { readonly kind: "app"; readonly file: string; readonly path: string; readonly probePath: string | null }
  | {
      readonly kind: "process";
      readonly command: string;
      readonly url: CallbackUrl;
      readonly other: { readonly command: string; readonly url: CallbackUrl } | null;
    }
  | { readonly kind: "url"; readonly url: CallbackUrl; readonly other: { readonly url: CallbackUrl } | null };

export interface ReproSettings {
  readonly options: OptionValues<typeof reproOptions>;
  readonly chosen: Chosen;
  readonly contract: Contract;
  readonly headers: readonly Header[];
  readonly network: Partial<Network>;
  /** Null where none was declared, or the app is asked itself. */
  readonly probe: EffectsProbe | null;
  readonly settleMs: number;
  /** How many times faster than wall time. */
  readonly speed: number;
  /** In milliseconds since the Unix epoch; null for the present, or for a fixed moment where no receiver is given. */
  readonly startAt: number | null;
  readonly seed: string;
  /** What bodies are signed with; null where the contract has nothing signed. */
  readonly secret: string | null;
  /** Session ids are others each time, so that a receiver that remembers an earlier one does not take them for duplicates. */
  readonly areNew: boolean;
}

/** @throws UsageError for an option that is no use, alone or together. */
export function readReproSettings(raw: RawValues): ReproSettings {
  const options = readOptions(reproOptions, raw);
  const chosen = chosenOf(options);
  assertTogether(options, chosen.kind);
  const headers = parseHeaders(options.header, process.env);
  // Here, since a header that cannot be sent is found before anything is started.
  const contract = contractOf(options);
  customHeaders(headers, contract);
  const secret = options.secret === undefined ? null : withEnvironment("--secret", options.secret, process.env);
  assertSecret(contract, secret);
  if (options["session-id"] !== undefined) assertSessionId(options["session-id"], "--session-id");
  const network = networkOf(options);
  const isFree = chosen.kind === "embedded" || chosen.kind === "app" || options["time-travel"];
  const { settleMs, settleWhereTimeIsFreeMs } = defaults.scenario;
  return {
    options,
    chosen,
    contract,
    headers,
    network,
    probe: probeOf(options, chosen, network.ca ?? [], contract),
    secret,
    settleMs: options.settle ?? (isFree ? settleWhereTimeIsFreeMs : settleMs),
    speed: options["real-time"] ? 1 : (options.speed ?? Infinity),
    startAt: startOf(options),
    seed: options.seed ?? defaults.scenario.seed,
    areNew: chosen.kind !== "embedded" && options.seed === undefined,
  };
}

function startOf(options: OptionValues<typeof reproOptions>): number | null {
  const given = options["start-at"];
  if (given === undefined) return null;
  const at = parseTime(given);
  if (at === null)
    throw unusable(`--start-at: expected a time such as 2025-01-01T00:00:00Z, got ${JSON.stringify(given)}`);
  return at;
}

function chosenOf(options: OptionValues<typeof reproOptions>): Chosen {
  const { app, exec, url } = options;
  if (app !== undefined) {
    if (exec.length > 0 || url.length > 0) {
      throw unusable(`--app and --${exec.length === 0 ? "url" : "exec"}: expected one of them, got both`);
    }
    const path = options.path ?? defaults.path;
    if (!path.startsWith("/")) throw unusable(`--path: expected a path such as /webhook, got ${JSON.stringify(path)}`);
    const probePath = options["probe-url"]?.startsWith("/") === true ? options["probe-url"] : null;
    if (probePath?.includes("{sessionId}") === false) {
      throw unusable(`--probe-url: expected a path with {sessionId} in it, got ${JSON.stringify(probePath)}`);
    }
    return { kind: "app", file: resolve(app), path, probePath };
  }
  for (const [name, values] of Object.entries({ exec, url })) {
    if (values.length > 2) throw unusable(`--${name}: expected two of them at most, got ${values.length}`);
  }
  const [first, second] = url.map((each) => parseCallbackUrl(each));
  const [command, otherCommand] = exec;
  if (command === undefined) {
    if (first === undefined) return { kind: "embedded" };
    return { kind: "url", url: first, other: second === undefined ? null : { url: second } };
  }
  if (first === undefined) throw unusable("--exec: expected --url with the callback URL of what it starts, got none");
  if (exec.length !== url.length) {
    throw unusable(`--exec and --url: expected as many of one as of the other, got ${exec.length} and ${url.length}`);
  }
  const other = otherCommand === undefined || second === undefined ? null : { command: otherCommand, url: second };
  return { kind: "process", command, url: first, other };
}

function probeOf(
  options: OptionValues<typeof reproOptions>,
  chosen: Chosen,
  ca: readonly string[],
  contract: Contract,
): EffectsProbe | null {
  const url = options["probe-url"];
  const command = options["probe-command"];
  if (url !== undefined && command !== undefined) {
    throw unusable("--probe-url and --probe-command: expected one of them, got both");
  }
  if (chosen.kind === "app" && chosen.probePath !== null) return null;
  return url !== undefined
    ? urlProbe(url, ca, contract)
    : command !== undefined
      ? commandProbe(command, contract)
      : null;
}

/** Options that mean nothing beside the receiver that was chosen, or beside each other. */
function assertTogether(options: OptionValues<typeof reproOptions>, kind: ReceiverKind): void {
  const needs: readonly (readonly [name: keyof typeof reproOptions, kinds: readonly ReceiverKind[], beside: string])[] =
    [
      ["path", ["app"], "--app"],
      ["with", ["app", "process", "url"], "--app, --exec or --url"],
      ["time-travel", options.with.length > 0 ? ["app", "process", "url"] : ["process"], "--exec or --with"],
      ["start-at", ["app", "embedded"], "--app, or no receiver,"],
      ["watch", ["app", "process"], "--app or --exec, whose files can be watched"],
      ["probe-url", ["app", "process", "url"], "--app, --exec or --url"],
      ["probe-command", ["app", "process", "url"], "--app, --exec or --url"],
      ["advance-command", ["app", "process", "url"], "--app, --exec or --url"],
      ["ca", ["process", "url"], "--exec or --url"],
      ["connect-to", ["process", "url"], "--exec or --url"],
      ["proxy", ["url"], "--url"],
    ];
  for (const [name, kinds, beside] of needs) {
    const value = options[name];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
    if (isGiven && !kinds.includes(kind)) throw unusable(`--${name}: expected ${beside} beside it, got none`);
  }
  if (options["advance-command"] !== undefined && options["real-time"]) {
    throw unusable("--advance-command: expected no --real-time beside it; it is for waits that are skipped");
  }
  if (options["real-time"] && options.speed !== undefined) {
    throw unusable("--real-time and --speed: expected one of them, got both");
  }
  if (options["time-travel"] && (options["real-time"] || options.speed !== undefined)) {
    const other = options["real-time"] ? "real-time" : "speed";
    throw unusable(`--time-travel: expected no --${other} beside it; it is for waits that are skipped`);
  }
}

const unusable = (message: string): UsageError => new UsageError("ERR_REPRO", message);
