import { groupByText, type CheckGroup } from "./check-groups.js";
import type { ReasonCode, Report } from "./model.js";
import { isGated } from "./standing.js";

/** What stands in the way of a judgement, and what lets it be reached. */
export interface InTheWay extends CheckGroup {
  readonly remedy: string | null;
}

/** By the reason that checks were not judged for; those that judge nothing by choice have none. */
const remedies: Readonly<Partial<Record<ReasonCode, string>>> = {
  unreachable: "See that the receiver runs and is reached from here; doctor says what stands between.",
  "baseline-not-acknowledged":
    "See what the first callback was answered with, under the failed checks; doctor looks at the same step by step.",
  "credentials-or-session-unknown":
    "Give it what it asks for: the headers that are configured with the webhook (-H), sessions that it knows (--session-ids or --session-command), or the callback that it is registered for (--contract).",
  "rate-limited": "Lift the limit for the run, or stay below it with --max-rate.",
  "receiver-unhealthy": "Start the receiver again, and look in its log for what came right before.",
  "effects-not-settled": "Give effects more time with --settle.",
  "probe-failed": "See that the probe answers by itself, for a session that was processed and for one that was not.",
  "machine-exhausted": "Run it where more can be open at once (`ulimit -n`), or with a lower --concurrency.",
  "advance-failed": "Run the command of --advance-command by itself, and see why it fails.",
  "time-budget-spent": "Raise --max-time, or run the suites one by one with --suite.",
  interrupted: "Run it again; --only-failed with this report runs what is left.",
  "sessions-used-up": "Supply more session ids.",
  "harness-error": "That is a fault of the harness: please report it, with what DEBUG=1 prints.",
};

/** Most of it first; of a report that concludes nothing. */
export function inTheWay(report: Report): readonly InTheWay[] {
  if (report.verdict !== "inconclusive" && report.gate.outcome !== "inconclusive") return [];
  const open = report.checks.filter(
    (check) => isGated(check, report) && (check.outcome === "not-run" || check.outcome === "error"),
  );
  return groupByText(open, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]).map((group) => {
    const code = group.checks[0]?.reasonCode;
    return { ...group, remedy: (code && remedies[code]) ?? null };
  });
}
