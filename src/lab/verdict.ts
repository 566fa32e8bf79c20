import { arrivesAfterMs } from "./leads-to.js";
import { judge, type Unmet } from "./judge.js";
import type { ReceiverKind } from "./lab-receiver.js";
import type { Played, PlayedDelivery } from "./play.js";
import type { Scenario } from "./scenario.js";

/** What a scenario says about the receiver: nothing is as expected that was not seen. */
export type ScenarioVerdict =
  | { readonly kind: "as-expected" }
  | { readonly kind: "not-as-expected"; readonly unmet: readonly Unmet[] }
  /** What it rests on was not seen: a sentence on each, and on what would show it. */
  | { readonly kind: "inconclusive"; readonly reasons: readonly string[] };

/**
 * How time can be made to pass on the receiver's side, by the front end that is asked: on the receiver itself, or, where it
 * is moved, on what it keeps time by.
 */
export type HowToMove = (kind: ReceiverKind, isMoved: boolean) => string;

const advance = "--advance-command 'cmd {seconds}' moves whatever it keeps time by";

/** On the command line. */
export const howToMoveByOptions: HowToMove = (kind, isMoved) =>
  [
    ...(kind === "process" && !isMoved ? ["--time-travel moves the receiver"] : []),
    ...(isMoved ? [`--time-travel --with 'cmd' starts what it needs and moves that along`] : []),
    advance,
    "--real-time lets the time pass",
  ].join(", ");

export function verdictOf(
  scenario: Scenario,
  played: Played,
  kind: ReceiverKind,
  howToMove: HowToMove,
): ScenarioVerdict {
  const { elapsed } = played;
  const unmet = judge(scenario, played);
  const notObservable =
    elapsed.unseen === null ? [] : [`not observable: ${elapsed.unseen}; ${howToMove(kind, elapsed.isMoved)}`];
  const ended = played.events.flatMap((event) => (event.kind === "companion-ended" ? [event.text] : []));
  if (ended.length > 0) {
    return { kind: "inconclusive", reasons: ended.map((text) => `what the receiver needs was not there: ${text}`) };
  }
  if (unmet.length > 0) {
    const busy = whyBusy(played, unmet);
    if (busy === null) return { kind: "not-as-expected", unmet };
    return { kind: "inconclusive", reasons: [`${busy}; ${howToMove(kind, elapsed.isMoved)}`] };
  }
  const reasons = [
    // The embedded one does no work.
    ...(kind === "embedded" ? [] : unseenOf(played)),
    ...notObservable,
  ];
  return reasons.length === 0 ? { kind: "as-expected" } : { kind: "inconclusive", reasons };
}

/** What of the receiver was not seen, that it takes to say anything about it; a sentence each. */
function unseenOf({ deliveries, effectsUnseen }: Played): readonly string[] {
  const arrived = deliveries.some(({ attempts }) => attempts.some(({ token }) => arrivesAfterMs(token) !== null));
  if (effectsUnseen !== null) {
    const because = arrived
      ? "an acknowledgement alone does not show that the work was done"
      : "no attempt gets to the receiver, and nothing tells what it did meanwhile";
    return [`${because}: ${effectsUnseen}`];
  }
  const isAcknowledged = deliveries.some(({ outcome }) => outcome === "acknowledged");
  return arrived || !isAcknowledged
    ? []
    : ["no attempt gets to the receiver, and a gateway acknowledges in its stead: the word pass delivers one"];
}

/** Says that somebody else has it in hand, or to come again later. */
const busyStatuses = new Set([409, 423, 425, 429, 503]);

/**
 * A lock or a lease that is still held may have run out, had time passed on its side. Null where what went wrong is not
 * of that kind.
 */
function whyBusy({ deliveries, elapsed: { stood } }: Played, unmet: readonly Unmet[]): string | null {
  if (stood.length === 0 || unmet.some(({ expected }) => expected === "the receiver to stay up")) return null;
  const wrong = deliveries.filter((_, index) =>
    unmet.some(({ where }) => where === "" || where === `session ${index + 1}`),
  );
  if (!wrong.every(endsBusy)) return null;
  return `the receiver answered again and again that it was busy, which may come of ${stood.join(", ")}: its time did not move, so nothing that it keeps for a while ran out`;
}

function endsBusy({ outcome, attempts, processed }: PlayedDelivery): boolean {
  const arrived = attempts.filter(({ token }) => arrivesAfterMs(token) !== null);
  const later = arrived.slice(1).map(({ attempt }) => attempt.response?.status ?? null);
  const isBusy = (status: number | null): boolean => status !== null && busyStatuses.has(status);
  // Processed twice is no matter of a lock that was not let go.
  return (
    (processed ?? 0) <= 1 &&
    later.some(isBusy) &&
    (outcome === "abandoned" || later.slice(0, -1).every((status) => isBusy(status)))
  );
}
