import { randomBytes } from "node:crypto";
import { assertRealTimers } from "../clock/faked-timers.js";
import type { VirtualClock } from "../clock/virtual-clock.js";

import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import { redactLines } from "../report/redact-line.js";
import { createRedactor } from "../report/redact.js";
import type { EffectsProbe } from "../runner/effects-probe.js";
import { secretsOf, signingSecrets } from "../runner/secrets.js";
import { hexOf, sessionIdPrefix } from "../runner/session-ids.js";
import type { Attempt, Header } from "../sender/attempt.js";
import { customHeaders } from "../sender/custom-headers.js";
import { advancing } from "./advancing.js";
import type { LabEvent, LabListener } from "./events.js";
import type { Unmet } from "./judge.js";
import type { ReceiverKind } from "./lab-receiver.js";
import { play, type Played } from "./play.js";
import { virtualClock } from "../clock/virtual-clock.js";
import type { PlayedFacts } from "./played-facts.js";
import { playedFacts, redactFacts } from "./played-json.js";
import { scenarioFormatOf, writeScenarioReport } from "./report/report-file.js";
import { placeOf, startScenarioReceiver, type Place, type ScenarioApp } from "./play-scenario-receiver.js";
import { verdictOf, type HowToMove } from "./verdict.js";
import { whyNotPlayed } from "./playable.js";
import { present } from "./present.js";
import { receiverEvents } from "./receiver-events.js";
import { findScenario } from "./scenario-file.js";
import { sessionsFor, type Scenario } from "./scenario.js";
import { sessionsShown } from "./shown-sessions.js";
import { timeShownSince } from "./shown-time.js";
import { timelineEnd, timelineHead, timelineLines, type TimelineView } from "./timeline.js";
import type { Contract, Method } from "../contract/contract.js";
import { askedBy } from "../contract/subject.js";
import { contractCalled } from "../sender/contract-called.js";
import { Unredacted } from "../unredacted.js";

/** How a scenario is played, and how its effects are seen. */
export interface PlayScenarioOptions {
  /** Path of the callback within an app. @default "/webhook" */
  readonly path?: string;
  /** Headers configured with the webhook, sent with every callback. @default none */
  readonly headers?: HeadersGiven;
  /** The callback that is played: `batch`, `document` or `signed`. @default "batch" */
  readonly contract?: string;
  /** The method that the webhook is registered with. @default the contract's first */
  readonly method?: Method;
  /** What requests are signed with, for `signed`. @default none */
  readonly secret?: string;
  /**
   * Tells how often a session was really processed, or a document of it where the contract has documents.
   * @default not seen, so not judged; a module can export it itself
   */
  readonly processed?: (sessionId: string, documentId: string) => number | Promise<number>;
  /**
   * The `virtualClock()` that a live app was built with, so that the scenario's time passes for it too, its 20 seconds
   * included. Time stands still while the app works on an attempt; it moves while its handler sleeps on the clock.
   * @default the app lives in wall time, and only the waits between attempts are skipped
   */
  readonly clock?: VirtualClock;
  /**
   * Moves whatever the receiver keeps time by outside this process, such as the TTLs of its store, by so many
   * milliseconds, whenever the scenario's time jumps. @default nothing is moved, and what rests on it is not observable
   */
  readonly advance?: (ms: number) => void | Promise<void>;
  /** The session of each delivery. @default invented ones */
  readonly sessionIds?: readonly string[];
  /**
   * Milliseconds for which work may go on after the last attempt.
   * @default 600000 where the receiver shares the scenario's time, else 30000 of wall time
   */
  readonly settleMs?: number;
  /** More certificate authorities to trust at an https URL, PEM. @default none */
  readonly ca?: readonly string[];
  /**
   * Path of a file that shows what came of it, as a page (.html), for an issue (.md) or for a program (.json), without
   * secrets. It is written where the expectation is not met. @default none
   */
  readonly report?: string;
  /** Told what happens, as it happens. @default nobody */
  readonly on?: LabListener;
  /** Ends it; the promise rejects with its reason. @default none */
  readonly signal?: AbortSignal;
}

/** By name, or as pairs where a name comes twice. */
export type HeadersGiven = Readonly<Record<string, string>> | readonly Header[];

/** One attempt of a scenario. */
export interface ScenarioAttempt extends Attempt {
  /** What the scenario has happening to it, as written: `lost-ack`. */
  readonly token: string;
  /** Of the answer; null where none came. */
  readonly status: number | null;
}

/** What became of the callback of one session. */
export interface ScenarioDelivery {
  readonly sessionId: string;
  readonly outcome: "acknowledged" | "abandoned";
  readonly attempts: readonly ScenarioAttempt[];
  /** How often the session was really processed; null where nothing tells. */
  readonly processed: number | null;
}

/** What came of a scenario. */
export interface PlayedScenario {
  readonly scenario: Scenario;
  /** One a session, in the scenario's order. */
  readonly deliveries: readonly ScenarioDelivery[];
  /** In the order of the timeline. */
  readonly events: readonly LabEvent[];
  /**
   * Whether the receiver was seen to do what a good one does with this scenario; where it did not, and what was not seen:
   * it is met only where both lists are empty.
   */
  readonly expectation: {
    readonly met: boolean;
    readonly unmet: readonly Unmet[];
    /** A sentence each, with what would show it. */
    readonly unseen: readonly string[];
  };
  /** Sentences on what limits what was seen, as `repro` prints them after `note:`. */
  readonly caveats: readonly string[];
  /** Why `processed` was not seen; null where it was. */
  readonly effectsUnseen: string | null;
  /** All of it as text, line by line as `repro` prints it, without secrets: the message for an assertion that fails. */
  readonly timeline: string;
}

/**
 * Plays a retry edge case on a receiver: the documented sender delivers, and the scenario says what happens to each
 * attempt on its way.
 *
 * @param scenario the name of one that comes with the package, a script such as `"503,lost-ack,pass"`, the path of a
 * file, or a scenario.
 * @throws UsageError for a scenario, an app or an option that is no use, and for a scenario that this kind of receiver
 * cannot be played.
 * @example
 * const result = await playScenario(app, "lost-ack,pass", { processed: (id) => jobs.count(id) });
 * expect(result.expectation.met, result.timeline).toBe(true);
 */
export async function playScenario(
  app: ScenarioApp,
  scenario: string | Scenario,
  options: PlayScenarioOptions = {},
): Promise<PlayedScenario> {
  const contract = contractCalled(options.contract, options.method);
  assertRealTimers("playScenario");
  const chosen = typeof scenario === "string" ? findScenario(scenario, contract) : scenario;
  const place = placeOf(app);
  assertPlayable(place, chosen, options);
  if (options.report !== undefined) scenarioFormatOf(options.report);
  const events = receiverEvents();
  const headers = headerList(options.headers);
  const probe = probeOf(options.processed, contract);
  const clock = options.clock ?? clockFor(place);
  const { signal } = options;
  const { settleMs, settleWhereTimeIsFreeMs } = defaults.scenario;
  try {
    const { advance } = options;
    const startAt = clock.now();
    const started = await startScenarioReceiver({
      app,
      path: options.path ?? defaults.path,
      clock,
      sharesClock: options.clock !== undefined,
      contract,
      ca: options.ca ?? [],
      probe,
      on: events.emit,
      ...(signal && { signal }),
    });
    const receiver =
      advance === undefined
        ? started
        : advancing(started, async (ms) => advance(ms), startAt, signal ?? new AbortController().signal);
    try {
      const sessionIds = options.sessionIds ?? inventedFor(place, chosen, contract);
      const areFixed = options.sessionIds !== undefined || isFresh(place);
      const view: TimelineView = {
        scenario: chosen,
        receiver,
        contract,
        sessionIds: areFixed ? sessionIds : null,
        howToMove,
      };
      const shown = timeShownSince(clock.now());
      const showIds = areFixed ? (text: string) => text : sessionsShown(sessionIds);
      const isFixed = options.clock !== undefined || place.kind === "embedded";
      const show = (text: string): string => showIds(isFixed ? text : shown.show(text));
      const lines = [timelineHead(view), new Unredacted([""])];
      const played = await play({
        scenario: chosen,
        receiver,
        receiverEvents: events,
        clock,
        contract,
        sessionIds,
        headers,
        ...(options.secret !== undefined && { secret: options.secret }),
        settleMs: options.settleMs ?? (receiver.sharesTime ? settleWhereTimeIsFreeMs : settleMs),
        on(event) {
          lines.push(timelineLines(event, view));
          options.on?.(event);
        },
        ...(signal && { signal }),
      });
      const told = receiver.probe === null ? howToTell(place, played) : played;
      lines.push(new Unredacted([""]), timelineEnd(told, view));
      const sent = customHeaders(headers, contract).sent;
      const redactor = createRedactor(
        secretsOf(
          { url: receiver.url, headers: sent, credentials: sent },
          options.secret === undefined ? [] : signingSecrets(options.secret),
        ),
      );
      const shownLines = lines.flatMap((each) => each.map((texts) => texts.map(show)).through(redactor, redactLines));
      const result = resultOf(chosen, told, receiver.kind, shownLines.join("\n"));
      if (options.report === undefined || result.expectation.met) return result;
      const facts = playedFacts(view, told).map((each) => JSON.parse(show(JSON.stringify(each))) as PlayedFacts);
      await writeScenarioReport(options.report, facts.through(redactor, redactFacts));
      return { ...result, timeline: `${result.timeline}\nreport: ${options.report}` };
    } finally {
      await receiver.close();
    }
  } finally {
    if (options.clock === undefined) clock.close();
  }
}

function assertPlayable(place: Place, scenario: Scenario, options: PlayScenarioOptions): void {
  const reason = whyNotPlayed(place.kind === "url" || place.kind === "embedded" ? place.kind : "app", scenario);
  if (reason !== null) throw new UsageError("ERR_SCENARIO", `${scenario.name}: ${reason}`);
  const { clock, sessionIds } = options;
  if (clock !== undefined && place.kind === "url") {
    throw new UsageError("ERR_SCENARIO", "clock: expected an app beside it, got a URL, where time is not ours to move");
  }
  if (sessionIds !== undefined && sessionIds.length !== scenario.deliveries.length) {
    const count = scenario.deliveries.length;
    throw new UsageError("ERR_SCENARIO", `sessionIds: expected ${count}, one a delivery, got ${sessionIds.length}`);
  }
}

/** Nothing of it is there before the scenario: an app that is loaded for it may have a store that is. */
const isFresh = ({ kind }: Place): boolean => kind === "embedded";

/** Whatever can meet others lives in the present, as they do. */
const clockFor = (place: Place): VirtualClock => virtualClock(place.kind === "embedded" ? {} : { startAt: present() });

/** What may remember an earlier scenario must not take this one for its duplicate. */
function inventedFor(place: Place, scenario: Scenario, { subject }: Contract): readonly string[] {
  const nonce = isFresh(place) ? "" : randomBytes(8).toString("hex");
  const own = (index: number): string =>
    subject.idPrefix + sessionIdPrefix + hexOf(18, "repro", nonce, scenario.name, index);
  return sessionsFor(scenario, own);
}

/** As a list, in the order given. */
export function headerList(given: HeadersGiven = []): readonly Header[] {
  return Array.isArray(given) ? (given as readonly Header[]) : Object.entries(given as Record<string, string>);
}

function probeOf(processed: PlayScenarioOptions["processed"], contract: Contract): EffectsProbe | null {
  if (processed === undefined) return null;
  const ask = askedBy(contract, processed);
  return {
    name: "processed()",
    isOwn: true,
    async count(sessionId) {
      const count = await ask(sessionId);
      if (Number.isInteger(count) && count >= 0) return count;
      throw new UsageError("ERR_PROCESSED", `processed: expected it to tell a whole number, got ${String(count)}`);
    },
  };
}

function howToTell(place: Place, played: Played): Played {
  const isOurs = place.kind === "live" || place.kind === "url";
  return isOurs ? { ...played, effectsUnseen: "pass processed: (sessionId) => number" } : played;
}

/** In the words of the options above. */
const howToMove: HowToMove = (kind) =>
  kind === "url"
    ? "advance: (ms) => … moves the receiver and what it keeps time by"
    : "advance: (ms) => … moves what is outside the app; an app of this process moves with the clock that it was built with (clock), or as the path of its module";

function resultOf(scenario: Scenario, played: Played, kind: ReceiverKind, timeline: string): PlayedScenario {
  const verdict = verdictOf(scenario, played, kind, howToMove);
  return {
    scenario,
    deliveries: played.deliveries.map((delivery) => ({
      ...delivery,
      attempts: delivery.attempts.map(({ token, attempt }) => ({
        ...attempt,
        token: token.text,
        status: attempt.response?.status ?? null,
      })),
    })),
    events: played.events,
    expectation: {
      met: verdict.kind === "as-expected",
      unmet: verdict.kind === "not-as-expected" ? verdict.unmet : [],
      unseen: verdict.kind === "inconclusive" ? verdict.reasons : [],
    },
    caveats: played.caveats,
    effectsUnseen: played.effectsUnseen,
    timeline,
  };
}
