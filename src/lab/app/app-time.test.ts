import { afterEach, expect, test } from "vitest";
import { appDoing, closeApps, moduleOf, startApp } from "./app.test.kit.js";

afterEach(closeApps);

test("every clock that an app can read shows the scenario's time", async () => {
  const app = await appDoing(
    `response.end(JSON.stringify([
      new Date().toISOString(), Date.now(), Date(), new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(),
      performance.now(), perfHooks.performance.now(), performance.timeOrigin, process.hrtime(), Number(process.hrtime.bigint()),
      process.uptime(), new Date(0).getTime(), uptime(), performance.mark("now").startTime, performance.measure("all").duration,
      new Event("made").timeStamp, vm.runInNewContext("Date.now()"), vm.runInContext("new Date().getTime()", vm.createContext()),
      new vm.Script("Date.now()").runInNewContext(),
    ]));`,
    `import perfHooks from "node:perf_hooks"; import vm from "node:vm"; import { uptime } from "node:os";`,
  );
  await app.clock.sleep(61_000);
  const { response } = await app.attempt();
  const start = Date.UTC(2025, 0, 1);
  // As in a process that has been up for a while: some code takes 0 for "no time".
  const day = 86_400_000;
  expect(JSON.parse(response?.body.toString() ?? "")).toEqual([
    "2025-01-01T00:01:01.000Z",
    start + 61_000,
    expect.stringContaining(":01:01 "),
    "1/1/2025",
    day + 61_000,
    day + 61_000,
    start - day,
    [86_461, 0],
    86_461e9,
    86_461,
    0,
    86_461,
    day + 61_000,
    day + 61_000,
    day + 61_000,
    start + 61_000,
    start + 61_000,
    start + 61_000,
  ]);
  expect(response?.headers).toContainEqual(["Date", "Wed, 01 Jan 2025 00:01:01 GMT"]);
});

test("every timer that an app can set runs on the scenario's clock, however it was imported", async () => {
  const app = await appDoing(
    `const at = (name) => console.log(name, performance.now() - 86_400_000);
    setTimeout((value) => at("global " + value), 100, "argument");
    nodeTimers.setTimeout(() => at("node:timers"), 200);
    imported(() => at("imported"), 300);
    sleep(400, "value").then((value) => at("promise " + value));
    scheduler.wait(500).then(() => at("scheduler"));
    promisify(setTimeout)(600).then(() => at("promisified"));
    AbortSignal.timeout(700).addEventListener("abort", ({ target }) => at(target.reason.name));
    require("timers").setTimeout(() => at("required"), 800);
    require("node:timers/promises").setTimeout(900).then(() => at("required promise"));
    (async () => { for await (const _ of every(1000)) { at("interval"); break; } })();
    setTimeout(() => at("at once"), 0);
    setImmediate(() => at("immediate"));
    const cleared = setTimeout(() => at("never"), 50);
    clearTimeout(Number(cleared));
    setTimeout(() => at("refreshed"), 1000).unref().refresh();
    const repeated = setInterval(() => { at("repeated"); repeated.close(); }, 1200);
    response.end();`,
    `import nodeTimers, { setTimeout as imported } from "node:timers";
    import { scheduler, setInterval as every, setTimeout as sleep } from "node:timers/promises";
    import { promisify } from "node:util";
    import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);`,
  );
  await app.attempt();
  await app.clock.sleep(5000);
  expect(app.printed()).toEqual([
    "immediate 0",
    "at once 1",
    "global argument 100",
    "node:timers 200",
    "imported 300",
    "promise value 400",
    "scheduler 500",
    "promisified 600",
    "TimeoutError 700",
    "required 800",
    "required promise 900",
    "interval 1000",
    "refreshed 1000",
    "repeated 1200",
  ]);
});

test("a timer that was set in a request's async context fires in it", async () => {
  const app = await appDoing(
    `contexts.run(count, () => setTimeout(() => response.end(String(contexts.getStore())), 10));`,
    `import { AsyncLocalStorage } from "node:async_hooks"; const contexts = new AsyncLocalStorage();`,
  );
  expect((await app.attempt()).response?.body.toString()).toBe("1");
  expect((await app.attempt()).response?.body.toString()).toBe("2");
});

test("a poller in a handler polls until what it waits for is there", async () => {
  const app = await appDoing(
    `let polls = 0;
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      polls += 1;
    }
    response.end(String(polls));`,
    `let done = false; setTimeout(() => (done = true), 15_050);`,
  );
  expect(await app.attempt()).toMatchObject({ timings: { endMs: 15_100 }, response: { body: Buffer.from("151") } });
});

test("a poller that never ends does not keep the scenario from its end", async () => {
  const app = await appDoing(`response.end(String(ticks));`, `let ticks = 0; setInterval(() => (ticks += 1), 1000);`);
  await app.clock.sleep(53 * 60_000);
  expect((await app.attempt()).response?.body.toString()).toBe(String(53 * 60));
});

test("an app that is ahead of the clock is met at its own time", async () => {
  const app = await appDoing(
    `setTimeout(() => response.end("at " + (performance.now() - 86_400_000)), 5000);`,
    `const begun = performance.now();
     setInterval(() => { if ((performance.now() - begun) % 3000 === 0) console.log(performance.now() - begun); }, 500);`,
  );
  const { response, timings } = await app.attempt();
  expect(response?.body.toString()).toBe("at 5000");
  expect(timings.endMs).toBe(5000);
  expect(app.printed()).toEqual(["3000"]);
  await app.clock.sleep(4001);
  expect(app.printed()).toEqual(["3000", "6000", "9000"]);
  const start = app.clock.now() - 9001;
  expect(app.events.map(({ at }) => at - start)).toEqual([3000, 6000, 9000]);
});

test("what an app waits for while it is loaded passes too", async () => {
  const file = await moduleOf(`
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    export const createApp = async ({ after = 1000 }) => {
      await new Promise((resolve) => setTimeout(resolve, after));
      return (request, response) => response.end(String(performance.now() - 86_400_000));
    };`);
  const app = await startApp(file);
  expect(app.seconds()).toBe(61);
  expect((await app.attempt()).response?.body.toString()).toBe("61000");
});
