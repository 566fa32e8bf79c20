import { bytesToText, capText } from "../report/evidence.js";
import type { Attempt, FailureReason } from "../sender/attempt.js";
import type { LabReceiver } from "./lab-receiver.js";
import type { Played } from "./play.js";
import type { PlayedAttempt } from "./play-delivery.js";
import type { Scenario } from "./scenario.js";
import { howToMoveByOptions, verdictOf } from "./verdict.js";

const ownNames = new Set([
  "schemaVersion",
  "name",
  "kind",
  "verdict",
  "token",
  "phase",
  "code",
  "bodyEnd",
  "startedAt",
  "sessionId",
  "attempts",
]);
const reasons = new Set<string>([
  "status",
  "timeout",
  "connect",
  "reset",
  "tls",
  "dns",
  "protocol",
] satisfies FailureReason[]);

/** Whether a text among the facts is of our own vocabulary, by the name that it stands under. */
export const isOwnWord = (name: string, text: string): boolean =>
  ownNames.has(name) || (name === "reason" && reasons.has(text));

const mostBodyBytes = 8 * 1024;

/** What came of a scenario, for a program: fields are only ever added. Nothing in it is redacted yet. */
export function playedFacts(scenario: Scenario, receiver: LabReceiver, played: Played) {
  const verdict = verdictOf(scenario, played, receiver.kind, howToMoveByOptions);
  return {
    schemaVersion: "1.0",
    scenario: {
      name: scenario.name,
      title: scenario.title,
      incident: scenario.incident,
      deliveries: scenario.deliveries.map(({ startsAtMs, script }) => ({
        startsAtMs,
        attempts: script.map(({ text }) => text),
      })),
    },
    receiver: { kind: receiver.kind, title: receiver.title },
    deliveries: played.deliveries.map(({ sessionId, outcome, attempts, processed }) => ({
      sessionId,
      outcome,
      processed,
      attempts: attempts.map((each) => attemptFacts(each, receiver.sharesTime)),
    })),
    receiverEvents: played.events.flatMap((event) =>
      event.kind === "printed" ||
      event.kind === "answered-late" ||
      event.kind === "crashed" ||
      event.kind === "companion-ended"
        ? [event]
        : [],
    ),
    caveats: played.caveats,
    effects: { seen: played.effectsUnseen === null, reason: played.effectsUnseen },
    verdict: verdict.kind,
    expectation: {
      met: verdict.kind === "as-expected",
      expected: scenario.expect,
      unmet: verdict.kind === "not-as-expected" ? verdict.unmet : [],
      unseen: verdict.kind === "inconclusive" ? verdict.reasons : [],
    },
  };
}

function attemptFacts({ token, attempt }: PlayedAttempt, sharesTime: boolean) {
  const { number, offsetMs, outcome, timings } = attempt;
  return {
    number,
    token: token.text,
    /** Milliseconds since the delivery started. */
    offsetMs,
    /** On the scenario's clock; null where the attempt went by wall time, which differs from run to run. */
    durationMs: sharesTime || token.kind === "receiver" ? timings.endMs : null,
    outcome,
    response: responseFacts(attempt),
  };
}

function responseFacts({ response }: Attempt) {
  if (response === null) return null;
  const { status, statusText, body, bodyEnd } = response;
  return { status, statusText, body: capText(bytesToText(body), mostBodyBytes), bodyEnd };
}
