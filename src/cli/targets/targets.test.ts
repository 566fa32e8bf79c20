import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../../errors.js";
import type { Matrix } from "../../report/matrix/matrix.js";
import { cli } from "../cli.js";
import { printed, readReport, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";
import {
  readMatrix,
  startManyReceivers,
  targetsFile,
  type Behaviour,
  type ManyReceivers,
} from "../many-receivers.test.kit.js";

const one = ["--check", "acknowledgement/acknowledges-with-2xx"];

let receivers: ManyReceivers;
beforeAll(async () => {
  receivers = await startManyReceivers();
});
afterAll(() => receivers.close());

const target = (name: string, behaviour: Behaviour, rest: object = {}) => ({
  name,
  url: receivers.url(name, behaviour),
  local: true,
  ...rest,
});

const schema = JSON.parse(
  readFileSync(new URL("../../../reports/matrix.schema.json", import.meta.url), "utf8"),
) as object;

function assertValid(matrix: Matrix): void {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  validate(matrix);
  expect(validate.errors).toBeNull();
}

describe("a run over many receivers", () => {
  it("has one matrix, a report for each of them, and the exit code of the worst", async () => {
    const file = targetsFile([target("up", "good"), target("down", "dead"), target("broken", "bad")]);
    const { code, cwd, stdout, stderr } = await runCli(["run", "--targets", file, ...one]);
    expect(code).toBe(1);
    const matrix = readMatrix(join(cwd, "reports"));
    assertValid(matrix);
    expect(matrix.targets.map(({ name, verdict, gate }) => [name, verdict, gate.exitCode])).toEqual([
      ["up", "conformant", 0],
      ["down", "inconclusive", 3],
      ["broken", "non-conformant", 1],
    ]);
    expect(matrix.targets.map(({ outcomes }) => Object.values(outcomes))).toEqual([
      ["passed"],
      ["not-run"],
      ["failed"],
    ]);
    for (const { name, files } of matrix.targets) {
      expect(readReport({ cwd }, `reports/${name}`).target.url).toContain(`/${name}/hook`);
      for (const path of Object.values(files)) expect(existsSync(join(cwd, "reports", path))).toBe(true);
    }
    expect(readFileSync(join(cwd, "reports/matrix.html"), "utf8")).toContain("acknowledges-with-2xx");
    expect(readFileSync(join(cwd, "reports/matrix.md"), "utf8")).toContain("| ✅ |");
    expect(stdout).toMatch(/^non-conformant: broken: acknowledgement\/acknowledges-with-2xx: /m);
    expect(stdout).toMatch(/^failed acknowledgement\/acknowledges-with-2xx \(required\): 1 of 3: broken$/m);
    expect(stdout).toContain("gate: failed; 3 receivers: 1 conformant, 1 non-conformant, 1 inconclusive; exit code 1");
    expect(stderr).toMatch(/\[3\/3\]/);
  });

  it("takes each receiver's own options, and the command line's where it has none", async () => {
    const file = targetsFile([
      target("a", "bad", { "known-failures": "known.json", header: "X-Key: ${KEY_OF_A}" }),
      target("b", "good", { check: "acknowledgement/does-not-redirect" }),
    ]);
    const known = [{ check: "acknowledgement/acknowledges-with-2xx", reason: "being mended" }];
    writeFileSync(join(file, "../known.json"), JSON.stringify(known));
    const args = ["run", "--targets", file, ...one, "--json", "--report", "json"];
    const { code, cwd, stdout } = await runCli(args, { env: { KEY_OF_A: "secret-of-the-first" } });
    expect(code).toBe(0);
    const matrix = JSON.parse(stdout) as Matrix;
    expect(matrix.targets.map(({ outcomes }) => outcomes)).toEqual([
      { "acknowledgement/acknowledges-with-2xx": "failed" },
      { "acknowledgement/does-not-redirect": "passed" },
    ]);
    expect(readReport({ cwd }, "reports/a").target.headers).toEqual(["X-Key"]);
    expect(readReport({ cwd }, "reports/b").target.headers).toEqual([]);
    expect(everythingIn(cwd)).not.toContain("secret-of-the-first");
  });

  it("of 200, ten that hang and ten that are dead, is done with all of them, in one matrix", async () => {
    const kinds = Array.from({ length: 200 }, (_, index): Behaviour => {
      if (index % 20 === 0) return "hangs";
      return index % 20 === 1 ? "dead" : "good";
    });
    // Those that hang have no deadline of 20 seconds each; the others have all the time that a busy machine takes.
    const rest = (kind: Behaviour): object => (kind === "hangs" ? { "max-time": "1s" } : {});
    const file = targetsFile(kinds.map((kind, index) => target(`${kind}-${index}`, kind, rest(kind))));
    const args = ["run", "--targets", file, ...one, "--report", "json", "--quiet"];
    const { code, cwd, stdout } = await runCli(args);
    expect(code).toBe(3);
    const lines = stdout.trim().split("\n");
    expect(lines.at(-1)).toBe("gate: inconclusive; 200 receivers: 180 conformant, 20 inconclusive; exit code 3");
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^inconclusive: (hangs|dead)-\d+ \(http:.*\): /);
    const matrix = readMatrix(join(cwd, "reports"));
    assertValid(matrix);
    expect(matrix.targets.map(({ name }) => name)).toEqual(kinds.map((kind, index) => `${kind}-${index}`));
    const remarks = matrix.targets.map(({ remark }, index) => `${kinds[index]}: ${remark}`);
    expect(new Set(remarks).size).toBe(3);
  });

  it("keeps what has ended where it is interrupted, and names the rest", async () => {
    const file = targetsFile([
      target("first", "good"),
      target("stuck", "hangs"),
      target("next", "hangs"),
      target("last", "good"),
    ]);
    const { child, ended } = startCli(["run", "--targets", file, ...one, "--targets-at-once", "1", "--report", "json"]);
    await printed(child.stderr, /conformant +first/);
    child.kill("SIGINT");
    const { code, cwd } = await ended;
    expect(code).toBe(130);
    const matrix = readMatrix(join(cwd, "reports"));
    assertValid(matrix);
    expect(matrix.gate.exitCode).toBe(130);
    expect(matrix.targets[0]).toMatchObject({ name: "first", verdict: "conformant" });
    expect(matrix.targets[3]).toMatchObject({
      name: "last",
      remark: "the run was interrupted before its turn",
      outcomes: { "acknowledgement/acknowledges-with-2xx": "not-run" },
      files: {},
    });
  });

  it("with --shard is run in parts, each receiver in just one", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const file = targetsFile(names.map((name) => target(name, "good")));
    const shard = (index: number) =>
      runCli(["run", "--targets", file, ...one, "--shard", `${index}/3`, "--report", "json"]);
    const parts = await Promise.all([1, 2, 3].map(shard));
    const ran = parts.map(({ cwd }) => readMatrix(join(cwd, "reports")).targets.map(({ name }) => name));
    expect(ran).toEqual([["a", "d"], ["b", "e"], ["c"]]);
  });

  it("in a shard that has no receiver is green, says so and has a matrix", async () => {
    const file = targetsFile([target("only", "good")]);
    const { code, cwd, stdout } = await runCli(["run", "--targets", file, ...one, "--shard", "2/2"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Shard 2 of 2 has no receiver to check, so nothing was sent.");
    const matrix = readMatrix(join(cwd, "reports"));
    assertValid(matrix);
    expect(matrix.targets).toEqual([]);
  });

  it("with --dry-run sends and writes nothing", async () => {
    const file = targetsFile([target("dry-a", "good"), target("dry-b", "good")]);
    const cwd = temporaryDirectory();
    const { code, stdout } = await runCli(["run", "--targets", file, "--dry-run"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("dry-b: dry run against http://127.0.0.1");
    const json = await runCli(["run", "--targets", file, "--dry-run", "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toHaveLength(2);
    expect(readdirSync(cwd)).toEqual([]);
    expect(receivers.called).not.toContain("dry-a");
  });
});

describe("what is wrong with one receiver is told before a callback goes to any", () => {
  const good = () => target("untouched", "good");
  it.each([
    [
      "a header",
      { header: "X-Key: ${NO_SUCH_VARIABLE}" },
      /line 1, column \d+, \[1\]\.header: target "b": .*NO_SUCH_VARIABLE, which is not set/,
    ],
    [
      "a filter",
      { check: "no-such/*" },
      /line 1, column \d+, \[1\]\.check: target "b": --check: expected an id or a glob/,
    ],
    ["a URL", { url: "localhost:3000" }, /line 1, column \d+, \[1\]\.url: target "b": .*expected an absolute/],
    [
      "a CA file",
      { ca: "none.pem" },
      /line 1, column \d+, \[1\]\.ca: target "b": --ca .*none\.pem: expected a readable file/,
    ],
    ["a command", { "session-command": "echo why >&2; exit 3" }, /target "b": --session-command: .*exit code 3: why/],
    [
      "a credential header",
      { "credential-header": "X-Other" },
      /\[1\]\.credential-header: target "b": --credential-header: /,
    ],
    [
      "two kinds of probes",
      { "probe-url": "http://127.0.0.1/{sessionId}", "probe-command": "echo 1" },
      /\[1\]\.probe-url: target "b": .*expected one of them, got both/,
    ],
    [
      "a known failure",
      { "known-failures": "none.json" },
      /\[1\]\.known-failures: target "b": --known-failures .*none\.json/,
    ],
  ])("%s", async (_, mistake, says) => {
    const file = targetsFile([good(), { ...target("b", "good"), ...mistake }]);
    const error: unknown = await cli(["run", "--targets", file, "--out", temporaryDirectory()]).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(says);
    expect((error as Error).message).not.toContain("\n");
    expect(receivers.called).not.toContain("untouched");
  });

  it.each([
    [["http://127.0.0.1/"], /--targets: expected no callback URL beside it, got one/],
    [
      ["--update-known-failures", "--known-failures", "x.json"],
      /--targets: expected no --update-known-failures beside it/,
    ],
    [["--shard", "3/2"], /--shard: expected the number of this job and of all/],
    [["--suite", "no-such"], /^--suite: expected an id or a glob/],
    [["--out", "/dev/null/reports"], /--out \/dev\/null.*expected a path that can be written/],
  ])("%j on the command line", async (args, says) => {
    const file = targetsFile([good()]);
    await expect(cli(["run", "--targets", file, ...args])).rejects.toThrow(says);
    expect(receivers.called).not.toContain("untouched");
  });
});

/** All that was written, in one text. */
function everythingIn(directory: string): string {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name));
  return files
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}
