import { join } from "node:path";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { FormatName } from "../../report/formats.js";
import { matrixBuilder, type Matrix } from "../../report/matrix/matrix.js";
import { mergeReports } from "../../report/merge.js";
import type { Report } from "../../report/model.js";
import { exitCodes } from "../../runner/judge.js";
import { assertWritable, prepareDirectory } from "../output-files.js";
import { harness } from "../../package-facts.js";
import { reportFiles, writeReports } from "./report-files.js";
import { safeName, type ReportInput, type ReportSource } from "./report-input.js";
import { rejudged } from "./report-rejudged.js";
import { linksTo, matrixFiles, withJson, writeMatrix } from "../targets/targets-output.js";

/** What came of it: the report of the one receiver, or a matrix of several. */
export type Joined =
  | { readonly kind: "report"; readonly report: Report; readonly files: readonly string[] }
  | { readonly kind: "matrix"; readonly matrix: Matrix; readonly files: readonly string[] };

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
  if (!isOne || only === undefined) return joinMany(groups, inputs.length, directory, formats);
  const joined = joinGroup(only);
  const report = joined !== null && wantsAllShards ? withoutMissingShards(joined) : joined;
  if (report === null) throw new Error("a report that was read has gone");
  makeReady(directory, reportFiles(formats));
  return { kind: "report", report, files: await writeReports(directory, formats, report) };
}

async function joinMany(
  groups: readonly Group[],
  inputs: number,
  directory: string,
  formats: readonly FormatName[],
): Promise<Joined> {
  const written = withJson(formats);
  makeReady(directory, Object.values(matrixFiles));
  for (const { name } of groups) makeReady(join(directory, name), reportFiles(written));
  const builder = matrixBuilder();
  const startedAt: string[] = [];
  let durationMs = 0;
  for (const group of groups) {
    const report = joinGroup(group);
    const [first] = group.sources;
    if (report !== null) {
      startedAt.push(report.startedAt);
      durationMs += report.durationMs;
      await writeReports(join(directory, group.name), written, report);
      builder.add(report, { name: group.name, files: linksTo(group.name, written) });
    } else if (first !== undefined) {
      builder.addUnrun({ name: group.name, url: first.url, ...first.unrun });
    }
  }
  const matrix = builder.build(
    {
      harness,
      startedAt: startedAt.sort()[0] ?? isoTime(systemClock.now()),
      durationMs,
      notes: inputs > 1 ? [`Joined from ${inputs} results.`] : [],
    },
    groups.map(({ name }) => name),
  );
  return { kind: "matrix", matrix, files: await writeMatrix(directory, matrix) };
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
  const merged = mergeReports([first, ...others]);
  return rejudged(merged, merged.checks);
}

/** A shard says in its notes which of how many it is. */
function withoutMissingShards(report: Report): Report {
  const shards = report.notes.flatMap((note) => {
    const [, index, of] = /^Shard (\d+) of (\d+)\b/.exec(note) ?? [];
    return index === undefined ? [] : [{ index: Number(index), of: Number(of) }];
  });
  const of = Math.max(0, ...shards.map((shard) => shard.of));
  const there = new Set(shards.map(({ index }) => index));
  const missing = Array.from({ length: of }, (_, position) => position + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return report;
  const note = `Of the ${of} shards of this run these are missing, and what they judge with them: ${missing.join(", ")}.`;
  const passes = report.gate.outcome === "passed";
  const gate = passes
    ? { ...report.gate, outcome: "inconclusive" as const, exitCode: exitCodes.inconclusive }
    : report.gate;
  return { ...report, notes: [note, ...report.notes], gate };
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
