import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCli, temporaryDirectory } from "./cli.test.kit.js";

const main = resolve(import.meta.dirname, "../../dist/src/cli/main.js");

let server: Server;
let url: string;
/** What the receiver does to the surroundings of the harness, and the status that it answers. */
let meanwhile: () => void = () => {};
let status = 200;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    meanwhile();
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line under a shell: `$RUN` is a run of one check. */
function inShell(script: string, cwd = temporaryDirectory()): Promise<Ended> {
  const run = `${process.execPath} ${main} run ${url} --local --check acknowledgement/acknowledges-with-2xx`;
  const child = spawn("bash", ["-c", `set -o pipefail; ${script}`], { cwd, env: { ...process.env, RUN: run } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => child.once("close", (code) => done({ code, stdout, stderr })));
}

describe("what was judged but cannot be written", () => {
  it.each([
    [200, 3, "conformant"],
    [500, 1, "non-conformant"],
  ])("is on the terminal, and is no success: a receiver that answers %i", async (answer, code, verdict) => {
    const cwd = temporaryDirectory();
    const reports = join(cwd, "reports");
    status = answer;
    meanwhile = () => {
      rmSync(reports, { recursive: true, force: true });
      writeFileSync(reports, "");
    };
    const ended = await inShell("$RUN", cwd);
    [meanwhile, status] = [() => {}, 200];
    expect(ended.stdout).toContain(`verdict: ${verdict}`);
    expect(ended.stderr).toMatch(/^error: judged, but not written: --out .*, but a part of it is a file$/m);
    expect(ended.code).toBe(code);
  });

  it("has the reason of the disk", async () => {
    const { code, stdout, stderr } = await inShell("ulimit -f 20; $RUN");
    expect(stdout).toContain("verdict: conformant");
    expect(stderr).toContain("larger than files may be here");
    expect(code).toBe(3);
  });
});

describe("what cannot be printed", () => {
  it("to a disk that is full is no success, and is told", async () => {
    const { code, stderr } = await inShell("$RUN > /dev/full");
    expect(stderr).toContain("error: not all of the output could be written: ");
    expect(code).toBe(3);
  });

  it("to a reader that has left is no success; the reports are written", async () => {
    const cwd = temporaryDirectory();
    const { code } = await inShell("$RUN --json | true", cwd);
    expect(code).toBe(3);
    expect(JSON.parse(readFileSync(join(cwd, "reports/report.json"), "utf8"))).toMatchObject({ verdict: "conformant" });
  });

  it("makes no failure a lesser one", async () => {
    status = 500;
    const { code } = await inShell("$RUN > /dev/full");
    status = 200;
    expect(code).toBe(1);
  });
});

it("a working directory that is gone is said to be gone", async () => {
  const cwd = join(temporaryDirectory(), "gone");
  mkdirSync(cwd);
  const { code, stderr } = await inShell(`rmdir "$PWD"; $RUN`, cwd);
  expect(stderr).toBe(
    "error: expected a working directory, but the one that this was started in is gone: change to another\n",
  );
  expect(code).toBe(2);
});

it("a terminal that hangs up ends a run in order, and the command of a probe with it", async () => {
  const cwd = temporaryDirectory();
  const mark = join(cwd, "pid");
  const probe = `echo $$ > ${mark}; sleep 300`;
  const { child, ended } = startCli([url, "--local", "--probe-command", `${probe}; echo {sessionId}`], { cwd });
  await expect.poll(() => existsSync(mark) && readFileSync(mark, "utf8") !== "", { timeout: 20_000 }).toBe(true);
  child.kill("SIGHUP");
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(stdout).toContain("verdict: inconclusive");
  const pid = Number(readFileSync(mark, "utf8"));
  const isGone = (): boolean =>
    !existsSync(`/proc/${pid}/stat`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  await expect.poll(isGone).toBe(true);
});
