import type { Report } from "../model.js";
import { Fold } from "./fold.js";

/** What the harness decided where the documentation says nothing. */
export function Decisions({ report: { contract } }: { readonly report: Report }) {
  if (contract.decisions.length === 0) return null;
  return (
    <Fold id="decisions" title="Where the documentation is silent" count={contract.decisions.length}>
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
    </Fold>
  );
}
