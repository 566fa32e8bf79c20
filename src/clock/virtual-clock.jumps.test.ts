import { expect, test } from "vitest";
import { virtualClock } from "./virtual-clock.js";

test("time would jump to the next timer", async () => {
  const clock = virtualClock({ startAt: 1000 });
  clock.timer(500, () => {});
  const earlier = clock.timer(200, () => {});
  expect(clock.jumpsTo()).toBe(1200);
  earlier.cancel();
  expect(clock.jumpsTo()).toBe(1500);
});

test("time would stay for a timer whose moment has passed", () => {
  const clock = virtualClock({ startAt: 1000 });
  clock.timer(-500, () => {});
  expect(clock.jumpsTo()).toBe(1000);
  clock.close();
});

test("asked by a timer, of a moment with several, time would stay", async () => {
  const clock = virtualClock({ startAt: 1000 });
  const seen: number[] = [];
  clock.timer(100, () => seen.push(clock.jumpsTo()));
  clock.timer(100, () => seen.push(clock.jumpsTo()));
  await clock.sleep(300);
  expect(seen).toEqual([1100, 1300]);
});

test("where nothing is pending, or the speed is limited, time does not jump", () => {
  expect(virtualClock({ startAt: 1000 }).jumpsTo()).toBe(1000);
  const slow = virtualClock({ startAt: 1000, speed: 60 });
  slow.timer(500, () => {});
  expect(slow.jumpsTo()).toBe(1000);
  slow.close();
});
