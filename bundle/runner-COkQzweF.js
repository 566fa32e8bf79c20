import { o as __toESM } from "./rolldown-runtime-Dq7tRbEa.js";
import { C as judgeClauses, D as levels$1, E as verdictOf, S as gatedLevels, T as verdictLine, g as scheduledOffsetsMs, j as UsageError, p as defaults, w as summarize, x as gateOf, y as harness } from "./main-C_aTT-j6.js";
import { _ as parseCallbackUrl, a as hostOf, b as systemClock, d as chunkedBody, f as requestHead, i as firstHalf, l as systemResolve, m as classifyHost, n as isGloballyReachable, o as createSender, r as faultOnTheWay, s as directRoute, t as createNetworkProbe, v as customHeaders, y as virtualClock } from "./sender-liWPum1j.js";
import { S as nearMisses, _ as answerOf, c as createPace, d as isAcknowledged$1, f as isRateLimited, g as causeOf, h as whatCame, i as suitesUnder, l as retryAfterMs, m as responseHeader, o as answerOfItsOwn, p as isTimeout, s as asksForLess, u as siblingPath, v as isoTime, x as urlSecretsIn } from "./catalogue-DCc5JICU.js";
import { F as ProbeError, H as secretsOf, L as hexOf, R as inventedSessions, U as namesASecret, V as secretsInUrl, W as createRedactor, d as bytesToText, f as capText, p as cutMark, u as formatOffset, x as showsAsItself } from "./lab-DQqfHKWn.js";
import { r as cutTo } from "./app-Ce0tnlVu.js";
import { T as closest } from "./command-line-DL7FZMfB.js";
import { t as require_picomatch } from "./picomatch-Dq5Q0STT.js";
import { get } from "node:http";
import { setMaxListeners } from "node:events";
import { get as get$1 } from "node:https";
// src/report/redact-report.ts
function redactReport(report, redactor) {
	const sentence = (text) => redactor.redactText(text);
	return {
		...report,
		target: {
			...report.target,
			url: redactor.redactUrl(report.target.url)
		},
		nonce: redactor.redactText(report.nonce),
		seed: redactor.redactText(report.seed),
		verdictLine: sentence(report.verdictLine),
		notes: report.notes.map(sentence),
		...report.causes !== void 0 && { causes: report.causes.map((cause) => ({
			...cause,
			says: sentence(cause.says),
			fix: sentence(cause.fix)
		})) },
		checks: report.checks.map((check) => redactCheck(check, redactor))
	};
}
function redactCheck(check, redactor) {
	const sentence = (text) => redactor.redactText(text);
	const orNull = (text) => text === null ? null : sentence(text);
	return {
		...check,
		reason: orNull(check.reason),
		mismatches: check.mismatches.map(({ expected, actual, where, ...which }) => ({
			...which,
			expected: sentence(expected),
			actual: sentence(actual),
			where: sentence(where)
		})),
		hint: orNull(check.hint),
		...check.likelyCause !== void 0 && { likelyCause: {
			id: check.likelyCause.id,
			says: sentence(check.likelyCause.says),
			fix: sentence(check.likelyCause.fix)
		} },
		reproduce: orNull(check.reproduce),
		notes: check.notes.map(sentence),
		...check.knownFailure === void 0 ? {} : { knownFailure: sentence(check.knownFailure) },
		attempts: check.attempts.map((attempt) => redactAttempt(attempt, redactor))
	};
}
function redactAttempt(attempt, redactor) {
	const { request, response, error } = attempt;
	return {
		...attempt,
		sessionId: redactor.redactText(attempt.sessionId),
		label: redactor.redactText(attempt.label),
		request: {
			method: redactor.redactText(request.method),
			url: redactor.redactUrl(request.url),
			headers: redactor.redactHeaders(request.headers),
			body: redactBody(request.body, false, redactor)
		},
		response: response && {
			...response,
			statusText: redactor.redactText(response.statusText),
			headers: redactor.redactHeaders(response.headers),
			body: redactBody(response.body, response.bodyEnd !== "complete", redactor)
		},
		error: error && {
			reason: redactor.redactText(error.reason),
			code: redactor.redactText(error.code),
			message: redactor.redactText(error.message)
		}
	};
}
function redactBody(body, cut, redactor) {
	return redactor.redactText(body, { cut: cut && !cutMark.test(body) });
}
// src/runner/check-record.ts
const emptyRecord = () => ({
	evidence: [],
	findings: [],
	notes: [],
	latenciesMs: []
});
// src/runner/interruption.ts
var NotRun = class extends Error {
	name = "NotRun";
	code;
	constructor(code, reason) {
		super(reason);
		this.code = code;
	}
};
// src/runner/settle.ts
const settleFactor = 3;
const leastQuietMs = 2e3;
const questionsAtOnce = 8;
const moreSentinels = 2;
const mostSettles = 3;
async function settle(watch, sessionIds, awaited = []) {
	const { observer, calibration, sendSentinel, state } = watch;
	const { clock, settleMs, signal } = observer;
	const restMs = Math.min(settleFactor * calibration.timeToEffectMs, settleMs);
	const quietMs = Math.min(Math.max(restMs, leastQuietMs), settleMs);
	const sentinels = [await sendSentinel()];
	const missing = new Set([...awaited, ...sentinels]);
	const startedAt = clock.now();
	let changedAt = startedAt;
	let pollMs = 20;
	const isSure = () => sentinels.some((id) => !missing.has(id));
	for (;;) {
		const shown = [...await countsOf(observer, [...missing])].filter(([, { processed }]) => processed > 0);
		for (const [id] of shown) missing.delete(id);
		const now = clock.now();
		if (shown.length > 0) changedAt = now;
		const left = [...missing].filter((id) => !sentinels.includes(id));
		if (left.length === 0 && isSure()) break;
		const isQuiet = now - changedAt >= quietMs;
		if (isQuiet && (isSure() || state.hasStopped || now - startedAt >= settleMs)) break;
		if (now - startedAt >= mostSettles * settleMs) throw stillWorking(left.length, settleMs);
		if (isQuiet && !isSure() && sentinels.length === 1) {
			for (let sent = 0; sent < moreSentinels; sent += 1) sentinels.push(await sendSentinel());
			for (const id of sentinels) missing.add(id);
		}
		await clock.sleep(pollMs, signal);
		pollMs = shown.length > 0 ? 20 : Math.min(pollMs * 2, 500);
	}
	state.hasStopped = !isSure();
	await clock.sleep(restMs, signal);
	return {
		seen: await countsOf(observer, sessionIds),
		isSure: isSure()
	};
}
async function countsOf({ probe, signal }, sessionIds) {
	const counts = new Map();
	const queue = [...sessionIds];
	const ask = async () => {
		for (let id = queue.shift(); id !== void 0; id = queue.shift()) counts.set(id, await probe.look?.(id, signal) ?? { processed: await probe.count(id, signal) });
	};
	await Promise.all(Array.from({ length: questionsAtOnce }, ask));
	return counts;
}
const stillWorking = (left, settleMs) => new NotRun("effects-not-settled", `the receiver was still working its way through what it had acknowledged, with ${left} sessions to go; raise --settle, which is ${settleMs / 1e3} seconds now`);
// src/runner/ledger.ts
const commonShare = .05;
function createLedger() {
	const accounts = new Map();
	const kept = [];
	let settledOnce = null;
	const names = new Set();
	const plain = {
		looked: 0,
		lost: 0,
		doubled: 0
	};
	const isCommon = (misdeed) => plain[plainOf(misdeed)] > commonShare * plain.looked;
	const due = () => [...accounts].filter(([, account]) => !account.isSettled && !account.isOpen && entitled(account) !== null);
	return {
		open(check, record) {
			const accountOf = (sessionId) => {
				const before = accounts.get(sessionId);
				if (before?.record === record) return before;
				const account = {
					check,
					record,
					entries: before?.entries ?? [],
					isOpen: before?.isOpen ?? false,
					isSettled: false
				};
				accounts.set(sessionId, account);
				return account;
			};
			return {
				enter: (sessionId, entry) => void accountOf(sessionId).entries.push(entry),
				leaveOpen: (sessionId) => void (accountOf(sessionId).isOpen = true)
			};
		},
		async settle(watch) {
			const looked = due();
			if (looked.length === 0) return;
			const ids = looked.map(([id]) => id);
			const known = settledOnce;
			const { seen } = await settle(watch, known === null ? ids : [...ids, known], ids);
			for (const [, account] of looked) account.isSettled = true;
			if (known !== null && seen.get(known)?.processed === 0) return;
			for (const { named = {} } of seen.values()) for (const name of Object.keys(named)) names.add(name);
			const misdone = [];
			for (const [sessionId, account] of looked) {
				const one = misdoneIn(sessionId, account, seen.get(sessionId), names);
				if (isPlain(account)) plain.looked += 1;
				if (one === null) {
					settledOnce ??= sessionId;
					continue;
				}
				if (isPlain(account)) plain[plainOf(one.misdeed)] += 1;
				if (one.misdeed !== "doubled-after-refusal") misdone.push({
					...one,
					account
				});
			}
			for (const one of misdone) {
				const { check, record } = one.account;
				if (check.judgesEffects === true && (isAnyones(check) || !isCommon(one.misdeed))) record.findings.push({
					expected: "processed once",
					actual: one.actual,
					where: one.entry.attempt,
					fix: null
				});
				else kept.push(isCommon(one.misdeed) ? {
					...one,
					misdeed: plainOf(one.misdeed)
				} : one);
			}
		},
		unacknowledged: () => [...accounts].filter(([, account]) => !account.isOpen && entitled(account) === null).filter(([, { entries }]) => entries.some((entry) => entry.entitles && isOwnAnswer(entry))).map(([sessionId]) => sessionId),
		acknowledged: (suite) => [...accounts].filter(([, account]) => suiteOf(account.check) === suite && !account.isOpen && entitled(account) !== null).map(([sessionId]) => sessionId),
		async misdone({ observer }) {
			const again = await countsOf(observer, kept.filter(({ misdeed }) => misdeed.startsWith("lost")).map(({ sessionId }) => sessionId));
			return kept.filter(({ sessionId, account }) => !again.has(sessionId) || misdoneIn(sessionId, account, again.get(sessionId), names) !== null);
		}
	};
}
const suiteOf = ({ id }) => id.slice(0, id.indexOf("/"));
const isAnyones = ({ collects }) => collects?.misdeeds.includes("lost") === true;
const plainOf = (misdeed) => misdeed.startsWith("lost") ? "lost" : "doubled";
const isPlain = ({ entries }) => entries.length === 1 && entries[0]?.label === "";
const entitled = ({ entries }) => entries.findLast(({ attempt, entitles }) => entitles && isAcknowledged$1(attempt)) ?? null;
function misdoneIn(sessionId, account, seen, names) {
	const entry = entitled(account);
	if (entry === null || seen === void 0) return null;
	const { check, entries } = account;
	const { processed, named = {} } = seen;
	const amiss = [...names].map((name) => [name, named[name] ?? 0]).filter(([, times]) => times !== 1);
	if (processed === 1 && amiss.length === 0) return null;
	const isLost = processed === 0 || processed === 1 && amiss.every(([, times]) => times === 0);
	const actual = amiss.length === 0 || processed === 0 ? processedText(processed) : amiss.map(([name, times]) => `${name} ${timesText(times)}`).join(", ");
	return {
		misdeed: isLost ? lostBy(entries) : doubledBy(entries),
		check,
		entry,
		sessionId,
		actual
	};
}
const timesText = (times) => times === 0 ? "never" : `${times} times`;
const processedText = (times) => `processed ${timesText(times)}`;
const isOwnAnswer = ({ attempt: { response }, onTheWay }) => onTheWay === "pass" && response !== null && (response.status === 429 || response.status >= 500);
const isOwnFailure = (entry) => isOwnAnswer(entry) || entry.onTheWay === "pass" && entry.attempt.response === null;
const isRefusal = ({ attempt: { response } }) => response !== null && response.status >= 400 && response.status < 500 && response.status !== 429;
function lostBy(entries) {
	const first = entries.findIndex(({ attempt, entitles }) => entitles && isAcknowledged$1(attempt));
	const before = entries.slice(0, first);
	if (before.some(({ onTheWay }) => onTheWay === "cut")) return "lost-after-cut";
	if (before.some(isOwnFailure)) return "lost-after-failure";
	if (before.some((entry) => !entry.entitles || isRefusal(entry))) return "lost-after-refusal";
	return "lost";
}
function doubledBy(entries) {
	if (entries.some(({ onTheWay }) => onTheWay === "cut")) return "doubled-after-cut";
	if (entries.some(({ entitles }) => !entitles)) return "doubled-after-refusal";
	if (entries.some(({ onTheWay }) => onTheWay === "lost-ack")) return "doubled-after-lost-answer";
	if (entries.some((entry, index) => entries.slice(index + 1).some((other) => overlap(entry, other)))) return "doubled-at-once";
	if (entries.some(isOwnFailure)) return "doubled-after-failure";
	return entries.length > 1 ? "doubled-by-retry" : "doubled";
}
const endOf = ({ attempt: { startedAt, timings } }) => startedAt + timings.endMs;
const overlap = (one, other) => one.attempt.startedAt < endOf(other) && other.attempt.startedAt < endOf(one);
// src/runner/effects-judged.ts
const mostShown = 5;
async function troubleIn(settling, stop) {
	try {
		await settling;
		return null;
	} catch (error) {
		if (stop.aborted) return stop.reason;
		if (error instanceof NotRun || error instanceof ProbeError) return error;
		throw error;
	}
}
function judged(check, end, trouble) {
	const { record } = end;
	if (record === null || end.outcome === "error" || end.outcome === "not-run") return end;
	if (record.findings.length > 0) return {
		...end,
		outcome: "failed",
		reasonCode: null,
		reason: null
	};
	if (trouble === null) return end;
	const { message } = trouble;
	if (check.needs?.includes("effects") !== true) return {
		...end,
		record: {
			...record,
			notes: [...record.notes, `What it led to could not be seen: ${message}.`]
		}
	};
	return trouble instanceof ProbeError ? {
		...end,
		outcome: "error",
		reasonCode: "probe-failed",
		reason: message
	} : {
		...end,
		outcome: "not-run",
		reasonCode: trouble.code,
		reason: message
	};
}
function collectedBy(collectors, misdone) {
	const byCollector = new Map();
	let others = 0;
	const answering = (misdeed, { check: sent }) => collectors.filter(([check, end]) => check.sessions === 0 || misdeed === plainOf(misdeed) || end.outcome === "failed").map(([check]) => check).filter(({ collects }) => collects?.misdeeds.includes(misdeed) === true).filter((check) => check.collects?.from === "any-suite" || suiteOf(check) === suiteOf(sent));
	for (const one of misdone) {
		const candidates = [...answering(one.misdeed, one), ...answering(plainOf(one.misdeed), one)];
		const collector = candidates.find((check) => suiteOf(check) === suiteOf(one.check)) ?? candidates[0];
		if (collector === void 0) others += 1;
		else byCollector.set(collector, [...byCollector.get(collector) ?? [], one]);
	}
	return {
		byCollector,
		others
	};
}
function withCollected(end, misdone) {
	if (misdone.length === 0) return end;
	const record = end.record ?? emptyRecord();
	const shown = misdone.slice(0, mostShown);
	const counted = new Map();
	for (const { actual } of misdone) counted.set(actual, (counted.get(actual) ?? 0) + 1);
	const summary = [...counted].map(([actual, sessions]) => `${sessions} ${actual}`).join(", ");
	return {
		...end,
		outcome: "failed",
		reasonCode: null,
		reason: null,
		record: {
			...record,
			evidence: [...record.evidence, ...shown.map(({ check, entry: { attempt, label } }) => ({
				attempt,
				label: label === "" ? `in ${check.id}` : `${label}, in ${check.id}`,
				scheduled: false,
				fitsCurl: false,
				variation: null
			}))],
			findings: [
				...record.findings,
				...misdone.length > mostShown ? [{
					expected: "each acknowledged session processed once",
					actual: summary,
					where: "over the whole run",
					fix: null
				}] : [],
				...shown.map(({ actual, entry }) => ({
					expected: "processed once",
					actual,
					where: entry.attempt,
					fix: null
				}))
			]
		}
	};
}
// src/runner/baseline.ts
const coldStartMs = 5e3;
const secondTryMs = 1e3;
async function takeBaseline(ask, target, sibling) {
	const first = await ask.send({ sessionId: ask.session() });
	if (isAcknowledged$1(first)) {
		if ((first.timings.headersMs ?? 0) <= coldStartMs) return {
			kind: "acknowledged",
			attempt: first,
			notes: []
		};
		const warm = await ask.send();
		const note = `The first callback took ${seconds(first)} s; it was sent again, in case that was a cold start.`;
		return isAcknowledged$1(warm) || isTimeout(warm) ? judge(warm, [note]) : {
			...judge(first, [note]),
			kind: "acknowledged"
		};
	}
	const early = judge(first, []);
	if (early.kind === "unreachable" || isTimeout(first)) return early;
	if (await isRightRefusal(first, ask, target, sibling)) return rightlyRefused(first, target);
	await ask.pause(secondTryMs);
	const second = await ask.send();
	if (!isAcknowledged$1(second)) return judge(first, []);
	return judge(second, [`The first callback got ${whatCame(first)}; sent again, it was acknowledged.`]);
}
function judge(attempt, notes) {
	const { outcome } = attempt;
	if (outcome.kind === "acknowledged") return {
		kind: "acknowledged",
		attempt,
		notes
	};
	if ((outcome.phase === "dns" || outcome.phase === "connect") && outcome.reason !== "reset") return {
		kind: "unreachable",
		attempt,
		notes,
		reason: `the receiver is unreachable: ${outcome.message}`
	};
	return {
		kind: "not-acknowledged",
		attempt,
		notes,
		reason: `the first callback was not acknowledged: ${outcome.message}`
	};
}
async function isRightRefusal(attempt, ask, target, sibling) {
	const answer = answerOf(attempt, target.url);
	const cause = causeOf(answer);
	if (cause?.wall === true || cause?.noRoute === true) return false;
	if (wantsCredentials(answer.status, target)) return true;
	if (!target.sessions.invents || ![
		403,
		404,
		409,
		410,
		422
	].includes(answer.status)) return false;
	return !isSameAnswer(attempt, await ask.send({ variation: {
		label: "to a path beside the configured one",
		path: sibling
	} }));
}
const wantsCredentials = (status, target) => (status === 401 || status === 403) && target.credentials.length === 0 && target.urlSecrets.length === 0 && target.url.userinfo === null;
function rightlyRefused(attempt, target) {
	const came = whatCame(attempt);
	const status = attempt.response?.status ?? 0;
	const keyOr = status === 403 ? "to credentials that it does not expect, or " : "";
	const reason = wantsCredentials(status, target) ? `the receiver answered ${came}, and no credentials were given: pass the headers that are configured with the webhook, as in -H 'Name: value'` : `the receiver answered ${came} ${keyOr}to a session that it never started, which may be right: give it sessions that it knows with --session-ids or --session-command`;
	return {
		kind: "rightly-refused",
		attempt,
		reason,
		notes: [`${reason[0]?.toUpperCase()}${reason.slice(1)}.`]
	};
}
function isSameAnswer(a, b) {
	const own = [a, b].flatMap(({ request }) => [...spellingsOf(request.path), request.sessionId]);
	return a.response?.status === b.response?.status && bodyOf(a, own) === bodyOf(b, own);
}
function spellingsOf(path) {
	const [pathname = "/"] = path.split("?");
	return [
		path,
		pathname,
		pathname.slice(1)
	].flatMap((text) => [text, text.replaceAll("/", String.raw`\/`)]);
}
const uuidsHexAndNumbers = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|\d+/gi;
function bodyOf({ response }, own) {
	let text = response?.body.toString() ?? "";
	for (const word of own.toSorted((a, b) => b.length - a.length)) if (word.length > 1) text = text.replaceAll(word, "");
	return text.replaceAll(uuidsHexAndNumbers, "");
}
const seconds = (attempt) => ((attempt.timings.headersMs ?? 0) / 1e3).toFixed(1);
// src/runner/calibrate.ts
const slownessFactor = 10;
const leastPatienceMs = 1e4;
async function calibrate(observer, sessionId, send, earlier = null) {
	const { probe, clock, settleMs, signal } = observer;
	try {
		const before = await probe.count(sessionId, signal);
		if (before !== 0) return {
			kind: "not-observable",
			reason: `${probe.name} says ${before} for a session that was never sent, so it does not count sessions`
		};
		const startedAt = clock.now();
		await send();
		let earlierMs = null;
		let patienceMs = settleMs;
		for (let pollMs = 20;; pollMs = Math.min(pollMs * 2, 500)) {
			const elapsedMs = clock.now() - startedAt;
			if (await probe.count(sessionId, signal) > 0) return {
				kind: "observable",
				timeToEffectMs: elapsedMs
			};
			if (earlier !== null && earlierMs === null && await probe.count(earlier, signal) > 0) {
				earlierMs = elapsedMs;
				patienceMs = Math.min(settleMs, Math.max(slownessFactor * earlierMs, leastPatienceMs));
			}
			if (elapsedMs >= patienceMs) break;
			await clock.sleep(pollMs, signal);
		}
		if (earlierMs !== null) return {
			kind: "observable",
			timeToEffectMs: earlierMs
		};
		return {
			kind: "silent",
			reason: `${probe.name} says 0 for each acknowledged callback, ${settleMs / 1e3} seconds later: either the probe or the receiver is broken`,
			howToTell: `To tell which, ask the probe about a session that was surely processed: if it says 0, it is the probe. If it says 1, look in the receiver for session ${sessionId}, which was acknowledged: if it was not processed, it is the receiver. Where the work takes longer, raise --settle.`
		};
	} catch (error) {
		if (error instanceof ProbeError) return {
			kind: "probe-failed",
			reason: error.message
		};
		throw error;
	}
}
// src/runner/kept-connection.ts
const connections = new WeakMap();
const pollMs = 50;
function keptConnection({ sender, clock }, signal) {
	const connection = sender.connection();
	const kept = {
		get opened() {
			return connection.opened;
		},
		async closesWithin(ms) {
			const until = clock.now() + ms;
			while (connection.isOpen() && clock.now() < until) await clock.sleep(pollMs, signal);
			return !connection.isOpen();
		},
		close: () => connection.close()
	};
	connections.set(kept, connection);
	return kept;
}
function connectionOf(kept) {
	const connection = connections.get(kept);
	if (connection === void 0) throw new Error("a kept connection that this runner did not make");
	return connection;
}
// src/runner/vary.ts
const continueWaitMs = 1e3;
function vary(documented, variation, names) {
	const text = documented.body.toString();
	const json = variation.body === void 0 ? text : JSON.stringify(variation.body(JSON.parse(text), names));
	const bytes = variation.bytes?.(json) ?? json;
	return {
		sessionId: documented.sessionId,
		method: variation.method ?? documented.method,
		path: variation.path?.(documented.path) ?? documented.path,
		headers: varyHeaders(documented.headers, variation, names),
		body: typeof bytes === "string" ? Buffer.from(bytes) : bytes
	};
}
function varyHeaders(documented, { set = {}, drop = [], headers }, names) {
	const dropped = typeof drop === "function" ? drop(names) : drop;
	const replaced = new Set([...Object.keys(set), ...dropped].map((name) => name.toLowerCase()));
	const varied = [...documented.filter(([name]) => !replaced.has(name.toLowerCase())), ...Object.entries(set)];
	return headers?.(varied) ?? varied;
}
function faultFor(request, url, onTheWay, framing) {
	if (onTheWay !== "pass") return faultOnTheWay(request, url, onTheWay);
	return framing === "content-length" ? void 0 : { script: framed(request, hostOf(url), framing) };
}
function framed(request, host, framing) {
	const length = `Content-Length: ${request.body.length}`;
	if (typeof framing === "object") return [
		{
			do: "send",
			bytes: requestHead(request, host, [length])
		},
		{
			do: "send",
			bytes: firstHalf(request.body)
		},
		{
			do: "await-answer",
			upToMs: framing.stallMs
		},
		{ do: "close" }
	];
	switch (framing) {
		case "chunked": return [{
			do: "send",
			bytes: requestHead(request, host, ["Transfer-Encoding: chunked"])
		}, {
			do: "send",
			bytes: chunkedBody(request.body)
		}];
		case "expect-continue": return [
			{
				do: "send",
				bytes: requestHead(request, host, [length, "Expect: 100-continue"])
			},
			{
				do: "await-answer",
				upToMs: continueWaitMs
			},
			{
				do: "send",
				bytes: request.body
			}
		];
		case "two-lengths": return [{
			do: "send",
			bytes: requestHead(request, host, [length, `Content-Length: ${request.body.length + 7}`])
		}, {
			do: "send",
			bytes: request.body
		}];
		case "length-and-chunks": return [{
			do: "send",
			bytes: requestHead(request, host, [length, "Transfer-Encoding: chunked"])
		}, {
			do: "send",
			bytes: chunkedBody(request.body)
		}];
	}
}
// src/runner/courier.ts
function createCourier(options) {
	const { target, owner, sessions, record, page, signal } = options;
	const { url } = target;
	const unkept = new WeakMap();
	const sentSessions = new Set();
	const marked = new Map();
	let rateLimited = null;
	async function attempt(request, label, how, at) {
		const keeps = how.evidence ?? "all";
		const slot = keeps === "all" ? record.evidence.push(null) - 1 : null;
		target.resultsApi?.register(request.sessionId);
		const isRetry = sentSessions.has(request.sessionId);
		sentSessions.add(request.sessionId);
		async function once() {
			await target.pace.turn(signal, options.floods);
			if (rateLimited !== null) throw rateLimited;
			const ended = target.vitals.sends({
				check: owner,
				label: label || (marked.get(request.sessionId) ?? "")
			});
			const hold = at?.clock.hold();
			const fault = faultFor(request, url, how.onTheWay ?? "pass", how.variation?.framing ?? "content-length");
			const to = how.instance === void 0 ? null : instanceAt(how.instance);
			const made = await (to ?? target).sender.attempt(request, {
				number: at?.number ?? 1,
				offsetMs: at?.offsetMs ?? 0,
				signal,
				...how.connection !== void 0 && { connection: connectionOf(how.connection) },
				...how.lastOnConnection === true && { lastOnConnection: true },
				...how.lingerMs !== void 0 && { lingerMs: how.lingerMs },
				...fault !== void 0 && { fault },
				...target.ignoresBodies() && { stopAtHeaders: true }
			}).finally(() => hold?.release());
			signal.throwIfAborted();
			ended(made);
			const isPlain = label === "" && !isRetry && options.floods !== true && !marked.has(request.sessionId);
			target.tally.counts(made, isPlain ? null : owner);
			const scheduled = at !== void 0;
			const isPlainlySent = fault === void 0 && how.connection === void 0 && to === null;
			const entry = {
				attempt: made,
				label,
				scheduled,
				fitsCurl: !scheduled && !isRetry && isPlainlySent,
				variation: how.variation ?? null,
				...to !== null && { to: to.url }
			};
			if (slot !== null) record.evidence[slot] = entry;
			else if (keeps === "failures" && made.outcome.kind === "failed") record.evidence.push(entry);
			else unkept.set(made, entry);
			if (keeps !== "none" || how.variation === void 0) {
				const { onTheWay = "pass", variation } = how;
				const entitles = variation === void 0 || variation.harmless === true;
				page?.enter(request.sessionId, {
					attempt: made,
					label,
					onTheWay,
					entitles
				});
				if (how.leavesEffectOpen === true) page?.leaveOpen(request.sessionId);
			}
			if (!isLimited(made)) {
				target.pace.blocked = false;
				target.pace.went(isAcknowledged$1(made));
			}
			return made;
		}
		const particular = isRetry ? "session" : how.variation === void 0 ? null : "input";
		for (let tries = 0;; tries += 1) {
			const made = await once();
			if (!isLimited(made) || how.judgesRateLimit === true) return made;
			if (particular !== null && !target.pace.blocked && (tries === 0 || tries === 4)) {
				const { pace } = target;
				const own = {
					attempt: made,
					particular,
					pace,
					clock: target.clock,
					signal,
					isLimited,
					again: once,
					control
				};
				const answer = await answerOfItsOwn(own);
				if (answer !== null) return answer;
			}
			if (tries === 4 || target.pace.blocked) {
				target.pace.blocked = true;
				rateLimited = new NotRun("rate-limited", rateLimitedSentence(made));
				throw rateLimited;
			}
			target.pace.slowDown(retryAfterMs(responseHeader(made, "retry-after"), target.clock.now()));
		}
	}
	const isLimited = (made) => asksForLess(made, url, target.pace);
	async function control() {
		const sessionId = target.sessions.take(`${owner} control`, 1)?.();
		if (sessionId === void 0) return null;
		target.resultsApi?.register(sessionId);
		await target.pace.turn(signal);
		return isAcknowledged$1(await target.sender.attempt(documented(sessionId), {
			number: 1,
			offsetMs: 0,
			signal
		}));
	}
	const documented = (sessionId, instance) => (instance === void 0 ? target : instanceAt(instance)).sender.callback(sessionId);
	function instanceAt(position) {
		const instance = target.instances[position];
		if (instance === void 0) throw new Error(`${owner} asks for an instance that is not there`);
		return instance;
	}
	return {
		async send(how = {}, scheduled) {
			const request = documented(how.sessionId ?? sessions(), how.instance);
			return attempt(how.variation === void 0 ? request : vary(request, how.variation, target.contract.request), labelOf(how), how, scheduled);
		},
		async sendSentinel() {
			const sessionId = target.sessions.take(`${owner} sentinel`, 1)?.();
			if (sessionId === void 0) throw new NotRun("sessions-used-up", "no session id is left to see effects settle");
			const sentinel = await attempt(documented(sessionId), "to see that effects have settled", { leavesEffectOpen: true });
			if (isAcknowledged$1(sentinel)) return sessionId;
			throw new NotRun("effects-not-settled", "the session that was sent to see effects settle was not acknowledged");
		},
		marks: (sessionId, how) => void marked.set(sessionId, how),
		keep(made) {
			const entry = unkept.get(made);
			if (entry !== void 0 && !record.evidence.includes(entry)) record.evidence.push(entry);
		},
		session: sessions,
		randomHex: (length) => hexOf(length, target.seed, owner),
		pause: (ms) => target.clock.sleep(ms, signal)
	};
}
function rateLimitedSentence(attempt) {
	return `the receiver still answers ${attempt.response?.status} after the run slowed down 4 times; pass a lower --max-rate, or raise the limit for the test`;
}
const labels = {
	pass: "",
	"lost-ack": "answer lost on its way back",
	cut: "cut in the middle of the body"
};
function labelOf({ variation, onTheWay = "pass", instance }) {
	if (variation !== void 0) return variation.label;
	return instance === void 0 ? labels[onTheWay] : `to instance ${instance + 1}`;
}
// src/runner/own-callbacks.ts
async function sendBaseline(target, signal) {
	const batch = target.sessions.take("baseline", target.sessions.invents ? 3 : 1);
	if (batch === null) return null;
	let only = null;
	const sessions = target.sessions.invents ? batch : () => only ??= batch();
	const record = emptyRecord();
	const courier = ownCourier(target, sessions, signal, record);
	try {
		return await takeBaseline(courier, target, (path) => siblingPath(path, courier.randomHex(12)));
	} catch (error) {
		if (signal.aborted) return null;
		const last = record.evidence.at(-1)?.attempt;
		if (!(error instanceof NotRun) || last === void 0) throw error;
		return {
			kind: "rate-limited",
			attempt: last,
			reason: error.message,
			notes: []
		};
	}
}
async function tryProbe(target, baseline, signal) {
	if (target.effects === null || signal.aborted) return null;
	const sessions = target.sessions.take("effects", 1);
	if (sessions === null) return null;
	const observer = {
		probe: target.effects,
		clock: target.clock,
		settleMs: target.settleMs,
		signal
	};
	const sessionId = sessions();
	const courier = ownCourier(target, () => sessionId, signal);
	try {
		const send = async () => {
			if (isAcknowledged$1(await courier.send({ sessionId }))) return;
			throw new NotRun("not-observable", "the callback that the probe was to be tried with was not acknowledged");
		};
		return await calibrate(observer, sessionId, send, baseline.attempt.request.sessionId);
	} catch (error) {
		if (signal.aborted) return null;
		if (error instanceof NotRun) return {
			kind: "not-observable",
			reason: error.message
		};
		throw error;
	}
}
async function sendControl(target, signal) {
	const sessions = target.sessions.take("control", 1);
	if (sessions === null) return "unknown";
	const courier = ownCourier(target, sessions, signal);
	try {
		const attempt = await courier.send();
		return isTimeout(attempt) ? "hung" : attempt.outcome.kind === "acknowledged";
	} catch (error) {
		if (!signal.aborted && error instanceof NotRun && error.code === "rate-limited") return "rate-limited";
		if (signal.aborted || error instanceof NotRun) return "unknown";
		throw error;
	}
}
function sendSentinel(target, signal) {
	const sessions = () => {
		throw new Error("a sentinel takes a session of its own");
	};
	return ownCourier(target, sessions, signal).sendSentinel();
}
const ownCourier = (target, sessions, signal, record = emptyRecord()) => createCourier({
	target,
	owner: "baseline",
	sessions,
	record,
	page: null,
	signal
});
// src/runner/selection.ts
var import_picomatch = __toESM(require_picomatch(), 1);
function selectChecks(suites, options) {
	const all = suites.flatMap(({ checks }) => checks);
	const bySuite = filter("--suite", options.suites, suites, ({ id }) => [id]).flatMap(({ checks }) => checks);
	const byCheck = new Set(filter("--check", options.checks, all, namesOf));
	const skipped = new Set((options.skip ?? []).length === 0 ? [] : filter("--skip", options.skip, all, namesOf));
	const ofLevels = new Set((options.levels?.length ? options.levels : levels$1).map(levelOf));
	const selected = bySuite.filter((check) => byCheck.has(check) && !skipped.has(check) && ofLevels.has(check.level));
	if (selected.length === 0) throw new UsageError("ERR_FILTER", "the filters together (--suite, --check, --skip, --level) select no check");
	return new Set(selected.map(({ id }) => id));
}
const globPunctuation = /[/{},()|]/;
function namedChecks(suites, options) {
	const names = (pattern, id) => {
		const words = new Set(pattern.split(globPunctuation));
		return idMatcher(pattern)(id) && id.split("/").some((part) => words.has(part));
	};
	const isNamed = (suite, check) => (options.suites ?? []).some((pattern) => names(pattern, suite.id)) || (options.checks ?? []).some((pattern) => namesOf(check).some((id) => names(pattern, id)));
	const selected = selectChecks(suites, options);
	const named = suites.flatMap((suite) => suite.checks.filter((check) => isNamed(suite, check)));
	return new Set(named.map(({ id }) => id).filter((id) => selected.has(id)));
}
const namesOf = ({ id, aliases = [] }) => [id, ...aliases];
function idMatcher(pattern) {
	return pattern === "" ? () => false : (0, import_picomatch.default)(pattern, { nonegate: true });
}
function filter(option, patterns, items, names) {
	if (patterns === void 0 || patterns.length === 0) return items;
	const found = new Set();
	for (const pattern of patterns) {
		const matches = idMatcher(pattern);
		const matched = items.filter((item) => names(item).some((name) => matches(name)));
		if (matched.length === 0) throw matchesNothing(option, pattern, items.flatMap(names));
		for (const item of matched) found.add(item);
	}
	return items.filter((item) => found.has(item));
}
function matchesNothing(option, pattern, known) {
	const near = nearest(pattern, known);
	const all = option === "--suite" ? `there are ${known.join(", ")}` : "`list` shows them all";
	return new UsageError("ERR_FILTER", `${option}: expected an id or a glob that matches one, got "${pattern}"; ${near === void 0 ? all : `did you mean ${near}?`}`);
}
function nearest(pattern, known) {
	const bare = pattern.replaceAll("*", "").replace(/\/$/, "");
	if (known.some((name) => name.startsWith(`${bare}/`))) return `${bare}/*`;
	const whole = closest(bare, known);
	if (bare === "" || whole !== void 0) return whole;
	const [suite = ""] = pattern.split("/");
	const meant = closest(suite, known.map(firstPart));
	if (meant !== void 0 && meant !== suite) {
		const mended = meant + pattern.slice(suite.length);
		const matches = idMatcher(mended);
		if (known.some((name) => matches(name))) return mended;
	}
	const ending = closest(bare.replace(/^.*\//, ""), known.map(lastPart));
	return known.find((name) => lastPart(name) === ending) ?? known.find((name) => bare.includes(name));
}
const firstPart = (id) => id.replace(/\/.*$/, "");
const lastPart = (id) => id.replace(/^.*\//, "");
function levelOf(text) {
	const level = levels$1.find((known) => known === text);
	if (level === void 0) throw new UsageError("ERR_FILTER", `--level: expected ${levels$1.join(", ")}, got "${text}"`);
	return level;
}
// src/runner/known-failures.ts
const unexplained = "to be explained";
const entryFor = (known, check) => known.find((entry) => matches(entry, check)) ?? null;
function knownFailureOf(known, check, outcome = null) {
	const entry = entryFor(known, check);
	if (entry?.flaky !== true) return entry?.reason ?? null;
	return outcome === "passed" ? null : `flaky: ${entry.reason}`;
}
function flakyNotes(known, check) {
	const entry = entryFor(known, check);
	return entry?.flaky === true ? [`passed this time; listed as flaky: ${entry.reason}`] : [];
}
function inForce(known, nowMs) {
	const today = isoTime(nowMs).slice(0, 10);
	const isOver = ({ expires }) => expires !== void 0 && expires < today;
	return {
		known: known.filter((entry) => !isOver(entry)),
		notes: known.flatMap((entry) => {
			if (isOver(entry)) return [`The entry "${entry.check}" of the known failures has expired on ${entry.expires}: what fails there fails the gate again.`];
			if (!entry.reason.startsWith("to be explained")) return [];
			return [`The entry "${entry.check}" of the known failures is still to be explained: put a reason of your own in place of "${unexplained}".`];
		})
	};
}
function staleEntries(known, catalogue, outcomes) {
	return known.flatMap((entry) => {
		const matched = catalogue.filter((check) => matches(entry, check));
		if (matched.length === 0) return [`known failure "${entry.check}" matches no check: correct or remove it`];
		if (entry.flaky === true) return [];
		return matched.filter(({ id }) => outcomes.get(id) === "passed").map(({ id }) => `known failure "${entry.check}" is out of date: ${id} passes, so remove it from the list`);
	});
}
function matches(entry, check) {
	const matcher = idMatcher(entry.check);
	return namesOf(check).some((name) => matcher(name));
}
// src/runner/how-to-declare.ts
const howToDeclare = {
	credentials: {
		is: "the headers configured with the webhook, given with -H 'Name: value'",
		missing: "no credentials are configured; pass the webhook's headers with -H 'Name: value'"
	},
	"url-secret": {
		is: "a secret in the query of the callback URL, declared with --credential-query NAME",
		missing: "no secret in the URL's query is declared; where there is one, name its parameter with --credential-query"
	},
	effects: {
		is: "a way to ask how often a session was processed: --probe-url 'https://…/{sessionId}', --probe-command '… {sessionId}', or the log of --results-api",
		missing: "nothing tells how often a session was processed; pass --probe-url or --probe-command, or point the receiver at --results-api"
	},
	"elapsed-time": {
		is: "time that passes for the receiver too: --advance-command 'cmd {seconds}', which moves whatever it keeps time by, or --real-time",
		missing: "a remote clock does not move when the waits between attempts are skipped; pass --advance-command with what moves it, or run with --real-time"
	},
	instances: {
		is: "the replicas behind the callback URL, each given with --instance URL, and effects that are counted over all of them",
		missing: "which replicas stand behind the callback URL is not known, and a retry may come to any of them; pass each with --instance URL"
	},
	"results-api": {
		is: "the harness's own results API, started with --results-api [HOST:]PORT and --results-token, which the receiver is configured to fetch from",
		missing: "the receiver is not pointed at a results API of the harness; pass --results-api and --results-token, and configure the receiver to fetch from there"
	}
};
// src/runner/pre-skip.ts
function preSkip(check, suite, target, isNamed) {
	if (suite.publicOnlyByName === true && !target.local && !isNamed) return {
		reasonCode: "not-selected",
		reason: `not sent to a receiver that is not local unless it is asked for by name: pass --suite ${suite.id}`
	};
	if (check.productionOnly === true && target.local) return {
		reasonCode: "not-applicable",
		reason: "not applicable: the target is declared local, not at its production address"
	};
	const missing = check.needs?.find((capability) => !target.capabilities.has(capability));
	if (missing === void 0) return null;
	return {
		reasonCode: "not-observable",
		reason: `not observable: ${howToDeclare[missing].missing}`
	};
}
// src/report/shell-word.ts
function word(pieces) {
	const texts = pieces.filter((piece) => typeof piece === "string");
	if (texts.length === pieces.length) return singleQuoted(texts.join(""));
	if (texts.every((text) => !/["$`\\!]/.test(text))) return `"${pieces.map((piece, index) => typeof piece === "string" ? piece : expansion(piece, pieces[index + 1])).join("")}"`;
	return pieces.map((piece) => typeof piece === "string" ? singleQuoted(piece) : `"$${piece.variable}"`).join("");
}
const longRun = /([!-~])\1{4095}/;
const hasLongRun = (bytes) => longRun.test(bytes);
function bytesCommand(pieces) {
	const commands = [];
	let plain = [];
	const endPlain = () => {
		if (plain.length > 0) commands.push(printfCommand(plain));
		plain = [];
	};
	for (const piece of pieces) {
		let rest = piece;
		while (typeof rest === "string") {
			const start = rest.search(longRun);
			if (start < 0) break;
			let end = start;
			while (rest[end] === rest[start]) end += 1;
			if (start > 0) plain.push(rest.slice(0, start));
			endPlain();
			commands.push(`head -c ${end - start} /dev/zero | tr '\\000' '${octal(rest.slice(start))}'`);
			rest = rest.slice(end);
		}
		if (rest !== "") plain.push(rest);
	}
	endPlain();
	return commands.length === 1 ? commands[0] ?? "" : `{ ${commands.join("; ")}; }`;
}
function printfCommand(pieces) {
	const words = [`'${pieces.map((piece) => typeof piece === "string" ? printfFormat(piece) : "%s").join("").replace(/^-/, "\\055")}'`];
	for (const piece of pieces) if (typeof piece !== "string") words.push(`"$${piece.variable}"`);
	return `printf ${words.join(" ")}`;
}
const singleQuoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
function expansion({ variable }, next) {
	return typeof next === "string" && /^\w/.test(next) ? `\${${variable}}` : `$${variable}`;
}
function printfFormat(bytes) {
	return bytes.replace(/[^ -~]|['%\\]/g, (character) => {
		if (character === "%") return "%%";
		if (character === "\\") return "\\\\";
		return octal(character);
	});
}
const octal = (bytes) => `\\${bytes.charCodeAt(0).toString(8).padStart(3, "0")}`;
const takenVariables = new Set("ID USERINFO PATH HOME USER SHELL PWD OLDPWD IFS ENV LANG TERM UID EUID PPID HOSTNAME HOST LOGNAME MAIL PS1 PS2 PS4".split(" "));
function variableFor(headerName) {
	const name = headerName.toUpperCase().replace(/[^A-Z0-9]/g, "_").replace(/^(?=\d)/, "_");
	return takenVariables.has(name) ? `${name}_HEADER` : name;
}
// src/report/curl.ts
const longestArgumentBytes = 1e5;
function curlLine(request) {
	const { body, freshSessionId = "" } = request;
	const pieces = (text) => withFreshId(text, freshSessionId);
	const curl = [
		"curl -i --http1.1",
		...optionArguments(request),
		urlArgument(request.url, pieces)
	];
	for (const header of request.headers) curl.push(`-H ${headerWord(header, pieces)}`);
	for (const name of suppressedDefaults(request)) curl.push(`-H '${name}:'`);
	let line = curl.join(" ");
	if (body !== null) {
		const text = typeof body === "string" ? body : bytesToText(body);
		const bytes = byteString(body);
		line = showsAsItself(text) && byteString(text) === bytes && bytes.length <= longestArgumentBytes && !hasLongRun(bytes) ? `${line} --data-raw ${word(pieces(text))}` : `${bytesCommand(withFreshId(bytes, byteString(freshSessionId)))} | ${line} --data-binary @-`;
	}
	return sendsSessionId(request) ? `ID=$(openssl rand -hex 13); ${line}` : line;
}
function optionArguments({ method, url, deadlineMs, caFile, insecure, connectTo }) {
	const options = [method === "HEAD" ? "--head" : `-X ${/^[A-Z]+$/.test(method) ? method : word([method])}`];
	if (/\/\.{1,2}(\/|$)/.test(url.replace(/[?#].*$/s, ""))) options.push("--path-as-is");
	if (/[[\]{}]/.test(url)) options.push("--globoff");
	if (deadlineMs !== void 0) options.push(`--max-time ${deadlineMs / 1e3}`);
	if (caFile !== void 0) options.push(`--cacert ${word([caFile])}`);
	if (insecure === true) options.push("--insecure");
	if (connectTo !== void 0) options.push(`--connect-to ${word([connectTo])}`);
	return options;
}
function urlArgument(url, pieces) {
	const [, scheme, rest] = /^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@(.*)$/is.exec(url) ?? [];
	if (scheme === void 0 || rest === void 0) return word(pieces(url));
	return word([
		scheme,
		{ variable: "USERINFO" },
		...pieces(`@${rest}`)
	]);
}
function headerWord({ name, value, secret }, pieces) {
	if (secret === true) return word([`${name}: `, { variable: variableFor(name) }]);
	if (value === "") return word([`${name};`]);
	if (!/[^ -~]/.test(value)) return word(pieces(`${name}: ${value}`));
	return `"$(${printfCommand(pieces(`${name}: ${/[^\0-\xff]/.test(value) ? byteString(value) : value}`))})"`;
}
function suppressedDefaults({ headers, body }) {
	const defaults = ["User-Agent", "Accept"];
	if (body !== null) defaults.push("Content-Type");
	if (body !== null && body.length > 1048576) defaults.push("Expect");
	const sent = new Set(headers.map(({ name }) => name.toLowerCase()));
	return defaults.filter((name) => !sent.has(name.toLowerCase()));
}
function sendsSessionId({ url, headers, body, freshSessionId = "" }) {
	const texts = [
		url,
		...headers.map(({ value, secret }) => secret === true ? "" : value),
		byteString(body ?? "")
	];
	return freshSessionId !== "" && texts.some((text) => text.includes(freshSessionId));
}
function withFreshId(text, sessionId) {
	if (sessionId === "") return [text];
	const id = { variable: "ID" };
	return text.split(sessionId).flatMap((part, index) => index === 0 ? [part] : [id, part]).filter((piece) => piece !== "");
}
function byteString(body) {
	return (typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body)).toString("latin1");
}
// src/report/run-line.ts
function runLine(line) {
	return [
		"webhook-conformance run",
		line.url === null ? "--embedded" : word([line.url]),
		...line.local ? ["--local"] : [],
		...line.headers.map((name) => `-H ${word([`${name}: \${${variableFor(name)}}`])}`),
		...(line.credentialHeaders ?? []).map((name) => `--credential-header ${word([name])}`),
		...line.options.map((option) => /^--[a-z-]+$/.test(option) ? option : word([option])),
		`--check ${line.check}`,
		`--seed ${word([line.seed])}`,
		...line.failOn === "required" ? [] : [`--fail-on ${line.failOn}`]
	].join(" ");
}
// src/runner/latencies.ts
const firstBucketMs = 1;
function summarizeLatencies(ms) {
	const sorted = [...ms].sort((a, b) => a - b);
	const maxMs = sorted.at(-1);
	if (maxMs === void 0) return null;
	const percentile = (share) => rounded(sorted[Math.ceil(share * sorted.length) - 1] ?? maxMs);
	const histogram = [];
	for (let upToMs = firstBucketMs, fromMs = -1; fromMs < maxMs; fromMs = upToMs, upToMs *= 2) {
		const count = sorted.filter((value) => value > fromMs && value <= upToMs).length;
		if (count > 0 || histogram.length > 0) histogram.push({
			upToMs,
			count
		});
	}
	return {
		count: sorted.length,
		p50Ms: percentile(.5),
		p95Ms: percentile(.95),
		p99Ms: percentile(.99),
		maxMs: rounded(maxMs),
		histogram
	};
}
const rounded = (ms) => Math.round(ms * 10) / 10;
// src/runner/vitals.ts
const isNobody = ({ outcome }) => outcome.kind === "failed" && outcome.reason === "connect" && outcome.phase === "connect";
const isDeathByOthers = ({ after }, check) => after.some(isSpecial) && after.every((sent) => sent.check !== check);
const isDeathByThis = ({ after }, check) => after.length > 0 && after.every((sent) => sent.check === check);
function createVitals(isExpected) {
	const underWay = new Set();
	let unanswered = [];
	let last = null;
	let lastSpecial = null;
	let death = null;
	const deaths = new Map();
	function dies() {
		const candidates = [
			...lastSpecial !== null && lastSpecial.since <= mostSince ? [lastSpecial.sent] : [],
			...last === null ? [] : [last],
			...unanswered,
			...underWay
		];
		const special = candidates.filter(isSpecial);
		death = { after: special.length > 0 ? special : candidates };
		for (const { check } of death.after) if (!deaths.has(check)) deaths.set(check, death);
	}
	return {
		sends(sent) {
			underWay.add(sent);
			return (attempt) => {
				underWay.delete(sent);
				if (isNobody(attempt)) {
					if (death === null && isExpected()) dies();
					return;
				}
				death = null;
				if (isSpecial(sent)) lastSpecial = {
					sent,
					since: 0
				};
				else if (lastSpecial !== null && attempt.response !== null) lastSpecial.since += 1;
				if (attempt.response === null) unanswered.push(sent);
				else [unanswered, last] = [[], sent];
			};
		},
		get death() {
			return death;
		},
		deathBy: (check) => deaths.get(check) ?? null
	};
}
const mostSince = 2;
const isSpecial = ({ label }) => label !== "";
const mostNamed = 3;
function lastBefore({ after }) {
	const names = [...new Set(after.map(nameOf))];
	const more = names.length > mostNamed ? ` or ${names.length - mostNamed} others` : "";
	return names.length === 0 ? "a documented callback" : names.slice(0, mostNamed).join(" or ") + more;
}
function nameOf({ check, label }) {
	if (check === "baseline") return "a documented callback sent as a control";
	return `the ${label === "" ? "documented callback" : `callback "${label}"`} of ${check}`;
}
const endedAfter = (death) => `the receiver's process has ended: nothing listens at its port any more, and the last that it was sent before was ${lastBefore(death)}`;
const causeOfDeath = (death) => ({
	id: "process-ended",
	says: endedAfter(death),
	fix: "Look at what it threw then (its log tells) and handle that error where it is thrown, in what goes on after the answer too; and let a supervisor start the process again whenever it ends."
});
// src/runner/report-check.ts
const bodyBytes = {
	failed: 8192,
	other: 1024
};
const mostAttempts = 60;
const shortestReplacedId = 8;
function reportCheck(options) {
	const { check, end, target } = options;
	const record = end.record ?? emptyRecord();
	const latencies = summarizeLatencies(record.latenciesMs);
	const findings = end.outcome === "failed" ? record.findings : [];
	const evidence = record.evidence.filter((entry) => entry !== null);
	if (options.baseline !== null && check.builds === "judges-baseline") evidence.unshift({
		attempt: options.baseline,
		label: "",
		scheduled: false,
		fitsCurl: true,
		variation: null
	});
	const blamed = findings.map(({ where }) => where).find((where) => typeof where !== "string") ?? null;
	const entryOf = (attempt) => evidence.find((entry) => entry.attempt === attempt);
	const attempts = findings.flatMap(({ where }) => typeof where === "string" ? [] : [where]);
	const told = findings.find(({ cause }) => cause !== void 0)?.cause ?? null;
	const cause = end.outcome === "failed" ? told ?? likelyCause(check, attempts, (each) => entryOf(each)?.label ?? "", target) : null;
	const kept = shown(evidence, findings);
	const cap = end.outcome === "failed" ? bodyBytes.failed : bodyBytes.other;
	return {
		id: check.id,
		suite: options.suite,
		title: check.title,
		level: check.level,
		clause: check.clause,
		source: check.source ?? null,
		outcome: end.outcome,
		reason: end.reason,
		reasonCode: end.reasonCode,
		mismatches: findings.map((finding) => mismatch(finding, evidence, kept)),
		hint: end.outcome === "failed" ? hint(check, findings, cause, (attempt) => entryOf(attempt)?.variation ?? null) : null,
		...cause !== null && { likelyCause: cause },
		reproduce: end.outcome === "failed" ? reproduce(check, findings[0], blamed, evidence, target) : null,
		notes: [...record.notes, ...options.flakyNotes ?? []],
		...options.knownFailure !== null && { knownFailure: options.knownFailure },
		durationMs: Math.round(end.durationMs),
		...latencies !== null && { latencies },
		attempts: kept.map((entry) => reportAttempt(entry, target, cap))
	};
}
function mismatch({ expected, actual, where }, evidence, kept) {
	if (typeof where === "string") return {
		expected,
		actual,
		where
	};
	const attempt = kept.findIndex((entry) => entry.attempt === where);
	return {
		expected,
		actual,
		where: whereText(where, evidence),
		...attempt >= 0 && { attempt }
	};
}
function whereText(attempt, evidence) {
	const index = evidence.findIndex((entry) => entry.attempt === attempt);
	const entry = evidence[index];
	if (entry === void 0) return "the first callback";
	const label = entry.label === "" ? "" : ` (${entry.label})`;
	if (entry.scheduled) return `attempt ${attempt.number} at ${formatOffset(attempt.offsetMs)}${label}`;
	return `callback ${index + 1}${label}`;
}
function likelyCause(check, blamed, labelOf, target) {
	const death = target.vitals.deathBy(check.id) ?? (blamed.some(isNobody) ? target.vitals.death : null);
	if (death !== null && blamed.some(({ response }) => response === null)) return causeOfDeath(death);
	const [first] = blamed;
	if (first === void 0) return null;
	const label = labelOf(first);
	const cause = causeOf(answerOf(first, target.url), label !== "");
	if (cause !== null && (cause.wall === true || first.outcome.kind === "failed")) return {
		id: cause.id,
		says: cause.says,
		fix: cause.fix
	};
	const asOften = first.outcome.kind === "failed" ? target.tally.asOften(first, check.id) : null;
	return asOften === null ? null : {
		id: "flaky",
		says: `the receiver is flaky: ${asOften.failed} of ${asOften.of} plain documented callbacks got ${whatCame(first)}`,
		fix: "Nothing that was varied is to blame. Look in its log for what those have in common: a deadlock or a lock that is waited for, one instance of several, a dependency that fails now and then."
	};
}
function hint(check, findings, cause, variationOf) {
	if (cause !== null) return `Likely cause: ${cause.says}. ${cause.fix}`;
	const fixes = findings.map(({ where, fix }) => {
		if (fix !== null || typeof where === "string") return fix;
		const variation = variationOf(where);
		return where.outcome.kind === "acknowledged" ? variation?.fixIfAcknowledged : variation?.fixIfFailed;
	});
	return [...new Set(fixes.map((fix) => fix ?? check.explain.fix))].join(" ");
}
function shown(evidence, findings) {
	const named = new Set(findings.map(({ where }) => where));
	return evidence.filter((entry, index) => index < mostAttempts || named.has(entry.attempt));
}
function reproduce(check, finding, blamed, evidence, target) {
	const fitsCurl = blamed !== null && (evidence.find(({ attempt }) => attempt === blamed)?.fitsCurl ?? true);
	const isTold = check.pace !== "alone" && finding !== void 0 && finding.where === blamed && !isOfEffects(finding);
	const curl = fitsCurl && isTold ? curlOf(blamed, target) : null;
	if (curl !== null) return curl;
	const { headers, credentials, url, kind, reach } = target;
	return runLine({
		url: kind === "embedded" ? null : urlOf(target, url.path),
		local: target.local,
		headers: headers.map(([name]) => name),
		credentialHeaders: credentials.length === headers.length ? null : credentials.map(([name]) => name),
		options: reach.options ?? [],
		check: check.id,
		seed: target.seed,
		failOn: check.level
	});
}
const isOfEffects = ({ expected, actual }) => /\b(effect|processed|fetch)/.test(`${expected} ${actual}`);
function curlOf({ request }, target) {
	const secret = new Set(target.headers.map(([name]) => name.toLowerCase()));
	const own = target.url.userinfo !== null && !secret.has("authorization") ? new Set(["authorization"]) : new Set();
	const configured = new Map(target.headers.map(([name, value]) => [name.toLowerCase(), value]));
	const isAsConfigured = (name, value) => configured.get(name.toLowerCase()) === value;
	const holdsASecret = ([name, value]) => nearMisses.some((miss) => miss.holdsTheSecret && miss.of(configured.get(name.toLowerCase()) ?? "") === value);
	if (request.headers.some(holdsASecret)) return null;
	return curlLine({
		method: request.method,
		url: urlOf(target, request.path),
		headers: request.headers.filter(([name]) => !own.has(name.toLowerCase())).map(([name, value]) => ({
			name,
			value,
			secret: isAsConfigured(name, value)
		})),
		body: request.body,
		deadlineMs: target.contract.response.deadlineMs,
		...target.sessions.invents && request.sessionId.length >= shortestReplacedId && { freshSessionId: request.sessionId },
		...target.reach.connectTo !== void 0 && { connectTo: target.reach.connectTo },
		...target.reach.caFile !== void 0 && { caFile: target.reach.caFile }
	});
}
function urlOf({ url }, path) {
	const userinfo = url.userinfo === null ? "" : `${/\/\/([^/?#]*)@/.exec(url.raw)?.[1] ?? ""}@`;
	const host = url.hostname.includes(":") ? `[${url.hostname}]` : url.hostname;
	const port = url.port === (url.scheme === "https:" ? 443 : 80) ? "" : `:${url.port}`;
	return `${url.scheme}//${userinfo}${host}${port}${path}`;
}
function reportAttempt({ attempt, label, to }, target, cap) {
	const { request, response, outcome } = attempt;
	return {
		number: attempt.number,
		sessionId: request.sessionId,
		label,
		request: {
			method: request.method,
			url: urlOf(to === void 0 ? target : { url: to }, request.path),
			headers: request.headers,
			body: capText(bytesToText(request.body), cap)
		},
		response: response && {
			status: response.status,
			statusText: response.statusText,
			headers: response.headers,
			body: capText(bytesToText(response.body), cap),
			bodyEnd: response.bodyEnd
		},
		error: response === null && outcome.kind === "failed" ? {
			reason: outcome.reason,
			code: outcome.code,
			message: outcome.message
		} : null,
		startedAt: isoTime(attempt.startedAt),
		virtualOffsetMs: attempt.offsetMs,
		durationMs: Math.round(attempt.timings.endMs)
	};
}
// src/runner/elapsed-time.ts
var AdvanceError = class extends Error {
	name = "AdvanceError";
};
// src/runner/side-by-side.ts
const queueBudgetMs = 1e4;
const answerMsOf = (baseline) => baseline?.timings.headersMs ?? 0;
const sideBySide$1 = (most, baseline) => Math.max(1, Math.min(most, Math.floor(queueBudgetMs / Math.max(1, answerMsOf(baseline)))));
// src/runner/open-context.ts
const confirmingDelayMs = 5e3;
const conditionPollMs = 50;
const waitsSkipped = "The waits between attempts were skipped, and the receiver's clock did not move: what it forgets with time does not show.";
const nothingShows = "of the sessions that were sent later none was processed, though each was acknowledged, so that this one has no effect says nothing";
function openContext({ target, check, watch, ledger, confirming, signal, ...turn }, sessions) {
	const { contract, url } = target;
	const baseline = turn.baseline?.attempt ?? null;
	const record = emptyRecord();
	const page = ledger?.open(check, record) ?? null;
	const floods = check.floods === true;
	const courier = createCourier({
		target,
		owner: check.id,
		floods,
		sessions,
		record,
		page,
		signal
	});
	const context = {
		...courier,
		contract,
		url,
		host: classifyHost(url, contract),
		reachability: isGloballyReachable,
		get baseline() {
			if (baseline === null) throw new Error(`${check.id} asks for the baseline, but does not declare it`);
			return baseline;
		},
		credentials: target.credentials,
		urlSecrets: target.urlSecrets,
		network: target.networkProbe,
		confirming,
		inventsSessions: target.sessions.invents,
		send: (how) => courier.send(how),
		schedule: playSchedule,
		connection: () => keptConnection(target, signal),
		sideBySide: sideBySide$1(target.concurrency, baseline),
		settings: target,
		instances: target.instances.length,
		observesEffects: watch !== null,
		async effects(sessionIds) {
			if (watch === null) throw new Error(`${check.id} asks about effects, but does not declare the need`);
			const { seen, isSure } = await settle({
				...watch,
				sendSentinel: () => courier.sendSentinel()
			}, sessionIds);
			if (!isSure) throw new NotRun("effects-not-settled", nothingShows);
			return new Map([...seen].map(([id, { processed }]) => [id, processed]));
		},
		acknowledged: () => ledger?.acknowledged(suiteOf(check)) ?? [],
		unacknowledged: () => ledger?.unacknowledged() ?? [],
		get results() {
			const { resultsApi } = target;
			if (resultsApi === null) throw new Error(`${check.id} asks for the results API, but does not declare the need`);
			return {
				...resultsApi,
				fault(sessionId, fault, times) {
					courier.marks(sessionId, `whose results the API would not give (${fault.kind})`);
					page?.leaveOpen(sessionId);
					resultsApi.fault(sessionId, fault, times);
				}
			};
		},
		async waitFor(condition) {
			const until = target.clock.now() + target.settleMs;
			while (!condition() && target.clock.now() < until) await target.clock.sleep(conditionPollMs, signal);
		},
		latencies(ms) {
			record.latenciesMs.push(...ms);
		},
		async betweenRetries() {
			if (target.elapse === "skipped" && !record.notes.includes(waitsSkipped)) record.notes.push(waitsSkipped);
			if (confirming && target.elapse === "skipped") await context.pause(confirmingDelayMs);
		},
		now: () => target.clock.now(),
		mismatch(expected, actual, where, fix) {
			record.findings.push({
				expected,
				actual,
				where,
				fix: fix ?? null
			});
			if (typeof where !== "string") courier.keep(where);
		},
		note(text) {
			record.notes.push(text);
		}
	};
	async function playSchedule(plan) {
		const { attempts: count, onTheWay = [], instances = [], sessionId = context.session() } = plan;
		const offsets = scheduledOffsetsMs(contract).slice(0, count);
		const { elapse } = target;
		if (count > 1 && check.spansMinutes !== true) throw new Error(`${check.id} lets minutes pass, but does not declare it`);
		const virtual = elapse === "real" ? null : virtualClock();
		const clock = virtual ?? target.clock;
		const startedAt = clock.now();
		const made = [];
		try {
			for (const [index, offsetMs] of offsets.entries()) {
				const waitMs = Math.max(0, startedAt + offsetMs - clock.now());
				await clock.sleep(waitMs, signal);
				if (index > 0) await context.betweenRetries();
				if (typeof elapse === "object" && waitMs > 0) await elapse.advance(waitMs, signal);
				const instance = instances[index];
				const how = {
					sessionId,
					onTheWay: onTheWay[index] ?? "pass",
					...instance !== void 0 && { instance }
				};
				made.push(await courier.send(how, {
					number: index + 1,
					offsetMs,
					clock
				}));
			}
			return made;
		} finally {
			virtual?.close();
		}
	}
	return {
		context,
		record
	};
}
// src/runner/run-check.ts
async function runCheck(turn) {
	const { check, target, baseline, signal } = turn;
	const startedAt = systemClock.now();
	const end = (outcome, rest = {}) => ({
		outcome,
		reasonCode: null,
		reason: null,
		record: null,
		...rest,
		durationMs: systemClock.now() - startedAt
	});
	if (signal.aborted) return end("not-run", interruptedBy(signal));
	const unmet = check.builds === "nothing" ? null : unmetBaseline(check, baseline);
	if (unmet !== null) return end("not-run", unmet);
	const unseen = check.needs?.includes("effects") === true ? unobserved(turn.calibration) : null;
	if (unseen !== null) return end(unseen.outcome, unseen);
	const sessions = target.sessions.take(check.id, check.sessions);
	if (sessions === null) return end("skipped", {
		reasonCode: "sessions-used-up",
		reason: `it takes ${check.sessions} session ids, and ${target.sessions.left()} are left: supply more`
	});
	const { context, record } = openContext(turn, sessions);
	try {
		const skip = await untilStopped(check.run(context), signal);
		return end(record.findings.length > 0 ? "failed" : skip ? outcomeOf(skip) : "passed", {
			record,
			...skip && record.findings.length === 0 && reasonOf(skip)
		});
	} catch (error) {
		if (signal.aborted) return end("not-run", {
			record,
			...interruptedBy(signal)
		});
		if (error instanceof NotRun) return end("not-run", {
			record,
			reasonCode: error.code,
			reason: error.message
		});
		if (error instanceof ProbeError) return end("error", {
			record,
			reasonCode: "probe-failed",
			reason: error.message
		});
		if (error instanceof AdvanceError) return end("error", {
			record,
			reasonCode: "advance-failed",
			reason: error.message
		});
		const fault = error instanceof Error ? error : new Error(String(error));
		return end("error", {
			record,
			reasonCode: "harness-error",
			reason: `a fault of the harness, not of the receiver: ${fault.message}`,
			fault
		});
	}
}
async function untilStopped(work, signal) {
	let stop = () => {};
	const stopped = new Promise((_settle, reject) => stop = () => reject(signal.reason));
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await Promise.race([work, stopped]);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}
function unobserved(calibration) {
	switch (calibration?.kind) {
		case "observable": return null;
		case "not-observable":
		case "silent": return {
			outcome: "skipped",
			reasonCode: "not-observable",
			reason: `not observable: ${calibration.reason}`
		};
		case "probe-failed": return {
			outcome: "error",
			reasonCode: "probe-failed",
			reason: calibration.reason
		};
		case void 0: return {
			outcome: "skipped",
			reasonCode: "not-observable",
			reason: "not observable: no session was left to try the probe on"
		};
	}
}
function unmetBaseline(check, baseline) {
	switch (baseline?.kind) {
		case void 0: return {
			reasonCode: "sessions-used-up",
			reason: "no session id was left for the first callback: supply more"
		};
		case "acknowledged": return null;
		case "unreachable": return {
			reasonCode: "unreachable",
			reason: baseline.reason
		};
		case "rate-limited": return {
			reasonCode: "rate-limited",
			reason: baseline.reason
		};
		case "rightly-refused": return {
			reasonCode: "credentials-or-session-unknown",
			reason: baseline.reason
		};
		case "not-acknowledged": return check.builds === "judges-baseline" ? null : {
			reasonCode: "baseline-not-acknowledged",
			reason: baseline.reason
		};
	}
}
const outcomeOf = ({ skip }) => skip === "not-judged" ? "not-run" : "skipped";
function reasonOf({ skip, reason }) {
	switch (skip) {
		case "not-applicable": return {
			reasonCode: skip,
			reason: `not applicable: ${reason}`
		};
		case "not-observable": return {
			reasonCode: skip,
			reason: `not observable: ${reason}`
		};
		case "not-judged": return {
			reasonCode: "baseline-not-acknowledged",
			reason
		};
	}
}
function interruptedBy({ reason }) {
	const { code, message } = reason;
	return {
		reasonCode: code,
		reason: message
	};
}
const metUnavailable = (record) => attemptsOf(record).some((attempt) => attempt.response?.status === 503 && !isRateLimited(attempt));
const metNoAnswer = (record) => (record?.findings ?? []).every(({ where }) => typeof where !== "string" && where.response === null);
const metNobody = (record) => attemptsOf(record).some(({ outcome }) => outcome.kind === "failed" && (outcome.phase === "connect" || outcome.reason === "reset"));
const hung = (record) => attemptsOf(record).some(isTimeout);
function attemptsOf(record) {
	return (record?.evidence ?? []).flatMap((entry) => entry === null ? [] : [entry.attempt]);
}
const sentOnlyDocumented = (record) => (record?.evidence ?? []).every((entry) => entry === null || entry.label === "") && !attemptsOf(record).some(isRateLimited);
// src/runner/examination.ts
const restMs = 5e3;
function createExamination(target) {
	const suiteOf = new Map(target.suites.flatMap((suite) => suite.checks.map(({ id }) => [id, suite])));
	const suiteWith = (check) => suiteOf.get(check.id) ?? {
		id: "",
		title: "",
		checks: []
	};
	let begun = null;
	let baseline = null;
	let calibration = null;
	const ledger = createLedger();
	const state = { hasStopped: false };
	let collected = new Map();
	let trouble = null;
	const watchUntil = (signal) => {
		const { effects: probe, clock, settleMs } = target;
		if (probe === null || calibration?.kind !== "observable") return null;
		return {
			observer: {
				probe,
				clock,
				settleMs,
				signal
			},
			calibration,
			state,
			sendSentinel: () => sendSentinel(target, signal)
		};
	};
	async function begin(stop, on) {
		baseline = await sendBaseline(target, stop);
		if (baseline === null) return;
		target.learn(baseline.attempt);
		on?.(baseline.kind);
		if (baseline.kind === "acknowledged") calibration = await tryProbe(target, baseline, stop);
	}
	return {
		get baseline() {
			return baseline;
		},
		preSkip: (check) => preSkip(check, suiteWith(check), target, target.named.has(check.id)),
		async begin(stop, on) {
			await (begun ??= begin(stop, on));
			if (stop.aborted) begun = null;
		},
		get calibration() {
			return calibration;
		},
		run(check, confirming, signal) {
			const watch = watchUntil(signal);
			return runCheck({
				check,
				target,
				baseline,
				calibration,
				watch,
				ledger: watch === null ? null : ledger,
				confirming,
				signal
			});
		},
		async settle(ends, stop) {
			const watch = watchUntil(stop);
			if (watch === null || stop.aborted) return ends;
			trouble = await troubleIn(ledger.settle(watch), stop);
			return ends.map(([check, end]) => [check, check.judgesEffects === true ? judged(check, end, trouble) : end]);
		},
		async collect(collectors, stop) {
			const watch = watchUntil(stop);
			const { byCollector, others } = collectedBy(collectors, watch === null ? [] : await ledger.misdone(watch));
			collected = byCollector;
			return others;
		},
		collected: (check, end) => judged(check, withCollected(end, collected.get(check) ?? []), trouble),
		control: async (stop) => baseline?.kind === "acknowledged" ? sendControl(target, stop) : "unknown",
		rest: (stop) => target.clock.sleep(restMs, stop).catch(() => {}),
		ease: () => target.pace.ease(),
		vitals: target.vitals,
		report: (check, end) => redactCheck(reportCheck({
			check,
			end,
			suite: suiteWith(check).id,
			target,
			baseline: baseline?.attempt ?? null,
			knownFailure: knownFailureOf(target.knownFailures, check, end.outcome),
			flakyNotes: end.outcome === "passed" ? flakyNotes(target.knownFailures, check) : []
		}), target.redactor)
	};
}
const skippedFor = (skip) => ({
	outcome: "skipped",
	...skip,
	durationMs: 0,
	record: null
});
// src/runner/confirmation.ts
function createConfirmation(options) {
	let unhealthy = null;
	let isSound = true;
	const control = async (stop) => {
		let controlled = await options.control(stop);
		if (controlled === false && !stop.aborted) {
			await options.rest(stop);
			controlled = await options.control(stop);
		}
		isSound = controlled === true;
		return controlled;
	};
	const goesDown = (after, stage) => {
		unhealthy = {
			after,
			stage,
			death: options.vitals?.death ?? null
		};
	};
	const unhealthyNow = () => unhealthy;
	const confirmation = {
		beyondJudging(check, stage) {
			if (unhealthy === null || check.judgesHealth === true && unhealthy.stage === stage) return null;
			return {
				outcome: "not-run",
				reasonCode: "receiver-unhealthy",
				reason: unhealthy.death === null ? `the documented callback was no longer acknowledged after ${unhealthy.after}` : endedAfter(unhealthy.death),
				durationMs: 0,
				record: null
			};
		},
		disturbed() {
			isSound = false;
		},
		async confirm(check, first, { stage, stop }, suspects, wasCrowded = false) {
			if (first.outcome !== "failed" || check.builds === "judges-baseline") return first;
			if (stop.aborted) return cutShort(first, stop);
			if (check.builds === "on-baseline") {
				const death = options.vitals?.death ?? null;
				if (death !== null && isDeathByOthers(death, check.id) && metNoAnswer(first.record)) {
					if (unhealthy === null && isUnhealthy(await control(stop))) goesDown(suspects, stage);
					const beyond = confirmation.beyondJudging(check, stage);
					if (beyond !== null) return {
						...first,
						outcome: beyond.outcome,
						...gone(death)
					};
				}
				if (sentOnlyDocumented(first.record)) {
					if (unhealthy === null && metNobody(first.record) && isUnhealthy(await control(stop))) goesDown(suspects, stage);
					if (unhealthy !== null) return unconfirmed(first);
				} else {
					const isCulprit = isSound || check.judgesHealth === true || death !== null && isDeathByThis(death, check.id);
					const excuse = excuses(unhealthy === null ? await control(stop) : false);
					if (excuse !== null) {
						const isDown = excuse.reasonCode === "receiver-unhealthy";
						if (isDown && unhealthy === null) goesDown(suspects, stage);
						return isDown && isCulprit ? withNote(first, downAfterwards) : {
							...first,
							outcome: "not-run",
							...excuse
						};
					}
				}
			}
			if (options.stands?.(check) === true) return first;
			if (check.level === "hardening" && hung(first.record) && !wasCrowded) return first;
			const undo = check.floods !== true && metUnavailable(first.record) ? options.ease() : null;
			const second = await options.run(check, true, stop);
			if (second.outcome !== "passed") undo?.();
			switch (second.outcome) {
				case "failed": return second;
				case "passed": return withNote(second, undo === null ? passedAlone : passedSlowly);
				case "skipped":
				case "not-run":
				case "error":
					if (stop.aborted) return cutShort(first, stop);
					return second.reasonCode === "sessions-used-up" ? unconfirmed(first) : second;
			}
		},
		async alone(check, place, finish) {
			const { stage, stop } = place;
			const isRough = check.pace === "rough";
			const controls = async (after) => {
				if (unhealthy === null && !stop.aborted && isUnhealthy(await control(stop))) goesDown(after, stage);
			};
			if (isRough && !isSound) await controls("what was sent before it");
			const beyond = confirmation.beyondJudging(check, stage);
			if (beyond !== null) return finish(beyond);
			if (!isRough) isSound = false;
			const end = await confirmation.confirm(check, await options.run(check, false, stop), place, check.id);
			if (!isRough) return finish(end);
			isSound &&= end.outcome === "skipped";
			const wasWell = unhealthy === null;
			if (end.outcome === "passed" || end.outcome === "failed") await controls(check.id);
			const death = wasWell ? unhealthyNow()?.death ?? null : null;
			finish(end.outcome === "passed" && death !== null ? diedAfterwards(end, death) : end);
		}
	};
	return confirmation;
}
const passedAlone = "It failed at first, and passed when it was repeated alone.";
const passedSlowly = "It met 503 at first, and passed when it was repeated more slowly: that may be a rate limit, so the run goes on slowly (see --max-rate).";
const downAfterwards = "The documented callback that was sent right afterwards was not acknowledged either.";
const gone = (death) => ({
	reasonCode: "receiver-unhealthy",
	reason: endedAfter(death)
});
function diedAfterwards(end, death) {
	const finding = {
		expected: "a receiver that goes on listening",
		actual: "no connection: its process has ended",
		where: "the documented callback right afterwards",
		fix: null,
		cause: causeOfDeath(death)
	};
	return {
		...end,
		outcome: "failed",
		record: end.record && {
			...end.record,
			findings: [finding]
		}
	};
}
const isUnhealthy = (controlled) => excuses(controlled)?.reasonCode === "receiver-unhealthy";
function cutShort(first, { reason }) {
	const { code, message } = reason;
	const why = `it failed once, but ${message} before it could be repeated to confirm it`;
	return {
		...first,
		outcome: "not-run",
		reasonCode: code,
		reason: why
	};
}
function excuses(controlled) {
	switch (controlled) {
		case true:
		case "unknown": return null;
		case false:
		case "hung": return {
			reasonCode: "receiver-unhealthy",
			reason: "it failed, but so did the documented callback that was sent as a control right afterwards"
		};
		case "rate-limited": return {
			reasonCode: "rate-limited",
			reason: "it failed, and the documented callback that was sent as a control met a rate limit that persists; pass a lower --max-rate, or raise the limit for the test"
		};
	}
}
const unconfirmed = (first) => withNote(first, "It could not be repeated to confirm it.");
function withNote(end, note) {
	return {
		...end,
		record: end.record && {
			...end.record,
			notes: [...end.record.notes, note]
		}
	};
}
// src/runner/one-by-one.ts
function oneByOne(examination, suites) {
	const confirmation = createConfirmation(examination);
	let last = Promise.resolve();
	async function examine(check, stop) {
		const skip = examination.preSkip(check);
		if (skip !== null) return examination.report(check, skippedFor(skip));
		if (check.builds !== "nothing") await examination.begin(stop);
		const stage = suites.findIndex(({ checks }) => checks.includes(check));
		let ended = null;
		await confirmation.alone(check, {
			stage,
			stop
		}, (end) => ended = end);
		if (ended === null) throw new Error(`${check.id} has come to no end`);
		return examination.report(check, ended);
	}
	return (check, stop) => {
		const next = last.then(() => examine(check, stop));
		last = next.catch(() => {});
		return next;
	};
}
// src/runner/stop-signal.ts
function stopSignal(user, budgetMs, howToRaise) {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	const interrupt = () => controller.abort(new NotRun("interrupted", "the run was interrupted"));
	if (user?.aborted === true) interrupt();
	user?.addEventListener("abort", interrupt, { once: true });
	const spent = `the time budget of ${budgetMs / 1e3} seconds was spent; ${howToRaise}`;
	const timer = systemClock.timer(budgetMs, () => controller.abort(new NotRun("time-budget-spent", spent)));
	return {
		signal: controller.signal,
		dispose() {
			timer.cancel();
			user?.removeEventListener("abort", interrupt);
		}
	};
}
// src/runner/tally.ts
const leastCallbacks = 8;
const leastFailures = 2;
const leastShare = .05;
const mostShare = .9;
const chance = .02;
function createTally() {
	const plain = {
		of: 0,
		failed: new Map()
	};
	const varied = new Map();
	return {
		counts(attempt, check) {
			const count = check === null ? plain : varied.get(check) ?? {
				of: 0,
				failed: new Map()
			};
			if (check !== null) varied.set(check, count);
			count.of += 1;
			if (attempt.outcome.kind === "acknowledged") return;
			const what = whatCame(attempt);
			count.failed.set(what, (count.failed.get(what) ?? 0) + 1);
		},
		asOften(attempt, check) {
			const what = whatCame(attempt);
			const failed = plain.failed.get(what) ?? 0;
			if (plain.of < leastCallbacks || failed < leastFailures || failed / plain.of < leastShare || failed / plain.of > mostShare) return null;
			const own = varied.get(check);
			return own === void 0 || atLeast(own.failed.get(what) ?? 0, own.of, failed / plain.of) >= chance ? {
				failed,
				of: plain.of
			} : null;
		}
	};
}
function atLeast(failed, of, share) {
	let sum = 0;
	let term = (1 - share) ** of;
	for (let k = 0; k <= of; k += 1) {
		if (k >= failed) sum += term;
		term *= (of - k) / (k + 1) * share / (1 - share);
	}
	return sum;
}
// src/runner/open-target.ts
function openTarget(plan) {
	const { url, contract, network, template } = plan;
	const senderTo = (to) => createSender({
		url: to,
		contract,
		network,
		headers: plan.configured,
		...template !== null && { template },
		deadlineClock: plan.deadlineClock
	});
	const sender = senderTo(url);
	const instances = plan.instanceUrls.map((to) => ({
		url: to,
		sender: senderTo(to)
	}));
	const networkProbe = createNetworkProbe({
		...network,
		url,
		deadlineMs: contract.response.deadlineMs,
		clock: systemClock
	});
	const pace = createPace(plan.clock, plan.maxRate);
	let bodyEnds = true;
	return {
		...plan,
		sender,
		instances,
		networkProbe,
		pace,
		vitals: createVitals(() => pace.wasAcknowledged),
		tally: createTally(),
		ignoresBodies: () => !bodyEnds,
		learn(baseline) {
			bodyEnds = baseline.response === null || baseline.response.bodyEnd === "complete";
		},
		async close() {
			networkProbe.close();
			await Promise.all([sender, ...instances.map((each) => each.sender)].map((each) => each.close()));
		}
	};
}
// src/runner/plan.ts
function planRun({ credentialHeaders = [], credentialQuery = [], secrets = [], instances = [], ...told }) {
	const { contract, seed, nonce = "", elapse = "skipped", resultsApi = null } = told;
	const { headers: configured = [] } = told;
	const suites = suitesUnder(contract, told.suites ?? []);
	const url = parseCallbackUrl(told.url);
	const headers = customHeaders(configured, contract).sent;
	const credentials = credentialsAmong(headers, credentialHeaders);
	const urlSecrets = urlSecretsIn(url, credentialQuery);
	const effects = told.effects ?? (resultsApi === null ? null : logProbe(resultsApi));
	const instanceUrls = instances.map(parseCallbackUrl);
	const { known: knownFailures, notes } = inForce(told.knownFailures ?? [], systemClock.now());
	const capabilities = new Set();
	if (credentials.length > 0) capabilities.add("credentials");
	if (urlSecrets.length > 0) capabilities.add("url-secret");
	if (effects !== null) capabilities.add("effects");
	if (resultsApi !== null) capabilities.add("results-api");
	if (instanceUrls.length > 0) capabilities.add("instances");
	if (elapse !== "skipped") capabilities.add("elapsed-time");
	return {
		kind: "url",
		local: false,
		reach: {},
		template: null,
		sessions: inventedSessions(seed, nonce),
		clock: systemClock,
		deadlineClock: systemClock,
		maxRate: null,
		maxTimeMs: elapse === "real" ? defaults.run.maxTimeInRealTimeMs : defaults.run.maxTimeMs,
		settleMs: defaults.run.settleMs,
		concurrency: defaults.run.concurrency,
		fuzzCases: defaults.run.fuzzCases,
		rate: null,
		durationMs: defaults.run.durationMs,
		selected: new Set(suites.flatMap(({ checks }) => checks.map(({ id }) => id))),
		named: new Set(),
		failOn: defaults.run.failOn,
		...told,
		knownFailures,
		notes: [...told.notes ?? [], ...notes],
		nonce,
		suites,
		elapse,
		url,
		instanceUrls,
		network: {
			resolve: systemResolve,
			route: directRoute,
			ca: [],
			proxy: null,
			...told.network
		},
		configured,
		headers,
		credentials,
		urlSecrets,
		effects,
		resultsApi,
		capabilities,
		redactor: createRedactor(secretsOf({
			headers: credentialHeaders.length > 0 ? credentials : headers,
			credentials,
			url,
			urlSecrets
		}, [...instanceUrls.flatMap(({ raw, path }) => secretsInUrl(raw, path)), ...secrets]))
	};
}
const logProbe = (api) => ({
	name: "the results API's log",
	count: (sessionId) => Promise.resolve(api.fetches(sessionId))
});
function credentialsAmong(headers, names) {
	if (names.length === 0) return headers;
	if (names.length === 1 && names[0]?.toLowerCase() === "none") return [];
	for (const name of names) if (!headers.some(([header]) => header.toLowerCase() === name.toLowerCase())) throw new UsageError("ERR_CREDENTIAL_HEADER", `--credential-header: expected the name of a header that is given with -H and is sent, got "${name}"`);
	const wanted = new Set(names.map((name) => name.toLowerCase()));
	return headers.filter(([header]) => wanted.has(header.toLowerCase()));
}
// src/report/contract-facts.ts
function contractFacts(contract) {
	const { id, name, documentUrl, decisions, response } = contract;
	return {
		id,
		name,
		documentUrl,
		decisions,
		schedule: {
			offsetsMs: scheduledOffsetsMs(contract),
			deadlineMs: response.deadlineMs
		}
	};
}
// src/diagnosis/joining-rules.ts
const rule = ({ id, when, by = () => "", says, fix }) => ({
	id,
	shows: (symptom) => when(symptom) ? by(symptom) : null,
	says: typeof says === "string" ? () => says : says,
	fix: () => fix
});
const isAcknowledged = ({ status }) => status >= 200 && status <= 299;
const isRefused = ({ status }) => status >= 400 && status <= 499;
const fails = ({ status, label }) => status >= 500 || status === 0 && label !== null;
const isVaried = ({ label }) => label !== null && label !== "";
const kindOfFailure = ({ status }) => status === 0 ? "silence" : String(status);
function timesIn({ actual }) {
	if (/\b(never processed|not processed|processed never)\b/.test(actual)) return 0;
	if (/\bprocessed twice\b/.test(actual)) return 2;
	const found = /\bprocessed (\d+) times?\b/.exec(actual);
	return found === null ? null : Number(found[1]);
}
const joiningRules = [
	{
		id: "likely",
		shows: ({ check }) => check.likelyCause === void 0 ? null : "",
		says: ({ check }) => check.likelyCause?.says ?? "",
		fix: ({ check }) => check.likelyCause?.fix ?? ""
	},
	rule({
		id: "known-session-refused",
		when: (symptom) => symptom.isRepeat && (isRefused(symptom) || symptom.status >= 500),
		by: ({ status }) => String(status),
		says: ({ answer }) => `a session that the receiver knows already gets ${answer}`,
		fix: "Answer a session that you know with the same 2XX as at first, and do the work no second time; 409 is for as long as the first is under way."
	}),
	rule({
		id: "works-again",
		when: (symptom) => (timesIn(symptom) ?? 0) > 1,
		says: "the work of one session is done more than once",
		fix: "Mark the session as done and enqueue its work in one transaction, under a unique key, and skip only what is done; remember it for longer than the whole schedule."
	}),
	rule({
		id: "loses-work",
		when: (symptom) => timesIn(symptom) === 0,
		says: "sessions are acknowledged and never processed",
		fix: null
	}),
	rule({
		id: "decoder-stops-early",
		when: (symptom) => isAcknowledged(symptom) && symptom.body === "json-and-more",
		says: "the JSON decoder stops at the end of the first value, and what follows is not looked at",
		fix: "Make the decoder look at what follows, and answer 400 unless that is the end (Go: a second Decode must give io.EOF, or use json.Unmarshal; Jackson: FAIL_ON_TRAILING_TOKENS)."
	}),
	rule({
		id: "credentials-not-compared",
		when: (symptom) => symptom.check.suite === "authentication" && isVaried(symptom) && isAcknowledged(symptom),
		says: "callbacks without the right credentials are acknowledged",
		fix: "Compare the whole value of the configured header, in constant time and before anything else is done, and answer 401 where it is another or none."
	}),
	rule({
		id: "parser-error-as-failure",
		when: (symptom) => fails(symptom) && (symptom.body === "not-json" || symptom.body === "json-and-more"),
		by: kindOfFailure,
		says: ({ answer }) => `whatever is no JSON gets ${answer}: an error of the parser is taken for one of the receiver`,
		fix: "Answer 400 where the parser fails, around the parse or in the framework's error handler, which must tell the parser's errors from others (Express: the error has a status of 400), and show nothing of the error in the answer."
	}),
	rule({
		id: "unlooked-at-body",
		when: (symptom) => fails(symptom) && isVaried(symptom) && symptom.body === "other-json",
		by: ({ status }) => status === 0 ? "silence" : "failure",
		says: ({ answer }) => `the handler fails over JSON that is not just what it reads from it, with ${answer === "silence" ? "silence" : `a ${answer}`}`,
		fix: "Check that the body is an object whose sessionId is a string that is not empty before anything is read from it; require and read nothing else of it, answer 400 to the rest, and let no error of the handler go without an answer."
	}),
	rule({
		id: "acknowledges-unread",
		when: (symptom) => symptom.check.suite === "bad-input" && isVaried(symptom) && isAcknowledged(symptom),
		says: "requests that hold no session are acknowledged",
		fix: "Acknowledge only once the body is parsed and its sessionId is a string that is not empty; answer 400 to the rest."
	}),
	rule({
		id: "refuses-what-may-change",
		when: (symptom) => symptom.check.suite === "payload" && isVaried(symptom) && isRefused(symptom),
		says: "callbacks are refused that differ from today's in nothing but what may change",
		fix: null
	}),
	rule({
		id: "rate-limit",
		when: (symptom) => symptom.check.suite === "load" && (symptom.status === 429 || symptom.status === 503),
		says: "a limit turns callbacks away that come together",
		fix: null
	}),
	rule({
		id: "documented-callback-fails",
		when: (symptom) => symptom.label === "" && !symptom.isRepeat && fails(symptom),
		by: kindOfFailure,
		says: ({ answer }) => `the documented callback gets ${answer === "silence" ? "no answer in time" : answer}`,
		fix: null
	})
];
// src/diagnosis/symptoms.ts
function symptomsOf(check) {
	return check.mismatches.map(({ expected, actual, attempt: index }) => {
		const attempt = index === void 0 ? void 0 : check.attempts[index];
		const before = attempt === void 0 ? [] : check.attempts.slice(0, index);
		const { status = 0, statusText = "" } = attempt?.response ?? {};
		return {
			check,
			says: `expected ${expected}, got ${actual}`,
			actual,
			expected,
			label: attempt?.label ?? null,
			status,
			answer: status === 0 ? "silence" : `${status} ${statusText}`.trimEnd(),
			isRepeat: before.some((earlier) => earlier.sessionId === attempt?.sessionId && wasTaken(earlier)),
			body: attempt === void 0 ? null : kindOf(attempt.request.body)
		};
	});
}
const wasTaken = ({ response, label }) => response === null ? /^answer lost\b/.test(label) : response.status < 400;
function kindOf(body) {
	const value = parsed(body);
	if (value === void 0) {
		const end = Math.max(body.lastIndexOf("}"), body.lastIndexOf("]")) + 1;
		return end > 0 && end < body.length && parsed(body.slice(0, end)) !== void 0 ? "json-and-more" : "not-json";
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) return "other-json";
	const members = Object.entries(value);
	return members.length === 2 && members.every(([name, member]) => /^(sessionId|zoom_id)$/.test(name) && typeof member === "string" && member !== "") ? "documented" : "other-json";
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
// src/diagnosis/joined-causes.ts
const levels = [
	"required",
	"recommended",
	"hardening"
];
function joinCauses(failed) {
	const groups = new Map();
	for (const symptom of failed.flatMap(symptomsOf)) {
		const group = groupOf(symptom);
		const known = groups.get(group.id);
		if (known === void 0) groups.set(group.id, group);
		else known.symptoms.push(symptom);
	}
	const rank = ({ symptoms }) => Math.min(...symptoms.map(({ check }) => levels.indexOf(check.level)));
	const checksOf = ({ symptoms }) => [...new Set(symptoms.map(({ check }) => check))];
	return [...groups.values()].sort((a, b) => rank(a) - rank(b) || checksOf(b).length - checksOf(a).length).map((group) => ({
		id: group.id,
		says: group.says,
		fix: group.fix ?? [...new Set(checksOf(group).flatMap(({ hint }) => hint ?? []))].join(" "),
		checks: checksOf(group).map(({ id }) => id)
	}));
}
function groupOf(symptom) {
	const { check } = symptom;
	for (const rule of joiningRules) {
		const what = rule.shows(symptom);
		if (what === null) continue;
		const id = rule.id === "likely" ? check.likelyCause?.id ?? rule.id : rule.id;
		return {
			id: what === "" ? id : `${id}: ${what}`,
			says: rule.says(symptom),
			fix: rule.fix(symptom),
			symptoms: [symptom]
		};
	}
	return {
		id: check.id,
		says: `${check.id}: ${symptom.says}`,
		fix: null,
		symptoms: [symptom]
	};
}
// src/report/shards.ts
const shardNote = ({ index, of }, part) => `Shard ${index} of ${of}${part}`;
function shardsIn(notes) {
	return notes.flatMap((note) => {
		const [, index, of] = /^Shard (\d+) of (\d+)\b/.exec(note) ?? [];
		return index === void 0 ? [] : [{
			index: Number(index),
			of: Number(of)
		}];
	});
}
function missingShards(notes) {
	const there = shardsIn(notes);
	const of = Math.max(0, ...there.map((shard) => shard.of));
	const isThere = new Set(there.map(({ index }) => index));
	return Array.from({ length: of }, (_, position) => ({
		index: position + 1,
		of
	})).filter(({ index }) => !isThere.has(index));
}
function missingShardsNote(notes) {
	const missing = missingShards(notes);
	const [first] = missing;
	if (first === void 0) return null;
	const numbers = missing.map(({ index }) => index).join(", ");
	return `Of the ${first.of} shards of this run these are missing, and what they judge with them: ${numbers}.`;
}
// src/report/silent-observer.ts
const silenceNote = (reason, howToTell) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}. ${howToTell}`;
const silence = /^(.* says 0 for each acknowledged callback, .*: either the probe or the receiver is broken)\. /s;
function silenceIn(notes) {
	return notes.flatMap((note) => silence.exec(note)?.[1] ?? [])[0] ?? null;
}
// src/runner/schedule-checks.ts
async function scheduleChecks(options) {
	const { stages, concurrency, stop, finish, run, settle = async (ends) => ends } = options;
	const confirmation = createConfirmation({
		...options,
		async run(check, confirming, signal) {
			const end = await run(check, confirming, signal);
			if (check.judgesEffects !== true) return end;
			const [[, settled] = [check, end]] = await settle([[check, end]], signal);
			return settled;
		}
	});
	for (const [stage, checks] of stages.entries()) {
		const place = {
			stage,
			stop
		};
		const paceOf = (check) => check.pace ?? (options.agesReceiver === true && check.spansMinutes === true ? "alone" : "side-by-side");
		const paced = (pace) => checks.filter((check) => paceOf(check) === pace);
		const failed = [];
		const unsettled = [];
		await sideBySide(paced("side-by-side"), concurrency, async (check) => {
			const beyond = confirmation.beyondJudging(check, stage);
			if (beyond !== null) return finish(check, beyond);
			confirmation.disturbed();
			const end = await run(check, false, stop);
			if (end.outcome === "failed") failed.push([check, end]);
			else if (check.judgesEffects === true) unsettled.push([check, end]);
			else finish(check, end);
		});
		for (const [check, end] of await settle(unsettled, stop)) if (end.outcome === "failed") failed.push([check, end]);
		else finish(check, end);
		const order = ([check]) => checks.indexOf(check);
		failed.sort((a, b) => order(a) - order(b));
		const suspects = failed.map(([{ id }]) => id).join(", ");
		for (const [check, end] of failed) {
			confirmation.disturbed();
			finish(check, await confirmation.confirm(check, end, place, suspects, options.isSlow));
		}
		for (const check of [...paced("alone"), ...paced("rough")]) await confirmation.alone(check, place, (end) => finish(check, end));
		await settle([], stop);
	}
}
async function sideBySide(items, concurrency, work) {
	const queue = [...items];
	const worker = async () => {
		for (let item = queue.shift(); item !== void 0; item = queue.shift()) await work(item);
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
}
// src/runner/run.ts
const slowMs = 500;
async function run(target, { signal, on } = {}) {
	const { suites, selected, knownFailures } = target;
	const startedAt = systemClock.now();
	const stop = stopSignal(signal, target.maxTimeMs, "raise --max-time");
	const examination = createExamination(target);
	const catalogue = suites.flatMap(({ checks }) => checks);
	const ended = new Map();
	const notes = [];
	const collectors = new Map();
	const finish = (check, end) => {
		if (check.collects !== void 0 && end.record !== null && !collectors.has(check)) {
			collectors.set(check, end);
			return;
		}
		const reported = examination.report(check, end);
		ended.set(check.id, reported);
		if (!selected.has(check.id)) return;
		const stack = end.fault?.stack;
		on?.({
			kind: "check-ended",
			check: reported,
			...stack !== void 0 && { stack: target.redactor.redactText(stack) }
		});
	};
	on?.({
		kind: "started",
		checks: selected.size
	});
	try {
		const toRun = new Set();
		for (const check of catalogue) {
			const skip = selected.has(check.id) ? examination.preSkip(check) : notSelected;
			if (skip === null) toRun.add(check);
			else finish(check, skippedFor(skip));
		}
		if ([...toRun].some(({ builds }) => builds !== "nothing")) await examination.begin(stop.signal, (kind) => on?.({
			kind: "baseline",
			baseline: kind
		}));
		await scheduleChecks({
			...examination,
			stages: stagesOf(suites, toRun),
			concurrency: sideBySide$1(target.concurrency, examination.baseline?.attempt ?? null),
			isSlow: answerMsOf(examination.baseline?.attempt ?? null) > slowMs,
			agesReceiver: typeof target.elapse === "object",
			stands: ({ spansMinutes }) => target.elapse === "real" && spansMinutes === true,
			stop: stop.signal,
			finish,
			run(check, confirming, signal) {
				on?.({
					kind: "check-started",
					id: check.id,
					confirming
				});
				return examination.run(check, confirming, signal);
			}
		});
		const others = await examination.collect([...collectors], stop.signal);
		if (others > 0) notes.push(unanswered(others));
	} finally {
		for (const [check, end] of collectors) finish(check, examination.collected(check, end));
		stop.dispose();
	}
	const { baseline, calibration } = examination;
	const silent = calibration?.kind === "silent" ? calibration : null;
	const checks = catalogue.flatMap(({ id }) => ended.get(id) ?? []);
	const summary = summarize(checks);
	const clauses = judgeClauses(target.contract, checks);
	const verdict = verdictOf(summary, silent !== null);
	const stale = staleEntries(knownFailures, catalogue, new Map(checks.map(({ id, outcome }) => [id, outcome])));
	return redactReport({
		schemaVersion: "1.0",
		harness,
		contract: contractFacts(target.contract),
		target: {
			url: target.url.display,
			kind: target.kind,
			local: target.local,
			capabilities: [...target.capabilities],
			headers: target.headers.map(([name]) => name)
		},
		startedAt: isoTime(startedAt),
		durationMs: Math.round(systemClock.now() - startedAt),
		seed: target.seed,
		nonce: target.nonce,
		verdict,
		verdictLine: verdictLine(verdict, summary, clauses, checks, silent?.reason ?? null),
		notes: [
			...silent === null ? [] : [silenceNote(silent.reason, silent.howToTell)],
			...target.notes,
			...runNotes(target),
			...baseline?.notes ?? [],
			...notes,
			...stale
		],
		gate: gateOf(checks, gatedLevels(target.failOn), {
			staleKnownFailures: stale,
			isShard: shardsIn(target.notes).length > 0,
			isObserverSilent: silent !== null
		}),
		summary,
		clauses,
		causes: joinCauses(checks.filter(({ outcome }) => outcome === "failed")),
		checks
	}, target.redactor);
}
const unanswered = (sessions) => `${sessions} acknowledged ${sessions === 1 ? "session was" : "sessions were"} not processed once, and no check that answers for that was selected: add retries/processes-*.`;
const notSelected = {
	reasonCode: "not-selected",
	reason: "not selected by the filters"
};
function runNotes(target) {
	const dropped = target.sender.droppedHeaders;
	return dropped.length === 0 ? [] : [`System headers cannot be overridden, so these custom headers were not sent: ${dropped.join(", ")}.`];
}
function stagesOf(suites, toRun) {
	return [suites.filter(({ separate }) => separate !== true).flatMap(({ checks }) => checks), ...suites.filter((suite) => suite.separate === true).map(({ checks }) => checks)].map((checks) => checks.filter((check) => toRun.has(check)));
}
// src/runner/get-text.ts
const bodyCapBytes = 1048576;
async function getText(url, ca, signal) {
	try {
		const response = await new Promise((resolve, reject) => {
			(url.protocol === "https:" ? get$1 : get)(url, {
				agent: false,
				signal,
				...ca.length > 0 && { ca: [...ca] }
			}, resolve).on("error", reject);
		});
		const chunks = [];
		let bytes = 0;
		for await (const chunk of response) {
			bytes += chunk.length;
			if (bytes > bodyCapBytes) throw new Error(`it answered more than ${bodyCapBytes} bytes`);
			chunks.push(chunk);
		}
		return {
			status: response.statusCode ?? 0,
			text: new TextDecoder().decode(Buffer.concat(chunks))
		};
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	}
}
// src/runner/probe-answer.ts
const isCount = (value) => typeof value === "number" && Number.isInteger(value) && value >= 0;
function seenIn(text) {
	const trimmed = text.trim();
	if (/^\d+$/.test(trimmed)) return { processed: Number(trimmed) };
	const shown = cutTo(80, trimmed);
	const came = `got ${JSON.stringify(shown)}`;
	const { processed, effects = {} } = objectIn(trimmed);
	if (!isCount(processed)) throw new Error(`expected an integer, or JSON with an integer "processed", ${came}`);
	if (typeof effects !== "object" || effects === null || !Object.values(effects).every(isCount)) throw new Error(`expected "effects" to be an object of integers such as {"email": 1}, ${came}`);
	return {
		processed,
		named: { ...effects }
	};
}
function objectIn(text) {
	try {
		return JSON.parse(text) ?? {};
	} catch {
		return {};
	}
}
// src/runner/url-probe.ts
const placeholder = "{sessionId}";
const timeoutMs = 1e4;
function urlProbe(template, ca) {
	const example = template.replaceAll(placeholder, "0");
	if (!template.includes(placeholder) || !URL.canParse(example) || !/^https?:$/.test(new URL(example).protocol)) throw new UsageError("ERR_PROBE_URL", `--probe-url: expected an http(s) URL with ${placeholder} in it`);
	async function look(sessionId, signal) {
		const timeout = new AbortController();
		const timer = systemClock.timer(timeoutMs, () => timeout.abort(new Error(`no answer in ${timeoutMs / 1e3} seconds`)));
		const url = new URL(template.replaceAll(placeholder, encodeURIComponent(sessionId)));
		try {
			const { status, text } = await getText(url, ca, AbortSignal.any([signal, timeout.signal]));
			if (status === 404) return { processed: 0 };
			if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
			return seenIn(text);
		} catch (cause) {
			signal.throwIfAborted();
			throw new ProbeError(`the probe URL failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		} finally {
			timer.cancel();
		}
	}
	return {
		name: "the probe URL",
		look,
		count: async (sessionId, signal) => (await look(sessionId, signal)).processed
	};
}
// src/runner/command-secrets.ts
function secretsInCommand(line, environment) {
	const tokens = [
		...Array.from(line.matchAll(named), ([, option, name = option ?? "", double, single, bare]) => ({
			name,
			value: double ?? single ?? bare
		})),
		...Array.from(line.matchAll(headers), ([, name = "", value]) => ({
			name,
			value
		})),
		...Array.from(line.matchAll(variables), ([, name = ""]) => ({
			name,
			value: environment[name]
		}))
	];
	return [...Array.from(line.matchAll(urls), ([url]) => secretsInUrl(url, url)).flat(), ...tokens.flatMap(({ name, value }) => value !== void 0 && value !== "" && (namesASecret(name) || endsInSecret.test(name)) ? [{
		kind: "token",
		value: value.trim()
	}] : [])];
}
const endsInSecret = /(password|passwd|passphrase|secret|token|apikey)$/i;
const urls = /\b[a-z][a-z\d+.-]*:\/\/[^\s'"`|;<>()]+/gi;
const named = /(?<![\w.-])(?=(?:-{1,2}([a-z][\w.-]*)\s+|-{0,2}([a-z][\w.-]*)["']?(?:=|\s*:\s*))(?:"([^"]*)"|'([^']*)'|([^\s'"`|;&<>()]+)))/gi;
const headers = /["']([a-z][\w-]*):\s*([^"']+)["']/gi;
const variables = /\$\{?([a-z_]\w*)\}?/gi;
export { redactReport as A, knownFailureOf as C, namedChecks as D, idMatcher as E, namesOf as O, inForce as S, unexplained as T, AdvanceError as _, silenceIn as a, preSkip as b, shardNote as c, contractFacts as d, planRun as f, createExamination as g, oneByOne as h, run as i, selectChecks as k, shardsIn as l, stopSignal as m, urlProbe as n, missingShards as o, openTarget as p, seenIn as r, missingShardsNote as s, secretsInCommand as t, joinCauses as u, reportCheck as v, staleEntries as w, howToDeclare as x, word as y };

//# sourceMappingURL=runner-COkQzweF.js.map