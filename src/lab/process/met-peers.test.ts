import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { runCommand, type RunningCommand } from "./command.js";
import { attempts, play, withoutFaketime } from "./process-receiver.test.kit.js";
import { accepts } from "./this-machine.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

// On a busy machine each step of a travel waits for its turn.
vi.setConfig({ testTimeout: 300_000 });

let peer: RunningCommand | null = null;
let directory: string | null = null;

afterEach(async () => {
  await peer?.stop();
  if (directory !== null) await rm(directory, { recursive: true, force: true });
});

/** Answers whatever it is asked. */
async function startPeer(port: number, path: string): Promise<void> {
  const program = `for (const at of [${port}, "${path}"]) require("net").createServer((s) =>
    s.on("data", () => s.write("+OK\\r\\n")).on("error", () => {})).listen(at)`;
  peer = runCommand({ command: `exec node -e '${program}'`, env: process.env });
  while (!(await accepts({ addresses: ["127.0.0.1"], port }))) await systemClock.sleep(5);
}

/** Offsets in milliseconds. */
const aFewAttempts = [0, 1000, 2000, 3000];

const ask = `const ask = (at, s = require("net").connect(at)) => new Promise((done) => { s.write("x"); s.once("data", () => done(s)) });`;

const receiver = (before: string, atEach: string) => (port: number) =>
  `exec node -e '${ask} ${before} require("http").createServer(async (q, r) => { q.resume(); ${atEach} r.end() }).listen(${port}, "127.0.0.1")'`;

interface Asked {
  readonly port: number;
  /** Of a socket that a database listens on. */
  readonly path: string;
}

const at = ({ port }: Asked): string => `{ port: ${port}, host: "127.0.0.1" }`;

const byName = ({ port }: Asked): string[] => [`127.0.0.1:${port}`];

const ways: readonly [
  how: string,
  atStart: (peer: Asked) => string,
  atEach: (peer: Asked) => string,
  met: (peer: Asked) => string[],
][] = [
  ["not at all", () => "", () => "", () => []],
  ["by a connection that stands", (peer) => `ask(${at(peer)});`, () => "", byName],
  ["by one for each callback", () => "", (peer) => `(await ask(${at(peer)})).destroy();`, byName],
  ["whose clock is the kernel's", () => `require("fs").openSync("/proc/uptime");`, () => "", () => ["/proc/uptime"]],
  ["by a socket's path", ({ path }) => `ask("${path}");`, () => "", ({ path }) => [path]],
];

describe.skipIf(withoutFaketime)("a peer of a process whose clock is moved keeps its own time", () => {
  test.each(ways)("asked %s", async (_, atStart, atEach, met) => {
    directory = await mkdtemp(join(tmpdir(), "peer-"));
    const asked = { port: await freePort(), path: join(directory, ".s.PGSQL.5432") };
    await startPeer(asked.port, asked.path);
    const played = await play(receiver(atStart(asked), atEach(asked)), { timeTravel: true });
    await attempts(played, aFewAttempts);
    // A server of another test may be left by somebody in each attempt, and in no pause.
    const ofThisTest = played
      .ownTime?.()
      .filter((name) => [asked.path, "/proc/uptime", ...byName(asked)].includes(name));
    expect(ofThisTest).toEqual(met(asked));
  });
});

test.skipIf(withoutFaketime)("who is asked by others all the time is no peer of the receiver's", async () => {
  const port = await freePort();
  const program = `const net = require("net");
    const again = () => net.connect(${port}, "127.0.0.1").on("error", () => {}).on("connect", function () { this.destroy() }).on("close", () => setTimeout(again, 10));
    net.createServer((s) => s.on("error", () => {}).resume()).listen(${port}, "127.0.0.1", again)`;
  peer = runCommand({ command: `exec node -e '${program}'`, env: process.env });
  while (!(await accepts({ addresses: ["127.0.0.1"], port }))) await systemClock.sleep(5);
  const played = await play(receiver("", ""), { timeTravel: true });
  await attempts(played, aFewAttempts);
  expect(played.ownTime?.().filter((name) => name.endsWith(`:${port}`))).toEqual([]);
});
