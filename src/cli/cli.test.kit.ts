import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { Report } from "../report/model.js";

const main = resolve(fileURLToPath(import.meta.url), "../../../dist/src/cli/main.js");

export interface CliOptions {
  /** @default a new directory, removed at the end */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cwd: string;
}

/** The built command line as a child process. Neither a colour nor a CI setting of this process gets through to it. */
export function startCli(
  args: readonly string[],
  options: CliOptions = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const { cwd = temporaryDirectory(), env = {} } = options;
  const { CI: _ci, GITHUB_ACTIONS: _actions, NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inherited, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, stdout, stderr, cwd })));
  return { child, ended };
}

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return startCli(args, options).ended;
}

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "webhook-conformance-"));
  directories.push(directory);
  return directory;
}

export function readReport({ cwd }: Pick<Ended, "cwd">, directory = "reports"): Report {
  return JSON.parse(readFileSync(join(cwd, directory, "report.json"), "utf8")) as Report;
}

/** Ids of the checks that ended so, sorted. */
export function idsOf(report: Report, outcome: Report["checks"][number]["outcome"]): readonly string[] {
  return report.checks
    .filter((check) => check.outcome === outcome)
    .map(({ id }) => id)
    .sort();
}

/** Resolves when a child has printed what matches. */
export function printed(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((found, failed) => {
    let text = "";
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match !== null) found(match);
    });
    stream?.once("end", () => failed(new Error(`expected ${pattern} to be printed, got ${JSON.stringify(text)}`)));
  });
}
