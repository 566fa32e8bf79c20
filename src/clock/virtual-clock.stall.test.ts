import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { virtualClock, type VirtualClock } from "./virtual-clock.js";

const port = 40_000;

let clock: VirtualClock = virtualClock();
afterEach(() => {
  clock.close();
  clock = virtualClock();
});

async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; i += 1) await turn();
}

function boundHold(): ReturnType<VirtualClock["hold"]> {
  const hold = clock.hold();
  hold.bind(port);
  return hold;
}

test("time moves while a stall gives the hold back, and stands again afterwards", async () => {
  const startedAt = clock.now();
  boundHold();
  const stall = clock.stall(port, 3000);
  expect(clock.holdsOut()).toBe(0);
  await stall;
  expect(clock.now() - startedAt).toBe(3000);
  expect(clock.holdsOut()).toBe(1);
});

test("a deadline set before a stall that ends at the same moment fires first", async () => {
  const fired: string[] = [];
  const hold = boundHold();
  clock.timer(20_000, () => {
    fired.push("deadline");
    hold.release();
  });
  await clock.stall(port, 20_000);
  fired.push("stall");
  expect(fired).toEqual(["deadline", "stall"]);
});

test("a stall outlives the attempt that was released meanwhile, and holds nothing afterwards", async () => {
  const startedAt = clock.now();
  const hold = boundHold();
  clock.timer(20_000, () => hold.release());
  await clock.stall(port, 25_000);
  expect(clock.now() - startedAt).toBe(25_000);
  expect(clock.holdsOut()).toBe(0);
});

test("one hold can be stalled again and again", async () => {
  const startedAt = clock.now();
  boundHold();
  for (let count = 1; count <= 3; count += 1) {
    await clock.stall(port, 1000);
    expect(clock.now() - startedAt).toBe(count * 1000);
    expect(clock.holdsOut()).toBe(1);
  }
});

test("of overlapping stalls the last to end takes the hold again", async () => {
  boundHold();
  const long = clock.stall(port, 2000);
  await clock.stall(port, 1000);
  expect(clock.holdsOut()).toBe(0);
  await long;
  expect(clock.holdsOut()).toBe(1);
});

test("a stall leaves the holds of other connections out", async () => {
  const other = clock.hold();
  boundHold();
  let ended = false;
  const stall = clock.stall(port, 1000).then(() => (ended = true));
  await turns();
  expect(ended).toBe(false);
  other.release();
  await stall;
  expect(ended).toBe(true);
});

test("an aborted stall rejects with the reason and takes the hold again", async () => {
  boundHold();
  const controller = new AbortController();
  const stall = clock.stall(port, 1000, controller.signal);
  controller.abort(new Error("closed"));
  await expect(stall).rejects.toThrow("closed");
  expect(clock.holdsOut()).toBe(1);
  expect(clock.pendingTimers()).toBe(0);
});

test("a stall on a port that no hold is bound to is refused", async () => {
  clock.hold();
  await expect(clock.stall(port, 1)).rejects.toThrow(`cannot stall on port ${port}: no hold is bound to it`);
});

test("a stall waits a turn for its hold to be bound", async () => {
  const hold = clock.hold();
  const stall = clock.stall(port, 1000);
  hold.bind(port);
  await stall;
  expect(clock.holdsOut()).toBe(1);
});

test("a released hold leaves its port to the next one, and cannot be bound again", async () => {
  const first = boundHold();
  first.release();
  await expect(clock.stall(port, 1)).rejects.toThrow("no hold is bound");
  const second = boundHold();
  first.bind(port);
  first.release();
  const stall = clock.stall(port, 1000);
  expect(clock.holdsOut()).toBe(0);
  await stall;
  expect(clock.holdsOut()).toBe(1);
  second.release();
  expect(clock.holdsOut()).toBe(0);
});

test("a hold that waits for several connections leaves the port of each when it is released", async () => {
  const hold = boundHold();
  hold.bind(port + 1);
  const stall = clock.stall(port + 1, 1000);
  expect(clock.holdsOut()).toBe(0);
  await stall;
  hold.release();
  await expect(clock.stall(port, 1)).rejects.toThrow("no hold is bound");
  await expect(clock.stall(port + 1, 1)).rejects.toThrow("no hold is bound");
});

test("a late stall of an ended attempt does not touch the hold that has its port now", async () => {
  const first = boundHold();
  const late = clock.stall(port, 1000);
  first.release();
  boundHold();
  expect(clock.holdsOut()).toBe(1);
  const current = clock.stall(port, 1000);
  await late;
  expect(clock.holdsOut()).toBe(0);
  await current;
  expect(clock.holdsOut()).toBe(1);
});

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
