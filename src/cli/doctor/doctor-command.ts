import { randomBytes } from "node:crypto";
import { suites } from "../../../suites/index.js";
import { diagnose, type StageFinding, type State } from "../../doctor/diagnose.js";
import { whatIsSeen } from "../../doctor/seen.js";
import { stages } from "../../doctor/stages.js";
import { parseDurationMs } from "../../input/duration.js";
import { showControlCharacters } from "../../report/control-character.js";
import { createRedactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/judge.js";
import { openTarget } from "../../runner/open-target.js";
import { run } from "../../runner/run.js";
import { secretsOf } from "../../runner/secrets.js";
import type { Given } from "../command.js";
import { defaults } from "../defaults.js";
import { doctorOptions } from "./doctor-options.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { parseHeaders } from "../header-option.js";
import { interruptible } from "../interruption.js";
import { networkOf } from "../network-options.js";
import { readOptions } from "../option.js";
import { harness } from "../package-facts.js";
import { print } from "../print.js";
import { sessionSource } from "../run/sessions.js";

/** `doctor`: what stands between the service and an endpoint, in the order in which a callback would meet it. */
export async function doctorCommand({ argument = "", options: raw }: Given): Promise<number> {
  const options = readOptions(doctorOptions, raw);
  return interruptible(null, async (signal) => {
    const seed = randomBytes(8).toString("hex");
    const sessions = await sessionSource(
      { file: options["session-ids"], command: undefined, seed, nonce: seed },
      signal,
    );
    const target = openTarget({
      url: argument,
      headers: parseHeaders(options.header, process.env),
      local: options.local,
      network: networkOf(options),
      sessions,
    });
    const redactor = createRedactor(secretsOf(target));
    try {
      return await withoutSecrets(redactor, async () => {
        const report = await run({
          harness,
          suites,
          selected: new Set(stages.flatMap(({ checks }) => checks)),
          target,
          seed,
          nonce: seed,
          concurrency: defaults.run.concurrency,
          maxTimeMs: parseDurationMs(defaults.run.maxTime) ?? 0,
          failOn: "required",
          knownFailures: [],
          reach: {},
          signal,
        });
        if (signal.aborted) throw new Interrupted();
        const findings = diagnose(report, await whatIsSeen(target, report));
        const text = options.json
          ? JSON.stringify({ url: target.url.display, stages: findings }, null, 2)
          : [...findings.flatMap(lines), "", conclusion(findings)].join("\n");
        print(redactor.redactText(text));
        return exitCodeOf(findings);
      });
    } finally {
      await target.close();
    }
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
