import { expect, test } from "vitest";
import { turnOfLoop } from "./turn.js";

test("whatever was to run in this turn has run after it", async () => {
  const ran: string[] = [];
  setImmediate(() => ran.push("immediate"));
  process.nextTick(() => ran.push("tick"));
  await turnOfLoop();
  expect(ran).toEqual(["tick", "immediate"]);
});
