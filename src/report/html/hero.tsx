import type { Report } from "../model.js";
import { aboutText, completenessOf } from "../completeness.js";
import { newChecksText } from "../standing.js";
import { Notes } from "./about.js";
import { OutcomeIcon, verdictOutcome } from "./icons.js";
import { LevelCounts } from "./level-counts.js";
import { verdictWord, wallTime } from "./words.js";

/** Is it conformant? The answer stands at the top; below it, where it is not, what to fix. */
export function Hero({ report }: { readonly report: Report }) {
  const { harness, target, verdict, verdictLine, notes, gate } = report;
  const about = aboutText(report);
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
        {about !== null && <p class="about-target">{about}</p>}
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
      {verdict === "inconclusive" && <Notes notes={notes} />}
    </header>
  );
}
