import type { Report } from "../model.js";
import { Fold } from "./fold.js";
import { duration } from "./words.js";
import { capitalized } from "../capitalized.js";
import { contractsIn } from "../contracts.js";

/** What this is a report of, and how it was made. */
export function About({ report }: { readonly report: Report }) {
  const { target, durationMs, seed, nonce, notes, verdict } = report;
  const kind = target.kind === "embedded" ? "the embedded reference receiver" : "a receiver at its address";
  const facts: readonly (readonly [string, string])[] = [
    ...contractsIn(report).map(({ name }) => ["Contract", name] as const),
    ["Target", target.local ? `${kind}; local, so the URL rules do not apply` : kind],
    ["Declared", target.capabilities.join(", ") || "nothing beyond the address"],
    ["Custom headers", target.headers.join(", ") || "none"],
    ["Took", duration(durationMs)],
    ...Object.entries(report.about ?? {}).map(([name, text]) => [capitalized(name), text] as const),
    ...(report.command === undefined ? [] : [["Made by", report.command] as const]),
    ["Seed", nonce === "" ? seed : `${seed}, nonce ${nonce}`],
  ];
  return (
    <Fold id="about" title="About this run">
      <dl class="facts">
        {facts.map(([term, value]) => (
          <div key={`${term} ${value}`}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {verdict !== "inconclusive" && <Notes notes={notes} />}
    </Fold>
  );
}

/** How the run was set up; where nothing could be concluded, what to do about it. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
