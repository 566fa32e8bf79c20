import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

type Told = Partial<ReportCheck> & Pick<ReportCheck, "outcome">;

/** A report of these checks, by their ids; verdict, gate and counts are the sample's. */
export function reportOf(
  checks: Readonly<Record<string, Told | ReportCheck["outcome"]>>,
  rest: Partial<Report> = {},
): Report {
  return {
    ...sampleReport(),
    notes: [],
    ...rest,
    checks: Object.entries(checks).map(([id, told]) => checkIn(id, told)),
  };
}

export function checkIn(id: string, told: Told | ReportCheck["outcome"]): ReportCheck {
  return {
    id,
    suite: id.split("/")[0] ?? "",
    title: `does ${id}`,
    level: "required",
    clause: null,
    source: "good practice",
    reason: null,
    reasonCode: null,
    mismatches: [],
    hint: null,
    reproduce: null,
    notes: [],
    durationMs: 1,
    attempts: [],
    ...(typeof told === "string" ? { outcome: told } : told),
  };
}

export const notSelected = { outcome: "skipped", reasonCode: "not-selected", reason: "not selected" } as const;
export const mismatch = { expected: "a 2XX", actual: "503", where: "callback 1" };
