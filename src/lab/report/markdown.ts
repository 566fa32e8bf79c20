import { codeSpan, markdownText } from "../../report/markdown-text.js";
import { formatOffset } from "../../report/virtual-time.js";
import type { PlayedFacts } from "../played-facts.js";
import type { ScenarioReport } from "./scenario-report.js";
import { cameBack, countedVerdicts, verdictWords, worstFirst } from "./words.js";

/** For a pull request or an issue. */
export function renderScenariosMarkdown({ harness, scenarios }: ScenarioReport): string {
  const head = scenarios.length === 1 ? [] : [`# ${countedVerdicts(scenarios)}`, ""];
  const tail = `${harness.name} ${harness.version}`;
  return [...head, ...worstFirst(scenarios).flatMap(scenarioLines), `<sub>${markdownText(tail)}</sub>`, ""].join("\n");
}

function scenarioLines(facts: PlayedFacts): readonly string[] {
  const { scenario, receiver, deliveries, verdict, verdictLines, caveats, effects } = facts;
  const manySessions = deliveries.length > 1;
  return [
    `## ${verdictWords[verdict]}: ${markdownText(scenario.title)}`,
    "",
    ...(scenario.incident === null ? [] : [markdownText(scenario.incident), ""]),
    ...verdictLines.map((line) => `- ${markdownText(line)}`),
    ...caveats.map((line) => `- note: ${markdownText(line)}`),
    ...(effects.reason === null ? [] : [`- effects: not seen; ${markdownText(effects.reason)}`]),
    `- receiver: ${markdownText([receiver.title, ...receiver.beside].join("; beside it: "))}`,
    "",
    `|${manySessions ? " session |" : ""} attempt | at | on its way | came back |`,
    `|${manySessions ? "---|" : ""}---|---|---|---|`,
    ...deliveries
      .slice(0, mostSessions)
      .flatMap(({ attempts }, index) =>
        attempts.map(
          (attempt) =>
            `|${manySessions ? ` ${index + 1} |` : ""} ${attempt.number} | ${formatOffset(attempt.offsetMs)} | ${codeSpan(attempt.token)} | ${markdownText(cameBack(attempt))} |`,
        ),
      ),
    ...(deliveries.length > mostSessions ? ["", `and ${deliveries.length - mostSessions} more sessions`] : []),
    "",
    "<details><summary>Timeline</summary>",
    "",
    ...facts.timeline.flatMap(({ offsetMs, lines }) => [
      `- ${formatOffset(offsetMs)}`,
      ...lines.map((line) => `  - ${markdownText(line)}`),
    ]),
    "",
    "</details>",
    "",
  ];
}

/** A storm of retries is not told by a hundred rows. */
const mostSessions = 10;
