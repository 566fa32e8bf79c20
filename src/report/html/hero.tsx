import type { Report } from "../model.js";
import { counted } from "../../in-words.js";
import { aboutParts, completenessOf } from "../completeness.js";
import { newChecksText } from "../standing.js";
import { Notes } from "./about.js";
import { OutcomeIcon, verdictOutcome } from "./icons.js";
import { LevelCounts } from "./level-counts.js";
import { inTheWay } from "../what-to-do.js";
import { verdictWord, wallTime } from "./words.js";

/** Of the reasons; more are told with the checks. */
const mostReasons = 4;

/** Where nothing could be concluded: what stood in the way, and what to do about it. */
function Remedies({ report }: { readonly report: Report }) {
  const all = inTheWay(report).slice(0, mostReasons);
  if (all.length === 0) return null;
  return (
    <ul class="notes">
      {all.map(({ text, checks, remedy }) => (
        <li key={text}>
          <strong>What to do:</strong> {remedy ?? "See the checks that were not run."} {counted(checks.length, "check")}{" "}
          of the gate: {text}.
        </li>
      ))}
    </ul>
  );
}

/** Is it conformant? The answer stands at the top; below it, where it is not, what to fix. */
export function Hero({ report }: { readonly report: Report }) {
  const { harness, target, verdict, verdictLine, notes, gate } = report;
  const about = aboutParts(report);
  const completeness = completenessOf(report);
  const added = newChecksText(report);
  return (
    <header class="hero">
      <div class="verdict">
        <p class="overline">
          {harness.name} {harness.version} · <time dateTime={report.startedAt}>{wallTime(report.startedAt)}</time>
        </p>
        <h1 class={verdict}>
          <OutcomeIcon outcome={verdictOutcome[verdict]} />
          {verdictWord[verdict]}
        </h1>
        <p class="target">{target.url}</p>
        {about.length > 0 && (
          <p class="about-target">
            {about.map(([label, text], index) => (
              <>
                {index > 0 && ", "}
                {label} <bdi>{text}</bdi>
              </>
            ))}
          </p>
        )}
        <p class="lead">{verdictLine}</p>
        <p class="gate">
          Gate <strong class={gate.outcome}>{gate.outcome}</strong> on {gate.levels.join(", ")} · exit code{" "}
          {gate.exitCode}
          {added !== null && <> · {added}</>}
        </p>
        <p class="gate completeness">
          <strong>{completeness.word}</strong>
          {completeness.leftOut.length > 0 && <>, left out: {completeness.leftOut.join("; ")}</>}
        </p>
      </div>
      <LevelCounts report={report} />
      {verdict === "inconclusive" && (
        <div class="to-do">
          <Notes notes={notes} />
          <Remedies report={report} />
        </div>
      )}
    </header>
  );
}
