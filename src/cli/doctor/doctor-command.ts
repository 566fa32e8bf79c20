import { randomBytes } from "node:crypto";
import { suites } from "../../../suites/index.js";
import { diagnose, type StageFinding, type State } from "../../doctor/diagnose.js";
import { redactSeen, whatIsSeen } from "../../doctor/seen.js";
import { stages } from "../../doctor/stages.js";
import { jsonText } from "../../report/json-text.js";
import { showControlCharacters } from "../../report/control-character.js";
import { exitCodes } from "../../runner/verdict.js";
import { openTarget } from "../../runner/open-target.js";
import { planRun } from "../../runner/plan.js";
import { run } from "../../runner/run.js";
import type { Given } from "../command.js";
import { doctorOptions } from "./doctor-options.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { interruptible } from "../interruption.js";
import { readOptions } from "../option.js";
import { print } from "../print.js";
import { reachedWith } from "../reached.js";
import { requestOf, tellFound, urlOf } from "../request.js";
import { reachOptions } from "../target-options.js";

/** `doctor`: what stands between the service and an endpoint, in the order in which a callback would meet it. */
export async function doctorCommand(given: Given): Promise<number> {
  const request = await requestOf(given, reachOptions);
  const options = readOptions(doctorOptions, request.raw);
  tellFound(request);
  const seed = randomBytes(8).toString("hex");
  return interruptible(null, async (signal) => {
    const reached = await reachedWith(urlOf(request, "doctor"), options, signal);
    const selected = new Set(stages.flatMap(({ checks }) => checks));
    const target = openTarget(planRun({ ...reached, seed, nonce: seed, suites, selected }));
    return withoutSecrets(target.redactor, async () => {
      try {
        const report = await run(target, { signal });
        if (signal.aborted) throw new Interrupted();
        const seen = await whatIsSeen(target, report);
        const findings = diagnose(report, seen.through(target.redactor, redactSeen));
        print(
          options.json
            ? jsonText({ url: target.shownUrl, stages: findings })
            : [...findings.flatMap(lines), "", conclusion(findings)].join("\n"),
        );
        return exitCodeOf(findings);
      } finally {
        await target.close();
      }
    });
  });
}

const marks: Record<State, string> = {
  clear: "ok",
  blocked: "BLOCKED",
  doubtful: "doubtful",
  unknown: "unknown",
  "not-applicable": "-",
};

const stateWidth = 10;
const titleWidth = 12;

function lines({ title, state, findings, fix }: StageFinding): readonly string[] {
  const indent = " ".repeat(stateWidth + titleWidth);
  const [first = "", ...others] = findings.map(showControlCharacters);
  return [
    `${marks[state].padEnd(stateWidth)}${title.padEnd(titleWidth)}${first}`.trimEnd(),
    ...others.map((finding) => `${indent}${finding}`),
    ...(fix === null ? [] : [`${indent}${showControlCharacters(fix)}`]),
  ];
}

function conclusion(findings: readonly StageFinding[]): string {
  const blocked = findings.find(({ state }) => state === "blocked");
  if (blocked !== undefined) return `The first thing in the way: ${blocked.title}.`;
  const unknown = findings.find(({ state }) => state === "unknown");
  if (unknown !== undefined) return `Nothing is seen in the way, but this could not be looked at: ${unknown.title}.`;
  return "Nothing stands between the service and this endpoint. Whether it behaves is for `run` to tell.";
}

function exitCodeOf(findings: readonly StageFinding[]): number {
  const states = new Set(findings.map(({ state }) => state));
  return states.has("blocked") ? exitCodes.failed : states.has("unknown") ? exitCodes.inconclusive : exitCodes.passed;
}
