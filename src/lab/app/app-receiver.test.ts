import { afterEach, describe, expect, test } from "vitest";
import type { Attempt } from "../../sender/attempt.js";
import { appDoing, closeApps, emptyDirectory, fixture, moduleOf, startApp, type RunningApp } from "./app.test.kit.js";

afterEach(closeApps);

const minutes = (count: number): number => count * 60_000;

/** Attempts at the documented times, none of whose acknowledgements is seen. */
async function wholeSchedule(app: RunningApp): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const at of [0, 1, 3, 8, 23, 53].map(minutes)) {
    await app.clock.sleep(at - app.seconds() * 1000);
    attempts.push(await app.attempt("session-1", { fault: { resetAtAnswer: true } }));
  }
  return attempts;
}

describe("a receiver that forgets after ten minutes", () => {
  test("processes a run of quick duplicates once", async () => {
    const app = await startApp(fixture("express-dedupe.mjs"));
    for (let count = 0; count < 5; count += 1) {
      expect((await app.attempt()).outcome).toEqual({ kind: "acknowledged", status: 200 });
      await app.clock.sleep(1000);
    }
    expect(await app.processed()).toBe(1);
  });

  test("is caught by the whole schedule", async () => {
    const app = await startApp(fixture("express-dedupe.mjs"));
    expect((await wholeSchedule(app)).map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill("failed"));
    expect(app.printed().map((line) => line.split(" ")[0])).toEqual([
      "processed",
      "duplicate",
      "duplicate",
      "duplicate",
      "processed",
      "processed",
    ]);
    expect(await app.processed()).toBe(3);
  });
});

describe("a receiver that works for 25 seconds before it answers", () => {
  test("times out at 20 virtual seconds, is retried a minute after, and does the work twice", async () => {
    const app = await startApp(fixture("koa-slow.mjs"));
    const first = await app.attempt();
    expect(first).toMatchObject({ outcome: { reason: "timeout" }, timings: { endMs: 20_000 } });
    await app.clock.sleep(40_000);
    const second = await app.attempt();
    expect(second).toMatchObject({ outcome: { reason: "timeout" }, timings: { endMs: 20_000 } });
    await app.clock.sleep(10_000);
    expect(await app.processed()).toBe(2);
    const start = app.events[0]!.at - 25_000;
    expect(app.events).toEqual([
      { kind: "printed", at: start + 25_000, text: "done session-1" },
      { kind: "answered-late", at: start + 25_000, sessionId: "session-1", arrival: 1, status: 200 },
      { kind: "printed", at: start + 85_000, text: "done session-1" },
      { kind: "answered-late", at: start + 85_000, sessionId: "session-1", arrival: 2, status: 200 },
    ]);
  });
});

describe("an app of each kind", () => {
  test("a TypeScript module of Hono's whose queue is worked off every five seconds", async () => {
    const app = await startApp(fixture("hono-queue.ts"), { probePath: "/processed/{sessionId}" });
    expect((await app.deliver()).attempts).toMatchObject([{ outcome: { status: 202 }, timings: { endMs: 0 } }]);
    expect(await app.processed()).toBe(0);
    await app.clock.sleep(5000);
    expect(await app.processed()).toBe(1);
    expect(await app.processed("another")).toBe(0);
  });

  test("a Fastify factory that remembers in files and logs, byte for byte the same each time", async () => {
    const play = async (): Promise<unknown> => {
      const app = await startApp(fixture("fastify-files.mjs"), {
        probePath: "/processed/{sessionId}",
        env: { ...process.env, SESSIONS_DIRECTORY: await emptyDirectory() },
      });
      const { attempts } = await app.deliver();
      expect(attempts.map(({ outcome }) => outcome.kind)).toEqual(["failed", "failed", "acknowledged"]);
      expect(await app.processed()).toBe(3);
      return [app.events, attempts.map(({ response, timings }) => ({ response, timings }))];
    };
    const [one, two] = [await play(), await play()];
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  });

  test("a CommonJS listener that waits until a session is quiet", async () => {
    const app = await startApp(fixture("listener.cjs"));
    const first = app.attempt();
    await app.clock.sleep(1000);
    const second = await app.attempt();
    expect(second).toMatchObject({ outcome: { kind: "acknowledged" }, timings: { endMs: 3000 } });
    expect(await first).toMatchObject({ outcome: { reason: "timeout" } });
    expect(await app.processed()).toBe(1);
  });
});

describe("what an app meets", () => {
  test("it is told when the sender has left", async () => {
    const app = await appDoing(`
      request.on("close", () => console.log("request", request.destroyed));
      response.on("close", () => console.log("response", response.writableFinished));`);
    await app.attempt();
    expect(app.printed().toSorted()).toEqual(["request true", "response false"]);
    expect(app.seconds()).toBe(20);
  });

  test("what it writes bit by bit is read as it comes", async () => {
    const app = await appDoing(`
      response.writeHead(200);
      for (let part = 0; part < 3; part += 1) {
        response.write("part ");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      response.end("end");`);
    const { response, timings } = await app.attempt();
    expect(response?.body.toString()).toBe("part part part end");
    expect(timings).toMatchObject({ headersMs: 0, endMs: 3000 });
  });

  test("a body that it never completes is cut at the deadline or by its own keep-alive", async () => {
    const app = await appDoing(`response.setHeader("Content-Length", 1000); response.end("x");`);
    expect(await app.attempt()).toMatchObject({
      response: { bodyEnd: "broken" },
      timings: { headersMs: 0, endMs: 6000 },
    });
  });

  test.each([
    ["resets", "request.socket.resetAndDestroy()", "ECONNRESET"],
    ["closes", "request.socket.destroy()", "CLOSED"],
  ])("a connection that it %s", async (_, how, code) => {
    const app = await appDoing(`${how};`);
    expect((await app.attempt()).outcome).toMatchObject({ kind: "failed", reason: "reset", code });
  });

  test("its port is not taken, and its address looks as it expects", async () => {
    const app = await appDoing(
      `response.end(JSON.stringify([request.headers.host, server.address().port, request.socket.remoteAddress]));`,
      `import { createServer } from "node:http";
       const server = createServer().listen(1, () => console.log("listening"));`,
    );
    expect(JSON.parse((await app.attempt()).response?.body.toString() ?? "")).toEqual(["localhost", 1, "127.0.0.1"]);
    expect(app.printed()).toEqual(["listening"]);
  });

  test("a large body goes both ways", async () => {
    const app = await startApp(
      await moduleOf(`export default async (request, response) => {
        let length = 0;
        for await (const chunk of request) length += chunk.length;
        response.end(String(length));
      };`),
    );
    const request = { ...app.sender.callback("session-1"), body: Buffer.alloc(3_000_000, "x") };
    expect((await app.sender.attempt(request)).response?.body.toString()).toBe("3000000");
  });
});
