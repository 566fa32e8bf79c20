import type { Report } from "../model.js";

/** What the harness decided where the documentation says nothing. */
export function Decisions({ report: { contract } }: { readonly report: Report }) {
  if (contract.decisions.length === 0) return null;
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">
        Where the documentation is silent <span class="count">{contract.decisions.length}</span>
      </h2>
      <p class="lead">What this run took for granted, and why.</p>
      <dl class="decisions">
        {contract.decisions.map(({ id, question, decision, reason }) => (
          <div key={id}>
            <dt>{question}</dt>
            <dd>
              {decision} <span class="why">{reason}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
