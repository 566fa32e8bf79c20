import { verdicts, type LevelSummary, type Report, type ReportLevel } from "./model.js";

/** The gravest first. */
const gates: readonly Report["gate"]["outcome"][] = ["failed", "inconclusive", "passed"];

/** Reports of one receiver under several contracts as one, which shows them all. */
export function joinContracts(reports: readonly [Report, ...Report[]]): Report {
  const [first] = reports;
  if (reports.length === 1) return first;
  const { contract: _contract, ...facts } = first;
  const verdict = verdicts.find((each) => reports.some((report) => report.verdict === each)) ?? "inconclusive";
  const outcome = gates.find((each) => reports.some(({ gate }) => gate.outcome === each)) ?? "inconclusive";
  const deciding = reports.find(({ gate }) => gate.outcome === outcome) ?? first;
  return {
    ...facts,
    contracts: reports.flatMap(({ contract }) => contract ?? []),
    target: {
      ...first.target,
      capabilities: distinct(reports.flatMap(({ target }) => target.capabilities)),
      headers: distinct(reports.flatMap(({ target }) => target.headers)),
    },
    ...repeatsOf(reports),
    durationMs: reports.reduce((sum, { durationMs }) => sum + durationMs, 0),
    nonce: distinct(reports.map(({ nonce }) => nonce)).join(", "),
    verdict,
    verdictLine: `${verdict} under ${reports.length} contracts: ${reports.map(lineOf).join("; ")}`,
    notes: distinct(reports.flatMap(({ notes }) => notes)),
    gate: { ...first.gate, outcome, exitCode: deciding.gate.exitCode, ...newIn(reports) },
    summary: {
      required: summed(reports, "required"),
      recommended: summed(reports, "recommended"),
      hardening: summed(reports, "hardening"),
    },
    clauses: reports.flatMap(({ clauses, contract }) => clauses.map((clause) => ({ ...clause, ...idOf(contract) }))),
    causes: reports.flatMap(({ causes = [], contract }) => causes.map((cause) => ({ ...cause, ...idOf(contract) }))),
    checks: reports.flatMap(({ checks, contract }) => checks.map((check) => ({ ...check, ...idOf(contract) }))),
  };
}

const idOf = (contract: Report["contract"]) => (contract?.id === undefined ? {} : { contract: contract.id });

const lineOf = ({ contract, verdictLine }: Report): string => `${contract?.id ?? "one"} is ${verdictLine}`;

/** What came after the version that the gate is as of, where it is as of one. */
function newIn(reports: readonly Report[]): Pick<Report["gate"], "new"> {
  const all = reports.flatMap(({ gate }) => gate.new ?? []);
  if (all.length === 0) return {};
  return {
    new: {
      checks: all.reduce((sum, { checks }) => sum + checks, 0),
      failed: all.reduce((sum, { failed }) => sum + failed, 0),
    },
  };
}

/** What had passed under each of them, where one run is repeated. */
function repeatsOf(reports: readonly Report[]): Pick<Report, "repeats"> {
  const all = reports.flatMap(({ repeats }) => repeats ?? []);
  const [first] = all;
  if (first === undefined) return {};
  return { repeats: { ...first, gatedPassed: all.reduce((sum, { gatedPassed }) => sum + gatedPassed, 0) } };
}

function summed(reports: readonly Report[], level: ReportLevel): LevelSummary {
  const sum = (of: keyof LevelSummary): number => reports.reduce((all, { summary }) => all + summary[level][of], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    notRun: sum("notRun"),
    error: sum("error"),
  };
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** What of a report is about one contract, for each of its contracts; what follows from the checks is still to be judged. */
export function byContract(report: Report): readonly Report[] {
  const { contracts, ...facts } = report;
  if (contracts === undefined) return [report];
  return contracts.map((contract) => {
    const own = <T extends { readonly contract?: string }>(all: readonly T[]): T[] =>
      all.filter((each) => each.contract === contract.id).map(({ contract: _id, ...each }) => each as T);
    return {
      ...facts,
      contract,
      checks: own(report.checks),
      clauses: own(report.clauses),
      causes: own(report.causes ?? []),
    };
  });
}
