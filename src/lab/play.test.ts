import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { virtualClock, type VirtualClock } from "../clock/virtual-clock.js";
import { batch } from "../contract/batch.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import { createRedactor } from "../report/redact.js";
import { redactLines } from "../report/redact-line.js";
import { ProbeError } from "../runner/effects-probe.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { startAcknowledgingReceiver } from "./acknowledging-receiver.js";
import type { LabListener } from "./events.js";
import { judge } from "./judge.js";
import type { LabReceiver } from "./lab-receiver.js";
import { play, type Played } from "./play.js";
import type { Scenario } from "./scenario.js";
import { scenarioOf } from "./scenario-file.js";
import { timelineEnd, timelineHead, timelineLines } from "./timeline.js";

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const plainly = createRedactor([]);

interface Seen extends Played {
  readonly lines: readonly string[];
}

async function playOn(
  receiver: LabReceiver,
  clock: VirtualClock,
  scenario: Scenario,
  sessionIds: readonly string[] = scenario.deliveries.map((_, index) => `session-${index + 1}`),
): Promise<Seen> {
  const view = { scenario, receiver, contract: batch, sessionIds };
  const lines: string[] = [...timelineHead(view).through(plainly, redactLines)];
  const on: LabListener = (moment) => void lines.push(...timelineLines(moment, view).through(plainly, redactLines));
  const played = await play({ scenario, receiver, clock, sessionIds, settleMs: 60_000, on });
  lines.push(...timelineEnd(played, view).through(plainly, redactLines));
  return { ...played, lines };
}

async function onEmbedded(script: string | Scenario): Promise<Seen> {
  const clock = virtualClock();
  const receiver = await startAcknowledgingReceiver(clock, batch);
  closings.push(() => receiver.close());
  const seen = await playOn(receiver, clock, typeof script === "string" ? scenarioOf(script) : script);
  expect(clock.holdsOut()).toBe(0);
  return seen;
}

/** The reference receiver, which lives on the scenario's clock. */
async function onReference(
  script: string,
  options: { dedupeForMs?: number; probe?: LabReceiver["probe"] } = {},
): Promise<Seen> {
  const clock = virtualClock();
  const { probe, ...own } = options;
  const reference = createReferenceReceiver({ clock, ...own });
  closings.push(() => reference.close());
  const receiver: LabReceiver = {
    kind: "app",
    title: "the reference receiver",
    url: parseCallbackUrl(await reference.listen({ port: 0 })),
    sharesTime: true,
    probe: probe ?? { name: "the receiver", isOwn: true, count: async (sessionId) => reference.processed(sessionId) },
    close: async () => {},
  };
  return playOn(receiver, clock, scenarioOf(script));
}

const offsets = ({ deliveries: [first] }: Seen): readonly number[] =>
  first?.attempts.map(({ attempt }) => attempt.offsetMs / 60_000) ?? [];

describe("a scenario on the embedded receiver", () => {
  test("is a delivery on the documented schedule, word by word", async () => {
    const seen = await onEmbedded("503,timeout,reset,lost-ack,200");
    expect(offsets(seen)).toEqual([0, 1, 3, 8, 23]);
    expect(seen.deliveries[0]?.attempts.map(({ attempt: { outcome } }) => outcome)).toMatchObject([
      { kind: "failed", reason: "status", code: "503" },
      { kind: "failed", reason: "timeout", phase: "headers" },
      { kind: "failed", reason: "reset" },
      { kind: "failed", reason: "reset" },
      { kind: "acknowledged", status: 200 },
    ]);
  });

  test("tells its story with virtual times, the same each time", async () => {
    const [one, two] = [
      await onEmbedded("timeout,late-ack:25s,slow:19s"),
      await onEmbedded("timeout,late-ack:25s,slow:19s"),
    ];
    expect(one.lines).toEqual(two.lines);
    expect(one.lines).toMatchInlineSnapshot(`
      [
        "timeout,late-ack:25s,slow:19s",
        "receiver: the embedded scripted receiver",
        "session: session-1",
        "each attempt sends: POST with Content-Type: application/json and X-Scriptix-Session",
        "00:00:00  attempt 1 of 6",
        "          timeout: what the receiver does",
        "00:00:20  nothing came back; failed (timeout): no complete status line and headers came within 20 seconds",
        "          attempt 2 is due at 00:01:00, 1 minute after this one",
        "00:01:00  attempt 2 of 6",
        "          late-ack:25s: it is delivered, and the answer is held back until 25 s have passed",
        "00:01:20  nothing came back; failed (timeout): no complete status line and headers came within 20 seconds",
        "          attempt 3 is due at 00:03:00, 2 minutes after this one",
        "00:03:00  attempt 3 of 6",
        "          slow:19s: what the receiver does",
        "00:03:19  came back after 19 s: 200 OK",
        "          acknowledged: no further attempt",
        "effects: not seen; the embedded receiver does no work",
        "as expected: acknowledged by attempt 3",
      ]
    `);
  });

  test("lets attempts beyond the script pass", async () => {
    const { deliveries } = await onEmbedded("503");
    expect(deliveries[0]).toMatchObject({ outcome: "acknowledged", attempts: { length: 2 } });
  });

  test("is abandoned after six that fail", async () => {
    const seen = await onEmbedded("drop,cut,503,timeout,reset,redirect");
    expect(offsets(seen)).toEqual([0, 1, 3, 8, 23, 53]);
    expect(seen.deliveries[0]?.outcome).toBe("abandoned");
    expect(seen.lines.at(-1)).toBe("as expected: abandoned after 6 attempts");
  });

  test("tells an answer just before the deadline from one just after", async () => {
    expect((await onEmbedded("late-ack:19.999s")).deliveries[0]?.attempts).toHaveLength(1);
    expect((await onEmbedded("late-ack:20s")).deliveries[0]?.attempts).toHaveLength(2);
    expect((await onEmbedded("slow:19.999s")).deliveries[0]?.attempts).toHaveLength(1);
    expect((await onEmbedded("slow:20s")).deliveries[0]?.attempts).toHaveLength(2);
  });

  test("plays sessions side by side, in an order that does not change", async () => {
    const storm: Scenario = {
      ...scenarioOf("503"),
      deliveries: Array.from({ length: 12 }, () => scenarioOf("503").deliveries).flat(),
      expect: {
        deliveries: Array.from({ length: 12 }, () => ({ outcome: "acknowledged", attempts: 2 }) as const),
        processed: Array.from({ length: 12 }, () => 1 as const),
      },
    };
    const [one, two] = [await onEmbedded(storm), await onEmbedded(storm)];
    expect(one.lines).toEqual(two.lines);
    expect(one.lines.at(-1)).toBe("as expected: acknowledged by attempt 2");
  });
});

describe("a scenario on a receiver that does work", () => {
  test("delivers twice what lost its acknowledgement, and sees it processed once", async () => {
    const seen = await onReference("lost-ack");
    expect(seen.deliveries).toMatchObject([{ outcome: "acknowledged", attempts: { length: 2 }, processed: 1 }]);
    expect(judge(scenarioOf("lost-ack"), seen)).toEqual([]);
  });

  test("does not deliver what a gateway answers in the receiver's stead", async () => {
    const seen = await onReference("200");
    expect(seen.deliveries).toMatchObject([{ outcome: "acknowledged", processed: 0 }]);
    expect(seen.lines).toContain("effects: processed never");
  });

  test.each(["503,200", "200"])("says nothing about a receiver that no attempt gets to: %s", async (script) => {
    const seen = await onReference(script);
    expect(seen.lines.at(-1)).toMatch(/^INCONCLUSIVE: no attempt gets to the receiver, and a gateway acknowledges/);
  });

  test("says nothing about one that nobody sees and no attempt gets to", async () => {
    const probe = { name: "the probe URL", count: async () => Promise.reject(new ProbeError("nobody is there")) };
    const seen = await onReference("503*6", { probe });
    expect(seen.lines.at(-1)).toMatch(/^INCONCLUSIVE: no attempt gets to the receiver, .*: nobody is there$/);
  });

  test("sees that nothing is processed where all that is sent is lost", async () => {
    const seen = await onReference("503*6");
    expect(seen.lines.at(-1)).toBe("as expected: abandoned after 6 attempts, processed never");
  });

  test("does not believe a probe that has never told of anything", async () => {
    const seen = await onReference("lost-ack", { probe: { name: "the probe URL", count: async () => 0 } });
    expect(judge(scenarioOf("lost-ack"), seen)).toEqual([]);
    expect(seen.effectsUnseen).toContain("the probe URL says 0 for every session");
  });

  test("delivers no whole request that is cut or dropped", async () => {
    const seen = await onReference("cut,drop,503,timeout,reset,redirect");
    expect(seen.deliveries).toMatchObject([{ outcome: "abandoned", processed: 0 }]);
  });

  test("delivers a request that was held up after the retry that replaced it", async () => {
    const seen = await onReference("delayed:65s");
    expect(seen.deliveries).toMatchObject([{ outcome: "acknowledged", attempts: { length: 2 }, processed: 1 }]);
    const kinds = seen.events.map(({ kind, offsetMs }) => `${offsetMs / 1000} ${kind}`);
    expect(kinds).toEqual([
      "0 attempt-started",
      "20 attempt-ended",
      "20 retry-due",
      "60 attempt-started",
      "60 attempt-ended",
      "60 acknowledged",
      "65 delivered-late",
    ]);
  });

  test("delivers a duplicate beside the original", async () => {
    const seen = await onReference("duplicate");
    expect(seen.deliveries).toMatchObject([{ outcome: "acknowledged", attempts: { length: 1 }, processed: 1 }]);
    expect(seen.events.map(({ kind }) => kind)).toContain("copy-ended");
  });

  test("catches a dedupe window of ten minutes with the whole schedule, and not with quick duplicates", async () => {
    const quick = await onReference("lost-ack,lost-ack,pass", { dedupeForMs: 600_000 });
    expect(quick.deliveries[0]?.processed).toBe(1);
    const whole = "lost-ack,lost-ack,lost-ack,lost-ack,lost-ack,pass";
    const seen = await onReference(whole, { dedupeForMs: 600_000 });
    expect(seen.deliveries[0]?.processed).toBeGreaterThan(1);
    expect(judge(scenarioOf(whole), seen)).toMatchObject([{ expected: "processed once" }]);
    expect(seen.lines.at(-1)).toMatch(/^NOT AS EXPECTED: expected processed once, got processed \d times$/);
  });

  /** One that can be killed, and answers these one after the other. */
  async function onKillable(script: string, statuses: readonly number[]): Promise<readonly string[]> {
    const left = [...statuses];
    const server = createServer((request, response) => {
      request.resume().once("end", () => response.writeHead(left.shift() ?? 200).end());
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    closings.push(() => server.close());
    const seen = await playOn(
      {
        kind: "process",
        title: "a local process",
        url: parseCallbackUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
        sharesTime: false,
        probe: { name: "the receiver", isOwn: true, count: async () => 1 },
        crash: async () => {},
        close: async () => {},
      },
      virtualClock(),
      scenarioOf(script),
    );
    return seen.lines.filter((line) => /^(NOT )?as expected/i.test(line));
  }

  test("is not blamed for an answer before it is killed", async () => {
    expect(await onKillable("crash:1ms,pass", [200])).toEqual([
      "as expected: acknowledged by attempt 1, processed once",
    ]);
  });

  test("is blamed for what it failed before it was killed", async () => {
    expect(await onKillable("pass,crash:1ms", [500, 200])).toEqual([
      "NOT AS EXPECTED: expected acknowledged by attempt 1, got acknowledged by attempt 2; the receiver itself answered 500 to attempt 1",
    ]);
  });
});
