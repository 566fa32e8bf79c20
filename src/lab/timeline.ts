import type { Contract } from "../contract/contract.js";
import { counted, listed } from "../in-words.js";
import { cutTo } from "../cut.js";
import { bytesToText } from "../report/evidence.js";
import { formatOffset } from "../report/virtual-time.js";
import type { Attempt } from "../sender/attempt.js";
import type { LabEvent } from "./events.js";
import { timesInWords } from "../contract/figures.js";
import { dueText, endText, type Unmet } from "./judge.js";
import type { LabReceiver } from "./lab-receiver.js";
import type { Played } from "./play.js";
import type { Scenario, Token } from "./scenario.js";
import { Unredacted } from "../unredacted.js";
import { howToMoveByOptions, verdictOf, type HowToMove, type ScenarioVerdict } from "./verdict.js";

export interface TimelineView {
  readonly scenario: Scenario;
  readonly receiver: Pick<LabReceiver, "kind" | "title" | "beside" | "url" | "sharesTime">;
  readonly contract: Contract;
  /** Session ids, where they are the same on every run or the user chose them; null where they differ from run to run. */
  readonly sessionIds: readonly string[] | null;
  /** @default the options of the command line */
  readonly howToMove?: HowToMove;
}

const indentWidth = 10;
/** More sessions than these are only counted. */
const mostNamed = 4;

/** What stands above the timeline: the scenario, the receiver, what is sent. */
export function timelineHead({
  scenario,
  receiver,
  sessionIds,
  contract,
}: TimelineView): Unredacted<readonly string[]> {
  const named =
    scenario.incident === null ? [scenario.title] : [`${scenario.name}: ${scenario.title}`, scenario.incident];
  const sessions = sessionIds ?? [];
  const shown =
    sessions.length === 1
      ? [`session: ${sessions[0]}`]
      : sessions.slice(0, mostNamed).map((id, index) => `session ${index + 1}: ${id}`);
  if (sessions.length > mostNamed) shown.push(`and ${sessions.length - mostNamed} more sessions`);
  const { method, contentType } = contract.request;
  const own = [`Content-Type: ${contentType}`, ...namesThatStay(contract)];
  const sends = `each attempt sends: ${method} with ${listed(own)}`;
  const beside = (receiver.beside ?? []).map((title) => `beside it: ${title}`);
  return new Unredacted([...named, `receiver: ${receiver.title}`, ...beside, ...shown, sends]);
}

/** Headers of the callback's own, but for one that may go. */
const namesThatStay = ({ request }: Contract): readonly string[] =>
  [...request.headers.map(([name]) => name), ...(request.signature === null ? [] : [request.signature.header])].filter(
    (name) => name !== request.deprecated?.header,
  );

/** Everything of one moment as lines, the first with the time. */
export function timelineLines(moment: readonly LabEvent[], view: TimelineView): Unredacted<readonly string[]> {
  const at = formatOffset(moment[0]?.offsetMs ?? 0);
  return new Unredacted(
    momentLines(moment, view).map((line, index) => (index === 0 ? `${at}  ` : "").padEnd(indentWidth) + line),
  );
}

/** Everything of one moment as lines; what several sessions have in common stands once. */
export function momentLines(moment: readonly LabEvent[], view: TimelineView): readonly string[] {
  const { deliveries } = view.scenario;
  const told = new Map<string, { readonly lines: readonly string[]; readonly sessions: number[] }>();
  for (const event of moment) {
    const lines = eventLines(event, view);
    const delivery = "delivery" in event ? event.delivery : null;
    const key = delivery === null ? `${told.size}` : lines.join("\n");
    const entry = told.get(key) ?? { lines, sessions: [] };
    if (delivery !== null) entry.sessions.push(delivery + 1);
    told.set(key, entry);
  }
  return [...told.values()].flatMap(({ lines: [first = "", ...others], sessions }) => {
    const whose = deliveries.length === 1 || sessions.length === 0 ? "" : `${sessionsText(sessions)}: `;
    return [whose + first, ...others];
  });
}

/** `session 3`, `sessions 1, 2 and 4`, `30 sessions`. */
function sessionsText(sessions: readonly number[]): string {
  if (sessions.length > mostNamed) return `${sessions.length} sessions`;
  return `session${sessions.length === 1 ? "" : "s"} ${listed(sessions.map(String))}`;
}

function eventLines(event: LabEvent, view: TimelineView): readonly string[] {
  switch (event.kind) {
    case "attempt-started": {
      const attempts = view.contract.retry.delaysMs.length + 1;
      return [`attempt ${event.number} of ${attempts}`, onTheWay(event.token, view)];
    }
    case "attempt-ended":
      return [cameBack(event.attempt, event.token, view)];
    case "copy-ended":
      return [`the copy: ${answerOf(event.attempt)}`];
    case "delivered-late":
      return [`what was held up is delivered now: ${answerOf(event.attempt)}`];
    case "retry-due": {
      const { number, dueMs, delayMs } = event;
      return [`attempt ${number} is due at ${formatOffset(dueMs)}, ${minutes(delayMs)} after this one`];
    }
    case "acknowledged":
      return ["acknowledged: no further attempt"];
    case "abandoned":
      return [`abandoned for good after ${event.attempts} failed attempts`];
    case "restarted":
      return ["the receiver was restarted"];
    case "killed":
      return ["the receiver was killed, whatever it was at, and started again"];
    case "printed":
      return [`the receiver printed: ${event.text}`];
    case "answered-late":
      return [`the receiver answered ${event.status} to arrival ${event.arrival}, when the sender had left`];
    case "crashed":
      return [`the receiver crashed: ${event.text}`];
    case "companion-ended":
      return [`a companion ended: ${event.text}`];
  }
}

/** What stands below it: the effects, and whether the expectation is met. */
export const timelineEnd = (played: Played, view: TimelineView): Unredacted<readonly string[]> =>
  new Unredacted(endLines(played, view));

/** The same, as part of something larger. */
export function endLines(played: Played, view: TimelineView): readonly string[] {
  const { scenario, receiver, howToMove = howToMoveByOptions } = view;
  const effects = `effects: processed ${summed(played.deliveries.map(({ processed }) => timesInWords(processed ?? 0)))}`;
  return [
    ...(played.effectsUnseen === null ? [effects] : [`effects: not seen; ${played.effectsUnseen}`]),
    ...played.caveats.map((caveat) => `note: ${caveat}`),
    ...verdictLines(verdictOf(scenario, played, receiver.kind, howToMove), expectedText(scenario, played)),
  ];
}

export function verdictLines(verdict: ScenarioVerdict, expected: string): readonly string[] {
  switch (verdict.kind) {
    case "as-expected":
      return [`as expected: ${expected}`];
    case "not-as-expected":
      return verdict.unmet.map(unmetText);
    case "inconclusive":
      return verdict.reasons.map(inconclusiveText);
  }
}

const inconclusiveText = (reason: string): string => `INCONCLUSIVE: ${reason}`;

function expectedText({ expect }: Scenario, { deliveries, effect, effectsUnseen }: Played): string {
  // As it was expected, or earlier: one that is killed later may have answered before.
  const ends = summed(deliveries.map(({ outcome, attempts }) => endText({ outcome, attempts: attempts.length })));
  const due = (times: number): string => dueText(times, effect);
  return effectsUnseen === null ? `${ends}, processed ${summed(expect.processed.map(due))}` : ends;
}

/** Each wording once, with how many say so where several do. */
function summed(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [first, ...others] = [...counts];
  if (first === undefined) return "";
  if (others.length === 0) return first[0];
  return [...counts].map(([word, count]) => `${word} (${counted(count, "session")})`).join(", ");
}

function unmetText({ expected, actual, where }: Unmet): string {
  return `NOT AS EXPECTED${where === "" ? "" : `, ${where}`}: expected ${expected}, got ${actual}`;
}

function onTheWay(token: Token, { receiver }: TimelineView): string {
  switch (token.kind) {
    case "pass":
      return "pass: nothing is in its way";
    case "drop":
      return "drop: it is lost before it arrives";
    case "cut":
      return "cut: the connection ends in the middle of the body";
    case "lost-ack":
      return "lost-ack: it is delivered, and the connection is gone before the answer is seen";
    case "late-ack":
      return `${token.text}: it is delivered, and the answer is held back until ${seconds(token.ms)} have passed`;
    case "delayed":
      return `${token.text}: it is held up, and delivered only after ${seconds(token.ms)}`;
    case "duplicate":
      return "duplicate: it is delivered twice at nearly the same time";
    case "hang-up":
      return token.ms === 0
        ? "hang-up: it is delivered, and its sender is gone at once, without the answer"
        : `${token.text}: it is delivered, and its sender is gone after ${seconds(token.ms)}, without the answer`;
    case "restart":
      return "restart: the receiver was started anew, and it is delivered";
    case "crash":
      return `${token.text}: it is delivered, and ${seconds(token.ms)} later the receiver is killed`;
    case "other-instance":
      return "other-instance: it is delivered to another instance of the receiver";
    case "receiver":
      return receiver.kind === "embedded"
        ? `${token.text}: what the receiver does`
        : `${token.text}: what a gateway does in the receiver's stead; it is not delivered`;
  }
}

function cameBack(attempt: Attempt, token: Token, view: TimelineView): string {
  const isVirtual = view.receiver.sharesTime || token.kind === "receiver";
  const ms = attempt.timings.headersMs ?? attempt.timings.endMs;
  const took = isVirtual && ms > 0 ? ` after ${seconds(ms)}` : "";
  const { outcome, response } = attempt;
  if (outcome.kind === "acknowledged") {
    const body = response?.bodyEnd === "complete" ? "" : `, though its body did not end rightly (${response?.bodyEnd})`;
    return `came back${took}: ${answerOf(attempt)}${body}`;
  }
  const came = response === null ? "nothing came back" : `came back${took}: ${answerOf(attempt)}`;
  // It stands in the receiver's stead, and says nothing about it.
  const isGateway = token.kind === "receiver" && view.receiver.kind !== "embedded";
  const message = isGateway ? outcome.message.replace(/^the receiver\b/, "the gateway") : outcome.message;
  return `${came}; failed (${outcome.reason}): ${message}`;
}

const mostBodyCharacters = 100;

function answerOf({ response, outcome }: Attempt): string {
  if (response === null) return outcome.kind === "failed" ? outcome.message : "";
  const text = bytesToText(response.body);
  const cut = cutTo(mostBodyCharacters, text);
  const body = cut.trim() === "" ? "" : ` ${cut.trim()}`;
  return `${response.status} ${response.statusText}`.trim() + body;
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(3))} s`;

const minutes = (ms: number): string => counted(ms / 60_000, "minute");
