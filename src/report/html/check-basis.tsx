import type { ReportCheck } from "../model.js";
import type { PageView } from "./page-view.js";
import { isWebAddress } from "./words.js";
import { contractOf } from "../contracts.js";

/** What a check rests on: the documented clause with a link to the page, or who else says so. Terms of a list. */
export function CheckBasis({ view: { report }, check }: { readonly view: PageView; readonly check: ReportCheck }) {
  if (check.clause === null) {
    return check.source === null ? null : (
      <>
        <dt>Source</dt>
        <dd>{check.source}</dd>
      </>
    );
  }
  const clause = report.clauses.find(({ id }) => id === check.clause);
  const documentUrl = contractOf(report, check)?.documentUrl ?? "";
  return (
    <>
      <dt>Clause</dt>
      <dd>
        <a href={`#clause:${encodeURI(check.clause)}`}>{check.clause}</a>
        {clause !== undefined && (
          <>
            {" "}
            {clause.statement}{" "}
            {isWebAddress(documentUrl) ? (
              <a class="document" href={documentUrl} rel="noopener noreferrer">
                {clause.section}, in the documentation
              </a>
            ) : (
              `(${clause.section})`
            )}
          </>
        )}
      </dd>
    </>
  );
}
