import { renderToString } from "preact-render-to-string";
import { HtmlDocument } from "../../report/html/document.js";
import { shownReport } from "../../report/html/shown-report.js";
import { formatOffset } from "../../report/virtual-time.js";
import type { PlayedFacts } from "../played-facts.js";
import { Picture } from "./picture.js";
import type { ScenarioReport } from "./scenario-report.js";
import { style } from "./style.js";
import { countedVerdicts, verdictWords, worstFirst } from "./words.js";

const attemptBegins = /(^|: )attempt \d+ of \d+$/;

/** A storm of retries is not told by a hundred pictures. */
const mostPictures = 3;

/** The report as one HTML file that needs nothing beside itself. What came from the receiver is only ever text. */
export const renderScenariosHtml = (report: ScenarioReport): string =>
  `<!doctype html>\n${renderToString(<Page report={shownReport(report)} />)}\n`;

function Page({ report: { harness, scenarios } }: { readonly report: ScenarioReport }) {
  const [only] = scenarios.length === 1 ? scenarios : [];
  const title =
    only === undefined ? countedVerdicts(scenarios) : `${verdictWords[only.verdict]}: ${only.scenario.title}`;
  return (
    <HtmlDocument title={title} harness={harness} style={style}>
      <header class="head">
        <p class="overline">A retry edge case, played on a receiver</p>
        <h1>{only === undefined ? title : only.scenario.title}</h1>
      </header>
      <main>
        {worstFirst(scenarios).map((facts) => (
          <Played key={facts.scenario.name} facts={facts} isOnly={facts === only} />
        ))}
      </main>
      <footer>
        <p>
          {harness.name} {harness.version}. Values of custom headers, tokens and userinfo are redacted.
        </p>
      </footer>
    </HtmlDocument>
  );
}

interface PlayedProps {
  readonly facts: PlayedFacts;
  /** Its title stands above already. */
  readonly isOnly: boolean;
}

function Played({ facts, isOnly }: PlayedProps) {
  const { scenario, receiver, deliveries, verdict, verdictLines, caveats, effects, timeline } = facts;
  const script = [...new Set(scenario.deliveries.map(({ attempts }) => attempts.join(",")))];
  return (
    <article class={`played ${verdict}`}>
      <h2>
        <span class="verdict-word">{verdictWords[verdict]}</span>
        {!isOnly && scenario.title}
      </h2>
      {scenario.incident !== null && <p class="lead">{scenario.incident}</p>}
      <ul class="notes">
        {verdictLines.map((line, at) => (
          <li key={at}>{line}</li>
        ))}
        {effects.reason !== null && <li>effects: not seen; {effects.reason}</li>}
        {caveats.map((line, at) => (
          <li key={at}>note: {line}</li>
        ))}
      </ul>
      <p class="about">
        {receiver.title}
        {receiver.beside.map((title) => `; beside it: ${title}`)}; script{" "}
        {script.map((each) => (
          <code key={each}>{each} </code>
        ))}
      </p>
      {deliveries.slice(0, mostPictures).map((delivery, index) => (
        <Picture key={delivery.sessionId} facts={facts} delivery={delivery} index={index} />
      ))}
      {deliveries.length > mostPictures && <p class="lead">and {deliveries.length - mostPictures} more sessions</p>}
      <table class="moments">
        <caption>What happened, on the scenario's clock</caption>
        <tbody>
          {timeline.map(({ offsetMs, lines }) => (
            <tr key={offsetMs}>
              <th scope="row">{formatOffset(offsetMs)}</th>
              <td>
                {lines.map((line, at) => (
                  <p key={at} class={attemptBegins.test(line) ? "begins" : undefined}>
                    {line}
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
