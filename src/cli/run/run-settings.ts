import { randomBytes } from "node:crypto";
import { suites } from "../../../suites/index.js";
import { UsageError } from "../../errors.js";
import type { CheckSettings } from "../../runner/check-context.js";
import type { Level } from "../../runner/check.js";
import type { KnownFailure } from "../../runner/known-failures.js";
import { namedChecks, selectChecks } from "../../runner/selection.js";
import type { Header } from "../../sender/attempt.js";
import type { CallbackFile } from "./callback-file.js";
import type { Given } from "../command.js";
import { defaults } from "../defaults.js";
import { parseDurationMs } from "../../input/duration.js";
import { parseHeaders } from "../header-option.js";
import { readKnownFailures } from "./known-failures-file.js";
import { readOptions, type RawValues } from "../option.js";
import { runOptions, type RunValues } from "./run-options.js";
import { parseShard, shareOf, type Shard } from "../targets/shard.js";

/** Everything that was asked of a run, read and found usable as far as that shows without the receiver. */
export interface RunSettings {
  /** Null for the embedded receiver. */
  readonly url: string | null;
  readonly options: RunValues;
  readonly headers: readonly Header[];
  /** Null where the documented callback is sent. */
  readonly callback: CallbackFile | null;
  readonly selected: ReadonlySet<string>;
  /** The part of the selected checks that this run is for; null where it is for all of them. */
  readonly shard: Shard | null;
  /** Those of them that were asked for by name. */
  readonly named: ReadonlySet<string>;
  readonly failOn: Level;
  readonly knownFailures: readonly KnownFailure[];
  /** How much load and fuzz send. */
  readonly checks: CheckSettings;
  readonly maxTimeMs: number;
  readonly seed: string;
  readonly nonce: string;
}

/** What was asked of a run, on the command line and in the config file together. */
export interface RunRequest {
  readonly url: string | null;
  readonly raw: RawValues;
}

/** @throws UsageError for whatever cannot be used. */
export async function readRunRequest(given: Given): Promise<RunRequest> {
  const { config: file, ...onCommandLine } = given.options;
  const { config } = readOptions({ config: { kind: "text", describe: "" } }, { config: file });
  const configured = config === undefined ? {} : await readConfig(config);
  const { url: configuredUrl, ...configuredOptions } = configured;
  const stated = Object.fromEntries(Object.entries(onCommandLine).filter(([, value]) => value !== undefined));
  const url = given.argument ?? (configuredUrl as string | undefined) ?? null;
  return { url, raw: { ...configuredOptions, ...stated } };
}

/** @throws UsageError for whatever cannot be used. */
export async function runSettings({ url, raw }: RunRequest): Promise<RunSettings> {
  const options = readOptions(runOptions, raw);
  if (url === null) assertNothingForAnother(raw);
  if (url?.trim() === "") throw unusable("the callback URL: expected one, got an empty argument");
  if (options["update-known-failures"] && options["known-failures"] === undefined) {
    throw unusable("--update-known-failures: expected --known-failures with the file to write, got none");
  }
  if (options.duration !== undefined && options.rate === undefined) {
    throw unusable("--duration: expected --rate with the callbacks a second beside it, got none");
  }
  const { suite, check, skip, level } = options;
  const filters = { suites: suite, checks: check, skip, ...(level.length > 0 && { levels: level }) };
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const selected = selectChecks(suites, filters);
  return {
    url,
    options,
    headers: parseHeaders(options.header, process.env),
    callback: options.callback === undefined ? null : await readCallback(options.callback),
    selected: shard === null ? selected : new Set(shareOf([...selected], shard)),
    shard,
    named: namedChecks(suites, filters),
    failOn: options["fail-on"] as Level,
    knownFailures:
      options["known-failures"] === undefined
        ? []
        : readKnownFailures(options["known-failures"], options["update-known-failures"]),
    checks: {
      fuzzCases: options["fuzz-cases"],
      concurrency: options.concurrency,
      rate: options.rate ?? null,
      durationMs: options.duration ?? parseDurationMs(defaults.run.duration) ?? 0,
    },
    maxTimeMs: options["max-time"] ?? defaultMaxTimeMs(options["real-time"]),
    seed: options.seed ?? randomBytes(8).toString("hex"),
    // Against a URL a second run must not be taken for duplicates; the embedded receiver remembers no first one.
    nonce: url === null ? "" : randomBytes(8).toString("hex"),
  };
}

/** The schema's validator is loaded where there is something to validate. */
async function readConfig(file: string): Promise<RawValues> {
  const { readConfigFile } = await import("../config-file.js");
  return readConfigFile(file, runOptions);
}

async function readCallback(file: string): Promise<CallbackFile> {
  const { readCallbackFile } = await import("./callback-file.js");
  return readCallbackFile(file);
}

const forAnother = [
  "advance-command",
  "header",
  "credential-header",
  "ca",
  "connect-to",
  "proxy",
  "local",
  "session-ids",
  "session-command",
  "probe-url",
  "probe-command",
  "results-api",
  "results-url",
  "results-token",
] as const satisfies readonly (keyof RunValues)[];

/** A URL that is left out by mistake must not end in a green run against the embedded receiver. */
function assertNothingForAnother(raw: RawValues): void {
  const stray = forAnother.find((name) => raw[name] !== undefined && raw[name] !== false);
  if (stray === undefined) return;
  throw unusable(`--${stray}: expected a callback URL beside it, got none; the embedded receiver has no use for it`);
}

function defaultMaxTimeMs(realTime: boolean): number {
  const { maxTime, maxTimeInRealTime } = defaults.run;
  return parseDurationMs(realTime ? maxTimeInRealTime : maxTime) ?? 0;
}

const unusable = (message: string): UsageError => new UsageError("ERR_RUN", message);
