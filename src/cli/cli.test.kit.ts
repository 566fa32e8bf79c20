import { spawn, type ChildProcess } from "node:child_process";
import { Console } from "node:console";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, vi } from "vitest";
import type { Report } from "../report/model.js";
import { explainFailure } from "./failure.js";
import { keepFromCommanding } from "./harmless-output.js";

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

/** The built command line as a child process: for signals, for what comes when, and for how a process ends. */
export function startCli(
  args: readonly string[],
  options: CliOptions = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const { cwd = temporaryDirectory(), env = {} } = options;
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inheritable(), ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, stdout, stderr, cwd })));
  return { child, ended };
}

/** The same in this process, which is much quicker; one at a time, since each has the process for itself. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  const ended = turn.then(() => runHere(args, options));
  turn = ended.catch(() => {});
  return ended;
}

let turn: Promise<unknown> = Promise.resolve();

/** As `main` runs it, with directory, environment, stdout and stderr of its own. */
async function runHere(args: readonly string[], { cwd = temporaryDirectory(), env = {} }: CliOptions): Promise<Ended> {
  const { cli } = await import("./cli.js");
  const before = { cwd: process.cwd(), env: process.env, console: globalThis.console };
  const streams = { stdout: collecting(), stderr: collecting() };
  globalThis.console = new Console(streams.stdout.stream, streams.stderr.stream);
  process.chdir(cwd);
  process.env = { ...inheritable(), ...env };
  const restore = [replace("stdout", streams.stdout.stream), replace("stderr", streams.stderr.stream)];
  try {
    const code = await cli(args).catch(explainFailure);
    return { code, stdout: streams.stdout.text(), stderr: streams.stderr.text(), cwd };
  } finally {
    for (const undo of restore) undo();
    process.env = before.env;
    globalThis.console = before.console;
    process.chdir(before.cwd);
  }
}

function collecting(): { readonly stream: NodeJS.WriteStream; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  }) as unknown as NodeJS.WriteStream;
  keepFromCommanding(stream);
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

function replace(name: "stdout" | "stderr", stream: NodeJS.WriteStream): () => void {
  const own = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { ...own, get: () => stream });
  return () => void (own && Object.defineProperty(process, name, own));
}

/** Neither a colour nor a CI setting of this process gets through. */
function inheritable(): NodeJS.ProcessEnv {
  const { CI: _ci, GITHUB_ACTIONS: _actions, NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  return inherited;
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

/** Resolves when the journal of a run holds the end of a check. */
export async function journaled(cwd: string, id: string): Promise<void> {
  await vi.waitFor(
    () => {
      const [, ...ended] = readFileSync(join(cwd, "reports/journal.jsonl"), "utf8").split("\n");
      if (!ended.some((line) => line.includes(`"id":"${id}"`))) throw new Error(`expected the end of ${id}, got none`);
    },
    { timeout: 60_000 },
  );
}
