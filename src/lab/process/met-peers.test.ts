import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { runCommand, type RunningCommand } from "./command.js";
import { attempts, play, wholeSchedule, withoutFaketime } from "./process-receiver.test.kit.js";
import { accepts } from "./this-machine.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

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

const ask = `const ask = (at, s = require("net").connect(at)) => new Promise((done) => { s.write("x"); s.once("data", () => done(s)) });`;

const receiver = (before: string, atEach: string) => (port: number) =>
  `exec node -e '${ask} ${before} require("http").createServer(async (q, r) => { q.resume(); ${atEach} r.end() }).listen(${port}, "127.0.0.1")'`;

test.skipIf(withoutFaketime)(
  "a peer of a process whose clock is moved keeps its own time, however it is asked",
  async () => {
    const port = await freePort();
    directory = await mkdtemp(join(tmpdir(), "peer-"));
    const path = join(directory, ".s.PGSQL.5432");
    await startPeer(port, path);
    const at = `{ port: ${port}, host: "127.0.0.1" }`;
    const cases = [
      { command: receiver("", ""), met: [] },
      { command: receiver(`ask(${at});`, ""), met: [`127.0.0.1:${port}`] },
      { command: receiver("", `(await ask(${at})).destroy();`), met: [`127.0.0.1:${port}`] },
      { command: receiver(`ask("${path}");`, ""), met: [path] },
    ];
    for (const { command, met } of cases) {
      const played = await play(command, { timeTravel: true });
      await attempts(played, wholeSchedule);
      // A server of another test, which somebody leaves in each attempt, may be taken for one of the receiver's.
      const ofThisTest = played.ownTime?.().filter((name) => name === path || name.endsWith(`:${port}`));
      expect(ofThisTest).toEqual(met);
      await played.close();
    }
  },
);
