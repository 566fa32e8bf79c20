import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";
import { install } from "@sinonjs/fake-timers";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
// @ts-expect-error -- has no types of its own
import Koa from "koa";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Clock } from "../clock/clock.js";
import type { VirtualClock } from "../clock/virtual-clock.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { fixture } from "./app/app.test.kit.js";
import { playScenario } from "./play-scenario.js";

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

function aClock(): VirtualClock {
  const clock = virtualClock();
  closings.push(() => clock.close());
  return clock;
}

/** Acknowledges what comes to /webhook, and counts each session once. */
function counting() {
  const counts = new Map<string, number>();
  const count = (id: string): number => counts.get(id) ?? 0;
  const process = (id: unknown): void => void counts.set(String(id), count(String(id)) + 1);
  return { count, process, processOnce: (id: unknown) => (count(String(id)) === 0 ? process(id) : undefined) };
}

const sessionOf = (headers: NodeJS.Dict<string | string[]>): string => String(headers["x-scriptix-session"]);

/** A listener that reads the whole request first, as most do. */
function listening(answer: (sessionId: string) => Promise<void>): RequestListener {
  return (request, response) => {
    request.resume().once("end", () => {
      void answer(sessionOf(request.headers)).then(() => response.end());
    });
  };
}

describe("a scenario is played on", () => {
  const fakes: readonly [how: string, fake: () => () => void][] = [
    ["Vitest", () => (vi.useFakeTimers(), () => void vi.useRealTimers())],
    ["Vitest, some of them", () => (vi.useFakeTimers({ toFake: ["performance"] }), () => void vi.useRealTimers())],
    [
      "Sinon",
      () => {
        const clock = install();
        return () => clock.uninstall();
      },
    ],
    ["node:test", () => (mock.timers.enable({ apis: ["setTimeout"] }), () => mock.timers.reset())],
  ];
  test.each(fakes)("timers that are faked by %s are told of at once", async (_, fake) => {
    const restore = fake();
    try {
      await expect(playScenario(null, "pass")).rejects.toThrow(
        /^playScenario: expected real timers, got faked ones.*vi\.useRealTimers\(\)/,
      );
    } finally {
      restore();
    }
    expect((await playScenario(null, "pass")).expectation.met).toBe(true);
  });

  test.each([
    ["Vitest", () => (vi.useFakeTimers({ toFake: ["Date"] }), () => void vi.useRealTimers())],
    ["node:test", () => (mock.timers.enable({ apis: ["Date"] }), () => mock.timers.reset())],
  ] as const)("a Date that is faked by %s is in nobody's way", async (_, fake) => {
    const restore = fake();
    try {
      const { expectation, timeline } = await playScenario(fixture("express-dedupe.mjs"), "lost-ack,503*3,pass");
      expect(expectation.unmet, timeline).toMatchObject([{ actual: "processed 2 times" }]);
    } finally {
      restore();
    }
  });

  test("a page of what went wrong is written where the expectation is not met, and only there", async () => {
    const directory = await mkdtemp(join(tmpdir(), "scenario-"));
    try {
      const report = join(directory, "made", "lost.html");
      const app = (request: IncomingMessage, response: ServerResponse): void => void response.end();
      const good = await playScenario(app, "pass", { report, processed: () => 1 });
      expect(good.expectation.met).toBe(true);
      expect(existsSync(report)).toBe(false);
      const bad = await playScenario(app, "pass", { report, processed: () => 2 });
      expect(bad.timeline).toContain(`report: ${report}`);
      expect(await readFile(report, "utf8")).toContain("expected processed once, got processed 2 times");
      await expect(playScenario(app, "pass", { report: "a.pdf" })).rejects.toThrow(
        "report: expected a file that ends with .html, .md, .json, got a.pdf",
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test("nothing, where a scripted receiver stands in", async () => {
    const { deliveries, expectation, timeline } = await playScenario(null, "503,timeout,pass");
    expect(deliveries).toMatchObject([{ outcome: "acknowledged", processed: null }]);
    expect(deliveries[0]?.attempts).toMatchObject([
      { token: "503", offsetMs: 0, status: 503 },
      { token: "timeout", offsetMs: 60_000, status: null, outcome: { reason: "timeout" } },
      { token: "pass", offsetMs: 180_000, status: 200 },
    ]);
    expect(expectation).toEqual({ met: true, unmet: [], unseen: [] });
    expect(timeline.split("\n").at(-1)).toBe("as expected: acknowledged by attempt 3");
    expect((await playScenario(undefined, "503,timeout,pass")).timeline).toBe(timeline);
  });

  const makers: Record<string, (process: (id: string) => void) => object> = {
    "a listener": (process) => listening(async (id) => process(id)),
    "a Fastify instance": (process) => {
      const app = Fastify();
      app.post<{ Body: { sessionId: string } }>("/webhook", ({ body }) => (process(body.sessionId), "ok"));
      return app;
    },
    "a function that makes one": (process) => async () => {
      const app = Fastify();
      app.post<{ Body: { sessionId: string } }>("/webhook", ({ body }) => (process(body.sessionId), "ok"));
      return app;
    },
    "an Express app": (process) => {
      const app = express();
      app.post("/webhook", express.json(), (request: { body: { sessionId: string } }, response: ServerResponse) => {
        process(request.body.sessionId);
        response.end();
      });
      return app;
    },
    "a Koa app": (process) =>
      new Koa().use((context: { headers: IncomingHttpHeaders; body: string }) => {
        process(sessionOf(context.headers));
        context.body = "ok";
      }),
    "a Hono app": (process) =>
      new Hono().post("/webhook", async (context) => {
        process((await context.req.json<{ sessionId: string }>()).sessionId);
        return context.text("ok");
      }),
    "a fetch-style handler": (process) => async (request: Request) => {
      process(((await request.json()) as { sessionId: string }).sessionId);
      return new Response("ok");
    },
  };
  for (const [name, make] of Object.entries(makers)) {
    test(`is ${name}`, async () => {
      const { count, processOnce } = counting();
      const played = await playScenario(make(processOnce), "lost-ack,pass", { processed: count });
      expect(played.expectation, played.timeline).toEqual({ met: true, unmet: [], unseen: [] });
      expect(played.deliveries).toMatchObject([{ outcome: "acknowledged", attempts: { length: 2 }, processed: 1 }]);
    });
  }

  test("a URL", async () => {
    const { count, process } = counting();
    const server = createServer(listening(async (id) => process(id))).listen(0, "127.0.0.1");
    await once(server, "listening");
    closings.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
    for (const app of [url, new URL(url)]) {
      const { expectation, timeline } = await playScenario(app, "lost-ack,pass", { processed: count });
      expect(expectation.unmet).toEqual([{ expected: "processed once", actual: "processed 2 times", where: "" }]);
      expect(timeline).toContain("NOT AS EXPECTED: expected processed once, got processed 2 times");
    }
  });

  test("a module, in a thread where its own time is the scenario's", async () => {
    const folder = await mkdtemp(join(tmpdir(), "play-scenario-"));
    closings.push(() => rm(folder, { recursive: true }));
    const file = join(folder, "app.mjs");
    await writeFile(
      file,
      `const counts = new Map();
       export const processed = (id) => counts.get(id) ?? 0;
       export default (request, response) => {
         const id = request.headers["x-scriptix-session"];
         counts.set(id, processed(id) + 1);
         setTimeout(() => response.end(), counts.get(id) === 1 ? 25_000 : 0);
       };`,
    );
    for (const app of [file, pathToFileURL(file)]) {
      const { deliveries } = await playScenario(app, "pass");
      expect(deliveries).toMatchObject([{ outcome: "acknowledged", attempts: { length: 2 }, processed: 2 }]);
    }
  });

  test("an app that a function made, which is closed afterwards", async () => {
    let closed = 0;
    const build = () => {
      const app = Fastify();
      app.addHook("onClose", async () => void (closed += 1));
      app.post("/webhook", async () => "ok");
      return app;
    };
    await playScenario(build, "pass");
    expect(closed).toBe(1);
  });
});

describe("an app in wall time", () => {
  test("has the waits between attempts skipped, and meets sessions that it does not know", async () => {
    const { count, processOnce } = counting();
    const app = listening(async (id) => processOnce(id));
    const [one, two] = [await playScenario(app, "503,pass"), await playScenario(app, "503,pass", { processed: count })];
    expect(one.deliveries[0]?.attempts.map(({ offsetMs }) => offsetMs)).toEqual([0, 60_000]);
    expect(one.effectsUnseen).toBe("pass processed: (sessionId) => number");
    expect(two.deliveries[0]?.processed).toBe(1);
    expect(one.deliveries[0]?.sessionId).not.toBe(two.deliveries[0]?.sessionId);
  });
});

describe("an app on the scenario's clock", () => {
  /** Answers after 25 seconds of its own work, then counts. */
  const slow = (clock: Clock, process: (id: string) => void): RequestListener =>
    listening(async (id) => {
      await clock.sleep(25_000);
      process(id);
    });

  test("is seen to time out, to be retried, and to have done the work twice", async () => {
    const clock = aClock();
    const { count, process } = counting();
    const played = await playScenario(slow(clock, process), "pass,pass", { clock, processed: count });
    expect(played.deliveries[0]?.attempts.slice(0, 2)).toMatchObject([
      { offsetMs: 0, outcome: { reason: "timeout" }, timings: { endMs: 20_000 } },
      { offsetMs: 60_000, outcome: { reason: "timeout" }, timings: { endMs: 20_000 } },
    ]);
    expect(played.deliveries[0]).toMatchObject({ outcome: "abandoned", processed: 6 });
    expect(clock.holdsOut()).toBe(0);
  });

  test("answers in time where it sleeps for less, in a framework that reads the body too", async () => {
    const clock = aClock();
    const app = Fastify();
    app.post("/webhook", async () => {
      await clock.sleep(12_000);
      await clock.sleep(7_000);
      return "ok";
    });
    const { deliveries } = await playScenario(app, "pass", { clock });
    expect(deliveries[0]).toMatchObject({ outcome: "acknowledged", attempts: { length: 1 } });
    expect(deliveries[0]?.attempts[0]?.timings.headersMs).toBe(19_000);
  });

  test("forgets between attempts what it remembers for ten minutes", async () => {
    const clock = aClock();
    const { count, process } = counting();
    const seen = new Map<string, number>();
    const app = listening(async (id) => {
      const at = seen.get(id);
      seen.set(id, clock.now());
      if (at === undefined || clock.now() - at > 600_000) process(id);
    });
    const quick = await playScenario(app, "lost-ack,lost-ack,pass", { clock, processed: count });
    expect(quick.expectation.met, quick.timeline).toBe(true);
    const whole = await playScenario(app, "lost-ack*5,pass", { clock, processed: count });
    expect(whole.expectation.unmet).toEqual([{ expected: "processed once", actual: "processed 3 times", where: "" }]);
  });

  test("may read files meanwhile, and have sleeps under way that it does not wait for", async () => {
    const clock = aClock();
    const { count, process } = counting();
    const app = listening(async (id) => {
      void clock.sleep(600_000).then(() => process(id));
      for (let times = 0; times < 5; times += 1) await readFile(new URL(import.meta.url));
    });
    const { deliveries } = await playScenario(app, "pass", { clock, processed: count, settleMs: 700_000 });
    expect(deliveries[0]).toMatchObject({ outcome: "acknowledged", processed: 1 });
    expect(deliveries[0]?.attempts[0]?.timings.headersMs).toBe(0);
  });

  const { settleWhereTimeIsFreeMs: longest } = defaults.scenario;

  test.each([
    ["is waited for, as long as it may take", longest - 1, {}, 1],
    ["is not waited for beyond that", longest + 1, {}, 0],
    ["is waited for as long as it is told, and no longer", 5001, { settleMs: 5000 }, 0],
  ])("may answer before its work is done, which %s", async (_what, workMs, options, processed) => {
    const clock = aClock();
    const { count, process } = counting();
    const app = listening(async (id) => void clock.sleep(workMs).then(() => process(id)));
    const { deliveries } = await playScenario(app, "pass", { clock, processed: count, ...options });
    expect(deliveries[0]).toMatchObject({ outcome: "acknowledged", processed });
  });
});

describe("what is no use is refused in one sentence", () => {
  const app: RequestListener = (_request, response) => response.end();
  const refusals: [what: string, play: () => Promise<unknown>, message: RegExp][] = [
    [
      "a scenario",
      () => playScenario(app, "503,lots-ack"),
      /scenario, column 5: expected .* as attempt 2, got "lots-ack"/,
    ],
    ["a restart", () => playScenario(app, "503,restart"), /^503,restart: its word restart, for attempt 2, needs/],
    ["an app", () => playScenario({ app }, "pass"), /expected a Fastify, Express, .*, got an object with app/],
    ["a path", () => playScenario(app, "pass", { path: "hook" }), /^path: expected one such as \/webhook, got "hook"/],
    [
      "a clock at a URL",
      () => playScenario("http://127.0.0.1:9/", "pass", { clock: aClock() }),
      /^clock: expected an app/,
    ],
    [
      "session ids",
      () => playScenario(app, "pass", { sessionIds: [] }),
      /^sessionIds: expected 1, one a delivery, got 0/,
    ],
    ["a header", () => playScenario(app, "pass", { headers: { "X\n": "1" } }), /header/],
    [
      "a count",
      () => playScenario(app, "pass", { processed: () => "1" as never }),
      /^processed: expected it to tell a whole number, got 1/,
    ],
  ];
  for (const [what, play, message] of refusals) {
    test(`${what} of no use`, async () => {
      const error = await play().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UsageError);
      expect((error as Error).message).toMatch(message);
    });
  }
});

test("the values of headers stand in no timeline", async () => {
  const app: RequestListener = (request, response) => response.end(`you sent ${String(request.headers["x-key"])}`);
  const { timeline } = await playScenario(app, "pass", { headers: { "X-Key": "very-secret-value" } });
  expect(timeline).toContain("you sent [redacted]");
  expect(timeline).not.toContain("very-secret-value");
});
