import { capitalized } from "../capitalized.js";
import { counted } from "../../in-words.js";
import { explainedText } from "../explained.js";
import type { Report, ReportCause, ReportCheck } from "../model.js";
import { isGated } from "../standing.js";
import type { PageView } from "./page-view.js";
import { anchorTo } from "./words.js";

/** What do I fix, and in which order? One fault is named once, with all that it explains. */
export function Causes({ view: { report } }: { readonly view: PageView }) {
  const causes = report.causes ?? [];
  if (causes.length === 0) return null;
  const byId = new Map(report.checks.map((check) => [check.id, check] as const));
  return (
    <section class="causes" aria-labelledby="fix">
      <h2 id="fix">
        What to fix <span class="count">{causes.length}</span>
      </h2>
      <p class="lead">
        {counted(causes.length, "cause")} behind {explainedText(report)}; what decides the gate comes first.
      </p>
      <ol>
        {causes.map((cause) => (
          <Cause key={cause.id} cause={cause} byId={byId} isGated={decides(cause, byId, report)} />
        ))}
      </ol>
    </section>
  );
}

function decides({ checks }: ReportCause, byId: ReadonlyMap<string, ReportCheck>, report: Report): boolean {
  return checks.some((id) => {
    const check = byId.get(id);
    return check !== undefined && isGated(check, report);
  });
}

interface CauseProps {
  readonly cause: ReportCause;
  readonly byId: ReadonlyMap<string, ReportCheck>;
  /** A check that decides the gate is among what it explains. */
  readonly isGated: boolean;
}

function Cause({ cause, byId, isGated: gates }: CauseProps) {
  return (
    <li>
      <p class="says">
        {capitalized(cause.says)} {gates && <span class="tag">decides the gate</span>}
      </p>
      <p>{cause.fix}</p>
      <p class="members">
        {counted(cause.checks.length, "check")}:{" "}
        {cause.checks.map((id, index) => (
          <>
            {index > 0 && ", "}
            <a href={anchorTo(id)}>{id}</a>
            {byId.get(id)?.knownFailure !== undefined && " (known)"}
          </>
        ))}
      </p>
    </li>
  );
}
