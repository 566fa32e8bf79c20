import { createRequire } from "node:module";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
// src/errors.ts
var UsageError = class extends Error {
	name = "UsageError";
	code;
	constructor(code, message, options) {
		super(message, options);
		this.code = code;
	}
};
// src/runner/check.ts
const levels = [
	"required",
	"recommended",
	"hardening"
];
const notApplicable = (reason) => ({
	skip: "not-applicable",
	reason
});
const notObservable = (reason) => ({
	skip: "not-observable",
	reason
});
const notJudged = (reason) => ({
	skip: "not-judged",
	reason
});
// src/runner/verdict.ts
const exitCodes = {
	passed: 0,
	failed: 1,
	usage: 2,
	inconclusive: 3,
	internal: 70,
	interrupted: 130
};
function summarize(checks) {
	const ofLevel = (level) => {
		const count = (outcome) => checks.filter((check) => check.level === level && check.outcome === outcome).length;
		return {
			passed: count("passed"),
			failed: count("failed"),
			skipped: count("skipped"),
			notRun: count("not-run"),
			error: count("error")
		};
	};
	return {
		required: ofLevel("required"),
		recommended: ofLevel("recommended"),
		hardening: ofLevel("hardening")
	};
}
function verdictOf({ required }, isObserverSilent = false) {
	if (required.failed > 0) return "non-conformant";
	if (isObserverSilent) return "inconclusive";
	if (required.notRun > 0 || required.error > 0 || required.passed === 0) return "inconclusive";
	return "conformant";
}
function judgeClauses(contract, checks) {
	return contract.clauses.map(({ id, section, statement }) => {
		const own = checks.filter(({ clause }) => clause === id);
		const telling = own.filter(({ level }) => level !== "hardening");
		const judged = telling.filter(({ outcome }) => outcome === "passed" || outcome === "failed");
		const status = judged.some(({ outcome }) => outcome === "failed") ? "violated" : judged.length > 0 && !telling.some(({ outcome }) => outcome === "not-run" || outcome === "error") ? "verified" : "not-verified";
		const beside = own.filter(({ level, outcome }) => level === "hardening" && outcome === "failed");
		const note = beside.length === 0 || status === "violated" ? null : besideText(status, beside.map((check) => check.id));
		return {
			id,
			section,
			statement,
			status,
			checks: own.map((check) => check.id),
			...note !== null && { note }
		};
	});
}
function besideText(status, failed) {
	return `${status === "verified" ? "still counts as verified" : "does not count as violated"}, though ${failed.join(", ")} failed: what is hostile or unlucky asks for more than the clause says`;
}
function gateOf(checks, gated, { staleKnownFailures = [], isShard = false, isObserverSilent = false } = {}) {
	const counted = checks.filter(({ level, outcome, knownFailure }) => gated.includes(level) && !(outcome === "failed" && knownFailure !== void 0));
	const isJudged = checks.some(({ level, outcome }) => gated.includes(level) && (outcome === "passed" || outcome === "failed"));
	const outcome = staleKnownFailures.length > 0 || counted.some((check) => check.outcome === "failed") ? "failed" : isObserverSilent || counted.some((check) => check.outcome === "not-run" || check.outcome === "error") || !(isJudged || isShard) ? "inconclusive" : "passed";
	return {
		outcome,
		levels: gated,
		exitCode: exitCodes[outcome]
	};
}
function gatedLevels(failOn) {
	return levels.slice(0, levels.indexOf(failOn) + 1);
}
function verdictLine(verdict, summary, clauses, checks, silence = null) {
	const required = checks.filter(({ level }) => level === "required");
	const selected = required.filter(({ reasonCode }) => reasonCode !== "not-selected").length;
	const scope = selected === required.length ? "" : ` in the ${selected} of ${required.length} required checks selected`;
	const { passed, failed, notRun, error } = summary.required;
	const basis = {
		conformant: `${count(passed, "required check")} passed`,
		"non-conformant": `${count(failed, "required check")} failed`,
		inconclusive: silence ?? (notRun + error === 0 ? "no required check ran" : [notRun > 0 && `${count(notRun, "required check")} not run`, error > 0 && `${error} in error`].filter(Boolean).join(", "))
	}[verdict];
	const verified = clauses.filter(({ status }) => status === "verified").length;
	const lacking = required.filter(({ reasonCode }) => reasonCode === "sessions-used-up").length;
	const withoutIds = lacking === 0 ? "" : `, ${count(lacking, "required check")} skipped for want of session ids`;
	const unobservable = checks.filter(({ reasonCode }) => reasonCode === "not-observable").length;
	return `${verdict}${scope}: ${basis}${withoutIds}; ${verified} of ${clauses.length} clauses verified, ${count(unobservable, "check")} not observable`;
}
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
// src/package-facts.ts
const { name, version } = createRequire(import.meta.url)("#package.json");
const harness = Object.freeze({
	name,
	version
});
// src/input/text-file.ts
const longestTextBytes = 33554432;
const limit = `${longestTextBytes / 1024 / 1024} MB`;
const patienceMs = {
	writer: 1e3,
	text: 6e4
};
const napMs = 10;
const reasons = {
	ENOENT: "there is none",
	EACCES: "it may not be read",
	EISDIR: "it is a directory",
	ENOTDIR: "there is none",
	ENXIO: "it is a socket",
	ELOOP: "its links go round in a circle",
	EFBIG: `it is larger than ${limit}`,
	EPIPE: "it is a pipe that nobody writes to",
	ETIMEDOUT: `it is a pipe that has no end after ${patienceMs.text / 1e3} s`,
	EILSEQ: "it is no text in UTF-8 or UTF-16"
};
function readText(what, file) {
	try {
		return textOf(readBounded(file));
	} catch (error) {
		throw new UsageError("ERR_FILE", `${what}: expected a readable file, but ${reasonOf(error)}`);
	}
}
function reasonOf(error) {
	const { code = "UNKNOWN" } = error;
	return reasons[code] ?? code;
}
function readBounded(file) {
	const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const isPipe = fstatSync(descriptor).isFIFO();
		const chunks = [];
		let [total, waitedMs, hasWriter] = [
			0,
			0,
			false
		];
		while (total <= longestTextBytes) {
			const chunk = Buffer.allocUnsafe(262144);
			const bytes = readNow(descriptor, chunk);
			if (bytes !== null && bytes > 0) {
				chunks.push(chunk.subarray(0, bytes));
				total += bytes;
				continue;
			}
			if (bytes === 0 && (!isPipe || hasWriter || total > 0)) return Buffer.concat(chunks);
			hasWriter ||= bytes === null;
			if (!hasWriter && waitedMs >= patienceMs.writer) throw failed("EPIPE");
			if (waitedMs >= patienceMs.text) throw failed("ETIMEDOUT");
			waitedMs += napMs;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, napMs);
		}
		throw failed("EFBIG");
	} finally {
		closeSync(descriptor);
	}
}
function readNow(descriptor, chunk) {
	try {
		return readSync(descriptor, chunk);
	} catch (error) {
		if (error.code === "EAGAIN") return null;
		throw error;
	}
}
function textOf(bytes) {
	const [first, second] = bytes;
	const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
	let text;
	try {
		text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw failed("EILSEQ");
	}
	if (text.includes("\0")) throw failed("EILSEQ");
	return text;
}
const failed = (code) => Object.assign(new Error(code), { code });
// src/contract/batch-clauses.ts
const both = ["sender", "receiver"];
const sender = ["sender"];
const receiver = ["receiver"];
function batchClauses(figures) {
	const seconds = figures.deadlineMs / 1e3;
	const attempts = figures.retryDelaysMs.length + 1;
	const delays = figures.retryDelaysMs.map((ms) => `+${ms / 6e4}`).join(", ");
	return [
		{
			id: "trigger/success-only",
			section: "Webhook Callback for Batch Jobs",
			statement: "A callback is sent only for a job that completed successfully; a failed job sends none.",
			binds: sender
		},
		{
			id: "url/https",
			section: "Callback URL Requirements",
			statement: "The callback URL uses HTTPS.",
			binds: both
		},
		{
			id: "url/externally-reachable",
			section: "Callback URL Requirements",
			statement: "The callback URL is externally reachable: not localhost, not an internal domain, not an IP address.",
			binds: both
		},
		{
			id: "response/2xx",
			section: "Callback URL Requirements",
			statement: "The endpoint answers a callback with a 2XX status.",
			binds: receiver
		},
		{
			id: "response/within-20-seconds",
			section: "Callback URL Requirements",
			statement: `The answer comes within ${seconds} seconds.`,
			binds: both
		},
		{
			id: "endpoint/online",
			section: "Callback URL Requirements",
			statement: "The endpoint is consistently online; callbacks are not queued for it indefinitely.",
			binds: receiver
		},
		{
			id: "request/post-json",
			section: "Callback Payload",
			statement: "A callback is a POST with the content type application/json.",
			binds: sender
		},
		{
			id: "request/session-header",
			section: "Headers",
			statement: "X-Scriptix-Session carries the session id.",
			binds: sender
		},
		{
			id: "request/legacy-session-header",
			section: "Headers",
			statement: "X-Zoom-Session carries the same session id; it is deprecated.",
			binds: sender
		},
		{
			id: "request/body",
			section: "Body (JSON)",
			statement: "The body is a JSON object with sessionId and zoom_id, both the session id today.",
			binds: sender
		},
		{
			id: "request/zoom-id-may-go",
			section: "Body (JSON)",
			statement: "A future version may remove zoom_id from the body.",
			binds: receiver
		},
		{
			id: "retry/on-failure",
			section: "Retry Logic",
			statement: "A timeout or a non-2XX answer is a failed attempt and is retried, so a receiver meets the same session again.",
			binds: both
		},
		{
			id: "retry/schedule",
			section: "Retry Logic",
			statement: `There are ${attempts} attempts: at once, then ${delays} minutes, each counted from the one before.`,
			binds: both
		},
		{
			id: "retry/abandon",
			section: "Retry Logic",
			statement: `After failure number ${attempts} the callback is abandoned for good.`,
			binds: sender
		},
		{
			id: "auth/custom-headers",
			section: "Authentication",
			statement: "The headers configured with the webhook, such as keys and tokens, are sent with every callback.",
			binds: both
		},
		{
			id: "auth/system-headers-win",
			section: "Authentication",
			statement: "System headers (X-Scriptix-Session, Content-Type and the like) cannot be overridden.",
			binds: sender
		},
		{
			id: "results/not-in-callback",
			section: "Retrieving Transcription Results",
			statement: "A callback never holds transcription results.",
			binds: sender
		},
		{
			id: "results/fetched-by-session-id",
			section: "Retrieving Transcription Results",
			statement: "The receiver fetches the results with a GET by session id, with its token in the Authorization header.",
			binds: receiver
		},
		{
			id: "practice/log-callbacks",
			section: "Webhook Summary",
			statement: "Every callback is logged, for audit and troubleshooting.",
			binds: receiver
		},
		{
			id: "practice/unique-session-ids",
			section: "Webhook Summary",
			statement: "Session ids are unique and track jobs.",
			binds: both
		},
		{
			id: "practice/answer-fast",
			section: "Webhook Summary",
			statement: "The endpoint answers quickly with 200 OK, to avoid needless retries.",
			binds: receiver
		}
	];
}
// src/contract/contract.ts
function scheduledOffsetsMs(contract) {
	const offsets = [0];
	for (const delayMs of contract.retry.delaysMs) offsets.push((offsets.at(-1) ?? 0) + delayMs);
	return offsets;
}
// src/contract/figures.ts
const words = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
const inWords = (count) => words[count] ?? String(count);
function timeInWords(ms) {
	const [count, unit] = ms >= 6e4 && ms % 3e4 === 0 ? [ms / 6e4, "minute"] : [ms / 1e3, "second"];
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
function after(contract, ms) {
	const late = scheduledOffsetsMs(contract).flatMap((offset) => offset > ms ? [offset / 6e4] : []);
	return `${[late.slice(0, -1).join(", "), late.at(-1)].filter((part) => part !== "").join(" and ")} minutes`;
}
function withFigures(text, contract) {
	const { request, response, retry } = contract;
	const spanMs = scheduledOffsetsMs(contract).at(-1) ?? 0;
	return text.replaceAll("{method}", request.method).replaceAll("{deadline}", timeInWords(response.deadlineMs)).replaceAll("{attempts}", inWords(retry.delaysMs.length + 1)).replaceAll("{retries}", inWords(retry.delaysMs.length)).replaceAll("{span}", timeInWords(spanMs)).replaceAll("{late}", after(contract, 6e5));
}
// src/contract/decisions.ts
const decisionsFor = ({ retryDelaysMs }) => [
	{
		id: "retry-delay-from",
		question: "What a retry delay is counted from",
		decision: "The start of the previous attempt; retryDelayFrom switches it to the end.",
		reason: "Only then do both columns of the table, delay and total elapsed, hold whatever an attempt took."
	},
	{
		id: "deadline-span",
		question: "What the deadline spans",
		decision: "From the start of the attempt, DNS, connect and TLS included, to the complete status line and headers. The body is read up to a cap and to the same deadline.",
		reason: "The page speaks of a status code; a body that is late or endless does not undo an acknowledgement."
	},
	{
		id: "redirects",
		question: "Redirects and interim answers",
		decision: "A 3XX is not followed: it is a non-2XX answer. 1XX answers are ignored.",
		reason: "The page asks for a 2XX from the endpoint itself."
	},
	{
		id: "network-failures",
		question: "Refused and reset connections, DNS and TLS failures",
		decision: "Failed attempts like any other, and retried.",
		reason: "The page gives timeout and non-2XX as examples of failure, not as the whole list."
	},
	{
		id: "up-to-so-many-times",
		question: `Up to ${retryDelaysMs.length + 1} times`,
		decision: `The ${inWords(retryDelaysMs.length + 1)} attempts of the table, that is ${inWords(retryDelaysMs.length)} retries.`,
		reason: "The table is the more precise of the two."
	},
	{
		id: "no-special-statuses",
		question: "410, 429 and Retry-After",
		decision: "Failed attempts; the schedule does not change.",
		reason: "The page gives them no meaning."
	},
	{
		id: "system-headers",
		question: "Which headers are system headers",
		decision: "Content-Type, X-Scriptix-Session, X-Zoom-Session and those that HTTP itself owns, in any letter case. A custom header of such a name is dropped and the drop is reported.",
		reason: "The page lists two and says 'etc.'; the others carry the message framing."
	},
	{
		id: "identical-retries",
		question: "The request on a retry",
		decision: "Byte-identical to the first attempt, headers too.",
		reason: "The page describes one callback that is delivered again."
	},
	{
		id: "external-reachability",
		question: "Internal domains and IP addresses",
		decision: "Internal is a single-label host or a name under a special-use or customary private suffix; an IP address is any literal that the URL parser accepts. A name that resolves to any address that is not globally reachable is not externally reachable.",
		reason: "RFC 6761, 6762, 7686, 8375 and 9476 name the suffixes, and IANA's special-purpose registries say which addresses are globally reachable."
	},
	{
		id: "wire",
		question: "What else is on the wire",
		decision: "HTTP/1.1, a User-Agent that names the harness and its version, Accept: */*, no cookies. Proxy variables in the environment are ignored.",
		reason: "The least that any HTTP client sends, and nothing a receiver could come to rely on."
	}
];
// src/contract/deep-freeze.ts
function deepFreeze(value) {
	for (const member of Object.values(value)) if (typeof member === "object" && member !== null) deepFreeze(member);
	return Object.freeze(value);
}
// src/contract/batch.ts
const minutes = (count) => count * 6e4;
const batch = batchWith({
	deadlineMs: 2e4,
	retryDelaysMs: [
		1,
		2,
		5,
		15,
		30
	].map(minutes)
});
function batchWith(figures) {
	return deepFreeze({
		id: "batch",
		name: "Scriptix batch webhook callback",
		documentUrl: "https://docs.scriptix.io/docs/core-apis/batch/webhooks",
		clauses: batchClauses(figures),
		decisions: decisionsFor(figures),
		request: {
			method: "POST",
			methods: ["POST", "PUT"],
			contentType: "application/json",
			sessionHeader: "X-Scriptix-Session",
			legacySessionHeader: "X-Zoom-Session",
			sessionField: "sessionId",
			legacySessionField: "zoom_id",
			systemHeaders: [
				"content-type",
				"x-scriptix-session",
				"x-zoom-session",
				"host",
				"content-length",
				"transfer-encoding",
				"connection",
				"keep-alive",
				"upgrade",
				"te",
				"trailer",
				"expect"
			]
		},
		response: {
			deadlineMs: figures.deadlineMs,
			bodyCapBytes: 65536
		},
		retry: {
			delaysMs: figures.retryDelaysMs,
			delayFrom: "attempt-start"
		},
		callbackUrl: {
			scheme: "https:",
			localhostSuffixes: ["localhost", "localdomain"],
			internalSuffixes: [
				"local",
				"test",
				"example",
				"invalid",
				"onion",
				"home.arpa",
				"alt",
				"internal",
				"intranet",
				"lan",
				"corp",
				"home",
				"private"
			]
		},
		results: {
			baseUrl: "https://api.scriptix.io",
			path: "/api/v2/batch/session/{sessionId}/results"
		}
	});
}
// src/defaults.ts
const defaults = Object.freeze({
	contract: batch,
	run: Object.freeze({
		failOn: "required",
		concurrency: 8,
		maxTimeMs: 3e5,
		maxTimeInRealTimeMs: 72e5,
		settleMs: 3e4,
		fuzzCases: 200,
		durationMs: 1e4
	}),
	output: Object.freeze({
		report: Object.freeze([
			"json",
			"junit",
			"html",
			"markdown"
		]),
		out: "reports",
		github: "auto"
	}),
	targetsAtOnce: 16,
	listen: Object.freeze({
		host: "127.0.0.1",
		port: 0
	}),
	path: "/webhook",
	api: Object.freeze({ completeAfterMs: 1e3 }),
	scenario: Object.freeze({
		startTimeoutMs: 1e4,
		settleMs: 3e4,
		settleWhereTimeIsFreeMs: 6e5,
		seed: "repro"
	}),
	vitest: Object.freeze({
		title: "webhook conformance",
		timeoutMs: 3e5
	}),
	init: Object.freeze({
		dir: ".",
		node: 24,
		startSeconds: 60,
		jobMinutes: 15
	}),
	width: 100
});
// src/cli/print.ts
function print(text) {
	process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
function printAside(text) {
	process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
}
function surviveBrokenPipes() {
	let lost = false;
	process.on("exit", (code) => {
		if (lost && code === exitCodes.passed) process.exitCode = exitCodes.inconclusive;
	});
	for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => {
		if (stream === process.stderr || lost) return;
		lost = true;
		const why = error.code === "EPIPE" ? "its reader has left" : reasonOf(error);
		process.stderr.write(`error: not all of the output could be written: ${why}\n`);
	});
}
function wantsColor(stream) {
	const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
	if (isSet(NO_COLOR)) return false;
	if (isSet(FORCE_COLOR)) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
	return stream.isTTY && TERM !== "dumb";
}
function canRedraw(stream) {
	const { NO_COLOR, CI, TERM } = process.env;
	return stream.isTTY && TERM !== "dumb" && !isSet(NO_COLOR) && !isSet(CI);
}
function textWidth() {
	const { columns } = process.stdout;
	return Math.min(Math.max(columns ?? defaults.width, 40), defaults.width);
}
const isSet = (value) => value !== void 0 && value !== "";
// src/cli/failure.ts
var Interrupted = class extends Error {
	name = "Interrupted";
};
function explainFailure(error) {
	if (error instanceof Interrupted) return exitCodes.interrupted;
	if (error instanceof UsageError) {
		printAside(`error: ${oneLine(error.message)}`);
		return exitCodes.usage;
	}
	if (error?.syscall === "uv_cwd") {
		printAside("error: expected a working directory, but the one that this was started in is gone: change to another");
		return exitCodes.usage;
	}
	const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
	const how = isDebugged() ? "please report it with what stands below" : "please report it with what DEBUG=1 prints";
	printAside(`error: a fault of the harness, not of the receiver (${`${harness.name} ${harness.version}, node ${process.version}`}): ${name}: ${oneLine(message)}; ${how}`);
	if (isDebugged() && stack !== void 0) printAside(stack);
	return exitCodes.internal;
}
function isDebugged() {
	const { DEBUG } = process.env;
	return DEBUG !== void 0 && DEBUG !== "";
}
async function withoutSecrets(redactor, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Error) || error instanceof Interrupted) throw error;
		const message = redactor.redactText(error.message);
		if (error instanceof UsageError) throw new UsageError(error.code, message);
		const safe = new Error(message);
		safe.name = error.name;
		safe.stack = redactor.redactText(error.stack ?? "");
		throw safe;
	}
}
const oneLine = (text) => text.replaceAll(/\s*\n\s*/g, " ");
// src/cli/harmless-output.ts
const commandLine = /(^|[\n\r\x85\u2028\u2029])((?:[\s\x85]|\x1b\[[\d;]*[A-Za-z])*):(?=:)/g;
const marker = /##(?=[a-z]*\[)/gi;
const withoutCiCommands = (text) => text.includes("::") || text.includes("##") ? text.replace(commandLine, "$1$2: ").replace(marker, "# #") : text;
const plainly = new WeakMap();
function keepFromCommanding(stream) {
	const write = stream.write.bind(stream);
	plainly.set(stream, (text) => write(text));
	stream.write = (chunk, ...rest) => write(typeof chunk === "string" ? withoutCiCommands(chunk) : chunk, ...rest);
}
function writeCiCommand(stream, line) {
	(plainly.get(stream) ?? ((text) => stream.write(text)))(`${line}\n`);
}
export { notObservable as A, judgeClauses as C, levels as D, verdictOf as E, notApplicable as O, gatedLevels as S, verdictLine as T, readText as _, isDebugged as a, exitCodes as b, print as c, textWidth as d, wantsColor as f, scheduledOffsetsMs as g, withFigures as h, explainFailure as i, UsageError as j, notJudged as k, printAside as l, batch as m, writeCiCommand as n, withoutSecrets as o, defaults as p, Interrupted as r, canRedraw as s, keepFromCommanding as t, surviveBrokenPipes as u, reasonOf as v, summarize as w, gateOf as x, harness as y };

//# sourceMappingURL=main-C_aTT-j6.js.map