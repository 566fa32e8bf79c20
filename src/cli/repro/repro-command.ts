import { systemClock } from "../../clock/system-clock.js";
import type { Clock } from "../../clock/clock.js";
import { virtualClock, type VirtualClock } from "../../clock/virtual-clock.js";
import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import { judge } from "../../lab/judge.js";
import { play, type Played } from "../../lab/play.js";
import { isOwnWord, playedFacts } from "../../lab/played-json.js";
import { receiverEvents } from "../../lab/receiver-events.js";
import type { Scenario } from "../../lab/scenario.js";
import { findScenario, namedScenarios } from "../../lab/scenario-file.js";
import { timelineEnd, timelineHead, timelineLines, unmetText, type TimelineView } from "../../lab/timeline.js";
import { whyNotPlayed } from "../../lab/playable.js";
import { jsonText } from "../../report/json-text.js";
import { redactValues } from "../../report/redact-values.js";
import { createRedactor, type Redactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/verdict.js";
import { secretsOf } from "../../runner/secrets.js";
import { hexOf, sessionIdPrefix } from "../../runner/session-ids.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import { customHeaders } from "../../sender/custom-headers.js";
import type { Given } from "../command.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { interruptible } from "../interruption.js";
import { print } from "../print.js";
import { startReceiver } from "./repro-receiver.js";
import { readReproSettings, type ReproSettings } from "./repro-settings.js";
import { readReplay, type Replay } from "./repro-replay.js";
import { watched } from "./repro-watch.js";

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
  const redactor = redactorFor(settings, replay);
  return withoutSecrets(redactor, () =>
    interruptible(null, async (signal) => {
      const once = (): Promise<number> =>
        playAll(scenarios, argument !== undefined, settings, replay, redactor, signal);
      try {
        return options.watch ? await watched(chosen, argument, once, signal) : await once();
      } catch (error) {
        if (signal.aborted) throw new Interrupted();
        throw error;
      }
    }),
  );
}

/** The one that was asked for, or all that the receiver's kind can play. */
function scenariosOf(argument: string | undefined, { chosen, contract }: ReproSettings): readonly Scenario[] {
  if (argument === undefined)
    return namedScenarios(contract).filter((each) => whyNotPlayed(chosen.kind, each) === null);
  const scenario = findScenario(argument, contract);
  const reason = whyNotPlayed(chosen.kind, scenario);
  if (reason !== null) throw new UsageError("ERR_SCENARIO", `${argument}: ${reason}`);
  return [scenario];
}

async function playAll(
  scenarios: readonly Scenario[],
  withTimeline: boolean,
  settings: ReproSettings,
  replay: Replay | null,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<number> {
  const { options } = settings;
  const say = (text: string): void => {
    if (!options.json) print(redactor.redactText(text));
  };
  const facts: unknown[] = [];
  const codes: number[] = [];
  for (const note of replay?.notes ?? []) say(note);
  for (const scenario of scenarios) {
    const { played, fact } = await playOne(scenario, withTimeline ? say : () => {}, settings, replay, signal);
    codes.push(exitCodeOf(scenario, played, settings));
    facts.push(fact);
    if (!withTimeline) for (const line of summaryLines(scenario, played)) say(line);
  }
  if (options.json) {
    const shown = withTimeline ? facts[0] : facts;
    print(jsonText(redactValues(shown, redactor, isOwnWord)));
  }
  return codes.find((code) => code === exitCodes.failed) ?? Math.max(exitCodes.passed, ...codes);
}

async function playOne(
  scenario: Scenario,
  say: (text: string) => void,
  settings: ReproSettings,
  replay: Replay | null,
  signal: AbortSignal,
): Promise<{ readonly played: Played; readonly fact: unknown }> {
  const { contract, headers, settleMs, options } = settings;
  const clock = clockFor(settings);
  const startedAt = clock.now();
  const events = receiverEvents();
  try {
    const receiver = await startReceiver({ settings, clock, contract, on: events.emit, signal });
    try {
      const { ids, areFixed } = sessionIdsOf(scenario, settings, replay);
      const view: TimelineView = { scenario, receiver, contract, sessionIds: areFixed ? ids : null };
      for (const line of timelineHead(view)) say(line);
      say("");
      const played = await play({
        scenario,
        receiver,
        receiverEvents: events,
        clock,
        contract,
        sessionIds: ids,
        headers,
        settleMs,
        ...(replay !== null && { template: replay.template }),
        on: (moment) => timelineLines(moment, view).forEach(say),
        signal,
      });
      say("");
      for (const line of timelineEnd(played, view)) say(line);
      return { played, fact: options.json ? playedFacts(scenario, receiver, startedAt, played) : null };
    } finally {
      await receiver.close();
    }
  } finally {
    if (clock.kind === "virtual") (clock as VirtualClock).close();
  }
}

const aDayMs = 24 * 60 * 60_000;

/**
 * A process lives in the present, where certificates are valid; one whose clock is moved a day ahead, so that it shows
 * where a clock does not follow. What shares the clock starts at the same moment each time.
 */
function clockFor({ chosen, speed, options }: ReproSettings): Clock {
  const isReal = chosen.kind === "process" || chosen.kind === "url";
  if (isReal && options["real-time"]) return systemClock;
  const ahead = options["time-travel"] ? aDayMs : 0;
  return virtualClock({ speed, ...(isReal && { startAt: Math.round(systemClock.now()) + ahead }) });
}

function sessionIdsOf(
  { name, deliveries }: Scenario,
  { options, seed, nonce }: ReproSettings,
  replay: Replay | null,
): { readonly ids: readonly string[]; readonly areFixed: boolean } {
  const own = options["session-id"] ?? (deliveries.length === 1 ? replay?.sessionId : undefined);
  if (own !== undefined && own !== null) return { ids: [own], areFixed: true };
  const ids = deliveries.map((_, index) => sessionIdPrefix + hexOf(18, seed, nonce, name, index));
  return { ids, areFixed: nonce === "" };
}

function exitCodeOf(scenario: Scenario, played: Played, { chosen, options }: ReproSettings): number {
  if (judge(scenario, played).length > 0) return exitCodes.failed;
  const declared =
    options["probe-command"] !== undefined || (options["probe-url"] !== undefined && chosen.kind !== "embedded");
  return declared && played.effectsUnseen !== null ? exitCodes.inconclusive : exitCodes.passed;
}

function summaryLines(scenario: Scenario, played: Played): readonly string[] {
  const unmet = judge(scenario, played);
  const seen = played.effectsUnseen === null ? "" : " (effects not seen)";
  const head = `${unmet.length === 0 ? "as expected" : "NOT AS EXPECTED"}  ${scenario.name}: ${scenario.title}${seen}`;
  return [head, ...unmet.map((each) => `                 ${unmetText(each)}`)];
}

function scenarioTitles(contract: Contract): string {
  const scenarios = namedScenarios(contract);
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n");
}

function redactorFor({ chosen, contract, headers }: ReproSettings, replay: Replay | null): Redactor {
  const url = chosen.kind === "process" || chosen.kind === "url" ? chosen.url : parseCallbackUrl("http://127.0.0.1/");
  return createRedactor(
    secretsOf({ url, headers: customHeaders(headers, contract).sent, credentials: [] }, replay?.secrets),
  );
}
