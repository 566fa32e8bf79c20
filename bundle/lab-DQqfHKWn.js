import { _ as readText, h as withFigures, j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { _ as parseCallbackUrl, b as systemClock, h as timeoutFailure, o as createSender, r as faultOnTheWay, u as deliver, v as customHeaders, y as virtualClock } from "./sender-liWPum1j.js";
import { C as freeTextValues, S as nearMisses, b as pairsOf, w as percentDecoded, y as parseTime } from "./catalogue-DCc5JICU.js";
import { i as requestListenerOf, o as appOf, r as cutTo } from "./app-Ce0tnlVu.js";
import { E as suggestion, S as words, T as closest, b as parseDelayMs, x as receiverWords } from "./command-line-DL7FZMfB.js";
import { t as require_dist } from "./yaml-Udqo20U0.js";
import { i as require__2020 } from "./ajv-Dgf6FUCI.js";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { STATUS_CODES, createServer } from "node:http";
import { once, setMaxListeners } from "node:events";
import { createServer as createServer$1 } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";
import { fileURLToPath } from "node:url";
import { basename, dirname, extname, join, resolve } from "node:path";
import { AsyncLocalStorage } from "node:async_hooks";
import { getActiveResourcesInfo } from "node:process";
// src/report/named-secret.ts
function namedShortSecrets(secrets) {
	const patterns = secrets.flatMap((secret) => {
		return secret.value.length > 0 && secret.value.length < 6 ? patternFor(secret) ?? [] : [];
	});
	return (text) => patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => {
		const end = match.index + match[0].length;
		return [match.index + (match[1] ?? "").length, end];
	}));
}
function patternFor(secret) {
	const value = literal(secret.value);
	switch (secret.kind) {
		case "header":
		case "query": return new RegExp(`((?<![\\w-])${literal(secret.name)}["']?[ \\t]{0,4}[:=][ \\t]{0,4}["']?)${value}(?![\\w-])`, "gi");
		case "userinfo": return new RegExp(`(//)${value}(?=@)`, "g");
		case "token": return null;
	}
}
function literal(text) {
	return Buffer.from(text, "utf8").toString("latin1").replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
// src/report/decoded-view.ts
const layers = 2;
function viewsOf(text) {
	const views = [{
		text,
		origin: (start, end) => [start, end]
	}];
	let outermost = views.slice();
	for (let layer = 0; layer < layers; layer++) {
		outermost = outermost.flatMap((view) => escapes.flatMap((escape) => decode(view, escape) ?? []));
		views.push(...outermost);
	}
	return views;
}
const bytesOf = (text) => /[^\0-\x7f]/.test(text) ? Buffer.from(text).toString("latin1") : text;
const codePoint = (digits, radix) => {
	const value = Number.parseInt(digits, radix);
	return bytesOf(value <= 1114111 ? String.fromCodePoint(value) : "�");
};
const percent = {
	pattern: /%(?:([\da-f]{2})|u([\da-f]{4}))/gi,
	decode: ([, byte, unit = ""]) => byte === void 0 ? codePoint(unit, 16) : String.fromCharCode(Number.parseInt(byte, 16))
};
const controls = {
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	"
};
const backslash = {
	pattern: /\\(?:u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|([^ux]))/gi,
	decode: ([, high, low, unit, braced, byte, other = ""]) => {
		if (high !== void 0 && low !== void 0) return bytesOf(String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)));
		const digits = unit ?? braced ?? byte;
		return digits === void 0 ? controls[other] ?? other : codePoint(digits, 16);
	}
};
const entities = new Map("quot \" amp & apos ' lt < gt > sol / bsol \\ colon : equals = plus + lowbar _ period . comma , semi ; num # dollar $ percnt % lpar ( rpar ) lsqb [ lbrack [ rsqb ] rbrack ] lcub { lbrace { rcub } rbrace } excl ! quest ? commat @ Hat ^ grave ` ast * midast * verbar | vert |".match(/\w+ \S/g)?.map((pair) => [pair.slice(0, -2), pair.slice(-1)]));
const escapes = [
	percent,
	backslash,
	{
		pattern: new RegExp(`&(?:#0{0,8}(\\d{1,7})|#[xX]0{0,8}([\\da-fA-F]{1,6})|(${[...entities.keys()].join("|")}));?`, "g"),
		decode: ([, decimal, hex, name = ""]) => {
			if (decimal !== void 0) return codePoint(decimal, 10);
			return hex === void 0 ? entities.get(name) ?? "" : codePoint(hex, 16);
		}
	}
];
function decode(view, escape) {
	const source = view.text;
	const decodedAt = [];
	const decodedEnd = [];
	const sourceAt = [];
	const sourceEnd = [];
	let text = "";
	let position = 0;
	for (const match of source.matchAll(escape.pattern)) {
		text += source.slice(position, match.index);
		position = match.index + match[0].length;
		decodedAt.push(text.length);
		text += escape.decode(match);
		decodedEnd.push(text.length);
		sourceAt.push(match.index);
		sourceEnd.push(position);
	}
	if (decodedAt.length === 0) return null;
	text += source.slice(position);
	const unit = (index) => {
		const nearest = lastAtOrBefore(decodedAt, index);
		if (nearest < 0) return [index, index + 1];
		const end = decodedEnd[nearest] ?? 0;
		const after = sourceEnd[nearest] ?? 0;
		if (index < end) return [sourceAt[nearest] ?? 0, after];
		return [after + index - end, after + index - end + 1];
	};
	return {
		text,
		origin: (start, end) => view.origin(unit(start)[0], unit(end - 1)[1])
	};
}
function lastAtOrBefore(ascending, value) {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = low + high >> 1;
		if ((ascending[middle] ?? 0) <= value) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
// src/report/secret-spelling.ts
const spaceForPlus = (text) => text.replaceAll("+", " ");
function spellingsOf(value) {
	return encodingsOf(value).flatMap((bytes) => {
		const hex = bytes.toString("hex");
		const pairs = hex.match(/../g) ?? [];
		return [
			plain(bytes.toString("latin1")),
			plain(hex),
			...hexSeparators.map((separator) => plain(pairs.join(separator))),
			...base64Spellings(bytes)
		];
	});
}
const hexSeparators = [
	" ",
	":",
	"-",
	", ",
	",0x",
	", 0x",
	" 0x",
	"\\x"
];
const plain = (text) => ({
	text: spaceForPlus(text).toLowerCase(),
	anyCase: true,
	sharedBefore: 0,
	sharedAfter: 0,
	base64: false
});
function encodingsOf(value) {
	const utf8 = Buffer.from(value, "utf8");
	const utf16 = Buffer.from(value, "utf16le");
	const wide = [utf16, Buffer.from(utf16).swap16()];
	if (!/[^\0-\x7f]/.test(value)) return [utf8, ...wide];
	if (/[^\0-\xff]/.test(value)) return [utf8, ...wide];
	const latin1 = Buffer.from(value, "latin1");
	const lossy = latin1.toString("utf8");
	return lossy.replaceAll("�", "").length >= 6 ? [
		utf8,
		...wide,
		latin1,
		Buffer.from(lossy, "utf8")
	] : [
		utf8,
		...wide,
		latin1
	];
}
function base64Spellings(bytes) {
	return [
		0,
		1,
		2
	].flatMap((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replace(/=+$/, "");
		const sharedBefore = before === 0 ? 0 : 1;
		const sharedAfter = (before + bytes.length) % 3 === 0 ? 0 : 1;
		const own = encoded.slice(before === 0 ? 0 : before + 1, encoded.length - sharedAfter);
		const urlSafe = own.replaceAll("+", "-").replaceAll("/", "_");
		return (own === urlSafe ? [own] : [own, urlSafe]).map((text) => ({
			text: spaceForPlus(text),
			sharedBefore,
			sharedAfter,
			base64: true,
			anyCase: false
		}));
	});
}
// src/report/secret-search.ts
const shortestPartial = 4;
const unfinishedEscape = /(?:%[\da-f]?|%u[\da-f]{0,3}|\\(?:u[\da-f]{0,3}|u\{[\da-f]{0,6}|x[\da-f]?)?|&(?:#?[\da-z]{0,16})?|\xef\xbf\xbd)$/i;
function findSecrets(text, spellings, options) {
	const found = [];
	for (const view of viewsOf(text)) {
		const exact = spaceForPlus(view.text);
		const lower = exact.toLowerCase();
		for (const spelling of spellings) {
			const searched = spelling.anyCase ? lower : exact;
			let at = searched.indexOf(spelling.text);
			while (at >= 0) {
				found.push(withSharedCharacters(view, spelling, at));
				at = searched.indexOf(spelling.text, at + 1);
			}
		}
		if (options.cut) found.push(...partialAtEnd(view, exact, spellings, text.length));
	}
	return found;
}
const isBase64 = (character) => character !== void 0 && /[\w+/-]/.test(character);
function withSharedCharacters(view, spelling, at) {
	let start = at;
	let end = at + spelling.text.length;
	if (spelling.base64) {
		if (spelling.sharedBefore === 1 && isBase64(view.text[start - 1])) start--;
		if (spelling.sharedAfter === 1 && isBase64(view.text[end])) end++;
		for (let padding = 0; padding < 2 && view.text[end] === "="; padding++) end++;
	}
	return view.origin(start, end);
}
function partialAtEnd(view, searched, spellings, textEnd) {
	const whole = unfinishedEscape.exec(searched)?.index;
	const ends = whole === void 0 ? [searched.length] : [searched.length, whole];
	const lower = searched.toLowerCase();
	const found = [];
	for (const end of ends) for (const { text, sharedBefore, anyCase } of spellings) {
		const length = longestStartAtEnd(anyCase ? lower : searched, end, text);
		if (length === 0) continue;
		const start = end - length;
		const shared = sharedBefore === 1 && isBase64(view.text[start - 1]) ? 1 : 0;
		found.push([view.origin(start - shared, end)[0], textEnd]);
	}
	return found;
}
function longestStartAtEnd(text, end, secret) {
	for (let length = Math.min(secret.length - 1, end); length >= shortestPartial; length--) if (text.startsWith(secret.slice(0, length), end - length)) return length;
	return 0;
}
function mergeRanges(ranges) {
	const merged = [];
	for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
		const last = merged.at(-1);
		if (last !== void 0 && start < last[1]) last[1] = Math.max(last[1], end);
		else merged.push([start, end]);
	}
	return merged;
}
// src/report/redact.ts
const redacted = "[redacted]";
const ellipsis = Buffer.from("…").toString("latin1");
function createRedactor(secrets) {
	const spellings = distinct(freeTextValues(secrets).flatMap(spellingsOf));
	const findNamed = namedShortSecrets(secrets);
	const find = (text, cut) => [...findSecrets(text, spellings, { cut }), ...findNamed(text)];
	const redactPart = (text, { cut = false } = {}) => {
		const ranges = mergeRanges(find(text, cut));
		let result = "";
		let position = 0;
		for (const [start, end] of ranges) {
			result += text.slice(position, start) + redacted;
			position = end;
		}
		return result + text.slice(position);
	};
	const redactByteString = (text, options = {}) => {
		const whole = redactPart(text, options);
		if (!whole.includes(ellipsis)) return whole;
		const parts = whole.split(ellipsis);
		return parts.map((part, index) => index < parts.length - 1 ? redactPart(part.trimEnd(), { cut: true }) + part.slice(part.trimEnd().length) : part).join(ellipsis);
	};
	const redactText = (text, options) => {
		const bytes = Buffer.from(text, "utf8").toString("latin1");
		const result = redactByteString(bytes, options);
		return result === bytes ? text : Buffer.from(result, "latin1").toString("utf8");
	};
	const headerNames = new Set(namesOf(secrets, "header").map((name) => name.toLowerCase()));
	if (secrets.some(({ kind }) => kind === "userinfo")) headerNames.add("authorization");
	const queryNames = new Set(namesOf(secrets, "query").map(percentDecoded));
	return {
		redactText,
		redactUrl(url) {
			const withoutQuery = url.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*@/i, `$1//${redacted}@`).replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark, name) => queryNames.has(percentDecoded(name)) ? `${mark}${name}=${redacted}` : whole);
			return redactText(withoutQuery);
		},
		redactHeaders(headers) {
			return headers.map(([name, value]) => {
				const secret = headerNames.has(name.toLowerCase());
				return [redactText(name), secret ? value === "" ? "" : redacted : redactText(value)];
			});
		}
	};
}
function namesOf(secrets, kind) {
	return secrets.flatMap((secret) => secret.kind === kind ? [secret.name] : []);
}
function distinct(spellings) {
	return [...new Map(spellings.map((spelling) => [JSON.stringify(Object.values(spelling)), spelling])).values()];
}
// src/report/secret-names.ts
const secretNames = /(^|[_.-])((access|auth|api|client|app|shared|private|session|bearer|refresh|id|security|hook|webhook|user|my)[_.-]?)*(token|key|secret|sig|signature|hmac|digest|pass|password|passwd|passphrase|passcode|pwd|pin|auth|authorization|code|otp|jwt|sas|credentials?|creds)$/i;
const namesASecret = (name) => secretNames.test(inSnakeCase(name));
const inSnakeCase = (name) => name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
// src/runner/secrets.ts
const neverSecret = /^(accept(-[a-z]+)?|user-agent|cache-control)$/i;
const shortestNearMiss = 6;
function secretsOf({ headers, credentials, url, urlSecrets = [] }, others = []) {
	const secret = ([name]) => !neverSecret.test(name);
	return [
		...headers.filter(secret).flatMap(([name, value]) => readingsOf(value).map((text) => ({
			kind: "header",
			name,
			value: text
		}))),
		...credentials.filter(secret).flatMap(([, value]) => readingsOf(value).flatMap(nearMissesOf)),
		...secretsInUrl(url.raw, url.path),
		...urlSecrets.flatMap(({ name, value }) => [{
			kind: "query",
			name,
			value
		}, ...nearMissesOf(percentDecoded(value))]),
		...others
	];
}
function secretsInUrl(raw, path) {
	const userinfo = /^[^/]*\/\/([^/?#]*)@/.exec(raw)?.[1];
	return [...userinfo === void 0 ? [] : [{
		kind: "userinfo",
		value: userinfo
	}], ...pairsOf(path).map((pair) => ({
		kind: "query",
		...pair
	})).filter(({ name }) => namesASecret(percentDecoded(name)))];
}
const readingsOf = (value) => [...new Set([Buffer.from(value, "latin1").toString("utf8"), value])];
function nearMissesOf(value) {
	return nearMisses.flatMap(({ holdsTheSecret, of }) => holdsTheSecret ? of(value) ?? [] : []).filter((miss) => miss.length >= shortestNearMiss).map((miss) => ({
		kind: "token",
		value: miss
	}));
}
// src/runner/session-ids.ts
const sessionIdPrefix = "c0de7e57";
function hexOf(length, ...words) {
	let hex = "";
	for (let block = 0; hex.length < length; block += 1) hex += createHash("sha256").update(JSON.stringify([...words, block])).digest("hex");
	return hex.slice(0, length);
}
function inventedSessions(seed, nonce) {
	const taken = new Map();
	return {
		invents: true,
		left: () => Infinity,
		take(owner) {
			return () => {
				const number = (taken.get(owner) ?? 0) + 1;
				taken.set(owner, number);
				return sessionIdPrefix + hexOf(18, seed, nonce, owner, number);
			};
		}
	};
}
function suppliedSessions(ids) {
	const queue = [...new Set(ids)];
	return {
		invents: false,
		left: () => queue.length,
		take(_owner, count) {
			if (count > queue.length) return null;
			const batch = queue.splice(0, count);
			return () => {
				const id = batch.shift();
				if (id === void 0) throw new Error(`a check took more than the ${count} session ids that it declares`);
				return id;
			};
		}
	};
}
// src/lab/advancing.ts
function advancing(receiver, advance, startAt, signal) {
	let at = startAt;
	return {
		...receiver,
		movesAll: true,
		async travelTo(now) {
			await receiver.travelTo?.(now);
			const ms = now - at;
			if (ms <= 0) return;
			at = now;
			await advance(ms, signal);
		}
	};
}
// src/runner/effects-probe.ts
var ProbeError = class extends Error {
	name = "ProbeError";
};
// src/lab/control.ts
const firstPollMs = 25;
const longestPollMs = {
	wall: 500,
	shared: 6e4
};
async function playControl(options) {
	const { receiver, controlSessionId: sessionId, sender, held } = options;
	const signal = options.signal ?? new AbortController().signal;
	if (receiver.probe === null || receiver.probe.isOwn === true || sessionId === void 0) return { kind: "none" };
	try {
		const before = await receiver.probe.count(sessionId, signal);
		const { outcome } = await sender.attempt(sender.callback(sessionId), { signal });
		if (outcome.kind === "failed") await held(async () => receiver.settle?.());
		if (outcome.kind !== "acknowledged") return { kind: "none" };
		if (await isCounted(options, sessionId, before, signal)) return { kind: "counted" };
	} catch (error) {
		if (error instanceof ProbeError) return { kind: "none" };
		throw error;
	}
	return {
		kind: "not-counted",
		reason: `${receiver.probe.name} did not count a control session that was acknowledged, so either it or the receiver is broken; look what it says of a session that was surely processed, and --settle waits longer`
	};
}
async function isCounted({ receiver, clock, deadlineClock, settleMs }, sessionId, before, signal) {
	const longestMs = longestPollMs[receiver.sharesTime ? "shared" : "wall"];
	const now = receiver.sharesTime ? clock : deadlineClock;
	const startedAt = now.now();
	for (let pollMs = firstPollMs;; pollMs = Math.min(2 * pollMs, longestMs)) {
		if ((await receiver.probe?.count(sessionId, signal) ?? 0) > before) return true;
		if (now.now() - startedAt >= settleMs) return false;
		await now.sleep(pollMs, signal);
	}
}
// src/lab/processed-counts.ts
const howToShow = {
	embedded: "the embedded receiver does no work",
	app: "export processed(sessionId) from the app, or name a path that tells with --probe-url",
	process: "declare --probe-url or --probe-command",
	url: "declare --probe-url or --probe-command"
};
const lateWorkMs = 6e4;
const saysNothing = (probe) => `${probe} says 0 for every session, so either nothing was processed or it counts something else`;
const pollMs = 25;
const stillMs = 250;
var ProcessedCounter = class {
	#options;
	#signal;
	#forgotten;
	constructor(options) {
		this.#options = options;
		this.#signal = options.signal ?? new AbortController().signal;
		this.#forgotten = options.sessionIds.map(() => 0);
	}
	async across(restart) {
		const { probe } = this.#options.receiver;
		if (probe === null) return restart();
		const counted = async () => {
			try {
				return await this.#counts();
			} catch (error) {
				if (error instanceof ProbeError) return null;
				throw error;
			}
		};
		const before = await counted();
		await restart();
		const after = await counted();
		if (before === null || after === null) return;
		this.#forgotten = this.#forgotten.map((count, index) => count + Math.max(0, (before[index] ?? 0) - (after[index] ?? 0)));
	}
	async end() {
		const { receiver } = this.#options;
		const movesInNoTime = receiver.sharesTime || receiver.travelTo !== void 0;
		const isFree = receiver.kind !== "embedded" && movesInNoTime;
		try {
			if (isFree) await this.#letTimePass();
			if (receiver.probe === null) return {
				counts: null,
				unseen: howToShow[receiver.kind],
				awaited: true
			};
			const counts = receiver.sharesTime ? await this.#counts() : await this.#stillCounts();
			const unseen = this.#whyUnseen(counts);
			if (unseen !== null) return {
				counts: null,
				unseen,
				awaited: false
			};
			return {
				counts: counts.map((count, index) => count + (this.#forgotten[index] ?? 0)),
				unseen: null,
				awaited: this.#areEnough(counts)
			};
		} catch (error) {
			if (error instanceof ProbeError) return {
				counts: null,
				unseen: error.message,
				awaited: true
			};
			throw error;
		}
	}
	async #letTimePass() {
		const { receiver, clock, settleMs, held } = this.#options;
		const endsAt = clock.now() + settleMs;
		for (;;) {
			await clock.sleep(Math.min(lateWorkMs, endsAt - clock.now()), this.#signal);
			if (receiver.travelTo !== void 0) await held(async () => receiver.travelTo?.(clock.now()));
			if (clock.now() >= endsAt || receiver.probe === null || this.#areEnough(await this.#counts())) return;
		}
	}
	#whyUnseen(counts) {
		const { receiver, control } = this.#options;
		if (receiver.probe === null || receiver.probe.isOwn === true || control.kind === "counted") return null;
		if (control.kind === "not-counted") return control.reason;
		return this.#tellNothing(counts) ? saysNothing(receiver.probe.name) : null;
	}
	#tellNothing(counts) {
		return !counts.some((count, index) => count + (this.#forgotten[index] ?? 0) > 0) && this.#options.scenario.expect.processed.includes(1);
	}
	#areEnough(counts) {
		const { processed } = this.#options.scenario.expect;
		return counts.every((count, index) => count + (this.#forgotten[index] ?? 0) >= (processed[index] ?? 0));
	}
	async #counts() {
		const { receiver, sessionIds } = this.#options;
		return Promise.all(sessionIds.map(async (id) => await receiver.probe?.count(id, this.#signal) ?? 0));
	}
	async #stillCounts() {
		const { deadlineClock, settleMs } = this.#options;
		const startedAt = deadlineClock.now();
		let counts = await this.#counts();
		let since = startedAt;
		for (;;) {
			const now = deadlineClock.now();
			const enough = this.#areEnough(counts);
			if (now - startedAt >= settleMs || enough && now - since >= stillMs) return counts;
			await deadlineClock.sleep(pollMs, this.#signal);
			const next = await this.#counts();
			if (next.some((each, index) => each !== counts[index])) since = deadlineClock.now();
			counts = next;
		}
	}
};
// src/lab/elapsed.ts
const aboutTimeMs = 3e5;
function elapsedOn(receiver, sessions, isReal) {
	const gapMs = Math.max(0, ...sessions.map(gapOf));
	const nothing = {
		gapMs,
		stood: [],
		unseen: null,
		caveats: []
	};
	if (isReal || gapMs === 0 || receiver.kind === "embedded" || receiver.movesAll === true) return nothing;
	if (receiver.sharesTime || receiver.travelTo !== void 0) {
		const met = receiver.ownTime?.() ?? [];
		if (met.length === 0) return nothing;
		const names = listed$1(met);
		const keeps = met.length === 1 ? "keeps its own time" : "keep a time of their own";
		return {
			...nothing,
			stood: met,
			unseen: `${names} ${keeps}, which did not move while ${span(gapMs)} passed here`
		};
	}
	const stood = "the receiver's clock did not move";
	if (gapMs >= aboutTimeMs) return {
		...nothing,
		stood: ["the receiver"],
		unseen: `${stood}: what came to it ${span(gapMs)} apart in the scenario, it got within moments`
	};
	return {
		...nothing,
		stood: ["the receiver"],
		caveats: [`${stood}: what is up to ${span(gapMs)} apart in the scenario came to it within moments`]
	};
}
function gapOf({ attempts }) {
	const arrivals = attempts.flatMap(({ token, attempt }) => {
		const afterMs = arrivesAfterMs(token);
		return afterMs === null ? [] : [attempt.offsetMs + afterMs];
	});
	return arrivals.length < 2 ? 0 : Math.max(...arrivals) - Math.min(...arrivals);
}
function arrivesAfterMs(token) {
	switch (token.kind) {
		case "pass":
		case "cut":
		case "lost-ack":
		case "late-ack":
		case "duplicate":
		case "restart": return 0;
		case "delayed": return token.ms;
		case "drop":
		case "receiver": return null;
	}
}
function span(ms) {
	const [count, unit] = ms % 6e4 === 0 ? [ms / 6e4, "minute"] : [Number((ms / 1e3).toFixed(3)), "second"];
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
const listed$1 = (names) => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
// src/lab/event-order.ts
const rank = {
	restarted: 0,
	"attempt-started": 0,
	printed: 1,
	"answered-late": 1,
	crashed: 1,
	"attempt-ended": 2,
	"copy-ended": 3,
	"delivered-late": 3,
	"retry-due": 2,
	acknowledged: 2,
	abandoned: 2
};
const deliveryOf = (event) => "delivery" in event && event.delivery !== null ? event.delivery : -1;
function momentsOf(events) {
	const moments = [];
	for (const event of events) {
		const last = moments.at(-1);
		if (last?.[0]?.offsetMs === event.offsetMs) last.push(event);
		else moments.push([event]);
	}
	return moments;
}
function orderedEvents(clock, startedAt, tell) {
	const told = [];
	let pending = [];
	let isSet = false;
	function flush(beforeMs) {
		const due = pending.filter(({ offsetMs }) => offsetMs < beforeMs);
		pending = pending.filter(({ offsetMs }) => offsetMs >= beforeMs);
		due.sort((a, b) => a.offsetMs - b.offsetMs || rank[a.kind] - rank[b.kind] || deliveryOf(a) - deliveryOf(b));
		told.push(...due);
		for (const moment of momentsOf(due)) tell(moment);
	}
	return {
		add(event) {
			pending.push(event);
			if (isSet) return;
			isSet = true;
			clock.timer(1, () => {
				isSet = false;
				flush(clock.now() - startedAt);
			});
		},
		end() {
			flush(Infinity);
			return told;
		}
	};
}
// src/lab/play-attempt.ts
const copyAfterMs = 1;
async function playAttempt(token, request, options, way) {
	const { clock, sender, url, deadlineMs } = way;
	const startedAt = clock.now();
	const elapse = (ms) => clock.sleep(startedAt + ms - clock.now(), options.signal);
	const timedOut = async (phase) => {
		await elapse(deadlineMs);
		return unanswered(request, options, startedAt, phase, deadlineMs);
	};
	switch (token.kind) {
		case "pass": return sender.attempt(request, options);
		case "restart":
			await way.restart();
			return sender.attempt(request, options);
		case "drop": return timedOut("connect");
		case "cut":
		case "lost-ack": return sender.attempt(request, {
			...options,
			...faultOf(request, url, token.kind)
		});
		case "duplicate": {
			const hold = way.deadlineClock === clock ? null : clock.hold();
			const copy = way.deadlineClock.sleep(copyAfterMs, options.signal).then(() => sender.attempt(request, options)).then(way.copyEnded).finally(() => hold?.release());
			way.later(copy);
			return sender.attempt(request, options);
		}
		case "late-ack": {
			const delivered = await sender.attempt(request, options);
			if (delivered.response === null) return delivered;
			if (token.ms >= deadlineMs) return timedOut("headers");
			await elapse(token.ms);
			return later(delivered, Math.max(0, token.ms - (delivered.timings.headersMs ?? 0)));
		}
		case "delayed":
			if (token.ms < deadlineMs) {
				await elapse(token.ms);
				const delivered = later(await sender.attempt(request, options), token.ms);
				return (delivered.timings.headersMs ?? delivered.timings.endMs) >= deadlineMs ? unanswered(request, options, startedAt, "headers", deadlineMs) : delivered;
			}
			way.later(elapse(token.ms).then(() => sender.attempt(request, options)).then(way.deliveredLate));
			return timedOut("headers");
		case "receiver": return way.answerInstead(token.step, request, options);
	}
}
function faultOf(request, url, onTheWay) {
	const fault = faultOnTheWay(request, url, onTheWay);
	return fault === void 0 ? {} : { fault };
}
function later(attempt, ms) {
	const { connectedMs, headersMs, endMs } = attempt.timings;
	return {
		...attempt,
		timings: {
			connectedMs,
			headersMs: headersMs === null ? null : headersMs + ms,
			endMs: endMs + ms
		}
	};
}
function unanswered(request, { number = 1, offsetMs = 0 }, startedAt, phase, deadlineMs) {
	return {
		number,
		request,
		outcome: timeoutFailure(phase, deadlineMs),
		response: null,
		offsetMs,
		startedAt,
		timings: {
			connectedMs: phase === "connect" ? null : 0,
			headersMs: null,
			endMs: deadlineMs
		}
	};
}
// src/lab/scenario.ts
const passes = Object.freeze({
	text: "pass",
	kind: "pass"
});
// src/lab/play-delivery.ts
async function playDelivery(context, sessionId, planned, delivery) {
	const { contract, clock, receiver, sender, tell, held, signal } = context;
	const request = sender.callback(sessionId);
	const way = wayOf(context, sessionId, delivery);
	const attempts = [];
	if (planned.startsAtMs > 0) await clock.sleep(planned.startsAtMs, signal);
	const { kind } = await deliver({
		contract,
		clock,
		sessionId,
		retryDelayFrom: contract.retry.delayFrom,
		async attempt(number, offsetMs) {
			const token = planned.script[number - 1] ?? passes;
			if (receiver.travelTo !== void 0) await held(async () => receiver.travelTo?.(clock.now()));
			tell({
				kind: "attempt-started",
				delivery,
				number,
				token
			});
			const attempt = await playAttempt(token, request, {
				number,
				offsetMs,
				...signal && { signal }
			}, way);
			if (token.kind !== "receiver") await afterwards(attempt, context);
			attempts.push({
				token,
				attempt
			});
			tell({
				kind: "attempt-ended",
				delivery,
				attempt,
				token
			});
			return attempt;
		},
		emit: (event) => tellOf(event, planned, delivery, tell),
		...signal && { signal }
	});
	return {
		sessionId,
		outcome: kind === "acknowledged" ? "acknowledged" : "abandoned",
		attempts
	};
}
async function afterwards({ outcome, response }, { receiver, clock, held }) {
	if (response === null && outcome.kind === "failed" && outcome.reason !== "timeout") await held(async () => receiver.settle?.());
	const date = response?.headers.find(([name]) => name.toLowerCase() === "date")?.[1];
	if (date !== void 0) receiver.assertFollows?.(date, clock.now());
}
function wayOf(context, sessionId, delivery) {
	const { contract, receiver, gateway, tell } = context;
	return {
		clock: context.clock,
		deadlineClock: context.deadlineClock,
		deadlineMs: contract.response.deadlineMs,
		url: receiver.url,
		sender: context.sender,
		async answerInstead(step, request, options) {
			gateway.stage.meet(sessionId, step);
			return gateway.sender.attempt(request, options);
		},
		async restart() {
			await context.restart();
			tell({
				kind: "restarted",
				delivery
			});
		},
		later: (work) => context.later(work.catch(() => {})),
		copyEnded: (attempt) => tell({
			kind: "copy-ended",
			delivery,
			attempt
		}),
		deliveredLate: (attempt) => tell({
			kind: "delivered-late",
			delivery,
			attempt
		})
	};
}
function tellOf(event, planned, delivery, tell) {
	switch (event.kind) {
		case "attempt-started":
		case "attempt-ended": return;
		case "retry-due": {
			const { number, delayMs, dueOffsetMs } = event;
			return tell({
				kind: "retry-due",
				delivery,
				number,
				delayMs,
				dueMs: planned.startsAtMs + dueOffsetMs
			});
		}
		case "acknowledged": return tell({
			kind: "acknowledged",
			delivery,
			attempts: event.attempt.number
		});
		case "abandoned": return tell({
			kind: "abandoned",
			delivery,
			attempts: event.attempts
		});
	}
}
// src/receivers/journal.ts
function headerOf(request, name) {
	const values = request.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
	return values.length > 0 ? values.join(", ") : null;
}
// src/receivers/play-step.ts
const aDayMs = 864e5;
const chunkedHead = answerHead(200, [["Transfer-Encoding", "chunked"]]);
const lastChunk = "0\r\n\r\n";
const floodOf = {
	headers: `X-Flood: ${"x".repeat(1013)}\r\n`.repeat(64),
	body: chunk(65536)
};
async function playStep(step, socket, request, clock) {
	const gone = new AbortController();
	const leave = () => gone.abort(new Error("the sender is gone"));
	if (socket.destroyed) return;
	socket.once("close", leave);
	try {
		await new StepPlayer(socket, request, clock, gone.signal).play(step);
	} catch (error) {
		if (!socket.destroyed) throw error;
	} finally {
		socket.off("close", leave);
	}
}
var StepPlayer = class {
	#socket;
	#request;
	#clock;
	#gone;
	#paused = false;
	constructor(socket, request, clock, gone) {
		this.#socket = socket;
		this.#request = request;
		this.#clock = clock;
		this.#gone = gone;
	}
	async play(step) {
		switch (step.kind) {
			case "answer": return this.#answer(step.status, step.headers ?? [], step.body ?? "");
			case "redirect": return this.#answer(step.status, [["Location", step.location]], "");
			case "stall":
				if (await this.#pause(step.ms)) await this.play(step.next);
				return;
			case "never":
				await this.#pause(aDayMs);
				return;
			case "reset": return this.#reset(step.at);
			case "close":
				this.#socket.end();
				return;
			case "dribble": return this.#dribble(step.part, step.bytes, step.everyMs, step.times ?? Infinity);
			case "flood": return this.#flood(step.part);
			case "interim":
				await this.#write(answerHead(step.status, []));
				return this.play(step.next);
			case "raw":
				await this.#write(step.bytes);
				if (!step.keepOpen) this.#socket.end();
				return;
		}
	}
	async #answer(status, headers, body) {
		const names = headers.map(([name]) => name.toLowerCase());
		const framed = names.includes("content-length") || names.includes("transfer-encoding");
		const bodiless = status < 200 || status === 204 || status === 304;
		const length = ["Content-Length", String(Buffer.byteLength(body))];
		await this.#write(answerHead(status, framed || bodiless ? headers : [...headers, length]) + utf8(body));
		const asked = headerOf(this.#request, "connection") ?? "";
		const stated = headers[names.indexOf("connection")]?.[1] ?? "";
		if (/\bclose\b/i.test(`${asked} ${stated}`)) this.#socket.end();
	}
	async #reset(at) {
		if (at === "headers") await this.#write("HTTP/1.1 200 OK\r\nContent-");
		if (at === "body") await this.#write(`${answerHead(200, [["Content-Length", "1000"]])}{"received":`);
		if (at === "headers" || at === "body") await this.#letRead();
		this.#socket.resetAndDestroy();
	}
	async #dribble(part, bytes, everyMs, times) {
		await this.#write(part === "headers" ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Dribble: " : chunkedHead);
		for (let count = 0; count < times; count += 1) {
			if (!await this.#pause(everyMs)) return;
			await this.#write(part === "headers" ? "x".repeat(bytes) : chunk(bytes));
		}
		await this.#write(part === "headers" ? "\r\n\r\n" : lastChunk);
	}
	async #flood(part) {
		await this.#write(part === "headers" ? "HTTP/1.1 200 OK\r\n" : chunkedHead);
		while (!this.#gone.aborted) if (!this.#socket.write(floodOf[part], "latin1")) await once(this.#socket, "drain", { signal: this.#gone });
	}
	async #letRead() {
		await this.#pause(0);
		await this.#pause(0);
	}
	async #pause(ms) {
		try {
			await this.#clock.stall(this.#request.connection.remotePort, ms, this.#gone);
		} catch (error) {
			if (this.#paused) return false;
			throw error;
		}
		this.#paused = true;
		return !this.#gone.aborted;
	}
	#write(bytes) {
		return new Promise((resolve, reject) => {
			this.#socket.write(bytes, "latin1", (error) => error ? reject(error) : resolve());
		});
	}
};
function answerHead(status, headers) {
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
	return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines}\r\n`;
}
function chunk(bytes) {
	return `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;
}
function utf8(text) {
	return Buffer.from(text).toString("latin1");
}
// src/receivers/request-reader.ts
var RequestReader = class {
	#chunks = [];
	#length = 0;
	#needed = 0;
	push(chunk) {
		this.#chunks.push(chunk);
		this.#length += chunk.length;
	}
	next() {
		if (this.#length === 0 || this.#length < this.#needed) return null;
		const bytes = this.rest;
		const head = readHead(bytes);
		const body = head && readBody(bytes.subarray(head.length), head.headers);
		if (!head || !body) return null;
		const length = head.length + body.length;
		this.#needed = length;
		if (bytes.length < length) return null;
		this.#chunks = bytes.length > length ? [bytes.subarray(length)] : [];
		this.#length -= length;
		this.#needed = 0;
		const { method, target, version, headers } = head;
		return {
			method,
			target,
			version,
			headers,
			body: body.body,
			raw: bytes.subarray(0, length)
		};
	}
	get length() {
		return this.#length;
	}
	get rest() {
		if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
		return this.#chunks[0];
	}
};
function readHead(bytes) {
	const end = bytes.indexOf("\r\n\r\n");
	if (end < 0) return null;
	const [requestLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
	const [method = "", target = "", version = ""] = requestLine.split(" ");
	return {
		method,
		target,
		version,
		headers: lines.map(readHeader),
		length: end + 4
	};
}
function readHeader(line) {
	const colon = line.indexOf(":");
	if (colon < 0) return [line, ""];
	return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
}
function readBody(bytes, headers) {
	const valueOf = (name) => headers.find(([each]) => each.toLowerCase() === name)?.[1];
	if (/\bchunked$/i.test(valueOf("transfer-encoding") ?? "")) return readChunks(bytes);
	const length = Number(valueOf("content-length") ?? 0) || 0;
	return {
		body: bytes.subarray(0, length),
		length
	};
}
function readChunks(bytes) {
	const chunks = [];
	for (let at = 0;;) {
		const lineEnd = bytes.indexOf("\r\n", at);
		if (lineEnd < 0) return null;
		const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16) || 0;
		at = lineEnd + 2;
		if (size === 0) return readTrailers(bytes, at, chunks);
		if (bytes.length < at + size + 2) return null;
		chunks.push(bytes.subarray(at, at + size));
		at += size + 2;
	}
}
function readTrailers(bytes, from, chunks) {
	for (let at = from;;) {
		const lineEnd = bytes.indexOf("\r\n", at);
		if (lineEnd < 0) return null;
		if (lineEnd === at) return {
			body: Buffer.concat(chunks),
			length: at + 2
		};
		at = lineEnd + 2;
	}
}
// src/receivers/recording-server.ts
const requestCapBytes = 33554432;
async function createRecordingServer(options) {
	const { clock, tls, accept, answer, port = 0, host = "127.0.0.1" } = options;
	const secureContext = tls && createSecureContext(tls);
	const connections = [];
	const requests = [];
	const sockets = new Set();
	const failures = [];
	const server = createServer$1({ noDelay: true }, (tcp) => {
		const reader = new RequestReader();
		const connection = {
			number: connections.length + 1,
			localPort: tcp.localPort ?? 0,
			remotePort: tcp.remotePort ?? 0,
			openedAt: clock.now(),
			closedAt: null,
			error: null,
			get rest() {
				return reader.rest;
			}
		};
		connections.push(connection);
		sockets.add(tcp);
		const fail = (error) => {
			connection.error ??= error.code ?? error.message;
			tcp.destroy();
		};
		tcp.on("error", fail);
		tcp.once("close", () => {
			connection.closedAt = clock.now();
			sockets.delete(tcp);
		});
		accept?.(tcp, connection);
		if (tcp.destroyed) return;
		const socket = secureContext ? secure(tcp, secureContext) : tcp;
		if (socket !== tcp) socket.on("error", fail);
		serve(socket, connection, reader);
	});
	function serve(socket, connection, reader) {
		let startedAt = null;
		let number = 0;
		let answering = false;
		async function answerAll() {
			if (answering) return;
			answering = true;
			try {
				for (let read = reader.next(); read && !socket.destroyed; read = reader.next()) {
					const completedAt = clock.now();
					number += 1;
					const request = {
						connection,
						number,
						startedAt: startedAt ?? completedAt,
						completedAt,
						...read
					};
					startedAt = reader.length > 0 ? completedAt : null;
					requests.push(request);
					await answer(socket, request);
				}
			} catch (error) {
				failures.push(error);
				socket.destroy();
			} finally {
				answering = false;
			}
		}
		socket.on("data", (chunk) => {
			startedAt ??= clock.now();
			reader.push(chunk);
			if (reader.length > requestCapBytes) socket.destroy();
			else answerAll();
		});
	}
	server.listen(port, host);
	await once(server, "listening");
	const listeningPort = server.address().port;
	return {
		origin: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${listeningPort}`,
		port: listeningPort,
		journal: {
			connections,
			requests
		},
		async close() {
			const closed = once(server, "close");
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
			if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
		}
	};
}
function secure(tcp, secureContext) {
	const socket = new TLSSocket(tcp, {
		isServer: true,
		secureContext
	});
	socket.resetAndDestroy = () => {
		tcp.resetAndDestroy();
		return socket;
	};
	return socket;
}
// src/receivers/scripted-receiver.ts
async function createScriptedReceiver(options) {
	const { clock, script, path = "/webhook", contract = defaults.contract, tls, port, host } = options;
	const afterwards = options.afterwards ?? script.at(-1);
	if (!afterwards) throw new UsageError("ERR_SCRIPT", "script: expected at least one step, got none.");
	const stepFor = (attempt) => script[attempt - 1] ?? afterwards;
	const arrivals = [];
	const requestsOf = new Map();
	let latestSession = "";
	let resetsAtConnect = 0;
	const server = await createRecordingServer({
		clock,
		...tls && { tls },
		...port !== void 0 && { port },
		...host !== void 0 && { host },
		accept(socket) {
			const attempt = resetsAtConnect + (requestsOf.get(latestSession) ?? 0) + 1;
			const step = stepFor(attempt);
			if (step.kind !== "reset" || step.at !== "connect") return;
			resetsAtConnect += 1;
			arrivals.push({
				sessionId: null,
				attempt,
				at: clock.now(),
				step,
				request: null
			});
			socket.resetAndDestroy();
		},
		async answer(socket, request) {
			if (request.target.split("?", 1)[0] !== path) return playStep({
				kind: "answer",
				status: 404
			}, socket, request, clock);
			const sessionId = sessionIdOf(request, contract);
			const requests = (requestsOf.get(sessionId) ?? 0) + 1;
			requestsOf.set(sessionId, requests);
			latestSession = sessionId;
			const attempt = resetsAtConnect + requests;
			const step = stepFor(attempt);
			arrivals.push({
				sessionId,
				attempt,
				at: request.completedAt,
				step,
				request
			});
			return playStep(step, socket, request, clock);
		}
	});
	return {
		url: `${server.origin}${path}`,
		port: server.port,
		journal: {
			...server.journal,
			arrivals
		},
		close: () => server.close()
	};
}
function sessionIdOf(request, contract) {
	const { sessionHeader, sessionField } = contract.request;
	const named = headerOf(request, sessionHeader);
	if (named !== null) return named;
	try {
		const member = JSON.parse(request.body.toString())?.[sessionField];
		return typeof member === "string" ? member : "";
	} catch {
		return "";
	}
}
// src/lab/stage.ts
async function createStage(clock, contract) {
	const steps = new Map();
	const server = await createRecordingServer({
		clock,
		answer(socket, request) {
			return playStep(steps.get(sessionIdOf(request, contract)) ?? {
				kind: "answer",
				status: 200
			}, socket, request, clock);
		}
	});
	return {
		origin: server.origin,
		meet(sessionId, step) {
			if (step === null) steps.delete(sessionId);
			else steps.set(sessionId, step);
		},
		close: () => server.close()
	};
}
// src/lab/play.ts
async function play(options) {
	const { scenario, receiver, clock, sessionIds, contract = defaults.contract, signal, on = () => {} } = options;
	if (signal) setMaxListeners(0, signal);
	const deadlineClock = receiver.sharesTime ? clock : systemClock;
	const sends = {
		contract,
		headers: options.headers ?? [],
		...options.template && { template: options.template }
	};
	const sender = createSender({
		...sends,
		url: receiver.url,
		deadlineClock,
		clock,
		network: receiver.network ?? {}
	});
	const stage = await createStage(clock, contract);
	const gateway = createSender({
		...sends,
		url: parseCallbackUrl(stage.origin),
		deadlineClock: clock,
		clock
	});
	const held = heldOn(clock);
	const early = [];
	let take = (event) => void early.push(event);
	const unlisten = options.receiverEvents?.listen((event) => take(event));
	take = (event) => void (event.kind === "crashed" && early.push(event));
	const control = await playControl({
		...options,
		sender,
		deadlineClock,
		held
	});
	const startedAt = clock.now();
	const order = orderedEvents(clock, startedAt, on);
	const underway = [];
	const effects = new ProcessedCounter({
		...options,
		deadlineClock,
		held,
		control
	});
	const context = {
		contract,
		clock,
		deadlineClock,
		receiver,
		sender,
		gateway: {
			stage,
			sender: gateway
		},
		tell: (event) => order.add({
			...event,
			offsetMs: clock.now() - startedAt
		}),
		held,
		restart: () => held(() => effects.across(async () => receiver.restart?.())),
		later: (work) => underway.push(work),
		...signal && { signal }
	};
	take = (event) => order.add({
		...eventOf(event, sessionIds),
		offsetMs: Math.max(0, event.at - startedAt)
	});
	for (const event of early) take(event);
	try {
		const delivered = await Promise.all(scenario.deliveries.map((planned, index) => playDelivery(context, sessionIds[index] ?? "", planned, index)));
		await Promise.all(underway);
		const { counts, unseen, awaited } = await effects.end();
		const elapsed = elapsedOn(receiver, delivered, options.isReal === true);
		return {
			deliveries: delivered.map((each, index) => ({
				...each,
				processed: counts?.[index] ?? null
			})),
			events: order.end(),
			effectsUnseen: unseen,
			elapsed,
			caveats: [
				...receiver.caveats?.() ?? [],
				...elapsed.caveats,
				...awaited ? [] : [waited(options.settleMs)]
			]
		};
	} finally {
		unlisten?.();
		order.end();
		await Promise.all([sender.close(), gateway.close()]);
		await stage.close();
	}
}
const waited = (settleMs) => `what the receiver does with a session was waited for ${settleMs / 1e3} s after the last attempt; --settle waits longer`;
function eventOf(event, sessionIds) {
	switch (event.kind) {
		case "printed":
		case "crashed": return {
			kind: event.kind,
			text: event.text
		};
		case "answered-late": {
			const { kind, arrival, status } = event;
			const delivery = sessionIds.indexOf(event.sessionId);
			return {
				kind,
				delivery: delivery < 0 ? null : delivery,
				arrival,
				status
			};
		}
	}
}
function heldOn(clock) {
	let last = Promise.resolve();
	return async (work) => {
		const hold = clock.hold();
		const next = last.then(work);
		last = next.catch(() => {});
		try {
			await next;
		} finally {
			hold.release();
		}
	};
}
// src/lab/acknowledging-receiver.ts
async function startAcknowledgingReceiver(clock, contract) {
	const stage = await createStage(clock, contract);
	return {
		kind: "embedded",
		title: "the embedded scripted receiver",
		url: parseCallbackUrl(`${stage.origin}/webhook`),
		sharesTime: true,
		probe: null,
		close: () => stage.close()
	};
}
// src/lab/play-scenario-clock.ts
const handlings = new AsyncLocalStorage();
function handlerSleeps() {
	const handling = handlings.getStore();
	handling?.fellAsleep();
	return () => handling?.wokeUp();
}
const quietMs = 50;
const hasRequestsUnderWay = () => getActiveResourcesInfo().some((type) => /^(FS|GetAddrInfo)Req/.test(type));
function shareTime(server, clock, deadlineMs) {
	clock.onSleep(handlerSleeps);
	server.prependListener("connection", (socket) => handlings.enterWith(handlingOn(socket, clock, deadlineMs)));
}
function handlingOn(socket, clock, deadlineMs) {
	const port = socket.remotePort ?? 0;
	let sleeps = 0;
	let quiet = null;
	let lent = null;
	let isOver = false;
	const letTimeMove = () => void (lent ??= clock.lend(port));
	const letTimeMoveWhenQuiet = () => {
		quiet = systemClock.timer(quietMs, () => hasRequestsUnderWay() ? letTimeMoveWhenQuiet() : letTimeMove());
	};
	const keepTime = () => {
		quiet?.cancel();
		lent?.takeBack();
		lent = null;
	};
	const overdue = systemClock.timer(deadlineMs, () => {
		letTimeMove();
		isOver = true;
	});
	socket.once("close", () => {
		overdue.cancel();
		keepTime();
		isOver = true;
	});
	return {
		fellAsleep() {
			sleeps += 1;
			if (sleeps === 1 && !isOver) letTimeMoveWhenQuiet();
		},
		wokeUp() {
			sleeps -= 1;
			if (sleeps === 0 && !isOver) keepTime();
		}
	};
}
// src/lab/play-scenario-receiver.ts
async function serveApp(app, path, shared = null) {
	if (!path.startsWith("/")) throw new UsageError("ERR_APP", `path: expected one such as /webhook, got ${JSON.stringify(path)}`);
	const isFactory = typeof app === "function" && await appOf(app) === null;
	const made = isFactory ? await app() : app;
	const server = createServer(await requestListenerOf(made instanceof Response ? app : made));
	if (shared !== null) shareTime(server, shared.clock, shared.deadlineMs);
	await new Promise((listening, failed) => {
		server.once("error", failed);
		server.listen(0, "127.0.0.1", listening);
	});
	return {
		url: `http://127.0.0.1:${server.address().port}${path}`,
		async close() {
			const closed = new Promise((done) => server.close(done));
			server.closeAllConnections();
			await closed;
			if (isFactory) await made?.close?.();
		}
	};
}
async function startScenarioReceiver(options) {
	const { clock, contract, path, probe, on, signal } = options;
	const place = placeOf(options.app);
	switch (place.kind) {
		case "embedded": return startAcknowledgingReceiver(clock, contract);
		case "url": {
			const url = parseCallbackUrl(place.url);
			const network = { ca: options.ca };
			return {
				kind: "url",
				title: url.display,
				url,
				network,
				sharesTime: false,
				probe,
				close: async () => {}
			};
		}
		case "module": {
			const { startAppReceiver } = await import("./app-receiver-BtoictIi.js");
			const receiver = await startAppReceiver({
				file: place.file,
				path,
				clock,
				on,
				...signal && { signal }
			});
			return probe === null ? receiver : {
				...receiver,
				probe
			};
		}
		case "live": {
			const sharesTime = options.sharesClock;
			const { deadlineMs } = contract.response;
			const served = await serveApp(place.app, path, sharesTime ? {
				clock,
				deadlineMs
			} : null);
			const url = parseCallbackUrl(served.url);
			return {
				kind: "app",
				title: `the app, at ${path}`,
				url,
				sharesTime,
				probe,
				close: () => served.close()
			};
		}
	}
}
function placeOf(app) {
	if (app === null || app === void 0) return { kind: "embedded" };
	const text = app instanceof URL ? app.href : app;
	if (typeof text !== "string") return {
		kind: "live",
		app: text
	};
	if (/^https?:/i.test(text)) return {
		kind: "url",
		url: text
	};
	return {
		kind: "module",
		file: /^file:/i.test(text) ? fileURLToPath(text) : resolve(text)
	};
}
// src/lab/judge.ts
function judge({ deliveries, expect }, played) {
	const crashes = played.events.flatMap((event) => event.kind === "crashed" ? [{
		expected: "the receiver to stay up",
		actual: event.text,
		where: ""
	}] : []);
	const unmet = played.deliveries.flatMap((delivery, index) => {
		const where = deliveries.length === 1 ? "" : `session ${index + 1}`;
		return [unmetOutcome(expect.deliveries[index], delivery), unmetProcessing(expect.processed[index], delivery, played)].flatMap((each) => each === null ? [] : [{
			...each,
			where
		}]);
	});
	return [...crashes, ...unmet];
}
function unmetOutcome(expected, delivery) {
	if (expected === void 0) return null;
	const actual = {
		outcome: delivery.outcome,
		attempts: delivery.attempts.length
	};
	if (actual.outcome === expected.outcome && actual.attempts === expected.attempts) return null;
	return {
		expected: endText(expected),
		actual: endText(actual)
	};
}
function unmetProcessing(expected, { processed }, { events }) {
	if (expected === void 0 || processed === null || processed === expected) return null;
	const note = events.some(({ kind }) => kind === "restarted") ? "; it was restarted meanwhile" : "";
	return {
		expected: `processed ${times(expected)}`,
		actual: `processed ${times(processed)}${note}`
	};
}
function endText({ outcome, attempts }) {
	return outcome === "acknowledged" ? `acknowledged by attempt ${attempts}` : `abandoned after ${attempts} attempt${attempts === 1 ? "" : "s"}`;
}
function times(count) {
	return count === 0 ? "never" : count === 1 ? "once" : `${count} times`;
}
// src/lab/verdict.ts
const advance = "--advance-command 'cmd {seconds}' moves whatever it keeps time by";
const howToMoveByOptions = (kind) => kind === "app" ? `${advance}, --real-time lets the time pass` : kind === "process" ? `--time-travel moves the receiver, ${advance}, --real-time lets the time pass` : `${advance}, --real-time lets the time pass`;
function verdictOf(scenario, played, kind, howToMove) {
	const { elapsed, effectsUnseen } = played;
	const unmet = judge(scenario, played);
	const notObservable = elapsed.unseen === null ? [] : [`not observable: ${elapsed.unseen}; ${howToMove(kind)}`];
	if (unmet.length > 0) {
		const busy = whyBusy(played, unmet);
		if (busy === null) return {
			kind: "not-as-expected",
			unmet
		};
		return {
			kind: "inconclusive",
			reasons: [`${busy}; ${howToMove(kind)}`]
		};
	}
	const reasons = [...effectsUnseen !== null && restsOnEffects(scenario, played, kind) ? [`an acknowledgement alone does not show that the work was done: ${effectsUnseen}`] : [], ...notObservable];
	return reasons.length === 0 ? { kind: "as-expected" } : {
		kind: "inconclusive",
		reasons
	};
}
function restsOnEffects({ expect }, { deliveries }, kind) {
	if (kind === "embedded") return false;
	return expect.processed.includes(1) || deliveries.some(({ attempts }) => attempts.some(({ token }) => arrivesAfterMs(token) !== null));
}
const busyStatuses = new Set([
	409,
	423,
	425,
	429,
	503
]);
function whyBusy({ deliveries, elapsed: { stood } }, unmet) {
	if (stood.length === 0 || unmet.some(({ expected }) => expected === "the receiver to stay up")) return null;
	if (!deliveries.filter((_, index) => unmet.some(({ where }) => where === "" || where === `session ${index + 1}`)).every(endsBusy)) return null;
	return `the receiver answered again and again that it was busy, which may come of ${stood.join(", ")}: its time did not move, so nothing that it keeps for a while ran out`;
}
function endsBusy({ outcome, attempts, processed }) {
	const later = attempts.filter(({ token }) => arrivesAfterMs(token) !== null).slice(1).map(({ attempt }) => attempt.response?.status ?? null);
	const isBusy = (status) => status !== null && busyStatuses.has(status);
	return (processed ?? 0) <= 1 && later.some(isBusy) && (outcome === "abandoned" || later.slice(0, -1).every((status) => isBusy(status)));
}
// src/lab/playable.ts
function whyNotPlayed(kind, { deliveries }) {
	if (kind === "process") return null;
	for (const [index, { script }] of deliveries.entries()) {
		const attempt = script.findIndex((token) => token.kind === "restart");
		if (attempt < 0) continue;
		return `its word restart, for ${`attempt ${attempt + 1}${deliveries.length === 1 ? "" : ` of session ${index + 1}`}`}, needs a receiver that can be started anew: a command given by --exec, with --url`;
	}
	return null;
}
// src/lab/receiver-events.ts
function receiverEvents() {
	const unheard = [];
	let listener = null;
	return {
		emit(event) {
			if (listener === null) unheard.push(event);
			else listener(event);
		},
		listen(next) {
			listener = next;
			for (const event of unheard.splice(0)) next(event);
			return () => listener = null;
		}
	};
}
// src/input/place.ts
const pathText = (path) => path.map((step) => typeof step === "number" ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`).join("").replace(/^\./, "");
function lineAndColumn(text, offset) {
	const before = text.slice(0, offset);
	const column = offset - (before.lastIndexOf("\n") + 1);
	return `line ${before.split("\n").length}, column ${column + 1}`;
}
var SyntaxMistake = class extends Error {
	offset;
	constructor(offset, expected) {
		super(expected);
		this.offset = offset;
	}
};
// src/input/json-text.ts
function parseJsonText(text) {
	const root = new Reader(text).document();
	return {
		value: root.value,
		find: (path) => find$1(root, path)
	};
}
const none = new Map();
const deepest = 500;
const space = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const quoted$2 = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
function find$1(root, path) {
	let node = root;
	for (const step of path) node = node?.inner.get(step);
	return node ?? null;
}
var Reader = class {
	at = 0;
	text;
	constructor(text) {
		this.text = text;
	}
	document() {
		const node = this.node(0, 0);
		this.skip();
		if (this.at < this.text.length) throw this.wrong("the end of the document");
		return node;
	}
	node(depth, keyStart) {
		this.skip();
		const start = this.at;
		const { value, inner } = this.content(depth);
		return {
			value,
			inner,
			start,
			end: this.at,
			keyStart: keyStart ?? start
		};
	}
	content(depth) {
		if (depth > deepest) throw new SyntaxMistake(this.at, `expected at most ${deepest} levels, got more`);
		const first = this.text[this.at];
		if (first === "{") return this.object(depth);
		if (first === "[") return this.list(depth);
		const literal = first === "\"" ? this.match(quoted$2) : this.match(word);
		if (literal === void 0) throw this.wrong("a value");
		return {
			value: JSON.parse(literal),
			inner: none
		};
	}
	object(depth) {
		const inner = new Map();
		this.items("}", () => {
			const keyStart = this.at;
			const literal = this.match(quoted$2);
			if (literal === void 0) throw this.wrong("a key in double quotes, or }");
			const key = JSON.parse(literal);
			if (inner.has(key)) throw new SyntaxMistake(keyStart, "expected each key once, got one twice");
			this.skip();
			if (this.text[this.at] !== ":") throw this.wrong("a colon");
			this.at += 1;
			inner.set(key, this.node(depth + 1, keyStart));
		});
		return {
			value: Object.fromEntries([...inner].map(([key, { value }]) => [key, value])),
			inner
		};
	}
	list(depth) {
		const inner = new Map();
		this.items("]", () => inner.set(inner.size, this.node(depth + 1)));
		return {
			value: [...inner.values()].map(({ value }) => value),
			inner
		};
	}
	items(end, item) {
		this.at += 1;
		for (this.skip(); this.text[this.at] !== end; this.skip()) {
			item();
			this.skip();
			if (this.text[this.at] === ",") this.at += 1;
			else if (this.text[this.at] !== end) throw this.wrong(`a comma or ${end}`);
		}
		this.at += 1;
	}
	skip() {
		this.match(space);
	}
	match(pattern) {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		if (found !== void 0) this.at += found.length;
		return found;
	}
	wrong(expected) {
		const next = this.text[this.at];
		const got = next === void 0 ? "the end" : /[{}[\],:"']/.test(next) ? next : "something else";
		return new SyntaxMistake(this.at, `expected JSON with ${expected} here, got ${got}`);
	}
};
// src/input/yaml-text.ts
const mostAliases = 100;
function parseYamlText(text) {
	const yaml = require_dist();
	const document = yaml.parseDocument(text, {
		prettyErrors: false,
		merge: true
	});
	const [error] = document.errors;
	if (error !== void 0) throw new SyntaxMistake(error.pos[0], `expected ${expectedOf(error)}`);
	yaml.visit(document, { Alias(_, alias) {
		if (alias.resolve(document) !== void 0) return;
		throw new SyntaxMistake(alias.range?.[0] ?? 0, "expected YAML, got an alias of an anchor that is not there");
	} });
	return {
		value: valueOf(document),
		find: (path) => find(yaml, document, path)
	};
}
function valueOf(document) {
	try {
		return document.toJS({ maxAliasCount: mostAliases });
	} catch {
		throw new SyntaxMistake(0, "expected YAML of a reasonable size, but its aliases make too much of it");
	}
}
function expectedOf({ code, message }) {
	if (code === "DUPLICATE_KEY") return "each key once, got one twice";
	if (code === "MULTIPLE_DOCS") return "one document, got several";
	return `YAML, got what is none (${message.replace(/: .*$/s, "")})`;
}
function find({ isAlias, isMap, isScalar, isSeq }, document, path) {
	let node = document.contents;
	let keyStart;
	for (const step of path) {
		if (isAlias(node)) node = node.resolve(document);
		keyStart = void 0;
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
			keyStart = (pair?.key)?.range?.[0];
			node = pair?.value;
		} else node = isSeq(node) ? node.items[Number(step)] : void 0;
	}
	const [start, end] = node?.range ?? [];
	if (start === void 0 || end === void 0) return keyStart === void 0 ? null : {
		start: keyStart,
		end: keyStart,
		keyStart
	};
	return {
		start,
		end,
		keyStart: keyStart ?? start
	};
}
// src/input/document.ts
const yamlName = /\.ya?ml$/i;
function readDocument(kind, title, file) {
	return documentOf(kind, title, file, readText(title, file));
}
function documentOf(kind, title, file, text) {
	if (text.trim() === "") throw new UsageError(kind.code, `${title}: expected ${kind.expected}, got an empty file`);
	const parsed = parsedOf(kind, title, file, text);
	const place = (path) => {
		return parsed.find(path) ?? (path.length === 0 ? {
			start: 0,
			end: 0,
			keyStart: 0
		} : place(path.slice(0, -1)));
	};
	const offsetOf = (path, part) => {
		const { start, end, keyStart } = place(path);
		if (part === "key") return keyStart;
		return part === void 0 ? start : start + pieceOffset(text.slice(start, end), part);
	};
	const where = (path, part) => {
		const named = part === "key" ? path.slice(0, -1) : path;
		return [lineAndColumn(text, offsetOf(path, part)), ...named.length > 0 ? [pathText(named)] : []].join(", ");
	};
	return {
		...kind,
		title,
		value: parsed.value,
		isYaml: yamlName.test(file),
		where,
		offsetOf,
		wrong: (path, what) => new UsageError(kind.code, `${title}, ${where(path)}: ${what}`)
	};
}
function parsedOf({ code }, title, file, text) {
	try {
		return languageOf(file, text)(text);
	} catch (error) {
		if (!(error instanceof SyntaxMistake)) throw error;
		throw new UsageError(code, `${title}, ${lineAndColumn(text, error.offset)}: ${error.message}`);
	}
}
function languageOf(file, text) {
	if (/\.jsonc?$/i.test(file)) return parseJsonText;
	if (!/^\s*(?:[[{]|\/[/*])/.test(text)) return parseYamlText;
	return (text) => {
		try {
			return parseJsonText(text);
		} catch (error) {
			if (yamlName.test(file) || isYaml(text)) return parseYamlText(text);
			throw error;
		}
	};
}
function isYaml(text) {
	try {
		parseYamlText(text);
		return true;
	} catch {
		return false;
	}
}
function pieceOffset(source, piece) {
	let start = /^(?:[|>].*\n|["'])?/.exec(source)?.[0].length ?? 0;
	for (let index = 0; index < piece; index += 1) start = source.indexOf(",", start) + 1;
	const rest = source.slice(start);
	return start + (/^\s*(?=[^\s,"'])/.exec(rest)?.[0].length ?? 0);
}
// src/lab/leads-to.ts
function expectationOf(deliveries, contract) {
	const ends = deliveries.map(({ script }) => endOf$1(script, contract));
	return {
		deliveries: ends.map(({ outcome, attempts }) => ({
			outcome,
			attempts
		})),
		processed: ends.map(({ processed }) => processed)
	};
}
function endOf$1(script, contract) {
	const most = contract.retry.delaysMs.length + 1;
	const planned = Array.from({ length: most }, (_, index) => script[index] ?? passes);
	const last = planned.findIndex((token) => canAcknowledge(token, contract.response.deadlineMs));
	const made = last < 0 ? planned : planned.slice(0, last + 1);
	return {
		outcome: last < 0 ? "abandoned" : "acknowledged",
		attempts: made.length,
		processed: made.some(arrivesWhole) ? 1 : 0
	};
}
function canAcknowledge(token, deadlineMs) {
	switch (token.kind) {
		case "pass":
		case "duplicate":
		case "restart": return true;
		case "drop":
		case "cut":
		case "lost-ack": return false;
		case "late-ack":
		case "delayed": return token.ms < deadlineMs;
		case "receiver": return acknowledges(token.step, deadlineMs);
	}
}
function acknowledges(step, withinMs) {
	switch (step.kind) {
		case "answer": return step.status >= 200 && step.status < 300;
		case "stall": return step.ms < withinMs && acknowledges(step.next, withinMs - step.ms);
		case "interim": return acknowledges(step.next, withinMs);
		case "dribble": return step.part === "body" || step.everyMs * (step.times ?? Infinity) < withinMs;
		case "flood": return step.part === "body";
		case "reset": return step.at === "body";
		case "redirect":
		case "never":
		case "close":
		case "raw": return false;
	}
}
function arrivesWhole({ kind }) {
	switch (kind) {
		case "pass":
		case "lost-ack":
		case "late-ack":
		case "delayed":
		case "duplicate":
		case "restart": return true;
		case "drop":
		case "cut":
		case "receiver": return false;
	}
}
// src/input/schema-mistakes.ts
const mostTold = 10;
function assertSchema(document, schema, leave = () => false) {
	const validate = compiled.get(schema) ?? compile(schema);
	if (validate(document.value)) return document.value;
	const mistakes = new Map();
	const errors = relevant((validate.errors ?? []).filter((error) => !leave(error)));
	for (const error of errors) {
		const mistake = mistakeOf(error, document, errors);
		const key = JSON.stringify([mistake.path, mistake.part]);
		if (!mistakes.has(key)) mistakes.set(key, mistake);
	}
	if (mistakes.size === 0) return document.value;
	throw new UsageError(document.code, `${document.title}, ${toldTogether(document, [...mistakes.values()])}`);
}
const compiled = new WeakMap();
function compile(schema) {
	const { $schema: _draft, ...rules } = schema;
	const { Ajv2020: Ajv } = require__2020();
	const validate = new Ajv({
		allErrors: true,
		verbose: true,
		strict: false
	}).compile(rules);
	compiled.set(schema, validate);
	return validate;
}
function toldTogether(document, mistakes) {
	const ordered = mistakes.map((mistake) => ({
		...mistake,
		offset: document.offsetOf(mistake.path, mistake.part)
	})).sort((a, b) => a.offset - b.offset);
	const told = ordered.slice(0, mostTold).map(({ path, part, says }) => `${document.where(path, part)}: ${says}`);
	const left = ordered.length - told.length;
	return [...told, ...left > 0 ? [`${left} more`] : []].join("; and ");
}
function relevant(errors) {
	const unknown = errors.filter(({ keyword }) => keyword === "additionalProperties");
	return errors.filter(({ keyword, instancePath, schemaPath, params }) => {
		if (keyword === "if" || /\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath)) return false;
		const { missingProperty } = params;
		return !unknown.some((other) => missingProperty !== void 0 && other.instancePath === instancePath && suggestion(unknownKeyOf(other), [missingProperty]) !== "");
	});
}
const unknownKeyOf = ({ params }) => String(params.additionalProperty);
function mistakeOf(error, document, all) {
	const path = pathOf(error.instancePath, document.value);
	const schema = error.parentSchema ?? {};
	if (error.keyword === "additionalProperties") {
		const key = unknownKeyOf(error);
		const keys = Object.keys(schema["properties"] ?? {}).filter((name) => name !== "$schema");
		const near = suggestion(key, keys) || (keys.length <= 12 ? `; there are ${keys.join(", ")}` : "");
		return {
			path: [...path, key],
			part: "key",
			says: `unknown key ${JSON.stringify(key)}${near}`
		};
	}
	if (error.keyword === "required") {
		const missing = all.filter(({ keyword, instancePath }) => keyword === "required" && instancePath === error.instancePath).map(({ params }) => JSON.stringify(params.missingProperty));
		return {
			path,
			part: void 0,
			says: `expected the ${missing.length === 1 ? "key" : "keys"} ${missing.join(", ")} in it, got none`
		};
	}
	return {
		path,
		part: void 0,
		says: `expected ${path.length === 0 ? document.expected : expectedBy(schema)}, got ${gotInPlaceOf(schema, error.data, document.isYaml)}`
	};
}
function expectedBy(schema) {
	const { title, type, enum: choices, items } = schema;
	if (typeof title === "string") return title;
	if (Array.isArray(choices)) return `one of ${choices.map(String).join(", ")}`;
	if ("const" in schema) return JSON.stringify(schema["const"]);
	if (Array.isArray(schema["anyOf"])) return schema["anyOf"].map((one) => expectedBy(one)).join(", or ");
	const words = [type ?? []].flat().map((name) => name === "array" ? listOf(items) : names$1[String(name)] ?? String(name));
	return words.length === 0 ? "something else" : words.join(" or ");
}
const listOf = (items) => {
	const each = typeof items === "object" && items !== null ? expectedBy(items) : "something else";
	return each === "something else" ? "a list" : `a list, each of it ${each}`;
};
const names$1 = {
	string: "a text",
	number: "a number",
	integer: "a whole number",
	boolean: "true or false",
	object: "an object",
	null: "null"
};
function gotInPlaceOf(schema, value, isYaml) {
	if (value === null || value === void 0) return "nothing";
	if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
	const types = [schema["type"] ?? []].flat();
	if (typeof value === "object") return isYaml && types.includes("string") ? "an object; in YAML, a text with a colon in it stands in quotes" : "an object";
	const text = value;
	if (text.trim() === "") return "an empty text";
	const { enum: choices = schema["items"]?.["enum"] } = schema;
	if (Array.isArray(choices)) {
		const wrong = text.split(",").map((word) => word.trim()).find((word) => !choices.includes(word)) ?? text;
		return `${quoted$1(wrong)}${suggestion(wrong, choices.map(String))}`;
	}
	if (types.some((type) => type === "boolean" || type === "number" || type === "integer")) return quoted$1(text);
	return types.includes("string") || "pattern" in schema || "const" in schema ? "another text" : "a text";
}
const quoted$1 = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
function pathOf(pointer, value) {
	let inner = value;
	return (pointer === "" ? [] : pointer.slice(1).split("/")).map((escaped) => {
		const step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
		const key = Array.isArray(inner) ? Number(step) : step;
		inner = inner[key];
		return key;
	});
}
// src/lab/scenario-schema.ts
function assertScenario(document, schema) {
	const written = assertSchema(document, schema, isLeftToOthers);
	const [both, neither] = [Object.hasOwn(written, "attempts"), !Object.hasOwn(written, "deliveries")];
	if (both !== neither) {
		const got = both ? "both" : "neither";
		throw document.wrong([], `expected either the key attempts or the key deliveries, got ${got}`);
	}
	return written;
}
const isLeftToOthers = ({ instancePath, keyword }) => instancePath === "" && keyword === "oneOf" || /(^|\/deliveries\/\d+)\/attempts(\/\d+)?$/.test(instancePath) && keyword !== "type" && keyword !== "minItems";
// src/report/control-character.ts
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const allInvisible = new RegExp(invisible, "gu");
const showsAsItself = (text) => !invisible.test(text);
function showControlCharacters(text) {
	return text.replace(allInvisible, (character) => named[character] ?? escaped(character.codePointAt(0) ?? 0));
}
const named = {
	"\n": "\\n",
	"\r": "\\r",
	"	": "\\t"
};
function escaped(code) {
	const hex = code.toString(16);
	if (code <= 255) return `\\x${hex.padStart(2, "0")}`;
	return code <= 65535 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}
// src/lab/tokens.ts
const readingFor = (contract) => ({
	vocabulary: words,
	unit: "attempt",
	most: contract.retry.delaysMs.length + 1,
	contract,
	code: "ERR_SCENARIO"
});
function parseTokens(script, where, contract = defaults.contract) {
	return readPieces(piecesOf(script, (_, offset) => `${where}, column ${offset + 1}`), readingFor(contract));
}
function piecesOf(script, where) {
	let start = 0;
	return script.split(",").map((text, index, all) => {
		const offset = start + (text.trim() === "" ? 0 : text.search(/\S/));
		start += text.length + 1;
		return {
			text: text.trim(),
			where: () => where(index, offset),
			empty: emptyText(index, all.length)
		};
	});
}
function emptyText(index, count) {
	if (count === 1) return "an empty script";
	if (index === 0) return "nothing before the first comma";
	return index === count - 1 ? "nothing after the last comma" : "nothing between two commas";
}
function readPieces(pieces, { vocabulary, unit, most, code, contract }) {
	const tokens = [];
	const left = leftFor(pieces, most);
	for (const { text, where, empty } of pieces) {
		const unusable = (expected, got) => new UsageError(code, `${where()}: expected ${expected}, as ${unit} ${tokens.length + 1}, got ${got}`);
		const [word, times] = repetition(text, left);
		if (word === "") throw unusable(listed(vocabulary), text === "" ? empty : quoted(text));
		const token = readWord(word, vocabulary, contract);
		if (typeof token === "string") throw unusable(token, quoted(word) + suggested(word, vocabulary, contract));
		if (times === null) throw unusable(`a word, or one with a count such as ${word}*3`, quoted(text));
		if (tokens.length + times > most) {
			const count = tokens.length + times;
			throw new UsageError(code, `${where()}: expected at most ${most} ${unit}s, got ${count} with ${quoted(text)}`);
		}
		for (let count = 0; count < times; count += 1) tokens.push(token);
	}
	return tokens;
}
function leftFor(pieces, most) {
	const others = pieces.map(({ text }) => text.endsWith("*") ? 0 : repetition(text, 0)[1] ?? 0);
	return Math.max(0, most - others.reduce((sum, times) => sum + times, 0));
}
function repetition(text, left) {
	const star = text.indexOf("*");
	if (star < 0) return [text, 1];
	const count = text.slice(star + 1).trim();
	if (count === "") return [text.slice(0, star).trim(), left];
	return [text.slice(0, star).trim(), /^[1-9]\d*$/.test(count) ? Number(count) : null];
}
function readWord(text, vocabulary, contract) {
	const word = wordAt(text, vocabulary);
	if (word === void 0) return listed(vocabulary);
	const play = word.play(text, contract);
	return play === null ? word.expected : {
		...play,
		text
	};
}
const wordAt = (text, vocabulary) => vocabulary.find(({ begins }) => begins.test(text));
function listed(vocabulary) {
	const written = vocabulary.map(({ written }) => written);
	return `${written.slice(0, -1).join(", ")} or ${written.at(-1)}`;
}
function suggested(text, vocabulary, contract) {
	if (/[\s;|]/.test(text)) return "; words are separated by commas";
	if (wordAt(text, vocabulary) !== void 0) return "";
	const [name = ""] = text.split(":", 1);
	const named = vocabulary.filter((word) => word.name !== "");
	const near = closest(name, named.map((word) => word.name));
	const word = named.find((each) => each.name === near);
	if (word === void 0) return "";
	const whole = word.name + text.slice(name.length);
	return `; did you mean ${word.play(whole, contract) === null ? word.written : whole}?`;
}
const mostShown = 40;
function quoted(text) {
	return showControlCharacters(JSON.stringify(cutTo(mostShown, text)));
}
// src/lab/scenario-written.ts
const mostSessions = 1e3;
function writtenScenario(written, name, contract, places = { where: (path) => [`scenario ${name}`, pathText(path)].join(", ") }) {
	const sessions = sessionsOf(written, contract, places);
	if (sessions.length > mostSessions) throw unusable$1(places.where(["deliveries"]), `at most ${mostSessions} sessions, got ${sessions.length}`);
	const own = line(written.name ?? name);
	return {
		name: own,
		title: line(withFigures(written.title ?? own, contract)),
		incident: written.incident === void 0 ? null : line(withFigures(written.incident, contract)),
		deliveries: sessions.map(({ planned }) => planned),
		expect: {
			deliveries: sessions.map(({ end: { outcome, attempts } }) => ({
				outcome,
				attempts
			})),
			processed: sessions.map(({ end: { processed } }) => processed)
		}
	};
}
function sessionsOf(written, contract, places) {
	const { attempts, deliveries = [], expect = {} } = written;
	const one = (delivery, path) => {
		const script = scriptOf(delivery.attempts, [...path, "attempts"], contract, places);
		const planned = {
			startsAtMs: startOf(delivery.startsAt ?? 0, [...path, "startsAt"], places),
			script
		};
		const expectPath = delivery.expect === void 0 ? ["expect"] : [...path, "expect"];
		return {
			planned,
			end: endOf(planned, {
				...expect,
				...delivery.expect
			}, expectPath, contract, places)
		};
	};
	if (attempts !== void 0) return [one({ attempts }, [])];
	return deliveries.flatMap((delivery, index) => Array.from({ length: delivery.times ?? 1 }).fill(one(delivery, ["deliveries", index])));
}
function scriptOf(attempts, path, contract, { where }) {
	return readPieces(typeof attempts === "object" ? attempts.map((word, index) => ({
		text: String(word).trim(),
		where: () => where([...path, index], 0),
		empty: "an empty word"
	})) : piecesOf(String(attempts), (index) => where(path, index)), readingFor(contract));
}
function startOf(startsAt, path, { where }) {
	const text = String(startsAt);
	if (/^[0.]+(ms|s|m|h)?$/.test(text)) return 0;
	const ms = parseDelayMs(text);
	if (ms === null) throw unusable$1(where(path), `a duration of at most 24h, such as 30s, got "${text}"`);
	return ms;
}
function endOf(planned, expected, path, contract, { where }) {
	const most = contract.retry.delaysMs.length + 1;
	const { deliveries, processed } = expectationOf([planned], contract);
	const [led = {
		outcome: "abandoned",
		attempts: most
	}] = deliveries;
	const outcome = expected.outcome ?? led.outcome;
	const attempts = expected.attempts ?? (outcome === led.outcome ? led.attempts : most);
	if (outcome === "abandoned" && attempts !== most) throw unusable$1(where([...path, "attempts"]), `${most} where it is abandoned, got ${attempts}`);
	return {
		outcome,
		attempts,
		processed: expected.processed ?? processed[0] ?? 1
	};
}
const line = (text) => text.replaceAll(/\s+/g, " ").trim();
const unusable$1 = (where, expected) => new UsageError("ERR_SCENARIO", `${where}: expected ${expected}`);
// src/lab/scenario-file.ts
const folder = join(dirname(createRequire(import.meta.url).resolve("#package.json")), "fixtures", "scenarios");
const schemaFile = join(folder, "scenario.schema.json");
const kind = {
	code: "ERR_SCENARIO",
	expected: "a scenario with attempts or deliveries"
};
const namePattern = /^[a-z]+(-[a-z]+)*$/;
function loadScenario(file, contract = defaults.contract) {
	const document = readDocument(kind, `scenario ${file}`, file);
	return writtenScenario(assertScenario(document, JSON.parse(readFileSync(schemaFile, "utf8"))), basename(file, extname(file)), contract, { where: (path, piece) => `${document.title}, ${document.where(path, piece)}` });
}
function scenarioOf(script, contract = defaults.contract) {
	const tokens = parseTokens(script, "scenario", contract);
	const text = tokens.map(({ text }) => text).join(",");
	const deliveries = [{
		startsAtMs: 0,
		script: tokens
	}];
	return {
		name: text,
		title: text,
		incident: null,
		deliveries,
		expect: expectationOf(deliveries, contract)
	};
}
function namedScenarios(contract = defaults.contract) {
	return names().map((name) => namedScenario(name, contract));
}
function names() {
	return readdirSync(folder).flatMap((file) => extname(file) === ".json" ? [basename(file, ".json")] : []).filter((name) => namePattern.test(name)).sort();
}
function namedScenario(name, contract) {
	return writtenScenario(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")), name, contract);
}
function findScenario(given, contract = defaults.contract) {
	const text = given.trim();
	if (namePattern.test(text) && existsSync(join(folder, `${text}.json`))) return namedScenario(text, contract);
	if (/^https?:\/\//i.test(text)) throw unusable("a name, a file or a script such as 503,timeout,pass, got a URL; --url names the receiver");
	if (/[/\\]|\.(json|ya?ml)$/i.test(text)) return loadScenario(text, contract);
	if (!/^$|[\s,;|*:]/.test(text) && wordAt(text, words) === void 0) {
		if (isFile(text)) return loadScenario(text, contract);
		const meant = suggestion(text, [...names(), ...words.map(({ name }) => name).filter(Boolean)]);
		throw unusable(`the name of a scenario (--list tells them), a file, or a script such as 503,timeout,pass, got ${quoted(text)}${meant}`);
	}
	return scenarioOf(given, contract);
}
const isFile = (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
const unusable = (expected) => new UsageError("ERR_SCENARIO", `scenario: expected ${expected}`);
// src/lab/shown-time.ts
const aroundMs = 6048e5;
const moments = new RegExp([
	String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`,
	String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d )?(?:${"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"})(?: \d\d)? \d{4} \d\d:\d\d:\d\d(?: GMT(?:[+-]\d{4})?(?: \([^()\n]*\))?)?`,
	String.raw`(?<![\w.-])\d{13}(?:\.\d+)?(?![\w-])`,
	String.raw`(?<![\w.-])\d{10}(?:\.\d+)?(?![\w-])`
].join("|"), "g");
function timeShownSince(startedAt) {
	let any = false;
	return {
		any: () => any,
		show: (text) => text.replace(moments, (found) => {
			const at = momentOf(found);
			if (at === null || Math.abs(at - startedAt) > aroundMs) return found;
			any = true;
			return sinceText(Math.max(at - startedAt, at - startedAt > -1e3 ? 0 : -Infinity));
		})
	};
}
function momentOf(text) {
	if (/^\d{10}(\.|$)/.test(text)) return Number(text) * 1e3;
	if (/^\d{13}(\.|$)/.test(text)) return Number(text);
	return parseTime(text.replace(",", (comma, index) => index > 10 ? "." : comma));
}
function sinceText(ms) {
	const sign = ms < 0 ? "-" : "+";
	const whole = Math.round(Math.abs(ms));
	const two = (count) => String(count).padStart(2, "0");
	const hours = Math.floor(whole / 36e5);
	const rest = String(whole % 1e3).padStart(3, "0");
	return `T${sign}${two(hours)}:${two(Math.floor(whole / 6e4) % 60)}:${two(Math.floor(whole / 1e3) % 60)}.${rest}`;
}
// src/report/evidence.ts
const cutMark = /… \[cut: ([\d,]+) of ([\d,]+) bytes shown\]$/;
function capText(text, maxBytes) {
	const bytes = Buffer.from(text, "utf8");
	if (bytes.length <= maxBytes) return text;
	let end = Math.max(0, Math.trunc(maxBytes));
	while (end > 0 && isContinuationByte(bytes[end])) end--;
	return `${bytes.toString("utf8", 0, end)}… [cut: ${grouped(end)} of ${grouped(bytes.length)} bytes shown]`;
}
function bytesToText(bytes) {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
const isContinuationByte = (byte) => byte !== void 0 && (byte & 192) === 128;
const grouped = (count) => count.toLocaleString("en-US");
// src/report/virtual-time.ts
function formatOffset(offsetMs) {
	const wholeMs = Math.round(offsetMs);
	const ms = wholeMs % 1e3;
	const seconds = Math.floor(wholeMs / 1e3);
	const clock = [
		Math.floor(seconds / 3600),
		Math.floor(seconds / 60) % 60,
		seconds % 60
	].map((part) => String(part).padStart(2, "0")).join(":");
	return ms === 0 ? clock : `${clock}.${String(ms).padStart(3, "0")}`;
}
// src/lab/timeline.ts
const indentWidth = 10;
const mostNamed = 4;
function timelineHead({ scenario, receiver, sessionIds, contract }) {
	const named = scenario.incident === null ? [scenario.title] : [`${scenario.name}: ${scenario.title}`, scenario.incident];
	const sessions = sessionIds ?? [];
	const shown = sessions.length === 1 ? [`session: ${sessions[0]}`] : sessions.slice(0, mostNamed).map((id, index) => `session ${index + 1}: ${id}`);
	if (sessions.length > mostNamed) shown.push(`and ${sessions.length - mostNamed} more sessions`);
	const { method, contentType, sessionHeader } = contract.request;
	const sends = `each attempt sends: ${method} with Content-Type: ${contentType} and ${sessionHeader}`;
	return [
		...named,
		`receiver: ${receiver.title}`,
		...shown,
		sends
	];
}
function timelineLines(moment, view) {
	const { deliveries } = view.scenario;
	const told = new Map();
	for (const event of moment) {
		const lines = eventLines(event, view);
		const delivery = "delivery" in event ? event.delivery : null;
		const key = delivery === null ? `${told.size}` : lines.join("\n");
		const entry = told.get(key) ?? {
			lines,
			sessions: []
		};
		if (delivery !== null) entry.sessions.push(delivery + 1);
		told.set(key, entry);
	}
	const text = [...told.values()].flatMap(({ lines: [first = "", ...others], sessions }) => {
		return [(deliveries.length === 1 || sessions.length === 0 ? "" : `${sessionsText(sessions)}: `) + first, ...others];
	});
	const at = formatOffset(moment[0]?.offsetMs ?? 0);
	return text.map((line, index) => (index === 0 ? `${at}  ` : "").padEnd(indentWidth) + line);
}
function sessionsText(sessions) {
	if (sessions.length === 1) return `session ${sessions[0]}`;
	if (sessions.length > mostNamed) return `${sessions.length} sessions`;
	return `sessions ${sessions.slice(0, -1).join(", ")} and ${sessions.at(-1)}`;
}
function eventLines(event, view) {
	switch (event.kind) {
		case "attempt-started": {
			const attempts = view.contract.retry.delaysMs.length + 1;
			return [`attempt ${event.number} of ${attempts}`, onTheWay(event.token, view)];
		}
		case "attempt-ended": return [cameBack(event.attempt, event.token, view)];
		case "copy-ended": return [`the copy: ${answerOf(event.attempt)}`];
		case "delivered-late": return [`what was held up is delivered now: ${answerOf(event.attempt)}`];
		case "retry-due": {
			const { number, dueMs, delayMs } = event;
			return [`attempt ${number} is due at ${formatOffset(dueMs)}, ${minutes(delayMs)} after this one`];
		}
		case "acknowledged": return ["acknowledged: no further attempt"];
		case "abandoned": return [`abandoned for good after ${event.attempts} failed attempts`];
		case "restarted": return ["the receiver was restarted"];
		case "printed": return [`the receiver printed: ${showControlCharacters(event.text)}`];
		case "answered-late": return [`the receiver answered ${event.status} to arrival ${event.arrival}, when the sender had left`];
		case "crashed": return [`the receiver crashed: ${showControlCharacters(event.text)}`];
	}
}
function timelineEnd(played, view) {
	const { scenario, receiver, howToMove = howToMoveByOptions } = view;
	const effects = `effects: processed ${summed(played.deliveries.map(({ processed }) => times(processed ?? 0)))}`;
	return [
		...played.effectsUnseen === null ? [effects] : [`effects: not seen; ${showControlCharacters(played.effectsUnseen)}`],
		...played.caveats.map((caveat) => `note: ${caveat}`),
		...verdictLines(verdictOf(scenario, played, receiver.kind, howToMove), expectedText(scenario, played))
	];
}
function verdictLines(verdict, expected) {
	switch (verdict.kind) {
		case "as-expected": return [`as expected: ${expected}`];
		case "not-as-expected": return verdict.unmet.map(unmetText);
		case "inconclusive": return verdict.reasons.map(inconclusiveText);
	}
}
const inconclusiveText = (reason) => `INCONCLUSIVE: ${showControlCharacters(reason)}`;
function expectedText({ expect }, { effectsUnseen }) {
	const ends = summed(expect.deliveries.map(endText));
	return effectsUnseen === null ? `${ends}, processed ${summed(expect.processed.map(times))}` : ends;
}
function summed(words) {
	const counts = new Map();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	const [first, ...others] = [...counts];
	if (first === void 0) return "";
	if (others.length === 0) return first[0];
	return [...counts].map(([word, count]) => `${word} (${count} session${count === 1 ? "" : "s"})`).join(", ");
}
function unmetText({ expected, actual, where }) {
	return `NOT AS EXPECTED${where === "" ? "" : `, ${where}`}: expected ${expected}, got ${showControlCharacters(actual)}`;
}
function onTheWay(token, { receiver }) {
	switch (token.kind) {
		case "pass": return "pass: nothing is in its way";
		case "drop": return "drop: it is lost before it arrives";
		case "cut": return "cut: the connection ends in the middle of the body";
		case "lost-ack": return "lost-ack: it is delivered, and the connection is gone before the answer is seen";
		case "late-ack": return `${token.text}: it is delivered, and the answer is held back until ${seconds(token.ms)} have passed`;
		case "delayed": return `${token.text}: it is held up, and delivered only after ${seconds(token.ms)}`;
		case "duplicate": return "duplicate: it is delivered twice at nearly the same time";
		case "restart": return "restart: the receiver is started anew, then it is delivered";
		case "receiver": return receiver.kind === "embedded" ? `${token.text}: what the receiver does` : `${token.text}: what a gateway does in the receiver's stead; it is not delivered`;
	}
}
function cameBack(attempt, token, view) {
	const isVirtual = view.receiver.sharesTime || token.kind === "receiver";
	const ms = attempt.timings.headersMs ?? attempt.timings.endMs;
	const took = isVirtual && ms > 0 ? ` after ${seconds(ms)}` : "";
	const { outcome, response } = attempt;
	if (outcome.kind === "acknowledged") {
		const body = response?.bodyEnd === "complete" ? "" : `, though its body did not end rightly (${response?.bodyEnd})`;
		return `came back${took}: ${answerOf(attempt)}${body}`;
	}
	return `${response === null ? "nothing came back" : `came back${took}: ${answerOf(attempt)}`}; failed (${outcome.reason}): ${showControlCharacters(outcome.message)}`;
}
const mostBodyCharacters = 100;
function answerOf({ response, outcome }) {
	if (response === null) return outcome.kind === "failed" ? showControlCharacters(outcome.message) : "";
	const text = bytesToText(response.body);
	const cut = cutTo(mostBodyCharacters, text);
	const body = cut.trim() === "" ? "" : ` ${showControlCharacters(cut.trim())}`;
	return `${response.status} ${showControlCharacters(response.statusText)}`.trim() + body;
}
const seconds = (ms) => `${Number((ms / 1e3).toFixed(3))} s`;
function minutes(ms) {
	const count = ms / 6e4;
	return `${count} minute${count === 1 ? "" : "s"}`;
}
// src/lab/play-scenario.ts
async function playScenario(app, scenario, options = {}) {
	const chosen = typeof scenario === "string" ? findScenario(scenario) : scenario;
	const place = placeOf(app);
	assertPlayable(place, chosen, options);
	const contract = defaults.contract;
	const events = receiverEvents();
	const headers = headerList(options.headers);
	const probe = probeOf(options.processed);
	const clock = options.clock ?? clockFor(place);
	const { signal } = options;
	const { settleMs, settleWhereTimeIsFreeMs } = defaults.scenario;
	try {
		const { advance } = options;
		const startAt = clock.now();
		const started = await startScenarioReceiver({
			app,
			path: options.path ?? defaults.path,
			clock,
			sharesClock: options.clock !== void 0,
			contract,
			ca: options.ca ?? [],
			probe,
			on: events.emit,
			...signal && { signal }
		});
		const receiver = advance === void 0 ? started : advancing(started, async (ms) => advance(ms), startAt, signal ?? new AbortController().signal);
		try {
			const sessionIds = options.sessionIds ?? inventedFor(place, chosen);
			const view = {
				scenario: chosen,
				receiver,
				contract,
				sessionIds: options.sessionIds !== void 0 || isFresh(place) ? sessionIds : null,
				howToMove
			};
			const shown = timeShownSince(clock.now());
			const show = options.clock === void 0 && place.kind !== "embedded" ? (text) => shown.show(text) : (text) => text;
			const lines = [...timelineHead(view), ""];
			const played = await play({
				scenario: chosen,
				receiver,
				receiverEvents: events,
				clock,
				contract,
				sessionIds,
				headers,
				settleMs: options.settleMs ?? (receiver.sharesTime ? settleWhereTimeIsFreeMs : settleMs),
				on(event) {
					lines.push(...timelineLines(event, view));
					options.on?.(event);
				},
				...signal && { signal }
			});
			const told = receiver.probe === null ? howToTell(place, played) : played;
			lines.push("", ...timelineEnd(told, view));
			const sent = customHeaders(headers, contract).sent;
			const redactor = createRedactor(secretsOf({
				url: receiver.url,
				headers: sent,
				credentials: sent
			}));
			return resultOf(chosen, told, receiver.kind, redactor.redactText(show(lines.join("\n"))));
		} finally {
			await receiver.close();
		}
	} finally {
		if (options.clock === void 0) clock.close();
	}
}
function assertPlayable(place, scenario, options) {
	const reason = whyNotPlayed(place.kind === "url" || place.kind === "embedded" ? place.kind : "app", scenario);
	if (reason !== null) throw new UsageError("ERR_SCENARIO", `${scenario.name}: ${reason}`);
	const { clock, sessionIds } = options;
	if (clock !== void 0 && place.kind === "url") throw new UsageError("ERR_SCENARIO", "clock: expected an app beside it, got a URL, where time is not ours to move");
	if (sessionIds !== void 0 && sessionIds.length !== scenario.deliveries.length) {
		const count = scenario.deliveries.length;
		throw new UsageError("ERR_SCENARIO", `sessionIds: expected ${count}, one a delivery, got ${sessionIds.length}`);
	}
}
const isFresh = ({ kind }) => kind === "embedded" || kind === "module";
const clockFor = (place) => virtualClock(place.kind === "embedded" ? {} : { startAt: Math.round(systemClock.now()) });
function inventedFor(place, { name, deliveries }) {
	const nonce = isFresh(place) ? "" : randomBytes(8).toString("hex");
	return deliveries.map((_, index) => sessionIdPrefix + hexOf(18, "repro", nonce, name, index));
}
function headerList(given = []) {
	return Array.isArray(given) ? given : Object.entries(given);
}
function probeOf(processed) {
	if (processed === void 0) return null;
	return {
		name: "processed()",
		isOwn: true,
		async count(sessionId) {
			const count = await processed(sessionId);
			if (Number.isInteger(count) && count >= 0) return count;
			throw new UsageError("ERR_PROCESSED", `processed: expected it to tell a whole number, got ${String(count)}`);
		}
	};
}
function howToTell(place, played) {
	return place.kind === "live" || place.kind === "url" ? {
		...played,
		effectsUnseen: "pass processed: (sessionId) => number"
	} : played;
}
const howToMove = (kind) => kind === "url" ? "advance: (ms) => … moves the receiver and what it keeps time by" : "advance: (ms) => … moves what is outside the app; an app of this process moves with the clock that it was built with (clock), or as the path of its module";
function resultOf(scenario, played, kind, timeline) {
	const verdict = verdictOf(scenario, played, kind, howToMove);
	return {
		scenario,
		deliveries: played.deliveries.map((delivery) => ({
			...delivery,
			attempts: delivery.attempts.map(({ token, attempt }) => ({
				...attempt,
				token: token.text,
				status: attempt.response?.status ?? null
			}))
		})),
		events: played.events,
		expectation: {
			met: verdict.kind === "as-expected",
			unmet: verdict.kind === "not-as-expected" ? verdict.unmet : [],
			unseen: verdict.kind === "inconclusive" ? verdict.reasons : []
		},
		caveats: played.caveats,
		effectsUnseen: played.effectsUnseen,
		timeline
	};
}
// src/lab/receiver-from-words.ts
const mostWords = 1e3;
async function receiverFromWords({ script, clock, ...rest }) {
	const steps = typeof script === "string" ? stepsOf(script) : script;
	return createScriptedReceiver({
		...rest,
		script: steps,
		clock: clock ?? systemClock
	});
}
function stepsOf(script) {
	return readPieces(piecesOf(script, (_, offset) => `script, column ${offset + 1}`), {
		vocabulary: receiverWords,
		unit: "word",
		most: mostWords,
		code: "ERR_SCRIPT",
		contract: defaults.contract
	}).flatMap((token) => token.kind === "receiver" ? [token.step] : []);
}
// src/lab/played-json.ts
const ownNames = new Set([
	"schemaVersion",
	"name",
	"kind",
	"verdict",
	"token",
	"phase",
	"code",
	"bodyEnd",
	"startedAt",
	"sessionId",
	"attempts"
]);
const reasons = new Set([
	"status",
	"timeout",
	"connect",
	"reset",
	"tls",
	"dns",
	"protocol"
]);
const isOwnWord = (name, text) => ownNames.has(name) || name === "reason" && reasons.has(text);
const mostBodyBytes = 8192;
function playedFacts(scenario, receiver, played) {
	const verdict = verdictOf(scenario, played, receiver.kind, howToMoveByOptions);
	return {
		schemaVersion: "1.0",
		scenario: {
			name: scenario.name,
			title: scenario.title,
			incident: scenario.incident,
			deliveries: scenario.deliveries.map(({ startsAtMs, script }) => ({
				startsAtMs,
				attempts: script.map(({ text }) => text)
			}))
		},
		receiver: {
			kind: receiver.kind,
			title: receiver.title
		},
		deliveries: played.deliveries.map(({ sessionId, outcome, attempts, processed }) => ({
			sessionId,
			outcome,
			processed,
			attempts: attempts.map((each) => attemptFacts(each, receiver.sharesTime))
		})),
		receiverEvents: played.events.flatMap((event) => event.kind === "printed" || event.kind === "answered-late" || event.kind === "crashed" ? [event] : []),
		caveats: played.caveats,
		effects: {
			seen: played.effectsUnseen === null,
			reason: played.effectsUnseen
		},
		verdict: verdict.kind,
		expectation: {
			met: verdict.kind === "as-expected",
			expected: scenario.expect,
			unmet: verdict.kind === "not-as-expected" ? verdict.unmet : [],
			unseen: verdict.kind === "inconclusive" ? verdict.reasons : []
		}
	};
}
function attemptFacts({ token, attempt }, sharesTime) {
	const { number, offsetMs, outcome, timings } = attempt;
	return {
		number,
		token: token.text,
		offsetMs,
		durationMs: sharesTime || token.kind === "receiver" ? timings.endMs : null,
		outcome,
		response: responseFacts(attempt)
	};
}
function responseFacts({ response }) {
	if (response === null) return null;
	const { status, statusText, body, bodyEnd } = response;
	return {
		status,
		statusText,
		body: capText(bytesToText(body), mostBodyBytes),
		bodyEnd
	};
}
export { startAcknowledgingReceiver as A, suppliedSessions as B, documentOf as C, howToMoveByOptions as D, whyNotPlayed as E, ProbeError as F, redacted as G, secretsOf as H, advancing as I, spellingsOf as J, findSecrets as K, hexOf as L, createScriptedReceiver as M, createRecordingServer as N, verdictOf as O, RequestReader as P, inventedSessions as R, assertSchema as S, receiverEvents as T, namesASecret as U, secretsInUrl as V, createRedactor as W, namedShortSecrets as Y, namedScenarios as _, playScenario as a, showControlCharacters as b, timelineLines as c, bytesToText as d, capText as f, loadScenario as g, findScenario as h, headerList as i, play as j, serveApp as k, verdictLines as l, timeShownSince as m, playedFacts as n, timelineEnd as o, cutMark as p, mergeRanges as q, receiverFromWords as r, timelineHead as s, isOwnWord as t, formatOffset as u, scenarioOf as v, readDocument as w, showsAsItself as x, readPieces as y, sessionIdPrefix as z };

//# sourceMappingURL=lab-DQqfHKWn.js.map