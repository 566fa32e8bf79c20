import { expect, onTestFinished, test } from "vitest";
import { virtualClock, type VirtualClock } from "./virtual-clock.js";

function clockOf(speed: number): VirtualClock {
  const clock = virtualClock({ speed });
  onTestFinished(() => clock.close());
  return clock;
}

// Wall time is asserted from below alone: a busy machine only makes it longer.
const elapsed = (since: number): number => performance.now() - since;

test("on a clock of limited speed, a sleep takes its share of wall time", async () => {
  const startedAt = performance.now();
  const clock = clockOf(100);
  const began = clock.now();
  await clock.sleep(5000);
  expect(clock.now() - began).toBe(5000);
  expect(elapsed(startedAt)).toBeGreaterThan(45);
});

test("a timer that is set during the rest, and is due earlier, fires first", async () => {
  const clock = clockOf(1000);
  const fired: string[] = [];
  // A minute of the wall, before which even a busy machine has come to the other.
  void clock.sleep(60_000_000).then(() => fired.push("late"));
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  await clock.sleep(1000).then(() => fired.push("early"));
  expect(fired).toEqual(["early"]);
});

test("a hold that is taken during the rest keeps time from moving", async () => {
  const clock = clockOf(1000);
  const began = clock.now();
  // A third of a second of the wall, long for what comes before the hold.
  const slept = clock.sleep(300_000);
  await new Promise((resolve) => setTimeout(resolve, 2));
  const hold = clock.hold();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(clock.now()).toBe(began);
  hold.release();
  await slept;
  expect(clock.now() - began).toBe(300_000);
});

test("each of several sleeps takes its share, however much time has passed before", async () => {
  const startedAt = performance.now();
  const clock = clockOf(100);
  for (let times = 0; times < 3; times += 1) await clock.sleep(2000);
  expect(elapsed(startedAt)).toBeGreaterThan(55);
});

test("closing leaves nothing of a rest that was cut short by an earlier timer", async () => {
  const timeouts = (): number => process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
  const before = timeouts();
  const clock = clockOf(1);
  for (const ms of [60_000, 50_000]) {
    clock.timer(ms, () => {});
    for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(timeouts()).toBe(before + 1);
  clock.close();
  expect(timeouts()).toBe(before);
});

test("closing ends the rest", () => {
  const clock = clockOf(1);
  void clock.sleep(60_000);
  clock.close();
  expect(clock.pendingTimers()).toBe(0);
});

test("a speed that is none is refused", () => {
  expect(() => virtualClock({ speed: 0 })).toThrow("speed is a number above zero, got 0");
});
