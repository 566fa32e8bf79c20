import { afterEach, expect, test } from "vitest";
import type { Hold } from "./clock.js";
import { virtualClock, type VirtualClock } from "./virtual-clock.js";

const port = 40_000;

let clock: VirtualClock = virtualClock();
afterEach(() => {
  clock.close();
  clock = virtualClock();
});

function boundHold(): Hold {
  const hold = clock.hold();
  hold.bind(port);
  return hold;
}

test("a hold that is lent lets time move until it is taken back", async () => {
  boundHold();
  const lent = clock.lend(port);
  await clock.sleep(1000);
  expect(clock.holdsOut()).toBe(0);
  lent.takeBack();
  expect(clock.holdsOut()).toBe(1);
});

test("a hold is taken back once, and not after its release", () => {
  const hold = boundHold();
  const [one, two] = [clock.lend(port), clock.lend(port)];
  one.takeBack();
  one.takeBack();
  expect(clock.holdsOut()).toBe(0);
  hold.release();
  two.takeBack();
  expect(clock.holdsOut()).toBe(0);
});

test("where no hold is bound there is nothing to lend", () => {
  const other = clock.hold();
  clock.lend(port).takeBack();
  expect(clock.holdsOut()).toBe(1);
  other.release();
});
