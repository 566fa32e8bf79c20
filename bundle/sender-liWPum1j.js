import { o as __toESM } from "./rolldown-runtime-Dq7tRbEa.js";
import { j as UsageError, p as defaults, y as harness } from "./main-C_aTT-j6.js";
import { t as require_fake_timers_src } from "./fake-timers-DujAWaqf.js";
import { v as isoTime, y as parseTime } from "./catalogue-DCc5JICU.js";
import { t as require_ipaddr } from "./ipaddr-BkdODApF.js";
import { X509Certificate } from "node:crypto";
import { request, validateHeaderName, validateHeaderValue } from "node:http";
import { connect, isIP, isIPv6 } from "node:net";
import { TLSSocket, checkServerIdentity, connect as connect$1, createSecureContext, rootCertificates } from "node:tls";
import { domainToASCII } from "node:url";
import { request as request$1 } from "node:https";
import { lookup } from "node:dns/promises";
// src/clock/delay.ts
const longestTimeoutMs = 2 ** 31 - 1;
const longestDelayMs = 864e13;
function wholeDelayMs(ms) {
	if (!(ms <= longestDelayMs)) throw new RangeError(`a delay is at most ${longestDelayMs} ms, got ${ms}`);
	return ms > 0 ? Math.ceil(ms) : 0;
}
// src/clock/sleep.ts
function sleepOn(clock, ms, signal) {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(signal.reason);
			return;
		}
		const abort = () => {
			timer.cancel();
			reject(signal?.reason);
		};
		const timer = clock.timer(ms, () => {
			signal?.removeEventListener("abort", abort);
			resolve();
		});
		signal?.addEventListener("abort", abort);
	});
}
// src/clock/system-clock.ts
const noHold = {
	bind() {},
	release() {}
};
var SystemClock = class {
	kind = "system";
	now() {
		return performance.timeOrigin + performance.now();
	}
	timer(ms, fire) {
		let leftMs = wholeDelayMs(ms) + 1;
		let handle;
		const arm = () => {
			const stepMs = Math.min(leftMs, longestTimeoutMs);
			leftMs -= stepMs;
			handle = setTimeout(leftMs > 0 ? arm : fire, stepMs);
		};
		arm();
		return { cancel: () => clearTimeout(handle) };
	}
	sleep(ms, signal) {
		return sleepOn(this, ms, signal);
	}
	hold() {
		return noHold;
	}
	stall(_port, ms, signal) {
		return this.sleep(ms, signal);
	}
};
const systemClock = new SystemClock();
// src/clock/holds.ts
var Holds = class {
	#changed;
	#out = new Set();
	#byPort = new Map();
	constructor(changed) {
		this.#changed = changed;
	}
	get out() {
		return this.#out.size;
	}
	boundTo(port) {
		return this.#byPort.get(port);
	}
	take() {
		const ports = [];
		let stalls = 0;
		let released = false;
		const hold = {
			bind: (port) => {
				if (released) return;
				ports.push(port);
				this.#byPort.set(port, hold);
			},
			release: () => {
				released = true;
				for (const port of ports) if (this.#byPort.get(port) === hold) this.#byPort.delete(port);
				this.#giveBack(hold);
			},
			pause: () => {
				stalls += 1;
				this.#giveBack(hold);
			},
			resume: () => {
				stalls -= 1;
				if (stalls === 0 && !released) this.#takeOut(hold);
			}
		};
		this.#takeOut(hold);
		return hold;
	}
	#takeOut(hold) {
		this.#out.add(hold);
		this.#changed();
	}
	#giveBack(hold) {
		if (this.#out.delete(hold)) this.#changed();
	}
};
// src/clock/timer-queue.ts
var import_fake_timers_src = require_fake_timers_src();
var TimerQueue = class {
	#fake;
	#moments = new Map();
	#reached;
	#size = 0;
	constructor(startAt) {
		this.#fake = (0, import_fake_timers_src.createClock)(startAt);
	}
	get now() {
		return this.#fake.now;
	}
	get size() {
		return this.#size;
	}
	nextDue() {
		return this.#size === 0 ? null : Math.min(...this.#moments.keys());
	}
	add(ms, fire, together) {
		const due = this.now + wholeDelayMs(ms);
		const moment = this.#moments.get(due) ?? this.#open(due);
		const timer = {
			fire,
			together,
			cancel: () => this.#remove(moment, timer)
		};
		moment.timers.add(timer);
		this.#size += 1;
		return timer;
	}
	take() {
		const taken = [];
		while (this.#size > 0) {
			const moment = this.#reached;
			const timer = moment?.next ?? moment?.inOrder.next().value;
			if (moment === void 0 || timer === void 0) {
				if (taken.length > 0) break;
				this.#fake.next();
				continue;
			}
			moment.next = void 0;
			if (!moment.timers.has(timer)) continue;
			if (taken.length > 0 && !timer.together) {
				moment.next = timer;
				break;
			}
			this.#remove(moment, timer);
			taken.push(timer.fire);
			if (!timer.together) break;
		}
		return taken;
	}
	clear() {
		for (const moment of this.#moments.values()) for (const timer of moment.timers) this.#remove(moment, timer);
	}
	#open(due) {
		const timers = new Set();
		const moment = {
			due,
			timers,
			inOrder: timers.values(),
			next: void 0,
			wake: 0
		};
		this.#moments.set(due, moment);
		this.#approach(moment);
		return moment;
	}
	#approach(moment) {
		const arrive = () => {
			if (moment.due > this.now) this.#approach(moment);
			else this.#reached = moment;
		};
		moment.wake = this.#fake.setTimeout(arrive, Math.min(moment.due - this.now, longestTimeoutMs));
	}
	#remove(moment, timer) {
		if (!moment.timers.delete(timer)) return;
		this.#size -= 1;
		if (moment.timers.size > 0) return;
		this.#fake.clearTimeout(moment.wake);
		this.#moments.delete(moment.due);
	}
};
// src/clock/virtual-clock.ts
const { setImmediate: setImmediate$1, clearImmediate, setTimeout: setTimeout$1, clearTimeout: clearTimeout$1, performance: performance$1 } = globalThis;
function virtualClock(options = {}) {
	return new GatedClock(options.startAt ?? Date.UTC(2025, 0, 1), options.speed ?? Infinity);
}
var GatedClock = class {
	kind = "virtual";
	#timers;
	#holds = new Holds(() => this.#regulate());
	#turn;
	#speed;
	#rest;
	#movedAt = performance$1.now();
	#closed = false;
	#sleepListeners = new Set();
	constructor(startAt, speed) {
		if (!Number.isSafeInteger(startAt)) throw new RangeError(`startAt is a whole number of milliseconds since the Unix epoch, got ${startAt}`);
		if (!(speed > 0)) throw new RangeError(`speed is a number above zero, got ${speed}`);
		this.#speed = speed;
		this.#timers = new TimerQueue(startAt);
	}
	now() {
		return this.#timers.now;
	}
	timer(ms, fire) {
		return this.#set(ms, fire, false);
	}
	#set(ms, fire, together) {
		const timer = this.#timers.add(ms, fire, together);
		if (this.#closed) timer.cancel();
		this.#regulate();
		return timer;
	}
	async sleep(ms, signal) {
		const wake = [...this.#sleepListeners].map((fellAsleep) => fellAsleep());
		try {
			await sleepOn({ timer: (delayMs, fire) => this.#set(delayMs, fire, true) }, ms, signal);
		} finally {
			for (const wokeUp of wake) wokeUp();
		}
	}
	onSleep(listener) {
		this.#sleepListeners.add(listener);
	}
	hold() {
		return this.#holds.take();
	}
	async stall(port, ms, signal) {
		if (this.#holds.boundTo(port) === void 0) await new Promise((resolve) => setImmediate$1(resolve));
		const hold = this.#holds.boundTo(port);
		if (hold === void 0) throw new Error(`cannot stall on port ${port}: no hold is bound to it, so nobody is waiting there`);
		hold.pause();
		try {
			await sleepOn(this, ms, signal);
		} finally {
			hold.resume();
		}
	}
	jumpsTo() {
		return this.#speed === Infinity ? this.#timers.nextDue() ?? this.now() : this.now();
	}
	lend(port) {
		let hold = this.#holds.boundTo(port);
		hold?.pause();
		return { takeBack() {
			hold?.resume();
			hold = void 0;
		} };
	}
	pendingTimers() {
		return this.#timers.size;
	}
	holdsOut() {
		return this.#holds.out;
	}
	close() {
		this.#closed = true;
		this.#timers.clear();
		this.#regulate();
	}
	#regulate() {
		const moves = this.#timers.size > 0 && this.#holds.out === 0;
		if (this.#rest !== void 0) this.#stop();
		if (moves && this.#turn === void 0) this.#turn = setImmediate$1(() => {
			this.#turn = setImmediate$1(() => this.#moveOn());
		});
		else if (!moves) this.#stop();
	}
	#stop() {
		clearImmediate(this.#turn);
		clearTimeout$1(this.#rest);
		this.#turn = void 0;
		this.#rest = void 0;
	}
	#moveOn() {
		this.#turn = void 0;
		if (this.#speed === Infinity) return this.#fireNext();
		const restMs = ((this.#timers.nextDue() ?? this.now()) - this.now()) / this.#speed - (performance$1.now() - this.#movedAt);
		if (restMs <= 0) this.#fireNext();
		else this.#rest = setTimeout$1(() => this.#moveOn(), Math.min(restMs, longestTimeoutMs));
	}
	#fireNext() {
		this.#rest = void 0;
		const before = this.now();
		const taken = this.#timers.take();
		if (this.now() !== before) this.#movedAt = performance$1.now();
		try {
			for (const fire of taken) fire();
		} finally {
			this.#regulate();
		}
	}
};
// src/sender/custom-headers.ts
function customHeaders(headers, contract) {
	const sent = [];
	const dropped = [];
	for (const [name, value] of headers) {
		const encoded = Buffer.from(value, "utf8").toString("latin1");
		assertLegal(name, encoded);
		if (contract.request.systemHeaders.includes(name.toLowerCase())) dropped.push(name);
		else sent.push([name, encoded]);
	}
	return {
		sent,
		dropped
	};
}
function assertLegal(name, value) {
	try {
		validateHeaderName(name);
	} catch {
		throw illegal(`custom header: expected a name that is legal in HTTP, got ${illegalName(name)}`);
	}
	try {
		validateHeaderValue(name, value);
	} catch {
		throw illegal(`custom header ${name}: expected a value that is legal in HTTP, got one with ${illegalIn(value)}`);
	}
}
const illegal = (message) => new UsageError("ERR_CUSTOM_HEADER", message);
function illegalName(name) {
	if (name === "") return "an empty one";
	const [legal = ""] = /^[!#$%&'*+.^_`|~\w-]*/.exec(name) ?? [];
	return `"${legal}" followed by the character U+${(name.codePointAt(legal.length) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
function illegalIn(value) {
	for (const character of value) {
		const code = character.charCodeAt(0);
		if (code === 13) return "a carriage return";
		if (code === 10) return "a line feed";
		if (code === 0) return "a NUL";
		if (code < 32 && code !== 9 || code === 127) return `the control character 0x${code.toString(16).padStart(2, "0")}`;
	}
	return "an illegal character";
}
// src/sender/callback-url.ts
const parts = /^https?:\/\/(?<authority>[^/\\?#]+)(?<path>[^?#]*)(?<query>\?[^#]*)?/is;
const illegalInPath = /[^\x21-\x7e]|["<>`{}\\]/gu;
const illegalInQuery = /[^\x21-\x7e]|["<>]/gu;
function parseCallbackUrl(raw) {
	const trimmed = raw.trim();
	const found = parts.exec(trimmed)?.groups;
	if (found === void 0) throw unusable$1(withoutScheme(trimmed));
	if (!URL.canParse(trimmed)) throw unusable$1("one with a host or port that no URL can have");
	const url = new URL(trimmed);
	if (url.port === "0") throw unusable$1("one with port 0");
	const scheme = url.protocol === "https:" ? "https:" : "http:";
	const path = requestTarget(found.path ?? "", found.query ?? "");
	return {
		raw: trimmed,
		display: `${scheme}//${url.host}${path}`,
		scheme,
		hostname: url.hostname.replace(/^\[|\]$/g, ""),
		port: url.port === "" ? scheme === "https:" ? 443 : 80 : Number(url.port),
		path,
		userinfo: url.username === "" && url.password === "" ? null : {
			username: decoded(url.username),
			password: decoded(url.password)
		}
	};
}
function requestTarget(path, query) {
	const legalPath = path.replace(illegalInPath, (character) => new URL(`http://h/a${character}b`).pathname.slice(2, -1));
	const legalQuery = query.replace(illegalInQuery, (character) => new URL(`http://h/?a${character}b`).search.slice(2, -1));
	return `${legalPath === "" ? "/" : legalPath}${legalQuery}`;
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
function withoutScheme(raw) {
	if (/^https?:/i.test(raw)) return "one without a host";
	const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(raw)?.[1];
	return scheme === void 0 ? "one without a scheme" : `one with the scheme ${scheme.toLowerCase()}:`;
}
function unusable$1(got) {
	return new UsageError("ERR_CALLBACK_URL", `callback URL: expected an absolute https:// or http:// URL such as https://hooks.example.com/scriptix, got ${got}`);
}
// src/sender/callback.ts
const userAgent = `${harness.name}/${harness.version}`;
const legalSessionId = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
function documentedCallback(contract, url, custom, sessionId) {
	assertSessionId(sessionId);
	const { request } = contract;
	const configured = new Set(custom.map(([header]) => header.toLowerCase()));
	const defaults = [
		["User-Agent", userAgent],
		["Accept", "*/*"],
		...basicAuthorization$1(url)
	];
	return {
		sessionId,
		method: request.method,
		path: url.path,
		headers: [
			["Content-Type", request.contentType],
			[request.sessionHeader, sessionId],
			[request.legacySessionHeader, sessionId],
			...defaults.filter(([header]) => !configured.has(header.toLowerCase())),
			...custom
		],
		body: Buffer.from(JSON.stringify({
			[request.sessionField]: sessionId,
			[request.legacySessionField]: sessionId
		}))
	};
}
function assertSessionId(sessionId) {
	if (legalSessionId.test(sessionId)) return;
	throw new UsageError("ERR_SESSION_ID", `session id: expected visible ASCII characters that a header can carry, got ${JSON.stringify(sessionId)}`);
}
function basicAuthorization$1({ userinfo }) {
	if (userinfo === null) return [];
	return [["Authorization", `Basic ${Buffer.from(`${userinfo.username}:${userinfo.password}`).toString("base64")}`]];
}
// src/sender/json-values.ts
const scalars = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;
function changeJsonValues(text, change) {
	let name = "";
	return text.replaceAll(scalars, (token, colon) => {
		if (colon !== void 0) {
			name = JSON.parse(token.slice(0, -colon.length));
			return token;
		}
		const changed = change(token.startsWith("\"") ? JSON.parse(token) : token, name);
		return changed === null ? token : JSON.stringify(changed);
	});
}
// src/sender/callback-template.ts
function templatedCallback(template, contract, url, custom) {
	const { method, body } = template;
	const { sent, missing } = headersOf(template, contract, url, custom);
	const sessionHeaders = new Set(sessionHeadersOf(contract));
	const isNamed = new Set(template.sessionIds);
	const text = jsonTextOf(body);
	return {
		missing,
		callback(sessionId) {
			if (isNamed.has(sessionId)) return {
				sessionId,
				method,
				path: url.path,
				headers: sent,
				body
			};
			assertSessionId(sessionId);
			const changed = (value) => isNamed.has(value) ? sessionId : null;
			return {
				sessionId,
				method,
				path: url.path,
				headers: sent.map(([name, value]) => [name, sessionHeaders.has(name.toLowerCase()) ? changed(value) ?? value : value]),
				body: text === null ? body : Buffer.from(changeJsonValues(text, changed))
			};
		}
	};
}
function headersOf({ headers }, contract, url, custom) {
	const left = connectionHeaders(headers, contract);
	const given = [...custom.some(([name]) => name.toLowerCase() === "authorization") ? [] : basicAuthorization$1(url), ...custom];
	const givenNames = new Set(given.map(([name]) => name.toLowerCase()));
	const placed = new Set();
	const missing = new Set();
	const sent = [];
	for (const [name, value] of headers) {
		const key = name.toLowerCase();
		if (left.has(key) || placed.has(key)) continue;
		if (givenNames.has(key)) {
			placed.add(key);
			for (const [each, own] of given) if (each.toLowerCase() === key) sent.push([name, own]);
		} else if (value === null) missing.add(name);
		else sent.push([name, value]);
	}
	return {
		sent: [...sent, ...given.filter(([name]) => !placed.has(name.toLowerCase()))],
		missing: [...missing]
	};
}
const sessionHeadersOf = ({ request }) => [request.sessionHeader, request.legacySessionHeader].map((name) => name.toLowerCase());
function connectionHeaders(headers, contract) {
	const callbackOwn = new Set(["content-type", ...sessionHeadersOf(contract)]);
	const named = headers.filter(([name]) => name.toLowerCase() === "connection").flatMap(([, value]) => (value ?? "").toLowerCase().split(/[\s,]+/));
	return new Set([
		...contract.request.systemHeaders,
		"proxy-connection",
		...named
	].filter((name) => !callbackOwn.has(name)));
}
function jsonTextOf(body) {
	const text = body.toString();
	try {
		JSON.parse(text);
	} catch {
		return null;
	}
	return Buffer.from(text).equals(body) ? text : null;
}
// src/clock/turn.ts
function turnOfLoop() {
	return new Promise((resolve) => setImmediate(resolve));
}
// src/sender/answer-head.ts
var AnswerError = class extends Error {
	code;
	constructor(code, message) {
		super(message);
		this.code = code;
	}
};
const invalid = (message) => new AnswerError("INVALID_HTTP", message);
const strictStatusLine = /^HTTP\/1\.(\d) ([1-9]\d\d) ([\t\x20-\x7e\x80-\xff]*)$/;
const tolerantStatusLine = /^HTTP\/1\.(\d)[ \t\v\f]+([1-9]\d\d)(?:[ \t\v\f]+(.*))?$/s;
function parseStatusLine(line, tell) {
	const strict = strictStatusLine.exec(line);
	if (strict !== null) return {
		minor: Number(strict[1]),
		status: Number(strict[2]),
		statusText: strict[3]
	};
	const text = withoutControlCharacters(line.replace(/[ \t\v\f]+$/, ""), tell);
	const match = tolerantStatusLine.exec(text);
	if (match === null) {
		if (!line.startsWith("HTTP/")) throw invalid("it does not begin with HTTP/");
		if (!/^HTTP\/1\.\d(?!\d)/.test(line) || /^HTTP\/1\.\d[ \t]+0\d\d(?!\d)/.test(line)) throw invalid("its status line is none of HTTP/1.1");
		throw invalid("its status is no number of three digits");
	}
	const [, minor, status, statusText = ""] = match;
	if (line === `HTTP/1.${minor} ${status}`) tell("no-space-after-status");
	else if (!/^HTTP\/1\.\d \d{3} /.test(line)) tell("stray-white-space");
	return {
		minor: Number(minor),
		status: Number(status),
		statusText
	};
}
const token$1 = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const controlCharacter = /[\x00-\x08\x0a-\x1f\x7f]/;
function withoutControlCharacters(text, tell) {
	if (!controlCharacter.test(text)) return text;
	tell("control-character");
	return text.replaceAll("\0", " ");
}
function parseHeaderLine(line, tell) {
	const colon = line.indexOf(":");
	if (colon === -1) throw invalid("one of its header lines has no colon");
	const name = line.slice(0, colon);
	if (!token$1.test(name)) throw invalid(/[ \t]$/.test(name) ? "white space stands before a colon" : "the name of one of its headers is none");
	return [name, withoutControlCharacters(trimmed(line, colon + 1), tell)];
}
function trimmed(text, from = 0) {
	let start = from;
	let end = text.length;
	while (start < end && isWhite(text.charCodeAt(start))) start += 1;
	while (end > start && isWhite(text.charCodeAt(end - 1))) end -= 1;
	return text.slice(start, end);
}
const isWhite = (code) => code === 32 || code === 9;
function framingOf(headers, tell) {
	const lengths = listed(headers, "content-length");
	const codings = listed(headers, "transfer-encoding");
	if (codings.length > 0) {
		if (lengths.length > 0) throw invalid("its headers contradict each other: a length and a transfer coding");
		return codings.at(-1)?.toLowerCase() === "chunked" ? { kind: "chunked" } : { kind: "until-close" };
	}
	if (lengths.length === 0) return { kind: "until-close" };
	const values = lengths.map((length) => {
		if (!/^\d+$/.test(length)) throw invalid("its Content-Length is no number");
		return length.replace(/^0+(?=\d)/, "");
	});
	if (new Set(values).size > 1) throw invalid("its headers contradict each other: two lengths");
	if (values.length > 1) tell("repeated-content-length");
	return {
		kind: "length",
		bytes: Number(values[0])
	};
}
function keepsAlive(minor, headers) {
	const options = new Set(listed(headers, "connection").map((option) => option.toLowerCase()));
	return !options.has("close") && (minor >= 1 || options.has("keep-alive"));
}
function listed(headers, wanted) {
	const members = [];
	for (const [name, value] of headers) if (name.length === wanted.length && name.toLowerCase() === wanted) {
		if (value.includes(",")) members.push(...value.split(",").map((member) => trimmed(member)));
		else members.push(value);
	}
	return members;
}
// src/sender/answer-reader.ts
const answerCapBytes = 1048576;
const headCapBytes = 65536;
const lineCapBytes = 16384;
const emptyLinesCap = 16;
const beginnings = {
	"status-line": /^(?:\r|H|HT|HTT|HTTP|HTTP\/.*)$/s,
	"chunk-size": /^[0-9a-f]+[ \t]*(?:;.*|\r)?$/is,
	"chunk-end": /^\r$/
};
const beginningBytes = 32;
var AnswerReader = class {
	oddities = new Set();
	reusable = false;
	#listener;
	#isHead;
	#part = "status-line";
	#line = [];
	#lineBytes = 0;
	#headBytes = 0;
	#answerBytes = 0;
	#emptyLines = 0;
	#left = 0;
	#status = null;
	#headers = [];
	#told = false;
	#tell = (oddity) => void this.oddities.add(oddity);
	constructor(listener, method) {
		this.#listener = listener;
		this.#isHead = method === "HEAD";
	}
	read(bytes) {
		this.#answerBytes += bytes.length;
		let at = 0;
		while (at < bytes.length) at = this.#step(bytes, at);
		if (this.#answerBytes > answerCapBytes && !this.#isWhole()) throw overflow();
		this.#tellEnd();
	}
	end() {
		if (this.#part === "until-close") this.#part = "done";
		if (!this.#isWhole()) throw closedEarly();
		this.reusable = false;
		this.#tellEnd();
	}
	#step(bytes, at) {
		switch (this.#part) {
			case "done":
				this.#tell("bytes-after-end");
				this.reusable = false;
				return bytes.length;
			case "switched": return bytes.length;
			case "until-close":
				this.#listener.onData(bytes.subarray(at));
				return bytes.length;
			case "length":
			case "chunk-data": {
				const end = Math.min(at + this.#left, bytes.length);
				this.#left -= end - at;
				this.#listener.onData(bytes.subarray(at, end));
				if (this.#left === 0) this.#part = this.#part === "length" ? "done" : "chunk-end";
				return end;
			}
			default: return this.#stepLine(bytes, at);
		}
	}
	#stepLine(bytes, at) {
		const lineFeed = bytes.indexOf(10, at);
		const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
		this.#measure(end - at);
		if (lineFeed === -1) {
			this.#line.push(bytes.subarray(at));
			if (this.#lineBytes <= beginningBytes || this.#line.length === 1) this.#checkBeginning();
			return end;
		}
		let line;
		if (this.#line.length === 0) line = bytes.toString("latin1", at, lineFeed);
		else {
			this.#line.push(bytes.subarray(at, lineFeed));
			line = Buffer.concat(this.#line).toString("latin1");
			this.#line = [];
		}
		this.#lineBytes = 0;
		if (line.endsWith("\r")) line = line.slice(0, -1);
		else this.#tell("bare-line-feed");
		if (line.includes("\r")) {
			this.#tell("bare-carriage-return");
			line = line.replaceAll("\r", " ");
		}
		this.#take(line);
		return end;
	}
	#measure(bytes) {
		this.#lineBytes += bytes;
		if (this.#part === "status-line" || this.#part === "headers") {
			this.#headBytes += bytes;
			if (this.#headBytes > headCapBytes) throw overflow();
		} else if (this.#lineBytes > lineCapBytes) throw overflow();
		if (this.#answerBytes > answerCapBytes) throw overflow();
	}
	#checkBeginning() {
		const beginning = beginnings[this.#part];
		const text = Buffer.concat(this.#line).toString("latin1", 0, beginningBytes);
		if (beginning === void 0 || beginning.test(text)) return;
		throw new AnswerError("INVALID_HTTP", this.#part === "status-line" ? "it does not begin with HTTP/" : "its chunks are malformed");
	}
	#take(line) {
		switch (this.#part) {
			case "status-line":
				this.#takeStatusLine(line);
				break;
			case "headers":
				if (line === "") this.#endHead();
				else this.#takeHeader(line);
				break;
			case "chunk-size":
				this.#takeChunkSize(line);
				break;
			case "chunk-end":
				if (line !== "") throw new AnswerError("INVALID_HTTP", "a chunk is longer than its size");
				this.#part = "chunk-size";
				break;
			case "trailers": if (line === "") this.#part = "done";
		}
	}
	#takeStatusLine(line) {
		if (line === "") {
			this.#emptyLines += 1;
			this.#tell("empty-line-before");
			if (this.#emptyLines > emptyLinesCap) throw new AnswerError("INVALID_HTTP", "it is nothing but empty lines");
			return;
		}
		this.#status = parseStatusLine(line, this.#tell);
		this.#part = "headers";
		this.#headBytes = line.length;
		this.#headers = [];
		const { status } = this.#status;
		if (status < 200 && status !== 101) this.#status = null;
		else this.#listener.onStatus?.();
	}
	#takeHeader(line) {
		const first = line.charCodeAt(0);
		if (first !== 32 && first !== 9) {
			this.#headers.push(parseHeaderLine(line, this.#tell));
			return;
		}
		const last = this.#headers.pop();
		if (last === void 0) {
			this.#tell("stray-white-space");
			return;
		}
		this.#tell("folded-header");
		const [name, value] = parseHeaderLine(`${last[0]}:${line}`, this.#tell);
		this.#headers.push([name, trimmed(`${last[1]} ${value}`)]);
	}
	#takeChunkSize(line) {
		const match = /^([0-9a-f]+)([ \t]*)(?:;.*)?$/is.exec(line);
		if (match === null) throw new AnswerError("INVALID_HTTP", "its chunks are malformed");
		if (match[2] !== "") this.#tell("stray-white-space");
		this.#left = Number.parseInt(match[1], 16);
		this.#part = this.#left === 0 ? "trailers" : "chunk-data";
	}
	#endHead() {
		if (this.#status === null) {
			this.#part = "status-line";
			return;
		}
		const { minor, status, statusText } = this.#status;
		const headers = this.#headers;
		if (status === 101) this.#part = "switched";
		else if (this.#isHead || status === 204 || status === 304) this.#part = "done";
		else {
			const framing = framingOf(headers, this.#tell);
			if (framing.kind === "chunked") this.#part = "chunk-size";
			else if (framing.kind === "until-close") this.#part = "until-close";
			else {
				this.#left = framing.bytes;
				this.#part = framing.bytes === 0 ? "done" : "length";
			}
		}
		this.reusable = this.#part !== "switched" && this.#part !== "until-close" && keepsAlive(minor, headers);
		this.#listener.onHeaders({
			status,
			statusText,
			headers
		});
	}
	#isWhole() {
		return this.#part === "done" || this.#part === "switched";
	}
	#tellEnd() {
		if (this.#told || !this.#isWhole()) return;
		this.#told = true;
		this.#listener.onComplete();
	}
};
const overflow = () => new AnswerError("HEADERS_OVERFLOW", "it has no end");
function closedEarly() {
	return Object.assign(new Error("closed early"), { code: "CLOSED" });
}
// src/sender/failure.ts
var OpenError = class extends Error {
	name = "OpenError";
	phase;
	constructor(phase, cause) {
		super(messageOf(cause), { cause });
		this.phase = phase;
	}
};
function statusFailure(status) {
	return {
		kind: "failed",
		reason: "status",
		phase: "headers",
		code: String(status),
		message: `the receiver answered ${status}, not a 2XX`
	};
}
function timeoutFailure(phase, deadlineMs) {
	const seconds = `${deadlineMs / 1e3} seconds`;
	return {
		kind: "failed",
		reason: "timeout",
		phase,
		code: "TIMEOUT",
		message: {
			dns: `the name was not resolved within ${seconds}`,
			connect: `no connection was accepted within ${seconds}`,
			tls: `the TLS handshake was not completed within ${seconds}`,
			request: `the request could not be sent within ${seconds}`,
			headers: `no complete status line and headers came within ${seconds}`,
			body: `the body was not complete within ${seconds}`
		}[phase]
	};
}
function connectionFailure(error, phase) {
	const at = error instanceof OpenError ? error.phase : phase;
	const cause = rootCause(error);
	const code = codeOf(cause);
	const reason = reasonOf(code, at);
	return {
		kind: "failed",
		reason,
		phase: at,
		code,
		message: sentence(reason, at, code, detailOf(cause))
	};
}
const resets = new Set([
	"CLOSED",
	"ECONNRESET",
	"EPIPE",
	"ECONNABORTED"
]);
function reasonOf(code, phase) {
	if (phase === "dns") return "dns";
	if (resets.has(code)) return "reset";
	if (phase === "connect") return "connect";
	if (phase === "tls" || code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") return "tls";
	return /^E[A-Z]+$/.test(code) ? "reset" : "protocol";
}
function sentence(reason, phase, code, detail) {
	switch (reason) {
		case "dns": return `the name could not be resolved (${code})`;
		case "connect": return code.startsWith("PROXY_") ? `${detail} (${code})` : `no connection could be made (${code})`;
		case "tls": return `TLS failed: ${detail} (${code})`;
		case "reset": return `the connection was ${code === "CLOSED" ? "closed" : "reset"} ${before(phase)} (${code})`;
		case "protocol": return code === "HEADERS_OVERFLOW" ? `the answer's headers are larger than any client reads (${code})` : `the answer is not HTTP/1.1: ${detail} (${code})`;
		case "status":
		case "timeout": return detail;
	}
}
function before(phase) {
	switch (phase) {
		case "dns":
		case "connect": return "while connecting";
		case "tls": return "during the TLS handshake";
		case "request":
		case "headers": return "without a complete answer";
		case "body": return "in the middle of the body";
	}
}
function rootCause(error) {
	if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
	if (error instanceof OpenError) return rootCause(error.cause);
	return error;
}
function codeOf(error) {
	const { code, errno } = error ?? {};
	if (typeof code !== "string" || code === "") return "UNKNOWN";
	if (code === "ECONNRESET" && errno === void 0) return "CLOSED";
	return code;
}
function detailOf(error) {
	const { reason } = error ?? {};
	if (typeof reason === "string" && codeOf(error).startsWith("ERR_SSL")) return reason;
	return messageOf(error);
}
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}
// src/sender/exchange.ts
const lagMs = 10;
var Exchange = class {
	#result;
	#limits;
	#carrier;
	#startedAt;
	#deadline;
	#resolve = () => {};
	#reject = () => {};
	#settled = false;
	#lagged = false;
	#connectedMs = null;
	#headersMs = null;
	#head = null;
	#chunks = [];
	#bodyBytes = 0;
	constructor(limits, carrier) {
		this.#limits = limits;
		this.#carrier = carrier;
		this.#result = new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
		this.#startedAt = limits.clock.now();
		this.#deadline = limits.clock.timer(limits.deadlineMs, () => this.#late());
	}
	get isSettled() {
		return this.#settled;
	}
	async settled(signal) {
		const interrupt = () => this.fail(signal?.reason);
		signal?.addEventListener("abort", interrupt, { once: true });
		if (signal?.aborted === true) interrupt();
		try {
			return await this.#result;
		} finally {
			signal?.removeEventListener("abort", interrupt);
		}
	}
	async over() {
		await this.#result.catch(() => {});
	}
	onConnect() {
		this.#connectedMs = this.#elapsedMs();
	}
	onHeaders(head) {
		if (this.#settled) return;
		this.#headersMs = this.#elapsedMs();
		this.#head = head;
		if (this.#limits.stopAtHeaders === true) this.#endBody("late");
	}
	onData(chunk) {
		if (this.#settled) return;
		const room = this.#limits.bodyCapBytes - this.#bodyBytes;
		if (room > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
		this.#bodyBytes += chunk.length;
		if (this.#bodyBytes > this.#limits.bodyCapBytes) this.#endBody("over-cap");
	}
	onComplete() {
		this.#endBody("complete");
	}
	onError(error) {
		if (this.#head !== null) this.#endBody(codeOf(error) === "HEADERS_OVERFLOW" ? "over-cap" : "broken");
		else this.#end(connectionFailure(error, this.#phase()), null);
	}
	fail(reason) {
		if (!this.#close()) return;
		this.#reject(reason);
		this.#carrier.giveUp();
	}
	#late() {
		const { clock, deadlineMs } = this.#limits;
		if (!this.#lagged && this.#elapsedMs() > deadlineMs + lagMs) {
			this.#lagged = true;
			this.#deadline = clock.timer(lagMs, () => this.#late());
			return;
		}
		if (this.#head !== null) {
			this.#endBody("late");
			return;
		}
		this.#end(timeoutFailure(this.#phase(), deadlineMs), null);
		this.#carrier.giveUp();
	}
	#phase() {
		return this.#connectedMs === null ? this.#carrier.phase() : "headers";
	}
	#endBody(bodyEnd) {
		if (this.#head === null || this.#settled) return;
		const { status, statusText, headers } = this.#head;
		const acknowledged = status >= 200 && status <= 299;
		this.#end(acknowledged ? {
			kind: "acknowledged",
			status
		} : statusFailure(status), {
			status,
			statusText,
			headers,
			body: this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks),
			bodyEnd,
			oddities: this.#carrier.oddities()
		});
		if (bodyEnd !== "complete") this.#carrier.giveUp();
	}
	#end(outcome, response) {
		if (!this.#close()) return;
		this.#resolve({
			outcome,
			response,
			timings: {
				connectedMs: this.#connectedMs,
				headersMs: this.#headersMs,
				endMs: this.#elapsedMs()
			}
		});
	}
	#close() {
		if (this.#settled) return false;
		this.#settled = true;
		this.#deadline.cancel();
		this.#chunks = [];
		return true;
	}
	#elapsedMs() {
		return this.#limits.clock.now() - this.#startedAt;
	}
};
// src/sender/line.ts
const idleMs = 4e3;
const idleMarginMs = 2e3;
var Line = class {
	socket;
	tcp;
	strayed = false;
	stirred = () => {};
	#exchange = null;
	#reader = null;
	#idleSince = 0;
	#idleForMs = idleMs;
	constructor(socket, tcp) {
		this.socket = socket;
		this.tcp = tcp;
		socket.on("data", (bytes) => this.#read(bytes));
		socket.on("end", () => this.#end());
		socket.on("error", (error) => this.#exchange?.onError(error));
		socket.on("close", () => {
			this.stirred();
			this.#exchange?.onError(closedEarly());
		});
	}
	isOpen() {
		return !this.socket.destroyed && this.socket.readable && !this.strayed;
	}
	isFresh() {
		return this.isOpen() && systemClock.now() - this.#idleSince < this.#idleForMs;
	}
	carry(exchange, reader) {
		this.#exchange = exchange;
		this.#reader = reader;
		this.socket.ref();
	}
	learnIdleTime(headers) {
		this.#idleForMs = idleTimeOf(headers);
	}
	release() {
		this.#exchange = null;
		this.#idleSince = systemClock.now();
		this.socket.unref();
	}
	#read(bytes) {
		this.stirred();
		const exchange = this.#exchange;
		if (exchange === null) {
			this.strayed = true;
			this.socket.destroy();
			return;
		}
		try {
			this.#reader?.read(bytes);
		} catch (error) {
			exchange.onError(error);
			this.socket.destroy();
		}
	}
	#end() {
		this.stirred();
		const exchange = this.#exchange;
		try {
			if (exchange !== null) this.#reader?.end();
		} catch (error) {
			exchange?.onError(error);
		}
		this.socket.destroy();
	}
};
function idleTimeOf(headers) {
	for (const [name, value] of headers) if (name.length === 10 && name.toLowerCase() === "keep-alive") {
		const seconds = /(?:^|[,; \t])timeout=(\d{1,6})/i.exec(value)?.[1];
		if (seconds !== void 0) return Number(seconds) * 1e3 - idleMarginMs;
	}
	return idleMs;
}
// src/sender/callback-host.ts
var import_ipaddr = __toESM(require_ipaddr(), 1);
function classifyHost(url, contract) {
	if (isIP(url.hostname) !== 0) return {
		kind: "ip-address",
		address: import_ipaddr.default.process(url.hostname).toString(),
		written: writtenHost(url)
	};
	const name = withoutRootDot(url.hostname);
	const localhost = suffixOf(name, contract.callbackUrl.localhostSuffixes);
	if (localhost !== void 0) return {
		kind: "localhost",
		suffix: localhost
	};
	const internal = suffixOf(name, contract.callbackUrl.internalSuffixes);
	if (internal !== void 0) return {
		kind: "internal",
		because: "suffix",
		suffix: internal
	};
	if (!name.includes(".")) return {
		kind: "internal",
		because: "single-label"
	};
	return {
		kind: "public-name",
		name
	};
}
function withoutRootDot(hostname) {
	return hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
}
function suffixOf(name, suffixes) {
	return suffixes.find((suffix) => `.${name}`.endsWith(`.${domainToASCII(suffix)}`));
}
function writtenHost(url) {
	const authority = /^https?:\/\/([^/\\?#]+)/i.exec(url.raw)?.[1] ?? url.hostname;
	return authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
}
// src/sender/proxy.ts
function parseProxy(text) {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || url.protocol !== "http:" && url.protocol !== "https:") throw new UsageError("ERR_PROXY", "--proxy: expected an http:// or https:// URL, got something else");
	const secure = url.protocol === "https:";
	return {
		hostname: url.hostname.replace(/^\[|\]$/g, ""),
		port: url.port === "" ? secure ? 443 : 80 : Number(url.port),
		secure,
		authorization: basicAuthorization(url)
	};
}
function basicAuthorization({ username, password }) {
	if (username === "" && password === "") return null;
	try {
		const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
		return `Basic ${Buffer.from(credentials).toString("base64")}`;
	} catch {
		throw new UsageError("ERR_PROXY", "--proxy: expected percent-encoded credentials, got a stray % in them");
	}
}
function openTunnel(proxy, { hostname, port, trust, started }) {
	const authority = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
	return new Promise((opened, failed) => {
		const request$2 = (proxy.secure ? request$1 : request)({
			host: proxy.hostname,
			port: proxy.port,
			method: "CONNECT",
			path: authority,
			servername: isIP(proxy.hostname) === 0 ? proxy.hostname : "",
			agent: false,
			headers: {
				host: authority,
				...proxy.authorization !== null && { "proxy-authorization": proxy.authorization }
			},
			...trust
		});
		started(request$2);
		request$2.on("error", (error) => {
			failed(proxyError(error.code ?? "UNKNOWN", "the proxy could not be used"));
		});
		request$2.once("connect", ({ statusCode = 0 }, socket, head) => {
			if (statusCode >= 200 && statusCode <= 299) {
				if (head.length > 0) socket.unshift(head);
				opened(socket);
			} else {
				socket.destroy();
				failed(proxyError(String(statusCode), `the proxy answered ${statusCode} to CONNECT`));
			}
		});
		request$2.end();
	});
}
function proxyError(code, message) {
	return Object.assign(new Error(message), { code: `PROXY_${code}` });
}
// src/sender/server-identity.ts
function checkIdentity(hostname, certificate) {
	if (!isIPv6(hostname)) return checkServerIdentity(hostname, certificate);
	if (new X509Certificate(certificate.raw).checkIP(hostname) !== void 0) return void 0;
	const message = `the certificate is for ${certificate.subjectaltname ?? "nobody"}, not for ${hostname}`;
	return Object.assign(new Error(message), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
}
// src/sender/open-connection.ts
const addressTimeoutMs = 2500;
var Opener = class {
	#network;
	#endpoint;
	#trust;
	constructor(network, endpoint) {
		this.#network = network;
		this.#endpoint = endpoint;
	}
	async open(opening) {
		let underway;
		opening.abort = () => underway?.destroy();
		try {
			const tcp = await this.#openTcp(opening, (started) => underway = started);
			underway = tcp;
			const socket = this.#endpoint.secure ? await this.#handshake(opening, tcp) : tcp;
			opening.phase = "request";
			return {
				socket,
				tcp
			};
		} catch (error) {
			underway?.destroy();
			throw new OpenError(opening.phase, error);
		}
	}
	#openTcp(opening, started) {
		const { hostname, port } = this.#endpoint;
		const { proxy, resolve, route } = this.#network;
		if (proxy !== null) {
			opening.phase = "connect";
			return openTunnel(proxy, {
				hostname,
				port,
				started,
				trust: this.#trusted()
			});
		}
		const to = route(hostname, port);
		opening.phase = isIP(to.host) === 0 ? "dns" : "connect";
		const lookup = (name, _options, done) => {
			addressesOf(name, resolve).then((addresses) => {
				opening.phase = "connect";
				done(null, addresses);
			}, (error) => done(error, []));
		};
		const socket = connect({
			host: to.host,
			port: to.port,
			lookup,
			autoSelectFamily: true,
			autoSelectFamilyAttemptTimeout: addressTimeoutMs,
			noDelay: true
		});
		started(socket);
		return settledBy(socket, "connect");
	}
	async #handshake(opening, tcp) {
		opening.phase = "tls";
		const { hostname } = this.#endpoint;
		tcp.on("error", () => {});
		const socket = connect$1({
			socket: tcp,
			host: hostname,
			...isIP(hostname) === 0 && { servername: withoutRootDot(hostname) },
			checkServerIdentity: checkIdentity,
			ALPNProtocols: ["http/1.1"],
			...this.#trusted()
		});
		await settledBy(socket, "secureConnect");
		socket.once("error", (error) => socket.destroy(error));
		return socket;
	}
	#trusted() {
		if (this.#network.ca.length === 0) return {};
		this.#trust ??= createSecureContext({ ca: [...rootCertificates, ...this.#network.ca] });
		return { secureContext: this.#trust };
	}
};
async function addressesOf(name, resolve) {
	const addresses = (await resolve(name)).map((address) => ({
		address,
		family: isIP(address)
	}));
	if (addresses.some(({ family }) => family === 0)) throw new TypeError("the resolver gave something else than addresses");
	if (addresses.length === 0) throw Object.assign(new Error("no address"), { code: "ENODATA" });
	return addresses;
}
function settledBy(socket, event) {
	return new Promise((settled, failed) => {
		const closed = () => failed(closedEarly());
		socket.on("error", failed);
		socket.on("close", closed);
		socket.once(event, () => {
			socket.off("close", closed).off("error", failed);
			settled(socket);
		});
	});
}
// src/sender/request-bytes.ts
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const target = /^[\x21-\xff]+$/;
const framing = new Set([
	"expect",
	"keep-alive",
	"transfer-encoding",
	"upgrade"
]);
function requestBytes(request, host, lastOnConnection) {
	const { method, path, headers, body } = request;
	if (!token.test(method) || !target.test(path)) throw new TypeError("a method or a request target that HTTP cannot carry");
	let fields = "";
	let [hasHost, hasLength] = [false, false];
	for (const [name, value] of headers) {
		if (!token.test(name) || !fieldValue.test(value)) throw new TypeError(`a header that HTTP cannot carry: ${JSON.stringify(name)}`);
		if (framing.has(name.toLowerCase())) throw new TypeError(`no request of a sender has ${name.toLowerCase()}`);
		if (name.length === 4 && name.toLowerCase() === "host") hasHost = true;
		if (name.length === 14 && name.toLowerCase() === "content-length") hasLength = true;
		fields += `${name}: ${value}\r\n`;
	}
	let head = `${method} ${path} HTTP/1.1\r\n`;
	if (!hasHost) head += `host: ${host}\r\n`;
	head += lastOnConnection ? "connection: close\r\n" : "connection: keep-alive\r\n";
	head += fields;
	if (!hasLength && (body.length > 0 || expectsBody(method))) head += `content-length: ${body.length}\r\n`;
	head += "\r\n";
	const bytes = Buffer.allocUnsafe(head.length + body.length);
	bytes.write(head, 0, "latin1");
	body.copy(bytes, head.length);
	return bytes;
}
const expectsBody = (method) => method === "POST" || method === "PUT" || method === "PATCH";
// src/sender/wire-script.ts
function requestHead(request, host, framing) {
	const lines = [
		`${request.method} ${request.path} HTTP/1.1`,
		`Host: ${host}`,
		...framing,
		...request.headers.map(([name, value]) => `${name}: ${value}`)
	];
	return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
function chunkedBody(body) {
	const middle = Math.ceil(body.length / 2);
	const chunks = [body.subarray(0, middle), body.subarray(middle)].filter((chunk) => chunk.length > 0);
	return Buffer.concat([...chunks.flatMap((chunk) => [
		Buffer.from(`${chunk.length.toString(16)}\r\n`),
		chunk,
		Buffer.from("\r\n")
	]), Buffer.from("0\r\n\r\n")]);
}
async function playWireScript(socket, tcp, script, answered, sleep) {
	for (const step of script) {
		if (socket.destroyed) return;
		switch (step.do) {
			case "send":
				await new Promise((sent) => socket.write(step.bytes, () => sent()));
				break;
			case "await-answer":
				await sleep(step.upToMs, answered).catch(() => {});
				break;
			case "close":
				socket.destroy();
				break;
			case "reset": resetConnection(tcp);
		}
	}
}
function resetConnection(tcp) {
	if (tcp instanceof TLSSocket) tcp.destroy();
	else tcp.resetAndDestroy();
}
// src/sender/connection.ts
const noOddities = [];
var Connection = class {
	opened = 0;
	#opener;
	#host;
	#opening = {
		phase: "dns",
		abort() {}
	};
	#line = null;
	#reader = null;
	#exchange = null;
	#closed = false;
	constructor(network, endpoint) {
		this.#opener = network instanceof Opener ? network : new Opener(network, endpoint);
		this.#host = hostHeader(endpoint);
	}
	async exchange(request, limits, hold, options = {}) {
		options.signal?.throwIfAborted();
		const exchange = new Exchange(limits, this);
		const sent = this.send(exchange, request, limits.clock, hold, options);
		try {
			const result = await exchange.settled(options.signal);
			return options.lingerMs === void 0 ? result : await this.#linger(result, limits.clock, options.lingerMs);
		} finally {
			await sent;
		}
	}
	async send(exchange, request, clock, hold, { fault = {}, lastOnConnection = false, lingerMs } = {}) {
		this.#exchange = exchange;
		this.#reader = null;
		try {
			const bytes = fault.script === void 0 ? requestBytes(request, this.#host, lastOnConnection) : null;
			const line = await this.#ready(exchange, clock, fault.script !== void 0);
			if (line === null) return;
			bind(hold, line.tcp);
			exchange.onConnect();
			const reader = new AnswerReader({
				onStatus: () => {
					if (fault.resetAtAnswer !== true) return;
					exchange.onError(closedEarly());
					resetConnection(line.tcp);
				},
				onHeaders: (head) => {
					line.learnIdleTime(head.headers);
					exchange.onHeaders(head);
				},
				onData: (data) => exchange.onData(data),
				onComplete: () => {
					line.release();
					if (lingerMs === void 0 && (lastOnConnection || !reader.reusable)) line.socket.destroy();
					exchange.onComplete();
				}
			}, request.method);
			this.#reader = reader;
			line.carry(exchange, reader);
			if (bytes !== null) line.socket.write(bytes);
			else play(line, fault.script ?? [], clock);
		} catch (error) {
			exchange.fail(error);
		}
	}
	phase() {
		return this.#opening.phase;
	}
	oddities() {
		return this.#reader === null || this.#reader.oddities.size === 0 ? noOddities : [...this.#reader.oddities];
	}
	giveUp() {
		this.#opening.abort();
		this.#line?.socket.destroy();
	}
	isOpen() {
		return this.#line !== null && this.#line.isOpen();
	}
	async close() {
		this.#closed = true;
		this.#exchange?.fail(new Error("the connection was destroyed"));
		this.giveUp();
		const socket = this.#line?.socket;
		if (socket !== void 0 && !socket.closed) await new Promise((closed) => socket.once("close", closed));
	}
	async #ready(exchange, clock, afresh) {
		if (this.#closed) throw new Error("the connection was destroyed");
		const kept = this.#line;
		if (kept !== null && !afresh && kept.isFresh()) {
			await turnOfLoop();
			if (exchange.isSettled) return null;
			if (kept.isOpen()) return kept;
		}
		kept?.socket.destroy();
		this.#line = null;
		const opening = {
			phase: "dns",
			abort() {}
		};
		this.#opening = opening;
		try {
			const { socket, tcp } = await this.#opener.open(opening);
			this.#line = new Line(socket, tcp);
			this.opened += 1;
		} catch (error) {
			exchange.onError(error);
			return null;
		}
		if (!exchange.isSettled) return this.#line;
		this.#line.socket.destroy();
		return null;
	}
	async #linger(result, clock, ms) {
		const line = this.#line;
		const { response } = result;
		if (line === null || response === null || response.bodyEnd !== "complete") return result;
		const stirred = new AbortController();
		line.stirred = () => stirred.abort();
		if (line.isOpen()) await clock.stall(line.tcp.localPort ?? 0, ms, stirred.signal).catch(() => {});
		line.socket.destroy();
		const oddities = new Set(response.oddities);
		if (line.strayed) oddities.add("bytes-after-end");
		return {
			...result,
			response: {
				...response,
				oddities: [...oddities]
			}
		};
	}
};
function play(line, script, clock) {
	const answered = new AbortController();
	line.stirred = () => answered.abort();
	playWireScript(line.socket, line.tcp, script, answered.signal, async (ms, signal) => {
		await clock.stall(line.tcp.localPort ?? 0, ms, signal);
	});
}
function bind(hold, socket) {
	if (socket.localPort !== void 0) hold.bind(socket.localPort);
}
function originOf({ hostname, port, secure }) {
	const host = hostname.includes(":") ? `[${hostname}]` : hostname;
	return `${secure ? "https" : "http"}://${host}:${port}`;
}
function hostHeader(endpoint) {
	const authority = originOf(endpoint).replace(/^https?:\/\//, "");
	return endpoint.port === (endpoint.secure ? 443 : 80) ? authority.replace(/:\d+$/, "") : authority;
}
// src/sender/connection-pool.ts
var ConnectionPool = class {
	#opener;
	#endpoint;
	#most;
	#connections = new Set();
	#idle = [];
	#waiting = new Set();
	constructor(network, endpoint, connections) {
		this.#opener = network instanceof Opener ? network : new Opener(network, endpoint);
		this.#endpoint = endpoint;
		this.#most = connections;
	}
	async exchange(request, limits, hold, signal) {
		signal?.throwIfAborted();
		const waiting = new Waiting(request, limits, hold);
		this.#waiting.add(waiting);
		this.#fill();
		return waiting.exchange.settled(signal);
	}
	async close() {
		for (const { exchange } of this.#waiting) exchange.fail(new Error("the connection was destroyed"));
		this.#waiting.clear();
		await Promise.all(Array.from(this.#connections, (connection) => connection.close()));
	}
	#fill() {
		for (const waiting of this.#waiting) {
			if (waiting.exchange.isSettled) {
				this.#waiting.delete(waiting);
				continue;
			}
			const connection = this.#idle.pop() ?? this.#another();
			if (connection === null) return;
			this.#waiting.delete(waiting);
			this.#carry(waiting, connection);
		}
	}
	async #carry(waiting, connection) {
		const { exchange, request, limits, hold } = waiting;
		waiting.connection = connection;
		await connection.send(exchange, request, limits.clock, hold);
		await exchange.over();
		this.#idle.push(connection);
		this.#fill();
	}
	#another() {
		if (this.#connections.size >= this.#most) return null;
		const connection = new Connection(this.#opener, this.#endpoint);
		this.#connections.add(connection);
		return connection;
	}
};
var Waiting = class {
	exchange;
	request;
	limits;
	hold;
	connection = null;
	constructor(request, limits, hold) {
		this.request = request;
		this.limits = limits;
		this.hold = hold;
		this.exchange = new Exchange(limits, this);
	}
	phase() {
		return this.connection?.phase() ?? "connect";
	}
	oddities() {
		return this.connection?.oddities() ?? [];
	}
	giveUp() {
		this.connection?.giveUp();
	}
};
// src/sender/delivery.ts
async function deliver(options) {
	const { contract, clock, sessionId, emit, signal } = options;
	const startedAt = clock.now();
	const attempts = [];
	let offsetMs = 0;
	for (let number = 1;; number += 1) {
		emit({
			kind: "attempt-started",
			sessionId,
			number,
			offsetMs
		});
		const attempt = await options.attempt(number, offsetMs);
		attempts.push(attempt);
		emit({
			kind: "attempt-ended",
			sessionId,
			attempt
		});
		if (attempt.outcome.kind === "acknowledged") {
			emit({
				kind: "acknowledged",
				sessionId,
				attempt
			});
			return {
				kind: "acknowledged",
				attempts
			};
		}
		const delayMs = contract.retry.delaysMs[number - 1];
		if (delayMs === void 0) {
			emit({
				kind: "abandoned",
				sessionId,
				attempts: number
			});
			return {
				kind: "abandoned",
				attempts
			};
		}
		offsetMs += delayMs + (options.retryDelayFrom === "attempt-end" ? attempt.timings.endMs : 0);
		emit({
			kind: "retry-due",
			sessionId,
			number: number + 1,
			dueOffsetMs: offsetMs,
			delayMs
		});
		await clock.sleep(startedAt + offsetMs - clock.now(), signal);
	}
}
// src/sender/resolver.ts
const systemResolve = async (hostname) => {
	return (await lookup(hostname, {
		all: true,
		order: "verbatim"
	})).map(({ address }) => address);
};
const directRoute = (host, port) => ({
	host,
	port
});
const connectTo = /^(\[[^\]]*\]|[^:[\]]*):(\d*):(\[[^\]]*\]|[^:[\]]*):(\d*)$/;
function parseConnectTo(specs) {
	const rules = specs.map((spec) => {
		const found = connectTo.exec(spec);
		if (found === null) throw unusable(spec, "HOST1:PORT1:HOST2:PORT2, with IPv6 addresses in brackets");
		const [, fromHost = "", fromPort = "", toHost = "", toPort = ""] = found;
		return {
			from: {
				host: hostOf$1(fromHost, spec),
				port: portOf(fromPort, spec)
			},
			to: {
				host: hostOf$1(toHost, spec),
				port: portOf(toPort, spec)
			}
		};
	});
	return (host, port) => {
		const rule = rules.find(({ from }) => (from.host ?? host) === host && (from.port ?? port) === port);
		return {
			host: rule?.to.host ?? host,
			port: rule?.to.port ?? port
		};
	};
}
function hostOf$1(text, spec) {
	if (text === "") return null;
	if (!URL.canParse(`http://${text}/`)) throw unusable(spec, "a host name or address in each host's place");
	return new URL(`http://${text}/`).hostname.replace(/^\[|\]$/g, "");
}
function portOf(text, spec) {
	if (text === "") return null;
	const port = Number(text);
	if (port < 1 || port > 65535) throw unusable(spec, "ports from 1 to 65535");
	return port;
}
function unusable(spec, expected) {
	return new UsageError("ERR_CONNECT_TO", `--connect-to: expected ${expected}, got ${JSON.stringify(spec)}`);
}
// src/sender/sender.ts
function createSender(options) {
	const contract = options.contract ?? defaults.contract;
	const clock = options.clock ?? systemClock;
	const deadlineClock = options.deadlineClock ?? systemClock;
	const url = typeof options.url === "string" ? parseCallbackUrl(options.url) : options.url;
	const custom = customHeaders(options.headers ?? [], contract);
	const template = options.template && templatedCallback(options.template, contract, url, custom.sent);
	const callback = template?.callback ?? ((sessionId) => documentedCallback(contract, url, custom.sent, sessionId));
	const endpoint = {
		hostname: url.hostname,
		port: url.port,
		secure: url.scheme === "https:"
	};
	const opener = new Opener({
		resolve: systemResolve,
		route: directRoute,
		ca: [],
		proxy: null,
		...options.network
	}, endpoint);
	const pool = options.pooledConnections === void 0 ? null : new ConnectionPool(opener, endpoint, options.pooledConnections);
	async function attempt(request, given = {}) {
		const hold = holdBoth(clock, deadlineClock);
		const startedAt = deadlineClock.now();
		try {
			const { outcome, response, timings } = await exchange(request, given, hold);
			const { number = 1, offsetMs = 0 } = given;
			return {
				number,
				request,
				outcome,
				response,
				offsetMs,
				startedAt,
				timings
			};
		} finally {
			hold.release();
		}
	}
	const wholeAnswer = {
		...contract.response,
		clock: deadlineClock
	};
	const headersOnly = {
		...wholeAnswer,
		stopAtHeaders: true
	};
	async function exchange(request, given, hold) {
		const limits = given.stopAtHeaders === true ? headersOnly : wholeAnswer;
		if (given.connection !== void 0) return given.connection.exchange(request, limits, hold, given);
		if (pool !== null && given.fault === void 0) return pool.exchange(request, limits, hold, given.signal);
		const connection = new Connection(opener, endpoint);
		try {
			return await connection.exchange(request, limits, hold, given);
		} finally {
			await connection.close();
		}
	}
	return {
		droppedHeaders: custom.dropped,
		missingHeaders: template?.missing ?? [],
		callback,
		attempt,
		async deliver({ sessionId, status = "succeeded" }, { signal, on } = {}) {
			if (status === "failed") return {
				kind: "not-sent",
				attempts: []
			};
			const request = callback(sessionId);
			return deliver({
				contract,
				clock,
				sessionId,
				retryDelayFrom: options.retryDelayFrom ?? contract.retry.delayFrom,
				attempt: (number, offsetMs) => attempt(request, {
					number,
					offsetMs,
					...signal && { signal }
				}),
				emit: on ?? (() => {}),
				...signal && { signal }
			});
		},
		connection: () => new Connection(opener, endpoint),
		async close() {
			await pool?.close();
		}
	};
}
function holdBoth(clock, deadlineClock) {
	const hold = clock.hold();
	if (clock === deadlineClock) return hold;
	const other = deadlineClock.hold();
	return {
		bind(port) {
			hold.bind(port);
			other.bind(port);
		},
		release() {
			hold.release();
			other.release();
		}
	};
}
// src/sender/on-the-way.ts
function faultOnTheWay(request, url, onTheWay) {
	switch (onTheWay) {
		case "pass": return;
		case "lost-ack": return { resetAtAnswer: true };
		case "cut": return { script: [
			{
				do: "send",
				bytes: requestHead(request, hostOf(url), [`Content-Length: ${request.body.length}`])
			},
			{
				do: "send",
				bytes: firstHalf(request.body)
			},
			{ do: "close" }
		] };
	}
}
const firstHalf = (body) => body.subarray(0, Math.floor(body.length / 2));
function hostOf({ scheme, hostname, port }) {
	return hostHeader({
		hostname,
		port,
		secure: scheme === "https:"
	});
}
// src/sender/address-classes.ts
const specialPurposeAddresses = [
	[
		"0.0.0.0/8",
		"This network",
		"RFC 791",
		false
	],
	[
		"0.0.0.0/32",
		"This host on this network",
		"RFC 1122",
		false
	],
	[
		"10.0.0.0/8",
		"Private-Use",
		"RFC 1918",
		false
	],
	[
		"100.64.0.0/10",
		"Shared Address Space",
		"RFC 6598",
		false
	],
	[
		"127.0.0.0/8",
		"Loopback",
		"RFC 1122",
		false
	],
	[
		"169.254.0.0/16",
		"Link Local",
		"RFC 3927",
		false
	],
	[
		"172.16.0.0/12",
		"Private-Use",
		"RFC 1918",
		false
	],
	[
		"192.0.0.0/24",
		"IETF Protocol Assignments",
		"RFC 6890",
		false
	],
	[
		"192.0.0.0/29",
		"IPv4 Service Continuity Prefix",
		"RFC 7335",
		false
	],
	[
		"192.0.0.8/32",
		"IPv4 dummy address",
		"RFC 7600",
		false
	],
	[
		"192.0.0.9/32",
		"Port Control Protocol Anycast",
		"RFC 7723",
		true
	],
	[
		"192.0.0.10/32",
		"Traversal Using Relays around NAT Anycast",
		"RFC 8155",
		true
	],
	[
		"192.0.0.170/32",
		"NAT64/DNS64 Discovery",
		"RFC 8880",
		false
	],
	[
		"192.0.0.171/32",
		"NAT64/DNS64 Discovery",
		"RFC 8880",
		false
	],
	[
		"192.0.2.0/24",
		"Documentation (TEST-NET-1)",
		"RFC 5737",
		false
	],
	[
		"192.31.196.0/24",
		"AS112-v4",
		"RFC 7535",
		true
	],
	[
		"192.52.193.0/24",
		"AMT",
		"RFC 7450",
		true
	],
	[
		"192.88.99.0/24",
		"Deprecated (6to4 Relay Anycast)",
		"RFC 7526",
		null
	],
	[
		"192.88.99.2/32",
		"6a44-relay anycast address",
		"RFC 6751",
		false
	],
	[
		"192.168.0.0/16",
		"Private-Use",
		"RFC 1918",
		false
	],
	[
		"192.175.48.0/24",
		"Direct Delegation AS112 Service",
		"RFC 7534",
		true
	],
	[
		"198.18.0.0/15",
		"Benchmarking",
		"RFC 2544",
		false
	],
	[
		"198.51.100.0/24",
		"Documentation (TEST-NET-2)",
		"RFC 5737",
		false
	],
	[
		"203.0.113.0/24",
		"Documentation (TEST-NET-3)",
		"RFC 5737",
		false
	],
	[
		"240.0.0.0/4",
		"Reserved",
		"RFC 1112",
		false
	],
	[
		"255.255.255.255/32",
		"Limited Broadcast",
		"RFC 8190",
		false
	],
	[
		"::1/128",
		"Loopback Address",
		"RFC 4291",
		false
	],
	[
		"::/128",
		"Unspecified Address",
		"RFC 4291",
		false
	],
	[
		"::ffff:0:0/96",
		"IPv4-mapped Address",
		"RFC 4291",
		false
	],
	[
		"64:ff9b::/96",
		"IPv4-IPv6 Translation",
		"RFC 6052",
		true
	],
	[
		"64:ff9b:1::/48",
		"IPv4-IPv6 Translation",
		"RFC 8215",
		false
	],
	[
		"100::/64",
		"Discard-Only Address Block",
		"RFC 6666",
		false
	],
	[
		"100:0:0:1::/64",
		"Dummy IPv6 Prefix",
		"RFC 9780",
		false
	],
	[
		"2001::/23",
		"IETF Protocol Assignments",
		"RFC 2928",
		false
	],
	[
		"2001::/32",
		"TEREDO",
		"RFC 4380",
		null
	],
	[
		"2001:1::1/128",
		"Port Control Protocol Anycast",
		"RFC 7723",
		true
	],
	[
		"2001:1::2/128",
		"Traversal Using Relays around NAT Anycast",
		"RFC 8155",
		true
	],
	[
		"2001:1::3/128",
		"DNS-SD Service Registration Protocol Anycast",
		"RFC 9665",
		true
	],
	[
		"2001:2::/48",
		"Benchmarking",
		"RFC 5180",
		false
	],
	[
		"2001:3::/32",
		"AMT",
		"RFC 7450",
		true
	],
	[
		"2001:4:112::/48",
		"AS112-v6",
		"RFC 7535",
		true
	],
	[
		"2001:10::/28",
		"Deprecated (previously ORCHID)",
		"RFC 4843",
		null
	],
	[
		"2001:20::/28",
		"ORCHIDv2",
		"RFC 7343",
		true
	],
	[
		"2001:30::/28",
		"Drone Remote ID Protocol Entity Tags",
		"RFC 9374",
		true
	],
	[
		"2001:db8::/32",
		"Documentation",
		"RFC 3849",
		false
	],
	[
		"2002::/16",
		"6to4",
		"RFC 3056",
		null
	],
	[
		"2620:4f:8000::/48",
		"Direct Delegation AS112 Service",
		"RFC 7534",
		true
	],
	[
		"3fff::/20",
		"Documentation",
		"RFC 9637",
		false
	],
	[
		"5f00::/16",
		"Segment Routing (SRv6) SIDs",
		"RFC 9602",
		false
	],
	[
		"fc00::/7",
		"Unique-Local",
		"RFC 4193",
		false
	],
	[
		"fe80::/10",
		"Link-Local Unicast",
		"RFC 4291",
		false
	],
	[
		"224.0.0.0/4",
		"Multicast",
		"RFC 5771",
		false
	],
	[
		"ff00::/8",
		"Multicast",
		"RFC 4291",
		false
	],
	[
		"fec0::/10",
		"Site-Local Unicast, deprecated",
		"RFC 3879",
		false
	],
	[
		"2000::/3",
		"Global Unicast",
		"RFC 4291",
		true
	],
	[
		"::/0",
		"Reserved by IETF, not allocated",
		"RFC 4291",
		false
	]
];
const carriers = [["64:ff9b::/96", 12], ["2002::/16", 2]];
function isGloballyReachable(address) {
	const [literal = ""] = address.split("%");
	if (isIP(literal) === 0) return {
		reachable: false,
		why: "not an IP address"
	};
	const parsed = parseAddress(literal);
	if (parsed.kind() === "ipv6") {
		const offset = carriers.find(([block]) => within(parsed, block))?.[1];
		if (offset !== void 0) {
			const inside = import_ipaddr.default.fromByteArray(parsed.toByteArray().slice(offset, offset + 4)).toString();
			const judged = isGloballyReachable(inside);
			return judged.reachable ? judged : {
				reachable: false,
				why: `it carries ${inside}: ${judged.why}`
			};
		}
	}
	const row = byLongestPrefix.find(([block]) => within(parsed, block));
	if (row === void 0 || row[3] === true) return { reachable: true };
	return {
		reachable: false,
		why: `${row[1]}, ${row[2]}`
	};
}
function parseAddress(literal) {
	return import_ipaddr.default.process(literal.includes(":") ? new URL(`http://[${literal}]`).hostname.slice(1, -1) : literal);
}
const prefixLength = (block) => Number(block.slice(block.indexOf("/") + 1));
const byLongestPrefix = [...specialPurposeAddresses].sort(([a], [b]) => prefixLength(b) - prefixLength(a));
function within(address, block) {
	const range = import_ipaddr.default.parseCIDR(block);
	return range[0].kind() === address.kind() && address.match(range);
}
// src/sender/certificate-errors.ts
function certificateErrors(presented) {
	const { certificate, verification, hostname, now } = presented;
	const errors = [];
	const { validFrom, validTo } = validity(certificate);
	if (now > validTo) errors.push({
		code: "CERT_HAS_EXPIRED",
		message: `it expired on ${isoTime(validTo)}`
	});
	if (now < validFrom) errors.push({
		code: "CERT_NOT_YET_VALID",
		message: `it is not valid before ${isoTime(validFrom)}`
	});
	if (verification !== null && !errors.some(({ code }) => code === verification)) errors.push({
		code: verification,
		message: chainError(verification, certificate)
	});
	if (!isFor(certificate, hostname)) errors.push({
		code: "ERR_TLS_CERT_ALTNAME_INVALID",
		message: `it is for ${namesOf(certificate)}, not for ${hostname}`
	});
	return errors;
}
function isFor(certificate, hostname) {
	if (isIP(hostname) === 0) return checkServerIdentity(hostname, certificate) === void 0;
	return new X509Certificate(certificate.raw).checkIP(hostname) !== void 0;
}
function validity(certificate) {
	return {
		validFrom: parseTime(certificate.valid_from) ?? Number.NEGATIVE_INFINITY,
		validTo: parseTime(certificate.valid_to) ?? Number.POSITIVE_INFINITY
	};
}
function partyName(party) {
	return printable([party?.CN ?? party?.O ?? "a party without a name"].flat().join(", "));
}
function chainError(code, certificate) {
	const issuer = `"${partyName(certificate.issuer)}"`;
	switch (code) {
		case "DEPTH_ZERO_SELF_SIGNED_CERT": return "it is self-signed: no authority vouches for it";
		case "SELF_SIGNED_CERT_IN_CHAIN": return "its chain ends at a root that is not trusted, probably that of a private CA (pass it with --ca)";
		case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
		case "UNABLE_TO_GET_ISSUER_CERT":
		case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY": return `its chain leads to no trusted root, from issuer ${issuer}: probably the server does not send the intermediate certificate, or the issuer is an unknown private CA (pass it with --ca)`;
		case "CERT_HAS_EXPIRED": return "a certificate above it in its chain has expired";
		case "CERT_NOT_YET_VALID": return "a certificate above it in its chain is not valid yet";
		default: return `its chain cannot be verified (${code})`;
	}
}
const namesShown = 5;
function namesOf(certificate) {
	const names = (certificate.subjectaltname ?? "").split(", ").filter((name) => name !== "");
	if (names.length === 0) return partyName(certificate.subject);
	return names.slice(0, namesShown).map((name) => printable(name.replace(/^(DNS|IP Address):/, ""))).join(", ") + (names.length > namesShown ? ` and ${names.length - namesShown} more` : "");
}
function printable(text) {
	return text.replaceAll(/\p{C}/gu, "�").slice(0, 200);
}
// src/sender/tls-handshake.ts
const cannotAskCodes = new Set(["ERR_SSL_NO_PROTOCOLS_AVAILABLE", "ERR_SSL_NO_CIPHERS_AVAILABLE"]);
function tlsHandshake(tcp, { hostname, now, offer }) {
	tcp.on("error", () => {});
	return new Promise((done) => {
		let socket;
		try {
			socket = connect$1({
				...offer,
				socket: tcp,
				host: hostname,
				...isIP(hostname) === 0 && { servername: withoutRootDot(hostname) },
				ALPNProtocols: ["http/1.1"],
				rejectUnauthorized: false
			});
		} catch (error) {
			done({
				kind: "cannot-ask",
				message: error.message
			});
			return;
		}
		let result;
		socket.once("secureConnect", () => {
			const seen = completed(socket, hostname, now);
			result = seen;
			socket.end(() => done(seen));
		});
		socket.on("error", (error) => {
			const { code = "UNKNOWN", reason = error.message } = error;
			done(result ?? (cannotAskCodes.has(code) ? {
				kind: "cannot-ask",
				message: reason
			} : refused(code, reason)));
		});
		socket.once("close", () => {
			done(result ?? refused("ECONNRESET", "the connection was closed during the TLS handshake"));
		});
	});
}
function completed(socket, hostname, now) {
	const certificate = socket.getPeerCertificate();
	const { validFrom, validTo } = validity(certificate);
	const verification = socket.authorizationError;
	return {
		kind: "completed",
		protocol: socket.getProtocol() ?? "unknown",
		certificateErrors: certificateErrors({
			certificate,
			verification: verification === void 0 || verification === "ERR_TLS_CERT_ALTNAME_INVALID" ? null : verification,
			hostname,
			now
		}),
		validFrom: isoTime(validFrom),
		validTo: isoTime(validTo),
		expiresInMs: validTo - now,
		subject: partyName(certificate.subject),
		issuer: partyName(certificate.issuer)
	};
}
function refused(code, message) {
	return {
		kind: "refused",
		how: refusalOf(code),
		code,
		message
	};
}
function refusalOf(code) {
	if (code.includes("_ALERT_")) return "alert";
	switch (code) {
		case "ECONNRESET":
		case "EPIPE":
		case "ECONNABORTED": return "closed";
		case "ERR_SSL_UNSUPPORTED_PROTOCOL": return "unsupported-version";
		case "ERR_SSL_WRONG_VERSION_NUMBER":
		case "ERR_SSL_PACKET_LENGTH_TOO_LONG": return "not-tls";
		default: return "other";
	}
}
// src/sender/system-network-probe.ts
const noAddressCodes = new Set(["ENOTFOUND", "ENODATA"]);
const noRouteCodes = new Set([
	"ENETUNREACH",
	"EHOSTUNREACH",
	"EADDRNOTAVAIL",
	"ENETDOWN",
	"EAFNOSUPPORT"
]);
const oldTls = {
	minVersion: "TLSv1",
	ciphers: "DEFAULT@SECLEVEL=0"
};
function createNetworkProbe(options) {
	const { url, resolve, route, ca, proxy = null, deadlineMs, clock } = options;
	const endpoint = {
		hostname: url.hostname,
		port: url.port,
		secure: false
	};
	const underWay = new Set();
	let trust;
	async function bounded(work, late) {
		const opening = {
			phase: "dns",
			abort() {}
		};
		const hold = clock.hold();
		let ring = () => {};
		const deadline = new Promise((done) => ring = () => done(late(opening)));
		const timer = clock.timer(deadlineMs, () => ring());
		underWay.add(ring);
		try {
			return await Promise.race([work(opening, hold), deadline]);
		} finally {
			underWay.delete(ring);
			timer.cancel();
			opening.abort();
			hold.release();
		}
	}
	const openTcp = async (network, opening, hold) => {
		const { tcp } = await new Opener(network, endpoint).open(opening);
		if (tcp.localPort !== void 0) hold.bind(tcp.localPort);
		return tcp;
	};
	return {
		close() {
			for (const ring of underWay) ring();
		},
		resolve: () => bounded(async () => {
			try {
				const addresses = [...new Set(await resolve(url.hostname))];
				return addresses.length > 0 ? {
					kind: "resolved",
					addresses
				} : noAddress("ENODATA");
			} catch (error) {
				const code = error.code ?? "UNKNOWN";
				return noAddressCodes.has(code) ? noAddress(code) : {
					kind: "no-answer",
					code
				};
			}
		}, () => ({
			kind: "no-answer",
			code: "TIMEOUT"
		})),
		async connect(address) {
			if (proxy !== null) return {
				kind: "no-route",
				code: "PROXY"
			};
			const to = route(url.hostname, url.port, address);
			const host = to.host === url.hostname ? address : to.host;
			const there = {
				resolve,
				route: () => ({
					host,
					port: to.port
				}),
				ca: [],
				proxy: null
			};
			return bounded(async (opening, hold) => {
				try {
					await openTcp(there, opening, hold);
					return {
						kind: "connected",
						to: `${host.includes(":") ? `[${host}]` : host}:${to.port}`
					};
				} catch (error) {
					const { code, message } = connectionFailure(error, opening.phase);
					return noRouteCodes.has(code) ? {
						kind: "no-route",
						code
					} : {
						kind: "failed",
						code,
						message
					};
				}
			}, ({ phase }) => ({
				kind: "failed",
				...codeAndMessage(timeoutFailure(phase, deadlineMs))
			}));
		},
		handshake: ({ maxVersion } = {}) => bounded(async (opening, hold) => {
			let tcp;
			try {
				tcp = await openTcp({
					resolve,
					route,
					ca: [],
					proxy
				}, opening, hold);
			} catch (error) {
				return {
					kind: "no-answer",
					...codeAndMessage(connectionFailure(error, opening.phase))
				};
			}
			opening.phase = "tls";
			const offer = maxVersion === void 0 ? trust ??= trustOf(ca) : {
				...oldTls,
				maxVersion
			};
			return tlsHandshake(tcp, {
				hostname: url.hostname,
				now: clock.now(),
				offer
			});
		}, ({ phase }) => ({
			kind: "no-answer",
			...codeAndMessage(timeoutFailure(phase, deadlineMs))
		}))
	};
	function noAddress(code) {
		return proxy === null ? {
			kind: "no-address",
			code
		} : {
			kind: "no-answer",
			code: `${code} on this side of the proxy`
		};
	}
}
function trustOf(ca) {
	return ca.length === 0 ? {} : { secureContext: createSecureContext({ ca: [...rootCertificates, ...ca] }) };
}
function codeAndMessage({ code, message }) {
	return {
		code,
		message
	};
}
export { parseCallbackUrl as _, hostOf as a, systemClock as b, parseConnectTo as c, chunkedBody as d, requestHead as f, changeJsonValues as g, timeoutFailure as h, firstHalf as i, systemResolve as l, classifyHost as m, isGloballyReachable as n, createSender as o, parseProxy as p, faultOnTheWay as r, directRoute as s, createNetworkProbe as t, deliver as u, customHeaders as v, virtualClock as y };

//# sourceMappingURL=sender-liWPum1j.js.map