import { afterEach, describe, expect, test } from "vitest";
import { playScenario, type PlayedScenario } from "../play-scenario.js";
import { closeApps, moduleOf, workingWhere } from "./app.test.kit.js";

afterEach(closeApps);

/** An app that asks a thread of its own whether it has seen a session, which is text; `seconds` is known in it. */
const asking = (thread: string, seconds: number): Promise<string> =>
  workingWhere(
    "await ask(id)",
    `import { Worker } from "node:worker_threads";
    const bell = new Int32Array(new SharedArrayBuffer(4));
    const thread = new Worker(${JSON.stringify(`const seconds = ${seconds}; const { parentPort, workerData, receiveMessageOnPort, Worker } = require("worker_threads"); ${thread}`)}, { eval: true, workerData: bell });
    const asked = new Map();
    thread.on("message", ([id, isNew]) => asked.get(id)(isNew));
    const ask = (id) => new Promise((answered) => {
      asked.set(id, answered);
      thread.postMessage(id);
      Atomics.add(bell, 0, 1);
      Atomics.notify(bell, 0);
    });`,
  );

const byDate = `const seen = new Map();
  const isNew = (id) => {
    if (Date.now() - (seen.get(id) ?? -Infinity) < seconds * 1000) return false;
    seen.set(id, Date.now());
    return true;
  };`;

const threads: readonly (readonly [how: string, source: string])[] = [
  ["by the time of day", `${byDate} parentPort.on("message", (id) => parentPort.postMessage([id, isNew(id)]));`],
  [
    "by its own timers",
    `const seen = new Set();
    parentPort.on("message", (id) => {
      const isNew = !seen.has(id);
      if (isNew) { seen.add(id); setTimeout(() => seen.delete(id), seconds * 1000); }
      parentPort.postMessage([id, isNew]);
    });`,
  ],
  [
    "while it blocks until it is rung for, as those of a pool do",
    `${byDate} let rung = 0;
    for (;;) {
      Atomics.wait(workerData, 0, rung);
      rung = Atomics.load(workerData, 0);
      for (let next; (next = receiveMessageOnPort(parentPort)) !== undefined; ) parentPort.postMessage([next.message, isNew(next.message)]);
    }`,
  ],
  [
    "and blocks for a while again and again",
    `${byDate} const never = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      Atomics.wait(never, 0, 0, 5000);
      for (let next; (next = receiveMessageOnPort(parentPort)) !== undefined; ) parentPort.postMessage([next.message, isNew(next.message)]);
    }`,
  ],
  [
    "in a thread of its own",
    `const inner = new Worker(${JSON.stringify(`const seconds = SECONDS; const { parentPort } = require("worker_threads"); ${byDate} parentPort.on("message", (id) => setTimeout(() => parentPort.postMessage([id, isNew(id)]), 100));`)}.replace("SECONDS", seconds), { eval: true });
    inner.on("message", (answer) => parentPort.postMessage(answer));
    parentPort.on("message", (id) => inner.postMessage(id));`,
  ],
];

describe.each(threads)("a thread of the app's that remembers %s", (_, source) => {
  const play = async (seconds: number): Promise<PlayedScenario> =>
    playScenario(await asking(source, seconds), "lost-ack*5,pass");

  test("is moved along: ten minutes end, two hours do not", async () => {
    const forgetful = await play(600);
    expect(forgetful.expectation.unmet, forgetful.timeline).toMatchObject([{ actual: "processed 3 times" }]);
    const lasting = await play(7200);
    expect(lasting.expectation, lasting.timeline).toMatchObject({ met: true, unseen: [] });
  });
});

test("the end of a thread is waited for, however long it takes to start, and what it writes is printed", async () => {
  const app = await moduleOf(`
    import { Worker } from "node:worker_threads"; import { once } from "node:events";
    export const processed = () => 1;
    export default async (request, response) => {
      request.resume();
      await once(new Worker("require('fs').writeSync(1, 'at work, ' + process.execArgv.some((each) => each.includes('moved-thread')))", { eval: true }), "exit");
      response.end();
    };`);
  const { expectation, timeline } = await playScenario(app, "lost-ack,pass");
  expect(expectation, timeline).toMatchObject({ met: true, unseen: [] });
  expect(timeline.match(/printed: at work, false/g)).toHaveLength(2);
});

test("a thread that never comes to rest is not waited for, and told of", async () => {
  const app = await moduleOf(`
    import { Worker } from "node:worker_threads";
    new Worker("for (;;);", { eval: true }).unref();
    export const processed = () => 1;
    export default (request, response) => { request.resume(); response.end(); };`);
  const { expectation } = await playScenario(app, "lost-ack,pass");
  expect(expectation.unseen.join()).toContain("a worker thread keeps its own time");
});
