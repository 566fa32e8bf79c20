import { afterEach, describe, expect, test } from "vitest";
import { closeApps, fixture, moduleOf, startApp } from "./app.test.kit.js";

afterEach(closeApps);

/** The message that the start fails with, from what follows the file. */
async function failure(source: string, extension?: string): Promise<string> {
  const file = await moduleOf(source, extension);
  const error: unknown = await startApp(file).then(
    () => new Error("it started"),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "UsageError", code: "ERR_APP" });
  return (error as Error).message.replaceAll(file, "FILE");
}

const expected =
  "a Fastify, Express, Koa, Hono, NestJS, h3, hapi, Polka or restify app, an http.Server, a listener (req, res), a handler (Request) => Response, or a function without parameters that makes one of these, as default or app, handler, fetch, server, listener, or to listen";

describe("an app that cannot be used is told in one sentence, with its last output", () => {
  test.each([
    [
      "throws",
      `null.x;`,
      "while it was loaded, it threw TypeError: Cannot read properties of null (reading 'x') (app.mjs:1)",
    ],
    ["is no JavaScript", `export default ){`, "while it was loaded, it threw SyntaxError: Unexpected token ')'"],
    [
      "lacks a package",
      `import "no-such-package";`,
      "while it was loaded, it threw Error: Cannot find package 'no-such-package' imported from FILE",
    ],
    [
      "has a factory that rejects",
      `export const buildApp = async () => { throw new Error("no database"); };`,
      "while it was loaded, it threw Error: no database (app.mjs:1)",
    ],
    [
      "ends itself",
      `console.log("PORT is not set"); process.exit(3);`,
      "while it was loaded, the app ended itself with exit code 3; its last output:\n  PORT is not set",
    ],
    [
      "rejects where nobody looks",
      `Promise.reject(new Error("late")); export default (request, response) => response.end();`,
      "while it was loaded, an error that nothing caught ended the app: Error: late (app.mjs:1)",
    ],
    [
      "throws in a timer that its start waits for",
      `setTimeout(() => { throw new Error("in a timer"); }, 5000); await new Promise(() => {});`,
      "while it was loaded, an error that nothing caught ended the app: Error: in a timer (app.mjs:1)",
    ],
    [
      "exports nothing",
      `console.log("hello");`,
      `expected it to export ${expected}; it exports nothing; its last output:\n  hello`,
    ],
    [
      "exports something else",
      `export default { port: 1 }; export const x = 2;`,
      `expected it to export ${expected}; it exports an object with port as default, x`,
    ],
  ])("one that %s", async (_, source, message) => {
    // From Node 22 on, a code stands behind the name of Node's own errors.
    expect((await failure(source)).replace(/ \[ERR_\w+\]/, "")).toBe(`--app FILE: ${message}`);
  });

  test("one that is not there", async () => {
    await expect(startApp("./no-such-app.js")).rejects.toThrow(
      "--app: expected the file of an app, got ./no-such-app.js, which is none",
    );
  });

  test("one in TypeScript where nothing loads that", async () => {
    if ((process.features as { typescript?: unknown }).typescript) return;
    expect(await failure("export default 1;", ".ts")).toBe(
      "--app: expected tsx or typescript 5 or 6 among the packages of the app's project, or a Node that strips types (22.18 or later), to load FILE",
    );
  });
});

describe("an app that crashes", () => {
  test.each([
    ["throws", `throw new TypeError("boom");`, "an error that nothing caught ended the app: TypeError: boom (app.mjs:"],
    [
      "rejects",
      `Promise.reject(new Error("boom"));`,
      "an error that nothing caught ended the app: Error: boom (app.mjs:",
    ],
    ["ends itself", `process.exit(0);`, "the app ended itself with exit code 0"],
  ])("that %s resets its connections and is not reached again", async (_, how, text) => {
    const app = await startApp(
      await moduleOf(
        `export default (request, response) => { setTimeout(() => { console.log("last words"); ${how} }, 5000); };`,
      ),
    );
    const { attempts } = await app.deliver();
    expect(attempts.map(({ outcome }) => outcome)).toMatchObject([
      { reason: "reset", code: "ECONNRESET" },
      ...Array.from({ length: 5 }, () => ({ reason: "connect", code: "ECONNREFUSED" })),
    ]);
    expect(attempts[0]?.timings.endMs).toBe(5000);
    const start = app.clock.now() - app.seconds() * 1000;
    expect(app.events).toEqual([
      { kind: "printed", at: start + 5000, text: "last words" },
      { kind: "crashed", at: start + 5000, text: expect.stringContaining(text) },
    ]);
    expect(app.clock.holdsOut()).toBe(0);
  });

  test("between two attempts crashes at its own time", async () => {
    const app = await startApp(
      await moduleOf(`const begun = performance.now(); setInterval(() => { if (performance.now() - begun >= 30_000) throw new Error("boom"); }, 100);
        export default (request, response) => { response.statusCode = 500; response.end(); };`),
    );
    const { attempts } = await app.deliver();
    expect(attempts.map(({ outcome }) => outcome).slice(0, 2)).toMatchObject([
      { code: "500" },
      { code: "ECONNREFUSED" },
    ]);
    expect(app.events).toMatchObject([{ kind: "crashed", at: app.clock.now() - app.seconds() * 1000 + 30_000 }]);
  });

  test("cannot be asked how often it processed a session", async () => {
    const app = await startApp(
      await moduleOf(`export default (request, response) => process.exit(1); export const processed = () => 1;`),
    );
    expect(await app.processed()).toBe(1);
    await app.deliver();
    await expect(app.processed()).rejects.toThrow("the app's processed(sessionId) failed: the app ended itself");
  });

  test("goes on where it handles such errors itself", async () => {
    const app = await startApp(
      await moduleOf(`process.on("uncaughtException", (error) => console.log("caught", error.message));
        export default (request, response) => {
          setTimeout(() => { throw new Error("boom"); }, 10);
          setTimeout(() => response.end(), 20);
        };`),
    );
    expect((await app.attempt()).outcome.kind).toBe("acknowledged");
    expect(app.printed()).toEqual(["caught boom"]);
  });
});

describe("a question that cannot be answered", () => {
  test.each([
    [`export const processed = () => "many";`, "expected its processed(sessionId) to return a whole number, got many"],
    [`export const processed = async () => { throw new Error("no table"); };`, "no table"],
  ])("%s", async (source, message) => {
    const app = await startApp(await moduleOf(`${source} export default (request, response) => response.end();`));
    await expect(app.processed()).rejects.toThrow(`the app's processed(sessionId) failed: ${message}`);
  });

  test("a path that the app does not know means never, and one that fails is no answer", async () => {
    const file = await moduleOf(
      `export default (request, response) => { response.statusCode = Number(request.url.slice(1, 4)); response.end("1"); };`,
    );
    expect(await (await startApp(file, { probePath: "/404/{sessionId}" })).processed()).toBe(0);
    expect(await (await startApp(file, { probePath: "/200/{sessionId}" })).processed()).toBe(1);
    await expect((await startApp(file, { probePath: "/500/{sessionId}" })).processed()).rejects.toThrow(
      "the app's /500/{sessionId} failed: the receiver answered 500",
    );
  });
});

describe("nothing is left behind", () => {
  const resources = (): string[] =>
    process
      .getActiveResourcesInfo()
      .filter((name) => /^(TCP|MessagePort|Worker|Process)/.test(name))
      .toSorted();

  /** A server says that it is closed a turn of the event loop before its handle is. */
  const areOnly = (before: readonly string[]): Promise<void> =>
    expect.poll(resources, { timeout: 10_000 }).toEqual(before);

  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test.each([
    ["with a delivery under way", `export default (request, response) => {};`],
    ["with its event loop blocked", `export default (request, response) => { for (;;); };`],
    [
      "by an app that listens and polls",
      `import { createServer } from "node:http"; setInterval(() => {}, 1); export default createServer().listen(0);`,
    ],
  ])("%s", async (_, source) => {
    const before = resources();
    const app = await startApp(await moduleOf(source));
    const controller = new AbortController();
    const attempt = app.sender.attempt(app.sender.callback("session-1"), { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(new Error("interrupted"));
    await attempt.catch(() => {});
    await app.close();
    await areOnly(before);
    expect(app.clock.holdsOut()).toBe(0);
  });

  test("by an app that has started a process", async () => {
    const app = await startApp(
      await moduleOf(`import { spawn } from "node:child_process";
        const { pid } = spawn("sleep", ["60"]);
        export default (request, response) => response.end(String(pid));`),
    );
    const pid = Number((await app.attempt()).response?.body);
    expect(isAlive(pid)).toBe(true);
    await app.close();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("by a start that is interrupted", async () => {
    const before = resources();
    const controller = new AbortController();
    const start = startApp(await moduleOf(`await new Promise(() => {});`), { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("interrupted")), 50);
    await expect(start).rejects.toThrow("interrupted");
    await areOnly(before);
  });

  test("nor can a closed one be closed again", async () => {
    const app = await startApp(fixture("listener.cjs"));
    await app.receiver.close();
    await expect(app.receiver.close()).resolves.toBeUndefined();
  });
});
