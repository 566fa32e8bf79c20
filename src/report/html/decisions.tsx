import type { Report } from "../model.js";
import { Fold } from "./fold.js";
import { contractsIn } from "../contracts.js";

/** What the harness decided where the documentation says nothing. */
export function Decisions({ report }: { readonly report: Report }) {
  // What holds for several contracts is decided once.
  const decisions = [
    ...new Map(
      contractsIn(report).flatMap((contract) => contract.decisions.map((each) => [each.decision, each])),
    ).values(),
  ];
  if (decisions.length === 0) return null;
  return (
    <Fold id="decisions" title="Where the documentation is silent" count={decisions.length}>
      <p class="lead">What this run took for granted, and why.</p>
      <dl class="decisions">
        {decisions.map(({ id, question, decision, reason }) => (
          <div key={`${id} ${decision}`}>
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
