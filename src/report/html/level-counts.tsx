import { levels, type LevelSummary, type Outcome, type Report } from "../model.js";
import { levelMeaning, outcomes, outcomeWord } from "./words.js";

const countOf = (summary: LevelSummary, outcome: Outcome): number =>
  outcome === "not-run" ? summary.notRun : summary[outcome];

/** Outcomes by level; each number leads to the checks behind it. */
export function LevelCounts({ report: { summary, gate } }: { readonly report: Report }) {
  return (
    <table class="levels">
      <caption>Checks by level</caption>
      <thead>
        <tr>
          <th scope="col">Level</th>
          {outcomes.map((outcome) => (
            <th key={outcome} scope="col">
              {outcomeWord[outcome]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <tr key={level}>
            <th scope="row" title={levelMeaning[level]}>
              {level} {gate.levels.includes(level) && <span class="tag">gated</span>}
              <Bar summary={summary[level]} />
            </th>
            {outcomes.map((outcome) => {
              const count = countOf(summary[level], outcome);
              return (
                <td key={outcome} class={count === 0 ? "none" : outcome}>
                  {count === 0 ? (
                    0
                  ) : (
                    <a
                      href={`#outcome=${outcome}&level=${level}`}
                      aria-label={`${count} ${level} ${outcomeWord[outcome]}`}
                    >
                      {count}
                    </a>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The row as a picture; its numbers stand beside it. */
function Bar({ summary }: { readonly summary: LevelSummary }) {
  const total = outcomes.reduce((sum, outcome) => sum + countOf(summary, outcome), 0);
  let from = 0;
  return (
    <svg class="bar" width="100%" height="6" aria-hidden="true">
      {outcomes.map((outcome) => {
        const share = total === 0 ? 0 : (countOf(summary, outcome) / total) * 100;
        const x = from;
        from += share;
        return share > 0 && <rect key={outcome} class={outcome} x={percent(x)} width={percent(share)} height="6" />;
      })}
    </svg>
  );
}

const percent = (share: number): string => `${Math.round(share * 100) / 100}%`;
