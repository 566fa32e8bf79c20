import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { playScenario } from "../play-scenario.js";
import { appDoing, closeApps, moduleOf } from "./app.test.kit.js";

afterEach(closeApps);

const remembering = (before: string, body: string): Promise<string> =>
  moduleOf(`${before}
    const counts = new Map();
    export const processed = (id) => counts.get(id) ?? 0;
    export default async (request, response) => {
      const id = request.headers["x-scriptix-session"];
      request.resume();
      ${body}
      if (!counts.has(id)) counts.set(id, 1);
      response.end();
    };`);

test("an app that talks to a peer is not as expected where minutes have passed: the peer keeps its own time", async () => {
  const peer = createServer((socket) => void socket.on("data", () => socket.write("+OK\r\n")).on("error", () => {}));
  peer.listen(0, "127.0.0.1");
  await once(peer, "listening");
  const { port } = peer.address() as AddressInfo;
  try {
    const app = await remembering(
      `import { connect } from "node:net"; import { once } from "node:events";`,
      `const socket = connect(${port}, "127.0.0.1"); socket.write("x"); await once(socket, "data"); socket.destroy();`,
    );
    const { expectation, timeline } = await playScenario(app, "lost-ack,pass");
    expect(expectation).toMatchObject({ met: false, unmet: [] });
    expect(timeline).toContain(`INCONCLUSIVE: not observable: 127.0.0.1:${port} keeps its own time`);
    const moved: number[] = [];
    const told = await playScenario(app, "lost-ack*2,pass", { advance: (ms) => void moved.push(ms / 1000) });
    expect(told.expectation.met, told.timeline).toBe(true);
    expect(moved.slice(0, 2)).toEqual([60, 120]);
    // Nothing came twice, so nothing rests on time.
    expect((await playScenario(app, "503,pass")).expectation.met).toBe(true);
  } finally {
    peer.close();
  }
});

test.each([
  [
    "a process",
    `import { execFile } from "node:child_process";`,
    `await new Promise((done) => execFile("true", done));`,
    "the process true",
  ],
  [
    "a process that is waited for",
    `import { execSync } from "node:child_process";`,
    `execSync("true");`,
    "the process true",
  ],
  [
    "a thread",
    `import { Worker } from "node:worker_threads"; import { once } from "node:events";`,
    `await once(new Worker("0", { eval: true }), "exit");`,
    "a worker thread",
  ],
])("an app that has %s is told of", async (_, before, body, name) => {
  const { expectation } = await playScenario(await remembering(before, body), "lost-ack,pass");
  expect(expectation.unseen.join()).toContain(`${name} keeps its own time`);
});

test.runIf(process.getBuiltinModule?.("node:sqlite") !== undefined)(
  "an app that remembers in Node's own SQLite is told of, whose functions of time read the system's clock",
  async () => {
    const app = await remembering(
      `import { DatabaseSync } from "node:sqlite"; const database = new DatabaseSync(":memory:");`,
      `database.prepare("select unixepoch()").get();`,
    );
    const { expectation } = await playScenario(app, "lost-ack,pass");
    expect(expectation.unseen.join()).toContain("the database of node:sqlite keeps its own time");
  },
);

test("a compiler's thread, as tsx starts one for what it has not compiled yet, keeps nothing of the app's", async () => {
  const app = await remembering(
    `import { Worker } from "node:worker_threads"; import { once } from "node:events";`,
    `await once(new Worker(new URL("node_modules/esbuild/lib/main.js", import.meta.url)), "exit");`,
  );
  const folder = join(dirname(app), "node_modules", "esbuild", "lib");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "main.js"), "");
  const { expectation } = await playScenario(app, "lost-ack,pass");
  expect(expectation).toMatchObject({ met: true, unseen: [] });
});

test("an app that calls a server of its own has met nobody", async () => {
  const app = await appDoing(
    `await fetch("http://127.0.0.1:" + server.address().port); response.end();`,
    `import { createServer } from "node:http";
     const server = createServer((request, response) => response.end()).listen(0);`,
  );
  await app.deliver();
  expect(app.receiver.ownTime?.()).toEqual([]);
});

test("an app lives in the present, and what it says of its time is told from the scenario's start", async () => {
  const app = await moduleOf(`
    export const processed = () => 1;
    export default (request, response) => {
      console.log("at", new Date().toISOString(), Date.now());
      response.end(String(new Date().getFullYear()));
    };`);
  const { timeline, deliveries } = await playScenario(app, "503,pass");
  expect(timeline).toContain("the receiver printed: at T+00:01:00.000 T+00:01:00.000");
  expect(deliveries[0]?.attempts[1]?.response?.body.toString()).toMatch(/^20(2[6-9]|[3-9]\d)$/);
  expect((await playScenario(app, "503,pass")).timeline).toBe(timeline);
});
