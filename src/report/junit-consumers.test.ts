import { readFileSync } from "node:fs";
import { parse, type TestSuites } from "junit2json";
import { expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { renderJUnit } from "./junit.js";
import type { Report } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const schema = readFileSync(new URL("junit.xsd", import.meta.url), "utf8");

async function faultsIn(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}

const hostile = `]]>\u0000<failure message='x'/>&#0;"'\u2028\r\n\t😀\ud800`;

function withHostileText(): Report {
  const report = sampleReport();
  const checks = report.checks.map((check) => ({
    ...check,
    title: hostile,
    reason: check.reason === null ? null : hostile,
    mismatches: [{ expected: hostile, actual: hostile, where: hostile }],
    hint: hostile,
    notes: [hostile],
  }));
  return { ...report, target: { ...report.target, url: hostile }, seed: hostile, checks };
}

function withListedFailures(): Report {
  const report = sampleReport();
  const checks = report.checks.map((check) => ({ ...check, knownFailure: "until May" }));
  return { ...report, checks, notes: ['known failure "retry/*" matches no check: correct or remove it'] };
}

test.each<[string, Report]>([
  ["every outcome and reason", sampleReport()],
  ["known failures", withListedFailures()],
  ["text that breaks out", withHostileText()],
  ["no checks", { ...sampleReport(), checks: [] }],
])("keeps to what CI servers read: %s", async (_, report) => {
  expect(await faultsIn(renderJUnit(report))).toEqual([]);
});

test.each([
  ["an element that nobody reads", "<testcase ", "<case "],
  ["a count that is none", 'tests="21"', 'tests="many"'],
  ["a time without a number", 'time="4.321"', 'time=""'],
])("the schema refuses %s", async (_, from, to) => {
  expect(await faultsIn(renderJUnit(sampleReport()).replace(from, to))).not.toEqual([]);
});

test("a reader of JUnit counts as the file itself does, in all and by suite", async () => {
  const { testsuite = [], ...all } = (await parse(renderJUnit(withListedFailures()))) as TestSuites;
  const cases = testsuite.flatMap(({ testcase = [] }) => testcase);
  expect(all).toMatchObject({ tests: cases.length, failures: 3, errors: 3 });
  for (const { testcase = [], tests, failures, errors, skipped } of testsuite) {
    const having = (kind: "failure" | "error" | "skipped"): number =>
      testcase.filter((found) => found[kind] !== undefined).length;
    expect([tests, failures, errors, skipped]).toEqual([
      testcase.length,
      having("failure"),
      having("error"),
      having("skipped"),
    ]);
  }
});

test("an entry of the known failures that matches nothing is a failure, as it fails the gate", async () => {
  const { testsuite = [] } = (await parse(renderJUnit(withListedFailures()))) as TestSuites;
  const message = 'known failure "retry/*" matches no check: correct or remove it';
  expect(testsuite.at(-1)).toMatchObject({
    name: "known-failures",
    failures: 1,
    testcase: [{ name: message, failure: [{ message, type: "known-failure" }] }],
  });
});
