import { t as __commonJSMin } from "./rolldown-runtime-Dq7tRbEa.js";
import { C as judgeClauses, E as verdictOf, S as gatedLevels, T as verdictLine, _ as readText, b as exitCodes$2, c as print, d as textWidth, f as wantsColor, j as UsageError, l as printAside, n as writeCiCommand, v as reasonOf, w as summarize, x as gateOf, y as harness } from "./main-C_aTT-j6.js";
import { b as systemClock } from "./sender-liWPum1j.js";
import { a as suites, r as readOptions, v as isoTime } from "./catalogue-DCc5JICU.js";
import { C as documentOf, S as assertSchema, b as showControlCharacters, f as capText } from "./lab-DQqfHKWn.js";
import { a as reportDiffOptions, i as reportConvertOptions, o as reportMergeOptions, p as formats } from "./command-line-DL7FZMfB.js";
import { A as redactReport, C as knownFailureOf, a as silenceIn, d as contractFacts, l as shardsIn, o as missingShards, s as missingShardsNote, u as joinCauses, v as reportCheck, w as staleEntries } from "./runner-COkQzweF.js";
import { createRequire } from "node:module";
import { accessSync, appendFileSync, closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
// src/report/mismatch-line.ts
function mismatchLine({ expected, actual, where }) {
	const difference = `expected ${expected}, got ${actual}`;
	return where === "" ? difference : `${where}: ${difference}`;
}
// src/cli/read-file.ts
const readTextFile = (option, file) => readText(`--${option} ${file}`, file);
// src/report/json-text.ts
const unsafe = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]|(?<=#)#(?=[a-z]*\[)/giu;
function jsonText(value, indent = 2) {
	return JSON.stringify(value, null, indent).replace(unsafe, (character) => Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(""));
}
const escaped = (unit) => `\\u${unit.toString(16).padStart(4, "0")}`;
// src/cli/output-files.ts
function writeFileAtomically(option, file, text) {
	const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
	try {
		writeFileSync(temporary, text);
		renameSync(temporary, file);
	} catch (error) {
		try {
			rmSync(temporary, { force: true });
		} catch {}
		throw unwritable(option, file, error);
	}
}
function assertWritable(option, file) {
	try {
		if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw Object.assign(new Error(), { code: "EISDIR" });
		accessSync(dirname(file), constants.W_OK);
	} catch (error) {
		throw unwritable(option, file, error);
	}
}
function prepareDirectory(option, directory, files) {
	try {
		makeDirectory(directory);
	} catch (error) {
		throw unwritable(option, directory, error);
	}
	for (const file of files) assertWritable(option, join(directory, file));
	for (const file of files) rmSync(join(directory, file), { force: true });
}
function makeDirectory(directory) {
	if (existsSync(directory)) return;
	makeDirectory(dirname(resolve(directory)));
	mkdirSync(directory);
}
function unwritable(option, path, error) {
	const reason = {
		ENOENT: "its directory does not exist",
		ENOTDIR: "a part of it is a file",
		EACCES: "it may not be written",
		EEXIST: "it is a file",
		EISDIR: "it is a directory",
		EROFS: "the file system is read-only",
		ENOSPC: "the disk is full",
		EDQUOT: "the disk quota is used up",
		EFBIG: "it is larger than files may be here",
		ELOOP: "its links go round in a circle",
		ENAMETOOLONG: "its name is too long",
		EIO: "the disk reports an error",
		EMFILE: "too many files are open"
	};
	const { code = "" } = error;
	const why = reason[code] ?? reasonOf(error);
	return new UsageError("ERR_OUTPUT", `--${option} ${path}: expected a path that can be written, but ${why}`);
}
// node_modules/picocolors/picocolors.js
var require_picocolors = __commonJSMin(((exports, module) => {
	let p = process || {};
	let argv = p.argv || [];
	let env = p.env || {};
	let isColorSupported = !(!!env.NO_COLOR || argv.includes("--no-color")) && (!!env.FORCE_COLOR || argv.includes("--color") || p.platform === "win32" || (p.stdout || {}).isTTY && env.TERM !== "dumb" || !!env.CI);
	let formatter = (open, close, replace = open) => (input) => {
		let string = "" + input, index = string.indexOf(close, open.length);
		return ~index ? open + replaceClose(string, close, replace, index) + close : open + string + close;
	};
	let replaceClose = (string, close, replace, index) => {
		let result = "", cursor = 0;
		do {
			result += string.substring(cursor, index) + replace;
			cursor = index + close.length;
			index = string.indexOf(close, cursor);
		} while (~index);
		return result + string.substring(cursor);
	};
	let createColors = (enabled = isColorSupported) => {
		let f = enabled ? formatter : () => String;
		return {
			isColorSupported: enabled,
			reset: f("\x1B[0m", "\x1B[0m"),
			bold: f("\x1B[1m", "\x1B[22m", "\x1B[22m\x1B[1m"),
			dim: f("\x1B[2m", "\x1B[22m", "\x1B[22m\x1B[2m"),
			italic: f("\x1B[3m", "\x1B[23m"),
			underline: f("\x1B[4m", "\x1B[24m"),
			inverse: f("\x1B[7m", "\x1B[27m"),
			hidden: f("\x1B[8m", "\x1B[28m"),
			strikethrough: f("\x1B[9m", "\x1B[29m"),
			black: f("\x1B[30m", "\x1B[39m"),
			red: f("\x1B[31m", "\x1B[39m"),
			green: f("\x1B[32m", "\x1B[39m"),
			yellow: f("\x1B[33m", "\x1B[39m"),
			blue: f("\x1B[34m", "\x1B[39m"),
			magenta: f("\x1B[35m", "\x1B[39m"),
			cyan: f("\x1B[36m", "\x1B[39m"),
			white: f("\x1B[37m", "\x1B[39m"),
			gray: f("\x1B[90m", "\x1B[39m"),
			bgBlack: f("\x1B[40m", "\x1B[49m"),
			bgRed: f("\x1B[41m", "\x1B[49m"),
			bgGreen: f("\x1B[42m", "\x1B[49m"),
			bgYellow: f("\x1B[43m", "\x1B[49m"),
			bgBlue: f("\x1B[44m", "\x1B[49m"),
			bgMagenta: f("\x1B[45m", "\x1B[49m"),
			bgCyan: f("\x1B[46m", "\x1B[49m"),
			bgWhite: f("\x1B[47m", "\x1B[49m"),
			blackBright: f("\x1B[90m", "\x1B[39m"),
			redBright: f("\x1B[91m", "\x1B[39m"),
			greenBright: f("\x1B[92m", "\x1B[39m"),
			yellowBright: f("\x1B[93m", "\x1B[39m"),
			blueBright: f("\x1B[94m", "\x1B[39m"),
			magentaBright: f("\x1B[95m", "\x1B[39m"),
			cyanBright: f("\x1B[96m", "\x1B[39m"),
			whiteBright: f("\x1B[97m", "\x1B[39m"),
			bgBlackBright: f("\x1B[100m", "\x1B[49m"),
			bgRedBright: f("\x1B[101m", "\x1B[49m"),
			bgGreenBright: f("\x1B[102m", "\x1B[49m"),
			bgYellowBright: f("\x1B[103m", "\x1B[49m"),
			bgBlueBright: f("\x1B[104m", "\x1B[49m"),
			bgMagentaBright: f("\x1B[105m", "\x1B[49m"),
			bgCyanBright: f("\x1B[106m", "\x1B[49m"),
			bgWhiteBright: f("\x1B[107m", "\x1B[49m")
		};
	};
	module.exports = createColors();
	module.exports.createColors = createColors;
}));
// src/report/wrap.ts
var import_picocolors = require_picocolors();
function wrap(text, width, firstIndent, indent) {
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) {
		const prefix = lines.length === 0 ? firstIndent : indent;
		if (line !== "" && prefix.length + line.length + 1 + word.length > width) {
			lines.push(prefix + line);
			line = word;
		} else line = line === "" ? word : `${line} ${word}`;
	}
	return [...lines, (lines.length === 0 ? firstIndent : indent) + line];
}
// src/report/diff.ts
const changes = {
	broke: "passed, and fails now",
	lost: "was judged, and could not be now",
	"still-failing": "failed, and fails still",
	new: "is judged now, and was not",
	mended: "failed, and passes now",
	gone: "was judged, and is not among the checks of the new run"
};
const levels$3 = [
	"required",
	"recommended",
	"hardening"
];
const order$1 = Object.keys(changes);
function diffReports(before, after, currentId = (id) => id) {
	const byId = ({ checks }) => new Map(checks.map((check) => [currentId(check.id), check]));
	const [old, now] = [byId(before), byId(after)];
	const ids = new Set([...now.keys(), ...old.keys()]);
	const checks = [...ids].flatMap((id) => changedCheck(id, old.get(id), now.get(id)) ?? []).sort((a, b) => order$1.indexOf(a.change) - order$1.indexOf(b.change) || levels$3.indexOf(a.level) - levels$3.indexOf(b.level));
	const count = (change) => checks.filter((check) => check.change === change).length;
	const isUnknown = checks.some(({ change, before: was }) => change === "lost" && was === "passed");
	return {
		old: sideOf(before),
		new: sideOf(after),
		outcome: count("broke") > 0 ? "broke" : isUnknown ? "inconclusive" : "nothing-broke",
		counts: {
			broke: count("broke"),
			lost: count("lost"),
			"still-failing": count("still-failing"),
			new: count("new"),
			mended: count("mended"),
			gone: count("gone"),
			unchanged: ids.size - checks.length
		},
		checks
	};
}
function changedCheck(id, old, now) {
	const change = changeOf(old?.outcome, now?.outcome);
	const shown = now ?? old;
	if (change === null || shown === void 0) return null;
	const { title, level } = shown;
	return {
		id,
		title,
		level,
		change,
		before: old?.outcome ?? null,
		after: now?.outcome ?? null,
		detail: detailOf(shown)
	};
}
function changeOf(old, now) {
	const wasJudged = old === "passed" || old === "failed";
	switch (now) {
		case "failed": return old === "passed" ? "broke" : old === "failed" ? "still-failing" : "new";
		case "passed": return old === "failed" ? "mended" : old === "passed" ? null : "new";
		case "not-run":
		case "error": return wasJudged ? "lost" : null;
		case "skipped":
		case void 0: return wasJudged ? "gone" : null;
	}
}
function detailOf({ outcome, mismatches, reason }) {
	const [first] = mismatches;
	if (outcome !== "failed" || first === void 0) return reason;
	const more = mismatches.length > 1 ? `, and ${mismatches.length - 1} more` : "";
	return `${mismatchLine(first)}${more}`;
}
const sideOf = ({ target, startedAt, harness, verdict }) => ({
	target: target.url,
	startedAt,
	harness: `${harness.name} ${harness.version}`,
	verdict
});
// src/report/markdown-text.ts
const plainWord = /^["'(]*(?:[A-Za-z\d]|[^\p{ASCII}\s])(?:[A-Za-z\d.,;'"()!?%-]|[^\p{ASCII}\s])*:?$/u;
const linkedWord = /www\.|\bGH-\d|^\W*[\da-f]{7,40}\W*$/i;
const itemNumber = /^\d+[.)]$/;
function markdownText(text) {
	const words = showControlCharacters(text).split(/\s+/u).filter((word) => word !== "");
	const runs = [];
	for (const [index, word] of words.entries()) {
		const plain = plainWord.test(word) && !linkedWord.test(word) && !(index === 0 && itemNumber.test(word));
		const last = runs.at(-1);
		if (last?.plain === plain) last.words.push(word);
		else runs.push({
			plain,
			words: [word]
		});
	}
	return runs.map(({ plain, words: run }) => plain ? run.join(" ") : codeWithin(run.join(" "))).join(" ");
}
function codeWithin(text) {
	const [, before = "", code = "", after = ""] = /^(["'(]*)(.*?)([.,;!?)"']*)$/s.exec(text) ?? [];
	return code === "" ? codeSpan(text) : before + codeSpan(code) + after;
}
function codeSpan(text) {
	const shown = showControlCharacters(text);
	if (shown.trim() === "") return "` `";
	const fence = "`".repeat(longestRun(shown) + 1);
	const padding = /^[`\s]|[`\s]$/.test(shown) ? " " : "";
	return fence + padding + shown + padding + fence;
}
function codeBlock(language, text) {
	const lines = text.split("\n").map((line) => line.split("	").map(showControlCharacters).join("	"));
	const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
	return [
		fence + language,
		...lines,
		fence
	].join("\n");
}
function markdownLink(text, url) {
	if (!/^https?:\/\/[^\s<>\\]+$/i.test(url) || showControlCharacters(url) !== url) return text;
	return `[${text}](<${url}>)`;
}
function longestRun(text) {
	return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
// src/report/matrix/markdown-table.ts
function markdownTable(header, rows) {
	return [
		header,
		header.map(() => "---"),
		...rows
	].map(line).join("\n");
}
const line = (cells) => `| ${cells.map(withBars).join(" | ")} |`;
const withBars = (cell) => cell.replaceAll(/(\\*)\|/g, "$1$1\\|");
// src/report/diff-text.ts
const order = Object.keys(changes);
function renderDiffTerminal(diff, { color, width = 100 }) {
	const colors = (0, import_picocolors.createColors)(color);
	const paints = {
		broke: colors.red,
		lost: colors.yellow,
		"still-failing": colors.red,
		new: colors.cyan,
		mended: colors.green,
		gone: colors.dim
	};
	const told = (check) => [`  ${colors.bold(check.id)} ${colors.dim(`(${check.level}, ${outcomesOf$1(check)})`)}`, ...check.detail === null ? [] : wrap(showControlCharacters(check.detail), width, "    ", "      ")];
	const sections = groupsOf$1(diff).map(([change, checks]) => [colors.bold(paints[change](`${titleOf(change)}: ${checks.length}, ${changes[change]}`)), ...checks.flatMap(told)]);
	const end = [...sideLines(diff).map((line) => colors.dim(showControlCharacters(line))), colors.bold({
		broke: colors.red,
		"nothing-broke": colors.green,
		inconclusive: colors.yellow
	}[diff.outcome](concluded(diff)))];
	return `${[...sections, end].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function renderDiffMarkdown(diff) {
	const rows = diff.checks.map((check) => [
		titleOf(check.change).toLowerCase(),
		codeSpan(check.id),
		check.level,
		outcomesOf$1(check),
		markdownText(check.detail ?? "")
	]);
	return `${[
		`**${markdownText(concluded(diff))}**`,
		...rows.length === 0 ? [] : [markdownTable([
			"change",
			"check",
			"level",
			"outcomes",
			"what is known"
		], rows)],
		sideLines(diff).map((line) => `- ${markdownText(line)}`).join("\n")
	].join("\n\n")}\n`;
}
function groupsOf$1({ checks }) {
	return order.map((change) => [change, checks.filter((check) => check.change === change)]).filter(([, group]) => group.length > 0);
}
const titleOf = (change) => change.replace("-", " ").toUpperCase();
const outcomesOf$1 = ({ before, after }) => `${before ?? "absent"} → ${after ?? "absent"}`;
function sideLines({ old, new: now }) {
	const line = (name, side) => `${name} ${side.startedAt}  ${side.target}  ${side.verdict}, ${side.harness}`;
	return [
		line("old:", old),
		line("new:", now),
		...old.target === now.target ? [] : ["These are reports of different receivers."]
	];
}
function concluded({ outcome, counts }) {
	const { broke, lost, mended, new: added, gone, unchanged } = counts;
	return `${{
		broke: `${broke} broke`,
		"nothing-broke": "nothing broke",
		inconclusive: "nothing is seen to have broken, but what passed could not be judged again"
	}[outcome]}; ${[
		`${lost} lost`,
		`${counts["still-failing"]} still failing`,
		`${added} new`,
		`${mended} mended`,
		`${gone} gone`,
		`${unchanged} unchanged`
	].join(", ")}`;
}
// src/report/check-groups.ts
function groupByText(checks, textsOf) {
	const groups = new Map();
	for (const check of checks) for (const text of textsOf(check)) {
		const group = groups.get(text);
		if (group === void 0) groups.set(text, [check]);
		else group.push(check);
	}
	return Array.from(groups, ([text, grouped]) => ({
		text,
		checks: grouped
	})).sort((a, b) => b.checks.length - a.checks.length);
}
const mostListed = 3;
function membersOf({ checks }) {
	if (checks.length <= mostListed) return checks.map(({ id }) => id).join(", ");
	return groupByText(checks, ({ suite }) => [suite]).map(({ text, checks: members }) => `${text} ${members.length}`).join(", ");
}
// src/report/standing.ts
function standingOf({ outcome, level, knownFailure }, { gate }) {
	switch (outcome) {
		case "passed": return knownFailure === void 0 ? "passed" : "passed-though-listed";
		case "failed":
			if (knownFailure !== void 0) return "failed-known";
			return gate.levels.includes(level) ? "failed-gate" : "failed-ungated";
		case "skipped":
		case "not-run":
		case "error": return outcome;
	}
}
function unmatchedKnownFailures({ notes, gate }) {
	return gate.outcome === "failed" ? notes.filter((note) => /^known failure ".*" matches no check/s.test(note)) : [];
}
const listedThoughPassed = (reason) => `passed, but listed as a known failure (${reason}): take it off the list`;
// src/report/matrix/matrix.ts
const matrixSchemaVersion = "1.0";
const unknownUrl = "unknown";
const exitCodes$1 = [
	130,
	70,
	2,
	1,
	3,
	0
];
function worstExitCode(codes) {
	return codes.toSorted((a, b) => exitCodes$1.indexOf(a) - exitCodes$1.indexOf(b))[0] ?? 0;
}
function matrixBuilder() {
	const targets = new Map();
	const unrun = new Set();
	const catalogue = new Map();
	const learn = ({ id, suite, title, level, clause, reasonCode }) => {
		const selected = reasonCode !== "not-selected" || catalogue.get(id)?.selected === true;
		catalogue.set(id, {
			id,
			suite,
			title,
			level,
			clause,
			selected
		});
	};
	return {
		add(report, { name, files }) {
			for (const check of report.checks) learn(check);
			const target = {
				name,
				url: report.target.url,
				verdict: report.verdict,
				verdictLine: report.verdictLine,
				gate: {
					outcome: report.gate.outcome,
					exitCode: report.gate.exitCode
				},
				remark: remarkOn(report),
				durationMs: report.durationMs,
				outcomes: outcomesOf(report.checks),
				files,
				...failedOf(report)
			};
			targets.set(name, target);
			return target;
		},
		addUnrun({ name, url, reason, exitCode }) {
			unrun.add(name);
			const target = {
				name,
				url,
				verdict: "inconclusive",
				verdictLine: `inconclusive: ${reason}`,
				gate: {
					outcome: "inconclusive",
					exitCode
				},
				remark: reason,
				durationMs: 0,
				outcomes: {},
				files: {}
			};
			targets.set(name, target);
			return target;
		},
		build(facts, order) {
			const checks = [...catalogue.values()].flatMap(({ selected, ...check }) => selected ? [check] : []);
			const notRun = Object.fromEntries(checks.map(({ id }) => [id, "not-run"]));
			const rows = order.flatMap((name) => targets.get(name) ?? []).map((target) => unrun.has(target.name) ? {
				...target,
				outcomes: notRun
			} : target);
			const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
			const gates = new Set(rows.map(({ gate }) => gate.outcome));
			return {
				schemaVersion: matrixSchemaVersion,
				...facts,
				gate: {
					outcome: gates.has("failed") ? "failed" : gates.has("inconclusive") ? "inconclusive" : "passed",
					exitCode: worstExitCode(rows.map(({ gate }) => gate.exitCode))
				},
				summary: {
					conformant: count("conformant"),
					"non-conformant": count("non-conformant"),
					inconclusive: count("inconclusive")
				},
				checks,
				targets: rows
			};
		}
	};
}
function outcomesOf(checks) {
	const selected = checks.filter(({ reasonCode }) => reasonCode !== "not-selected");
	return Object.fromEntries(selected.map(({ id, outcome }) => [id, outcome]));
}
function failedOf(report) {
	const failed = report.checks.filter((check) => standingOf(check, report) === "failed-gate").map(({ id }) => id);
	return failed.length === 0 ? {} : { failed };
}
const longestRemark = 240;
function remarkOn({ checks, gate, notes }) {
	const gated = checks.filter(({ level }) => gate.levels.includes(level));
	const failed = gated.filter(({ outcome, knownFailure }) => outcome === "failed" && knownFailure === void 0);
	const [first] = failed;
	if (first !== void 0) {
		const [mismatch] = first.mismatches;
		const what = mismatch === void 0 ? "failed" : `expected ${mismatch.expected}, got ${mismatch.actual}`;
		return cut(`${first.id}: ${what}`, failed.length > 1 ? `, and ${failed.length - 1} more failed` : "");
	}
	if (gate.outcome === "failed") return cut(notes.find((note) => note.startsWith("known failure")) ?? "", "");
	const [most] = groupByText(gated.filter(({ outcome }) => outcome === "not-run" || outcome === "error"), ({ reason }) => [reason ?? "no reason given"]);
	if (most !== void 0) return cut(most.text, "");
	return gate.outcome === "inconclusive" ? "no check of a gated level was judged" : null;
}
function cut(text, ending) {
	return `${text.length > longestRemark ? `${text.slice(0, 239)}…` : text}${ending}`;
}
// src/cli/report/report-rejudged.ts
const ofKnownFailures = "known failure \"";
function rejudged(report, checks) {
	const summary = summarize(checks);
	const clauses = judgeClauses({ clauses: clausesOf(report) }, checks);
	const silence = silenceIn(report.notes);
	const verdict = verdictOf(summary, silence !== null);
	const outdated = checks.filter(({ knownFailure }) => knownFailure !== void 0).filter(({ outcome }) => outcome === "passed");
	const names = (note, { id }) => note.includes(`out of date: ${id} passes`);
	const notes = report.notes.filter((note) => !(note.startsWith(ofKnownFailures) && note.includes("out of date: ")) || outdated.some((check) => names(note, check)));
	const added = outdated.filter((check) => !notes.some((note) => names(note, check))).map(({ id }) => `known failure "${id}" is out of date: ${id} passes, so remove it from the list`);
	const stale = [...notes, ...added].filter((note) => note.startsWith(ofKnownFailures));
	return {
		...report,
		verdict,
		verdictLine: verdictLine(verdict, summary, clauses, checks, silence),
		notes: [...notes, ...added],
		gate: gateOf(checks, report.gate.levels, {
			staleKnownFailures: stale,
			isShard: missingShards(notes).length > 0,
			isObserverSilent: silence !== null
		}),
		summary,
		clauses,
		causes: joinCauses(checks.filter(({ outcome }) => outcome === "failed")),
		checks
	};
}
const clausesOf = ({ clauses }) => clauses.map(({ id, section, statement }) => ({
	id,
	section,
	statement,
	binds: []
}));
// src/cli/report/report-journal.ts
function journalLines(text) {
	const parsed = text.split("\n").filter((line) => line.trim() !== "").map((line) => {
		try {
			return JSON.parse(line);
		} catch {
			return;
		}
	});
	const lines = parsed.filter((line) => line !== void 0);
	if (parsed[0] === void 0) return null;
	return {
		lines,
		unreadable: parsed.length - lines.length
	};
}
function kindOfLine(line) {
	return typeof line === "object" && line !== null && "kind" in line ? line.kind : void 0;
}
function partialReport({ lines, unreadable }) {
	const [first, ...others] = lines;
	if (first?.kind !== "run") throw new TypeError("not the journal of a run");
	const { outline } = first;
	const ended = new Map();
	let durationMs = 0;
	for (const line of others) {
		if (line.kind !== "check") continue;
		const { kind: _, elapsedMs, stack: __, ...check } = line;
		ended.set(check.id, check);
		durationMs = Math.max(durationMs, elapsedMs);
	}
	const checks = outline.checks.map((check) => ended.get(check.id) ?? check);
	const left = checks.filter(({ reasonCode }) => reasonCode === "interrupted").length;
	const notes = [
		...left === 0 ? [] : [`Made from the journal of a run that was ended early: ${left} of its checks had not ended.`],
		...unreadable === 0 ? [] : [`${unreadable} ${unreadable === 1 ? "line" : "lines"} of the journal could not be read.`],
		...outline.notes
	];
	return rejudged({
		...outline,
		durationMs,
		notes
	}, checks);
}
function partialMatrix({ lines }) {
	const [first, ...others] = lines;
	if (first?.kind !== "targets") throw new TypeError("not the journal of a run over many receivers");
	const ended = new Map();
	for (const line of others) {
		if (line.kind !== "target") continue;
		const { kind: _, ...target } = line;
		ended.set(target.name, target);
	}
	const { harness, startedAt, notes, targets, expected } = first;
	return {
		harness,
		startedAt,
		notes,
		targets,
		ended,
		...expected && { expected }
	};
}
// src/cli/report/report-schema.ts
const packageDirectory = dirname(createRequire(import.meta.url).resolve("#package.json"));
const schemas = new Map();
const assertReport = (document) => assertSchema(document, schemaOf("report"));
const assertMatrix = (document) => assertSchema(document, schemaOf("matrix"));
function schemaOf(name) {
	const text = () => readFileSync(join(packageDirectory, `reports/${name}.schema.json`), "utf8");
	const schema = schemas.get(name) ?? JSON.parse(text());
	schemas.set(name, schema);
	return schema;
}
// src/cli/run/run-journal.ts
const journalFile = "journal.jsonl";
function openJournal(directory, first) {
	const path = join(directory, journalFile);
	try {
		const file = openSync(path, "w");
		const write = (line) => void writeSync(file, `${JSON.stringify(line)}\n`);
		write(first);
		return {
			write(line) {
				try {
					write(line);
				} catch {}
			},
			close: () => closeSync(file)
		};
	} catch (error) {
		throw unwritable("out", path, error);
	}
}
// src/cli/report/report-files.ts
const reportFiles = (names) => names.map((name) => formats[name].file);
async function writeReports(directory, names, report) {
	const paths = [];
	for (const name of new Set(names)) {
		const path = join(directory, formats[name].file);
		writeFileAtomically("out", path, (await formats[name].load())(report));
		paths.push(path);
	}
	return paths;
}
// src/cli/targets/targets-output.ts
const matrixFiles = {
	json: "matrix.json",
	markdown: "matrix.md",
	html: "matrix.html"
};
const withJson = (formats) => [...new Set(["json", ...formats])];
function linksTo(name, formats) {
	const files = reportFiles(formats);
	return Object.fromEntries(formats.map((format, index) => [format, `${name}/${files[index]}`]));
}
function prepareMatrix(directory) {
	prepareDirectory("out", directory, [...Object.values(matrixFiles), journalFile]);
}
async function writeMatrix(directory, matrix) {
	const { renderMatrixHtml } = await import("./html-Co7DA8Qh.js");
	const { renderMatrixMarkdown } = await import("./markdown-R58_tx0w.js");
	const texts = {
		[matrixFiles.json]: `${jsonText(matrix)}\n`,
		[matrixFiles.markdown]: renderMatrixMarkdown(matrix),
		[matrixFiles.html]: renderMatrixHtml(matrix)
	};
	return Object.entries(texts).map(([file, text]) => {
		const path = join(directory, file);
		writeFileAtomically("out", path, text);
		return path;
	});
}
// src/cli/report/report-input.ts
const reportFile = "report.json";
const kind = {
	code: "ERR_REPORT",
	expected: `a report (${reportFile}), a matrix (${matrixFiles.json}), a ${journalFile} or a directory with such`
};
function readInput(path) {
	if (isDirectory(path)) return readDirectory(path);
	const read = readFile(path);
	if (read.kind === "matrix") return readMatrix(path, read.targets);
	const { report } = read;
	const again = statSync(path).isFile() ? () => readReport(path) : () => report;
	return {
		isMatrix: false,
		expected: [],
		notes: [],
		sources: [{
			name: null,
			label: labelOf(path),
			url: report.target.url,
			read: again,
			unrun: endedEarly
		}]
	};
}
function readFile(path) {
	const title = `report ${path}`;
	const text = readText(title, path);
	const journal = journalLines(text);
	switch (kindOfLine(journal?.lines[0])) {
		case "targets": return {
			kind: "matrix",
			targets: outOfJournal(path, () => targetsInJournal(text))
		};
		case "run": return {
			kind: "report",
			report: outOfJournal(path, () => reportIn(partialReport(journal ?? noLines)))
		};
		default: {
			const document = documentOf(kind, title, path, text);
			const { value } = document;
			return typeof value === "object" && value !== null && "targets" in value ? {
				kind: "matrix",
				targets: targetsOf(assertMatrix(document))
			} : {
				kind: "report",
				report: assertReport(document)
			};
		}
	}
}
function readOneReport(path) {
	const { isMatrix: many, sources } = readInput(path);
	const [source] = sources;
	const report = source?.read();
	if (many || sources.length > 1) throw unusable(path, "it holds several; name the report of one receiver");
	if (report === null || report === void 0) throw unusable(path, "there is none");
	return report;
}
const endedEarly = {
	reason: "the run was ended before its turn",
	exitCode: exitCodes$2.inconclusive
};
function readDirectory(directory) {
	for (const file of [
		matrixFiles.json,
		journalFile,
		reportFile
	]) {
		const path = join(directory, file);
		const isOutdone = file === "journal.jsonl" && existsSync(join(directory, reportFile));
		if (existsSync(path) && !isOutdone) return readInput(path);
	}
	const inputs = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory() && holdsReports(join(directory, entry.name))).map(({ name }) => name).sort().map((name) => readDirectory(join(directory, name)));
	if (inputs.length === 0) throw unusable(directory, "there is nothing of that kind in it");
	return {
		isMatrix: inputs.some((input) => input.isMatrix),
		sources: inputs.flatMap(({ sources }) => sources),
		expected: inputs.flatMap((input) => input.expected),
		notes: inputs.flatMap(({ notes }) => notes)
	};
}
function holdsReports(directory) {
	return readdirSync(directory, { withFileTypes: true }).some((entry) => entry.isDirectory() ? holdsReports(join(directory, entry.name)) : [
		matrixFiles.json,
		journalFile,
		reportFile
	].includes(entry.name));
}
function readMatrix(path, { targets, expected: all = [], notes }) {
	const directory = dirname(path);
	return {
		isMatrix: true,
		sources: targets.map(({ name, url, unrun }) => {
			const found = [join(directory, name, reportFile), join(directory, name, journalFile)].find((file) => existsSync(file));
			return {
				name,
				label: name,
				url,
				read: () => found === void 0 ? null : readReport(found),
				unrun
			};
		}),
		expected: all,
		notes
	};
}
function targetsOf({ notes, expected: all, targets: listed }) {
	return {
		targets: listed.filter(({ url }) => url !== unknownUrl).map(({ name, url, remark, gate, files }) => ({
			name,
			url,
			unrun: whyUnrun({
				remark,
				gate,
				files
			})
		})),
		notes,
		...all && { expected: all }
	};
}
function whyUnrun({ remark, gate, files }) {
	const isGone = Object.keys(files).length > 0;
	const { passed, interrupted, inconclusive } = exitCodes$2;
	const isOpen = gate.exitCode === passed || gate.exitCode === interrupted;
	return {
		reason: isGone ? "it was judged, but its report is not beside the matrix" : remark ?? endedEarly.reason,
		exitCode: isOpen ? inconclusive : gate.exitCode
	};
}
function targetsInJournal(text) {
	const { targets, ended, notes, expected: all } = partialMatrix(journalLines(text) ?? noLines);
	return {
		targets: targets.map(({ name, url }) => {
			const reason = ended.get(name)?.remark ?? endedEarly.reason;
			return {
				name: safeName(name),
				url,
				unrun: {
					...endedEarly,
					reason
				}
			};
		}),
		notes,
		...all && { expected: all }
	};
}
const reportIn = (value) => assertReport(documentOf(kind, journalFile, "report.json", JSON.stringify(value)));
const noLines = {
	lines: [],
	unreadable: 0
};
function readReport(path) {
	const read = readFile(path);
	if (read.kind === "report") return read.report;
	throw unusable(path, "it holds several");
}
function outOfJournal(path, read) {
	try {
		return read();
	} catch {
		throw unusable(path, "it is a journal that cannot be read");
	}
}
function safeName(text) {
	const name = text.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "").slice(0, 100);
	return name === "" ? "receiver" : name;
}
function labelOf(path) {
	const file = basename(path);
	return safeName(file === reportFile || file === "journal.jsonl" ? basename(dirname(resolve(path))) : file.replace(/\.jsonl?$/, ""));
}
const isDirectory = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const unusable = (path, why) => new UsageError(kind.code, `report ${path}: expected ${kind.expected}, but ${why}`);
// src/cli/report/report-diff-command.ts
const exitCodeFor = {
	"nothing-broke": exitCodes$2.passed,
	broke: exitCodes$2.failed,
	inconclusive: exitCodes$2.inconclusive
};
async function reportDiffCommand({ arguments: [old = "", now = ""], options }) {
	const { json, markdown } = readOptions(reportDiffOptions, options);
	if (json && markdown) throw new UsageError("ERR_REPORT", "--json and --markdown: expected one of them, got both");
	const diff = diffReports(readOneReport(old), readOneReport(now), currentId);
	if (json) print(jsonText(diff));
	else if (markdown) print(renderDiffMarkdown(diff));
	else print(renderDiffTerminal(diff, {
		color: wantsColor(process.stdout),
		width: textWidth()
	}));
	return Promise.resolve(exitCodeFor[diff.outcome]);
}
function currentId(id) {
	return suites.flatMap(({ checks }) => checks).find(({ aliases = [] }) => aliases.includes(id))?.id ?? id;
}
// src/report/json.ts
function renderJson(report) {
	return `${jsonText(report)}\n`;
}
// src/report/check-details.ts
function mismatchSummary({ mismatches }) {
	const [first, ...others] = mismatches;
	if (first === void 0) return "failed";
	const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
	return `${mismatchLine(first)}${more}`;
}
function detailsOf(check) {
	const lines = [check.title, ...check.mismatches.map(mismatchLine)];
	if (check.reason !== null) lines.push(check.reason);
	if (check.hint !== null) lines.push(`hint: ${check.hint}`);
	lines.push(...check.notes.map((note) => `note: ${note}`));
	if (check.clause !== null) lines.push(`clause: ${check.clause}`);
	if (check.source !== null) lines.push(`source: ${check.source}`);
	if (check.reproduce !== null) lines.push(`reproduce: ${copyableCurl(check.reproduce) ?? tooLong(check.reproduce)}`);
	return lines.join("\n");
}
const mostBytesOfCurl = 1e4;
const bytesOf = (text) => Buffer.byteLength(text, "utf8");
const copyableCurl = (curl) => bytesOf(curl) > mostBytesOfCurl ? null : curl;
const tooLong = (curl) => `the curl line is ${bytesOf(curl)} bytes long, see report.json`;
// src/report/terminal.ts
const mostMismatches$1 = 10;
const longestBar = 40;
const levels$2 = [
	"required",
	"recommended",
	"hardening"
];
function renderTerminal(report, { color, width = 100 }) {
	const page = {
		report: withoutEvidence(report),
		colors: (0, import_picocolors.createColors)(color),
		width
	};
	return `${[
		header(page),
		causes$1(page),
		...levels$2.map((level) => failures$3(page, level)),
		reasons(page, "error", (count) => `ERROR: ${count}, not charged to the receiver`),
		reasons(page, "not-run", (count) => `NOT RUN: ${count}`),
		reasons(page, "skipped", (count) => `SKIPPED: ${count}`),
		latencies$1(page),
		remarks$1(page),
		levelTable$1(page),
		clauses$1(page),
		conclusion(page)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function renderQuietly(report, { color }) {
	const shown = withoutEvidence(report);
	const page = {
		report: shown,
		colors: (0, import_picocolors.createColors)(color),
		width: Infinity
	};
	const { checks, notes, target, gate } = shown;
	const standing = (wanted) => checks.filter((check) => standingOf(check, shown) === wanted);
	const open = checks.filter(({ outcome, level }) => gate.levels.includes(level) && (outcome === "not-run" || outcome === "error"));
	return `${[
		target.kind === "embedded" ? `receiver: the embedded one, ${target.url}` : `receiver: ${target.url}`,
		...notes.filter((note) => /^(known failure "|The entry ".*" of the known failures |Of the \d+ shards )/s.test(note)),
		...standing("failed-gate").map((check) => page.colors.red(`failed: ${check.id}${firstMismatch(check)}`)),
		...groupByText(open, ({ reason }) => [reason ?? "no reason given"]).map((group) => page.colors.yellow(`not judged: ${group.checks.map(({ id }) => id).join(", ")}: ${group.text}`)),
		...conclusion(page)
	].join("\n")}\n`;
}
function firstMismatch({ mismatches }) {
	const [first] = mismatches;
	return first === void 0 ? "" : `: ${mismatchLine(first)}`;
}
function withoutEvidence(report) {
	const checks = report.checks.map((check) => ({
		...check,
		attempts: []
	}));
	return harmless({
		...report,
		checks
	});
}
function harmless(value) {
	if (typeof value === "string") return showControlCharacters(value);
	if (Array.isArray(value)) return value.map(harmless);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, harmless(member)]));
}
function header({ report, colors }) {
	const { harness, target, seed, durationMs } = report;
	const facts = [
		`${(durationMs / 1e3).toFixed(1)} s`,
		`seed ${seed}`,
		...target.local ? ["local target"] : []
	];
	return [colors.bold(`${harness.name} ${harness.version}: ${target.url}`), colors.dim(facts.join(", "))];
}
function latencies$1({ report, colors }) {
	const measured = report.checks.flatMap((check) => check.latencies ? [[check.id, check.latencies]] : []);
	if (measured.length === 0) return [];
	const lines = measured.flatMap(([id, { count, p50Ms, p95Ms, p99Ms, maxMs, histogram }]) => [`  ${id}: ${count} answers, p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms`, ...histogram.map(({ upToMs, count: inBucket }) => {
		const bar = "#".repeat(Math.ceil(inBucket / count * longestBar));
		return colors.dim(`    up to ${String(upToMs).padStart(6)} ms  ${String(inBucket).padStart(5)}  ${bar}`.trimEnd());
	})]);
	return [colors.bold("LATENCIES"), ...lines];
}
function causes$1({ report, colors, width }) {
	const { causes: all = [] } = report;
	const failed = report.checks.filter(({ outcome }) => outcome === "failed");
	if (all.length === 0) return [];
	const lines = all.flatMap(({ says, fix, checks }, index) => {
		const explained = failed.filter(({ id }) => checks.includes(id));
		const members = membersOf({
			text: says,
			checks: explained
		});
		return [
			...wrap(`${index + 1}. ${capitalized(says)}`, width, "  ", "     ").map(colors.bold),
			...wrap(`${counted(explained.length, "check")}: ${members}`, width, "     ", "       ").map(colors.dim),
			...wrap(`fix: ${fix}`, width, "     ", "       ").map(colors.yellow)
		];
	});
	const title = `${counted(all.length, "CAUSE", "CAUSES")} of ${counted(failed.length, "failed check")}`;
	return [colors.bold(colors.red(title)), ...lines];
}
const counted = (count, noun, many = `${noun}s`) => `${count} ${count === 1 ? noun : many}`;
const capitalized = (text) => text.replace(/^[a-z](?![\w-]*\/)/, (first) => first.toUpperCase());
function failures$3(page, level) {
	const { report, colors } = page;
	const failed = report.checks.filter((check) => check.outcome === "failed" && check.level === level);
	if (failed.length === 0) return [];
	const gated = report.gate.levels.includes(level) ? "" : ", not gated";
	return [colors.bold(colors.red(`FAILED, ${level}: ${failed.length}${gated}`)), ...failed.flatMap((check) => ["", ...failure$1(page, check)])];
}
function failure$1({ colors, width }, check) {
	const labelled = (label, text) => wrap(`${label}: ${text}`, width, "    ", "      ");
	const basis = check.clause === null ? check.source : `clause ${check.clause}`;
	const lines = [
		`  ${colors.red("✗")} ${colors.bold(check.id)}`,
		...wrap(basis === null ? check.title : `${check.title} (${basis})`, width, "    ", "    ").map(colors.dim),
		...check.mismatches.slice(0, mostMismatches$1).flatMap((mismatch) => wrap(mismatchLine(mismatch), width, "    ", "      "))
	];
	const unshown = check.mismatches.length - mostMismatches$1;
	if (unshown > 0) lines.push(`    and ${unshown} more, in the report`);
	if (check.hint !== null) lines.push(...labelled("hint", check.hint).map(colors.yellow));
	lines.push(...check.notes.flatMap((note) => labelled("note", note)));
	if (check.knownFailure !== void 0) lines.push(...labelled("known failure", check.knownFailure));
	if (check.reproduce !== null) lines.push(`    ${copyableCurl(check.reproduce) ?? tooLong(check.reproduce)}`);
	return lines;
}
function reasons({ report, colors, width }, outcome, title) {
	const checks = report.checks.filter((check) => check.outcome === outcome);
	if (checks.length === 0) return [];
	const groups = groupByText(checks, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]);
	return [colors.bold(title(checks.length)), ...groups.flatMap((group) => [...wrap(`${group.checks.length} × ${group.text}`, width, "  ", "      "), ...wrap(membersOf(group), width, "      ", "      ").map(colors.dim)])];
}
function remarks$1({ report, colors, width }) {
	const passed = report.checks.filter(({ outcome }) => outcome === "passed");
	const stale = passed.filter(({ knownFailure }) => knownFailure !== void 0);
	const lines = [
		...report.notes.flatMap((note) => wrap(note, width, "  ", "  ")),
		...stale.flatMap(({ id }) => wrap(`${id} passed, but is listed as a known failure: take it off.`, width, "  ", "    ")),
		...groupByText(passed, ({ notes }) => notes).flatMap((group) => [...wrap(group.text, width, "  ", "  "), ...wrap(membersOf(group), width, "      ", "      ").map(colors.dim)])
	];
	return lines.length === 0 ? [] : [colors.bold("NOTES"), ...lines];
}
function levelTable$1({ report, colors }) {
	const row = (name, cells) => name.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join("");
	return [colors.dim(row("", [
		"passed",
		"failed",
		"skipped",
		"not run",
		"error"
	])), ...levels$2.map((level) => {
		const { passed, failed, skipped, notRun, error } = report.summary[level];
		return row(level, [
			passed,
			failed,
			skipped,
			notRun,
			error
		]);
	})];
}
function clauses$1({ report, colors, width }) {
	const idsOf = (status) => report.clauses.filter((clause) => clause.status === status).map(({ id }) => id);
	const violated = idsOf("violated");
	const counts = `${idsOf("verified").length} verified, ${violated.length} violated, ${idsOf("not-verified").length} not verified`;
	const named = violated.length === 0 ? [] : wrap(`violated: ${violated.join(", ")}`, width, "  ", "    ").map(colors.red);
	const notes = report.clauses.flatMap(({ id, note }) => note === void 0 ? [] : wrap(`${id} ${note}`, width, "  ", "    "));
	return [
		`clauses: ${counts}`,
		...named,
		...notes.map(colors.dim)
	];
}
const exitCodes = {
	0: "the gate passed",
	1: "the gate failed",
	2: "usage or configuration error",
	3: "inconclusive: a gated check could not be judged, or none was",
	70: "internal error of the harness",
	130: "interrupted"
};
function conclusion({ report, colors, width }) {
	const { verdict, verdictLine, gate } = report;
	const paint = {
		conformant: colors.green,
		"non-conformant": colors.red,
		inconclusive: colors.yellow
	}[verdict];
	const meaning = exitCodes[gate.exitCode];
	const code = meaning === void 0 ? `exit code ${gate.exitCode}` : `exit code ${gate.exitCode} (${meaning})`;
	return [...wrap(`verdict: ${verdictLine}`, width, "", "  ").map((line) => colors.bold(paint(line))), `gate: ${gate.outcome} on ${gate.levels.join(", ")}; ${code}`];
}
// src/cli/report/report-present.ts
function presentReport(report, { json, quiet }) {
	if (json) {
		print(renderJson(report));
		return;
	}
	const color = wantsColor(process.stdout);
	if (quiet) print(renderQuietly(report, { color }).trimEnd());
	else print(`\n${renderTerminal(report, {
		color,
		width: textWidth()
	})}`);
}
// src/report/merge.ts
const levels$1 = [
	"required",
	"recommended",
	"hardening"
];
const mostConflictsTold = 20;
const weights = {
	passed: 2,
	failed: 2,
	"not-run": 1,
	error: 1,
	skipped: 0
};
const weightOf = ({ outcome, reasonCode }) => reasonCode === "not-selected" ? -1 : weights[outcome];
function mergeReports(reports) {
	const parts = reports.toSorted((a, b) => a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0);
	const last = parts.at(-1) ?? reports[0];
	if (parts.length === 1) return last;
	const merged = distinct([last, ...parts].flatMap(({ checks }) => checks.map(({ id }) => id))).map((id) => mergeCheck(id, parts));
	const conflicts = merged.flatMap(({ conflict }) => conflict ?? []);
	const untold = conflicts.length - mostConflictsTold;
	return {
		...last,
		target: {
			...last.target,
			local: parts.every(({ target }) => target.local),
			capabilities: distinct(parts.flatMap(({ target }) => target.capabilities)),
			headers: distinct(parts.flatMap(({ target }) => target.headers))
		},
		startedAt: (parts[0] ?? last).startedAt,
		durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
		seed: distinct(parts.map(({ seed }) => seed)).join(", "),
		nonce: distinct(parts.map(({ nonce }) => nonce)).join(", "),
		notes: [
			`Merged from ${parts.length} reports: ${parts.map(({ startedAt, seed }) => `${startedAt} (seed ${seed})`).join(", ")}.`,
			...conflicts.slice(0, mostConflictsTold),
			...untold > 0 ? [`${untold} more checks ended differently in these reports; the later outcome counts.`] : [],
			...distinct(parts.flatMap(({ notes }) => notes))
		],
		gate: {
			...last.gate,
			levels: levels$1.filter((level) => parts.some(({ gate }) => gate.levels.includes(level)))
		},
		checks: merged.map(({ check }) => check)
	};
}
function mergeCheck(id, parts) {
	const found = parts.flatMap(({ checks, startedAt }) => checks.filter((check) => check.id === id).map((check) => ({
		check,
		startedAt,
		weight: weightOf(check)
	})));
	const most = Math.max(...found.map(({ weight }) => weight));
	const heaviest = found.filter(({ weight }) => weight === most);
	const counted = heaviest.at(-1);
	if (counted === void 0) throw new Error(`${id} is in none of the reports`);
	const other = heaviest.findLast(({ check }) => check.outcome !== counted.check.outcome);
	const conflict = other === void 0 || most < weights.passed ? null : `${id}: ${other.check.outcome} in the run of ${other.startedAt}, ${counted.check.outcome} in that of ${counted.startedAt}; the later one counts.`;
	return {
		check: counted.check,
		conflict
	};
}
const distinct = (values) => [...new Set(values)];
// src/cli/report/report-join.ts
async function joinReports(inputs, directory, formats, wantsAllShards = false) {
	const groups = groupsOf(inputs.flatMap(({ sources }) => sources));
	const [only] = groups;
	if (!(groups.length === 1 && !inputs.some(({ isMatrix }) => isMatrix)) || only === void 0) return joinMany(groups, inputs, {
		directory,
		formats,
		wantsAllShards
	});
	const joined = joinGroup(only);
	const report = joined !== null && wantsAllShards ? withoutMissingShards(joined) : joined;
	if (report === null) throw new Error("a report that was read has gone");
	makeReady(directory, reportFiles(formats));
	return {
		kind: "report",
		report,
		files: await writeReports(directory, formats, report)
	};
}
async function joinMany(groups, inputs, { directory, formats, wantsAllShards }) {
	const written = withJson(formats);
	makeReady(directory, Object.values(matrixFiles));
	for (const { name } of groups) makeReady(join(directory, name), reportFiles(written));
	const builder = matrixBuilder();
	const startedAt = [];
	let durationMs = 0;
	for (const group of groups) {
		const joined = joinGroup(group);
		const report = joined !== null && wantsAllShards ? withoutMissingShards(joined) : joined;
		const [first] = group.sources;
		if (report !== null) {
			startedAt.push(report.startedAt);
			durationMs += report.durationMs;
			await writeReports(join(directory, group.name), written, report);
			builder.add(report, {
				name: group.name,
				files: linksTo(group.name, written)
			});
		} else if (first !== void 0) builder.addUnrun({
			name: group.name,
			url: first.url,
			...first.unrun
		});
	}
	const there = groups.map(({ name }) => name);
	const expected = [...new Set(inputs.flatMap((input) => input.expected))];
	const absent = wantsAllShards ? expected.filter((name) => !there.includes(name)) : [];
	for (const name of absent) builder.addUnrun({
		name,
		url: unknownUrl,
		reason: "its shard is missing, and what it has judged with it",
		exitCode: exitCodes$2.inconclusive
	});
	const parts = inputs.flatMap(({ notes }) => notes.filter((note) => shardsIn([note]).length > 0));
	const lack = wantsAllShards ? missingShardsNote(parts) : null;
	const matrix = builder.build({
		harness,
		startedAt: startedAt.sort()[0] ?? isoTime(systemClock.now()),
		durationMs,
		notes: [
			...lack === null ? [] : [lack],
			...inputs.length > 1 ? [`Joined from ${inputs.length} results.`] : [],
			...parts
		],
		...expected.length > 0 && { expected }
	}, [...there, ...absent]);
	const judged = {
		...matrix,
		gate: lack === null ? matrix.gate : notPassed(matrix.gate)
	};
	return {
		kind: "matrix",
		matrix: judged,
		files: await writeMatrix(directory, judged)
	};
}
function makeReady(directory, files) {
	prepareDirectory("out", directory, []);
	for (const file of files) assertWritable("out", join(directory, file));
}
function joinGroup({ sources }) {
	const [first, ...others] = sources.flatMap((source) => source.read() ?? []);
	if (first === void 0) return null;
	if (others.length === 0) return first;
	const merged = mergeReports([first, ...others]);
	return rejudged(merged, merged.checks);
}
function withoutMissingShards(report) {
	const note = missingShardsNote(report.notes);
	return note === null ? report : {
		...report,
		notes: [note, ...report.notes],
		gate: notPassed(report.gate)
	};
}
function notPassed(gate) {
	return gate.outcome === "passed" ? {
		...gate,
		outcome: "inconclusive",
		exitCode: exitCodes$2.inconclusive
	} : gate;
}
function groupsOf(sources) {
	const groups = new Map();
	for (const source of sources) {
		const key = JSON.stringify([source.name, source.url]);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [source]);
		else group.push(source);
	}
	const taken = new Set();
	return [...groups.values()].map((members) => {
		const name = nameFor(members, taken);
		taken.add(name.toLowerCase());
		return {
			name,
			sources: members
		};
	});
}
function nameFor(members, taken) {
	const [first] = members;
	const wanted = new Set(members.map(({ label }) => label)).size === 1 && first !== void 0 ? first.label : safeName(hostAndPath(first?.url ?? ""));
	for (let number = 1;; number += 1) {
		const name = number === 1 ? wanted : `${wanted.slice(0, 90)}-${number}`;
		if (!taken.has(name.toLowerCase())) return name;
	}
}
function hostAndPath(url) {
	return url.replace(/^https?:\/\//, "").replace(/[?#].*$/s, "");
}
// src/report/matrix/rows.ts
const gates = [
	"failed",
	"inconclusive",
	"passed"
];
const verdicts = [
	"non-conformant",
	"inconclusive",
	"conformant"
];
function worstFirst({ targets }) {
	const rank = ({ gate, verdict }) => gates.indexOf(gate.outcome) * verdicts.length + verdicts.indexOf(verdict);
	return targets.toSorted((a, b) => rank(a) - rank(b));
}
function suitesOf({ checks }) {
	return [...new Set(checks.map(({ suite }) => suite))].map((id) => ({
		id,
		checks: checks.filter(({ suite }) => suite === id)
	}));
}
function failedChecks(matrix) {
	return matrix.checks.map((check) => ({
		check,
		targets: matrix.targets.filter(({ outcomes }) => outcomes[check.id] === "failed")
	})).filter(({ targets }) => targets.length > 0).sort((a, b) => b.targets.length - a.targets.length);
}
function remarksOf(matrix) {
	const groups = new Map();
	for (const target of worstFirst(matrix)) {
		if (target.remark === null) continue;
		const group = groups.get(target.remark);
		if (group === void 0) groups.set(target.remark, [target]);
		else group.push(target);
	}
	return Array.from(groups, ([text, targets]) => ({
		text,
		targets
	}));
}
function namesOf(targets, most) {
	const names = targets.slice(0, most).map(({ name }) => name);
	const more = targets.length - names.length;
	return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
function summaryLine({ summary, targets }) {
	const parts = [
		"conformant",
		"non-conformant",
		"inconclusive"
	].filter((verdict) => summary[verdict] > 0);
	const receivers = `${targets.length} ${targets.length === 1 ? "receiver" : "receivers"}`;
	return parts.length === 0 ? receivers : `${receivers}: ${parts.map((verdict) => `${summary[verdict]} ${verdict}`).join(", ")}`;
}
// src/report/matrix/markdown.ts
const mostRows = 250;
const mostNames$1 = 10;
const marks = {
	passed: "✅",
	failed: "❌",
	inconclusive: "⚠️"
};
function renderMatrixMarkdown(matrix, { maxBytes = Infinity } = {}) {
	for (let rows = mostRows;; rows = Math.floor(rows / 2)) {
		const page = render(matrix, rows);
		if (rows === 0 || Buffer.byteLength(page) <= maxBytes) return page;
	}
}
function render(matrix, rows) {
	const { gate, harness, startedAt, durationMs, notes } = matrix;
	const facts = `${harness.name} ${harness.version}, ${startedAt}, ${(durationMs / 1e3).toFixed(1)} s`;
	return `${[
		`# ${marks[gate.outcome]} ${summaryLine(matrix)}`,
		`Gate ${gate.outcome}, exit code ${gate.exitCode}. ${markdownText(facts)}.`,
		...notes.length === 0 ? [] : [notes.map((note) => `- ${markdownText(note)}`).join("\n")],
		...receivers(matrix, rows),
		...failures$2(matrix)
	].join("\n\n")}\n`;
}
function receivers(matrix, mostShown) {
	const suites = suitesOf(matrix);
	const targets = worstFirst(matrix);
	if (targets.length === 0) return [];
	const shown = targets.slice(0, mostShown);
	const rows = shown.map((target) => {
		const cells = suites.map(({ checks }) => cellOf(target, checks));
		return [
			marks[target.gate.outcome],
			nameOf(target),
			target.verdict,
			...cells,
			markdownText(target.remark ?? "")
		];
	});
	const header = [
		"",
		"receiver",
		"verdict",
		...suites.map(({ id }) => id),
		"what stands out"
	];
	const untold = targets.length - shown.length;
	return [
		"## Receivers",
		markdownTable(header, rows),
		"A cell says how many of the checks that ran have passed.",
		...untold > 0 ? [`${untold} more receivers, no worse than these, stand in \`matrix.html\` and \`matrix.json\`.`] : []
	];
}
function nameOf({ name, files }) {
	const file = files["html"] ?? files["markdown"];
	return file === void 0 ? markdownText(name) : `[${markdownText(name)}](${file})`;
}
function cellOf({ outcomes }, checks) {
	const ended = checks.flatMap(({ id }) => outcomes[id] ?? []);
	const count = (outcome) => ended.filter((other) => other === outcome).length;
	const [passed, failed] = [count("passed"), count("failed")];
	const open = count("not-run") + count("error");
	const parts = [...passed + failed > 0 ? [`${passed} of ${passed + failed}`] : [], ...open > 0 ? [`${open} not run`] : []];
	return parts.length === 0 ? "–" : parts.join(", ");
}
function failures$2(matrix) {
	const failed = failedChecks(matrix);
	if (failed.length === 0) return [];
	return ["## Failed checks", markdownTable([
		"check",
		"level",
		"receivers",
		"which"
	], failed.map(({ check: { id, level }, targets }) => [
		codeSpan(id),
		level,
		String(targets.length),
		markdownText(namesOf(targets, mostNames$1))
	]))];
}
// src/report/matrix/terminal.ts
const mostSingleRows = 20;
const longestLabel = 32;
const shortestColumn = 8;
const mostNames = 5;
const mostRemarks = 20;
const gap = 2;
const signs$1 = {
	passed: ".",
	failed: "F",
	skipped: "-",
	"not-run": "?",
	error: "E"
};
const legend = "F failed, E error of the harness, ? not run, . passed, - skipped, blank: not selected";
function renderMatrixTerminal(matrix, { color, width = 100 }) {
	const colors = (0, import_picocolors.createColors)(color);
	const { harness, durationMs, notes } = matrix;
	return `${[
		[colors.bold(`${harness.name} ${harness.version}: ${summaryLine(matrix)}`), colors.dim(`${(durationMs / 1e3).toFixed(1)} s`)],
		...table(matrix, colors, width),
		failures$1(matrix, colors, width),
		remarks(matrix, colors, width),
		notes.flatMap((note) => wrap(showControlCharacters(note), width, "", "  ")),
		[gateLine(matrix, colors)]
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function renderMatrixQuietly(matrix, { color }) {
	const colors = (0, import_picocolors.createColors)(color);
	return [...worstFirst(matrix).filter(({ gate }) => gate.outcome !== "passed").map(({ name, url, gate, failed = [], remark }) => {
		const paint = gate.outcome === "failed" ? colors.red : colors.yellow;
		const what = failed.length > 0 ? failed.join(", ") : remark ?? gate.outcome;
		return paint(showControlCharacters(`${gate.outcome}: ${name} (${url}): ${what}`));
	}), gateLine(matrix, colors)].join("\n");
}
function gateLine(matrix, colors) {
	const { gate } = matrix;
	const verdict = {
		passed: colors.green,
		failed: colors.red,
		inconclusive: colors.yellow
	}[gate.outcome];
	return colors.bold(verdict(`gate: ${gate.outcome}; ${summaryLine(matrix)}; exit code ${gate.exitCode}`));
}
function table(matrix, colors, width) {
	if (matrix.targets.length === 0 || matrix.checks.length === 0) return [];
	const rows = rowsOf(matrix);
	const labelWidth = Math.min(longestLabel, Math.max(...rows.map(({ label }) => label.length)));
	const blocks = [[]];
	let used = labelWidth;
	for (const suite of suitesOf(matrix)) {
		const needed = gap + columnsOf(suite);
		if (used + needed > width && blocks.at(-1)?.length !== 0) {
			blocks.push([]);
			used = labelWidth;
		}
		blocks.at(-1)?.push(suite);
		used += needed;
	}
	return [...blocks.map((suites) => [colors.dim(" ".repeat(labelWidth) + suites.map((suite) => cell(suite.id, columnsOf(suite))).join("")).trimEnd(), ...rows.map(({ label, target }) => row(label, target, suites, labelWidth, colors))]), wrap(legend, width, "", "").map(colors.dim)];
}
const columnsOf = ({ id, checks }) => Math.max(checks.length, Math.min(id.length, shortestColumn));
const cell = (text, width) => " ".repeat(gap) + fitted$1(text, width);
function fitted$1(text, width) {
	return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
function row(label, { gate, outcomes }, suites, width, colors) {
	const paint = {
		failed: colors.red,
		inconclusive: colors.yellow,
		passed: colors.green
	}[gate.outcome];
	const cells = suites.map((suite) => {
		const ended = suite.checks.map(({ id }) => outcomes[id] === void 0 ? " " : signs$1[outcomes[id]]).join("");
		return cell(ended, columnsOf(suite)).replaceAll(/[FE]+/g, colors.red).replaceAll(/\?+/g, colors.yellow);
	});
	return `${paint(fitted$1(label, width))}${cells.join("")}`.trimEnd();
}
function rowsOf(matrix) {
	const targets = worstFirst(matrix);
	if (targets.length <= mostSingleRows) return targets.map((target) => ({
		label: target.name,
		target
	}));
	const alike = new Map();
	for (const target of targets) {
		const ended = [target.gate.outcome, ...matrix.checks.map(({ id }) => target.outcomes[id] ?? "")].join();
		const group = alike.get(ended);
		if (group === void 0) alike.set(ended, [target]);
		else group.push(target);
	}
	return [...alike.values()].flatMap(([target, ...others]) => {
		if (target === void 0) return [];
		const more = others.length === 0 ? "" : ` and ${others.length} more`;
		return [{
			label: fitted$1(target.name, longestLabel - more.length).trimEnd() + more,
			target
		}];
	});
}
function failures$1(matrix, colors, width) {
	const failed = failedChecks(matrix);
	if (failed.length === 0) return [];
	return [colors.bold(colors.red(`FAILED CHECKS: ${failed.length}`)), ...failed.flatMap(({ check: { id, level }, targets }) => [`  ${colors.bold(id)} ${colors.dim(`(${level})`)}`, ...wrap(`${targets.length} of ${matrix.targets.length}: ${namesOf(targets, mostNames)}`, width, "    ", "      ")])];
}
function remarks(matrix, colors, width) {
	const groups = remarksOf(matrix);
	if (groups.length === 0) return [];
	const untold = groups.slice(mostRemarks).reduce((sum, { targets }) => sum + targets.length, 0);
	return [
		colors.bold("WHAT STANDS OUT"),
		...groups.slice(0, mostRemarks).flatMap(({ text, targets }) => wrap(`${namesOf(targets, mostNames)}: ${showControlCharacters(text)}`, width, "  ", "      ")),
		...untold > 0 ? [`  and ${untold} more, in the matrix's files`] : []
	];
}
// src/report/github-annotations.ts
const mostOfAKind = 10;
const mostBytes = 4e3;
function githubAnnotations(report) {
	const found = [...unmatchedKnownFailures(report).map((note) => {
		return {
			kind: "error",
			title: "known failures",
			lines: [note]
		};
	}), ...report.checks.flatMap((check) => annotationOf(check, report) ?? [])];
	return ["error", "warning"].flatMap((kind) => capped(kind, found.filter((annotation) => annotation.kind === kind)).map(command));
}
function annotationOf(check, report) {
	const { id, title, hint, clause, reason, knownFailure = "" } = check;
	const fix = [...hint === null ? [] : [hint], ...clause === null ? [] : [`Clause ${clause}, ${report.contract.documentUrl}`]];
	const found = `${title}: ${mismatchSummary(check)}`;
	switch (standingOf(check, report)) {
		case "failed-gate": return {
			kind: "error",
			title: id,
			lines: [found, ...fix]
		};
		case "passed-though-listed": return {
			kind: "error",
			title: id,
			lines: [listedThoughPassed(knownFailure)]
		};
		case "failed-ungated": return {
			kind: "warning",
			title: `${id} (${check.level}, not gated)`,
			lines: [found, ...fix]
		};
		case "failed-known": return {
			kind: "warning",
			title: `${id} (known failure)`,
			lines: [knownFailure, found]
		};
		case "not-run":
		case "error":
			if (!report.gate.levels.includes(check.level)) return null;
			return {
				kind: "warning",
				title: `${id} (${check.outcome === "error" ? "in error, not charged to the receiver" : "not run"})`,
				lines: [reason ?? title]
			};
		case "passed":
		case "skipped": return null;
	}
}
function capped(kind, annotations) {
	if (annotations.length <= mostOfAKind) return annotations;
	const shown = annotations.slice(0, 9);
	const others = annotations.slice(9).map(({ title }) => title);
	return [...shown, {
		kind,
		title: `${others.length} more`,
		lines: others
	}];
}
function command({ kind, title, lines }) {
	const message = capText(lines.map(showControlCharacters).join("\n"), mostBytes);
	return `::${kind} title=${escapedProperty(showControlCharacters(title))}::${escapedData(message)}`;
}
const escapedData = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapedProperty = (text) => escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
// src/report/markdown.ts
const levels = [
	"required",
	"recommended",
	"hardening"
];
const signs = {
	conformant: "✅",
	"non-conformant": "❌",
	inconclusive: "⚠️"
};
const mostMismatches = 10;
const mostBytesOfAText = 2e3;
const reservedBytes = 300;
function renderMarkdown(report, { maxBytes = 1e6 } = {}) {
	return fitted([
		[
			...verdict(report),
			"",
			...levelTable(report)
		].join("\n"),
		...causes(report),
		...levels.flatMap((level) => failures(report, level)),
		...listed(report),
		...unjudged(report, "error", "In error, not charged to the receiver"),
		...unjudged(report, "not-run", "Not run"),
		...unjudged(report, "skipped", "Skipped"),
		...latencies(report),
		...notes(report),
		clauses(report)
	], maxBytes);
}
function fitted(sections, maxBytes) {
	const kept = [];
	let left = maxBytes - reservedBytes;
	for (const section of sections) {
		const bytes = Buffer.byteLength(section, "utf8") + 2;
		if (bytes > left) continue;
		left -= bytes;
		kept.push(section);
	}
	const missing = sections.length - kept.length;
	if (missing > 0) kept.push(`**Cut:** ${missing} of ${sections.length} sections are not shown, to stay below ${maxBytes} bytes. All of it is in \`report.json\`.`);
	return `${kept.join("\n\n")}\n`;
}
function verdict({ verdict, verdictLine, gate, target, harness, contract, startedAt, durationMs, seed }) {
	const declared = [
		...target.local ? ["local"] : [],
		...target.capabilities.map(markdownText),
		...target.headers.map((name) => `header ${codeSpan(name)}`)
	];
	return [
		`## ${signs[verdict]} ${markdownText(verdict)}`,
		"",
		`**${shortText(verdictLine)}**`,
		"",
		`- Gate: **${markdownText(gate.outcome)}** on ${gate.levels.map(markdownText).join(", ")}; exit code ${gate.exitCode}`,
		`- Receiver: ${codeSpan(capText(target.url, mostBytesOfAText))}${declared.length === 0 ? "" : ` (${declared.join(", ")})`}`,
		`- Checked: ${codeSpan(startedAt)}, in ${(durationMs / 1e3).toFixed(1)} s, by ${codeSpan(`${harness.name} ${harness.version}`)}, seed ${codeSpan(seed)}`,
		`- Contract: ${markdownLink(markdownText(contract.name), contract.documentUrl)}`
	];
}
function levelTable({ summary, gate }) {
	const rows = levels.map((level) => {
		const { passed, failed, skipped, notRun, error } = summary[level];
		return [
			level,
			passed,
			failed,
			skipped,
			notRun,
			error,
			gate.levels.includes(level) ? "yes" : "no"
		];
	});
	const head = [
		"level",
		"passed",
		"failed",
		"skipped",
		"not run",
		"error",
		"gated"
	];
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		"|---|--:|--:|--:|--:|--:|---|",
		...rows.map(line)
	];
}
function causes({ causes: all = [], checks }) {
	if (all.length === 0) return [];
	const failed = checks.filter(({ outcome }) => outcome === "failed");
	const lines = all.map(({ says, fix, checks: ids }, index) => [
		`${index + 1}. **${shortText(says)}**`,
		`   - **What to do:** ${shortText(fix)}`,
		`   - **Behind:** ${idList(failed.filter(({ id }) => ids.includes(id)))}`
	].join("\n"));
	return [[
		`## Causes: ${all.length}, of ${failed.length} failed checks`,
		"",
		...lines
	].join("\n")];
}
function failures(report, level) {
	const failed = report.checks.filter((check) => check.outcome === "failed" && check.level === level);
	const gated = report.gate.levels.includes(level) ? "" : ", not gated";
	if (failed.length === 0) return [];
	return [`## Failed, ${level}: ${failed.length}${gated}`, ...failed.map((check) => failure(check, report))];
}
function failure(check, report) {
	const { mismatches, hint, clause, source, notes, knownFailure, reproduce } = check;
	const found = mismatches.slice(0, mostMismatches).map(({ where, expected, actual }) => [
		...where === "" ? [] : [oneLine(where)],
		`  expected: ${oneLine(expected)}`,
		`  got:      ${oneLine(actual)}`
	].join("\n"));
	const unshown = mismatches.length - found.length;
	const facts = [
		...knownFailure === void 0 ? [] : [`- **Known failure:** ${shortText(knownFailure)}`],
		...hint === null ? [] : [`- **What to do:** ${shortText(hint)}`],
		...clause === null ? [] : [`- **Clause:** ${clauseText(clause, report)}`],
		...source === null ? [] : [`- **Source:** ${shortText(source)}`],
		...notes.map((note) => `- **Note:** ${shortText(note)}`)
	];
	return [
		`### ${codeSpan(check.id)}`,
		`**${shortText(check.title)}**`,
		...found.length === 0 ? [] : [codeBlock("text", found.join("\n"))],
		...unshown > 0 ? [`${unshown} more in \`report.json\`.`] : [],
		...facts.length === 0 ? [] : [facts.join("\n")],
		...reproduce === null ? [] : [curl(reproduce)]
	].join("\n\n");
}
function curl(line) {
	const copyable = copyableCurl(line);
	return copyable === null ? markdownText(tooLong(line)) : codeBlock("sh", copyable);
}
function clauseText(id, { clauses, contract }) {
	const link = markdownLink(codeSpan(id), contract.documentUrl);
	const clause = clauses.find((other) => other.id === id);
	return clause === void 0 ? link : `${link} (${shortText(clause.section)}): ${shortText(clause.statement)}`;
}
function listed(report) {
	const known = report.checks.filter(({ knownFailure }) => knownFailure !== void 0);
	const unmatched = unmatchedKnownFailures(report);
	if (known.length + unmatched.length === 0) return [];
	const lines = known.map((check) => {
		const reason = check.knownFailure ?? "";
		const isStale = standingOf(check, report) === "passed-though-listed";
		return `- ${codeSpan(check.id)} ${shortText(isStale ? listedThoughPassed(reason) : `${check.outcome}: ${reason}`)}`;
	});
	return [[
		`## Known failures: ${known.length}`,
		"",
		...lines,
		...unmatched.map((note) => `- ${shortText(note)}`)
	].join("\n")];
}
function unjudged({ checks }, outcome, title) {
	const left = checks.filter((check) => check.outcome === outcome);
	if (left.length === 0) return [];
	const lines = groupByText(left, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]).map(({ text, checks: members }) => `- ${members.length} × ${shortText(text)}\n  - ${idList(members)}`);
	return [[
		`## ${title}: ${left.length}`,
		"",
		...lines
	].join("\n")];
}
function latencies({ checks }) {
	const lines = checks.flatMap(({ id, latencies }) => latencies === void 0 ? [] : [`- ${codeSpan(id)}: ${latencies.count} answers, p50 ${latencies.p50Ms} ms, p95 ${latencies.p95Ms} ms, p99 ${latencies.p99Ms} ms, max ${latencies.maxMs} ms`]);
	return lines.length === 0 ? [] : [[
		"## Latencies",
		"",
		...lines
	].join("\n")];
}
function notes({ notes, checks }) {
	const passed = checks.filter(({ outcome }) => outcome === "passed");
	const lines = [...notes.map((note) => `- ${shortText(note)}`), ...groupByText(passed, (check) => check.notes).map(({ text, checks: members }) => `- ${shortText(text)}\n  - ${idList(members)}`)];
	return lines.length === 0 ? [] : [[
		"## Notes",
		"",
		...lines
	].join("\n")];
}
function clauses({ clauses }) {
	const line = (title, status) => {
		const own = clauses.filter((clause) => clause.status === status);
		return `- ${title}: ${own.length}${own.length === 0 ? "" : ` (${idList(own)})`}`;
	};
	return [
		`## Clauses: ${clauses.length}`,
		"",
		line("Violated", "violated"),
		line("Verified", "verified"),
		line("Not verified", "not-verified"),
		...clauses.flatMap(({ id, note }) => note === void 0 ? [] : [`- ${codeSpan(id)} ${shortText(note)}`])
	].join("\n");
}
const idList = (items) => items.map(({ id }) => codeSpan(id)).join(", ");
const shortText = (text) => markdownText(capText(text, mostBytesOfAText));
const oneLine = (text) => capText(text, mostBytesOfAText).replaceAll("\r", "\\r").replaceAll("\n", "\\n");
// src/cli/run/github-actions.ts
const largestSummaryBytes = 1048576;
const smallestSummaryBytes = 4096;
const inGitHubActions = () => process.env["GITHUB_ACTIONS"] === "true";
function tellGitHub(report, settings) {
	if (settings.github === "off" || !inGitHubActions()) return;
	const lines = githubAnnotations(report);
	if (!settings.quiet && lines.length > 0) printToRunner(lines.join("\n"), settings);
	addToSummary((maxBytes) => renderMarkdown(report, { maxBytes }));
}
function addToSummary(render) {
	const file = process.env["GITHUB_STEP_SUMMARY"] ?? "";
	if (file === "") return;
	try {
		const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
		const maxBytes = largestSummaryBytes - size - 1;
		if (maxBytes < smallestSummaryBytes) {
			printAside(`the summary of this step is full (${size} bytes): the report was not added to it`);
			return;
		}
		appendFileSync(file, `${size === 0 ? "" : "\n"}${render(maxBytes)}`);
	} catch (error) {
		printAside(`the report could not be added to the summary of this step, ${file}: ${reasonOf(error)}`);
	}
}
function muteWorkflowCommands(settings) {
	if (settings.quiet || !inGitHubActions()) return () => {};
	const token = randomBytes(16).toString("hex");
	printToRunner(`::stop-commands::${token}`, settings);
	let stopped = true;
	return () => {
		if (stopped) printToRunner(`::${token}::`, settings);
		stopped = false;
	};
}
const printToRunner = (text, { json }) => writeCiCommand(json ? process.stderr : process.stdout, text);
// src/cli/progress/progress-line.ts
function progressLine({ id, outcome, reason, durationMs }, color) {
	const colors = (0, import_picocolors.createColors)(color);
	const paint = {
		passed: colors.green,
		failed: colors.red,
		skipped: colors.dim,
		"not-run": colors.yellow,
		error: colors.magenta
	};
	const remark = outcome === "passed" || outcome === "failed" ? ` (${seconds(durationMs)})` : `: ${showControlCharacters(reason ?? "no reason given")}`;
	return `${paint[outcome](outcome.padEnd(8))} ${id}${colors.dim(remark)}`;
}
const seconds = (ms) => `${(ms / 1e3).toFixed(1)} s`;
// src/cli/targets/targets-present.ts
function targetLine({ name, gate, verdict, durationMs, remark }) {
	const colors = (0, import_picocolors.createColors)(wantsColor(process.stderr));
	const paint = {
		passed: colors.green,
		failed: colors.red,
		inconclusive: colors.yellow
	}[gate.outcome];
	const why = remark === null ? "" : `: ${showControlCharacters(remark)}`;
	return `${paint(verdict.padEnd(14))} ${name}${colors.dim(` (${seconds(durationMs)})${why}`)}`;
}
function presentMatrix(matrix, { json, quiet }) {
	if (json) {
		print(jsonText(matrix));
		return;
	}
	const color = wantsColor(process.stdout);
	if (quiet) print(renderMatrixQuietly(matrix, { color }));
	else print(`\n${renderMatrixTerminal(matrix, {
		color,
		width: textWidth()
	})}`);
}
function addMatrixToSummary(matrix) {
	if (process.env["GITHUB_ACTIONS"] !== "true") return;
	const targets = matrix.targets.map((target) => ({
		...target,
		files: {}
	}));
	addToSummary((maxBytes) => renderMatrixMarkdown({
		...matrix,
		targets
	}, { maxBytes }));
}
// src/cli/report/report-join-commands.ts
async function reportMergeCommand({ arguments: paths, options }) {
	const given = readOptions(reportMergeOptions, options);
	const joined = await joinReports(distinctFiles(paths).map(readInput), given.out, given.report, true);
	switch (joined.kind) {
		case "report":
			presentReport(joined.report, given);
			if (!given.json && !given.quiet) printAside(`reports: ${joined.files.join(", ")}`);
			return joined.report.gate.exitCode;
		case "matrix":
			presentMatrix(joined.matrix, given);
			if (!given.json && !given.quiet) printAside(`matrix: ${joined.files.join(", ")}`);
			return joined.matrix.gate.exitCode;
	}
}
async function reportConvertCommand({ argument = "", options }) {
	const { out, report } = readOptions(reportConvertOptions, options);
	const { files } = await joinReports([readInput(argument)], out, report);
	printAside(`written: ${files.join(", ")}`);
	return exitCodes$2.passed;
}
function distinctFiles(paths) {
	return [...new Map(paths.map((path) => [realPath(path), path])).values()];
}
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
// src/cli/report/report-outline.ts
const nothing = {
	durationMs: 0,
	record: null
};
const interrupted = {
	...nothing,
	outcome: "not-run",
	reasonCode: "interrupted",
	reason: "the run was ended before this check was"
};
const notSelected = {
	...nothing,
	outcome: "skipped",
	reasonCode: "not-selected",
	reason: "not selected by the filters"
};
function reportOutline(target, startedAt) {
	const { suites, selected, knownFailures, contract } = target;
	const checks = suites.flatMap((suite) => suite.checks.map((check) => {
		const end = selected.has(check.id) ? interrupted : notSelected;
		const knownFailure = knownFailureOf(knownFailures, check);
		return reportCheck({
			check,
			suite: suite.id,
			end,
			target,
			baseline: null,
			knownFailure
		});
	}));
	const catalogue = suites.flatMap((suite) => suite.checks);
	const outline = {
		schemaVersion: "1.0",
		harness,
		contract: contractFacts(contract),
		target: {
			url: target.url.display,
			kind: target.kind,
			local: target.local,
			capabilities: [...target.capabilities],
			headers: target.headers.map(([name]) => name)
		},
		startedAt,
		durationMs: 0,
		seed: target.seed,
		nonce: target.nonce,
		notes: [...target.notes, ...staleEntries(knownFailures, catalogue, new Map())],
		gate: {
			outcome: "inconclusive",
			levels: gatedLevels(target.failOn),
			exitCode: 0
		},
		clauses: contract.clauses.map(({ id, section, statement }) => ({
			id,
			section,
			statement,
			status: "not-verified",
			checks: []
		})),
		checks
	};
	return redactReport(rejudged(outline, checks), target.redactor);
}
export { journalFile as A, prepareDirectory as B, reportDiffCommand as C, writeMatrix as D, withJson as E, unmatchedKnownFailures as F, mismatchLine as G, writeFileAtomically as H, groupByText as I, wrap as L, matrixBuilder as M, listedThoughPassed as N, reportFiles as O, standingOf as P, require_picocolors as R, renderJson as S, prepareMatrix as T, jsonText as U, unwritable as V, readTextFile as W, summaryLine as _, presentMatrix as a, detailsOf as b, seconds as c, renderMarkdown as d, renderMatrixMarkdown as f, suitesOf as g, remarksOf as h, addMatrixToSummary as i, openJournal as j, writeReports as k, muteWorkflowCommands as l, namesOf as m, reportConvertCommand as n, targetLine as o, failedChecks as p, reportMergeCommand as r, progressLine as s, reportOutline as t, tellGitHub as u, worstFirst as v, linksTo as w, mismatchSummary as x, presentReport as y, assertWritable as z };

//# sourceMappingURL=reports-TZriK1mR.js.map