import { UsageError } from "../errors.js";

/** What reasons call by the names of the command line, and what it is called here; the longer ones first. */
const names: readonly (readonly [ofCommandLine: string, here: string])[] = [
  ["--probe-url or --probe-command, or point the receiver at --results-api", "processed"],
  ["the headers that are configured with the webhook, as in -H 'Name: value'", "the webhook's headers as headers"],
  ["the webhook's headers with -H 'Name: value'", "the webhook's headers as headers"],
  ["--session-ids or --session-command", "sessionIds"],
  ["--max-rate", "maxRate"],
  ["--settle", "settleMs"],
  ["--suite load", 'suites: ["load"]'],
  [
    "run with --real-time",
    "play a scenario on a clock that the app shares, or use `webhook-conformance run --real-time`",
  ],
  ["pass --results-api", "use `webhook-conformance run` with --results-api"],
  ["--suite, --check, --skip, --level", "suites, checks, skip, levels"],
  ["--suite:", "suites:"],
  ["--check:", "checks:"],
  ["--skip:", "skip:"],
  ["--level:", "levels:"],
  [
    "--credential-header: expected the name of a header that is given with -H",
    "credentialHeaders: expected the name of one of the headers",
  ],
  ["--credential-query:", "credentialQuery:"],
  ["pass --method", "pass method:"],
  ["pass --rate", "use `webhook-conformance run` with --rate"],
];

/** A reason in terms of the options of `conformance`; what only the command line can do keeps its name there. */
export function inOurOptions(reason: string): string {
  return names.reduce((text, [ofCommandLine, here]) => text.replaceAll(ofCommandLine, here), reason);
}

/** A complaint about an option, in terms of those of `conformance`. */
export function inOurWords(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error;
  return new UsageError(error.code, inOurOptions(error.message), { cause: error });
}
