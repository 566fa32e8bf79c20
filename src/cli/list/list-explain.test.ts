import { expect, it } from "vitest";
import { batch } from "../../contract/batch.js";
import type { Contract } from "../../contract/contract.js";
import { document } from "../../contract/document.js";
import { signed } from "../../contract/signed.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { suites } from "../../../suites/index.js";
import { runCli } from "../cli.test.kit.js";

const checksUnder = (contract: Contract) => suitesUnder(contract, suites).flatMap((suite) => suite.checks);
const checks = checksUnder(batch);

it("list names every check with its level and clause", async () => {
  const { code, stdout } = await runCli(["list"]);
  expect(stdout).toMatch(/^ {2}required +acknowledgement\/acknowledges-with-2xx +response\/2xx$/m);
  expect(stdout.match(/^ {2}(required|recommended|hardening) /gm)).toHaveLength(checks.length);
  expect(code).toBe(0);
});

it.each([document, signed])("list --contract $id names the checks that fit it, and no others", async (contract) => {
  const { stdout } = await runCli(["list", "--contract", contract.id]);
  const own = checksUnder(contract).map(({ id }) => id);
  const listed = [...stdout.matchAll(/^ {2}\w+ +([\w-]+\/[\w-]+)/gm)].map(([, id]) => id);
  expect(listed).toEqual(own);
  expect(own).not.toContain("results/fetches-results-by-session-id");
});

it("list --json is for programs, and takes the filters", async () => {
  const { stdout } = await runCli(["list", "--json", "--suite", "retries", "--level", "required"]);
  const listed = JSON.parse(stdout) as readonly {
    readonly id: string;
    readonly checks: readonly { readonly id: string }[];
  }[];
  expect(listed.map(({ id }) => id)).toEqual(["retries"]);
  const expected = checks
    .filter(({ id, level }) => id.startsWith("retries/") && level === "required")
    .map(({ id }) => id);
  expect(listed.flatMap((suite) => suite.checks.map(({ id }) => id))).toEqual(expected);
});

it("explain says what a check is about, with the clause and where it stands", async () => {
  const { code, stdout } = await runCli(["explain", "acknowledgement/acknowledges-with-2xx"]);
  for (const label of ["sends", "expects", "why", "fix", "level", "clause"])
    expect(stdout).toMatch(new RegExp(`^${label} `, "m"));
  expect(stdout).toContain('section "Callback URL Requirements"');
  expect(stdout).toContain("https://docs.scriptix.io/docs/core-apis/batch/webhooks");
  expect(code).toBe(0);
});

it("explain says what a check needs and how to declare it", async () => {
  const { stdout } = await runCli(["explain", "authentication/refuses-missing-credentials"]);
  expect(stdout).toContain(
    "needs     credentials: the headers configured with the webhook, given with -H 'Name: value'",
  );
});

it.each([
  [
    "retries/processes-a-duplicate-once",
    "needs     effects: a way to ask how often a session was processed: --probe-url",
  ],
  ["results/authorizes-its-fetch", "needs     results-api: the harness's own results API, started with --results-api"],
])("explain says by which options what %s needs is declared", async (check, sentence) => {
  const { stdout } = await runCli(["explain", check]);
  expect(stdout.replaceAll(/\n {10}/g, " ")).toContain(sentence);
});

it("list --clauses says who must keep each clause, and what verifies that they do", async () => {
  const { code, stdout } = await runCli(["list", "--clauses"]);
  const entry = (id: string): string => stdout.split("\n\n").find((text) => text.startsWith(`${id}: `)) ?? "";
  expect(entry("retry/schedule").split("\n")).toEqual(
    expect.arrayContaining([
      "  binds     sender, receiver",
      "  checks    retries/acknowledges-every-scheduled-attempt",
      "            retries/processes-once-across-the-schedule",
      "  proofs    src/sender/schedule.wire.test.ts: whatever failed",
    ]),
  );
  expect(entry("practice/log-callbacks")).toContain("  excluded  nothing on the wire shows what a receiver logs");
  expect(stdout).toMatch(/\n\n21 clauses; /);
  expect(code).toBe(0);
});

it("list --clauses --json is for programs", async () => {
  const listed = JSON.parse((await runCli(["list", "--clauses", "--json"])).stdout) as readonly object[];
  expect(listed).toHaveLength(21);
  expect(listed[1]).toMatchObject({
    id: "url/https",
    binds: ["sender", "receiver"],
    checks: expect.arrayContaining(["callback-url/uses-https"]) as string[],
    proofs: [{ file: "src/scriptix-api/webhook-rules.test.ts" }, {}],
    exclusion: null,
  });
});

it("explain of a clause says what shows its checks, and counts are counts", async () => {
  const { code, stderr } = await runCli(["explain", "response/2xx"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("that is a clause; `list --clauses` shows")]);
  expect((await runCli(["list", "--suite", "fuzz"])).stdout).toMatch(/\n\n2 checks in 1 suite\n$/);
});

it("completion prints a script, and completes commands", async () => {
  expect((await runCli(["completion"])).stdout).toContain("complete -o bashdefault");
  const { stdout } = await runCli(["--get-yargs-completions", "webhook-conformance", "ex"]);
  expect(stdout.split("\n")).toContain("explain");
});

it.each(["run", "init", "list", "explain", "send", "doctor", "repro", "receiver", "api", "completion"])(
  "%s --help says what 0 and 1 mean",
  async (command) => {
    const { code, stdout } = await runCli([command, "--help"]);
    expect(stdout).toMatch(/^Examples:$/m);
    expect(stdout).toMatch(/^ {4}0 {2}\w.*\n {4}1 {2}\w/m);
    expect(code).toBe(0);
  },
);
