import type { ClauseStatus, Report, ReportClause } from "../model.js";
import { OutcomeIcon, verdictOutcome } from "./icons.js";
import { LevelCounts } from "./level-counts.js";
import { duration, verdictWord, wallTime } from "./words.js";

/** Is it conformant? Everything that answers that stands in the first screenful. */
export function Hero({ report }: { readonly report: Report }) {
  const { harness, target, verdict, verdictLine, notes, gate } = report;
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
        <p class="lead">{verdictLine}</p>
        <p class="gate">
          Gate <strong class={gate.outcome}>{gate.outcome}</strong> on {gate.levels.join(", ")} · exit code{" "}
          {gate.exitCode}
        </p>
      </div>
      <LevelCounts report={report} />
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Clauses clauses={report.clauses} />
      <Facts report={report} />
    </header>
  );
}

const statuses: readonly (readonly [ClauseStatus, string])[] = [
  ["violated", "Violated"],
  ["verified", "Verified"],
  ["not-verified", "Not verified"],
];

/** What was verified and what was not, clause by clause. */
function Clauses({ clauses }: { readonly clauses: readonly ReportClause[] }) {
  return (
    <section class="clauses" aria-labelledby="clauses-title">
      <h2 id="clauses-title">{clauses.length} documented clauses</h2>
      <div class="columns">
        {statuses.map(([status, title]) => {
          const own = clauses.filter((clause) => clause.status === status);
          return (
            <div key={status} class={own.length === 0 ? "empty" : status}>
              <h3>
                <span class="count">{own.length}</span> {title}
              </h3>
              {own.length > 0 && (
                <ul>
                  {own.map(({ id }) => (
                    <li key={id}>
                      <a href={`#clause:${encodeURI(id)}`}>{id}</a>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Facts({ report: { contract, target, durationMs, seed, nonce } }: { readonly report: Report }) {
  const kind = target.kind === "embedded" ? "the embedded reference receiver" : "a receiver at its address";
  const facts: readonly (readonly [string, string])[] = [
    ["Contract", contract.name],
    ["Target", target.local ? `${kind}; local, so the URL rules do not apply` : kind],
    ["Declared", target.capabilities.join(", ") || "nothing beyond the address"],
    ["Custom headers", target.headers.join(", ") || "none"],
    ["Took", duration(durationMs)],
    ["Seed", nonce === "" ? seed : `${seed}, nonce ${nonce}`],
  ];
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
