import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idsOf, readReport, runCli, temporaryDirectory } from "../cli.test.kit.js";
import {
  readMatrix,
  startManyReceivers,
  targetsFile,
  type Behaviour,
  type ManyReceivers,
} from "../many-receivers.test.kit.js";

let receivers: ManyReceivers;
beforeAll(async () => {
  receivers = await startManyReceivers();
});
afterAll(() => receivers.close());

const selection = ["--check", "acknowledgement/acknowledges-with-2xx,acknowledgement/does-not-redirect"];

const target = (name: string, behaviour: Behaviour) => ({ name, url: receivers.url(name, behaviour), local: true });

/** A run over these, which has left its reports in a directory of its own. */
async function earlierRun(entries: readonly object[]): Promise<{ cwd: string; file: string; again: string }> {
  const file = targetsFile(entries);
  const { cwd, stderr } = await runCli(["run", "--targets", file, ...selection, "--report", "json"]);
  return { cwd, file, again: /^only that again: webhook-conformance (.*)$/m.exec(stderr)?.[1] ?? "" };
}

it("runs of each receiver what failed, and of those that passed nothing; the others keep their reports", async () => {
  const { cwd, file, again } = await earlierRun([target("fine", "good"), target("ill", "bad")]);
  expect(again).toContain(`--targets '${file}'`);
  expect(again).toContain("--only-failed 'reports'");
  const before = { fine: readReport({ cwd }, "reports/fine"), ill: readReport({ cwd }, "reports/ill") };
  receivers.mend("ill");
  const { code, stdout } = await runCli(["run", "--targets", file, "--only-failed", "reports/matrix.json"], { cwd });
  const after = { fine: readReport({ cwd }, "reports/fine"), ill: readReport({ cwd }, "reports/ill") };
  expect(after.fine).toEqual(before.fine);
  expect(idsOf(after.ill, "passed")).toEqual(idsOf(before.ill, "failed"));
  expect(after.ill.seed).toBe(before.ill.seed);
  expect(stdout).toContain("Nothing was left to run of 1 receiver, which stand");
  expect(readMatrix(join(cwd, "reports")).targets.map(({ name, gate }) => [name, gate.outcome])).toEqual([
    ["fine", "passed"],
    ["ill", "passed"],
  ]);
  expect(code).toBe(0);

  const third = await runCli(["run", "--targets", file, "--only-failed", "reports"], { cwd });
  expect(third.stderr).toBe("nothing failed in reports, and nothing was left to run: nothing was sent\n");
  expect(third.code).toBe(0);
});

it("is as red as before for what has not been mended, and writes all of it elsewhere too", async () => {
  const { cwd, file } = await earlierRun([target("still-fine", "good"), target("still-ill", "bad")]);
  const args = ["run", "--targets", file, "--only-failed", "reports", "--out", "second", "--report", "json,html"];
  expect((await runCli(args, { cwd })).code).toBe(1);
  expect(readdirSync(join(cwd, "second/still-fine")).sort()).toEqual(["report.html", "report.json"]);
  expect(readMatrix(join(cwd, "second")).gate).toEqual({ outcome: "failed", exitCode: 1 });
});

it("runs whole what there is no report of, and what has moved", async () => {
  const { cwd, file } = await earlierRun([target("gone", "good"), target("moved", "good"), target("kept", "good")]);
  rmSync(join(cwd, "reports/gone"), { recursive: true });
  const moved = { ...target("moved", "good"), url: receivers.url("moved-to", "bad") };
  writeFileSync(file, JSON.stringify([target("gone", "good"), moved, target("kept", "good")]));
  const args = ["run", "--targets", file, ...selection, "--only-failed", "reports"];
  const { code, stdout } = await runCli(args, { cwd });
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "There is no report of gone and moved in reports, so all of it was run.",
  );
  expect(idsOf(readReport({ cwd }, "reports/gone"), "passed")).toHaveLength(2);
  expect(idsOf(readReport({ cwd }, "reports/moved"), "failed")).toHaveLength(1);
  expect(code).toBe(1);
});

it("reads a directory of reports that no matrix lists, and sends nothing on a dry run", async () => {
  const { cwd, file } = await earlierRun([target("dry-fine", "good"), target("dry-ill", "bad")]);
  const parts = temporaryDirectory();
  for (const name of ["dry-fine", "dry-ill"])
    cpSync(join(cwd, "reports", name), join(parts, name), { recursive: true });
  const args = ["run", "--targets", file, "--only-failed", parts, "--dry-run", "--json"];
  const { stdout } = await runCli(args, { cwd });
  expect((JSON.parse(stdout) as { target: string }[]).map((plan) => plan.target)).toEqual([
    receivers.url("dry-ill", "bad"),
  ]);
});

it("does not stay green where the earlier run was not", async () => {
  const { cwd, file } = await earlierRun([target("known", "good")]);
  const report = readReport({ cwd }, "reports/known");
  const gate = { ...report.gate, outcome: "inconclusive", exitCode: 3 };
  writeFileSync(join(cwd, "reports/known/report.json"), JSON.stringify({ ...report, gate }));
  const { code, stderr } = await runCli(["run", "--targets", file, "--only-failed", "reports"], { cwd });
  expect(stderr).toContain("nothing was sent; exit code 3 of that run has another reason, and stays so");
  expect(code).toBe(3);
});

it("takes no reports of other receivers", async () => {
  const { cwd, file } = await earlierRun([target("somebody", "good")]);
  writeFileSync(file, JSON.stringify([target("somebody-else", "good")]));
  const { code, stderr } = await runCli(["run", "--targets", file, "--only-failed", "reports"], { cwd });
  expect(stderr).toContain("expected the matrix.json of a run over these receivers");
  expect(stderr).toContain("got only somebody");
  expect(code).toBe(2);
});
