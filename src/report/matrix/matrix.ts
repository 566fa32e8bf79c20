import { groupByText } from "../check-groups.js";
import type { Outcome, Report, ReportCheck, ReportLevel, Verdict } from "../model.js";
import { cutTo } from "../../cut.js";
import { mismatchLine } from "../mismatch-line.js";
import { isGated, standingOf } from "../standing.js";
import { contractIdsIn, toldApart } from "../contracts.js";

/** Receivers by checks: one run over many receivers, or many reports together. Field names are a promise to users. */

const matrixSchemaVersion = "1.0";

export interface MatrixCheck {
  readonly id: string;
  readonly suite: string;
  readonly title: string;
  readonly level: ReportLevel;
  readonly clause: string | null;
}

export interface MatrixTarget {
  readonly name: string;
  /** Without secrets. */
  readonly url: string;
  readonly verdict: Verdict;
  /** The verdict in one line; where there is no report, what stopped it. */
  readonly verdictLine: string;
  readonly gate: { readonly outcome: Report["gate"]["outcome"]; readonly exitCode: number };
  /** What a person should know first: the first failure, or why checks could not be judged; null where all is well. */
  readonly remark: string | null;
  /** What is behind that failure, as its report says; left out where it says nothing. */
  readonly cause?: string;
  readonly durationMs: number;
  /** By check id; a check that was not selected for this receiver is left out. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Its reports, as paths relative to the matrix, by format; none where it was not run. */
  readonly files: Readonly<Record<string, string>>;
  /** Ids of the checks that fail its gate; left out where none does. */
  readonly failed?: readonly string[];
  /** By check id, in a line: what a check that failed has met, or why one could not be judged. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface Matrix {
  readonly schemaVersion: typeof matrixSchemaVersion;
  readonly harness: { readonly name: string; readonly version: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Sentences on the whole of it. */
  readonly notes: readonly string[];
  /** The worst of its receivers decides. */
  readonly gate: { readonly outcome: Report["gate"]["outcome"]; readonly exitCode: number };
  readonly summary: Readonly<Record<Verdict, number>>;
  /** The checks that were selected for one receiver at least, in the order of the catalogue. */
  readonly checks: readonly MatrixCheck[];
  /** In the order in which they were given. */
  readonly targets: readonly MatrixTarget[];
  /** Where it is a part of a run, or was joined from such parts: the names of all receivers that there should be. */
  readonly expected?: readonly string[];
}

/** Where a receiver is of which only the name is known. */
export const unknownUrl = "unknown";

/** Worst first; a code that is not among them is worse than any. */
const exitCodes = [130, 70, 2, 1, 3, 0];

/** The one exit code of several. */
export function worstExitCode(codes: readonly number[]): number {
  return codes.toSorted((a, b) => exitCodes.indexOf(a) - exitCodes.indexOf(b))[0] ?? 0;
}

/** What is known of a receiver beside its report. */
interface MatrixEntry {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

interface UnrunTarget {
  readonly name: string;
  readonly url: string;
  /** A sentence on what stopped it. */
  readonly reason: string;
  readonly exitCode: number;
}

/** Gathers a matrix; of each report only its line is kept. */
export interface MatrixBuilder {
  add(report: Report, entry: MatrixEntry): MatrixTarget;
  /** One of which there is no report. */
  addUnrun(target: UnrunTarget): MatrixTarget;
  /** @param order names of the receivers as they are to stand. */
  build(
    facts: Pick<Matrix, "harness" | "startedAt" | "durationMs" | "notes" | "expected">,
    order: readonly string[],
  ): Matrix;
}

export function matrixBuilder(): MatrixBuilder {
  const targets = new Map<string, MatrixTarget>();
  const unrun = new Set<string>();
  /** Insertion order is that of the catalogue, which every report holds whole. */
  const catalogue = new Map<string, MatrixCheck & { readonly selected: boolean; readonly contract: string }>();
  /** The only contract that a receiver was held to, by its name; several stand before the ids of their checks. */
  const onlyContract = new Map<string, string>();
  const contracts = new Set<string>();

  const learn = ({ id, suite, title, level, clause, reasonCode }: ReportCheck, contract: string): void => {
    const key = keyOf(contract, id);
    const selected = reasonCode !== "not-selected" || catalogue.get(key)?.selected === true;
    catalogue.set(key, { id, suite, title, level, clause, selected, contract });
  };

  return {
    add(given, { name, files }) {
      const report = toldApart(given);
      const [only = "", ...others] = contractIdsIn(given);
      for (const contract of [only, ...others]) contracts.add(contract);
      const contract = others.length > 0 ? "" : only;
      for (const check of report.checks) learn(check, contract);
      if (contract !== "") onlyContract.set(name, contract);
      const target: MatrixTarget = {
        name,
        url: report.target.url,
        verdict: report.verdict,
        verdictLine: report.verdictLine,
        gate: { outcome: report.gate.outcome, exitCode: report.gate.exitCode },
        remark: remarkOn(report),
        ...causeIn(report),
        durationMs: report.durationMs,
        outcomes: outcomesOf(report.checks),
        files,
        ...failedOf(report),
        ...detailsIn(report.checks),
      };
      targets.set(name, target);
      return target;
    },
    addUnrun({ name, url, reason, exitCode }) {
      unrun.add(name);
      const target: MatrixTarget = {
        name,
        url,
        verdict: "inconclusive",
        verdictLine: `inconclusive: ${reason}`,
        gate: { outcome: "inconclusive", exitCode },
        remark: reason,
        durationMs: 0,
        outcomes: {},
        files: {},
      };
      targets.set(name, target);
      return target;
    },
    build(facts, order) {
      // The same check under another contract is another one.
      const told = (id: string, contract: string): string => (contracts.size > 1 ? keyOf(contract, id) : id);
      const checks = [...catalogue.values()].flatMap(({ selected, contract, ...check }) =>
        selected ? [{ ...check, id: told(check.id, contract) }] : [],
      );
      const notRun = Object.fromEntries(checks.map(({ id }) => [id, "not-run"] as const));
      const ordered = order
        .flatMap((name) => targets.get(name) ?? [])
        .map((target) => withIds(target, (id) => told(id, onlyContract.get(target.name) ?? "")));
      const rows = ordered.map((target) => (unrun.has(target.name) ? { ...target, outcomes: notRun } : target));
      const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
      const gates = new Set(rows.map(({ gate }) => gate.outcome));
      return {
        schemaVersion: matrixSchemaVersion,
        ...facts,
        gate: {
          outcome: gates.has("failed") ? "failed" : gates.has("inconclusive") ? "inconclusive" : "passed",
          exitCode: worstExitCode(rows.map(({ gate }) => gate.exitCode)),
        },
        summary: {
          conformant: count("conformant"),
          "non-conformant": count("non-conformant"),
          inconclusive: count("inconclusive"),
        },
        checks,
        targets: rows,
      };
    },
  };
}

const keyOf = (contract: string, id: string): string => (contract === "" ? id : `${contract}:${id}`);

/** A receiver's line with other ids of its checks. */
function withIds({ outcomes, failed, details, ...target }: MatrixTarget, told: (id: string) => string): MatrixTarget {
  const renamed = <T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).map(([id, value]) => [told(id), value]));
  return {
    ...target,
    outcomes: renamed(outcomes),
    ...(failed !== undefined && { failed: failed.map(told) }),
    ...(details !== undefined && { details: renamed(details) }),
  };
}

function outcomesOf(checks: readonly ReportCheck[]): Readonly<Record<string, Outcome>> {
  const selected = checks.filter(({ reasonCode }) => reasonCode !== "not-selected");
  return Object.fromEntries(selected.map(({ id, outcome }) => [id, outcome]));
}

function failedOf(report: Report): Pick<MatrixTarget, "failed"> {
  const failed = report.checks.filter((check) => standingOf(check, report) === "failed-gate").map(({ id }) => id);
  return failed.length === 0 ? {} : { failed };
}

/** Of a check in a line of a CI server. */
const longestDetail = 160;

function detailsIn(checks: readonly ReportCheck[]): Pick<MatrixTarget, "details"> {
  const details = checks.flatMap(({ id, outcome, mismatches, reason }) => {
    if (outcome === "passed" || outcome === "skipped") return [];
    const [first] = mismatches;
    const text = first === undefined ? reason : mismatchLine(first);
    return text === null ? [] : [[id, cutTo(longestDetail, text)] as const];
  });
  return details.length === 0 ? {} : { details: Object.fromEntries(details) };
}

/** A line in a table, not a page. */
const longestRemark = 240;

function remarkOn({ checks, gate, notes }: Report): string | null {
  const gated = checks.filter((check) => isGated(check, { gate }));
  const failed = gated.filter(({ outcome, knownFailure }) => outcome === "failed" && knownFailure === undefined);
  const [first] = failed;
  if (first !== undefined) {
    const [mismatch] = first.mismatches;
    const what = mismatch === undefined ? "failed" : `expected ${mismatch.expected}, got ${mismatch.actual}`;
    return cut(`${first.id}: ${what}`, failed.length > 1 ? `, and ${failed.length - 1} more failed` : "");
  }
  // What else fails a gate is a list of known failures that is out of date.
  if (gate.outcome === "failed") return cut(notes.find((note) => note.startsWith("known failure")) ?? "", "");
  const open = gated.filter(({ outcome }) => outcome === "not-run" || outcome === "error");
  const [most] = groupByText(open, ({ reason }) => [reason ?? "no reason given"]);
  if (most !== undefined) return cut(most.text, "");
  return gate.outcome === "inconclusive" ? "no check of a gated level was judged" : null;
}

/** Behind the first failure that decides the gate. */
function causeIn({ checks, causes = [], gate }: Report): Pick<MatrixTarget, "cause"> {
  const first = checks.find(
    (check) => isGated(check, { gate }) && check.outcome === "failed" && check.knownFailure === undefined,
  );
  const cause = causes.find((each) => first !== undefined && each.checks.includes(first.id));
  return cause === undefined ? {} : { cause: cutTo(longestRemark, cause.says) };
}

function cut(text: string, ending: string): string {
  const short = text.length > longestRemark ? `${text.slice(0, longestRemark - 1)}…` : text;
  return `${short}${ending}`;
}
