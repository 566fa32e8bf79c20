import { jsonText } from "./json-text.js";
import type { Report, Verdict } from "./model.js";

const colors: Readonly<Record<Verdict, string>> = {
  conformant: "brightgreen",
  "non-conformant": "red",
  inconclusive: "yellow",
};

/** `badge.json`: the verdict as shields.io's endpoint badge reads it (https://shields.io/badges/endpoint-badge). */
export function renderBadge({ verdict, checks }: Report): string {
  const required = checks.filter(({ level }) => level === "required");
  const selected = required.filter(({ reasonCode }) => reasonCode !== "not-selected").length;
  // A badge stands alone, where nobody sees which filters there were.
  const scope = selected === required.length ? "" : ` (${selected} of ${required.length} required checks)`;
  const badge = { schemaVersion: 1, label: "webhook", message: `${verdict}${scope}`, color: colors[verdict] };
  return `${jsonText(badge)}\n`;
}
