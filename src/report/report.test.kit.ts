import type { Report } from "./model.js";
import { checkIn, sampleReport, type Told } from "./sample-report.test.kit.js";

/** A report of these checks, by their ids; verdict, gate and counts are the sample's. */
export function reportOf(checks: Readonly<Record<string, Told>>, rest: Partial<Report> = {}): Report {
  return {
    ...sampleReport(),
    notes: [],
    ...rest,
    checks: Object.entries(checks).map(([id, told]) => checkIn(id, told)),
  };
}

export const notSelected = { outcome: "skipped", reasonCode: "not-selected", reason: "not selected" } as const;
export const mismatch = { expected: "a 2XX", actual: "503", where: "callback 1" };
