import type { ReportCheck } from "../model.js";
import { counted } from "../../in-words.js";
import { groupByText } from "../check-groups.js";
import { About } from "./about.js";
import { Causes } from "./causes.js";
import { ClauseTable } from "./clause-table.js";
import { Decisions } from "./decisions.js";
import { HtmlDocument } from "./document.js";
import { Failures } from "./failures.js";
import { Filter } from "./filter.js";
import { Hero } from "./hero.js";
import { IconSprite } from "./icons.js";
import type { PageView } from "./page-view.js";
import { QuietSection } from "./quiet-section.js";
import { script } from "./script.js";
import { style } from "./style.js";
import { verdictWord } from "./words.js";

export function Page({ view }: { readonly view: PageView }) {
  const { report } = view;
  const withOutcome = (outcome: ReportCheck["outcome"]): readonly ReportCheck[] =>
    report.checks.filter((check) => check.outcome === outcome);
  const byReason = (checks: readonly ReportCheck[]) =>
    groupByText(checks, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]);
  const skipped = withOutcome("skipped");
  const notSelected = skipped.filter(({ reasonCode }) => reasonCode === "not-selected");
  return (
    <HtmlDocument
      title={`${verdictWord[report.verdict]}: ${report.target.url}`}
      harness={report.harness}
      style={style}
      script={script}
    >
      <a class="skip" href="#checks">
        Skip to the checks
      </a>
      <IconSprite />
      <Hero report={report} />
      <main id="checks">
        <Causes view={view} />
        <Filter report={report} />
        <Failures view={view} checks={withOutcome("failed")} />
        <QuietSection
          view={view}
          outcome="error"
          title="In error"
          lead="A fault of the harness or of what it was given, never charged to the receiver."
          groups={byReason(withOutcome("error"))}
        />
        <QuietSection
          view={view}
          outcome="not-run"
          title="Not run"
          lead="Something stood in the way, so these say nothing about the receiver."
          groups={byReason(withOutcome("not-run"))}
        />
        <QuietSection
          view={view}
          outcome="skipped"
          title="Skipped"
          lead="Not verified in this run; each reason says what it would take."
          groups={[
            ...byReason(skipped.filter((check) => !notSelected.includes(check))),
            ...(notSelected.length === 0
              ? []
              : [{ text: `not selected by the filters of this run`, checks: notSelected, folded: true }]),
          ]}
        />
        <QuietSection view={view} outcome="passed" title="Passed" groups={bySuite(withOutcome("passed"))} />
        <ClauseTable report={report} />
        <Decisions report={report} />
        <About report={report} />
      </main>
      <footer>
        <LeftOut view={view} />
        <p>
          {report.harness.name} {report.harness.version}, report schema {report.schemaVersion}. Values of custom
          headers, tokens and userinfo are redacted. Times of day are UTC.
        </p>
      </footer>
    </HtmlDocument>
  );
}

/** In the order of the catalogue, which the checks are in. */
function bySuite(checks: readonly ReportCheck[]) {
  const suites = [...new Set(checks.map(({ suite }) => suite))];
  return suites.map((text) => ({ text, checks: checks.filter(({ suite }) => suite === text) }));
}

function LeftOut({ view: { evidence } }: { readonly view: PageView }) {
  const count = [...evidence.values()].reduce((sum, { leftOut }) => sum + leftOut, 0);
  if (count === 0) return null;
  return (
    <p>
      To keep this page small, {counted(count, "exchange")} {count === 1 ? "is" : "are"} left out, those of passing
      checks first; the JSON report has them all.
    </p>
  );
}
