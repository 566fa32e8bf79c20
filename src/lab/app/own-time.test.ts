import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { virtualClock } from "../../clock/virtual-clock.js";
import { createSender } from "../../sender/sender.js";
import { startAppReceiver } from "./app-receiver.js";
import { playScenario } from "../play-scenario.js";
import { appDoing, closeApps, moduleOf, workingWhere } from "./app.test.kit.js";

afterEach(closeApps);

const remembering = (before: string, body: string): Promise<string> =>
  workingWhere("await isNew(id)", `${before}\n const isNew = async (id) => { ${body}\n return !counts.has(id); };`);

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

test("a job of the app's that cleans up finds a store that is moved along as old as the app itself", async () => {
  let now = 0;
  const seen = new Map<string, number>();
  const store = createHttpServer(({ url = "" }, response) => {
    const [, verb, id = ""] = url.split("/");
    if (verb === "clean") for (const [key, at] of seen) if (now - at >= 600_000) seen.delete(key);
    response.end(String(seen.has(id)));
    if (verb === "take" && !seen.has(id)) seen.set(id, now);
  }).listen(0, "127.0.0.1");
  await once(store, "listening");
  try {
    const app = await workingWhere(
      `(await ask("take/" + id)) === "false"`,
      `const ask = async (what) => (await fetch("http://127.0.0.1:${(store.address() as AddressInfo).port}/" + what)).text();
      setTimeout(() => setInterval(() => ask("clean"), 60_000), 30_000);`,
    );
    const { deliveries } = await playScenario(app, "lost-ack*5,pass", { advance: (ms) => void (now += ms) });
    expect(deliveries[0]?.processed).toBe(3);
  } finally {
    store.closeAllConnections();
    store.close();
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
  ["the kernel's clock", `import { readFileSync } from "node:fs";`, `readFileSync("/proc/uptime");`, "/proc/uptime"],
])("an app that has %s is told of", async (_, before, body, name) => {
  const { expectation } = await playScenario(await remembering(before, body), "lost-ack,pass");
  expect(expectation.unseen.join()).toContain(`${name} keeps its own time`);
});

interface Sqlite {
  readonly library: string;
  readonly isThere: boolean;
  /** Makes `database`. */
  readonly opens: string;
}

const found = (name: string): string | null => {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
};

const sqlites: readonly Sqlite[] = [
  {
    library: "node:sqlite",
    isThere: process.versions.node >= "22.13",
    opens: `import { DatabaseSync } from "node:sqlite"; const database = new DatabaseSync(":memory:");`,
  },
  {
    library: "better-sqlite3",
    isThere: found("better-sqlite3") !== null,
    opens: `import Database from ${JSON.stringify(found("better-sqlite3"))}; const database = new Database(":memory:");`,
  },
];

describe.each(sqlites)("an app that remembers in $library", ({ isThere, opens }) => {
  test.runIf(isThere)("is moved along with the database's own clock", async () => {
    const remembers = (seconds: number): Promise<string> =>
      workingWhere(
        "isNew(id)",
        `${opens}
        database.exec("create table seen (id text primary key, at int default (unixepoch()), day text default current_timestamp)");
        const isNew = (id) => {
          database.prepare("delete from seen where at < unixepoch() - ? or day < datetime('now', ?)").run(${seconds}, "-${seconds} seconds");
          return Number(database.prepare("insert or ignore into seen (id) values (?)").run(id).changes) > 0;
        };`,
      );
    const forgetful = await playScenario(await remembers(600), "lost-ack*5,pass");
    expect(forgetful.deliveries[0]?.processed).toBe(3);
    const lasting = await playScenario(await remembers(7200), "lost-ack*5,pass");
    expect(lasting.expectation, lasting.timeline).toMatchObject({ met: true, unseen: [] });
  });

  test.runIf(isThere)("gets from its functions of time what they give, of the app's time", async () => {
    const asked = [
      "typeof(unixepoch())",
      "unixepoch() = unixepoch('now')",
      "unixepoch('subsec') - unixepoch()",
      "datetime('now', '+1 hour')",
      "strftime('%S %f', 'now')",
      "date(1700000000, 'unixepoch')",
      "datetime('nonsense')",
      "unixepoch(current_timestamp) - unixepoch()",
      "cast((julianday('now') - julianday(current_date || ' ' || current_time)) * 86400 as int)",
    ];
    const app = await moduleOf(`${opens}
      database.exec("create table t (a int, b text as (datetime(a, 'unixepoch')) stored); create index i on t (date(a, 'unixepoch')); insert into t (a) values (1)");
      export const processed = () => 1;
      export default (request, response) => {
        request.resume();
        const row = database.prepare(${JSON.stringify(`select ${asked.map((each, at) => `${each} as x${at}`).join(", ")}, b from t`)}).get();
        response.end(JSON.stringify(Object.values(row)));
      };`);
    const clock = virtualClock({ startAt: Date.UTC(2025, 0, 1) });
    const receiver = await startAppReceiver({ file: app, path: "/", clock, on: () => {} });
    try {
      const sender = createSender({ url: receiver.url, network: receiver.network ?? {}, clock, deadlineClock: clock });
      await clock.sleep(61_500);
      const { response } = await sender.attempt(sender.callback("session-1"));
      await sender.close();
      expect(JSON.parse(response?.body.toString() ?? "")).toEqual([
        "integer",
        1,
        0.5,
        "2025-01-01 01:01:01",
        "01 01.500",
        "2023-11-14",
        null,
        0,
        0,
        "1970-01-01 00:00:01",
      ]);
    } finally {
      await receiver.close();
      clock.close();
    }
  });
});

test("an app that goes by the times of its files sees them on its own clock, each time they are written", async () => {
  const app = await moduleOf(`
    import fs, { statSync } from "node:fs"; import { stat, open } from "node:fs/promises"; import { join } from "node:path"; import { tmpdir } from "node:os";
    const file = join(fs.mkdtempSync(join(tmpdir(), "times-")), "mark");
    fs.writeFileSync(file, "");
    export const processed = () => 1;
    export default async (request, response) => {
      request.resume();
      const called = await new Promise((done) => fs.stat(file, (error, stats) => done(stats)));
      const handle = await open(file);
      const ages = [statSync(file), statSync(file, { bigint: true }), await stat(file), called, await handle.stat()]
        .map((stats) => [Date.now() - Number(stats.mtimeMs), Date.now() - stats.mtime]);
      await handle.close();
      console.log(JSON.stringify([...new Set(ages.flat())]));
      if (request.headers["x-scriptix-session"]) fs.writeFileSync(file, "");
      response.end();
    };`);
  const { timeline } = await playScenario(app, "lost-ack*3,pass");
  expect(timeline.match(/printed: .*/g)).toEqual([0, 60_000, 120_000, 300_000].map((ms) => `printed: [${ms}]`));
});

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
