import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { virtualClock, type VirtualClock } from "./virtual-clock.js";

const minutes = (count: number): number => count * 60_000;

let clock: VirtualClock = virtualClock();
afterEach(() => {
  clock.close();
  clock = virtualClock();
});

/** Long enough for an open gate to fire what is due. */
async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; i += 1) await turn();
}

function immediates(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Immediate").length;
}

test("starts at the same moment every time", () => {
  expect(clock.kind).toBe("virtual");
  expect(new Date(clock.now()).toISOString()).toBe("2025-01-01T00:00:00.000Z");
  expect(virtualClock({ startAt: 17 }).now()).toBe(17);
});

test("refuses to start at a moment that is not a whole millisecond", () => {
  expect(() => virtualClock({ startAt: 0.5 })).toThrow(RangeError);
  expect(() => virtualClock({ startAt: Number.NaN })).toThrow("startAt is a whole number of milliseconds");
});

test("passes 53 minutes in no time", async () => {
  const startedAt = clock.now();
  await clock.sleep(minutes(53));
  expect(clock.now() - startedAt).toBe(minutes(53));
});

test("keeps the order set between timers of one moment, however far ahead they were set", async () => {
  const startedAt = clock.now();
  const days = (count: number): number => minutes(count * 24 * 60);
  const fired: string[] = [];
  clock.timer(days(60), () => fired.push("set 60 days ahead"));
  await clock.sleep(days(50));
  clock.timer(days(10), () => fired.push("set 10 days ahead"));
  await clock.sleep(days(10));
  expect(fired).toEqual(["set 60 days ahead", "set 10 days ahead"]);
  expect(clock.now() - startedAt).toBe(days(60));
});

test("fires at once, without moving, what is due now, also when it was set by a timer", async () => {
  const startedAt = clock.now();
  const firedAfter: number[] = [];
  clock.timer(-5, () => {
    firedAfter.push(clock.now() - startedAt);
    clock.timer(0, () => firedAfter.push(clock.now() - startedAt));
  });
  await turns();
  expect(firedAfter).toEqual([0, 0]);
});

test("rounds a fraction of a millisecond up, so that no timer fires early", async () => {
  const startedAt = clock.now();
  await clock.sleep(1e-7);
  await clock.sleep(1.2);
  expect(clock.now() - startedAt).toBe(3);
});

test("does not run backwards for a due time that has passed", async () => {
  const startedAt = clock.now();
  await clock.sleep(-1000);
  expect(clock.now()).toBe(startedAt);
});

test("refuses a delay that is not a number or that never ends", async () => {
  expect(() => clock.timer(Number.NaN, () => {})).toThrow(RangeError);
  await expect(clock.sleep(Number.POSITIVE_INFINITY)).rejects.toThrow("a delay is at most");
  expect(clock.pendingTimers()).toBe(0);
});

test("does not fire a cancelled timer, nor another one set with the same function", async () => {
  const fire = vi.fn<() => void>();
  const first = clock.timer(1, fire);
  clock.timer(1, fire);
  first.cancel();
  first.cancel();
  await turns();
  expect(fire).toHaveBeenCalledTimes(1);
});

test("does not fire a timer that was cancelled by the sleep next to it", async () => {
  const fired: string[] = [];
  const slept = clock.sleep(10).then(() => fired.push("sleep"));
  const timer = clock.timer(10, () => fired.push("timer"));
  void slept.then(() => timer.cancel());
  clock.timer(20, () => fired.push("later"));
  await clock.sleep(30);
  expect(fired).toEqual(["sleep", "later"]);
  expect(clock.pendingTimers()).toBe(0);
});

test("an aborted sleep rejects with the reason and leaves no timer", async () => {
  const hold = clock.hold();
  const controller = new AbortController();
  const sleep = clock.sleep(minutes(1), controller.signal);
  expect(clock.pendingTimers()).toBe(1);
  controller.abort(new Error("interrupted"));
  await expect(sleep).rejects.toThrow("interrupted");
  expect(clock.pendingTimers()).toBe(0);
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow("interrupted");
  hold.release();
});

test("whoever listens is told once of each sleep, and of its end before the sleeper goes on", async () => {
  const seen: string[] = [];
  const listener = (): (() => void) => {
    seen.push("fell asleep");
    return () => seen.push("woke up");
  };
  clock.onSleep(listener);
  clock.onSleep(listener);
  const slept = clock.sleep(minutes(1)).then(() => seen.push("went on"));
  expect(seen).toEqual(["fell asleep"]);
  await slept;
  expect(seen).toEqual(["fell asleep", "woke up", "went on"]);

  const controller = new AbortController();
  const interrupted = clock.sleep(minutes(1), controller.signal);
  controller.abort(new Error("interrupted"));
  await expect(interrupted).rejects.toThrow("interrupted");
  expect(seen.slice(3)).toEqual(["fell asleep", "woke up"]);
});

test("whoever a timer wakes can take a hold before the next timer of the same moment fires", async () => {
  const fired: string[] = [];
  const first = clock.sleep(10).then(async () => {
    fired.push("first");
    const hold = clock.hold();
    await turns();
    fired.push("its I/O");
    hold.release();
  });
  clock.timer(10, () => fired.push("second"));
  await Promise.all([first, clock.sleep(11)]);
  expect(fired).toEqual(["first", "its I/O", "second"]);
});

test("sleeps of one moment that stand next to one another end together, so that their I/O goes side by side", async () => {
  const seen: string[] = [];
  const sleeper = async (name: string): Promise<void> => {
    await clock.sleep(10);
    seen.push(name);
    const hold = clock.hold();
    await turns();
    seen.push(`I/O of ${name}`);
    hold.release();
  };
  const both = [sleeper("first"), sleeper("second")];
  clock.timer(10, () => seen.push("timer"));
  await Promise.all([...both, sleeper("third")]);
  expect(seen).toEqual(["first", "second", "I/O of first", "I/O of second", "timer", "third", "I/O of third"]);
});

test("a hold that was taken and released during the turn makes the clock wait a whole turn again", async () => {
  const events: string[] = [];
  clock.timer(1, () => events.push("fired"));
  const queued = turn().then(() => events.push("a turn after the release"));
  clock.hold().release();
  await queued;
  await turns();
  expect(events).toEqual(["a turn after the release", "fired"]);
});

test("releasing a hold twice gives back only that hold", async () => {
  const [first, second] = [clock.hold(), clock.hold()];
  first.release();
  first.release();
  expect(clock.holdsOut()).toBe(1);
  second.release();
  expect(clock.holdsOut()).toBe(0);
});

test("waits without a handle while a hold is out or nothing is pending", () => {
  const before = immediates();
  const hold = clock.hold();
  const timer = clock.timer(1, () => {});
  expect(immediates()).toBe(before);
  hold.release();
  expect(immediates()).toBe(before + 1);
  clock.hold();
  expect(immediates()).toBe(before);
  timer.cancel();
});

test("a timer that throws is an uncaught exception, and time goes on", async () => {
  const uncaught: unknown[] = [];
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
  onTestFinished(() => process.setUncaughtExceptionCaptureCallback(null));
  const mistake = new Error("thrown by a timer");
  clock.timer(1, () => {
    throw mistake;
  });
  await clock.sleep(1);
  expect(uncaught).toEqual([mistake]);
});

test("a closed clock fires nothing any more and keeps nothing alive", async () => {
  const fire = vi.fn<() => void>();
  const before = immediates();
  clock.timer(1, fire);
  clock.timer(1, fire);
  clock.timer(minutes(1), fire);
  clock.close();
  clock.timer(1, fire);
  expect(clock.pendingTimers()).toBe(0);
  expect(immediates()).toBe(before);
  await turns();
  expect(fire).not.toHaveBeenCalled();
});
