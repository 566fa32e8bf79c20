import { expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { SessionMemory } from "./session-memory.js";

test("one caller alone claims a session", () => {
  const memory = new SessionMemory(virtualClock(), 1_000);

  expect(memory.claim("a")).toBe(true);
  expect(memory.claim("a")).toBe(false);
  expect(memory.claim("b")).toBe(true);
});

test("a session in progress is never forgotten", async () => {
  const clock = virtualClock();
  const memory = new SessionMemory(clock, 1_000);
  memory.claim("a");

  await clock.sleep(1_000_000);

  expect(memory.claim("a")).toBe(false);
});

test("a session that is done is remembered for so long and no longer", async () => {
  const clock = virtualClock();
  const memory = new SessionMemory(clock, 1_000);
  memory.claim("a");
  memory.done("a");

  await clock.sleep(999);
  expect(memory.claim("a")).toBe(false);
  await clock.sleep(1);
  expect(memory.claim("a")).toBe(true);
});

test("a session that failed can be claimed again", () => {
  const memory = new SessionMemory(virtualClock(), 1_000);
  memory.claim("a");
  memory.release("a");

  expect(memory.claim("a")).toBe(true);
});

test("expired sessions take no memory", async () => {
  const clock = virtualClock();
  const memory = new SessionMemory(clock, 1_000);
  memory.claim("in progress");
  for (let count = 0; count < 1_000; count += 1) {
    memory.claim(`session ${count}`);
    memory.done(`session ${count}`);
    await clock.sleep(100);
  }

  expect(memory.size).toBeLessThanOrEqual(12);
});
