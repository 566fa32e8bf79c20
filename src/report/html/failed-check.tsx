import type { Mismatch, ReportCheck } from "../model.js";
import { counted } from "../../in-words.js";
import { newText } from "../standing.js";
import { CheckBasis } from "./check-basis.js";
import { Deliveries } from "./delivery-picture.js";
import type { Evidence } from "./evidence.js";
import { namedExchange } from "./exchange-names.js";
import { Wire } from "./exchange.js";
import { OutcomeIcon } from "./icons.js";
import { LatencyHistogram } from "./latency-histogram.js";
import { evidenceIn, type PageView } from "./page-view.js";
import { anchorTo, duration } from "./words.js";
import { contractOf } from "../contracts.js";

interface FailedCheckProps {
  readonly view: PageView;
  readonly check: ReportCheck;
  /** From the start. */
  readonly isOpen: boolean;
}

/** All that a person needs who mends it: a line that opens. */
export function FailedCheck({ view, check, isOpen }: FailedCheckProps) {
  const evidence = evidenceIn(view, check);
  const { id, title, level, suite, outcome, mismatches } = check;
  return (
    <details class="failure" id={id} data-outcome={outcome} data-level={level} data-suite={suite} open={isOpen}>
      <summary>
        <OutcomeIcon outcome="failed" word="failed" />
        <h4>{title}</h4>
        <span class="meta">
          <code>{id}</code>
          {check.isNew === true && <span class="tag">{newText(check)}</span>}
          {check.knownFailure !== undefined && <span class="tag">known failure</span>}
          <span class="got">{mismatches[0]?.actual}</span>
        </span>
      </summary>
      <p class="meta">
        <a class="self" href={anchorTo(id)}>
          Link to this check
        </a>
        <span>took {duration(check.durationMs)}</span>
      </p>
      {check.knownFailure !== undefined && (
        <p class="known">
          <strong>Known failure</strong> <bdi>{check.knownFailure}</bdi>
        </p>
      )}
      <Mismatches mismatches={check.mismatches} evidence={evidence} />
      <dl class="remedy">
        <Hint hint={check.hint} />
        <CheckBasis view={view} check={check} />
        {check.notes.length > 0 && (
          <>
            <dt>{check.notes.length === 1 ? "Note" : "Notes"}</dt>
            {check.notes.map((note) => (
              <dd key={note}>{note}</dd>
            ))}
          </>
        )}
      </dl>
      <Deliveries attempts={check.attempts} schedule={contractOf(view.report, check)?.schedule} />
      {check.latencies !== undefined && <LatencyHistogram latencies={check.latencies} />}
      <Reproduce evidence={evidence} />
      {check.attempts.length > 0 && (
        <details class="wire">
          <summary>On the wire: {counted(check.attempts.length, "exchange")}</summary>
          <Wire evidence={evidence} />
        </details>
      )}
    </details>
  );
}

/** Twenty callbacks that fail alike are one row; each place leads to its exchange. */
function Mismatches({ mismatches, evidence }: { mismatches: readonly Mismatch[]; evidence: Evidence }) {
  if (mismatches.length === 0) return null;
  const names = evidence.exchanges.map(({ name }) => name);
  const rows = new Map<string, Mismatch[]>();
  for (const mismatch of mismatches) {
    const key = JSON.stringify([mismatch.expected, mismatch.actual]);
    rows.set(key, [...(rows.get(key) ?? []), mismatch]);
  }
  return (
    <table class="mismatches">
      <thead>
        <tr>
          <th scope="col">Expected</th>
          <th scope="col" class="wide">
            Got
          </th>
          <th scope="col">Where</th>
        </tr>
      </thead>
      <tbody>
        {Array.from(rows, ([key, alike]) => (
          <tr key={key}>
            <td data-head="Expected">{alike[0]?.expected}</td>
            <td data-head="Got" class="got">
              {alike[0]?.actual}
            </td>
            <td data-head="Where">
              <ul>
                {alike.map(({ where }, index) => {
                  const exchange = evidence.exchanges[namedExchange(where, names) ?? -1];
                  return (
                    <li key={index}>
                      {exchange === undefined ? where || "–" : <a href={anchorTo(exchange.anchor)}>{where}</a>}
                    </li>
                  );
                })}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The model has cause and remedy in one text. */
function Hint({ hint }: { readonly hint: string | null }) {
  if (hint === null) return null;
  const [, cause, fix] = /^Likely cause: (.*?)\. (.*)$/s.exec(hint) ?? [];
  return (
    <>
      {cause !== undefined && (
        <>
          <dt>Likely cause</dt>
          <dd>{cause}</dd>
        </>
      )}
      <dt>How to fix</dt>
      <dd class="fix">{fix ?? hint}</dd>
    </>
  );
}

function Reproduce({ evidence: { curl, isCurlTooLong } }: { readonly evidence: Evidence }) {
  if (curl === null && !isCurlTooLong) return null;
  return (
    <div class="reproduce">
      <p class="label">Reproduce</p>
      {curl === null ? (
        <p>The curl line is too long for this page; the JSON report has it.</p>
      ) : (
        <pre data-copy>{curl}</pre>
      )}
    </div>
  );
}
