import { basename } from "node:path";
import { UsageError } from "../../errors.js";
import type { Environment } from "./command.js";
import { readText } from "./proc.js";

// gunicorn ends a worker that it has not heard of for half a minute. Where the clock is moved by minutes, that is each
// worker, however healthy, with all that it remembers.

/** The environment in which it does not, whatever its configuration says; its command line alone goes before this. */
export const withoutWatchdog = (env: Environment): Environment => ({
  ...env,
  GUNICORN_CMD_ARGS: [env["GUNICORN_CMD_ARGS"], "--timeout 0"].filter(Boolean).join(" "),
});

/**
 * A note where one of the processes would have one; null where none does.
 * @throws UsageError `ERR_TIME_TRAVEL` where one has it all the same.
 */
export function watchdogNote(pids: readonly number[]): string | null {
  const found = pids.map(argumentsOf).find((args) => args.slice(0, 3).some((arg) => basename(arg) === "gunicorn"));
  if (found === undefined) return null;
  const seconds = timeoutIn(found);
  if (seconds === null || Number(seconds) === 0) {
    return "gunicorn was given --timeout 0, for its watchdog takes its workers for dead when time is moved";
  }
  throw new UsageError(
    "ERR_TIME_TRAVEL",
    `--time-travel: expected gunicorn with --timeout 0, got --timeout ${seconds}: its watchdog takes its workers for dead when time is moved, and ends them`,
  );
}

const argumentsOf = (pid: number): readonly string[] => readText(`/proc/${pid}/cmdline`).split("\0");

/** Null where it is not said. */
function timeoutIn(args: readonly string[]): string | null {
  const at = args.findIndex((arg) => /^(--timeout|-t)(=|$)/.test(arg) || /^-t\d/.test(arg));
  const given = args[at];
  if (given === undefined) return null;
  return /^(?:--timeout=|-t=?)(\d+)$/.exec(given)?.[1] ?? args[at + 1] ?? "";
}
