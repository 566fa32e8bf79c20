import { UsageError } from "../../errors.js";
import type { Given } from "../command.js";
import { readOptions, type RawValues } from "../option.js";
import { requestOf, type Request } from "../request.js";
import { runOptions, type RunValues } from "./run-options.js";

/** What was asked of a run; `url` is null for the embedded receiver, or for many receivers. */
export type RunRequest = Pick<Request, "url" | "raw" | "asked">;

/** @throws UsageError for whatever cannot be used. */
export const readRunRequest = (given: Given): Promise<Request> => requestOf(given, runOptions);

/** @throws UsageError for options that do not go together. */
export function readRunOptions({ url, raw }: RunRequest): RunValues {
  const options = readOptions(runOptions, raw);
  if (url === null) assertEmbeddedIsMeant(raw);
  else if (options.embedded) throw unusable("--embedded: expected no callback URL beside it, got one");
  if (url?.trim() === "") {
    throw unusable("the callback URL: expected one, got an empty argument; is it a variable that is not set?");
  }
  if (options["update-known-failures"] && options["known-failures"] === undefined) {
    throw unusable("--update-known-failures: expected --known-failures with the file to write, got none");
  }
  if (options["only-failed"] !== undefined && options["update-known-failures"]) {
    throw unusable("--only-failed: expected no --update-known-failures beside it, got it; the list is of a whole run");
  }
  if (options.duration !== undefined && options.rate === undefined) {
    throw unusable("--duration: expected --rate with the callbacks a second beside it, got none");
  }
  return options;
}

const forAnother = [
  "advance-command",
  "header",
  "instance",
  "credential-header",
  "credential-query",
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

/**
 * A URL that is left out by mistake, by a variable that is not set say, must not end in a green run against the
 * embedded receiver: that one is meant where nothing at all was given, or where it is asked for.
 */
function assertEmbeddedIsMeant(raw: RawValues): void {
  const stray = forAnother.find((name) => raw[name] !== undefined && raw[name] !== false);
  if (stray !== undefined) {
    throw unusable(`--${stray}: expected a callback URL beside it, got none; the embedded receiver has no use for it`);
  }
  const [first] = Object.keys(raw);
  if (first === undefined || raw["embedded"] === true) return;
  throw unusable(
    `--${first}: expected a callback URL beside it (as "url" in a config file, say), or --embedded for the embedded receiver, got neither`,
  );
}

const unusable = (message: string): UsageError => new UsageError("ERR_RUN", message);
