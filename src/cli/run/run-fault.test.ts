import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkOf, startReceiver, suitesOf, targetOf } from "../../runner/run.test.kit.js";
import { journalLines, partialReport } from "../report/report-journal.js";
import { runJournalled } from "./run-journalled.js";

let directory: string;
let printed: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "webhook-conformance-"));
  printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

const secret = "s3cret-of-the-header";

/** The journal of a run whose only check throws the secret. */
async function journalOfAFault(): Promise<string> {
  const receiver = await startReceiver();
  const check = checkOf("a/breaks", {
    run: async function brokenCheck() {
      throw new TypeError(`cannot read ${secret}`);
    },
  });
  const target = targetOf(receiver.url, { headers: [["X-Key", secret]] });
  const plan = { ...target, suites: suitesOf([check]), selected: new Set([check.id]) };
  const signal = new AbortController().signal;
  await runJournalled(plan, directory, { signal, on: () => {} });
  return readFile(join(directory, "journal.jsonl"), "utf8");
}

test("a fault of ours leaves its stack in the journal, without secrets, and in no report", async () => {
  const journal = await journalOfAFault();
  const line = JSON.parse(journal.trim().split("\n").at(-1) ?? "") as { readonly stack: string };
  expect(line).toMatchObject({ kind: "check", id: "a/breaks", outcome: "error", reasonCode: "harness-error" });
  expect(line.stack).toMatch(/^TypeError: cannot read \[redacted\]\n +at .*brokenCheck/);
  expect(journal).not.toContain(secret);
  expect(printed).toBe("");
  const lines = journalLines(journal) ?? { lines: [], unreadable: 0 };
  expect(JSON.stringify(partialReport(lines))).not.toContain("brokenCheck");
});

test("under DEBUG it stands on stderr too, beside its check", async () => {
  vi.stubEnv("DEBUG", "1");
  await journalOfAFault();
  expect(printed).toMatch(/^a\/breaks: TypeError: cannot read \[redacted\]\n +at .*brokenCheck/);
});

test("an outcome that is no fault of ours has no stack", async () => {
  const receiver = await startReceiver(() => ({ status: 500 }));
  const check = checkOf("a/fails");
  const target = targetOf(receiver.url);
  const plan = { ...target, suites: suitesOf([check]), selected: new Set([check.id]) };
  await runJournalled(plan, directory, { signal: new AbortController().signal, on: () => {} });
  expect(await readFile(join(directory, "journal.jsonl"), "utf8")).not.toContain('"stack"');
});
