import { contractIdsIn } from "./contracts.js";
import { mismatchLine } from "./mismatch-line.js";
import { levels, type Outcome, type Report, type ReportCheck, type ReportLevel, type Verdict } from "./model.js";

/** What became of a check between two reports, and how it is told. The order is that of urgency. */
export const changes = {
  broke: "passed, and fails now",
  lost: "was judged, and could not be now",
  "still-failing": "failed, and fails still",
  new: "is judged now, and was not",
  mended: "failed, and passes now",
  gone: "was judged, and is not among the checks of the new run",
} as const;

export type Change = keyof typeof changes;

export interface ChangedCheck {
  readonly id: string;
  readonly title: string;
  readonly level: ReportLevel;
  readonly change: Change;
  /** Null where the check is not in that report. */
  readonly before: Outcome | null;
  readonly after: Outcome | null;
  /** What a person needs to know of the new outcome, or of the old one where there is no new one. */
  readonly detail: string | null;
}

/** One of the two reports. */
interface DiffSide {
  readonly target: string;
  readonly startedAt: string;
  readonly harness: string;
  readonly verdict: Verdict;
}

export interface ReportDiff {
  readonly old: DiffSide;
  readonly new: DiffSide;
  /**
   * Something broke, nothing did, or it cannot be told: what passed could not be judged again, or nothing was judged in
   * both under the same contract.
   */
  readonly outcome: "broke" | "nothing-broke" | "inconclusive";
  readonly counts: Readonly<Record<Change | "unchanged", number>>;
  /** Most urgent first, required ones before others. */
  readonly checks: readonly ChangedCheck[];
}

const order = Object.keys(changes) as readonly Change[];

/** @param currentId the id that a check goes by today, for reports that were made before it was renamed. */
export function diffReports(before: Report, after: Report, currentId = (id: string): string => id): ReportDiff {
  // The same check under another contract is another one.
  const [wereOf, areOf] = [contractIdsIn(before), contractIdsIn(after)];
  const areSeveral = new Set([...wereOf, ...areOf]).size > 1;
  const byId = (report: Report): Map<string, ReportCheck> => {
    const [only] = contractIdsIn(report);
    const keyOf = ({ id, contract = only }: ReportCheck): string =>
      areSeveral ? `${contract}:${currentId(id)}` : currentId(id);
    return new Map(report.checks.map((check) => [keyOf(check), check]));
  };
  const [old, now] = [byId(before), byId(after)];
  const ids = new Set([...now.keys(), ...old.keys()]);
  const checks = [...ids]
    .flatMap((id) => changedCheck(id, old.get(id), now.get(id)) ?? [])
    .sort(
      (a, b) => order.indexOf(a.change) - order.indexOf(b.change) || levels.indexOf(a.level) - levels.indexOf(b.level),
    );
  const count = (change: Change): number => checks.filter((check) => check.change === change).length;
  // Where nothing was judged twice, nothing was compared.
  const areCompared = [...ids].some((id) => isJudged(old.get(id)) && isJudged(now.get(id)));
  const isUnknown = checks.some(({ change, before: was }) => change === "lost" && was === "passed");
  return {
    old: sideOf(before),
    new: sideOf(after),
    outcome: count("broke") > 0 ? "broke" : isUnknown || !areCompared ? "inconclusive" : "nothing-broke",
    counts: {
      broke: count("broke"),
      lost: count("lost"),
      "still-failing": count("still-failing"),
      new: count("new"),
      mended: count("mended"),
      gone: count("gone"),
      unchanged: ids.size - checks.length,
    },
    checks,
  };
}

const isJudged = (check: ReportCheck | undefined): boolean =>
  check?.outcome === "passed" || check?.outcome === "failed";

function changedCheck(id: string, old: ReportCheck | undefined, now: ReportCheck | undefined): ChangedCheck | null {
  const change = changeOf(old?.outcome, now?.outcome);
  const shown = now ?? old;
  if (change === null || shown === undefined) return null;
  const { title, level } = shown;
  return {
    id,
    title,
    level,
    change,
    before: old?.outcome ?? null,
    after: now?.outcome ?? null,
    detail: detailOf(shown),
  };
}

/** A check that was skipped was not meant to be judged, as one that was not there. */
function changeOf(old: Outcome | undefined, now: Outcome | undefined): Change | null {
  const wasJudged = old === "passed" || old === "failed";
  switch (now) {
    case "failed":
      return old === "passed" ? "broke" : old === "failed" ? "still-failing" : "new";
    case "passed":
      return old === "failed" ? "mended" : old === "passed" ? null : "new";
    case "not-run":
    case "error":
      return wasJudged ? "lost" : null;
    case "skipped":
    case undefined:
      return wasJudged ? "gone" : null;
  }
}

function detailOf({ outcome, mismatches, reason }: ReportCheck): string | null {
  const [first] = mismatches;
  if (outcome !== "failed" || first === undefined) return reason;
  const more = mismatches.length > 1 ? `, and ${mismatches.length - 1} more` : "";
  return `${mismatchLine(first)}${more}`;
}

const sideOf = ({ target, startedAt, harness, verdict }: Report): DiffSide => ({
  target: target.url,
  startedAt,
  harness: `${harness.name} ${harness.version}`,
  verdict,
});
