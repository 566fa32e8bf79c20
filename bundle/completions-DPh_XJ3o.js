import { h as commandCalled, m as argumentsOf } from "./command-line-DL7FZMfB.js";
// src/cli/offered-names.ts
async function offeredNames(named) {
	switch (named) {
		case "suite": return (await import("./suites-D1cHsLyX.js")).suites.map(({ id }) => id);
		case "check": return (await import("./suites-D1cHsLyX.js")).suites.flatMap(({ checks }) => checks.map(({ id }) => id));
		case "faulty-receiver": return (await import("./faulty-receivers-CvfvH2NK.js")).faultyReceivers.map(({ id }) => id);
		case "hostile-server": return (await import("./hostile-answer-BuqRsdcN.js")).hostileNames();
		case "scenario": return (await import("./scenario-file-B3zA4mtZ.js")).namedScenarios().map(({ name }) => name);
	}
}
// src/cli/completions.ts
async function completionsFor(entries, words) {
	const [, inline = "", value] = /^(--[\w-]+=)(.*)$/s.exec(words.at(-1) ?? "") ?? [];
	const current = value ?? words.at(-1) ?? "";
	return (await candidatesFor(entries, [...words.slice(0, -1), ...inline === "" ? [] : [inline.slice(0, -1)]].filter((word) => word !== "="), current)).filter((candidate) => candidate.startsWith(current)).map((candidate) => inline + candidate);
}
async function candidatesFor(entries, before, current) {
	const [first] = before;
	const group = entries.find(({ name }) => name === first);
	if (group !== void 0 && "commands" in group && before.length === 1) return group.commands.map(({ name }) => name);
	const named = commandCalled(entries, before);
	const command = named?.command ?? entries.find((entry) => "isDefault" in entry);
	if (command === void 0) return [];
	const given = before.slice(named?.called.split(" ").length ?? 0);
	const awaiting = specOf(command, given.at(-1) ?? "");
	if (awaiting !== void 0 && awaiting.kind !== "flag") return valuesOf(awaiting, current);
	if (current.startsWith("-")) return optionsLeft(command, given);
	if (before.length === 0) return entries.map(({ name }) => name);
	const expected = argumentsOf(command);
	const argument = expected[argumentsIn(command, given)] ?? expected.find(({ repeats }) => repeats);
	if (argument?.names !== void 0) return offeredNames(argument.names);
	return argument?.required === true ? [] : optionsLeft(command, given);
}
function specOf({ options }, word) {
	const name = /^--([\w-]+)$/.exec(word)?.[1];
	if (name !== void 0) return options[name];
	const short = /^-(\w)$/.exec(word)?.[1];
	return Object.values(options).find(({ alias }) => short !== void 0 && alias === short);
}
function argumentsIn(command, given) {
	const isValue = (index) => (specOf(command, given[index - 1] ?? "")?.kind ?? "flag") !== "flag";
	return given.filter((word, index) => !word.startsWith("-") && !isValue(index)).length;
}
async function valuesOf(spec, current) {
	const all = ("choices" in spec ? spec.choices : void 0) ?? (spec.names === void 0 ? [] : await offeredNames(spec.names));
	if (spec.kind !== "list" || spec.commas !== true) return all;
	const [chosen = ""] = /^.*,/s.exec(current) ?? [];
	const taken = chosen.split(",");
	return all.filter((value) => !taken.includes(value)).map((value) => chosen + value);
}
function optionsLeft({ options }, given) {
	return [...Object.entries(options).filter(([name, { kind }]) => kind === "list" || !given.includes(`--${name}`)).map(([name]) => `--${name}`), "--help"];
}
export { completionsFor };

//# sourceMappingURL=completions-DPh_XJ3o.js.map