import { setMaxListeners } from "node:events";
import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { Contract } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import type { Header } from "../sender/attempt.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { createSender } from "../sender/sender.js";
import { playControl } from "./control.js";
import { ProcessedCounter } from "./processed-counts.js";
import { elapsedOn, type Elapsed } from "./elapsed.js";
import { orderedEvents } from "./event-order.js";
import type { EventOf, LabEvent, LabListener } from "./events.js";
import type { LabReceiver, ReceiverEvent } from "./lab-receiver.js";
import { playDelivery, type DeliveredSession, type PlayContext } from "./play-delivery.js";
import type { ReceiverEvents } from "./receiver-events.js";
import { sessionsFor, type Scenario } from "./scenario.js";
import { createStage } from "./stage.js";

export interface PlayOptions {
  readonly scenario: Scenario;
  readonly receiver: LabReceiver;
  /** What the receiver does of itself. */
  readonly receiverEvents?: ReceiverEvents;
  /** Of the schedule; on it the receiver lives too, where it shares time. */
  readonly clock: Clock;
  /** The session of each delivery. */
  readonly sessionIds: readonly string[];
  /** Custom headers as configured with the webhook. */
  readonly headers?: readonly Header[];
  /** A captured request to send in place of the documented one. */
  readonly template?: CallbackTemplate;
  /** @default the contract of batch jobs */
  readonly contract?: Contract;
  /** What bodies are signed with, where the contract has them signed. @default none */
  readonly secret?: string;
  /**
   * A session to try the probe with first, where it is not the app's own: a count that says 0 is believed of a probe that
   * has told of this one. @default none
   */
  readonly controlSessionId?: string;
  /** The scenario's time is that of the wall. @default false */
  readonly isReal?: boolean;
  /** How long work may go on after the last attempt, in milliseconds: on the clock that the receiver lives on. */
  readonly settleMs: number;
  readonly on?: LabListener;
  /** Told of what is waited for longer than a second of wall time. */
  readonly waits?: (what: string) => void;
  readonly signal?: AbortSignal;
}

export interface PlayedDelivery extends DeliveredSession {
  /** How often the session was really processed; null where nothing tells. */
  readonly processed: number | null;
}

/** What came of a scenario. */
export interface Played {
  readonly deliveries: readonly PlayedDelivery[];
  /** In the order of the timeline. */
  readonly events: readonly LabEvent[];
  /** How often a session has to be processed where once is expected. */
  readonly effect: Contract["effect"];
  /** Why effects were not seen; null where they were. */
  readonly effectsUnseen: string | null;
  readonly elapsed: Elapsed;
  /** What limits what was seen: a clock that does not follow, effects that were not waited for longer. */
  readonly caveats: readonly string[];
}

/** Plays a scenario on a receiver, and closes neither it nor the clock. Rejects only when the signal aborts. */
export async function play(options: PlayOptions): Promise<Played> {
  const { scenario, receiver, clock, contract = defaults.contract, signal, on = () => {} } = options;
  const sessionIds = sessionsFor(scenario, (index) => options.sessionIds[index] ?? "");
  // Everything under way listens to it, and there may be many sessions.
  if (signal) setMaxListeners(0, signal);
  const deadlineClock = receiver.sharesTime ? clock : systemClock;
  const sends = {
    contract,
    headers: options.headers ?? [],
    ...(options.secret !== undefined && { secret: options.secret }),
    ...(options.template && { template: options.template }),
  };
  const sender = createSender({ ...sends, url: receiver.url, deadlineClock, clock, network: receiver.network ?? {} });
  const other =
    receiver.other === undefined
      ? null
      : createSender({ ...sends, url: receiver.other, deadlineClock, clock, network: receiver.network ?? {} });
  const stage = await createStage(clock, contract);
  const gateway = createSender({ ...sends, url: parseCallbackUrl(stage.origin), deadlineClock: clock, clock });
  const held = heldOn(clock);
  let notBrought: { readonly error: unknown } | null = null;
  if (receiver.travelTo !== undefined) {
    receiver.takesAlong?.(async (now) => {
      try {
        await held(async () => receiver.travelTo?.(now));
      } catch (error) {
        notBrought ??= { error };
      }
    });
  }
  // What it does of itself because of the control is no part of the scenario, but that it died.
  const early: ReceiverEvent[] = [];
  // Nor is what a process prints as it starts, which may come sooner or later.
  let take = (event: ReceiverEvent): void => void ((receiver.sharesTime || isTold(event)) && early.push(event));
  const unlisten = options.receiverEvents?.listen((event) => take(event));
  take = (event) => void (isTold(event) && early.push(event));
  const close = async (): Promise<void> => {
    unlisten?.();
    await Promise.all([sender.close(), gateway.close(), other?.close()]);
    await stage.close();
  };
  const control = await playControl({ ...options, sender, deadlineClock, held }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const startedAt = clock.now();
  const order = orderedEvents(clock, startedAt, on);
  const underway: Promise<void>[] = [];
  const effects = new ProcessedCounter({ ...options, sessionIds, deadlineClock, held, control });
  const context: PlayContext = {
    contract,
    clock,
    deadlineClock,
    receiver,
    sender,
    gateway: { stage, sender: gateway },
    tell: (event) => order.add({ ...event, offsetMs: clock.now() - startedAt }),
    held,
    restart: () => held(() => effects.across(async () => receiver.restart?.())),
    crash: () => held(() => effects.across(async () => receiver.crash?.(), countBeforeCrashMs)),
    other,
    later: (work) => underway.push(work),
    ...(signal && { signal }),
  };
  take = (event) => order.add({ ...eventOf(event, sessionIds), offsetMs: Math.max(0, event.at - startedAt) });
  for (const event of early) take(event);
  try {
    const delivered = await Promise.all(
      scenario.deliveries.map((planned, index) => playDelivery(context, sessionIds[index] ?? "", planned, index)),
    );
    await Promise.all(underway);
    const { counts, unseen, awaited } = await effects.end();
    if (notBrought !== null) throw (notBrought as { readonly error: unknown }).error;
    const elapsed = elapsedOn(receiver, delivered, options.isReal === true);
    return {
      deliveries: delivered.map((each, index) => ({ ...each, processed: counts?.[index] ?? null })),
      events: order.end(),
      effect: contract.effect,
      effectsUnseen: unseen,
      elapsed,
      caveats: [...(receiver.caveats?.() ?? []), ...elapsed.caveats, ...(awaited ? [] : [waited(options.settleMs)])],
    };
  } finally {
    order.end();
    await close();
  }
}

/** A receiver that is at work may not answer the probe, and is killed at its time all the same. In milliseconds. */
const countBeforeCrashMs = 250;

const waited = (settleMs: number): string =>
  `what the receiver does with a session was waited for ${settleMs / 1000} s after the last attempt; --settle waits longer`;

/** Also where it comes of the control. */
const isTold = ({ kind }: ReceiverEvent): boolean => kind === "crashed" || kind === "companion-ended";

function eventOf(event: ReceiverEvent, sessionIds: readonly string[]): EventOf<LabEvent> {
  switch (event.kind) {
    case "printed":
    case "crashed":
    case "companion-ended":
      return { kind: event.kind, text: event.text };
    case "answered-late": {
      const { kind, arrival, status } = event;
      const delivery = sessionIds.indexOf(event.sessionId);
      return { kind, delivery: delivery < 0 ? null : delivery, arrival, status };
    }
  }
}

/** Runs work one after the other, while the clock stands still. */
function heldOn(clock: Clock): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return async (work) => {
    const hold = clock.hold();
    const next = last.then(work);
    last = next.catch(() => {});
    try {
      await next;
    } finally {
      hold.release();
    }
  };
}
