import type { ReportCheck } from "../model.js";
import { newText } from "../standing.js";
import { CheckBasis } from "./check-basis.js";
import { Deliveries } from "./delivery-picture.js";
import { Wire } from "./exchange.js";
import { OutcomeIcon } from "./icons.js";
import { LatencyHistogram } from "./latency-histogram.js";
import { evidenceIn, type PageView } from "./page-view.js";
import { anchorTo, duration, outcomeWord } from "./words.js";
import { contractOf } from "../contracts.js";

/** One line, which opens where there is more to say; what was measured is open from the start, since it is there to be seen. */
export function CheckRow({ view, check }: { readonly view: PageView; readonly check: ReportCheck }) {
  const { id, title, level, suite, outcome, notes, latencies, knownFailure } = check;
  const evidence = evidenceIn(view, check);
  const isStale = knownFailure !== undefined && outcome === "passed";
  const line = (
    <>
      <span class="title">{title}</span>
      <code>{id.slice(id.indexOf("/") + 1)}</code>
      <span class="tag">
        {level}
        {check.isNew === true && `, ${newText(check)}`}
      </span>
      {check.durationMs > 0 && <span class="took">{duration(check.durationMs)}</span>}
    </>
  );
  const data = { "data-outcome": outcome, "data-level": level, "data-suite": suite };
  const isBare = check.attempts.length === 0 && notes.length === 0 && check.hint === null && knownFailure === undefined;
  if (isBare && latencies === undefined) {
    return (
      <div class="check bare" id={id} {...data}>
        {line}
      </div>
    );
  }
  return (
    <details class="check" id={id} {...data} open={latencies !== undefined || isStale}>
      <summary>
        <OutcomeIcon outcome={outcome} word={outcomeWord[outcome]} />
        {line}
      </summary>
      <div class="body">
        {knownFailure !== undefined && (
          <p class="known">
            <strong>Known failure</strong> <bdi>{knownFailure}</bdi>
            {isStale && " It passed: take it off the list."}
          </p>
        )}
        <dl class="remedy">
          <dt>Check</dt>
          <dd>
            <a class="self" href={anchorTo(id)}>
              {id}
            </a>
          </dd>
          <CheckBasis view={view} check={check} />
          {check.hint !== null && (
            <>
              <dt>Hint</dt>
              <dd>{check.hint}</dd>
            </>
          )}
          {notes.length > 0 && <dt>{notes.length === 1 ? "Note" : "Notes"}</dt>}
          {notes.map((note) => (
            <dd key={note}>{note}</dd>
          ))}
        </dl>
        <Deliveries attempts={check.attempts} schedule={contractOf(view.report, check)?.schedule} />
        {latencies !== undefined && <LatencyHistogram latencies={latencies} />}
        {check.attempts.length > 0 && <Wire evidence={evidence} />}
      </div>
    </details>
  );
}
