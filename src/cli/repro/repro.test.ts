import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { printed, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";
import { namedScenarios } from "../../lab/scenario-file.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Of the batch callback. */
const named = namedScenarios().map(({ name }) => name);
/** A process that can be started anew, or a second one. */
const needMore = new Set(["crashed-at-work", "restarted-between-attempts", "retried-on-another-instance"]);
const dedupe = join(root, "fixtures/processes/dedupe.mjs");
const hasFaketime = spawnSync("sh", ["-c", "ls /usr/lib/*/faketime/libfaketimeMT.so.1"]).status === 0;

describe("repro on the embedded receiver", () => {
  test("tells the whole delivery of a script", async () => {
    const { stdout, code } = await runCli(["repro", "503,timeout,reset,lost-ack,200"]);
    expect(stdout.match(/^\d\d:\d\d:\d\d {2}attempt \d/gm)).toEqual([
      "00:00:00  attempt 1",
      "00:01:00  attempt 2",
      "00:03:00  attempt 3",
      "00:08:00  attempt 4",
      "00:23:00  attempt 5",
    ]);
    expect(stdout).toContain("failed (timeout): no complete status line and headers came within 20 seconds");
    expect(stdout).toMatch(/as expected: acknowledged by attempt 5\n$/);
    expect(code).toBe(0);
  });

  test("prints the same bytes on every run, for every scenario that it can play", async () => {
    const first = await Promise.all(named.map((name) => runCli(["repro", name])));
    const again = await Promise.all(named.map((name) => runCli(["repro", name])));
    expect(again.map(({ stdout }) => stdout)).toEqual(first.map(({ stdout }) => stdout));
    for (const args of [["repro"], ["repro", "--json"]]) {
      const [one, other] = await Promise.all([runCli(args), runCli(args)]);
      expect(other.stdout).toBe(one.stdout);
    }
    for (const [index, { code, stderr }] of first.entries()) {
      expect([named[index], code, stderr === ""]).toEqual([
        named[index],
        ...(needMore.has(named[index] ?? "") ? [2, false] : [0, true]),
      ]);
    }
  });

  test("lists the named scenarios", async () => {
    const { stdout } = await runCli(["repro", "--list"]);
    for (const name of named) expect(stdout).toContain(`${name} `);
  });

  test("plays a file of the user's own", async () => {
    const cwd = temporaryDirectory();
    writeFileSync(
      join(cwd, "friday.yaml"),
      "title: Friday night\nincident: The disk was full.\nattempts: 503, 503\nexpect:\n  outcome: acknowledged\n  attempts: 2\n",
    );
    const { stdout, code } = await runCli(["repro", "./friday.yaml"], { cwd });
    expect(stdout).toContain("The disk was full.");
    expect(stdout).toMatch(/NOT AS EXPECTED: expected acknowledged by attempt 2, got acknowledged by attempt 3\n$/);
    expect(code).toBe(1);
  });

  test.each([
    [["repro", "503,tiemout"], /column 5: .*as attempt 2, got "tiemout"; did you mean timeout\?/],
    [["repro", "503,late-ack:soon"], /attempt 2.*"late-ack:soon"/],
    [["repro", "lost-acknowledgment"], /did you mean lost-acknowledgement\?/],
    [["repro", "restarted-between-attempts"], /needs a receiver that can be started anew.*--exec/],
    [
      ["repro", "pass", "--app", "a.js", "--url", "http://127.0.0.1/"],
      /--app and --url: expected one of them, got both/,
    ],
    [["repro", "pass", "--exec", "true"], /--exec: expected --url/],
    [["repro", "pass", "--time-travel"], /--time-travel: expected --exec or --with beside it/],
    [["repro", "pass", "--watch"], /--watch: expected --app or --exec/],
    [["repro", "pass", "--speed", "0"], /--speed: expected a number above zero, got "0"/],
    [["repro", "pass", "--speed", "2", "--real-time"], /--real-time and --speed: expected one of them, got both/],
    [["repro", "pass", "--replay", "none.json"], /--replay none\.json: expected a readable file/],
    [["repro", "pass", "--app", "none.js"], /none\.js/],
    [["repro", "retry-storm", "--session-id", "x"], /--session-id: expected a scenario of one session/],
  ])("says in one sentence what is wrong with %j", async (args, says) => {
    const { stdout, stderr, code } = await runCli(args);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("passes at the speed that is asked for", async () => {
    const startedAt = systemClock.now();
    const { stdout } = await runCli(["repro", "503", "--speed", "120"]);
    expect(stdout).toContain("00:01:00  attempt 2");
    expect(systemClock.now() - startedAt).toBeGreaterThan(450);
  });

  test("ends at once on Ctrl-C in the middle of a wait", async () => {
    const { child, ended } = startCli(["repro", "503", "--real-time"]);
    await printed(child.stdout, /attempt 2 is due/);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  });
});

describe("repro on a receiver that runs", () => {
  test("delivers what passes, and answers in its stead what it is not to see", async () => {
    const receiver = await createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 204 }] });
    try {
      const args = ["repro", "503,lost-ack,redirect,pass", "--url", receiver.url, "-H", "X-Api-Key: very-secret-key"];
      const { stdout, code } = await runCli(args);
      expect(stdout).toContain("503: what a gateway does in the receiver's stead; it is not delivered");
      expect(stdout).toMatch(
        /INCONCLUSIVE: an acknowledgement alone does not show that the work was done: .*--probe-url/,
      );
      expect(stdout).not.toContain("as expected");
      expect(stdout).not.toContain("very-secret-key");
      expect(receiver.journal.arrivals).toHaveLength(2);
      expect(code).toBe(3);
    } finally {
      await receiver.close();
    }
  });

  test("is not taken for a receiver that acknowledges when it does not", async () => {
    const receiver = await createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 401 }] });
    try {
      const { stdout, code } = await runCli(["repro", "pass", "--url", receiver.url]);
      expect(stdout).toContain("NOT AS EXPECTED: expected acknowledged by attempt 1, got abandoned after 6 attempts");
      expect(code).toBe(1);
    } finally {
      await receiver.close();
    }
  });
});

describe("repro on a process", () => {
  test("is told from good by a restart that it does not survive, though its own count does not either", async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const exec = [
      "--exec",
      `node ${dedupe} ${port} clock`,
      "--url",
      `${base}/hook`,
      "--probe-url",
      `${base}/{sessionId}`,
    ];
    const { stdout, code } = await runCli(["repro", "restarted-between-attempts", ...exec]);
    expect(stdout).toContain("expected processed once, got processed 2 times; it was restarted meanwhile");
    expect(code).toBe(1);
  });

  test("catches a dedupe window of ten minutes by the whole schedule, its clock moved along", async (context) => {
    if (!hasFaketime && process.env["CI"] !== "true") return context.skip("faketime is not installed");
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const exec = [
      "--exec",
      `node ${dedupe} ${port} timer`,
      "--url",
      `${base}/hook`,
      "--probe-url",
      `${base}/{sessionId}`,
    ];
    const quick = await runCli(["repro", "quick-duplicates", ...exec, "--time-travel"]);
    expect(quick.stdout).toMatch(/as expected: .*processed once\n$/);
    const whole = await runCli(["repro", "duplicates-over-the-whole-schedule", ...exec, "--time-travel"]);
    expect(whole.stdout).toContain("NOT AS EXPECTED: expected processed once, got processed 3 times");
    expect([quick.code, whole.code]).toEqual([0, 1]);
    const unmoved = await runCli(["repro", "duplicates-over-the-whole-schedule", ...exec]);
    expect(unmoved.stdout).toMatch(/INCONCLUSIVE: not observable: the receiver's clock did not move.*--time-travel/);
    expect(unmoved.code).toBe(3);
  });

  test("shows what it prints at the attempt that it came of, in the timeline and as JSON", async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const server = `let count = 0; require("node:http").createServer((request, response) => {
      if (request.method === "GET") return response.end(String(count));
      count = 1;
      console.log("got", request.headers["x-scriptix-session"].length);
      console.error("served");
      response.end();
    }).listen(${port}, "127.0.0.1", () => console.log("listening"))`;
    const exec = ["--exec", `exec node -e '${server}'`, "--url", `${base}/hook`, "--probe-url", `${base}/{sessionId}`];
    const { stdout } = await runCli(["repro", "lost-ack,503,pass", ...exec]);
    const [, first = "", second = "", third = ""] = stdout.split(/^00:.*attempt/m);
    const said = [first, second, third].map((text) => text.match(/(?<=the receiver printed: ).*/g) ?? []);
    expect(said.map((lines) => lines.toSorted())).toEqual([["got 26", "served"], [], ["got 26", "served"]]);
    const json = JSON.parse((await runCli(["repro", "lost-ack,503,pass", ...exec, "--json"])).stdout) as {
      readonly receiverEvents: readonly { readonly offsetMs: number; readonly text?: string }[];
    };
    const printed = json.receiverEvents.filter(({ text }) => text === "served");
    expect(printed.map(({ offsetMs }) => offsetMs)).toEqual([0, 180_000]);
  });

  test("is inconclusive where the probe that was declared tells nothing", async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const exec = ["--exec", `node ${dedupe} ${port} clock`, "--url", `${base}/hook`];
    const probe = ["--probe-url", `${base}/elsewhere/{sessionId}`, "--settle", "1s"];
    const { stdout, code } = await runCli(["repro", "lost-acknowledgement", ...exec, ...probe]);
    expect(stdout).toContain("effects: not seen; the probe URL did not count a control session that was acknowledged");
    expect(code).toBe(3);
  });

  test("leaves nothing behind on Ctrl-C", async () => {
    const port = await freePort();
    const exec = ["--exec", `node ${dedupe} ${port} clock`, "--url", `http://127.0.0.1:${port}/hook`];
    const { child, ended } = startCli(["repro", "503", ...exec, "--real-time"]);
    await printed(child.stdout, /attempt 2 is due/);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    expect(spawnSync("pgrep", ["-f", `dedupe.mjs ${port}`]).stdout.toString()).toBe("");
  });

  test("shows the last output of one that does not start", async () => {
    const port = await freePort();
    const { stderr, code } = await runCli([
      "repro",
      "pass",
      "--exec",
      "echo the database is gone >&2; exit 3",
      "--url",
      `http://127.0.0.1:${port}/`,
    ]);
    expect(stderr).toMatch(/--exec: .*exit code 3.*the database is gone/);
    expect(code).toBe(2);
  });
});

describe("repro on an app", () => {
  test("waits for work that a queue does one by one, long after the last attempt", async () => {
    const cwd = temporaryDirectory();
    writeFileSync(
      join(cwd, "app.mjs"),
      `const counts = new Map();
      const queue = [];
      export const processed = (id) => counts.get(id) ?? 0;
      setInterval(() => { const id = queue.shift(); if (id) counts.set(id, processed(id) + 1); }, 5000);
      export default async (request) => {
        const { sessionId } = await request.json();
        if (!queue.includes(sessionId) && !counts.has(sessionId)) queue.push(sessionId);
        return new Response(null, { status: 202 });
      };\n`,
    );
    const { stdout, code } = await runCli(["repro", "retry-storm", "--app", "app.mjs"], { cwd });
    expect(stdout).toContain("effects: processed once\n");
    expect(code).toBe(0);
    const hasty = await runCli(["repro", "retry-storm", "--app", "app.mjs", "--settle", "10s"], { cwd });
    expect(hasty.stdout).toContain("was waited for 10 s after the last attempt; --settle waits longer");
    expect(hasty.code).toBe(1);
  });
});

describe("repro --watch", () => {
  test("plays again when a file of the app has changed, also after one that could not be loaded", async () => {
    const cwd = temporaryDirectory();
    mkdirSync(join(cwd, "src"));
    const app = join(cwd, "src/app.mjs");
    const answering = (status: number): string =>
      `export const processed = () => 1;\nexport default (request, response) => { response.statusCode = ${status}; response.end(); };\n`;
    writeFileSync(join(cwd, "package.json"), "{}");
    writeFileSync(app, answering(500));
    const { child, ended } = startCli(["repro", "pass", "--app", "src/app.mjs", "--watch"], { cwd });
    await printed(child.stderr, /watching for changes/);
    writeFileSync(app, "this is no module(");
    await printed(child.stderr, /error: [\s\S]*watching for changes/);
    writeFileSync(app, answering(200));
    await printed(child.stdout, /as expected: acknowledged by attempt 1/);
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    expect(stdout).toContain("NOT AS EXPECTED: expected acknowledged by attempt 1, got abandoned after 6 attempts");
    expect(code).toBe(130);
  });
});
