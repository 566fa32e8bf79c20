import { expect, onTestFinished } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import {
  createReferenceReceiver,
  type ReceiverLogEntry,
  type ReferenceReceiver,
  type ReferenceReceiverOptions,
} from "./reference-receiver.js";

/** Starts a reference receiver on a virtual clock that starts at 0; it is closed after the test. */
export async function start(options: Partial<ReferenceReceiverOptions> = {}) {
  const log: ReceiverLogEntry[] = [];
  const clock = virtualClock({ startAt: 0 });
  const receiver = createReferenceReceiver({ clock, log: (entry) => log.push(entry), ...options });
  onTestFinished(() => receiver.close());
  const url = await receiver.listen({ port: 0 });
  return { clock, receiver, url, log, port: Number(new URL(url).port) };
}

/** Waits until a session was processed so often. */
export function settled(receiver: ReferenceReceiver, sessionId: string, count = 1): Promise<void> {
  return expect.poll(() => receiver.processed(sessionId), { interval: 1 }).toBe(count);
}
