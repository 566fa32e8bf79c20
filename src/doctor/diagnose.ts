import { levels, type Report, type ReportCheck } from "../report/model.js";
import type { Seen } from "./seen.js";
import { stages, type Stage } from "./stages.js";

/** How one stage stands. */
export type State =
  /** Nothing in the way. */
  | "clear"
  /** It stands in the way. */
  | "blocked"
  /** It does not, but will or may: a recommended or a hardening check failed. */
  | "doubtful"
  /** It could not be looked at. */
  | "unknown"
  /** It does not apply to this URL. */
  | "not-applicable";

export interface StageFinding {
  readonly stage: Stage["id"];
  readonly title: string;
  readonly state: State;
  /** What was found, a sentence each. */
  readonly findings: readonly string[];
  /** What to do about it; null where there is nothing to do. */
  readonly fix: string | null;
}

/** What a run of the checks behind the stages says, and what is seen beside it, stage by stage. */
export function diagnose({ checks }: Pick<Report, "checks">, { facts, obstacles }: Seen): readonly StageFinding[] {
  const byId = new Map(checks.map((check) => [check.id, check] as const));
  return stages.map(({ id, title, checks: ids }) => {
    const judged = findingOf(
      ids.flatMap((each) => byId.get(each) ?? []),
      facts[id],
    );
    const obstacle = obstacles[id];
    const obstructed = obstacle !== undefined && (judged.state === "not-applicable" || judged.state === "doubtful");
    return { stage: id, title, ...judged, ...(obstructed && { state: "blocked", findings: [obstacle] }) };
  });
}

function findingOf(checks: readonly ReportCheck[], seen: string | null): Omit<StageFinding, "stage" | "title"> {
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  const [worst] = [...failed].sort((a, b) => rank(a) - rank(b));
  if (worst !== undefined) {
    const state = worst.level === "required" ? "blocked" : "doubtful";
    return { state, findings: failed.flatMap(sentences), fix: worst.hint };
  }
  const open = checks.find(({ outcome }) => outcome === "not-run" || outcome === "error");
  if (open !== undefined)
    return { state: "unknown", findings: [open.reason ?? "it could not be looked at"], fix: null };
  if (checks.some(({ outcome }) => outcome === "passed")) {
    return { state: "clear", findings: seen === null ? [] : [seen], fix: null };
  }
  const [skipped] = checks;
  const state = skipped?.reasonCode === "not-applicable" ? "not-applicable" : "unknown";
  return { state, findings: [skipped?.reason ?? "not looked at"], fix: null };
}

const rank = ({ level }: ReportCheck): number => levels.indexOf(level);

const sentences = ({ mismatches }: ReportCheck): readonly string[] =>
  mismatches.map(
    ({ expected, actual, where }) => `expected ${expected}, got ${actual}${where === "" ? "" : ` (${where})`}`,
  );
