import { levels, type ReportCheck } from "../model.js";
import { FailedCheck } from "./failed-check.js";
import type { PageView } from "./page-view.js";
import { levelMeaning } from "./words.js";

/** A card that opens may stay open where there are so few. */
const fewFailures = 3;

/** What was seen, check by check, by level. */
export function Failures({ view, checks }: { readonly view: PageView; readonly checks: readonly ReportCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <section aria-labelledby="failures" data-group>
      <h2 id="failures">
        Failed <span class="count">{checks.length}</span>
      </h2>
      {levels.map((level) => {
        const own = checks.filter((check) => check.level === level);
        const isGated = view.report.gate.levels.includes(level);
        return (
          own.length > 0 && (
            <section key={level} aria-labelledby={`fix-${level}`} data-group>
              <h3 id={`fix-${level}`}>
                {level} <span class="count">{own.length}</span>
                <small>
                  {levelMeaning[level]}; {isGated ? "decides the gate" : "does not decide the gate"}
                </small>
              </h3>
              {own.map((check) => (
                <FailedCheck key={check.id} view={view} check={check} isOpen={checks.length <= fewFailures} />
              ))}
            </section>
          )
        );
      })}
    </section>
  );
}
