import type { AttemptFacts, PlayedFacts } from "../played-facts.js";

export const verdictWords: Readonly<Record<PlayedFacts["verdict"], string>> = {
  "as-expected": "As expected",
  "not-as-expected": "Not as expected",
  inconclusive: "Inconclusive",
};

const order = ["not-as-expected", "inconclusive", "as-expected"] as const;

/** What a reader has come for stands first. */
export const worstFirst = (scenarios: readonly PlayedFacts[]): readonly PlayedFacts[] =>
  order.flatMap((verdict) => scenarios.filter((each) => each.verdict === verdict));

/** `2 not as expected, 1 inconclusive`, the worst first. */
export function countedVerdicts(scenarios: readonly PlayedFacts[]): string {
  return order
    .flatMap((verdict) => {
      const count = scenarios.filter((each) => each.verdict === verdict).length;
      return count === 0 ? [] : [`${count} ${verdictWords[verdict].toLowerCase()}`];
    })
    .join(", ");
}

/** `200 OK`, `no answer (timeout)`. */
export function cameBack({ outcome, response }: AttemptFacts): string {
  if (response !== null) return `${response.status} ${response.statusText}`.trim();
  return `no answer${outcome.kind === "failed" ? ` (${outcome.reason})` : ""}`;
}
