import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import type { Attempt } from "../sender/attempt.js";
import { deliver, type DeliveryEvent } from "../sender/delivery.js";
import type { Sender } from "../sender/sender.js";
import type { EventOf, LabEvent } from "./events.js";
import type { LabReceiver } from "./lab-receiver.js";
import { arrivesWhole } from "./leads-to.js";
import { playAttempt, type Way } from "./play-attempt.js";
import { passes, type PlannedDelivery, type Token } from "./scenario.js";
import type { Stage } from "./stage.js";

export interface PlayedAttempt {
  readonly token: Token;
  readonly attempt: Attempt;
}

export interface DeliveredSession {
  readonly sessionId: string;
  readonly outcome: "acknowledged" | "abandoned";
  readonly attempts: readonly PlayedAttempt[];
}

/** What all deliveries of a scenario share. */
export interface PlayContext {
  readonly contract: Contract;
  /** The scenario's. */
  readonly clock: Clock;
  readonly deadlineClock: Clock;
  readonly receiver: LabReceiver;
  readonly sender: Sender;
  /** Stands in front of the receiver, and is reached by a sender of its own. */
  readonly gateway: { readonly stage: Stage; readonly sender: Sender };
  readonly tell: (event: EventOf<LabEvent>) => void;
  /** Runs work while the scenario's clock stands still, one after the other. */
  readonly held: (work: () => Promise<void>) => Promise<void>;
  /** Starts the receiver anew, while the scenario's clock stands still. */
  readonly restart: () => Promise<void>;
  /** Kills the receiver and starts it again, while the scenario's clock stands still. */
  readonly crash: () => Promise<void>;
  /** Reaches another instance of the receiver; null where there is none. */
  readonly other: Sender | null;
  /** Work that the scenario is to wait for in the end. */
  readonly later: (work: Promise<void>) => void;
  readonly signal?: AbortSignal;
}

/** Delivers one session's callback on the documented schedule, each attempt meeting with what its token says. */
export async function playDelivery(
  context: PlayContext,
  sessionId: string,
  planned: PlannedDelivery,
  delivery: number,
): Promise<DeliveredSession> {
  const { contract, clock, receiver, sender, tell, held, signal } = context;
  const request = sender.callback(sessionId);
  const way = wayOf(context, sessionId, delivery);
  const attempts: PlayedAttempt[] = [];
  if (planned.startsAtMs > 0) await clock.sleep(planned.startsAtMs, signal);
  const restartBefore = async (number: number): Promise<void> => {
    if (planned.script[number - 1]?.kind !== "restart") return;
    await context.restart();
    tell({ kind: "restarted", delivery, number });
  };
  await restartBefore(1);
  const { kind } = await deliver({
    contract,
    clock,
    sessionId,
    retryDelayFrom: contract.retry.delayFrom,
    async attempt(number, offsetMs) {
      const token = planned.script[number - 1] ?? passes;
      if (receiver.travelTo !== undefined) await held(async () => receiver.travelTo?.(clock.now()));
      tell({ kind: "attempt-started", delivery, number, token });
      const ended = arrivesWhole(token) ? receiver.attempt?.() : undefined;
      const attempt = await playAttempt(token, request, { number, offsetMs, ...(signal && { signal }) }, way);
      ended?.();
      if (token.kind !== "receiver") await afterwards(attempt, context);
      attempts.push({ token, attempt });
      tell({ kind: "attempt-ended", delivery, attempt, token });
      // A deployment waits for no work that is under way.
      if (attempt.outcome.kind === "failed") await restartBefore(number + 1);
      return attempt;
    },
    emit: (event) => tellOf(event, planned, delivery, tell),
    ...(signal && { signal }),
  });
  return { sessionId, outcome: kind === "acknowledged" ? "acknowledged" : "abandoned", attempts };
}

/** Whether the receiver has died just now, what it said, and whether its clock really follows, shows right after an attempt. */
async function afterwards({ outcome, response }: Attempt, { receiver, clock, held }: PlayContext): Promise<void> {
  if (response === null && outcome.kind === "failed" && outcome.reason !== "timeout") {
    await held(async () => receiver.settle?.());
  }
  if (receiver.heard !== undefined) await held(async () => receiver.heard?.());
  const date = response?.headers.find(([name]) => name.toLowerCase() === "date")?.[1];
  if (date !== undefined) receiver.assertFollows?.(date, clock.now());
}

function wayOf(context: PlayContext, sessionId: string, delivery: number): Way {
  const { contract, receiver, gateway, tell } = context;
  return {
    clock: context.clock,
    deadlineClock: context.deadlineClock,
    deadlineMs: contract.response.deadlineMs,
    url: receiver.url,
    sender: context.sender,
    async answerInstead(step, request, options) {
      gateway.stage.meet(sessionId, step);
      return gateway.sender.attempt(request, options);
    },
    other: context.other,
    async crash(answered) {
      await context.crash();
      tell({ kind: "killed", delivery, answered });
    },
    // What fails here is an abort, which the attempt itself tells of.
    later: (work) => context.later(work.catch(() => {})),
    copyEnded: (attempt) => tell({ kind: "copy-ended", delivery, attempt }),
    deliveredLate: (attempt) => tell({ kind: "delivered-late", delivery, attempt }),
  };
}

/** What the schedule tells, of the scenario's time in place of the delivery's. */
function tellOf(event: DeliveryEvent, planned: PlannedDelivery, delivery: number, tell: PlayContext["tell"]): void {
  switch (event.kind) {
    case "attempt-started":
    case "attempt-ended":
      return;
    case "retry-due": {
      const { number, delayMs, dueOffsetMs } = event;
      return tell({ kind: "retry-due", delivery, number, delayMs, dueMs: planned.startsAtMs + dueOffsetMs });
    }
    case "acknowledged":
      return tell({ kind: "acknowledged", delivery, attempts: event.attempt.number });
    case "abandoned":
      return tell({ kind: "abandoned", delivery, attempts: event.attempts });
  }
}
