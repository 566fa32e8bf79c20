import { L as wrap, R as require_picocolors } from "./reports-TZriK1mR.js";
import { a as suites, i as suitesUnder, r as readOptions } from "./catalogue-DCc5JICU.js";
import { T as closest, _ as contractOf, c as explainOptions, v as contracts } from "./command-line-DL7FZMfB.js";
import { c as print, d as textWidth, f as wantsColor, j as UsageError } from "./main-C_aTT-j6.js";
import { O as namesOf, x as howToDeclare } from "./runner-COkQzweF.js";
// src/cli/list/explain-command.ts
var import_picocolors = require_picocolors();
async function explainCommand({ argument = "", options: raw }) {
	const { contract: id } = readOptions(explainOptions, raw);
	const { check, contract } = findCheck(argument, raw["contract"] === void 0 ? contracts : [contractOf({
		contract: id,
		method: void 0
	})]);
	const colors = (0, import_picocolors.createColors)(wantsColor(process.stdout));
	const width = textWidth();
	const lines = factsOf(check, contract).flatMap(([label, ...paragraphs]) => {
		const [first = "", ...others] = paragraphs.flatMap((text) => wrap(text, width, " ".repeat(10), " ".repeat(10)));
		return [`${colors.bold(label.padEnd(10))}${first.trimStart()}`, ...others];
	});
	const title = wrap(`It ${check.title}.`, width, "", "");
	print([
		colors.bold(check.id),
		...title,
		"",
		...lines
	].join("\n"));
	return 0;
}
function factsOf(check, contract) {
	const { level, clause, source, needs = [], aliases = [], productionOnly, explain } = check;
	return [
		["sends", explain.sends],
		["expects", explain.expects],
		["why", explain.why],
		["fix", explain.fix],
		["level", level],
		clause === null ? ["source", source ?? "good practice"] : clauseFact(clause, contract),
		...needs.map((need) => ["needs", `${need}: ${howToDeclare[need].is}`]),
		...productionOnly === true ? [["applies", "to the production address alone, not with --local"]] : [],
		...aliases.length > 0 ? [["formerly", aliases.join(", ")]] : []
	];
}
function clauseFact(id, contract) {
	const clause = contract.clauses.find((each) => each.id === id);
	if (clause === void 0) return ["clause", id];
	return [
		"clause",
		`${id}: ${clause.statement}`,
		`From the section "${clause.section}" of ${contract.documentUrl}`
	];
}
function findCheck(text, among) {
	const all = among.flatMap((contract) => suitesUnder(contract, suites).flatMap((suite) => suite.checks.map((check) => ({
		check,
		contract
	}))));
	const checks = all.filter(({ check }, index) => all.findIndex((other) => other.check.id === check.id) === index);
	const found = checks.find(({ check }) => namesOf(check).includes(text));
	if (found !== void 0) return found;
	const ending = checks.filter(({ check }) => namesOf(check).some((name) => name.endsWith(`/${text}`)));
	if (ending.length === 1 && ending[0] !== void 0) return ending[0];
	const names = checks.flatMap(({ check }) => namesOf(check));
	const bare = closest(text, names.map((name) => name.replace(/^.*\//, "")));
	const near = closest(text, names) ?? names.find((name) => name.endsWith(`/${bare}`));
	const hint = near === void 0 ? "`list` shows them all" : `did you mean ${near}?`;
	throw new UsageError("ERR_CHECK", `explain: expected the id of a check, got "${text}"; ${hint}`);
}
export { explainCommand };

//# sourceMappingURL=explain-command-DKG40K8D.js.map