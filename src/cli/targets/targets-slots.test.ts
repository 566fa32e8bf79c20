import { expect, it } from "vitest";
import { virtualClock, type VirtualClock } from "../../clock/virtual-clock.js";
import { createSlots, type Slot } from "./targets-slots.js";

const forever = new AbortController().signal;

interface Hall {
  readonly clock: VirtualClock;
  readonly inside: Slot[];
}

/** Receivers that are let in one after the other and stay until they are told to leave. */
function hall(limits: { readonly atOnce: number; readonly mostOpen: number }): Hall {
  const clock = virtualClock();
  const slots = createSlots({ ...limits, patienceMs: 1000, clock });
  const inside: Slot[] = [];
  const letIn = async (): Promise<void> => {
    for (let slot = await slots.take(forever); slot !== null; slot = await slots.take(forever)) inside.push(slot);
  };
  void letIn();
  return { clock, inside };
}

it("lets so many in at once, and the next one when one of them leaves", async () => {
  const { clock, inside } = hall({ atOnce: 2, mostOpen: 10 });
  await clock.sleep(10);
  expect(inside).toHaveLength(2);
  inside[0]?.release();
  await clock.sleep(10);
  expect(inside).toHaveLength(3);
});

it("does not count those that keep us waiting, so that ten that hang hold up nobody", async () => {
  const { clock, inside } = hall({ atOnce: 2, mostOpen: 100 });
  await clock.sleep(5500);
  expect(inside).toHaveLength(12);
});

it("bounds how many are open, waiting or not", async () => {
  const { clock, inside } = hall({ atOnce: 2, mostOpen: 5 });
  await clock.sleep(60_000);
  expect(inside).toHaveLength(5);
  inside[0]?.release();
  await clock.sleep(10);
  expect(inside).toHaveLength(6);
});

it("counts one that gives a sign of itself again", async () => {
  const { clock, inside } = hall({ atOnce: 1, mostOpen: 10 });
  await clock.sleep(1500);
  expect(inside).toHaveLength(2);
  inside[0]?.sign();
  inside[1]?.release();
  await clock.sleep(500);
  expect(inside).toHaveLength(2);
  inside[0]?.release();
  await clock.sleep(10);
  expect(inside).toHaveLength(3);
});

it("lets nobody in once it is over, and leaves no timer", async () => {
  const clock = virtualClock();
  const slots = createSlots({ atOnce: 1, mostOpen: 1, patienceMs: 1000, clock });
  const controller = new AbortController();
  const first = await slots.take(controller.signal);
  const second = slots.take(controller.signal);
  controller.abort();
  expect(await second).toBeNull();
  expect(await slots.take(controller.signal)).toBeNull();
  first?.release();
  expect(clock.pendingTimers()).toBe(0);
});
