import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { showControlCharacters } from "../control-character.js";
import type { Outcome } from "../model.js";
import type { Matrix, MatrixTarget } from "./matrix.js";
import { failedChecks, namesOf, remarksOf, suitesOf, summaryLine, worstFirst } from "./rows.js";
import { style } from "./style.js";

/** Short, so that many columns fit, and words, so that no colour is needed to read them. */
const words: Readonly<Record<Outcome, string>> = {
  passed: "pass",
  failed: "fail",
  skipped: "skip",
  "not-run": "not run",
  error: "error",
};

const mostNames = 20;

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
        <style dangerouslySetInnerHTML={{ __html: style }} />
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
            {harness.name} {harness.version}, <time dateTime={startedAt}>{startedAt}</time>,{" "}
            {(durationMs / 1000).toFixed(1)} s
          </p>
          {notes.length > 0 && (
            <ul>
              {notes.map((note) => (
                <li>{showControlCharacters(note)}</li>
              ))}
            </ul>
          )}
          <Grid matrix={matrix} />
          <Failures matrix={matrix} />
          <Remarks matrix={matrix} />
        </main>
      </body>
    </html>
  );
}

function Grid({ matrix }: { matrix: Matrix }): JSX.Element | null {
  const { checks } = matrix;
  if (matrix.targets.length === 0) return null;
  return (
    <>
      <h2 id="grid">Receivers by checks</h2>
      {/* What scrolls has to be within reach of the keyboard. */}
      <div class="scroll" role="region" aria-labelledby="grid" tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <th class="name" scope="col" rowSpan={2}>
                Receiver
              </th>
              <th scope="col" rowSpan={2}>
                Verdict
              </th>
              {suitesOf(matrix).map((suite) => (
                <th scope="colgroup" colSpan={suite.checks.length}>
                  {suite.id}
                </th>
              ))}
            </tr>
            <tr>
              {checks.map(({ id, suite, title, level }) => (
                <th scope="col" title={`${title} (${level})`}>
                  <span>{id.startsWith(`${suite}/`) ? id.slice(suite.length + 1) : id}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {worstFirst(matrix).map((target) => (
              <tr>
                <th class="name" scope="row" title={showControlCharacters(target.url)}>
                  <Name target={target} />
                </th>
                <td class={target.gate.outcome}>{target.verdict}</td>
                {checks.map(({ id }) => {
                  const outcome = target.outcomes[id];
                  return outcome === undefined ? <td /> : <td class={outcome}>{words[outcome]}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">A cell is empty where the check was not selected for the receiver.</p>
    </>
  );
}

function Name({ target: { name, files } }: { target: MatrixTarget }): JSX.Element {
  const file = files["html"] ?? files["markdown"] ?? files["json"];
  return file === undefined ? <>{name}</> : <a href={file}>{name}</a>;
}

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
              <td>{namesOf(targets, mostNames)}</td>
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
          {remarks.map(({ text, targets }) => (
            <tr>
              <td>{namesOf(targets, mostNames)}</td>
              <td>{showControlCharacters(text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
