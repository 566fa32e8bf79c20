import type { Played, PlayedDelivery } from "./play.js";
import type { Expectation, Scenario } from "./scenario.js";

/** Where the receiver did otherwise than the scenario expects. */
export interface Unmet {
  readonly expected: string;
  readonly actual: string;
  /** Which session, by its place in the scenario; empty where there is one only. */
  readonly where: string;
}

/** Everything that was expected and did not come; nothing where the scenario's expectation is met. */
export function judge({ deliveries, expect }: Scenario, played: Played): readonly Unmet[] {
  const crashes = played.events.flatMap((event) =>
    event.kind === "crashed" ? [{ expected: "the receiver to stay up", actual: event.text, where: "" }] : [],
  );
  const unmet = played.deliveries.flatMap((delivery, index) => {
    const where = deliveries.length === 1 ? "" : `session ${index + 1}`;
    const found = [
      unmetOutcome(expect.deliveries[index], delivery),
      unmetProcessing(expect.processed[index], delivery, played),
    ];
    return found.flatMap((each) => (each === null ? [] : [{ ...each, where }]));
  });
  return [...crashes, ...unmet];
}

type Finding = Omit<Unmet, "where"> | null;

function unmetOutcome(expected: Expectation["deliveries"][number] | undefined, delivery: PlayedDelivery): Finding {
  if (expected === undefined) return null;
  const actual = { outcome: delivery.outcome, attempts: delivery.attempts.length };
  if (actual.outcome === expected.outcome && actual.attempts === expected.attempts) return null;
  return { expected: endText(expected), actual: endText(actual) };
}

function unmetProcessing(
  expected: number | undefined,
  { processed }: PlayedDelivery,
  { effect, events }: Played,
): Finding {
  if (expected === undefined || processed === null || isAsExpected(processed, expected, effect)) return null;
  const restarts = events.some(({ kind }) => kind === "restarted");
  const note = restarts ? "; it was restarted meanwhile" : "";
  return { expected: `processed ${times(expected)}`, actual: `processed ${times(processed)}${note}` };
}

/** Where work may be done again, once too often is no fault. */
const isAsExpected = (processed: number, expected: number, effect: Played["effect"]): boolean =>
  effect === "once" ? processed === expected : processed >= Math.min(expected, 1) && (expected > 0 || processed === 0);

/** `acknowledged by attempt 2`, `abandoned after 6 attempts`. */
export function endText({ outcome, attempts }: { readonly outcome: string; readonly attempts: number }): string {
  return outcome === "acknowledged"
    ? `acknowledged by attempt ${attempts}`
    : `abandoned after ${attempts} attempt${attempts === 1 ? "" : "s"}`;
}

/** `never`, `once`, `3 times`. */
export function times(count: number): string {
  return count === 0 ? "never" : count === 1 ? "once" : `${count} times`;
}
