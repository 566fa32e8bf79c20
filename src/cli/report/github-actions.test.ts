import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatNames, formats } from "../../report/formats.js";
import { runCli, temporaryDirectory, type Ended } from "../cli.test.kit.js";

let server: Server;
let args: readonly string[];

/** A receiver that would like to talk to the runner of the job. */
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(500).end("::add-mask::all\n##[error]pwned");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  args = [url, "--local", "--check", "acknowledgement/acknowledges-with-2xx"];
});

afterAll(() => new Promise((closed) => server.close(closed)));

interface Job extends Ended {
  /** What the step's summary holds in the end; null where there is none. */
  readonly summary: string | null;
}

/** Runs as a step of a job in GitHub Actions. */
async function inActions(
  more: readonly string[],
  { before = "", env = {} }: { readonly before?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Job> {
  const file = join(temporaryDirectory(), "summary.md");
  if (before !== "") writeFileSync(file, before);
  const ended = await runCli([...args, ...more], {
    env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file, ...env },
  });
  return { ...ended, summary: existsSync(file) ? readFileSync(file, "utf8") : null };
}

const annotation = /^::error title=acknowledgement\/acknowledges-with-2xx::.*got 500/m;

describe("in GitHub Actions", () => {
  it("annotates what failed and adds the Markdown report to the summary", async () => {
    const { code, stdout, summary, cwd } = await inActions([]);
    expect(code).toBe(1);
    expect(stdout).toMatch(annotation);
    expect(summary).toBe(readFileSync(join(cwd, "reports/report.md"), "utf8"));
  });

  it("keeps the runner from obeying what a receiver says", async () => {
    const { stdout, stderr } = await inActions([]);
    expect(stdout).toContain("got 500");
    const commands = stdout.split("\n").filter((line) => /^\s*::|##\[/.test(line));
    expect(commands).toEqual([
      "::group::Checks by suite",
      "::endgroup::",
      ...commands.filter((line) => /^::(error|warning) title=[^:]*::[^#]*$/.test(line)),
    ]);
    expect(commands.length).toBeGreaterThan(2);
    expect(stderr).not.toMatch(/^\s*::|##\[/m);
  });

  it("--json: nothing but the report stands on stdout", async () => {
    const { stdout, stderr, summary } = await inActions(["--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "non-conformant" });
    expect(stderr).toMatch(annotation);
    expect(summary).toContain("non-conformant");
  });

  it("--quiet: receiver, failures of the gate, verdict and gate are all that is printed; the summary is kept", async () => {
    const { stdout, stderr, summary } = await inActions(["--quiet"]);
    expect(stdout).toMatch(/^receiver: .*\n(failed: .*\n)+verdict: .*\ngate: .*\n$/);
    expect(stderr).toBe("");
    expect(summary).toContain("non-conformant");
  });

  it("--github off: neither annotation nor summary", async () => {
    const { stdout, summary } = await inActions(["--github", "off"]);
    expect(stdout).not.toMatch(/^::(error|warning)/m);
    expect(summary).toBeNull();
  });

  it("--dry-run: neither annotation nor summary", async () => {
    const { stdout, stderr, summary } = await inActions(["--dry-run"]);
    expect(stdout + stderr).not.toContain("::");
    expect(summary).toBeNull();
  });

  it("adds to what earlier commands of the step have written", async () => {
    const { summary } = await inActions([], { before: "# Before" });
    expect(summary).toMatch(/^# Before\n## ❌ non-conformant\n/);
  });

  it("cuts the report to what is left of the summary", async () => {
    const { summary } = await inActions([], { before: "x".repeat(1024 * 1024 - 5_000) });
    expect(Buffer.byteLength(summary ?? "")).toBeLessThanOrEqual(1024 * 1024);
    expect(summary).toMatch(/xx\n## ❌ non-conformant\n[\s\S]*\*\*Cut:\*\*/);
  });

  it("leaves a full summary as it is, and says so", async () => {
    const before = "x".repeat(1024 * 1024 - 3_000);
    const { summary, stderr, code } = await inActions([], { before });
    expect(summary).toBe(before);
    expect(stderr).toContain("the summary of this step is full (1045576 bytes): the report was not added to it");
    expect(code).toBe(1);
  });

  it("says where the summary cannot be written; the exit code stays", async () => {
    const directory = join(temporaryDirectory(), "directory");
    mkdirSync(directory);
    const { code, stderr } = await inActions([], { env: { GITHUB_STEP_SUMMARY: directory } });
    expect(stderr).toContain(`the report could not be added to the summary of this step, ${directory}: `);
    expect(code).toBe(1);
  });

  it("does without a summary where the runner offers none", async () => {
    const { code, stdout } = await inActions([], { env: { GITHUB_STEP_SUMMARY: "" } });
    expect(stdout).toMatch(annotation);
    expect(code).toBe(1);
  });
});

it("elsewhere GitHub is told nothing, whatever else is set", async () => {
  const { stdout, stderr, summary } = await inActions([], { env: { GITHUB_ACTIONS: "" } });
  expect(stdout + stderr).not.toMatch(/^::/m);
  expect(summary).toBeNull();
});

it("--report takes any number of formats, and writes each to its file", async () => {
  const { cwd, stderr } = await runCli([...args, "--report", formatNames.join(","), "--report", "json"]);
  for (const name of formatNames) {
    expect(existsSync(join(cwd, "reports", formats[name].file)), name).toBe(true);
    expect(stderr).toContain(`reports/${formats[name].file}`);
  }
});

it("without --report the files are those for programs and those for people", async () => {
  const { cwd } = await runCli(args);
  const written = formatNames.filter((name) => existsSync(join(cwd, "reports", formats[name].file)));
  expect(written).toEqual(["json", "junit", "html", "markdown"]);
});
