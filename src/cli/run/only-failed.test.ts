import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { createScriptedReceiver, type ScriptedReceiver } from "../../receivers/scripted-receiver.js";
import type { Report } from "../../report/model.js";
import { idsOf, readReport, runCli, temporaryDirectory, type Ended } from "../cli.test.kit.js";

let broken: ScriptedReceiver;
let mended: ScriptedReceiver;
beforeAll(async () => {
  const answering = (status: number) =>
    createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status }] });
  [broken, mended] = await Promise.all([answering(500), answering(200)]);
});
afterAll(() => Promise.all([broken.close(), mended.close()]));

const selection = ["--check", "acknowledgement/acknowledges-*,acknowledgement/does-not-redirect,payload/*"];
const run = (receiver: ScriptedReceiver, cwd: string, ...args: readonly string[]): Promise<Ended> =>
  runCli(["run", receiver.url, "--local", ...args], { cwd });

it("runs what failed or was not run, with its seed, until nothing is left; the terminal says how", async () => {
  const cwd = temporaryDirectory();
  const first = await run(broken, cwd, ...selection, "--fail-on", "recommended", "-H", "X-Api-Key: k3y-of-mine");
  expect(first.code).toBe(1);
  const line = /^only that again: webhook-conformance (.*)$/m.exec(first.stderr)?.[1] ?? "";
  expect(line).toContain("--only-failed 'reports/report.json'");
  expect(line).toContain("-H 'X-Api-Key: ${X_API_KEY}'");
  expect(line).not.toContain("k3y-of-mine");
  const before = readReport(first);
  const open = [...idsOf(before, "failed"), ...idsOf(before, "not-run")].sort();

  const second = await run(mended, cwd, "--only-failed", "reports/report.json");
  const after = readReport(second);
  expect(
    after.checks
      .filter(({ reasonCode }) => reasonCode !== "not-selected")
      .map(({ id }) => id)
      .sort(),
  ).toEqual(open);
  expect(after.seed).toBe(before.seed);
  expect(after.gate).toMatchObject({ levels: ["required", "recommended"], outcome: "passed" });
  expect(second.code).toBe(0);

  const third = await run(mended, cwd, "--only-failed", "reports/report.json");
  expect(third.stderr).toBe("nothing failed in reports/report.json, and nothing was left to run: nothing was sent\n");
  expect(third.code).toBe(0);
}, 60_000);

/** The report of a run that found no fault, with this changed in it. */
async function reportWith(change: (report: Report) => object): Promise<{ cwd: string; file: string }> {
  const ended = await run(mended, temporaryDirectory(), ...selection, "--report", "json");
  const report = readReport(ended);
  const file = join(ended.cwd, "changed.json");
  writeFileSync(file, JSON.stringify({ ...report, ...change(report) }));
  return { cwd: ended.cwd, file };
}

const failing = (report: Report, id: string, more: object = {}) =>
  report.checks.map((check) => (check.id === id ? { ...check, outcome: "failed", ...more } : check));

it("gates as that run did: what passed there counts, where only what is not gated is run again", async () => {
  const { cwd, file } = await reportWith((report) => ({
    checks: failing(report, "payload/accepts-unknown-fields"),
  }));
  const { code, stdout } = await run(broken, cwd, "--only-failed", file);
  expect(stdout).toContain("payload/accepts-unknown-fields");
  expect({ code, gate: readReport({ cwd }).gate.outcome }).toEqual({ code: 3, gate: "inconclusive" });
  const mendedAgain = await run(mended, cwd, "--only-failed", file);
  expect({ code: mendedAgain.code, gate: readReport({ cwd }).gate.outcome }).toEqual({ code: 0, gate: "passed" });
}, 60_000);

it("excuses what was excused there", async () => {
  const id = "acknowledgement/acknowledges-consistently";
  const { cwd, file } = await reportWith((report) => ({ checks: failing(report, id, { knownFailure: "of old" }) }));
  const { code } = await run(mended, cwd, "--only-failed", file);
  expect(readReport({ cwd }).checks.find((check) => check.id === id)?.knownFailure).toBe("of old");
  // It passes now, so that the list that it was on is out of date.
  expect(code).toBe(1);
}, 60_000);

it("does not turn green a run that was red for another reason", async () => {
  const { cwd, file } = await reportWith(({ gate }) => ({ gate: { ...gate, outcome: "inconclusive", exitCode: 3 } }));
  const { code, stderr } = await run(mended, cwd, "--only-failed", file);
  expect(stderr).toContain("its gate was inconclusive for another reason, and stays so");
  expect(code).toBe(3);
});

it("is not green about a receiver that nothing was seen of", async () => {
  const { cwd, file } = await reportWith(() => ({}));
  const elsewhere = await run(broken, cwd, "--only-failed", file);
  expect(elsewhere.stderr).toContain(`it is of another receiver, ${mended.url}`);
  expect(elsewhere.code).toBe(3);

  const other = await reportWith((report) => ({ checks: failing(report, "payload/accepts-unknown-fields") }));
  const acknowledging = await createScriptedReceiver({
    clock: systemClock,
    script: [{ kind: "answer", status: 200 }],
  });
  const { code } = await run(acknowledging, other.cwd, "--only-failed", other.file);
  await acknowledging.close();
  const { gate, checks } = readReport(other);
  expect(checks.find(({ id }) => id === "payload/accepts-unknown-fields")?.outcome).toBe("passed");
  expect({ code, gate: gate.outcome }).toEqual({ code: 3, gate: "inconclusive" });
}, 60_000);

it("takes no report of another contract", async () => {
  const { cwd, file } = await reportWith(() => ({}));
  const { code, stderr } = await run(mended, cwd, "--contract", "document", "--only-failed", file);
  expect(stderr).toContain("expected a report under --contract document, got one under batch");
  expect(code).toBe(2);
});

it("runs with a check that answers for others what it answers for", async () => {
  const { cwd, file } = await reportWith((report) => ({
    checks: failing(report, "bad-input/stays-healthy-after-bad-input"),
  }));
  const { stdout } = await run(mended, cwd, "--only-failed", file, "--dry-run", "--json");
  expect((JSON.parse(stdout) as { suites: object[] }).suites).toEqual([
    expect.objectContaining({ id: "bad-input", checks: 18 }),
  ]);
});

it.each([
  [["--only-failed", "<file>", "--check", "load/*"], /--only-failed .*: the filters select none of the checks that/],
  [["--only-failed", "none.json"], /--only-failed none\.json: expected a readable file, but there is none/],
  [["--only-failed", "<file>", "--known-failures", "k.json", "--update-known-failures"], /expected no --update-known/],
])("refuses %j", async (args, says) => {
  const { cwd, file } = await reportWith((report) => ({ checks: failing(report, "payload/accepts-unknown-fields") }));
  const { code, stderr } = await run(mended, cwd, ...args.map((word) => word.replace("<file>", file)));
  expect(stderr).toMatch(says);
  expect(code).toBe(2);
});

it("the report of a config file says what it is about, and by which command it was made", async () => {
  const cwd = temporaryDirectory();
  const about = { product: "Orders", version: "${VERSION}", commit: "4f2a9c1", contact: "#payments" };
  const config = {
    url: mended.url,
    local: true,
    about,
    check: ["payload/accepts-unknown-fields"],
    "fail-on": "recommended",
  };
  writeFileSync(join(cwd, "webhook-conformance.json"), JSON.stringify(config));
  const { code, stdout } = await runCli(["run", "--max-time", "1m"], { cwd, env: { VERSION: "2.3.1" } });
  expect(code).toBe(0);
  expect(stdout).toContain("about Orders 2.3.1, commit 4f2a9c1, contact #payments");
  expect(stdout).toMatch(/^report: partial; left out: \d+ checks not selected by the filters/m);
  expect(readReport({ cwd })).toMatchObject({
    about: { ...about, version: "2.3.1" },
    command: "webhook-conformance run --max-time '1m' --config 'webhook-conformance.json'",
  });
  const page = readFileSync(join(cwd, "reports/report.html"), "utf8").replaceAll(/<[^<>]*>/g, "");
  expect(page).toContain("Orders 2.3.1, commit 4f2a9c1");
});
