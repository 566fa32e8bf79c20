import { groupByText } from "../check-groups.js";
import type { ReportCheck } from "../model.js";
import { FailedCheck } from "./failed-check.js";
import type { PageView } from "./page-view.js";
import { anchorTo, levelMeaning, levels, plural } from "./words.js";

/** What do I fix? Failures first, by level. */
export function Failures({ view, checks }: { readonly view: PageView; readonly checks: readonly ReportCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <section aria-labelledby="fix" data-group>
      <h2 id="fix">What to fix</h2>
      <CommonCauses checks={checks} />
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
                <FailedCheck key={check.id} view={view} check={check} />
              ))}
            </section>
          )
        );
      })}
    </section>
  );
}

/** One fault often fails many checks: what they have in common comes first. */
function CommonCauses({ checks }: { readonly checks: readonly ReportCheck[] }) {
  const groups = groupByText(checks, ({ hint }) => (hint === null ? [] : [hint])).filter(
    (group) => group.checks.length > 1,
  );
  if (groups.length === 0) return null;
  return (
    <div class="common">
      <h3>Start here</h3>
      <ol>
        {groups.map((group) => (
          <li key={group.text}>
            <p>{group.text}</p>
            <p class="members">
              behind {plural(group.checks.length, "failure")}:{" "}
              {group.checks.map(({ id }, index) => (
                <>
                  {index > 0 && ", "}
                  <a href={anchorTo(id)}>{id}</a>
                </>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
