import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { startRegistry, type Registry } from "../../../fixtures/registry.test.kit.js";
import { harness } from "../../package-facts.js";
import { readReport, runCli, temporaryDirectory } from "../cli.test.kit.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

let registry: Registry;
beforeAll(async () => void (registry = await startRegistry()), 120_000);
afterAll(() => registry.close());

/** Waits are short, so that a minute passes in seconds. */
const stubs = { sleep: "exec node -e 'setTimeout(() => {}, 50)'" };

const receiver = (status: number): string => `
  import { createServer } from "node:http";
  console.log("started with " + process.env.SCRIPTIX_KEY);
  createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(
      request.headers["x-api-key"] === process.env.SCRIPTIX_KEY ? ${status} : 401).end());
  }).listen(process.env.PORT);`;

/** Whatever a job has left behind ends with its group. */
const groups: number[] = [];
afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Nothing was left.
    }
  }
});

interface Shell {
  readonly cwd: string;
  /** As the CI runs a step: the first line that fails ends it. */
  run(script: string): Promise<{ readonly code: number; readonly output: string }>;
}

interface Project {
  readonly start: string;
  readonly ci: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

async function repository(status: number, { start, ci, files = {}, env: more = {} }: Project): Promise<Shell> {
  const cwd = temporaryDirectory();
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, "server.mjs"), receiver(status));
  const url = `http://localhost:${port}/hook`;
  const header = "X-Api-Key: ${SCRIPTIX_KEY}";
  const { code } = await runCli(["init", "--url", url, "--start", start, "-H", header, "--ci", ci], { cwd });
  expect(code).toBe(0);
  const bin = join(temporaryDirectory(), "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(stubs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const path = `${bin}${delimiter}${process.env["PATH"]}`;
  const env = {
    PATH: path,
    PORT: String(port),
    SCRIPTIX_KEY: "a-key-for-the-job",
    ...registry.env,
    ...more,
  };
  return {
    cwd,
    async run(script) {
      const child = spawn("sh", ["-e", "-c", script], { cwd, env, detached: true });
      groups.push(child.pid ?? 0);
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += String(chunk)));
      const [code] = (await once(child, "close")) as [number];
      return { code, output };
    },
  };
}

interface Step {
  readonly name?: string;
  readonly run?: string;
}

/** What the shell is given by GitHub: each step by itself, by its name. */
function githubSteps(cwd: string): (name: string) => string {
  const { jobs } = parse(readFileSync(join(cwd, ".github/workflows/webhook-conformance.yml"), "utf8")) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  };
  const steps = jobs["webhook-conformance"]?.steps ?? [];
  return (wanted) => steps.find(({ name }) => name === wanted)?.run ?? `echo no step "${wanted}"; exit 99`;
}

type GitlabJob = Readonly<Record<"script" | "after_script", readonly string[]>>;

const gitlabJob = (cwd: string): GitlabJob | undefined =>
  (parse(readFileSync(join(cwd, ".gitlab-ci.yml"), "utf8")) as Readonly<Record<string, GitlabJob>>)[
    "webhook-conformance"
  ];

const checkName = "Check the receiver";

it("turns green on GitHub for a receiver that behaves: it is started, waited for and checked", async () => {
  const shell = await repository(200, { start: "node server.mjs # the receiver", ci: "github" });
  const step = githubSteps(shell.cwd);
  expect(await shell.run(step("Get the harness"))).toEqual({ code: 0, output: `${harness.version}\n` });
  expect(await shell.run(step("Start the receiver"))).toEqual({ code: 0, output: "" });
  const { code, output } = await shell.run(step(checkName));
  expect(output).toContain("verdict: conformant");
  expect(code).toBe(0);
  expect(readReport(shell).target.kind).toBe("url");
}, 120_000);

it("uses what the project installs, where that has the harness", async () => {
  const devDependencies = { "webhook-conformance": harness.version };
  const files = { "package.json": JSON.stringify({ name: "app", version: "1.0.0", devDependencies }) };
  const shell = await repository(200, { start: "node server.mjs", ci: "github", files });
  const step = githubSteps(shell.cwd);
  expect((await shell.run(step("Install what the job needs"))).code).toBe(0);
  expect(step("Get the harness")).toContain("npx --no-install webhook-conformance --version");
  expect(await shell.run(step("Get the harness"))).toEqual({ code: 0, output: `${harness.version}\n` });
}, 120_000);

it("turns red on GitLab for one that does not, and shows what it printed", async () => {
  const shell = await repository(500, { start: "node server.mjs", ci: "gitlab" });
  const job = gitlabJob(shell.cwd);
  const { code, output } = await shell.run(job?.script.join("\n") ?? "");
  expect(output).toContain("acknowledgement/acknowledges-with-2xx");
  expect(code).toBe(1);
  expect(readReport(shell).verdict).toBe("non-conformant");
  const afterwards = await shell.run(["CI_JOB_STATUS=failed", ...(job?.after_script ?? [])].join("\n"));
  expect(afterwards).toEqual({ code: 0, output: "started with a-key-for-the-job\n" });
}, 120_000);

it("says at once that a receiver died before it listened, with its exit code and what it printed", async () => {
  const shell = await repository(200, { start: "echo 'no such table' >&2; exit 7", ci: "github" });
  const { code, output } = await shell.run(githubSteps(shell.cwd)("Start the receiver"));
  expect(output).toBe(
    "The receiver ended with exit code 7 before it listened, so it was not checked. It printed:\nno such table\n",
  );
  expect(code).toBe(2);
});

it("turns red for a receiver that never listens, after a minute", async () => {
  const shell = await repository(200, { start: "echo up; exec tail -f /dev/null", ci: "github" });
  const { code, output } = await shell.run(githubSteps(shell.cwd)("Start the receiver").replace("-gt 60", "-gt 2"));
  expect(output).toMatch(/^The receiver did not listen on localhost:\d+ within 60 seconds, so it was not checked\./);
  expect(output).toContain("\nup\n");
  expect(code).toBe(2);
});

it.each(["github", "gitlab"])(
  "tells a failed install apart from a failed gate on %s",
  async (ci) => {
    const nowhere = "http://127.0.0.1:9/";
    const env = { npm_config_registry: nowhere, npm_config_fetch_retries: "0", npm_config_cache: temporaryDirectory() };
    const shell = await repository(200, { start: "node server.mjs", ci, env });
    const script =
      ci === "github" ? githubSteps(shell.cwd)("Get the harness") : gitlabJob(shell.cwd)?.script.join("\n");
    const { code, output } = await shell.run(script ?? "");
    expect(output).toMatch(/\nwebhook-conformance could not be installed: that says nothing about the receiver\.\n$/);
    expect(code).toBe(2);
  },
  60_000,
);
