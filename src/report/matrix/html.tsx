import type { JSX } from "preact";
import { seconds } from "../../in-words.js";
import { renderToString } from "preact-render-to-string";
import { showControlCharacters } from "../control-character.js";
import { levels, verdicts, type Outcome } from "../model.js";
import type { Matrix, MatrixCheck, MatrixTarget } from "./matrix.js";
import { alikeRows, failedChecks, failingFirst, remarksOf, suitesOf, summaryLine } from "./rows.js";
import { style } from "./style.js";

/** Short, so that many columns fit, and words, so that no colour is needed to read them. */
const words: Readonly<Record<Outcome, string>> = {
  passed: "pass",
  failed: "fail",
  skipped: "skip",
  "not-run": "not run",
  error: "error",
};

const mostNames = 6;

/** `matrix.html`: one file that needs nothing beside itself, receivers by checks. */
export function renderMatrixHtml(matrix: Matrix): string {
  return `<!doctype html>\n${renderToString(<Page matrix={matrix} />)}\n`;
}

function Page({ matrix }: { matrix: Matrix }): JSX.Element {
  const { gate, harness, startedAt, durationMs, notes } = matrix;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{summaryLine(matrix)}</title>
        {/* Text of a style element is not to be escaped. */}
        <style dangerouslySetInnerHTML={{ __html: style + filterStyle(suitesOf(matrix).length) }} />
      </head>
      <body>
        <main>
          <h1>{summaryLine(matrix)}</h1>
          <p>
            Gate{" "}
            <strong class={gate.outcome}>
              {gate.outcome}, exit code {gate.exitCode}
            </strong>
          </p>
          <p class="soft">
            {harness.name} {harness.version}, <time dateTime={startedAt}>{startedAt}</time>, {seconds(durationMs)}
          </p>
          {notes.length > 0 && (
            <ul>
              {notes.map((note) => (
                <li>{showControlCharacters(note)}</li>
              ))}
            </ul>
          )}
          <Remarks matrix={matrix} />
          <Grid matrix={matrix} />
          <Failures matrix={matrix} />
        </main>
      </body>
    </html>
  );
}

/** A column for each suite, which opens into its checks; what failed stands first, and equal rows are one. */
function Grid({ matrix }: { matrix: Matrix }): JSX.Element | null {
  if (matrix.targets.length === 0) return null;
  const suites = failingFirst(matrix);
  return (
    <>
      <h2 id="grid">Receivers by checks</h2>
      <Filters matrix={matrix} />
      {/* What scrolls has to be within reach of the keyboard. */}
      <div class="scroll" role="region" aria-labelledby="grid" tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <th class="name" scope="col">
                Receiver
              </th>
              <th scope="col">Verdict</th>
              {suites.map(({ id, checks }, index) => (
                <>
                  <th scope="col" class="suite">
                    <label>
                      <input type="checkbox" id={`open-${index}`} /> {id}
                    </label>
                  </th>
                  {checks.map(({ id: check, title, level }) => (
                    <th scope="col" title={`${title} (${level})`} class={`c${index}`} data-level={level}>
                      <span>{check.startsWith(`${id}/`) ? check.slice(id.length + 1) : check}</span>
                    </th>
                  ))}
                </>
              ))}
            </tr>
          </thead>
          <tbody>
            {alikeRows(matrix).map(([target, ...alike]) => (
              <tr data-verdict={target.verdict}>
                <th class="name" scope="row" title={showControlCharacters(target.url)}>
                  <Name target={target} />
                  {alike.length > 0 && (
                    <details>
                      <summary>and {alike.length} alike</summary>
                      {alike.map((other) => (
                        <div>
                          <Name target={other} />
                        </div>
                      ))}
                    </details>
                  )}
                </th>
                <td class={target.gate.outcome}>{target.verdict}</td>
                {suites.map(({ checks }, index) => (
                  <>
                    <SuiteCell target={target} checks={checks} />
                    {checks.map(({ id, level }) => {
                      const outcome = target.outcomes[id];
                      const kind = outcome === undefined ? "" : ` ${outcome}`;
                      return (
                        <td class={`c${index}${kind}`} data-level={level}>
                          {outcome !== undefined && words[outcome]}
                        </td>
                      );
                    })}
                  </>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">
        A number says how many checks of the suite passed, of those that were judged; a suite opens into its checks. A
        cell is empty where nothing of it was selected or judged.
      </p>
    </>
  );
}

function SuiteCell({ target, checks }: { target: MatrixTarget; checks: readonly MatrixCheck[] }): JSX.Element {
  const count = (...outcomes: readonly Outcome[]): number =>
    checks.filter(({ id }) => outcomes.some((outcome) => outcome === target.outcomes[id])).length;
  const [passed, failed, open] = [count("passed"), count("failed"), count("not-run", "error")];
  const kind = failed > 0 ? "failed" : open > 0 ? "not-run" : passed > 0 ? "passed" : "";
  const judged = passed + failed === 0 ? [] : [`${passed} of ${passed + failed}`];
  return <td class={`total ${kind}`}>{[...judged, ...(open > 0 ? [`${open} not run`] : [])].join(", ")}</td>;
}

function Filters({ matrix }: { matrix: Matrix }): JSX.Element {
  const there = verdicts.filter((verdict) => matrix.summary[verdict] > 0);
  return (
    <form class="filters">
      <fieldset>
        <legend>Verdicts</legend>
        {there.map((verdict) => (
          <label>
            <input type="checkbox" id={`verdict-${verdict}`} checked /> {verdict} ({matrix.summary[verdict]})
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Levels of the checks</legend>
        {levels.map((level) => (
          <label>
            <input type="checkbox" id={`level-${level}`} checked /> {level}
          </label>
        ))}
      </fieldset>
    </form>
  );
}

/** What the boxes do: no script is needed for it. */
function filterStyle(suites: number): string {
  const open = Array.from(
    { length: suites },
    (_, index) => `.grid:not(:has(#open-${index}:checked)) .c${index}{display:none}`,
  );
  const hidden = [
    ...verdicts.map((name) => `body:has(#verdict-${name}:not(:checked)) tr[data-verdict="${name}"]{display:none}`),
    ...levels.map((name) => `body:has(#level-${name}:not(:checked)) [data-level="${name}"]{display:none}`),
  ];
  return [...open, ...hidden].join("\n");
}

function Name({ target: { name, files } }: { target: MatrixTarget }): JSX.Element {
  const file = files["html"] ?? files["markdown"] ?? files["json"];
  return file === undefined ? <>{name}</> : <a href={file}>{name}</a>;
}

/** Each leads to the report of its receiver; of many, the first ones, and the others where one asks for them. */
function Names({ targets }: { targets: readonly MatrixTarget[] }): JSX.Element {
  const others = targets.slice(mostNames);
  return (
    <>
      <Listed targets={targets.slice(0, mostNames)} />
      {others.length > 0 && (
        <details>
          <summary>and {others.length} more</summary>
          <Listed targets={others} />
        </details>
      )}
    </>
  );
}

const Listed = ({ targets }: { targets: readonly MatrixTarget[] }): JSX.Element => (
  <>
    {targets.map((target, index) => (
      <>
        {index > 0 && ", "}
        <Name target={target} />
      </>
    ))}
  </>
);

function Failures({ matrix }: { matrix: Matrix }): JSX.Element | null {
  const failed = failedChecks(matrix);
  if (failed.length === 0) return null;
  return (
    <>
      <h2>Failed checks</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Level</th>
            <th scope="col">Receivers</th>
            <th scope="col">Which</th>
          </tr>
        </thead>
        <tbody>
          {failed.map(({ check: { id, title, level }, targets }) => (
            <tr>
              <th scope="row">
                <code>{id}</code>
                <div class="soft">{title}</div>
              </th>
              <td>{level}</td>
              <td>
                {targets.length} of {matrix.targets.length}
              </td>
              <td>
                <Names targets={targets} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Remarks({ matrix }: { matrix: Matrix }): JSX.Element | null {
  const remarks = remarksOf(matrix);
  if (remarks.length === 0) return null;
  return (
    <>
      <h2>What stands out</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Receivers</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {remarks.map(({ text, cause, targets }) => (
            <tr>
              <td>
                <Names targets={targets} />
              </td>
              <td>
                {cause !== undefined && <strong class="cause">{showControlCharacters(cause)}</strong>}
                <div class={cause === undefined ? undefined : "soft"}>{showControlCharacters(text)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
