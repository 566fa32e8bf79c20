import { randomBytes } from "node:crypto";
import { isoTime } from "../../clock/timestamps.js";
import { systemClock } from "../../clock/system-clock.js";
import type { Clock } from "../../clock/clock.js";
import { virtualClock, type VirtualClock } from "../../clock/virtual-clock.js";
import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import { play, type Played } from "../../lab/play.js";
import type { PlayedFacts } from "../../lab/played-facts.js";
import { playedFacts, redactFacts } from "../../lab/played-json.js";
import { present } from "../../lab/present.js";
import { receiverEvents } from "../../lab/receiver-events.js";
import { sessionsFor, type Scenario } from "../../lab/scenario.js";
import { findScenario, namedScenarios } from "../../lab/scenario-file.js";
import { sessionsShown } from "../../lab/shown-sessions.js";
import { timeShownSince } from "../../lab/shown-time.js";
import { timelineEnd, timelineHead, timelineLines, verdictLines, type TimelineView } from "../../lab/timeline.js";
import { howToMoveByOptions, verdictOf } from "../../lab/verdict.js";
import { whyNotPlayed } from "../../lab/playable.js";
import { jsonText } from "../../report/json-text.js";
import { redactLine, redactLines } from "../../report/redact-line.js";
import type { Redactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/verdict.js";
import { AdvanceError } from "../../runner/elapsed-time.js";
import { planRun } from "../../runner/plan.js";
import { hexOf, sessionIdPrefix } from "../../runner/session-ids.js";
import { keepSaid } from "../kept-secrets.js";
import type { Given } from "../command.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { interruptible } from "../interruption.js";
import { print, printAside } from "../print.js";
import { formatsOf, prepareReports, writeScenarioReports } from "./repro-report.js";
import { sayWaits, startReceiver } from "./repro-receiver.js";
import { readReproSettings, type ReproSettings } from "./repro-settings.js";
import { readReplay, type Replay } from "./repro-replay.js";
import { watched } from "./repro-watch.js";
import { reproOptions } from "./repro-options.js";
import { secretsTold } from "../told-secrets.js";
import { Unredacted } from "../../unredacted.js";

/** `repro`: plays one scenario with its timeline, or every named one in a line each. */
export async function reproCommand({ argument, options: raw }: Given): Promise<number> {
  const settings = readReproSettings(raw);
  const { options, chosen } = settings;
  if (options.list) {
    print(scenarioTitles(settings.contract));
    return exitCodes.passed;
  }
  const scenarios = scenariosOf(argument, settings);
  const replay = options.replay === undefined ? null : readReplay(options.replay, settings.headers, settings.contract);
  if (options["session-id"] !== undefined && scenarios.some(({ deliveries }) => deliveries.length > 1)) {
    throw new UsageError("ERR_REPRO", "--session-id: expected a scenario of one session beside it, got one of several");
  }
  prepareReports(settings);
  const redactor = redactorFor(settings, replay);
  return withoutSecrets(redactor, () =>
    interruptible(null, async (signal) => {
      const once = (): Promise<number> =>
        playAll(scenarios, argument !== undefined, settings, replay, redactor, signal);
      try {
        return options.watch ? await watched(chosen, argument, once, signal) : await once();
      } catch (error) {
        if (signal.aborted) throw new Interrupted();
        if (error instanceof AdvanceError) {
          const message = new Unredacted(error.message).through(redactor, redactLine);
          printAside(`error: ${message}; nothing can be said about the receiver`);
          return exitCodes.inconclusive;
        }
        throw error;
      }
    }),
  );
}

/** The one that was asked for, or all that the receiver's kind can play. */
function scenariosOf(argument: string | undefined, { chosen, contract }: ReproSettings): readonly Scenario[] {
  if (argument === undefined)
    return namedScenarios(contract).filter((each) => whyNotPlayed(chosen.kind, each, hasOther(chosen)) === null);
  const scenario = findScenario(argument, contract);
  keepSaid(scenario, process.env);
  const reason = whyNotPlayed(chosen.kind, scenario, hasOther(chosen));
  if (reason !== null) throw new UsageError("ERR_SCENARIO", `${argument}: ${reason}`);
  return [scenario];
}

const hasOther = (chosen: ReproSettings["chosen"]): boolean => "other" in chosen && chosen.other !== null;

async function playAll(
  scenarios: readonly Scenario[],
  withTimeline: boolean,
  settings: ReproSettings,
  replay: Replay | null,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<number> {
  const { options } = settings;
  const say = (lines: Unredacted<readonly string[]>): void => {
    if (!options.json) print(lines.through(redactor, redactLines).join("\n"));
  };
  const facts: PlayedFacts[] = [];
  const codes: number[] = [];
  if (replay !== null && replay.notes.length > 0) say(new Unredacted(replay.notes));
  for (const scenario of scenarios) {
    const { played, fact } = await playOne(scenario, withTimeline ? say : () => {}, settings, replay, signal);
    codes.push(exitCodeOf(scenario, played, settings));
    if (fact !== null) facts.push(fact.through(redactor, redactFacts));
    if (!withTimeline) say(summaryLines(scenario, played, settings));
  }
  if (options.json) {
    const shown = withTimeline ? facts[0] : facts;
    print(jsonText(shown));
  }
  await writeScenarioReports(settings, facts);
  return codes.find((code) => code === exitCodes.failed) ?? Math.max(exitCodes.passed, ...codes);
}

async function playOne(
  scenario: Scenario,
  say: (lines: Unredacted<readonly string[]>) => void,
  settings: ReproSettings,
  replay: Replay | null,
  signal: AbortSignal,
): Promise<{ readonly played: Played; readonly fact: Unredacted<PlayedFacts> | null }> {
  const { contract, headers, settleMs, options, chosen, secret } = settings;
  const clock = clockFor(settings);
  const startedAt = clock.now();
  const events = receiverEvents();
  const shown = timeShownSince(startedAt);
  const isFixed = chosen.kind === "embedded" || settings.startAt !== null;
  const { ids, areFixed } = sessionIdsOf(scenario, settings, replay);
  const showIds = areFixed ? (text: string) => text : sessionsShown(ids);
  const showTime = (text: string): string => (isFixed ? text : shown.show(text));
  // A program may look for them in a store of the receiver's; an app tells of itself, and the same each time.
  const showFact = (text: string): string => (chosen.kind === "app" ? showIds(showTime(text)) : showTime(text));
  const show = (lines: Unredacted<readonly string[]>): void =>
    say(lines.map((each) => each.map((line) => showIds(showTime(line)))));
  const blank = new Unredacted([""]);
  try {
    const receiver = await startReceiver({ settings, clock, contract, on: events.emit, signal });
    try {
      const view: TimelineView = { scenario, receiver, contract, sessionIds: areFixed ? ids : null };
      say(timelineHead(view));
      say(blank);
      const seen = await play({
        scenario,
        receiver,
        receiverEvents: events,
        clock,
        contract,
        sessionIds: ids,
        headers,
        settleMs,
        // Never the same, so that no receiver has seen it before.
        controlSessionId:
          contract.subject.idPrefix + sessionIdPrefix + hexOf(18, "control", randomBytes(8).toString("hex")),
        isReal: settings.speed <= 1,
        ...(replay !== null && { template: replay.template }),
        ...(secret !== null && { secret }),
        waits: sayWaits,
        on: (moment) => show(timelineLines(moment, view)),
        signal,
      });
      const played = shown.any() ? { ...seen, caveats: [...seen.caveats, datesShown] } : seen;
      say(blank);
      show(timelineEnd(played, view));
      if (!options.json && formatsOf(settings).length === 0) return { played, fact: null };
      const fact = playedFacts(view, played).map((facts) => ({
        ...(JSON.parse(showFact(JSON.stringify(facts))) as PlayedFacts),
        startedAt: chosen.kind === "app" && !isFixed ? null : isoTime(startedAt),
      }));
      return { played, fact };
    } finally {
      await receiver.close();
    }
  } finally {
    if (clock.kind === "virtual") (clock as VirtualClock).close();
  }
}

const datesShown =
  "dates in what the receiver says are shown as the time since the scenario's start, T+00:01:00.000; --start-at gives it a date of its own";

/** Whatever can meet others lives in the present, as they do; the embedded receiver starts at the same moment each time. */
function clockFor({ chosen, speed, options, startAt }: ReproSettings): Clock {
  const isElsewhere = chosen.kind === "process" || chosen.kind === "url";
  if (isElsewhere && options["real-time"]) return systemClock;
  const isPresent = chosen.kind !== "embedded";
  const start = startAt ?? (isPresent ? present() : null);
  return virtualClock({ speed, ...(start !== null && { startAt: start }) });
}

function sessionIdsOf(
  scenario: Scenario,
  { options, contract, seed, areNew }: ReproSettings,
  replay: Replay | null,
): { readonly ids: readonly string[]; readonly areFixed: boolean } {
  const own = options["session-id"] ?? (scenario.deliveries.length === 1 ? replay?.sessionId : undefined);
  if (own !== undefined && own !== null) return { ids: [own], areFixed: true };
  const nonce = areNew ? randomBytes(8).toString("hex") : "";
  const ids = sessionsFor(
    scenario,
    (index) => contract.subject.idPrefix + sessionIdPrefix + hexOf(18, seed, nonce, scenario.name, index),
  );
  return { ids, areFixed: !areNew };
}

function exitCodeOf(scenario: Scenario, played: Played, { chosen }: ReproSettings): number {
  switch (verdictOf(scenario, played, chosen.kind, howToMoveByOptions).kind) {
    case "as-expected":
      return exitCodes.passed;
    case "not-as-expected":
      return exitCodes.failed;
    case "inconclusive":
      return exitCodes.inconclusive;
  }
}

const summaryWords = {
  "as-expected": "as expected",
  "not-as-expected": "NOT AS EXPECTED",
  inconclusive: "INCONCLUSIVE",
} as const;

function summaryLines(scenario: Scenario, played: Played, { chosen }: ReproSettings): Unredacted<readonly string[]> {
  const verdict = verdictOf(scenario, played, chosen.kind, howToMoveByOptions);
  const seen = played.effectsUnseen === null ? "" : " (effects not seen)";
  const head = `${summaryWords[verdict.kind]}  ${scenario.name}: ${scenario.title}${seen}`;
  return new Unredacted([
    head,
    ...verdictLines(verdict, "")
      .slice(verdict.kind === "as-expected" ? 1 : 0)
      .map((line) => `                 ${line}`),
  ]);
}

function scenarioTitles(contract: Contract): string {
  const scenarios = namedScenarios(contract);
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n");
}

/** @throws UsageError for the name of a credential that there is not. */
function redactorFor({ options, chosen, contract, headers, secret }: ReproSettings, replay: Replay | null): Redactor {
  const url = "url" in chosen ? chosen.url.raw : "http://127.0.0.1/";
  return planRun({
    url,
    contract,
    headers,
    seed: "",
    secret,
    credentialHeaders: options["credential-header"],
    credentialQuery: options["credential-query"],
    credentialPath: options["credential-path"],
    secrets: [...secretsTold(reproOptions, options, process.env), ...(replay?.secrets ?? [])],
  }).redactor;
}
