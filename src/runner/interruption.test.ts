import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { suites } from "../../suites/index.js";
import { systemClock } from "../clock/system-clock.js";
import { expectAcknowledged } from "./expectations.js";
import {
  checkIn,
  checkOf,
  closeAfterTest,
  outcomesOf,
  runChecks,
  runSuites,
  startReceiver,
  targetOf,
  type Answer,
  type Arrived,
} from "./run.test.kit.js";
import { stopSignal } from "./stop-signal.js";

/** A receiver that stops the run when it meets the callback of that number, and hangs from there on. */
async function stoppingAt(number: number) {
  const controller = new AbortController();
  const receiver = await startReceiver((callback: Arrived): Answer => {
    if (callback.number < number) return { status: callback.path === "/hooks/scriptix" ? 200 : 404 };
    controller.abort();
    return "hang";
  });
  return { receiver, signal: controller.signal, target: targetOf(receiver.url) };
}

describe("an interruption", () => {
  it("in the middle leaves what finished as it is, and the rest not-run", async () => {
    const { target, signal } = await stoppingAt(3);
    const report = await runChecks(target, [checkOf("a/done"), checkOf("a/under-way"), checkOf("a/to-come")], {
      signal,
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({
      "a/done": "passed",
      "a/under-way": "not-run interrupted",
      "a/to-come": "not-run interrupted",
    });
    expect(checkIn(report, "a/to-come").reason).toBe("the run was interrupted");
    expect(report.verdict).toBe("inconclusive");
  });

  it.each([1, 2, 5, 20])("at callback %i of a whole run accounts for every check", async (number) => {
    const { receiver, target, signal } = await stoppingAt(number);
    const report = await runSuites(target, suites, { signal });
    expect(report.checks.map(({ id }) => id)).toEqual(suites.flatMap(({ checks }) => checks.map(({ id }) => id)));
    expect(report.checks.filter(({ outcome }) => outcome === "error" || outcome === "failed")).toEqual([]);
    expect(report.checks.some(({ reasonCode }) => reasonCode === "interrupted")).toBe(true);
    await expect.poll(() => receiver.connections()).toBe(0);
  });

  it("before the start sends nothing", async () => {
    const receiver = await startReceiver();
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one")], { signal: AbortSignal.abort() });
    expect(outcomesOf(report)).toEqual({ "a/one": "not-run interrupted" });
    expect(receiver.arrived).toEqual([]);
  });

  it("during a control ends the run in order", async () => {
    const { target, signal } = await stoppingAt(3);
    const odd = checkOf("a/odd", {
      run: async (context) => {
        const attempt = await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } });
        context.mismatch("no such answer", "one", attempt);
      },
    });
    const report = await runChecks(target, [odd], { signal });
    expect(checkIn(report, "a/odd")).toMatchObject({
      outcome: "not-run",
      reasonCode: "interrupted",
      mismatches: [],
    });
  });

  it("during the control after something rough ends it in order too", async () => {
    const { target, signal } = await stoppingAt(3);
    const report = await runChecks(
      target,
      [checkOf("a/rough", { pace: "rough" }), checkOf("a/later", { pace: "rough" })],
      { signal },
    );
    expect(outcomesOf(report)).toEqual({ "a/rough": "passed", "a/later": "not-run interrupted" });
  });

  it("does not wait for a check that listens to nobody", async () => {
    const controller = new AbortController();
    const receiver = await startReceiver();
    const deaf = checkOf("a/deaf", {
      run: () => {
        controller.abort();
        return new Promise<never>(() => {});
      },
    });
    const report = await runChecks(targetOf(receiver.url), [deaf], { signal: controller.signal });
    expect(outcomesOf(report)).toEqual({ "a/deaf": "not-run interrupted" });
  });

  it("does not wait for a TLS handshake that never ends", async () => {
    const controller = new AbortController();
    const server = createServer((socket) => {
      socket.on("error", () => {});
      controller.abort();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const looking = checkOf("a/looks", {
      builds: "nothing",
      run: async ({ network }) => void (await network.handshake()),
    });
    const target = targetOf(`https://127.0.0.1:${port}/`);
    const report = await runChecks(target, [looking], { signal: controller.signal });
    expect(outcomesOf(report)).toEqual({ "a/looks": "not-run interrupted" });
    closeAfterTest(() => server.close());
  });

  it("keeps what a check has found so far as evidence, and charges none of it", async () => {
    const { target, signal } = await stoppingAt(3);
    const check = checkOf("a/two", {
      run: async (context) => {
        const first = await context.send();
        context.mismatch("something else", "this", first);
        expectAcknowledged(context, await context.send());
      },
    });
    const report = await runChecks(target, [check], { signal });
    expect(checkIn(report, "a/two")).toMatchObject({ outcome: "not-run", mismatches: [] });
    expect(checkIn(report, "a/two").attempts).toHaveLength(1);
  });
});

describe("the time budget", () => {
  it("ends a run that takes longer, and says how to raise it", async () => {
    const receiver = await startReceiver(({ number }) => (number === 1 ? {} : "hang"));
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one"), checkOf("b/two")], { maxTimeMs: 200 });
    expect(outcomesOf(report)).toEqual({ "a/one": "not-run time-budget-spent", "b/two": "not-run time-budget-spent" });
    expect(checkIn(report, "a/one").reason).toBe("the time budget of 0.2 seconds was spent; raise --max-time");
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
  });

  it("ends a pause too", async () => {
    const receiver = await startReceiver();
    const pausing = checkOf("a/pauses", { run: (context) => context.pause(60_000) });
    const target = targetOf(receiver.url, { clock: systemClock });
    const report = await runChecks(target, [pausing], { maxTimeMs: 100 });
    expect(outcomesOf(report)).toEqual({ "a/pauses": "not-run time-budget-spent" });
  });

  it("is of no consequence to a run that is quicker", async () => {
    const receiver = await startReceiver();
    expect((await runChecks(targetOf(receiver.url), [checkOf("a/one")], { maxTimeMs: 30_000 })).verdict).toBe(
      "conformant",
    );
  });
});

it("a run that is over no longer listens to who may interrupt it", () => {
  const user = new AbortController();
  const stop = stopSignal(user.signal, 60_000, "");
  stop.dispose();
  user.abort();
  expect(stop.signal.aborted).toBe(false);
});
