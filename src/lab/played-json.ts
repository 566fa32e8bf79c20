import { bytesToText, capText } from "../report/evidence.js";
import { redactValues } from "../report/redact-values.js";
import type { Redactor } from "../report/redact.js";
import type { Attempt, FailureReason } from "../sender/attempt.js";
import { Unredacted } from "../unredacted.js";
import { arrivesAfterMs } from "./leads-to.js";
import { momentsOf } from "./event-order.js";
import type { Played } from "./play.js";
import type { PlayedAttempt } from "./play-delivery.js";
import type { AttemptFacts, PlayedFacts } from "./played-facts.js";
import { endLines, momentLines, type TimelineView } from "./timeline.js";
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
const isOwnWord = (name: string, text: string): boolean =>
  ownNames.has(name) || (name === "reason" && reasons.has(text));

const mostBodyBytes = 8 * 1024;

/** Facts without secrets, and with no more of a body than it is good to read. */
export function redactFacts(facts: PlayedFacts, redactor: Redactor): PlayedFacts {
  const clean = redactValues(facts, redactor, isOwnWord);
  const capped = ({ response, ...attempt }: AttemptFacts): AttemptFacts => ({
    ...attempt,
    response: response && { ...response, body: capText(response.body, mostBodyBytes) },
  });
  return {
    ...clean,
    deliveries: clean.deliveries.map(({ attempts, ...each }) => ({ ...each, attempts: attempts.map(capped) })),
  };
}

/** What came of a scenario, for a program: fields are only ever added. */
export function playedFacts(view: TimelineView, played: Played): Unredacted<PlayedFacts> {
  const { scenario, receiver, howToMove = howToMoveByOptions } = view;
  const verdict = verdictOf(scenario, played, receiver.kind, howToMove);
  return new Unredacted({
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
    contract: {
      deadlineMs: view.contract.response.deadlineMs,
      offsetsMs: offsetsOf(view.contract.retry.delaysMs),
    },
    receiver: { kind: receiver.kind, title: receiver.title, beside: receiver.beside ?? [] },
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
    timeline: momentsOf(played.events).map((moment) => ({
      offsetMs: moment[0]?.offsetMs ?? 0,
      lines: momentLines(moment, view),
    })),
    caveats: played.caveats,
    effects: { seen: played.effectsUnseen === null, reason: played.effectsUnseen },
    verdict: verdict.kind,
    verdictLines: endLines({ ...played, caveats: [] }, view).slice(1),
    expectation: {
      met: verdict.kind === "as-expected",
      expected: scenario.expect,
      unmet: verdict.kind === "not-as-expected" ? verdict.unmet : [],
      unseen: verdict.kind === "inconclusive" ? verdict.reasons : [],
    },
  });
}

function attemptFacts({ token, attempt }: PlayedAttempt, sharesTime: boolean): AttemptFacts {
  const { number, offsetMs, outcome, timings } = attempt;
  return {
    number,
    token: token.text,
    /** Milliseconds since the delivery started; null for what never gets to the receiver. */
    arrivesAtMs: arrivesAt(offsetMs, token),
    /** Milliseconds since the delivery started. */
    offsetMs,
    /** On the scenario's clock; null where the attempt went by wall time, which differs from run to run. */
    durationMs: sharesTime || token.kind === "receiver" ? timings.endMs : null,
    outcome,
    response: responseFacts(attempt),
  };
}

function arrivesAt(offsetMs: number, token: PlayedAttempt["token"]): number | null {
  const afterMs = arrivesAfterMs(token);
  return afterMs === null ? null : offsetMs + afterMs;
}

/** When each attempt is due, after the first. */
function offsetsOf(delaysMs: readonly number[]): readonly number[] {
  const offsets = [0];
  for (const delayMs of delaysMs) offsets.push((offsets.at(-1) ?? 0) + delayMs);
  return offsets;
}

function responseFacts({ response }: Attempt) {
  if (response === null) return null;
  const { status, statusText, body, bodyEnd } = response;
  return { status, statusText, body: bytesToText(body), bodyEnd };
}
