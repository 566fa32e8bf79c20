import { playScenario } from "../lab/play-scenario.js";
import { whyNotPlayed } from "../lab/playable.js";
import { namedScenarios } from "../lab/scenario-file.js";
import type { Scenario } from "../lab/scenario.js";
import { notObservable, type Check, type Suite } from "../runner/check.js";
import { ProbeError } from "../runner/effects-probe.js";
import type { ConformanceOptions } from "./options.js";
import type { OpenReceiver } from "./receiver.js";
import { contractFor } from "./contract.js";
import { idOf } from "../contract/subject.js";

/** Where the scenarios are played, known once the tests run. */
export interface ScenarioStage {
  readonly receiver: () => OpenReceiver;
  readonly stop: () => AbortSignal;
}

type Settings = Pick<ConformanceOptions, "headers" | "ca" | "contract" | "method" | "secret" | "settleMs">;

/** The named scenarios that can be played on any receiver, each as a check: it does what a good one does. */
export function scenarioSuite(settings: Settings, stage: ScenarioStage): Suite {
  return {
    id: "scenarios",
    title: "Incidents that receivers have met, played on the documented schedule",
    checks: namedScenarios(contractFor(settings))
      .filter((scenario) => whyNotPlayed("url", scenario) === null)
      .map((scenario) => scenarioCheck(scenario, settings, stage)),
  };
}

function scenarioCheck(scenario: Scenario, settings: Settings, stage: ScenarioStage): Check {
  const { headers, ca, contract, method, secret, settleMs } = settings;
  return {
    id: `scenarios/${scenario.name}`,
    title: scenario.title,
    level: "required",
    clause: "retry/on-failure",
    builds: "on-baseline",
    pace: "alone",
    sessions: scenario.deliveries.length,
    explain: {
      sends: `The scenario ${scenario.name}.`,
      expects: "What a good receiver makes of it.",
      why: scenario.incident ?? scenario.title,
      fix: `See the timeline; the command line plays it alone: webhook-conformance repro ${scenario.name}`,
    },
    async run(context) {
      const { url, target } = stage.receiver();
      const { effects } = target;
      const signal = stage.stop();
      const { expectation, effectsUnseen, timeline } = await playScenario(url, scenario, {
        sessionIds: scenario.deliveries.map(() => context.session()),
        signal,
        ...(headers && { headers }),
        ...(ca && { ca }),
        ...(contract !== undefined && { contract }),
        ...(method !== undefined && { method }),
        ...(secret !== undefined && { secret }),
        ...(settleMs !== undefined && { settleMs }),
        ...(effects && {
          processed: (sessionId: string, documentId: string) => effects.count(idOf(sessionId, documentId), signal),
        }),
      });
      if (effects !== null && effectsUnseen !== null) throw new ProbeError(effectsUnseen);
      for (const { expected, actual, where } of expectation.unmet) context.mismatch(expected, actual, where);
      if (!expectation.met) context.note(`the timeline:\n${timeline}`);
      if (expectation.unseen.length > 0) return notObservable(expectation.unseen.join("; "));
    },
  };
}
