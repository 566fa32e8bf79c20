import { expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { UsageError } from "../errors.js";
import { createSender } from "../sender/sender.js";
import { receiverFromWords } from "./receiver-from-words.js";

test("a script in words is met attempt by attempt", async () => {
  const clock = virtualClock();
  const receiver = await receiverFromWords({ script: "503, timeout, 204", clock });
  const sender = createSender({ url: receiver.url, clock, deadlineClock: clock });
  const { attempts } = await sender.deliver({ sessionId: "session-1" });
  expect(attempts.map(({ outcome }) => outcome)).toMatchObject([
    { reason: "status", code: "503" },
    { reason: "timeout" },
    { kind: "acknowledged", status: 204 },
  ]);
  await sender.close();
  await receiver.close();
  clock.close();
});

test("a script with a mistake is refused in one sentence that points at it", async () => {
  const refusal = receiverFromWords({ script: "503,tiemout" });
  await expect(refusal).rejects.toThrow(
    /^script, column 5: expected .* as word 2, got "tiemout"; did you mean timeout\?$/,
  );
  await expect(refusal).rejects.toBeInstanceOf(UsageError);
});
