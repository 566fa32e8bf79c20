import { U as jsonText } from "./reports-TZriK1mR.js";
// src/report/badge.ts
const colors = {
	conformant: "brightgreen",
	"non-conformant": "red",
	inconclusive: "yellow"
};
function renderBadge({ verdict, checks }) {
	const required = checks.filter(({ level }) => level === "required");
	const selected = required.filter(({ reasonCode }) => reasonCode !== "not-selected").length;
	const badge = {
		schemaVersion: 1,
		label: "webhook",
		message: `${verdict}${selected === required.length ? "" : ` (${selected} of ${required.length} required checks)`}`,
		color: colors[verdict]
	};
	return `${jsonText(badge)}\n`;
}
export { renderBadge };

//# sourceMappingURL=badge-fkplZ6dx.js.map