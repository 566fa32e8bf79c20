import { getEventListeners } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "./system-clock.js";

afterEach(() => {
  vi.useRealTimers();
});

test("tells the time of day", () => {
  expect(systemClock.kind).toBe("system");
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
});

test("never runs backwards", () => {
  const readings = Array.from({ length: 1000 }, () => systemClock.now());
  expect(readings.toSorted((a, b) => a - b)).toEqual(readings);
});

test("asks for one millisecond more, since Node's timers fire up to one early", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const fire = vi.fn<() => void>();
  systemClock.timer(20_000, fire);
  vi.advanceTimersByTime(20_000);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fire).toHaveBeenCalledTimes(1);
});

test("fires timers of equal delay in the order set", async () => {
  const fired: number[] = [];
  for (let i = 0; i < 10; i += 1) systemClock.timer(1, () => fired.push(i));
  await systemClock.sleep(1);
  expect(fired).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("waits out a delay that is longer than Node's longest timeout", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const fire = vi.fn<() => void>();
  systemClock.timer(5_000_000_000, fire);
  vi.advanceTimersByTime(4_999_999_999);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(fire).toHaveBeenCalledTimes(1);
});

test("cancels a timer of several steps in any of them", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const fire = vi.fn<() => void>();
  const timer = systemClock.timer(5_000_000_000, fire);
  vi.advanceTimersByTime(3_000_000_000);
  timer.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

test("a due time that has passed is due at once", async () => {
  await expect(systemClock.sleep(-1000)).resolves.toBeUndefined();
});

test("refuses a delay that is not a number or that never ends", async () => {
  expect(() => systemClock.timer(Number.NaN, () => {})).toThrow(RangeError);
  await expect(systemClock.sleep(Number.POSITIVE_INFINITY)).rejects.toThrow("a delay is at most");
  const longest = systemClock.timer(8.64e15, () => {});
  longest.cancel();
});

test("a signal that outlives many sleeps keeps none of their listeners", async () => {
  const { signal } = new AbortController();
  await Promise.all([systemClock.sleep(0, signal), systemClock.sleep(1, signal)]);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("an aborted sleep rejects with the reason and leaves no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const controller = new AbortController();
  const sleep = systemClock.sleep(1000, controller.signal);
  controller.abort(new Error("interrupted"));
  await expect(sleep).rejects.toThrow("interrupted");
  expect(vi.getTimerCount()).toBe(0);
});

test("cannot be held: a stall needs no hold and simply sleeps", async () => {
  const hold = systemClock.hold();
  hold.bind(1);
  await expect(systemClock.stall(2, 0)).resolves.toBeUndefined();
  hold.release();
});
