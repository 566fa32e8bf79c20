import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { batch } from "../contract/batch.js";
import { createSender } from "../sender/sender.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { shareTime } from "./play-scenario-clock.js";

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

test("what a handler waits for beside the clock is cut off when the deadline has passed in wall time", async () => {
  const clock = virtualClock();
  closings.push(() => clock.close());
  const contract = { ...batch, response: { ...batch.response, deadlineMs: 30 } };
  const neverAnswers: RequestListener = () => {};
  const server = createServer(neverAnswers).listen(0, "127.0.0.1");
  shareTime(server, clock, contract.response.deadlineMs);
  await once(server, "listening");
  closings.push(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  const sender = createSender({ url, contract, clock, deadlineClock: clock });
  const { outcome, timings } = await sender.attempt(sender.callback("session-1"));
  expect(outcome).toMatchObject({ kind: "failed", reason: "timeout" });
  expect(timings.endMs).toBe(30);
  expect(clock.holdsOut()).toBe(0);
});

test("sleeps of whoever answers nothing are sleeps as ever", async () => {
  const clock = virtualClock({ startAt: 0 });
  closings.push(() => clock.close());
  await clock.sleep(60_000);
  expect(clock.now()).toBe(60_000);
});
