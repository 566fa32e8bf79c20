import type { Report, ReportCheck } from "../model.js";
import { noEvidence, type Evidence } from "./evidence.js";

/** The report and, for each check, as much evidence as there is room for. */
export interface PageView {
  readonly report: Report;
  readonly evidence: ReadonlyMap<ReportCheck, Evidence>;
}

export const evidenceIn = ({ evidence }: PageView, check: ReportCheck): Evidence => evidence.get(check) ?? noEvidence;
