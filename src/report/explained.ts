import type { Report, ReportCause, ReportCheck } from "./model.js";

/** The checks that a cause explains, in the order of the report. */
export const explainedBy = ({ checks: ids }: ReportCause, { checks }: Pick<Report, "checks">): readonly ReportCheck[] =>
  checks.filter(({ id }) => ids.includes(id));

/** What causes are behind, for a heading: `3 failed checks`, `1 failed check and 40 not run`. */
export function explainedText({ causes = [], checks }: Pick<Report, "causes" | "checks">): string {
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  const explained = new Set(causes.flatMap((cause) => cause.checks));
  const notRun = checks.filter(({ id, outcome }) => outcome !== "failed" && explained.has(id)).length;
  const noun = (count: number): string => (count === 1 ? "check" : "checks");
  if (notRun === 0) return `${failed} failed ${noun(failed)}`;
  return failed === 0 ? `${notRun} ${noun(notRun)} not run` : `${failed} failed ${noun(failed)} and ${notRun} not run`;
}
