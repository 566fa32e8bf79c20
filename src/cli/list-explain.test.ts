import { expect, it } from "vitest";
import { suites } from "../../suites/index.js";
import { runCli } from "./cli.test.kit.js";

const checks = suites.flatMap((suite) => suite.checks);

it("list names every check with its level and clause", async () => {
  const { code, stdout } = await runCli(["list"]);
  expect(stdout).toMatch(/^ {2}required +acknowledgement\/acknowledges-with-2xx +response\/2xx$/m);
  expect(stdout.match(/^ {2}(required|recommended|hardening) /gm)).toHaveLength(checks.length);
  expect(code).toBe(0);
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

it("completion prints a script, and completes commands", async () => {
  expect((await runCli(["completion"])).stdout).toContain("complete -o bashdefault");
  const { stdout } = await runCli(["--get-yargs-completions", "webhook-conformance", "ex"]);
  expect(stdout.split("\n")).toContain("explain");
});

it.each(["run", "list", "explain", "send", "receiver", "completion"])(
  "%s --help says what 0 and 1 mean",
  async (command) => {
    const { code, stdout } = await runCli([command, "--help"]);
    expect(stdout).toMatch(/^Examples:$/m);
    expect(stdout).toMatch(/^ {4}0 {2}\w.*\n {4}1 {2}\w/m);
    expect(code).toBe(0);
  },
);
