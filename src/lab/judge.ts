import { timesInWords } from "../contract/figures.js";
import { counted, listed } from "../in-words.js";
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
  // It had answered before it was killed: to be killed afterwards is no fault of it, and that it was over earlier neither.
  const isEarlier = expected.outcome === "abandoned" || actual.attempts < expected.attempts;
  if (isEarlier && actual.outcome === "acknowledged" && delivery.attempts.at(-1)?.token.kind === "crash") return null;
  return { expected: endText(expected), actual: `${endText(actual)}${ownFailures(delivery)}` };
}

/** What it failed itself, told apart from what was done to it: `; the receiver itself answered 500 to attempt 1`. */
function ownFailures({ attempts }: PlayedDelivery): string {
  const failed = attempts.flatMap(({ token, attempt: { number, outcome, response } }) =>
    token.kind !== "receiver" && outcome.kind === "failed" && response !== null && outcome.reason === "status"
      ? [{ number, status: response.status }]
      : [],
  );
  const [first] = failed;
  if (first === undefined) return "";
  const statuses = [...new Set(failed.map(({ status }) => status))].join(" and ");
  const numbers = failed.map(({ number }) => number);
  const which = `attempt${numbers.length === 1 ? "" : "s"} ${listed(numbers.map(String))}`;
  return `; the receiver itself answered ${statuses} to ${which}`;
}

function unmetProcessing(
  expected: number | undefined,
  { processed }: PlayedDelivery,
  { effect, events }: Played,
): Finding {
  if (expected === undefined || processed === null || isAsExpected(processed, expected, effect)) return null;
  const restarts = events.some(({ kind }) => kind === "restarted" || kind === "killed");
  const note = restarts ? "; it was restarted meanwhile" : "";
  return { expected: `processed ${dueText(expected, effect)}`, actual: `processed ${timesInWords(processed)}${note}` };
}

/** Where work may be done again, once too often is no fault. */
const isAsExpected = (processed: number, expected: number, effect: Played["effect"]): boolean =>
  effect === "once" ? processed === expected : expected === 0 ? processed === 0 : processed >= expected;

/** How often work is due: `once`, or `at least once` where once too often is no fault. */
export const dueText = (times: number, effect: Played["effect"]): string =>
  `${effect === "once" || times === 0 ? "" : "at least "}${timesInWords(times)}`;

/** `acknowledged by attempt 2`, `abandoned after 6 attempts`. */
export function endText({ outcome, attempts }: { readonly outcome: string; readonly attempts: number }): string {
  return outcome === "acknowledged"
    ? `acknowledged by attempt ${attempts}`
    : `abandoned after ${counted(attempts, "attempt")}`;
}
