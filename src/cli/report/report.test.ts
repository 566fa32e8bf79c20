import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suites } from "../../../suites/index.js";
import { UsageError } from "../../errors.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { cli } from "../cli.js";
import { idsOf, journaled, printed, readReport, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";
import { readMatrix, startManyReceivers, targetsFile, type ManyReceivers } from "../many-receivers.test.kit.js";
import { batch } from "../../contract/batch.js";
import { suitesUnder } from "../../runner/suites-under.js";

const checks = suitesUnder(batch, suites).flatMap((suite) => suite.checks);
const schema = JSON.parse(
  readFileSync(new URL("../../../reports/report.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ strict: false }).compile(schema);

const few = ["--suite", "acknowledgement", "--skip", "*/answers-on-a-reused-connection", "--report", "json"];
const key = "k3y-that-nobody-must-see-0123456789";

let receivers: ManyReceivers;
let whole: Report;
let cwd: string;
beforeAll(async () => {
  receivers = await startManyReceivers();
  ({ cwd } = await runCli(["run", receivers.url("whole", "good"), "--local", ...few]));
  whole = readReport({ cwd });
});
afterAll(() => receivers.close());

function written(report: object | string, name = "report.json"): string {
  const file = join(temporaryDirectory(), name);
  writeFileSync(file, typeof report === "string" ? report : JSON.stringify(report));
  return file;
}

/** The report with another outcome of one check. */
function changed(id: string, change: Partial<ReportCheck>): Report {
  return { ...whole, checks: whole.checks.map((check) => (check.id === id ? { ...check, ...change } : check)) };
}

const withOutcome = (report: Report): unknown =>
  report.checks.map(({ id, outcome, reasonCode }) => [id, outcome, reasonCode]);

describe("report diff", () => {
  const id = "acknowledgement/acknowledges-with-2xx";
  const failed = {
    outcome: "failed",
    mismatches: [{ expected: "a 2XX", actual: "503", where: "callback 1" }],
  } as const;

  it.each([
    ["nothing changed", {}, 0, /nothing broke/],
    ["something broke", failed, 1, /BROKE: 1.*acknowledges-with-2xx.*callback 1: expected a 2XX, got 503/s],
    ["what passed was not run", { outcome: "not-run", reason: "unreachable" }, 3, /LOST: 1/],
  ] as const)("%s", async (_, change, code, says) => {
    const ended = await runCli(["report", "diff", written(whole), written(changed(id, change))]);
    expect(ended.stdout).toMatch(says);
    expect(ended.code).toBe(code);
  });

  it("prints JSON or Markdown where it is asked to", async () => {
    const files = [written(changed(id, failed)), written(whole)];
    const json = await runCli(["report", "diff", ...files, "--json"]);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: "nothing-broke",
      counts: { mended: 1 },
      checks: [{ id }],
    });
    const markdown = await runCli(["report", "diff", ...files, "--markdown"]);
    expect(markdown.stdout).toContain(`| mended | \`${id}\` |`);
  });
});

describe("report merge", () => {
  it("makes one report of the shards of a run, which is that of the whole run", async () => {
    const url = receivers.url("sharded", "good");
    const shards = await Promise.all(
      [1, 2, 3].map((index) => runCli(["run", url, "--local", ...few, "--shard", `${index}/3`])),
    );
    expect(shards.map(({ code }) => code)).toEqual([0, 0, 0]);
    const files = shards.map((shard) => join(shard.cwd, "reports/report.json"));
    const merged = await runCli(["report", "merge", ...files, "--report", "json,html", "--out", "all"]);
    expect(merged.code).toBe(0);
    const report = readReport(merged, "all");
    validate(report);
    expect(validate.errors).toBeNull();
    expect(withOutcome(report)).toEqual(withOutcome(whole));
    expect(report.summary).toEqual(whole.summary);
    expect(report.verdictLine).toBe(whole.verdictLine);
    expect(existsSync(join(merged.cwd, "all/report.html"))).toBe(true);
  });

  it("is inconclusive where a shard of the run is missing, and says which", async () => {
    const url = receivers.url("sharded-in-part", "good");
    const shards = await Promise.all(
      [2, 3].map((index) => runCli(["run", url, "--local", ...few, "--shard", `${index}/3`])),
    );
    const files = shards.map((shard) => join(shard.cwd, "reports/report.json"));
    const merged = await runCli(["report", "merge", ...files]);
    expect(merged.stdout).toContain("Of the 3 shards of this run these are missing");
    expect(merged.stdout).toContain("with them: 1.");
    expect(merged.code).toBe(3);
  });

  it("joins the shards of a run over many receivers to one matrix", async () => {
    const names = ["a", "b", "c"];
    const file = targetsFile(
      names.map((name) => ({ name, url: receivers.url(name, name === "b" ? "bad" : "good"), local: true })),
    );
    const one = ["--check", "acknowledgement/acknowledges-with-2xx", "--report", "json"];
    const shards = await Promise.all(
      [1, 2].map((index) => runCli(["run", "--targets", file, ...one, "--shard", `${index}/2`])),
    );
    const all = temporaryDirectory();
    for (const [index, shard] of shards.entries())
      cpSync(join(shard.cwd, "reports"), join(all, `shard-${index}`), { recursive: true });
    const merged = await runCli(["report", "merge", all, "--out", "all", "--report", "json"]);
    expect(merged.code).toBe(1);
    const matrix = readMatrix(join(merged.cwd, "all"));
    // The first shard has had the first and the third receiver.
    expect(matrix.targets.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["a", "conformant"],
      ["c", "conformant"],
      ["b", "non-conformant"],
    ]);
    expect(readReport(merged, "all/b").verdict).toBe("non-conformant");
  });

  it("is inconclusive where a shard of a run over many receivers is missing, or a report, and names what is", async () => {
    const names = ["a", "b", "c"];
    const file = targetsFile(names.map((name) => ({ name, url: receivers.url(name, "good"), local: true })));
    const one = ["--check", "acknowledgement/acknowledges-with-2xx", "--report", "json"];
    const first = await runCli(["run", "--targets", file, ...one, "--shard", "1/2"]);
    expect(first.code).toBe(0);
    const merged = await runCli(["report", "merge", join(first.cwd, "reports"), "--out", "all", "--report", "json"]);
    expect(merged.code).toBe(3);
    expect(merged.stdout).toContain("Of the 2 shards of this run these are missing, and what they judge with them: 2.");
    const matrix = readMatrix(join(merged.cwd, "all"));
    expect(matrix.targets.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["a", "conformant"],
      ["c", "conformant"],
      ["b", "inconclusive"],
    ]);
    const second = await runCli(["run", "--targets", file, ...one, "--shard", "2/2"]);
    const both = [join(merged.cwd, "all"), join(second.cwd, "reports")];
    expect((await runCli(["report", "merge", ...both, "--out", "whole", "--report", "json"])).code).toBe(0);
    rmSync(join(second.cwd, "reports/b"), { recursive: true });
    const gone = await runCli(["report", "merge", ...both, "--out", "whole", "--report", "json", "--quiet"]);
    expect(gone.code).toBe(3);
    expect(gone.stdout).toMatch(/^inconclusive: b \(.*\): it was judged, but its report is not beside the matrix\n/);
  });

  it("is inconclusive where nothing was judged, whatever the report says of its gate", async () => {
    const ran = await runCli(["run", receivers.url("judged", "good"), "--local", ...few, "--report", "json"]);
    const emptied = join(ran.cwd, "emptied.json");
    const report = { ...readReport(ran), checks: [] };
    writeFileSync(emptied, JSON.stringify(report));
    const [other, none] = [join(ran.cwd, "other.json"), join(ran.cwd, "none.json")];
    writeFileSync(other, JSON.stringify({ ...report, target: { ...report.target, url: "http://other.example/" } }));
    const merged = await runCli(["report", "merge", other, join(ran.cwd, "reports"), "--out", "many"]);
    expect(merged.code).toBe(3);
    writeFileSync(none, JSON.stringify({ ...readMatrix(join(merged.cwd, "many")), targets: [], checks: [] }));
    for (const [file, says] of [
      [emptied, "No check of a gated level was judged."],
      [none, "There is no receiver in it"],
    ] as const) {
      const { code, stdout } = await runCli(["report", "merge", file, "--out", "again"]);
      expect([code, stdout]).toEqual([3, expect.stringContaining(says)]);
    }
    const again = await runCli(["run", receivers.url("judged", "good"), "--local", "--only-failed", emptied]);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining("no gated check was judged there either")]);
  });

  it("joins runs of different suites against one receiver, and makes a matrix of different receivers", async () => {
    const notSelected = {
      outcome: "skipped",
      reasonCode: "not-selected",
      reason: "not selected by the filters",
    } as const;
    const only = (suite: string): Report => ({
      ...whole,
      checks: whole.checks.map((check) =>
        check.suite === suite
          ? { ...check, outcome: "passed", reason: null, reasonCode: null }
          : { ...check, ...notSelected },
      ),
    });
    const parts = [written(only("acknowledgement")), written(only("payload"))];
    const one = await runCli(["report", "merge", ...parts, "--out", "all", "--report", "json"]);
    const judged = idsOf(readReport(one, "all"), "passed").map((id) => id.split("/")[0]);
    expect(new Set(judged)).toEqual(new Set(["acknowledgement", "payload"]));
    const other = written({ ...whole, target: { ...whole.target, url: "https://other.example/hook" } }, "other.json");
    const two = await runCli([
      "report",
      "merge",
      written(whole, "this.json"),
      other,
      "--out",
      "all",
      "--report",
      "json",
    ]);
    expect(readMatrix(join(two.cwd, "all")).targets.map(({ name }) => name)).toEqual(["this", "other"]);
  });

  it("fails the gate for a listed failure that passes in one of the parts, with a sentence", async () => {
    const listed = changed("acknowledgement/does-not-redirect", { knownFailure: "being mended" });
    const ended = await runCli([
      "report",
      "merge",
      written(listed),
      written(whole),
      "--out",
      "all",
      "--report",
      "json",
    ]);
    const report = readReport(ended, "all");
    // The later of two reports that judged a check counts; these are of the same time, so the second does.
    expect(report.gate.exitCode).toBe(0);
    const turned = await runCli([
      "report",
      "merge",
      written(whole),
      written(listed),
      "--out",
      "all",
      "--report",
      "json",
    ]);
    expect(turned.code).toBe(1);
    expect(turned.stdout.replaceAll(/\s+/g, " ")).toContain("is out of date: acknowledgement/does-not-redirect passes");
  });
});

describe("report convert", () => {
  it("writes a stored report in other formats, and changes nothing in it", async () => {
    const ended = await runCli([
      "report",
      "convert",
      written(whole),
      "--report",
      "json,html,markdown",
      "--out",
      "site",
    ]);
    expect(ended.code).toBe(0);
    expect(readReport(ended, "site")).toEqual(whole);
    expect(readdirSync(join(ended.cwd, "site")).sort()).toEqual(["report.html", "report.json", "report.md"]);
  });
});

describe("a run that is killed in the middle", () => {
  it("leaves a journal from which the partial report is made", async () => {
    const url = receivers.url("killed", "good");
    const args = [
      "run",
      url,
      "--local",
      "-H",
      `X-Api-Key: ${key}`,
      "--suite",
      "{acknowledgement,payload}",
      "--max-rate",
      "3",
    ];
    const directory = temporaryDirectory();
    const { child, ended } = startCli(args, { cwd: directory });
    await journaled(directory, "acknowledgement/acknowledges-with-2xx");
    child.kill("SIGKILL");
    const killed = await ended;
    const journal = join(killed.cwd, "reports/journal.jsonl");
    const converted = await runCli(["report", "convert", journal, "--report", "json,junit,html,markdown"], killed);
    expect(converted.code).toBe(0);
    const report = readReport(killed, "reports/converted");
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(report).toMatchObject({ verdict: "inconclusive", gate: { outcome: "inconclusive", exitCode: 3 } });
    expect(idsOf(report, "passed")).toContain("acknowledgement/acknowledges-with-2xx");
    const left = report.checks.filter(({ outcome }) => outcome === "not-run");
    expect(left.length).toBeGreaterThan(5);
    expect(new Set(left.map(({ reasonCode }) => reasonCode))).toEqual(new Set(["interrupted"]));
    expect(report.target.headers).toEqual(["X-Api-Key"]);
    const everything = readdirSync(join(killed.cwd, "reports/converted")).map((name) =>
      readFileSync(join(killed.cwd, "reports/converted", name), "utf8"),
    );
    expect([readFileSync(journal, "utf8"), ...everything].join("\n")).not.toContain(key);
  });

  it("and torn in the middle of a line, too", async () => {
    const journal = readFileSync(join(cwd, "reports/journal.jsonl"), "utf8");
    const lines = journal.trim().split("\n");
    const torn = [...lines.slice(0, 4), lines[4]?.slice(0, 40)].join("\n");
    const ended = await runCli(["report", "convert", written(torn, "journal.jsonl"), "--report", "json", "--out", "o"]);
    const report = readReport(ended, "o");
    validate(report);
    expect(validate.errors).toBeNull();
    expect(idsOf(report, "passed")).toHaveLength(3);
    expect(report.notes).toContain("1 line of the journal could not be read.");
  });

  it("over many receivers leaves what has ended, what was in the middle, and the names of the rest", async () => {
    const target = (name: string, behaviour: "good" | "hangs") => ({
      name,
      url: receivers.url(name, behaviour),
      local: true,
    });
    const file = targetsFile([
      target("first", "good"),
      target("stuck", "hangs"),
      target("next", "good"),
      target("last", "hangs"),
    ]);
    const args = [
      "run",
      "--targets",
      file,
      "--check",
      "acknowledgement/acknowledges-with-2xx",
      "--targets-at-once",
      "1",
    ];
    const { child, ended } = startCli([...args, "--report", "json"]);
    await printed(child.stderr, /conformant +next/);
    child.kill("SIGKILL");
    const killed = await ended;
    const merged = await runCli(["report", "merge", "reports", "--out", "partial", "--report", "json"], killed);
    expect(merged.code).toBe(3);
    const matrix = readMatrix(join(killed.cwd, "partial"));
    expect(matrix.targets.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["first", "conformant"],
      ["stuck", "inconclusive"],
      ["next", "conformant"],
      ["last", "inconclusive"],
    ]);
    expect(matrix.targets[1]?.remark).toBe("the run was ended before this check was");
  });
});

it("a run over many receivers that is killed before one of them has ended leaves their names", async () => {
  const names = ["a", "b"].map((name) => ({ name, url: "http://127.0.0.1/" }));
  const header = { kind: "targets", harness: whole.harness, startedAt: whole.startedAt, notes: [], targets: names };
  const ended = await runCli(["report", "merge", written(header, "journal.jsonl"), "--out", "o", "--report", "json"]);
  expect(ended.code).toBe(3);
  expect(readMatrix(join(ended.cwd, "o")).targets.map(({ remark }) => remark)).toEqual([
    "the run was ended before its turn",
    "the run was ended before its turn",
  ]);
});

describe("what is no report is told in one sentence", () => {
  it.each([
    ["none.json", undefined, /none\.json: expected a readable file, but there is none/],
    ["text", "hello", /text, line 1, column 1: expected a report .*, got a text/],
    ["other.json", '{"a": 1}', /other\.json, line 1, column 1: expected the keys "schemaVersion", .* in it, got none/],
    ["list.json", "[1, 2]", /list\.json, line 1, column 1: expected a report .*, got a list of 2/],
    [
      "matrix.json",
      '{"targets": []}',
      /matrix\.json, line 1, column 1: expected the keys "schemaVersion", .* in it, got none/,
    ],
    ["journal.jsonl", '{"kind":"run"}\n', /journal\.jsonl: .*it is a journal that cannot be read/],
    ["targets.jsonl", '{"kind":"targets"}\n{}\n', /targets\.jsonl: .*it is a journal that cannot be read/],
  ])("%s", async (name, text, says) => {
    const file = join(temporaryDirectory(), name);
    if (text !== undefined) writeFileSync(file, text);
    for (const args of [
      ["convert", file],
      ["merge", file],
      ["diff", file, file],
    ]) {
      const error: unknown = await cli([
        "report",
        ...args,
        ...(args[0] === "diff" ? [] : ["--out", temporaryDirectory()]),
      ]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UsageError);
      expect((error as Error).message).toMatch(says);
      expect((error as Error).message).not.toContain("\n");
    }
  });

  it.each([
    [["report"], /report: expected a command \(diff, merge, convert\), got none/],
    [["report", "dif"], /report: expected a command .*got "dif"; did you mean diff\?/],
    [["report", "diff", "a.json"], /report diff: expected <new>, .*got none/],
    [["report", "diff", "a", "b", "c"], /report diff: expected 2 arguments, old and new, got 1 more/],
    [["report", "merge"], /report merge: expected <files>/],
    [
      ["report", "convert", "a", "--reprot", "html"],
      /report convert: unknown option --reprot; did you mean --report\?/,
    ],
    [["report", "convert", "a", "--report", "docx"], /--report: expected json, .*got "docx"/],
    [["report", "diff", "a", "b", "--json", "--markdown"], /--json and --markdown: expected one of them, got both/],
  ])("%j", async (args, says) => {
    await expect(cli(args)).rejects.toThrow(says);
  });

  it("a directory without any", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "empty"));
    await expect(cli(["report", "convert", directory])).rejects.toThrow(/there is nothing of that kind in it/);
  });

  it("several where one is asked for", async () => {
    const directory = temporaryDirectory();
    for (const name of ["a", "b"]) {
      mkdirSync(join(directory, name));
      copyFileSync(written(whole), join(directory, name, "report.json"));
    }
    await expect(cli(["report", "diff", directory, directory])).rejects.toThrow(/it holds several/);
  });
});
