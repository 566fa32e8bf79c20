import type { CheckGroup } from "../check-groups.js";
import type { Outcome, ReportCheck } from "../model.js";
import { CheckRow } from "./check-row.js";
import { Fold } from "./fold.js";
import type { PageView } from "./page-view.js";

interface Group extends CheckGroup {
  /** Closed at first. */
  readonly folded?: boolean;
}

interface QuietSectionProps {
  readonly view: PageView;
  readonly outcome: Outcome;
  readonly title: string;
  readonly lead?: string;
  readonly groups: readonly Group[];
}

/** Checks that need no mending: a line each, with their evidence folded away. */
export function QuietSection({ view, outcome, title, lead, groups }: QuietSectionProps) {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, { checks }) => sum + checks.length, 0);
  return (
    <Fold id={`section-${outcome}`} title={title} count={count} holdsChecks class="quiet">
      {lead !== undefined && <p class="lead">{lead}</p>}
      {groups.map((group) =>
        group.folded === true ? (
          <details key={group.text} class="group" data-group>
            <summary class="reason">
              {group.text} <span class="count">{group.checks.length}</span>
            </summary>
            <Rows view={view} checks={group.checks} />
          </details>
        ) : (
          <div key={group.text} class="group" data-group>
            <h3 class={outcome === "passed" ? undefined : "reason"}>
              {group.text} <span class="count">{group.checks.length}</span>
            </h3>
            <Rows view={view} checks={group.checks} />
          </div>
        ),
      )}
    </Fold>
  );
}

const Rows = ({ view, checks }: { readonly view: PageView; readonly checks: readonly ReportCheck[] }) => (
  <div class="rows">
    {checks.map((check) => (
      <CheckRow key={check.id} view={view} check={check} />
    ))}
  </div>
);
