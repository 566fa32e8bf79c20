import { U as jsonText } from "./reports-TZriK1mR.js";
import { p as cutMark, u as formatOffset } from "./lab-DQqfHKWn.js";
// src/report/har.ts
const unknown = -1;
const noType = "x-unknown";
function renderHar(report) {
	const { harness, verdictLine } = report;
	const entries = exchangesOf(report.checks).map(({ attempt, seenBy }) => entry(attempt, seenBy)).sort((a, b) => a.startedDateTime < b.startedDateTime ? -1 : a.startedDateTime > b.startedDateTime ? 1 : 0);
	const creator = {
		name: harness.name,
		version: harness.version
	};
	return `${jsonText({ log: {
		version: "1.2",
		creator,
		entries,
		comment: verdictLine
	} })}\n`;
}
function exchangesOf(checks) {
	const exchanges = new Map();
	const failedFirst = [...checks].sort((a, b) => Number(b.outcome === "failed") - Number(a.outcome === "failed"));
	for (const { id, attempts } of failedFirst) {
		const within = new Map();
		for (const attempt of attempts) {
			const key = JSON.stringify([
				attempt.sessionId,
				attempt.number,
				attempt.startedAt,
				attempt.label
			]);
			const times = (within.get(key) ?? 0) + 1;
			within.set(key, times);
			const known = exchanges.get(`${times} ${key}`);
			if (known === void 0) exchanges.set(`${times} ${key}`, {
				attempt,
				seenBy: [id]
			});
			else known.seenBy.push(id);
		}
	}
	return [...exchanges.values()];
}
function entry(attempt, seenBy) {
	const { durationMs, number, virtualOffsetMs } = attempt;
	const label = attempt.label === "" ? "" : ` (${attempt.label})`;
	return {
		startedDateTime: attempt.startedAt,
		time: durationMs,
		request: requestOf(attempt),
		response: responseOf(attempt),
		cache: {},
		timings: {
			blocked: unknown,
			dns: unknown,
			connect: unknown,
			ssl: unknown,
			send: 0,
			wait: durationMs,
			receive: 0,
			comment: "measured in one, from the start of the attempt to its end"
		},
		comment: `${seenBy.join(", ")}${label}: attempt ${number} at ${formatOffset(virtualOffsetMs)} of the schedule`
	};
}
function requestOf({ request }) {
	const { method, headers, body } = request;
	const { text, comment } = withoutCutMark(body);
	const mimeType = headerOf(headers, "content-type") ?? "";
	return {
		method,
		url: request.url,
		httpVersion: "HTTP/1.1",
		cookies: cookiesIn(headers, "cookie"),
		headers: headers.map(([name, value]) => ({
			name,
			value
		})),
		queryString: queryOf(request.url),
		...body !== "" && { postData: {
			mimeType,
			text,
			...comment
		} },
		headersSize: unknown,
		bodySize: sizeOf(body)
	};
}
function responseOf({ response, error }) {
	if (response === null) return {
		status: 0,
		statusText: "",
		httpVersion: "unknown",
		cookies: [],
		headers: [],
		content: {
			size: 0,
			mimeType: noType
		},
		redirectURL: "",
		headersSize: unknown,
		bodySize: unknown,
		...error !== null && { comment: `${error.reason} (${error.code}): ${error.message}` }
	};
	const { headers, body, bodyEnd } = response;
	const { text, comment } = withoutCutMark(body);
	const size = bodyEnd === "complete" ? sizeOf(body) : unknown;
	return {
		status: response.status,
		statusText: response.statusText,
		httpVersion: "unknown",
		cookies: cookiesIn(headers, "set-cookie"),
		headers: headers.map(([name, value]) => ({
			name,
			value
		})),
		content: {
			size,
			mimeType: headerOf(headers, "content-type") ?? noType,
			text,
			...comment
		},
		redirectURL: headerOf(headers, "location") ?? "",
		headersSize: unknown,
		bodySize: size,
		...bodyEnd !== "complete" && { comment: `the body did not end as it should: ${bodyEnd}` }
	};
}
function headerOf(headers, name) {
	return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
function cookiesIn(headers, header) {
	return headers.filter(([name]) => name.toLowerCase() === header).flatMap(([, value]) => value.split(";").slice(0, header === "cookie" ? void 0 : 1)).map((pair) => splitAt(pair.trim(), "="));
}
function queryOf(url) {
	const [, query] = /^[^?#]*\?([^#]*)/.exec(url) ?? [];
	if (query === void 0 || query === "") return [];
	return query.split("&").map((pair) => splitAt(pair, "="));
}
function splitAt(text, mark) {
	const index = text.indexOf(mark);
	return index < 0 ? {
		name: text,
		value: ""
	} : {
		name: text.slice(0, index),
		value: text.slice(index + 1)
	};
}
function sizeOf(body) {
	if (body.includes("�") || body.includes("[redacted]")) return unknown;
	const [, , total] = cutMark.exec(body) ?? [];
	return total === void 0 ? Buffer.byteLength(body, "utf8") : Number(total.replaceAll(",", ""));
}
function withoutCutMark(body) {
	const mark = cutMark.exec(body);
	if (mark === null) return {
		text: body,
		comment: {}
	};
	return {
		text: body.slice(0, mark.index),
		comment: { comment: `cut: ${mark[1]} of ${mark[2]} bytes shown` }
	};
}
export { renderHar };

//# sourceMappingURL=har-B9krh7hH.js.map