import { defaults } from "../defaults.js";
import type { Report, ReportCheck, ReportClause, ReportContract } from "./model.js";

/** What the receiver was held to: one contract, or several one after the other. */
export const contractsIn = ({ contract, contracts }: Report): readonly ReportContract[] =>
  contracts ?? (contract === undefined ? [] : [contract]);

/** Their ids; a report of old is of the one that there was. */
export function contractIdsIn(report: Report): readonly string[] {
  const all = contractsIn(report);
  return all.length === 0 ? [defaults.contract.id] : all.map(({ id = defaults.contract.id }) => id);
}

/** The one that a check or a clause is of. */
export function contractOf(
  report: Report,
  of: Pick<Partial<ReportCheck | ReportClause>, "contract">,
): ReportContract | null {
  const all = contractsIn(report);
  return all.find(({ id }) => id !== undefined && id === of.contract) ?? all[0] ?? null;
}

/**
 * The report as people read it. Where several contracts are in it they have checks and clauses in common, so each is
 * told with its contract's name before its own.
 */
export function toldApart(report: Report): Report {
  if (report.contracts === undefined) return report;
  const named = (id: string, contract: string | undefined): string =>
    contract === undefined ? id : `${contract}:${id}`;
  const { causes } = report;
  return {
    ...report,
    checks: report.checks.map((check) => ({
      ...check,
      id: named(check.id, check.contract),
      clause: check.clause === null ? null : named(check.clause, check.contract),
    })),
    clauses: report.clauses.map((clause) => ({
      ...clause,
      id: named(clause.id, clause.contract),
      checks: clause.checks.map((id) => named(id, clause.contract)),
    })),
    ...(causes !== undefined && {
      causes: causes.map((cause) => ({ ...cause, checks: cause.checks.map((id) => named(id, cause.contract)) })),
    }),
  };
}
