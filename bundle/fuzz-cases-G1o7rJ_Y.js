import { a as constantFrom, c as letrec, d as sample, f as string, h as uniqueArray, i as check, l as oneof, m as tuple, n as asyncProperty, o as dictionary, p as stringMatching, r as boolean, s as double, t as array, u as record } from "./fast-check-CahZBOg9.js";
import { d as isAcknowledged, h as whatCame, p as isTimeout } from "./catalogue-DCc5JICU.js";
// suites/fuzz-cases.ts
const knownKeys = [
	"sessionId",
	"zoom_id",
	"session_id",
	"id",
	"event",
	"type",
	"status",
	"data",
	"details",
	"result",
	"results",
	"error",
	"meta_data",
	"language",
	"document",
	"items",
	"value",
	"name",
	"url",
	"__proto__",
	"constructor",
	"length"
];
const key = oneof({
	weight: 3,
	arbitrary: constantFrom(...knownKeys)
}, {
	weight: 1,
	arbitrary: string({ maxLength: 12 })
});
const edgeValues = constantFrom(null, true, false, 0, -1, 1.5, 1e308, -1e308, 9007199254740991, "", " ", "0", "null", "undefined", "NaN", "a".repeat(300), "é漢字😀", "'\"`;--", "${7*7}", "../../etc/passwd", "<b>", [], {});
const oddCharacters = [..."aZ09 	\n\0\"\\/'`<>&%$;{}é漢😀‮​﻿́", "\ud83d"];
const value = letrec((tie) => ({ json: oneof({
	maxDepth: 4,
	depthSize: "small"
}, {
	weight: 3,
	arbitrary: edgeValues
}, {
	weight: 1,
	arbitrary: string({
		unit: constantFrom(...oddCharacters),
		maxLength: 20
	})
}, {
	weight: 1,
	arbitrary: double({
		noNaN: true,
		noDefaultInfinity: true
	})
}, {
	weight: 2,
	arbitrary: array(tie("json"), { maxLength: 4 })
}, {
	weight: 3,
	arbitrary: dictionary(key, tie("json"), {
		maxKeys: 5,
		noNullPrototype: true
	})
}) })).json;
const crowded = (values) => record(Object.fromEntries(knownKeys.map((name) => [name, values])), {
	requiredKeys: [],
	noNullPrototype: true
});
const crowdedTwice = crowded(oneof({
	weight: 2,
	arbitrary: crowded(edgeValues)
}, {
	weight: 1,
	arbitrary: edgeValues
}, array(edgeValues)));
const extra = oneof(dictionary(key, value, {
	maxKeys: 5,
	noNullPrototype: true
}), crowdedTwice);
const body = oneof({
	weight: 5,
	arbitrary: record({
		keepsSession: boolean(),
		extra
	})
}, {
	weight: 1,
	arbitrary: record({ instead: value })
});
const bodyVariation = (drawn) => ({
	label: "with an arbitrary body",
	body: (documented) => "instead" in drawn ? drawn.instead : drawn.keepsSession ? {
		...drawn.extra,
		...documented
	} : {
		...documented,
		...drawn.extra
	}
});
const token = stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const headerName = oneof(constantFrom("Accept-Language", "Accept-Encoding", "Cookie", "Referer", "Origin", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Request-Id", "traceparent", "Range", "If-None-Match", "If-Modified-Since", "Cache-Control", "X-HTTP-Method-Override", "Content-Encoding", "Content-Language", "Via", "From", "Priority"), token.map((name) => `X-${name}`));
const headerValue = oneof(constantFrom("", "0", "-1", "null", "*", ",", ";", "=", "\"", "a=b; c", "gzip;q=9", "bytes=0-", "a".repeat(2e3), "%00", "ÿþ"), stringMatching(/^[ -~]{0,60}$/).map((text) => text.trim()));
const headers = uniqueArray(tuple(headerName, headerValue), {
	minLength: 1,
	maxLength: 6,
	selector: ([name]) => name.toLowerCase()
});
const headersVariation = (drawn) => ({
	label: "with arbitrary headers",
	set: Object.fromEntries(drawn)
});
const mostMs = 3e4;
const failed = (attempt) => attempt.response === null || attempt.response.status >= 500;
const isUnreachable = ({ outcome }) => outcome.kind === "failed" && (outcome.phase === "connect" || outcome.phase === "dns");
async function firstFailing(context, cases, send, isOver) {
	let width = context.sideBySide;
	let sent = 0;
	while (sent < cases.length && !isOver()) {
		const first = sent;
		const batch = cases.slice(first, first + width);
		const attempts = await Promise.all(batch.map(send));
		sent += batch.length;
		for (const [offset, attempt] of attempts.entries()) {
			const drawn = batch[offset];
			if (drawn === void 0 || !failed(attempt)) continue;
			const index = first + offset;
			if (batch.length === 1 || isTimeout(attempt)) return {
				sent,
				found: {
					index,
					attempt
				}
			};
			const alone = await send(drawn);
			if (isUnreachable(alone)) return {
				sent,
				found: {
					index,
					attempt,
					orUpTo: sent - 1
				}
			};
			if (failed(alone)) return {
				sent,
				found: {
					index,
					attempt: alone
				}
			};
			width = 1;
		}
	}
	return {
		sent,
		found: null
	};
}
async function fuzz(context, arbitrary, variationOf, partsOf = () => []) {
	const until = context.now() + mostMs;
	const isOver = () => context.now() > until;
	const parameters = {
		seed: Number.parseInt(context.randomHex(7), 16),
		numRuns: context.settings.fuzzCases
	};
	const send = (drawn) => context.send({
		variation: variationOf(drawn),
		evidence: "none"
	});
	const { sent, found } = await firstFailing(context, sample(arbitrary, parameters), send, isOver);
	if (found === null) {
		const all = sent === parameters.numRuns;
		context.note(`${sent} cases found nothing${all ? "" : `; for more there was no time in ${mostMs / 1e3} seconds`}.`);
		return;
	}
	const { index, attempt, orUpTo } = found;
	const blame = (what, note) => {
		context.mismatch("a 2XX or a 4XX, whatever is sent", whatCame(what), what);
		context.note(note);
	};
	if (orUpTo !== void 0) {
		const others = orUpTo === index ? "" : `, or in one up to ${orUpTo + 1} that was under way with it`;
		return blame(attempt, `Found in case ${index + 1}${others}; the receiver was gone after it, so it was not shrunk.`);
	}
	const shrunk = isTimeout(attempt) ? {
		smallest: attempt,
		times: 0,
		stopped: false
	} : await shrink(arbitrary, {
		...parameters,
		index,
		partsOf
	}, attempt, send, isOver);
	if (!isTimeout(shrunk.smallest) && !shrunk.stopped && !isAcknowledged(await context.send())) return blame(attempt, `Found in case ${index + 1}; the documented callback failed after it too, so it was not shrunk.`);
	blame(shrunk.smallest, `Found in case ${index + 1} and shrunk ${shrunk.times} times; the same seed finds it again.`);
}
async function shrink(arbitrary, { index, partsOf, ...parameters }, failing, send, isOver) {
	let drawn = 0;
	let smallest = failing;
	let stopped = false;
	const property = asyncProperty(arbitrary, async (smaller) => {
		drawn += 1;
		if (drawn <= index + 1) return drawn <= index;
		if (stopped || isOver() || isTimeout(smallest)) return true;
		try {
			const attempt = await send(smaller);
			if (!failed(attempt) || isUnreachable(attempt)) return true;
			smallest = attempt;
			return false;
		} catch {
			stopped = true;
			return true;
		}
	});
	const { numShrinks, counterexample } = await check(property, parameters);
	let times = numShrinks;
	let parts = counterexample === null || stopped || isTimeout(smallest) ? [] : partsOf(counterexample[0]);
	while (parts.length > 0 && !isOver()) {
		const [part, ...others] = parts;
		parts = others;
		const attempt = await send(part);
		if (!failed(attempt) || isUnreachable(attempt) || isTimeout(attempt)) continue;
		smallest = attempt;
		times += 1;
		parts = partsOf(part);
	}
	return {
		smallest,
		times,
		stopped
	};
}
const fuzzBodies = (context) => fuzz(context, body, bodyVariation);
const fuzzHeaders = (context) => fuzz(context, headers, headersVariation, withoutOne);
const withoutOne = (drawn) => drawn.length === 1 ? [] : drawn.map((_, spare) => drawn.toSpliced(spare, 1));
export { fuzzBodies, fuzzHeaders };

//# sourceMappingURL=fuzz-cases-G1o7rJ_Y.js.map