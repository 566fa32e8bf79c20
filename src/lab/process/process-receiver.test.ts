import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import { accepts } from "./this-machine.js";
import {
  acknowledged,
  attempts,
  play,
  processesNaming,
  startAt,
  timeFiles,
  withoutFaketime,
} from "./process-receiver.test.kit.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

const serve = (port: number, handler = "r.end()"): string =>
  `exec node -e 'require("http").createServer((q, r) => { ${handler} }).listen(${port}, "127.0.0.1")'`;

const listens = (port: number): Promise<boolean> => accepts({ addresses: ["127.0.0.1"], port });

const servers: { close(): void }[] = [];
let scratch = "";
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "webhook-conformance-test-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(scratch, { recursive: true, force: true });
  for (const server of servers.splice(0)) server.close();
});

test("starts a command, delivers to it, and leaves no process and no listener", async () => {
  const played = await play((port) => serve(port));
  expect(await attempts(played, [0])).toEqual([acknowledged]);
  expect(played.events).toEqual([]);
  await played.close();
  expect(processesNaming(String(played.port))).toEqual([]);
  expect(await listens(played.port)).toBe(false);
});

test.each([
  ["a command that is not there", "no-such-command", "the shell found no such command (exit code 127)"],
  ["one that ends early", "echo starting; echo no database >&2; exit 3", "the process ended with exit code 3"],
  ["one that a signal ends", "echo starting; echo no database >&2; kill -9 $$", "the process was ended by SIGKILL"],
])("tells of %s in a sentence with its last output", async (_, command, sentence) => {
  const error = await play(() => command).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: "ERR_EXEC" });
  expect(error).toHaveProperty(
    "message",
    expect.stringContaining(`--exec: ${sentence} before anything listened on port`),
  );
  expect(error).toHaveProperty(
    "message",
    expect.stringMatching(
      command === "no-such-command" ? /; its last output:\n  .*not found$/ : /:\n  starting\n  no database$/,
    ),
  );
});

test("tells of one that never listens, with its last output and where it listens instead", async () => {
  const other = await freePort();
  const command = `echo waiting; ${serve(other)}`;
  const error = await play(() => command, { startTimeoutMs: 1500 }).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: "ERR_EXEC" });
  expect((error as Error).message).toMatch(
    new RegExp(
      `^--exec: nothing listens at 127\\.0\\.0\\.1 port \\d+ after 1\\.5 seconds, but the process listens on port ${other}; its last output:\n  waiting$`,
    ),
  );
  expect(processesNaming(String(other))).toEqual([]);
});

test("what Python has printed into the pipe is not lost when it is killed", async () => {
  const command = `exec python3 -c 'import time; print("waiting for the database"); time.sleep(60)'`;
  await expect(play(() => command, { startTimeoutMs: 2000 })).rejects.toThrow(
    /nothing listens .*\n  waiting for the database$/s,
  );
});

test("a port that is taken is refused before anything is started", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  servers.push(taken);
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const url = parseCallbackUrl(`http://localhost:${port}/hook`);
  await expect(play(() => "echo started; exit 1", { url })).rejects.toMatchObject({
    code: "ERR_EXEC_PORT",
    message: `--exec: expected port ${port} to be free, but something accepted a connection there before the command was started; end it, or give another port in --url`,
  });
});

test.each([
  ["http://192.0.2.1:3000/hook", "192.0.2.1 is another machine"],
  ["http://hooks.invalid:3000/hook", "the name hooks.invalid has no address"],
])("a URL of another machine is refused: %s", async (raw, sentence) => {
  const url = parseCallbackUrl(raw);
  const network = { resolve: async () => [] };
  await expect(play(() => "exit 1", { url, network })).rejects.toMatchObject({
    code: "ERR_EXEC_URL",
    message: expect.stringContaining(sentence) as unknown,
  });
});

test("a name that leads here will do", async () => {
  const port = await freePort();
  const url = parseCallbackUrl(`http://hooks.example.com:${port}/hook`);
  const played = await play(() => serve(port), { url, network: { resolve: async () => ["127.0.0.1"] } });
  expect(played.url).toBe(url);
});

test("restarts it on the same port, with nothing of its memory left", async () => {
  const counts = "globalThis.seen = (globalThis.seen ?? 0) + 1; r.statusCode = 200 + globalThis.seen; r.end()";
  const played = await play((port) => serve(port, counts));
  const status = (code: number): unknown => expect.objectContaining({ status: code }) as unknown;
  expect(await attempts(played, [0, 1])).toEqual([status(201), status(202)]);
  await played.restart?.();
  expect(await attempts(played, [2])).toEqual([status(201)]);
  expect(played.events).toEqual([]);
});

test("one that does not come up again is told of", async () => {
  const played = await play((port) => `test -e "$FLAG" && { echo locked; exit 1; }; touch "$FLAG"; ${serve(port)}`, {
    env: { ...process.env, FLAG: join(scratch, "flag") },
  });
  await expect(played.restart?.()).rejects.toThrow(/exit code 1 before anything listened on port \d+; .*\n  locked$/s);
});

test("a crash is told once, beside the attempt that caused it, and what follows does not connect", async () => {
  const played = await play((port) => serve(port, 'throw new TypeError("no such session")'));
  const reasons = (await attempts(played, [0, 60_000])).map((outcome) => outcome.kind === "failed" && outcome.reason);
  expect(reasons).toEqual(["reset", "connect"]);
  expect(played.events.filter(({ kind }) => kind !== "printed")).toEqual([
    { kind: "crashed", at: startAt, text: "the process ended with exit code 1: TypeError: no such session" },
  ]);
  await played.restart?.();
  expect(await listens(played.port)).toBe(true);
});

test("one that does not heed SIGTERM is killed, with all that it has started, wherever that has gone", async () => {
  const played = await play(
    (port) => `trap "" TERM; setsid sleep 1${port} & sleep 1${port} & ${serve(port).replace("exec ", "")}`,
  );
  const mark = `1${played.port}`;
  expect(processesNaming(mark).filter(({ line }) => line.startsWith("sleep"))).toHaveLength(2);
  await played.close();
  expect(processesNaming(mark)).toEqual([]);
  expect(await listens(played.port)).toBe(false);
});

test("an abort while it starts ends the start and the process", async () => {
  const controller = new AbortController();
  const port = await freePort();
  const starting = play(() => `sleep 2${port}`, { signal: controller.signal });
  await expect.poll(() => processesNaming(`sleep 2${port}`)).not.toEqual([]);
  controller.abort(new Error("interrupted"));
  await expect(starting).rejects.toThrow("interrupted");
  expect(processesNaming(`2${port}`)).toEqual([]);
});

test("what it prints is told, line by line, and kept", async () => {
  const played = await play((port) => `echo one; printf "t\\033[1mwo\\n"; ${serve(port)}`);
  await expect.poll(() => played.events).toHaveLength(2);
  expect(played.events).toEqual([
    { kind: "printed", at: startAt, text: "one" },
    { kind: "printed", at: startAt, text: "t\\x1b[1mwo" },
  ]);
  expect(played.output()).toEqual(["one", "t\\x1b[1mwo"]);
});

const startings: readonly [how: string, command: (port: number) => string, files: number][] = [
  ["by itself", serve, 3],
  // As su does.
  ["by what hands no shared memory on", (port) => `(unset FAKETIME_SHARED; ${serve(port)}); true`, 5],
];

test.skipIf(withoutFaketime).each(startings)(
  "time travel of one started %s leaves nothing behind",
  async (_, command, files) => {
    vi.stubEnv("TMPDIR", scratch);
    const played = await play(command, { timeTravel: true });
    await attempts(played, [0, 60_000]);
    const pids = processesNaming(`listen(${played.port}`).map(({ pid }) => pid);
    await played.restart?.();
    pids.push(...processesNaming(`listen(${played.port}`).map(({ pid }) => pid));
    expect(timeFiles(pids, scratch)).toHaveLength(files);
    await played.close();
    expect(timeFiles(pids, scratch)).toEqual([]);
  },
);

test.skipIf(withoutFaketime)("nothing stays behind when the harness itself is killed", async () => {
  const port = await freePort();
  const program = `
    import { parseCallbackUrl } from "${new URL("../../sender/callback-url.ts", import.meta.url).href}";
    import { startProcessReceiver } from "${new URL("process-receiver.ts", import.meta.url).href}";
    await startProcessReceiver({ command: ${JSON.stringify(serve(port))}, env: process.env, timeTravel: true,
      startAt: 0, now: () => 0, on: () => {}, probe: null, url: parseCallbackUrl("http://127.0.0.1:${port}/") });
    console.log("started");`;
  const harness = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: scratch },
  });
  await once(harness.stdout, "data");
  const receivers = (): number[] =>
    processesNaming(`listen(${port}`)
      .map(({ pid }) => pid)
      .filter((pid) => pid !== harness.pid);
  const pids = receivers();
  expect(pids).toHaveLength(1);
  harness.kill("SIGKILL");
  await once(harness, "exit");
  await expect.poll(receivers, { timeout: 10_000 }).toEqual([]);
  await expect.poll(() => timeFiles(pids, scratch), { timeout: 10_000 }).toEqual([]);
});
