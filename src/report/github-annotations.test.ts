import { expect, test } from "vitest";
import { githubAnnotations } from "./github-annotations.js";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const [failed] = sampleReport().checks as [ReportCheck];

const withChecks = (...checks: readonly Partial<ReportCheck>[]): Report => ({
  ...sampleReport(),
  checks: checks.map((check) => ({ ...failed, hint: null, clause: null, mismatches: [], ...check })),
});

/** As the runner reads a line back. */
function read(line: string) {
  const [, kind, title = "", message = ""] = /^::(error|warning) title=([^:,\r\n]*)::([^\r\n]*)$/.exec(line) ?? [];
  const unescaped = (text: string): string =>
    text.replaceAll(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return { kind, title: unescaped(title), message: unescaped(message) };
}

const annotations = (report: Report) => githubAnnotations(report).map(read);

test("a failure of a gated level is an error, with the fix and the clause", () => {
  expect(annotations(sampleReport())[0]).toEqual({
    kind: "error",
    title: "acknowledgement/acknowledges-with-2xx",
    message:
      "Acknowledges the documented callback with a 2XX: attempt 1 at 00:00:00: expected a 2XX, got a reset connection (and 1 more)\n" +
      "A 503 comes from a proxy or an overloaded server: look there before the handler.\n" +
      "Clause response/2xx, https://docs.scriptix.io/docs/core-apis/batch/webhooks",
  });
});

test.each<[Partial<ReportCheck>, string, string]>([
  [{ id: "a", level: "recommended" }, "warning", "a (recommended, not gated)"],
  [{ id: "a", knownFailure: "until May" }, "warning", "a (known failure)"],
  [{ id: "a", outcome: "passed", knownFailure: "old" }, "error", "a"],
  [{ id: "a", outcome: "not-run", reason: "Refused." }, "warning", "a (not run)"],
  [{ id: "a", outcome: "error", reason: "Oops." }, "warning", "a (in error, not charged to the receiver)"],
])("%j is told as %s", (check, kind, title) => {
  expect(annotations(withChecks(check))).toEqual([expect.objectContaining({ kind, title })]);
});

test("failures of one cause that are not gated are one warning", () => {
  const cause = { id: "slow", says: "it is slow", fix: "Answer sooner.", checks: ["a", "b", "c"] };
  const checks = (["recommended", "required", "hardening"] as const).map((level, index) => ({
    id: "abc"[index] ?? "",
    level,
  }));
  const lines = annotations({ ...withChecks(...checks), causes: [cause] });
  expect(lines).toEqual([
    expect.objectContaining({ kind: "error", title: "b" }),
    { kind: "warning", title: "a and 1 more (not gated)", message: "it is slow: a, c\nAnswer sooner." },
  ]);
});

test.each<Partial<ReportCheck>>([
  { outcome: "passed" },
  { outcome: "skipped", reason: "not selected by the filters" },
  { outcome: "not-run", level: "hardening", reason: "Refused." },
])("%j is not worth an annotation", (check) => {
  expect(githubAnnotations(withChecks(check))).toEqual([]);
});

test("an entry of the known failures that matches nothing is an error", () => {
  const note = 'known failure "retry/*" matches no check: correct or remove it';
  const report = { ...withChecks({ outcome: "passed" }), notes: [note] };
  expect(annotations(report)).toEqual([{ kind: "error", title: "known failures", message: note }]);
});

test("of more than GitHub shows, the last one of a kind names the others", () => {
  const checks = (prefix: string, level: ReportCheck["level"]) =>
    Array.from({ length: 12 }, (_, index) => ({ id: `${prefix}/${index}`, level }));
  const lines = annotations(withChecks(...checks("r", "required"), ...checks("h", "hardening")));
  expect(lines.map(({ kind }) => kind)).toEqual([...Array(10).fill("error"), ...Array(10).fill("warning")]);
  expect(lines[9]).toEqual({ kind: "error", title: "3 more", message: "r/9\nr/10\nr/11" });
});

test("just as many as GitHub shows are all told", () => {
  const lines = annotations(withChecks(...Array.from({ length: 10 }, (_, index) => ({ id: `r/${index}` }))));
  expect(lines.at(-1)).toMatchObject({ title: "r/9" });
});

test("no text ends its command or begins another", () => {
  const text = "100%0A\r\n::stop-commands::x\n##[error]y,title=z::\u001b[31m\u2028";
  const lines = githubAnnotations(
    withChecks({ id: text, title: text, hint: text, mismatches: [{ expected: text, actual: text, where: text }] }),
  );
  expect(lines).toHaveLength(1);
  const shown = String.raw`100%0A\r\n::stop-commands::x\n##[error]y,title=z::\x1b[31m\u2028`;
  expect(read(lines[0] ?? "")).toEqual({
    kind: "error",
    title: shown,
    message: `${shown}: ${shown}: expected ${shown}, got ${shown}\n${shown}`,
  });
});

test("a long message is cut, which is said", () => {
  const [line = ""] = githubAnnotations(withChecks({ hint: "x".repeat(100_000) }));
  expect(line.length).toBeLessThan(5_000);
  expect(line).toContain("[cut: 4,000 of 100,0");
});
