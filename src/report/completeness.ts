import type { Report, ReportCheck } from "./model.js";
import { shardsIn } from "./shards.js";

/** How much of all that there is to check a report speaks of, for whoever signs it. */
export interface Completeness {
  readonly word: "complete" | "partial";
  /** What was left out, each a few words; none where it is complete. */
  readonly leftOut: readonly string[];
}

/** What a target can declare, in the words of the report. */
const capabilities = ["credentials", "url-secret", "effects", "elapsed-time", "instances", "results-api"];

/** In one word whether all was looked at, and what was not, in the order of how much it hides. */
export function completenessOf(report: Report): Completeness {
  const { checks, target, repeats } = report;
  const count = (is: (check: ReportCheck) => boolean): number => checks.filter(is).length;
  const skipped = (code: ReportCheck["reasonCode"]): number =>
    count(({ outcome, reasonCode }) => outcome === "skipped" && reasonCode === code);
  const undeclared = capabilities.filter((name) => !target.capabilities.includes(name)).join(", ");
  const shards = shardsIn(report.notes).length > 0 ? " or of another shard" : "";
  const leftOut = [
    [skipped("not-selected"), `not selected by the filters${shards}`],
    [count(({ outcome }) => outcome === "not-run"), "not run"],
    [count(({ outcome }) => outcome === "error"), "in error"],
    [skipped("not-observable"), `not observable (not declared: ${undeclared || "nothing"})`],
    [skipped("sessions-used-up"), "skipped for want of session ids"],
    [target.local ? skipped("not-applicable") : 0, "not applicable to a target that is not at its production address"],
    [count(({ outcome, knownFailure }) => outcome === "failed" && knownFailure !== undefined), "failed and accepted"],
    [report.gate.new?.checks ?? 0, "new, not gated"],
  ] as const;
  const texts = leftOut.flatMap(([number, what]) =>
    number === 0 ? [] : [`${number} ${number === 1 ? "check" : "checks"} ${what}`],
  );
  const all = repeats === undefined ? texts : [`what passed in the run of ${repeats.startedAt}`, ...texts];
  return { word: all.length === 0 ? "complete" : "partial", leftOut: all };
}

/** `partial: 9 checks not observable (…); 2 checks failed and accepted`. */
export function completenessText(report: Report): string {
  const { word, leftOut } = completenessOf(report);
  return leftOut.length === 0 ? word : `${word}; left out: ${leftOut.join("; ")}`;
}

/** What somebody said that it is about, each with what it is called; none where nobody did. */
export function aboutParts({ about = {} }: Pick<Report, "about">): readonly (readonly [label: string, text: string])[] {
  const { product, version, commit, contact } = about;
  const name = [product, version].filter((part) => part !== undefined).join(" ");
  const parts = [
    ["", name === "" ? undefined : name],
    ["commit", commit],
    ["contact", contact],
  ] as const;
  return parts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

/** `Order service 2.3.1, commit 4f2a9c1, contact #payments`; null where nobody said. */
export function aboutText(report: Pick<Report, "about">): string | null {
  const parts = aboutParts(report);
  return parts.length === 0 ? null : parts.map((part) => part.join(" ").trim()).join(", ");
}
