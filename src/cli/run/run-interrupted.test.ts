import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { suites } from "../../../suites/index.js";
import { systemClock } from "../../clock/system-clock.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { journaled, readReport, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";
import { batch } from "../../contract/batch.js";
import { suitesUnder } from "../../runner/suites-under.js";

const checks = suitesUnder(batch, suites).flatMap((suite) => suite.checks);
const schema = JSON.parse(
  readFileSync(new URL("../../../reports/report.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ strict: false }).compile(schema);

/** Acknowledges the first callback of each session but holds everything else back: one session is sent twice by some. */
const holdsBack = () =>
  createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 200 }, { kind: "never" }] });

it.each(["SIGINT", "SIGTERM"] as const)("%s in the middle leaves a valid report of what finished", async (signal) => {
  const receiver = await holdsBack();
  const directory = temporaryDirectory();
  const { child, ended } = startCli(["run", receiver.url, "--local", "--check", "{acknowledgement,retries}/*"], {
    cwd: directory,
  });
  await journaled(directory, "acknowledgement/acknowledges-with-2xx");
  child.kill(signal);
  const { code, stderr, cwd } = await ended;
  await receiver.close();
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted: what has finished is reported");
  const report = readReport({ cwd });
  validate(report);
  expect(validate.errors).toBeNull();
  expect(report.gate.exitCode).toBe(130);
  expect(report.checks).toHaveLength(checks.length);
  expect(report.checks.find(({ id }) => id === "acknowledgement/acknowledges-with-2xx")?.outcome).toBe("passed");
  const interrupted = report.checks.filter(({ reasonCode }) => reasonCode === "interrupted").map(({ id }) => id);
  expect(interrupted).toContain("retries/acknowledges-a-duplicate");
});

it("a killed run leaves its journal", async () => {
  const receiver = await holdsBack();
  const directory = temporaryDirectory();
  const { child, ended } = startCli(["run", receiver.url, "--local", "--check", "{acknowledgement,retries}/*"], {
    cwd: directory,
  });
  await journaled(directory, "acknowledgement/acknowledges-with-2xx");
  child.kill("SIGKILL");
  const { cwd } = await ended;
  await receiver.close();
  const lines = readFileSync(join(cwd, "reports/journal.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { id?: string }).id)).toContain(
    "acknowledgement/acknowledges-with-2xx",
  );
});

// A real receiver lives in real time, so this takes the documented deadline of 20 seconds; no clock can be passed in.
it("a receiver that never answers gets a full report after one deadline", async () => {
  const receiver = await createScriptedReceiver({ clock: systemClock, script: [{ kind: "never" }] });
  const { code, cwd } = await runCli(["run", receiver.url, "--local", "-H", "X-Api-Key: some-key"]);
  const { requests } = receiver.journal;
  await receiver.close();
  const report = readReport({ cwd });
  expect(code).toBe(1);
  expect(requests).toHaveLength(1);
  expect(report.verdict).toBe("non-conformant");
  expect(report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  validate(report);
  expect(validate.errors).toBeNull();
});
