import { join } from "node:path";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { FormatName } from "../../report/formats.js";
import { matrixBuilder, unknownUrl, type Matrix } from "../../report/matrix/matrix.js";
import { defaults } from "../../defaults.js";
import { byContract, joinContracts } from "../../report/join-contracts.js";
import { mergeReports } from "../../report/merge.js";
import type { Report } from "../../report/model.js";
import { isGated } from "../../report/standing.js";
import { missingShardsNote, shardsIn } from "../../report/shards.js";
import { exitCodes } from "../../runner/verdict.js";
import { assertWritable, prepareDirectory } from "../output-files.js";
import { harness } from "../../package-facts.js";
import { reportFiles, writeReports } from "./report-files.js";
import { safeName, type ReportInput, type ReportSource } from "./report-input.js";
import { rejudged } from "./report-rejudged.js";
import { linksTo, matrixFiles, formatsOfEach, writeMatrix } from "./matrix-files.js";

/**
 * What came of it: the report of the one receiver, or a matrix of several. It can be shown before it is written.
 * `write` resolves to the paths. @throws UsageError `ERR_OUTPUT`.
 */
export type Joined = { write(): Promise<readonly string[]> } & (
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "matrix"; readonly matrix: Matrix }
);

/** Reports of one receiver. */
interface Group {
  readonly name: string;
  readonly sources: readonly ReportSource[];
}

/**
 * Joins what was read: reports of one receiver to one, reports of several receivers to a matrix with theirs beside it.
 * @param wantsAllShards a report that lacks a shard of its run says so, and does not pass the gate.
 */
export async function joinReports(
  inputs: readonly ReportInput[],
  directory: string,
  formats: readonly FormatName[],
  wantsAllShards = false,
): Promise<Joined> {
  const groups = groupsOf(inputs.flatMap(({ sources }) => sources));
  const [only] = groups;
  const isOne = groups.length === 1 && !inputs.some(({ isMatrix }) => isMatrix);
  if (!isOne || only === undefined) return joinMany(groups, inputs, { directory, formats, wantsAllShards });
  const joined = joinGroup(only);
  const report = joined !== null && wantsAllShards ? withEvidence(joined) : joined;
  if (report === null) throw new Error("a report that was read has gone");
  makeReady(directory, reportFiles(formats));
  return { kind: "report", report, write: () => writeReports(directory, formats, report) };
}

async function joinMany(
  groups: readonly Group[],
  inputs: readonly ReportInput[],
  { directory, formats, wantsAllShards }: JoinOptions,
): Promise<Joined> {
  const written = formatsOfEach(formats);
  makeReady(directory, Object.values(matrixFiles));
  for (const { name } of groups) makeReady(join(directory, name), reportFiles(written));
  const builder = matrixBuilder();
  const startedAt: string[] = [];
  let durationMs = 0;
  // Reports are written one by one, so that few are in memory; what cannot be written is told once all are judged.
  let unwritten: unknown = null;
  for (const group of groups) {
    const joined = joinGroup(group);
    const report = joined !== null && wantsAllShards ? withEvidence(joined) : joined;
    const [first] = group.sources;
    if (report !== null) {
      startedAt.push(report.startedAt);
      durationMs += report.durationMs;
      if (unwritten === null) {
        await writeReports(join(directory, group.name), written, report, true).catch(
          (error: unknown) => (unwritten = error),
        );
      }
      builder.add(report, { name: group.name, files: linksTo(group.name, written) });
    } else if (first !== undefined) {
      builder.addUnrun({ name: group.name, url: first.url, ...first.unrun });
    }
  }
  const there = groups.map(({ name }) => name);
  const expected = [...new Set(inputs.flatMap((input) => input.expected))];
  const absent = wantsAllShards ? expected.filter((name) => !there.includes(name)) : [];
  for (const name of absent) {
    const reason = "its shard is missing, and what it has judged with it";
    builder.addUnrun({ name, url: unknownUrl, reason, exitCode: exitCodes.inconclusive });
  }
  const parts = [...new Set(inputs.flatMap(({ notes }) => notes.filter((note) => shardsIn([note]).length > 0)))];
  const lack = wantsAllShards ? missingShardsNote(parts) : null;
  const matrix = builder.build(
    {
      harness,
      startedAt: startedAt.sort()[0] ?? isoTime(systemClock.now()),
      durationMs,
      notes: [
        ...(lack === null ? [] : [lack]),
        ...(there.length + absent.length === 0 ? ["There is no receiver in it, so nothing was judged."] : []),
        ...(inputs.length > 1 ? [`Joined from ${inputs.length} results.`] : []),
        ...parts,
      ],
      ...(expected.length > 0 && { expected }),
    },
    [...there, ...absent],
  );
  const isWhole = lack === null && matrix.targets.length > 0;
  const judged = { ...matrix, gate: isWhole ? matrix.gate : notPassed(matrix.gate) };
  return {
    kind: "matrix",
    matrix: judged,
    write() {
      if (unwritten !== null) throw unwritten;
      return writeMatrix(directory, judged);
    },
  };
}

interface JoinOptions {
  readonly directory: string;
  readonly formats: readonly FormatName[];
  readonly wantsAllShards: boolean;
}

/** Nothing is taken out of it: what is read may lie there. */
function makeReady(directory: string, files: readonly string[]): void {
  prepareDirectory("out", directory, []);
  for (const file of files) assertWritable("out", join(directory, file));
}

/** Null where the receiver was not run. */
function joinGroup({ sources }: Group): Report | null {
  const reports = sources.flatMap((source) => source.read() ?? []);
  const [first, ...others] = reports;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const under = new Map<string, [Report, ...Report[]]>();
  for (const report of reports.flatMap(byContract)) {
    const id = report.contract?.id ?? defaults.contract.id;
    const known = under.get(id);
    if (known === undefined) under.set(id, [report]);
    else known.push(report);
  }
  const [one, ...more] = [...under.values()].map((parts) => {
    const merged = mergeReports(parts);
    return rejudged(merged, merged.checks);
  });
  return one === undefined ? null : joinContracts([one, ...more]);
}

/** The same with a gate that does not pass where a part of it is missing, or nothing that is gated was judged. */
function withEvidence(report: Report): Report {
  const note = missingShardsNote(report.notes) ?? nothingJudgedNote(report);
  return note === null ? report : { ...report, notes: [note, ...report.notes], gate: notPassed(report.gate) };
}

/** Whatever a report says of its gate: what passes rests on something. */
function nothingJudgedNote(report: Report): string | null {
  const isJudged = ({ checks, gate, repeats }: Report): boolean =>
    (repeats?.gatedPassed ?? 0) > 0 ||
    checks.some((check) => isGated(check, { gate }) && (check.outcome === "passed" || check.outcome === "failed"));
  return byContract(report).every(isJudged) ? null : "No check of a gated level was judged.";
}

/** What is missing might have failed. */
function notPassed<G extends Matrix["gate"]>(gate: G): G {
  return gate.outcome === "passed" ? { ...gate, outcome: "inconclusive", exitCode: exitCodes.inconclusive } : gate;
}

/** The same name and URL is the same receiver; where nothing names them, the same URL. */
function groupsOf(sources: readonly ReportSource[]): readonly Group[] {
  const groups = new Map<string, ReportSource[]>();
  for (const source of sources) {
    const key = JSON.stringify([source.name, source.url]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  const taken = new Set<string>();
  return [...groups.values()].map((members) => {
    const name = nameFor(members, taken);
    taken.add(name.toLowerCase());
    return { name, sources: members };
  });
}

function nameFor(members: readonly ReportSource[], taken: ReadonlySet<string>): string {
  const [first] = members;
  const labels = new Set(members.map(({ label }) => label));
  const wanted = labels.size === 1 && first !== undefined ? first.label : safeName(hostAndPath(first?.url ?? ""));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 90)}-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function hostAndPath(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/[?#].*$/s, "");
}
