import type { Clock } from "../clock/clock.js";
import { ProbeError } from "../runner/effects-probe.js";
import type { Sender } from "../sender/sender.js";
import type { LabReceiver } from "./lab-receiver.js";

/** Whether the probe can be believed when it says 0. */
export type Control =
  | { readonly kind: "none" }
  | { readonly kind: "counted" }
  /** The reason is a clause. */
  | { readonly kind: "not-counted"; readonly reason: string };

export interface ControlOptions {
  readonly receiver: LabReceiver;
  readonly controlSessionId?: string;
  /** The scenario's. */
  readonly clock: Clock;
  readonly deadlineClock: Clock;
  readonly sender: Sender;
  /** How long an effect is waited for, in milliseconds. */
  readonly settleMs: number;
  /** Keeps the scenario's clock from moving meanwhile. */
  readonly held: (work: () => Promise<void>) => Promise<void>;
  readonly signal?: AbortSignal;
}

const firstPollMs = 25;
const longestPollMs = { wall: 500, shared: 60_000 };

/**
 * Sends the documented callback of a session of its own before the scenario begins, and asks the probe about it: what
 * does not tell of this one tells of none. Where it is not acknowledged there is nothing to tell.
 */
export async function playControl(options: ControlOptions): Promise<Control> {
  const { receiver, controlSessionId: sessionId, sender, held } = options;
  const signal = options.signal ?? new AbortController().signal;
  if (receiver.probe === null || receiver.probe.isOwn === true || sessionId === undefined) return { kind: "none" };
  try {
    const before = await receiver.probe.count(sessionId, signal);
    const { outcome } = await sender.attempt(sender.callback(sessionId), { signal });
    // Whether it has died shows in the scenario's own attempts.
    if (outcome.kind === "failed") await held(async () => receiver.settle?.());
    await held(async () => receiver.heard?.());
    if (outcome.kind !== "acknowledged") return { kind: "none" };
    if (await isCounted(options, sessionId, before, signal)) return { kind: "counted" };
  } catch (error) {
    // Asked again in the end, when it is told.
    if (error instanceof ProbeError) return { kind: "none" };
    throw error;
  }
  const reason = `${receiver.probe.name} did not count a control session that was acknowledged, so either it or the receiver is broken; look what it says of a session that was surely processed, and --settle waits longer`;
  return { kind: "not-counted", reason };
}

async function isCounted(
  { receiver, clock, deadlineClock, settleMs }: ControlOptions,
  sessionId: string,
  before: number,
  signal: AbortSignal,
): Promise<boolean> {
  const longestMs = longestPollMs[receiver.sharesTime ? "shared" : "wall"];
  const now = receiver.sharesTime ? clock : deadlineClock;
  const startedAt = now.now();
  for (let pollMs = firstPollMs; ; pollMs = Math.min(2 * pollMs, longestMs)) {
    if (((await receiver.probe?.count(sessionId, signal)) ?? 0) > before) return true;
    if (now.now() - startedAt >= settleMs) return false;
    await now.sleep(pollMs, signal);
  }
}
