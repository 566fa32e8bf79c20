import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsProgram, skipReason } from "../../fixtures/stacks/requirements.test.kit.js";
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

const only = "acknowledgement/acknowledges-with-2xx";

const withTimeTravel = skipReason("a clock that is moved", needsProgram("faketime", "faketime")) === null;

/** Whether this user may mount a file system of its own. */
const mounts = spawnSync("unshare", ["-rm", "true"]).status === 0;

/** The same script where `reports` is such a file system. */
const onMount = (options: string, script: string): string =>
  `mkdir -p reports; export RUN TARGETS MERGE; unshare -rm bash -c 'mount -t tmpfs -o ${options} none reports && ${script}'`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line under a shell: `$RUN` is a run of one check. */
function inShell(script: string, cwd = temporaryDirectory()): Promise<Ended> {
  const command = `${process.execPath} ${main}`;
  const env = {
    ...process.env,
    COMMAND: command,
    RUN: `${command} run ${url} --local --check ${only}`,
    TARGETS: `${command} run --targets t.json`,
    MERGE: `${command} report merge good/report.json --out reports`,
  };
  const child = spawn("bash", ["-c", `set -o pipefail; ${script}`], { cwd, env });
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
    expect(ended.stderr).toMatch(
      /^error: judged, but not written: --out .*, but a part of it is a file(; exit code 3 in place of 0)?$/m,
    );
    expect(ended.code).toBe(code);
  });

  it.each([
    ["run", "$RUN"],
    ["run --targets", "$TARGETS"],
    ["report merge", "$MERGE"],
  ])("is printed by %s before the disk is found to be full", { skip: !mounts }, async (_, command) => {
    const cwd = temporaryDirectory();
    await inShell("$RUN --out good --quiet", cwd);
    writeFileSync(join(cwd, "t.json"), JSON.stringify([{ name: "a", url, local: true, check: only }]));
    const { code, stdout, stderr } = await inShell(onMount("size=16k", command), cwd);
    expect(stdout).toMatch(/conformant/);
    expect(stderr).toMatch(/^error: judged, but not written: --out reports\S*: .*, but the disk is full; exit code 3/m);
    expect(stderr).not.toMatch(/^(reports|matrix): /m);
    expect(code).toBe(3);
  });

  it(
    "is said before anything is sent where that can be seen: a disk that is read-only",
    { skip: !mounts },
    async () => {
      const { code, stdout, stderr } = await inShell(onMount("ro", "$RUN"));
      expect(stderr).toMatch(/^error: --out reports\S*: expected a path that .*, but the file system is read-only$/m);
      expect([code, stdout]).toEqual([2, ""]);
    },
  );

  it.each([
    ["ln -s loop loop; $RUN --out loop", "its links go round in a circle"],
    ["ln -s loop loop; $RUN --out loop/x", "its links go round in a circle"],
    ["ln -s nowhere link; $RUN --out link", "its directory does not exist"],
    ["touch file; $RUN --out file", "a part of it is a file"],
    ["ln -s loop loop; $RUN --config loop/c.json", "its links go round in a circle"],
  ])("has a reason of its own: %s", async (script, why) => {
    const { code, stdout, stderr } = await inShell(script);
    expect(stderr).toMatch(new RegExp(`^error: --\\w+ \\S+: expected a .*, but ${why}\n$`));
    expect([code, stdout]).toEqual([2, ""]);
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

  it.each([
    "list",
    "explain acknowledgement/acknowledges-with-2xx",
    "--version",
    "--help",
    "completion bash",
    "repro pass",
    "receiver --list",
  ])("is no success of another command: %s", async (args) => {
    const { code, stderr } = await inShell(`$COMMAND ${args} > /dev/full`);
    expect(stderr).toBe("error: not all of the output could be written: the disk is full\n");
    expect(code).toBe(3);
  });

  it("makes no failure a lesser one", async () => {
    status = 500;
    const { code } = await inShell("$RUN > /dev/full");
    status = 200;
    expect(code).toBe(1);
  });
});

it.runIf(withTimeTravel)("a directory for temporary files that is gone is said to be gone", async () => {
  const { code, stderr } = await inShell(
    "TMPDIR=/nonexistent $COMMAND repro pass --time-travel --exec 'sleep 9' --url http://127.0.0.1:9/hook",
  );
  expect(stderr).toBe(
    "error: TMPDIR: expected a directory for temporary files, /nonexistent, that can be written, but there is none\n",
  );
  expect(code).toBe(2);
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

describe.runIf(process.platform === "linux")(
  "what this side has none left of is not held against the receiver:",
  () => {
    let slow: Server;
    let at: string;
    beforeAll(async () => {
      slow = createServer((request, response) => {
        request.resume();
        request.once("end", () => setTimeout(() => response.end(), 300));
      });
      await new Promise<void>((listening) => slow.listen(0, "127.0.0.1", listening));
      at = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/hook`;
    });
    afterAll(() => new Promise((closed) => slow.close(closed)));

    it("connections in a flood", async () => {
      const { code, stdout } = await inShell(
        `ulimit -n 100; $COMMAND run ${at} --local --suite load --concurrency 100 --json`,
      );
      const { checks } = JSON.parse(stdout) as {
        checks: readonly { id: string; outcome: string; reasonCode: string; reason: string }[];
      };
      expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
      const exhausted = checks.filter(({ reasonCode }) => reasonCode === "machine-exhausted");
      expect(exhausted.map(({ reason }) => reason)[0]).toContain("raise `ulimit -n`, or lower --concurrency");
      expect(code).toBe(3);
    });

    it("files at the start", async () => {
      const { code, stderr } = await inShell(`ulimit -n 40; $RUN`);
      expect(stderr).toMatch(/^error: nothing can be said about the receiver: .*`ulimit -n`.*\n$/);
      expect(code).toBe(3);
    });
  },
);

// A shell of several words stays, and has a child.
const stays = (mark: string, more = ""): string => `sh -c 'echo $$ > ${mark}; exec sleep 300'; echo 1${more}`;

describe.each(["SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT"] as const)("%s leaves nothing behind of", (signal) => {
  it.each<[string, (mark: string) => string[]]>([
    ["run's session command", (mark) => ["run", url, "--local", "--session-command", stays(mark)]],
    ["run's probe command", (mark) => ["run", url, "--local", "--probe-command", stays(mark, " {sessionId}")]],
    ["send's session command", (mark) => ["send", url, "--session-command", stays(mark)]],
    [
      "repro's probe command",
      (mark) => ["repro", "pass", "--url", url, "--probe-command", stays(mark, " {sessionId}")],
    ],
    ["repro's process", (mark) => ["repro", "pass", "--url", "http://127.0.0.1:9/hook", "--exec", stays(mark)]],
  ])("%s, and ends", async (_, args) => {
    const cwd = temporaryDirectory();
    const mark = join(cwd, "pid");
    const { child, ended } = startCli(args(mark), { cwd });
    await expect.poll(() => existsSync(mark) && readFileSync(mark, "utf8") !== "", { timeout: 50_000 }).toBe(true);
    child.kill(signal);
    expect((await ended).code).toBe(130);
    await expect.poll(() => isGone(Number(readFileSync(mark, "utf8")))).toBe(true);
  });
});

it("a terminal that hangs up ends a run in order, and the command of a probe with it", async () => {
  const cwd = temporaryDirectory();
  const mark = join(cwd, "pid");
  const probe = `echo $$ > ${mark}; sleep 300`;
  const { child, ended } = startCli([url, "--local", "--probe-command", `${probe}; echo {sessionId}`], { cwd });
  await expect.poll(() => existsSync(mark) && readFileSync(mark, "utf8") !== "", { timeout: 50_000 }).toBe(true);
  child.kill("SIGHUP");
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(stdout).toContain("verdict: inconclusive");
  await expect.poll(() => isGone(Number(readFileSync(mark, "utf8")))).toBe(true);
});

function isGone(pid: number): boolean {
  return !existsSync(`/proc/${pid}/stat`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}
