import { t as Yargs } from "./yargs-BFKmrBU_.js";
import { D as levels, b as exitCodes, c as print, d as textWidth, g as scheduledOffsetsMs, h as withFigures, j as UsageError, m as batch, p as defaults, y as harness } from "./main-C_aTT-j6.js";
import { basename } from "node:path";
// src/input/closest.ts
function closest(text, candidates) {
	const wanted = text.toLowerCase();
	const [best] = candidates.map((candidate) => ({
		candidate,
		edits: distance(wanted, candidate.toLowerCase())
	})).sort((a, b) => a.edits - b.edits);
	const tolerated = Math.max(1, Math.floor(wanted.length / 3));
	if (best !== void 0 && best.edits <= tolerated) return best.candidate;
	return wanted.length < 3 ? void 0 : candidates.find((candidate) => candidate.toLowerCase().includes(wanted));
}
function suggestion(text, candidates, prefix = "") {
	const near = closest(text, candidates);
	return near === void 0 ? "" : `; did you mean ${prefix}${near}?`;
}
function distance(a, b) {
	const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
	const at = (row, column) => rows[row]?.[column] ?? Infinity;
	for (let row = 1; row <= a.length; row += 1) {
		const cells = [row];
		rows.push(cells);
		for (let column = 1; column <= b.length; column += 1) {
			const same = a[row - 1] === b[column - 1] ? 0 : 1;
			const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			cells.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same, swapped ? at(row - 2, column - 2) + 1 : Infinity));
		}
	}
	return at(a.length, b.length);
}
// src/input/duration.ts
const unitMs = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5
};
const durationPattern = String.raw`^\d+(\.\d+)?(ms|s|m|h)?$`;
function parseDurationMs(text) {
	if (!new RegExp(durationPattern).test(text)) return null;
	const unit = /[a-z]+$/.exec(text)?.[0];
	const ms = Number.parseFloat(text) * unitMs[unit ?? "s"];
	return ms > 0 && Number.isSafeInteger(Math.ceil(ms)) ? ms : null;
}
function durationText(ms) {
	const [unit, size] = Object.entries(unitMs).findLast(([, each]) => ms >= each && ms % each === 0) ?? ["ms", 1];
	return `${ms / size}${unit}`;
}
const timePattern = `(deadline([+-]${durationPattern.slice(1, -1)})?|${durationPattern.slice(1, -1)})`;
function parseTimeMs(text, { response: { deadlineMs } }) {
	const [, sign, by] = /^deadline(?:([+-])(.*))?$/.exec(text) ?? [];
	if (text === "deadline") return deadlineMs;
	if (by === void 0) return parseDelayMs(text);
	const ms = parseDelayMs(by);
	if (ms === null || sign === "-" && ms >= deadlineMs) return null;
	return deadlineMs + (sign === "-" ? -ms : ms);
}
function parseDelayMs(text) {
	const ms = parseDurationMs(text);
	const whole = ms === null ? null : Math.max(1, Math.ceil(Math.round(ms * 1e3) / 1e3));
	return whole === null || whole > (parseDurationMs("24h") ?? 0) ? null : whole;
}
const beginsWith = (name) => new RegExp(`^${name}(?=:|$)`);
function plain(about, play) {
	const { name } = about;
	return {
		...about,
		written: name,
		expected: `${name} with nothing after it`,
		begins: beginsWith(name),
		pattern: name,
		play: (text) => text === name ? play : null
	};
}
function timed(about, example, play) {
	const { name } = about;
	return {
		...about,
		written: `${name}:${example}`,
		expected: `${name} with a duration of at most 24h, such as ${name}:${example}`,
		begins: beginsWith(name),
		pattern: `${name}:${timePattern}`,
		play(text, contract) {
			const ms = parseTimeMs(text.slice(name.length + 1), contract);
			return ms === null ? null : play(ms);
		}
	};
}
function varied(about, example, variant, play) {
	const { name } = about;
	const pattern = `${name}(:${variant})?`;
	const spelling = new RegExp(`^${pattern}$`);
	return {
		...about,
		written: name,
		expected: `${name} or ${name}:${example}`,
		begins: beginsWith(name),
		pattern,
		play: (text) => spelling.test(text) ? play(text.split(":")[1]) : null
	};
}
const way = (name, meaning) => ({
	side: "way",
	name,
	meaning
});
const receiver$1 = (name, meaning) => ({
	side: "receiver",
	name,
	meaning
});
const does = (step) => ({
	kind: "receiver",
	step
});
const byteASecond = {
	kind: "dribble",
	bytes: 1,
	everyMs: 1e3
};
const words = [
	plain(way("pass", "is delivered, with nothing in its way"), { kind: "pass" }),
	plain(way("drop", "is lost before it arrives"), { kind: "drop" }),
	plain(way("cut", "loses its connection in the middle of the body"), { kind: "cut" }),
	plain(way("lost-ack", "is delivered, but its answer is never seen"), { kind: "lost-ack" }),
	timed(way("late-ack", "is delivered at once, but its answer is seen only so late"), "25s", (ms) => ({
		kind: "late-ack",
		ms
	})),
	timed(way("delayed", "is held up, and delivered only so late"), "65s", (ms) => ({
		kind: "delayed",
		ms
	})),
	plain(way("duplicate", "is delivered twice at nearly the same time"), { kind: "duplicate" }),
	plain(way("restart", "is delivered when the receiver was started anew"), { kind: "restart" }),
	{
		...receiver$1("", "is answered with it"),
		written: "a status such as 503",
		expected: "a status from 200 to 599",
		begins: /^\d/,
		pattern: String.raw`[2-5]\d\d`,
		play: (text) => /^[2-5]\d\d$/.test(text) ? does({
			kind: "answer",
			status: Number(text)
		}) : null
	},
	plain(receiver$1("timeout", "is never answered"), does({ kind: "never" })),
	plain(receiver$1("reset", "is met with a reset of the connection"), does({
		kind: "reset",
		at: "request"
	})),
	plain(receiver$1("close", "is met with the end of the connection, and no answer"), does({ kind: "close" })),
	varied(receiver$1("redirect", "is sent elsewhere, with 307 or as in redirect:302"), "302", String.raw`3\d\d`, (status) => does({
		kind: "redirect",
		status: Number(status ?? 307),
		location: "/elsewhere"
	})),
	timed(receiver$1("slow", "is answered with 200, only so late"), "19s", (ms) => does({
		kind: "stall",
		ms,
		next: {
			kind: "answer",
			status: 200
		}
	})),
	varied(receiver$1("dribble", "is answered with headers, or in dribble:body with a body, a byte a second without end"), "body", "body", (part) => does({
		...byteASecond,
		part: part === void 0 ? "headers" : "body"
	})),
	plain(receiver$1("garbage", "is answered with what is no HTTP"), does({
		kind: "raw",
		bytes: "220 no HTTP\r\n"
	}))
];
const receiverWords = words.filter(({ side }) => side === "receiver");
// src/contract/registered.ts
function registeredWith(contract, method) {
	if (method === contract.request.method) return contract;
	const words = new RegExp(`\\b${contract.request.method}\\b`, "g");
	return {
		...contract,
		request: {
			...contract.request,
			method
		},
		clauses: contract.clauses.map((clause) => ({
			...clause,
			statement: clause.statement.replaceAll(words, method)
		}))
	};
}
// src/contract/contracts.ts
const contracts = [batch];
const contractNamed = (id) => contracts.find((contract) => contract.id === id);
// src/cli/contract-option.ts
const methods = [...new Set(contracts.flatMap(({ request }) => request.methods))];
const contractOptions = {
	contract: {
		kind: "choice",
		choices: contracts.map(({ id }) => id),
		default: defaults.contract.id,
		describe: `the callback that it is about: ${contracts.map(({ id, name }) => `${id} (${name})`).join(", ")}`
	},
	method: {
		kind: "choice",
		choices: methods,
		defaultText: defaults.contract.request.method,
		describe: `the method that the webhook is registered with: ${methods.join(", ")}`
	}
};
function contractOf({ contract: id, method }) {
	const contract = contractNamed(id) ?? defaults.contract;
	if (method === void 0) return contract;
	const { methods: own } = contract.request;
	if (!own.some((each) => each === method)) throw new UsageError("ERR_METHOD", `--method: expected ${own.join(" or ")} with --contract ${id}, got ${method}`);
	return registeredWith(contract, method);
}
// src/cli/listen-options.ts
const listenOptions = {
	port: {
		kind: "count",
		min: 0,
		max: 65535,
		default: defaults.listen.port,
		describe: "to listen on; 0 is any that is free"
	},
	host: {
		kind: "text",
		default: defaults.listen.host,
		describe: "address or name to listen on"
	}
};
// src/cli/target-options.ts
const group$1 = "How to reach the receiver:";
const networkOptions = {
	ca: {
		kind: "text",
		path: true,
		group: group$1,
		describe: "PEM file of certificates to trust beside the well-known ones"
	},
	"connect-to": {
		kind: "list",
		group: group$1,
		describe: "HOST1:PORT1:HOST2:PORT2, connects to the second pair in place of the first, as curl does"
	},
	proxy: {
		kind: "text",
		group: group$1,
		describe: "URL of an HTTP proxy; those in the environment are ignored"
	}
};
const targetOptions = {
	...contractOptions,
	header: {
		kind: "list",
		alias: "H",
		group: group$1,
		describe: "a header configured with the webhook, as 'Name: value'; ${NAME} inside is read from the environment"
	},
	...networkOptions
};
// src/cli/api/api-options.ts
const apiOptions = {
	...listenOptions,
	local: {
		kind: "flag",
		describe: "lifts the rules on webhook URLs, for a receiver such as http://localhost:3000"
	},
	method: {
		...contractOptions.method,
		describe: "the method of callbacks whose session does not say webhook_method: POST, PUT"
	},
	token: {
		kind: "list",
		defaultText: "any",
		describe: "a token to let in, repeatable; ${NAME} inside is read from the environment"
	},
	"complete-after": {
		kind: "text",
		default: durationText(defaults.api.completeAfterMs),
		describe: "when a job completes by itself, such as 5s; none: only by POST /_mock/session/{sessionId}/complete"
	},
	"skip-waits": {
		kind: "flag",
		describe: "lets the waits until a job completes, between attempts and of stalls pass in no time"
	},
	seed: {
		kind: "text",
		defaultText: "random",
		describe: "of the session ids"
	},
	...networkOptions
};
// src/cli/help-ending.ts
function helpEnding({ examples, exits: { passed, failed, inconclusive }, glossary }) {
	const meanings = {
		[exitCodes.passed]: passed,
		[exitCodes.failed]: failed,
		[exitCodes.usage]: "wrong usage or configuration, found before anything is sent",
		...inconclusive !== void 0 && { [exitCodes.inconclusive]: inconclusive },
		[exitCodes.internal]: "internal error of the harness",
		[exitCodes.interrupted]: "interrupted"
	};
	return [
		...glossary === void 0 ? [] : [...glossaryLines(glossary), ""],
		"Examples:",
		...examples.flatMap(([line, does]) => [`  ${commandLine(line)}`, `      ${does}`]),
		"",
		"Exit codes:",
		...Object.entries(meanings).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`)
	].join("\n");
}
const commandLine = (line) => line.startsWith("$ ") ? line.slice(2) : `${harness.name} ${line}`.trimEnd();
function glossaryLines({ title, words }) {
	const width = Math.max(...words.map(([word]) => word.length));
	return [`${title}:`, ...words.map(([word, meaning]) => `  ${word.padEnd(width)}  ${meaning}`)];
}
// src/cli/command.ts
var CommandCalled = class extends Error {
	run;
	constructor(run) {
		super("a command was called");
		this.run = run;
	}
};
function register(parser, entry, all) {
	if ("commands" in entry) registerGroup(parser, entry, all);
	else registerCommand(parser, entry, [entry.name], all);
}
function registerGroup(parser, { name, describe, commands }, all) {
	parser.command({
		command: name,
		describe,
		builder(yargs) {
			for (const command of commands) registerCommand(yargs, command, [name, command.name], all);
			return yargs;
		},
		handler(argv) {
			const [, word] = argv._.map(String);
			const names = commands.map((command) => command.name);
			const got = word === void 0 ? "none" : `"${word}"${suggestion(word, names)}`;
			throw new UsageError("ERR_COMMAND", `${name}: expected a command (${names.join(", ")}), got ${got}`);
		}
	});
}
function registerCommand(parser, command, words, all) {
	const expected = argumentsOf(command);
	const called = words.join(" ");
	const name = [command.name, ...expected.map(inBrackets)].join(" ");
	parser.command({
		command: command.isDefault === true ? [name, "$0"] : name,
		describe: command.describe,
		builder(yargs) {
			for (const { name: argument, describe } of expected) yargs.positional(argument, {
				type: "string",
				describe
			});
			for (const [option, spec] of Object.entries(command.options)) yargs.option(option, yargsOption(spec));
			return yargs.epilogue(helpEnding(command));
		},
		handler(argv) {
			const named = words.every((word, index) => argv._[index] === word);
			const texts = expected.flatMap((argument) => argv[argument.name] ?? []).filter((value) => typeof value === "string");
			const [first] = texts;
			if (!named && first !== void 0) assertNoMistypedCommand(first, all);
			assertNothingUnknown(command, called, argv, all);
			assertNothingLeft(expected, called, argv._.length - (named ? words.length : 0));
			const options = Object.fromEntries(Object.keys(command.options).map((option) => [option, argv[option]]));
			throw new CommandCalled(() => command.run({
				argument: first,
				arguments: texts,
				options
			}));
		}
	});
}
function inBrackets({ name, required, repeats }) {
	const inside = repeats === true ? `${name}..` : name;
	return required ? `<${inside}>` : `[${inside}]`;
}
function argumentsOf({ argument = [] }) {
	return [argument].flat();
}
function commandCalled(entries, [word, next]) {
	const entry = entries.find(({ name }) => name === word);
	if (entry === void 0) return null;
	if (!("commands" in entry)) return {
		called: entry.name,
		command: entry
	};
	const command = entry.commands.find(({ name }) => name === next);
	return command === void 0 ? null : {
		called: `${entry.name} ${command.name}`,
		command
	};
}
function yargsOption(spec) {
	const { describe, alias, group } = spec;
	const fallback = spec.defaultText ?? (spec.kind === "flag" ? void 0 : spec.default?.toString());
	return {
		describe,
		...spec.kind === "flag" ? { type: "boolean" } : { nargs: 1 },
		...alias !== void 0 && { alias },
		...group !== void 0 && { group },
		...fallback !== void 0 && { defaultDescription: fallback }
	};
}
function assertNoMistypedCommand(text, all) {
	if (!/^[a-z][\w-]*$/i.test(text)) return;
	const names = all.map(({ name }) => name);
	const expected = `expected a command (${names.join(", ")}) or an absolute URL, got "${text}"`;
	throw new UsageError("ERR_COMMAND", `${expected}${suggestion(text, names)}`);
}
function assertNothingUnknown(command, called, argv, all) {
	const { options } = command;
	const aliases = Object.values(options).flatMap(({ alias }) => alias ?? []);
	const names = argumentsOf(command).map(({ name }) => name);
	const known = new Set([
		...Object.keys(options),
		...aliases,
		...names,
		"_",
		"$0",
		"help",
		"h",
		"version"
	]);
	const unknown = Object.keys(argv).find((key) => !known.has(key));
	if (unknown === void 0) return;
	const shown = /^[\w-]*/.exec(unknown)?.[0] ?? "";
	const others = all.flatMap((entry) => "commands" in entry ? entry.commands.map((own) => [`${entry.name} ${own.name}`, own]) : [[entry.name, entry]]).filter(([, other]) => shown in other.options).map(([name]) => name);
	const own = [
		...Object.keys(options),
		"help",
		"version"
	];
	const near = others.length > 0 ? `; it belongs to ${others.join(", ")}` : suggestion(shown, own, "--");
	throw new UsageError("ERR_OPTION", `${called}: unknown option ${shown.length > 1 ? "--" : "-"}${shown}${near}`);
}
function assertNothingLeft(expected, called, left) {
	if (left <= 0) return;
	const [only] = expected;
	const most = only === void 0 ? "no argument" : expected.length === 1 ? `one argument, the ${only.name}` : `${expected.length} arguments, ${expected.map(({ name }) => name).join(" and ")}`;
	throw new UsageError("ERR_ARGUMENT", `${called}: expected ${most}, got ${left} more; see ${called} --help`);
}
// src/report/formats.ts
const formats = {
	json: {
		file: "report.json",
		load: async () => (await import("./json-B30XDl__.js")).renderJson
	},
	junit: {
		file: "junit.xml",
		load: async () => (await import("./junit-D77mvX-D.js")).renderJUnit
	},
	html: {
		file: "report.html",
		load: async () => (await import("./html-DtowzAQW.js")).renderHtml
	},
	markdown: {
		file: "report.md",
		load: async () => (await import("./markdown-gYWGZW-Z.js")).renderMarkdown
	},
	ctrf: {
		file: "ctrf-report.json",
		load: async () => (await import("./ctrf-C8lBT1L4.js")).renderCtrf
	},
	har: {
		file: "report.har",
		load: async () => (await import("./har-B9krh7hH.js")).renderHar
	},
	badge: {
		file: "badge.json",
		load: async () => (await import("./badge-fkplZ6dx.js")).renderBadge
	}
};
const formatNames = Object.keys(formats);
// src/cli/run/observation-options.ts
const effects$1 = "How to see what the receiver does with a session:";
const amounts = "How much is sent:";
const observationOptions = {
	"probe-url": {
		kind: "text",
		group: effects$1,
		describe: "asked how often a session was processed, as https://…/{sessionId}; it answers an integer, or JSON with an integer processed"
	},
	"probe-command": {
		kind: "text",
		group: effects$1,
		describe: "shell command that prints the same; {sessionId} in it becomes the quoted id, which SESSION_ID in its environment holds too"
	},
	settle: {
		kind: "duration",
		default: durationText(defaults.run.settleMs),
		group: effects$1,
		describe: "how long an effect may take to show, at most"
	},
	"results-api": {
		kind: "text",
		group: effects$1,
		describe: `[HOST:]PORT of a results API to start, which the receiver is configured to fetch from; HOST is ${defaults.listen.host} unless given`
	},
	"results-url": {
		kind: "text",
		group: effects$1,
		defaultText: "where it listens",
		describe: "base URL of that API as the receiver sees it"
	},
	"results-token": {
		kind: "text",
		group: effects$1,
		describe: "the token that the receiver fetches results with; ${NAME} inside is read from the environment"
	},
	"fuzz-cases": {
		kind: "count",
		min: 1,
		max: 1e6,
		default: defaults.run.fuzzCases,
		group: amounts,
		describe: "of each check in the suite fuzz, at most"
	},
	rate: {
		kind: "rate",
		group: amounts,
		describe: "callbacks a second of load/sustains-a-rate, which needs it"
	},
	duration: {
		kind: "duration",
		defaultText: durationText(defaults.run.durationMs),
		group: amounts,
		describe: "of that steady rate"
	}
};
// src/cli/run/selection-options.ts
const group = "Which checks:";
const selectionOptions = {
	suite: {
		kind: "list",
		commas: true,
		names: "suite",
		group,
		describe: "only these suites (globs over ids)"
	},
	check: {
		kind: "list",
		commas: true,
		names: "check",
		group,
		describe: "only these checks (globs over ids, such as payload/*)"
	},
	skip: {
		kind: "list",
		commas: true,
		names: "check",
		group,
		describe: "not these checks (globs over ids)"
	},
	level: {
		kind: "list",
		commas: true,
		choices: levels,
		group,
		describe: `only these levels: ${levels.join(", ")}`
	}
};
// src/cli/run/run-options.ts
const target = "How to reach the receiver:";
const verdict = "What decides the exit code:";
const output = "Output:";
const pace = "How it runs:";
const many = "Many receivers, many jobs:";
const runOptions = {
	...targetOptions,
	embedded: {
		kind: "flag",
		group: target,
		describe: "checks the embedded reference receiver, in place of a URL; so does a run that is given nothing at all"
	},
	local: {
		kind: "flag",
		group: target,
		describe: "the receiver is not at its production address: the rules on callback URLs do not apply"
	},
	"credential-header": {
		kind: "list",
		commas: true,
		group: target,
		describe: "name of a -H header that is a credential, the others being no secrets, or none; all of them are unless this is given"
	},
	"credential-query": {
		kind: "list",
		commas: true,
		group: target,
		describe: "name of a parameter of the callback URL whose value is a secret, such as sig"
	},
	callback: {
		kind: "text",
		path: true,
		group: target,
		describe: "file of a captured callback, from receiver --capture, to send in place of the documented one"
	},
	instance: {
		kind: "list",
		group: target,
		describe: "URL of one replica behind the callback URL, past the balancer; repeatable. Retries of one session are spread over them: in production they land on any pod"
	},
	"session-ids": {
		kind: "text",
		path: true,
		group: target,
		describe: "file of session ids that the receiver knows"
	},
	"session-command": {
		kind: "text",
		group: target,
		describe: "shell command that prints such ids, one a line"
	},
	...observationOptions,
	...selectionOptions,
	"fail-on": {
		kind: "choice",
		choices: levels,
		default: defaults.run.failOn,
		group: verdict,
		describe: `lowest level that is gated: ${levels.join(", ")}`
	},
	"known-failures": {
		kind: "text",
		path: true,
		group: verdict,
		describe: "JSON file of failures that are accepted: [{\"check\": \"payload/*\", \"reason\": \"…\"}]"
	},
	"update-known-failures": {
		kind: "flag",
		group: verdict,
		describe: "writes what fails to that file"
	},
	report: {
		kind: "list",
		commas: true,
		choices: formatNames,
		default: defaults.output.report,
		group: output,
		describe: `formats to write, any number of them: ${formatNames.join(", ")}`
	},
	out: {
		kind: "text",
		path: true,
		default: defaults.output.out,
		group: output,
		describe: "directory for the reports"
	},
	json: {
		kind: "flag",
		group: output,
		describe: "prints the report as JSON, and nothing else, on stdout"
	},
	quiet: {
		kind: "flag",
		group: output,
		describe: "prints the receiver, what fails the gate, verdict and gate only"
	},
	github: {
		kind: "choice",
		choices: ["auto", "off"],
		default: defaults.output.github,
		group: output,
		describe: "auto: in GitHub Actions (GITHUB_ACTIONS=true), annotates what failed and adds the Markdown report to the step's summary ($GITHUB_STEP_SUMMARY); off: neither"
	},
	"dry-run": {
		kind: "flag",
		group: output,
		describe: "prints what would be sent; sends and writes nothing"
	},
	concurrency: {
		kind: "count",
		min: 1,
		max: 256,
		default: defaults.run.concurrency,
		group: pace,
		describe: "checks that run side by side, at most"
	},
	"max-rate": {
		kind: "rate",
		group: pace,
		describe: "requests a second, at most"
	},
	"max-time": {
		kind: "duration",
		defaultText: `${durationText(defaults.run.maxTimeMs)}, with --real-time ${durationText(defaults.run.maxTimeInRealTimeMs)}`,
		group: pace,
		describe: "for the whole run, such as 90s or 5m"
	},
	"advance-command": {
		kind: "text",
		group: pace,
		describe: "shell command that moves whatever the receiver keeps time by, whenever the waits between attempts are skipped; {seconds} in it becomes the length of the jump, which ADVANCE_SECONDS in its environment holds too"
	},
	"real-time": {
		kind: "flag",
		group: pace,
		describe: withFigures("waits between attempts as documented, {span} in all", defaults.contract)
	},
	targets: {
		kind: "text",
		path: true,
		group: many,
		describe: "YAML or JSON file of receivers, each with name, url and options of its own; all other options hold for each of them"
	},
	"targets-at-once": {
		kind: "count",
		min: 1,
		max: 256,
		default: defaults.targetsAtOnce,
		group: many,
		describe: "receivers that are checked side by side, at most; those that keep us waiting do not count"
	},
	shard: {
		kind: "text",
		group: many,
		describe: "2/8 is the second of eight jobs: its part of the receivers or, of one receiver, of the checks"
	},
	seed: {
		kind: "text",
		defaultText: "random",
		group: pace,
		describe: "of session ids and whatever else is random"
	}
};
// src/cli/doctor/doctor-options.ts
const doctorOptions = {
	...targetOptions,
	local: runOptions.local,
	"session-ids": runOptions["session-ids"],
	json: {
		kind: "flag",
		describe: "prints the findings as JSON"
	}
};
const initOptions = {
	url: {
		kind: "text",
		describe: "the callback URL, of staging or of the receiver that --start starts"
	},
	start: {
		kind: "text",
		describe: "shell command by which the job starts the receiver; --url is then on localhost"
	},
	install: {
		kind: "text",
		defaultText: "what the lock files there ask for",
		describe: "shell command that installs what the receiver needs before it is started"
	},
	header: {
		kind: "list",
		alias: "H",
		describe: "a header configured with the webhook, as 'Name: ${NAME}' with the name of a secret of the CI"
	},
	ci: {
		kind: "choice",
		choices: [
			"github",
			"gitlab",
			"none"
		],
		defaultText: "where the repository is, else github",
		describe: "whose job to write: github (Actions), gitlab (CI) or none"
	},
	"fail-on": {
		kind: "choice",
		choices: runOptions["fail-on"].choices,
		default: defaults.run.failOn,
		describe: runOptions["fail-on"].describe
	},
	dir: {
		kind: "text",
		path: true,
		default: defaults.init.dir,
		describe: "root of the repository to write to"
	}
};
// src/cli/list/list-options.ts
const explainOptions = { contract: contractOptions.contract };
const listOptions = {
	contract: contractOptions.contract,
	...selectionOptions,
	clauses: {
		kind: "flag",
		describe: "lists the documented clauses instead, each with what verifies it"
	},
	json: {
		kind: "flag",
		describe: "prints JSON"
	}
};
// src/cli/receiver/receiver-options.ts
const receiverOptions = {
	script: {
		kind: "list",
		commas: true,
		describe: `meets one attempt after the other so: ${receiverWords.map(({ written }) => written).join(", ")}; the last one stays`
	},
	faulty: {
		kind: "text",
		names: "faulty-receiver",
		describe: "starts the faulty receiver of this name"
	},
	hostile: {
		kind: "text",
		names: "hostile-server",
		describe: "starts the server of this name that breaks HTTP itself, or the connection"
	},
	list: {
		kind: "flag",
		describe: "lists the faulty receivers; beside --hostile NAME, whatever it is, the hostile servers"
	},
	...listenOptions,
	header: {
		kind: "list",
		alias: "H",
		describe: "a header to require, as 'Name: value'; ${NAME} inside is read from the environment"
	},
	capture: {
		kind: "text",
		path: true,
		describe: "directory for a file of each callback that comes, without its secrets; run --callback sends it again"
	},
	https: {
		kind: "flag",
		describe: "speaks TLS, with a certificate made on the fly; needs --ca-out"
	},
	"ca-out": {
		kind: "text",
		path: true,
		describe: "file for the certificate of the CA that vouches for it"
	}
};
// src/cli/report/report-options.ts
const files = { report: {
	kind: "list",
	commas: true,
	choices: formatNames,
	default: defaults.output.report,
	describe: `formats to write: ${formatNames.join(", ")}`
} };
const reportDiffOptions = {
	json: {
		kind: "flag",
		describe: "prints the differences as JSON"
	},
	markdown: {
		kind: "flag",
		describe: "prints them as Markdown, such as for a comment"
	}
};
const reportMergeOptions = {
	...files,
	out: {
		kind: "text",
		path: true,
		default: "reports/merged",
		describe: "directory for what is written"
	},
	json: {
		kind: "flag",
		describe: "prints the report, or the matrix, as JSON and nothing else on stdout"
	},
	quiet: {
		kind: "flag",
		describe: "prints the receiver, what fails the gate, verdict and gate only"
	}
};
const reportConvertOptions = {
	...files,
	out: {
		kind: "text",
		path: true,
		default: "reports/converted",
		describe: "directory for what is written"
	}
};
// src/cli/report/report-commands.ts
const stored = "report.json, matrix.json, the journal.jsonl of a run that was killed, or a directory of such";
const reportCommands = [
	{
		name: "diff",
		argument: [{
			name: "old",
			describe: "report.json of the run before",
			required: true
		}, {
			name: "new",
			describe: "report.json of the run after",
			required: true
		}],
		describe: "says what broke between two reports of a receiver, what was mended, and what is new",
		options: reportDiffOptions,
		examples: [["report diff main/report.json branch/report.json", "what a change did to a receiver"], ["report diff old.json new.json --markdown", "as a comment on a merge request"]],
		exits: {
			passed: "nothing broke; what failed before may fail still, and what is judged for the first time may fail",
			failed: "something broke: a check that passed fails now",
			inconclusive: "nothing is seen to have broken, but a check that passed was not run or ended in error"
		},
		run: async (given) => (await import("./report-diff-command-Bxl857Pd.js")).reportDiffCommand(given)
	},
	{
		name: "merge",
		argument: [{
			name: "files",
			describe: stored,
			required: true,
			repeats: true
		}],
		describe: "joins reports: of one receiver to one report (each check as it was last judged), of several to a matrix",
		options: reportMergeOptions,
		examples: [
			["report merge shard-*/report.json --out reports", "the shards of a run against one receiver"],
			["report merge shards --report html --out reports", "those of a run over many, a directory of each in shards"],
			["report merge payload.json retries.json", "runs of different suites against one receiver"],
			["report merge reports", "what a run over many receivers has left that was killed"]
		],
		exits: {
			passed: "the gate of what was joined passed, as that of one run of all of it would",
			failed: "that gate failed",
			inconclusive: "inconclusive: a check of a gated level was not judged in any of them"
		},
		run: async (given) => (await import("./report-join-commands-DGPTK4iM.js")).reportMergeCommand(given)
	},
	{
		name: "convert",
		argument: {
			name: "file",
			describe: stored,
			required: true
		},
		describe: "writes a stored result in other formats",
		options: reportConvertOptions,
		examples: [["report convert reports/report.json --report html,markdown --out site", "for people"], ["report convert reports/journal.jsonl --report json,html", "what a run that was killed had found out"]],
		exits: {
			passed: "it was written, whatever it says",
			failed: "does not occur"
		},
		run: async (given) => (await import("./report-join-commands-DGPTK4iM.js")).reportConvertCommand(given)
	}
];
// src/cli/repro/repro-options.ts
const receiver = "Which receiver (the embedded one, unless one of these is given):";
const effects = "How to see what the receiver does with a session:";
const time = "How time passes (in no time, unless told otherwise):";
const { settleMs, settleWhereTimeIsFreeMs } = defaults.scenario;
const reproOptions = {
	app: {
		kind: "text",
		path: true,
		group: receiver,
		describe: "module of a handler to play on in-process, on the scenario's clock: Fastify, Express, Koa, Hono, a listener"
	},
	path: {
		kind: "text",
		group: receiver,
		defaultText: defaults.path,
		describe: "path of the callback within the app"
	},
	exec: {
		kind: "text",
		group: receiver,
		describe: "shell command that starts a receiver, which --url then reaches"
	},
	url: {
		kind: "text",
		group: receiver,
		describe: "the callback URL of a receiver that runs, or of the one that --exec starts"
	},
	"start-timeout": {
		kind: "duration",
		default: durationText(defaults.scenario.startTimeoutMs),
		group: receiver,
		describe: "how long what --exec starts may take until it listens"
	},
	"time-travel": {
		kind: "flag",
		group: time,
		describe: "moves the clock of what --exec starts along with the schedule, by libfaketime"
	},
	"advance-command": {
		kind: "text",
		group: time,
		describe: "shell command that moves whatever the receiver keeps time by, whenever a wait is skipped; {seconds} in it becomes the length of the jump, which ADVANCE_SECONDS in its environment holds too"
	},
	"real-time": {
		kind: "flag",
		group: time,
		describe: withFigures("waits as the schedule says, {span} at most", defaults.contract)
	},
	speed: {
		kind: "rate",
		group: time,
		describe: "lets so many seconds pass in one, such as 60"
	},
	"start-at": {
		kind: "text",
		group: time,
		defaultText: "now",
		describe: "the date at which an --app begins to live, such as 2025-01-01T00:00:00Z"
	},
	"probe-url": {
		kind: "text",
		group: effects,
		describe: "asked how often a session was processed, as https://…/{sessionId}; of an --app also a path in it"
	},
	"probe-command": {
		kind: "text",
		group: effects,
		describe: "shell command that prints the same; {sessionId} in it becomes the quoted id"
	},
	settle: {
		kind: "duration",
		group: effects,
		defaultText: `${durationText(settleWhereTimeIsFreeMs)} where that takes no time, else ${durationText(settleMs)}`,
		describe: "how long work may go on after the last attempt"
	},
	...targetOptions,
	replay: {
		kind: "text",
		path: true,
		describe: "file of a captured callback to send in place of the documented one"
	},
	"session-id": {
		kind: "text",
		defaultText: "a fresh one",
		describe: "of the session that the callback is about"
	},
	seed: {
		kind: "text",
		defaultText: defaults.scenario.seed,
		describe: "what session ids are made from; given, they are the same each time"
	},
	watch: {
		kind: "flag",
		describe: "plays it again when the receiver's files change"
	},
	list: {
		kind: "flag",
		describe: "lists the named scenarios"
	},
	json: {
		kind: "flag",
		describe: "prints what came of it as JSON, in place of the timeline"
	}
};
// src/cli/send/send-options.ts
const delaysFrom = ["attempt-start", "attempt-end"];
const sendOptions = {
	...targetOptions,
	"session-id": {
		kind: "text",
		defaultText: "a fresh one",
		describe: "of the session that the callback is about"
	},
	"skip-waits": {
		kind: "flag",
		describe: "lets the waits between attempts pass in no time"
	},
	"retry-delay-from": {
		kind: "choice",
		choices: delaysFrom,
		default: defaults.contract.retry.delayFrom,
		describe: `what a retry delay is counted from: ${delaysFrom.join(", ")}`
	},
	json: {
		kind: "flag",
		describe: "prints the attempts as JSON at the end, in place of lines"
	}
};
// src/cli/commands.ts
const attempts = defaults.contract.retry.delaysMs.length + 1;
const minutes = (scheduledOffsetsMs(defaults.contract).at(-1) ?? 0) / 6e4;
const more = " \\\n    ";
const commands = [
	{
		name: "run",
		isDefault: true,
		argument: {
			name: "url",
			describe: "the callback URL",
			required: false
		},
		describe: "checks a receiver and gives a verdict",
		options: {
			...runOptions,
			config: {
				kind: "text",
				path: true,
				group: "How it runs:",
				describe: "JSON file of these options, by their names"
			}
		},
		examples: [
			["", "checks the embedded reference receiver, as --embedded does where there are other options"],
			["run https://hooks.example.com/scriptix -H 'X-Api-Key: ${API_KEY}'", "checks a receiver in staging"],
			["run http://localhost:3000/hook --local", "checks one on this machine"],
			[`run http://localhost:3000/hook --local${more}--results-api 4000 --results-token '\${TOKEN}'`, "checks one that fetches its results from http://127.0.0.1:4000 with that token"],
			[`run https://hooks.example.com/scriptix${more}--probe-url 'https://hooks.example.com/processed/{sessionId}'`, "checks also that each session is processed once"],
			[`run https://hooks.example.com/scriptix${more}--suite load --rate 50 --duration 1m`, "puts it under load"],
			["run http://localhost:3000/hook --local --callback captures/one.json", "sends a captured callback in place of the documented one"],
			[`run https://hooks.example.com/scriptix${more}--fail-on recommended --skip 'retries/*'`, "gates more, checks less"],
			["run --targets targets.yaml", "checks many receivers, and makes a matrix of their results"],
			["run --targets targets.yaml --shard 2/8 --out reports/shard-2", "checks the part of the second of eight jobs; report merge joins them"]
		],
		exits: {
			passed: "the gate passed: no check of a gated level failed",
			failed: "the gate failed: a check of a gated level did, or the list of known failures is out of date",
			inconclusive: "inconclusive: a check of a gated level could not be judged, or none was"
		},
		run: async (given) => (await import("./run-command-DzteejkJ.js")).runCommand(given)
	},
	{
		name: "init",
		describe: "writes a config file, and a CI job that checks your receiver with it",
		options: initOptions,
		examples: [
			["init", "asks, and writes"],
			[`init --url https://staging.example.com/hooks/scriptix${more}-H 'X-Api-Key: \${SCRIPTIX_KEY}' --ci github`, "for a receiver in staging; SCRIPTIX_KEY becomes a secret of the repository"],
			["init --url http://localhost:3000/hooks/scriptix --start 'npm start' --ci gitlab", "for one that the job starts itself"]
		],
		exits: {
			passed: "the files were written",
			failed: "does not occur"
		},
		run: async (given) => (await import("./init-command-2Z01NSpC.js")).initCommand(given)
	},
	{
		name: "report",
		describe: "compares, joins and converts the reports of runs, also of one that was killed",
		commands: reportCommands
	},
	{
		name: "list",
		describe: "lists suites and checks with their levels and clauses",
		options: listOptions,
		examples: [
			["list", "every check"],
			["list --level required --json", "the required ones, for a program"],
			["list --clauses", "every documented clause, and what verifies it"]
		],
		exits: {
			passed: "the list was printed",
			failed: "does not occur"
		},
		run: async (given) => (await import("./list-command-DGWdp-Zi.js")).listCommand(given)
	},
	{
		name: "explain",
		argument: {
			name: "check",
			describe: "the id of a check",
			required: true,
			names: "check"
		},
		describe: "says what a check sends and expects, why, and how to fix what it finds",
		options: explainOptions,
		examples: [["explain acknowledgement/acknowledges-with-2xx", "the most basic one"]],
		exits: {
			passed: "the check was explained",
			failed: "does not occur"
		},
		run: async (given) => (await import("./explain-command-DKG40K8D.js")).explainCommand(given)
	},
	{
		name: "send",
		argument: {
			name: "url",
			describe: "the callback URL, https:// or http://",
			required: true
		},
		describe: `sends one documented callback, up to ${attempts} attempts in ${minutes} minutes`,
		options: sendOptions,
		examples: [["send https://hooks.example.com/scriptix", "waits between attempts as documented"], ["send http://localhost:3000/hook --skip-waits", "lets the waits pass in no time"]],
		exits: {
			passed: "the callback was acknowledged",
			failed: "it was abandoned after the last attempt"
		},
		run: async (given) => (await import("./send-command-BGRcTCuv.js")).sendCommand(given)
	},
	{
		name: "doctor",
		argument: {
			name: "url",
			describe: "the callback URL",
			required: true
		},
		describe: "says what stands between the service and an endpoint: DNS, addresses, connection, TLS, redirect, answer",
		options: doctorOptions,
		examples: [["doctor https://hooks.example.com/scriptix", "sends one documented callback, twice at most"], ["doctor http://localhost:3000/hook --local", "without the rules on callback URLs"]],
		exits: {
			passed: "nothing stands in the way",
			failed: "something does",
			inconclusive: "something could not be looked at"
		},
		run: async (given) => (await import("./doctor-command-CuZ7zyPV.js")).doctorCommand(given)
	},
	{
		name: "repro",
		argument: {
			name: "scenario",
			describe: "a named one, a script such as 503,timeout,lost-ack,200, or a file; without one, every named one",
			required: false,
			names: "scenario"
		},
		describe: `plays a retry edge case, ${minutes} minutes in no time`,
		options: reproOptions,
		examples: [
			["repro '503,timeout,reset,lost-ack,200'", "on the embedded receiver, which does as it is told"],
			["repro lost-acknowledgement --app ./app.js", "on your own handler, in-process, on the scenario's clock"],
			[`repro quick-duplicates --exec 'node server.js' --time-travel${more}--url http://127.0.0.1:3000/hook${more}--probe-url 'http://127.0.0.1:3000/processed/{sessionId}'`, "on a process whose clock moves along"],
			["repro flapping --url https://staging.example.com/hook", "on one that runs"],
			["repro --list", "names the scenarios"]
		],
		glossary: {
			title: "Words of a script, one an attempt, with commas between (beyond the last one attempts pass)",
			words: words.map(({ written, meaning }) => [written, meaning])
		},
		exits: {
			passed: "the receiver did as the scenario expects",
			failed: "it did not",
			inconclusive: "a probe was declared, and failed"
		},
		run: async (given) => (await import("./repro-command-CAMxdz5V.js")).reproCommand(given)
	},
	{
		name: "receiver",
		describe: "starts a receiver to play with: the reference one, a scripted or a faulty one",
		options: receiverOptions,
		examples: [
			["receiver --port 3000 -H 'X-Api-Key: ${API_KEY}'", "the reference receiver"],
			["receiver --script 503,timeout,200", "fails twice, then acknowledges"],
			["receiver --port 3000 --capture captures", "keeps each callback as a file, behind a tunnel say"],
			["receiver --list", "names the faulty receivers"]
		],
		exits: {
			passed: "it was stopped: SIGINT (Ctrl-C), SIGTERM and SIGHUP are how it ends",
			failed: "does not occur"
		},
		run: async (given) => (await import("./receiver-command-C3WmF6Pi.js")).receiverCommand(given)
	},
	{
		name: "api",
		describe: "starts a mock of the Scriptix API, which calls webhooks back and serves results",
		options: apiOptions,
		examples: [
			["api --port 4000 --local", "for a receiver on this machine; it is tried with:"],
			[`$ curl http://127.0.0.1:4000/api/v3/speech-to-text/session${more}-H 'Authorization: my-token' -H 'Content-Type: application/json'${more}-d '{"language": "en", "webhook_url": "http://localhost:3000/hook"}'`, "starts a session: its job completes after a second, and the webhook is called back"],
			[`$ curl -H 'Authorization: my-token'${more}http://127.0.0.1:4000${defaults.contract.results.path}`, "fetches the results, by the session id that the start has answered with"],
			[`$ curl http://127.0.0.1:4000/_mock/faults -H 'Content-Type: application/json'${more}-d '{"kind": "unavailable", "times": 2}'`, "answers the next two requests for results with 503"],
			["api --token '${TOKEN}' --complete-after none --skip-waits", "lets one token in, and retries in no time"]
		],
		exits: {
			passed: "it was stopped: SIGINT (Ctrl-C), SIGTERM and SIGHUP are how it ends",
			failed: "does not occur"
		},
		run: async (given) => (await import("./api-command-GFc2F89p.js")).apiCommand(given)
	},
	{
		name: "completion",
		argument: {
			name: "shell",
			describe: "bash or zsh; without it, the one in SHELL",
			required: false
		},
		describe: "prints a script that completes commands, options and their values",
		options: {},
		examples: [["completion bash >> ~/.bashrc", "installs it in bash"], ["completion zsh >> ~/.zshrc", "installs it in zsh"]],
		exits: {
			passed: "the script was printed",
			failed: "does not occur"
		},
		run: async (given) => (await import("./completion-command-CTKawSdu.js")).completionCommand(given)
	}
];
// src/cli/cli.ts
const completionFlag = "--get-yargs-completions";
async function cli(args, entries = commands) {
	const [first, ...rest] = args;
	if (first === completionFlag) return complete(entries, rest);
	assertFlagsAreBare(entries, args);
	const parser = Yargs(args.flatMap(separateHeader)).scriptName(harness.name).locale("en").parserConfiguration({
		"camel-case-expansion": false,
		"dot-notation": false,
		"parse-numbers": false,
		"parse-positional-numbers": false
	}).strict(false).exitProcess(false).fail((message, error) => {
		throw error === void 0 || error.name === "YError" ? unusable(entries, args, error?.message ?? message ?? "") : error;
	}).help().alias("help", "h").version(harness.version).wrap(textWidth());
	for (const entry of entries) register(parser, entry, entries);
	try {
		await parser.parseAsync();
	} catch (error) {
		if (error instanceof CommandCalled) return error.run();
		throw error;
	}
	return exitCodes.passed;
}
async function complete(entries, words) {
	const [name = ""] = words;
	const { completionsFor } = await import("./completions-DPh_XJ3o.js");
	const found = await completionsFor(entries, basename(name) === harness.name ? words.slice(1) : words);
	if (found.length > 0) print(found.join("\n"));
	return 0;
}
function separateHeader(argument) {
	return /^-H[^=]/.test(argument) ? ["-H", argument.slice(2)] : [argument];
}
function assertFlagsAreBare(entries, args) {
	const fallback = entries.find((entry) => "isDefault" in entry);
	const command = commandCalled(entries, args)?.command ?? fallback;
	for (const argument of args) {
		const [, name = "", value] = /^--([\w-]+)=(.*)$/s.exec(argument) ?? [];
		if (command?.options[name]?.kind !== "flag" || value === "true" || value === "false") continue;
		throw new UsageError("ERR_OPTION", `--${name}: expected no value, or true or false, got ${JSON.stringify(value)}`);
	}
}
function unusable(entries, args, message) {
	const { called, command } = commandCalled(entries, args) ?? {};
	const given = /^Not enough non-option arguments: got (\d+)/.exec(message)?.[1];
	const missing = command && argumentsOf(command)[Number(given ?? NaN)];
	if (missing !== void 0) {
		const { name, describe } = missing;
		return new UsageError("ERR_ARGUMENT", `${called}: expected <${name}>, ${describe}, got none`);
	}
	const valueless = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
	if (valueless === void 0) return new UsageError("ERR_USAGE", message);
	const dashes = valueless.length > 1 ? "--" : "-";
	return new UsageError("ERR_OPTION", `${dashes}${valueless}: expected a value, got none`);
}
export { durationPattern as C, suggestion as E, words as S, closest as T, contractOf as _, reportDiffOptions as a, parseDelayMs as b, explainOptions as c, doctorOptions as d, runOptions as f, apiOptions as g, commandCalled as h, reportConvertOptions as i, listOptions as l, argumentsOf as m, sendOptions as n, reportMergeOptions as o, formats as p, reproOptions as r, receiverOptions as s, cli as t, initOptions as u, contracts as v, parseDurationMs as w, receiverWords as x, registeredWith as y };

//# sourceMappingURL=command-line-DL7FZMfB.js.map