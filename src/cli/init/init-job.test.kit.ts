import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, expect } from "vitest";
import { parse } from "yaml";
import { freePort } from "../../receivers/free-port.test.kit.js";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

/** Waits are short, so that a minute passes in seconds. */
const sleep = "exec /bin/sleep 0.05";

export const key = "a-key-for-the-job";

/** A program that listens where it is told, and answers so to whoever has the key. */
export const nodeReceiver = (status: number): string => `
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

export interface Shell {
  readonly cwd: string;
  readonly port: number;
  /** As the CI runs a step: the first line that fails ends it. */
  run(script: string): Promise<{ readonly code: number; readonly output: string }>;
}

export interface Project {
  readonly start: string;
  readonly ci: string;
  /** Text by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Paths of files to have there too, by the names that they get. */
  readonly copies?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Programs that stand in for those of the machine, as scripts for a shell. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** A repository for which `init` has written a job, and the shell of that job, with the registry that it installs from. */
export async function repository(
  registry: NodeJS.ProcessEnv,
  { start, ci, files = {}, copies = {}, env = {}, programs = {} }: Project,
): Promise<Shell> {
  const cwd = temporaryDirectory();
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  for (const [name, path] of Object.entries(copies)) copyFileSync(path, join(cwd, name));
  const url = `http://localhost:${port}/hook`;
  const header = "X-Api-Key: ${SCRIPTIX_KEY}";
  const { code } = await runCli(["init", "--url", url, "--start", start, "-H", header, "--ci", ci], { cwd });
  expect(code).toBe(0);
  const bin = join(temporaryDirectory(), "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries({ sleep, ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const own = {
    PATH: `${bin}${delimiter}${process.env["PATH"]}`,
    PORT: String(port),
    SCRIPTIX_KEY: key,
    ...registry,
    ...env,
  };
  return {
    cwd,
    port,
    async run(script) {
      const child = spawn("sh", ["-e", "-c", script], { cwd, env: own, detached: true });
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
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
}

const textIn = (cwd: string, file: string): string => readFileSync(join(cwd, file), "utf8");

export interface GithubJob {
  readonly if?: string;
  readonly steps: readonly Step[];
}

export function githubJob(cwd: string): GithubJob {
  const { jobs } = parse(textIn(cwd, ".github/workflows/webhook-conformance.yml")) as {
    readonly jobs: Readonly<Record<string, GithubJob>>;
  };
  return jobs["webhook-conformance"] ?? { steps: [] };
}

/** What the shell is given by GitHub: each step by itself, by its name. */
export function githubSteps(cwd: string): (name: string) => string {
  const { steps } = githubJob(cwd);
  return (wanted) => steps.find(({ name }) => name === wanted)?.run ?? `echo no step "${wanted}"; exit 99`;
}

export interface GitlabJob extends Readonly<Record<"script" | "before_script" | "after_script", readonly string[]>> {
  readonly image: string;
  readonly rules: readonly { readonly if?: string; readonly when?: string }[];
}

export const gitlabJob = (cwd: string): GitlabJob | undefined =>
  (parse(textIn(cwd, ".gitlab-ci.yml")) as Readonly<Record<string, GitlabJob>>)["webhook-conformance"];

/** All that a job runs up to its end, with what it printed: on GitHub a shell for each step, on GitLab one for all. */
export async function runJob(shell: Shell, ci: string): Promise<{ readonly code: number; readonly output: string }> {
  if (ci === "gitlab") {
    const { before_script: before = [], script = [] } = gitlabJob(shell.cwd) ?? {};
    return shell.run([...before, ...script].join("\n"));
  }
  let output = "";
  for (const step of githubJob(shell.cwd).steps) {
    if (step.run === undefined || step.if !== undefined) continue;
    const ran = await shell.run(step.run);
    output += ran.output;
    if (ran.code !== 0) return { code: ran.code, output };
  }
  return { code: 0, output };
}
