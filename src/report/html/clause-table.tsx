import type { ClauseStatus, Report, ReportCheck } from "../model.js";
import { Fold } from "./fold.js";
import { anchorTo, isWebAddress, outcomeWord } from "./words.js";
import { contractsIn } from "../contracts.js";

const statusWord: Readonly<Record<ClauseStatus, string>> = {
  verified: "verified",
  violated: "violated",
  "not-verified": "not verified",
};

/** Every documented statement, and the checks that looked at it. */
export function ClauseTable({ report }: { readonly report: Report }) {
  const { clauses, checks } = report;
  const byId = new Map(checks.map((check) => [check.id, check] as const));
  return (
    <Fold id="clauses" title="Clauses" count={clauses.length}>
      {contractsIn(report).map(({ name, documentUrl }) => (
        <p class="lead" key={documentUrl}>
          {name}, as documented:{" "}
          {isWebAddress(documentUrl) ? (
            <a href={documentUrl} rel="noopener noreferrer">
              {documentUrl}
            </a>
          ) : (
            documentUrl
          )}
        </p>
      ))}
      <ul class="clause-list">
        {clauses.map(({ id, section, statement, status, checks: own }) => (
          <li key={id} id={`clause:${id}`} class={status}>
            <p class="status">{statusWord[status]}</p>
            <div>
              <p class="statement">{statement}</p>
              <p class="members">
                <code>{id}</code> · {section} ·{" "}
                {own.length === 0 ? (
                  "no check: the sender’s to keep, or not to be seen from outside"
                ) : (
                  <Checks of={own} byId={byId} />
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

interface ChecksProps {
  readonly of: readonly string[];
  readonly byId: ReadonlyMap<string, ReportCheck>;
}

const Checks = ({ of, byId }: ChecksProps) => (
  <>
    {of.map((id, index) => {
      const check = byId.get(id);
      return (
        <>
          {index > 0 && ", "}
          <a href={anchorTo(id)}>{id}</a> {check !== undefined && outcomeWord[check.outcome]}
        </>
      );
    })}
  </>
);
