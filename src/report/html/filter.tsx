import { levels, type Report, type ReportCheck } from "../model.js";
import { outcomes, outcomeWord } from "./words.js";

type Key = "outcome" | "level" | "suite";

/**
 * Chosen values of one kind widen, kinds narrow. The choice stands in the fragment of the address, so that a filtered
 * view can be sent on. Shown by the script: without it there is nothing that could filter.
 */
export function Filter({ report: { checks } }: { readonly report: Report }) {
  const suites = [...new Set(checks.map(({ suite }) => suite))];
  const groups: readonly (readonly [Key, readonly string[]])[] = [
    ["outcome", outcomes],
    ["level", levels],
    ["suite", suites],
  ];
  return (
    <form id="filter" class="filter" aria-label="Filter the checks" hidden>
      <details>
        <summary>Search and filter</summary>
        <p class="search">
          <label>
            Search <input type="search" id="search" placeholder="a check, or words of its title" />
          </label>
        </p>
        {groups.map(([key, values]) => (
          <fieldset key={key}>
            <legend>{key}</legend>
            <div class="chips">
              {values.map((value) => {
                const count = checks.filter((check) => check[key] === value).length;
                return (
                  count > 0 && (
                    <label key={value} class="chip">
                      <input type="checkbox" name={key} value={value} />
                      <span>
                        {key === "outcome" ? outcomeWord[value as ReportCheck["outcome"]] : value} <i>{count}</i>
                      </span>
                    </label>
                  )
                );
              })}
            </div>
          </fieldset>
        ))}
      </details>
      <p class="shown">
        <output id="shown">All {checks.length} checks</output>
        <button type="reset" id="reset" hidden>
          Show all
        </button>
      </p>
    </form>
  );
}
