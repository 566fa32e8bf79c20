import { o as __toESM } from "./rolldown-runtime-Dq7tRbEa.js";
import { _ as parseCallbackUrl, b as systemClock, l as systemResolve, m as classifyHost, n as isGloballyReachable, o as createSender, v as customHeaders } from "./sender-liWPum1j.js";
import { j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { y as registeredWith } from "./command-line-DL7FZMfB.js";
import { i as require__2020 } from "./ajv-Dgf6FUCI.js";
import { t as require_fastify } from "./fastify-9pSrOz95.js";
import { createHash, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
// src/scriptix-api/callbacks.ts
function onlyReachable(network) {
	const { resolve = systemResolve } = network;
	return {
		...network,
		async resolve(name) {
			const addresses = await resolve(name);
			if (addresses.every((address) => isGloballyReachable(address).reachable)) return addresses;
			throw Object.assign(new Error("an address that is not reachable from outside"), { code: "NOT_REACHABLE_FROM_OUTSIDE" });
		}
	};
}
var Callbacks = class {
	#options;
	#closing = new AbortController();
	#deliveries = new Set();
	constructor(options) {
		this.#options = options;
		setMaxListeners(0, this.#closing.signal);
	}
	send(sessionId, webhook) {
		if (this.#closing.signal.aborted) return;
		const delivery = this.#deliver(sessionId, webhook).catch((error) => {
			if (this.#closing.signal.aborted) return;
			this.#options.log.tell({
				event: "internal-error",
				message: `callback not sent: ${String(error)}`
			});
		}).finally(() => this.#deliveries.delete(delivery));
		this.#deliveries.add(delivery);
	}
	async close() {
		this.#closing.abort(new Error("closed"));
		await Promise.all(this.#deliveries);
	}
	async #deliver(sessionId, { url, method, headers }) {
		const { contract, clock, deadlineClock, local } = this.#options;
		const network = local ? this.#options.network : onlyReachable(this.#options.network);
		const sender = createSender({
			url,
			headers,
			contract: registeredWith(contract, method),
			clock,
			deadlineClock,
			network
		});
		try {
			await sender.deliver({ sessionId }, {
				signal: this.#closing.signal,
				on: (event) => this.#on(event)
			});
		} finally {
			await sender.close();
		}
	}
	#on(event) {
		this.#options.onDelivery(event);
		if (event.kind === "attempt-ended") this.#tell(event.sessionId, event.attempt);
	}
	#tell(sessionId, { number, outcome }) {
		const acknowledged = outcome.kind === "acknowledged";
		this.#options.log.tell({
			event: "attempt",
			sessionId,
			number,
			acknowledged,
			outcome: acknowledged ? `acknowledged with ${outcome.status}` : outcome.message,
			nextInMs: acknowledged ? null : this.#options.contract.retry.delaysMs[number - 1] ?? null
		});
	}
};
// src/scriptix-api/api-error.ts
const messages = {
	400: "Bad request",
	401: "Unauthorized",
	403: "Forbidden",
	404: "Not found",
	405: "Method not allowed",
	409: "Conflict",
	413: "Request too large",
	414: "URI too long",
	415: "Unsupported media type",
	422: "Validation failed",
	429: "Too many requests",
	500: "Internal server error",
	503: "Service unavailable"
};
var ApiError = class extends Error {
	name = "ApiError";
	status;
	details;
	headers;
	constructor(status, details, headers = {}) {
		super(`${messages[status]}: ${details.field}: ${details.issue}`);
		this.status = status;
		this.details = details;
		this.headers = headers;
	}
};
function errorBody({ status, details }) {
	return { error: {
		code: status,
		message: messages[status],
		details
	} };
}
function asApiError(error) {
	if (error instanceof ApiError) return error;
	const [invalid] = error.validation ?? [];
	if (invalid !== void 0) {
		const missing = invalid.params["missingProperty"];
		if (typeof missing === "string") return new ApiError(422, {
			field: missing,
			issue: "is required"
		});
		const unknown = invalid.params["additionalProperty"];
		if (typeof unknown === "string") return new ApiError(422, {
			field: unknown,
			issue: "is not known"
		});
		const allowed = invalid.params["allowedValues"];
		const choice = Array.isArray(allowed) ? `: ${allowed.join(", ")}` : "";
		return new ApiError(422, {
			field: invalid.instancePath.slice(1).replaceAll("/", ".") || "body",
			issue: `${invalid.message ?? "is not valid"}${choice}`
		});
	}
	switch (error.statusCode) {
		case 400: return error.code === "FST_ERR_BAD_URL" ? new ApiError(400, {
			field: "path",
			issue: "is not percent-encoded as it should be"
		}) : new ApiError(400, {
			field: "body",
			issue: "expected JSON"
		});
		case 413: return new ApiError(413, {
			field: "body",
			issue: "is too large"
		});
		case 414: return new ApiError(414, {
			field: "path",
			issue: "is too long"
		});
		case 415: return new ApiError(415, {
			field: "Content-Type",
			issue: "expected application/json"
		});
		default: return null;
	}
}
const sentences = [
	"good morning everyone",
	"let us begin",
	"thank you for your time"
];
const wordSeconds = .4;
function utterance(index) {
	const words = (sentences[index % sentences.length] ?? "").split(" ");
	const startS = index * 4 * wordSeconds;
	return {
		result: words.map((word, place) => [
			word,
			hundredths(startS + place * wordSeconds),
			hundredths(startS + (place + 1) * wordSeconds),
			.95
		]),
		speaker: "unk",
		text: words.join(" "),
		sconf: .85,
		channel: 0
	};
}
function resultsOf(session, { offset, limit = 100, page }, utterances) {
	if (offset !== void 0 && page !== void 0) throw new ApiError(422, {
		field: "page",
		issue: "is given together with offset; expected one of them"
	});
	const from = offset ?? ((page ?? 1) - 1) * limit;
	const count = Math.max(0, Math.min(limit, utterances - from));
	return {
		count,
		total_results: utterances,
		result: {
			session_id: session.id,
			status: session.status,
			duration: Math.ceil(utterances * 4 * wordSeconds),
			error: null,
			filename: session.filename,
			media_type: "audio",
			results: Array.from({ length: count }, (_, index) => utterance(from + index))
		}
	};
}
function utterancesOf(index) {
	const { text } = utterance(index);
	const startS = index * 4 * wordSeconds;
	return {
		text,
		startS,
		endS: startS + text.split(" ").length * wordSeconds
	};
}
function pageKey({ offset, limit, page }) {
	return JSON.stringify([
		offset,
		limit,
		page
	]);
}
const hundredths = (seconds) => Math.round(seconds * 100) / 100;
// src/scriptix-api/subtitles.ts
const subtitleTypes = [
	"application/ttml+xml",
	"text/sbv",
	"text/srt",
	"text/vtt"
];
var Subtitles = class {
	type;
	text;
	constructor(type, text) {
		this.type = type;
		this.text = text;
	}
};
function subtitleTypeOf(format, accept) {
	const wanted = format === void 0 ? accept.split(",").map((part) => part.split(";", 1)[0]?.trim()) : [format];
	for (const each of wanted) {
		if (each === "application/json") return null;
		const type = subtitleTypes.find((known) => known === each?.toLowerCase());
		if (type !== void 0) return type;
	}
	return null;
}
function subtitlesOf(type, utterances, longestLine = 37, mostWords = 12) {
	const cues = Array.from({ length: utterances }, (_, index) => {
		const { text, startS, endS } = utterancesOf(index);
		return {
			startMs: startS * 1e3,
			endMs: endS * 1e3,
			text: lines(text, longestLine, mostWords).join("\n")
		};
	});
	return new Subtitles(type, written[type](cues));
}
function lines(text, longestLine, mostWords) {
	const broken = [[]];
	for (const word of text.split(" ")) {
		const line = broken.at(-1) ?? [];
		if ((longestLine > 0 && [...line, word].join(" ").length > longestLine || mostWords > 0 && line.length >= mostWords) && line.length > 0) broken.push([word]);
		else line.push(word);
	}
	return broken.map((words) => words.join(" "));
}
const written = {
	"text/vtt": (cues) => ["WEBVTT", ...cues.map(({ startMs, endMs, text }) => `${time(startMs, ".")} --> ${time(endMs, ".")}\n${text}`)].join("\n\n") + "\n",
	"text/srt": (cues) => cues.map(({ startMs, endMs, text }, index) => `${index + 1}\n${time(startMs, ",")} --> ${time(endMs, ",")}\n${text}\n`).join("\n"),
	"text/sbv": (cues) => cues.map(({ startMs, endMs, text }) => `${time(startMs, ".").slice(1)},${time(endMs, ".").slice(1)}\n${text}\n`).join("\n"),
	"application/ttml+xml": (cues) => `<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml"><body><div>\n${cues.map(({ startMs, endMs, text }) => `<p begin="${time(startMs, ".")}" end="${time(endMs, ".")}">${text.replaceAll("\n", "<br/>")}</p>\n`).join("")}</div></body></tt>\n`
};
function time(ms, point) {
	const pad = (value, width = 2) => String(Math.floor(value)).padStart(width, "0");
	return `${pad(ms / 36e5)}:${pad(ms / 6e4 % 60)}:${pad(ms / 1e3 % 60)}${point}${pad(Math.round(ms) % 1e3, 3)}`;
}
// src/scriptix-api/faults.ts
const faultKinds = [
	"stall",
	"rate-limited",
	"server-error",
	"unavailable",
	"reset",
	"hang-up",
	"cut-off",
	"not-json",
	"not-ready-404",
	"not-ready-409"
];
const keptFaults = 1e3;
var Faults = class {
	#faults = new Map();
	#count = 0;
	add(fault) {
		this.#count += 1;
		const id = `fault-${this.#count}`;
		const lifted = new AbortController();
		setMaxListeners(0, lifted.signal);
		this.#faults.set(id, {
			...fault,
			lifted,
			left: fault.times ?? Infinity
		});
		const [oldest] = this.#faults.keys();
		if (this.#faults.size > keptFaults && oldest !== void 0) this.lift(oldest);
		return id;
	}
	lift(id) {
		this.#faults.get(id)?.lifted.abort();
		return this.#faults.delete(id);
	}
	liftAll() {
		const ids = [...this.#faults.keys()];
		for (const id of ids) this.lift(id);
		return ids.length;
	}
	take(sessionId, reads) {
		const fault = this.#find(sessionId, (kind) => reads === "results" || !hidesResults(kind));
		if (fault === void 0) return null;
		fault.left -= 1;
		return fault;
	}
	hidesResultsOf(sessionId) {
		return this.#find(sessionId, hidesResults) !== void 0;
	}
	#find(sessionId, accepts) {
		for (const fault of this.#faults.values()) if (fault.left > 0 && (fault.sessionId ?? sessionId) === sessionId && accepts(fault.kind)) return fault;
	}
};
const hidesResults = (kind) => kind === "not-ready-404" || kind === "not-ready-409";
// src/scriptix-api/schemas.ts
const text = (maxLength) => ({
	type: "string",
	minLength: 1,
	maxLength
});
const count = (minimum, maximum) => ({
	type: "integer",
	minimum,
	maximum
});
const nullable = (type) => ({ type: [type, "null"] });
function object(properties, required = Object.keys(properties)) {
	return {
		type: "object",
		required,
		properties
	};
}
const sessionRequest = object({
	language: {
		...text(64),
		description: "The language that is spoken."
	},
	webhook_url: {
		...text(2048),
		description: "Called when the job has completed. An https URL with a public DNS name; no IP address."
	},
	webhook_method: {
		enum: ["POST", "PUT"],
		description: "POST unless told otherwise."
	},
	webhook_headers: {
		type: "array",
		maxItems: 64,
		items: {
			type: "string",
			maxLength: 8192
		},
		description: "Headers of every callback, each \"Name: value\". System headers among them are dropped.",
		examples: [["X-Api-Key: secret"]]
	},
	media_source: {
		...text(2048),
		description: "Where the recording is. The mock does not fetch it."
	},
	keep_source: { type: "boolean" },
	punctuation: { type: "boolean" },
	multichannel: { type: "boolean" },
	document: { description: "Accepted and not looked at." },
	meta_data: {
		type: "object",
		additionalProperties: { type: "string" }
	}
}, ["language"]);
const sessionState = object({ result: object({
	session_id: {
		type: "string",
		examples: ["1b8a70f1000001000002d1a37b"]
	},
	status: { enum: [
		"new",
		"running",
		"done",
		"failed"
	] }
}) });
const pageQuery = object({
	offset: {
		...count(0, 1e9),
		description: "Results to skip. Of the mock alone."
	},
	limit: {
		...count(1, 1e3),
		default: 100,
		description: "Results on a page. Of the mock alone."
	},
	page: {
		...count(1, 1e6),
		description: "The page, from 1, in place of offset. Of the mock alone."
	}
}, []);
const formatQuery = object({
	...pageQuery["properties"],
	format: {
		enum: ["application/json", ...subtitleTypes],
		description: "In place of the Accept header."
	},
	break_on_silence: {
		...count(0, 2e4),
		default: 1500,
		description: "Of subtitles: milliseconds."
	},
	max_line_length: {
		...count(0, 200),
		default: 37,
		description: "Of subtitles: characters."
	},
	max_line_words: {
		...count(0, 100),
		default: 12,
		description: "Of subtitles."
	}
}, []);
const results$1 = object({
	count: {
		type: "integer",
		description: "Results in this answer."
	},
	total_results: { type: "integer" },
	result: object({
		session_id: { type: "string" },
		status: { const: "done" },
		duration: {
			type: "number",
			description: "Seconds."
		},
		error: nullable("string"),
		filename: nullable("string"),
		media_type: { type: "string" },
		results: {
			type: "array",
			items: object({
				result: {
					type: "array",
					description: "Words, each with start and end in seconds and a confidence.",
					items: {
						type: "array",
						prefixItems: [
							{ type: "string" },
							{ type: "number" },
							{ type: "number" },
							{ type: "number" }
						],
						items: false,
						minItems: 4
					}
				},
				speaker: { type: "string" },
				text: { type: "string" },
				sconf: { type: "number" },
				channel: { type: "integer" }
			})
		}
	})
});
const error = object({ error: object({
	code: {
		type: "integer",
		description: "The status again."
	},
	message: { type: "string" },
	details: object({
		field: { type: "string" },
		issue: { type: "string" }
	})
}) });
const fault = {
	...object({
		kind: { enum: [...faultKinds] },
		ms: {
			...count(0, 1e9),
			description: "Of stall: milliseconds; without it until the fault is lifted."
		},
		retryAfterS: {
			...count(0, 1e6),
			description: "Of rate-limited and unavailable: seconds in Retry-After."
		},
		sessionId: {
			...text(1024),
			description: "Whose state and results; every session's without it."
		},
		times: {
			...count(1, 1e6),
			description: "How many requests meet it; every one without it."
		}
	}, ["kind"]),
	additionalProperties: false
};
const faultId = object({ id: {
	type: "string",
	examples: ["fault-1"]
} });
const liftedCount = object({ lifted: { type: "integer" } });
const log = object({
	requests: {
		type: "array",
		items: object({
			time: {
				type: "number",
				description: "Milliseconds since the Unix epoch."
			},
			method: { type: "string" },
			target: {
				type: "string",
				description: "As it arrived, not decoded."
			},
			sessionId: nullable("string"),
			authorization: { enum: [
				"owner",
				"other",
				"none"
			] },
			undocumented: {
				...nullable("string"),
				description: "What of it is on no page, and served all the same."
			},
			status: {
				...nullable("integer"),
				description: "Null where there is no answer."
			},
			fault: { enum: [...faultKinds, null] }
		})
	},
	events: {
		type: "array",
		items: object({
			time: { type: "number" },
			event: { type: "string" }
		})
	}
});
function callback({ request }) {
	return object({
		[request.sessionField]: { type: "string" },
		[request.legacySessionField]: {
			type: "string",
			deprecated: true
		}
	});
}
// src/scriptix-api/endpoints.ts
const session = "/api/v3/speech-to-text/session";
const control = "/_mock";
const results = {
	kind: "results",
	method: "GET",
	query: pageQuery,
	success: {
		status: 200,
		description: "The results, or a page of them.",
		schema: results$1
	},
	errors: [409, 422]
};
const ended = {
	status: 200,
	description: "The job has ended.",
	schema: sessionState
};
function endpointsFor(contract) {
	return [
		{
			operationId: "startSession",
			kind: "start",
			method: "POST",
			path: session,
			summary: "Starts a batch job.",
			body: sessionRequest,
			success: {
				status: 200,
				description: "The new session.",
				schema: sessionState
			},
			errors: [
				400,
				413,
				415,
				422
			]
		},
		{
			operationId: "getSession",
			kind: "state",
			method: "GET",
			path: `${session}/{sessionId}`,
			summary: "Tells the state of a session.",
			success: {
				status: 200,
				description: "The state.",
				schema: sessionState
			},
			errors: []
		},
		{
			...results,
			operationId: "getSessionResult",
			path: `${session}/{sessionId}/result`,
			summary: "Gets the results of a session."
		},
		{
			...results,
			operationId: "getBatchSessionResults",
			path: contract.results.path,
			summary: "Gets the results of a session, at the path that the page of the callback names."
		},
		{
			...results,
			operationId: "getSpeechToTextSession",
			path: "/api/v2/speech-to-text/session/{sessionId}",
			query: formatQuery,
			summary: "Gets the results of a session as JSON or as subtitles, by `format`, else by Accept.",
			success: {
				...results.success,
				also: subtitleTypes
			}
		},
		{
			operationId: "eraseSession",
			kind: "erasure",
			method: "DELETE",
			path: `${session}/{sessionId}`,
			summary: "Erases the name of the file and the transcript.",
			success: {
				status: 200,
				description: "They are erased.",
				schema: sessionState
			},
			errors: [404]
		},
		{
			operationId: "completeSession",
			kind: "control",
			method: "POST",
			path: `${control}/session/{sessionId}/complete`,
			summary: "Completes a job now and sends its callback.",
			success: ended,
			errors: [404, 409]
		},
		{
			operationId: "failSession",
			kind: "control",
			method: "POST",
			path: `${control}/session/{sessionId}/fail`,
			summary: "Fails a job now; it sends no callback.",
			success: ended,
			errors: [404, 409]
		},
		{
			operationId: "addFault",
			kind: "control",
			method: "POST",
			path: `${control}/faults`,
			summary: "Sets a fault that requests for state and results meet.",
			body: fault,
			success: {
				status: 201,
				description: "The fault is set.",
				schema: faultId
			},
			errors: [
				400,
				413,
				415,
				422
			]
		},
		{
			operationId: "liftFaults",
			kind: "control",
			method: "DELETE",
			path: `${control}/faults`,
			summary: "Lifts every fault; what they stall is answered.",
			success: {
				status: 200,
				description: "How many there were.",
				schema: liftedCount
			},
			errors: []
		},
		{
			operationId: "liftFault",
			kind: "control",
			method: "DELETE",
			path: `${control}/faults/{faultId}`,
			summary: "Lifts one fault; what it stalls is answered.",
			success: {
				status: 200,
				description: "The fault is lifted.",
				schema: liftedCount
			},
			errors: [404]
		},
		{
			operationId: "getLog",
			kind: "control",
			method: "GET",
			path: `${control}/log`,
			summary: "Shows the requests that arrived and what the mock did, the latest of each.",
			success: {
				status: 200,
				description: "The log.",
				schema: log
			},
			errors: []
		},
		{
			operationId: "getDescription",
			kind: "control",
			method: "GET",
			path: "/openapi.json",
			summary: "Describes this API.",
			success: {
				status: 200,
				description: "An OpenAPI 3.1 document.",
				schema: { type: "object" }
			},
			errors: []
		}
	];
}
function errorsOf({ kind, method, errors }) {
	switch (kind) {
		case "start": return [401, ...errors];
		case "state":
		case "results": return [
			401,
			403,
			404,
			...errors,
			429,
			500,
			503
		];
		case "erasure": return [
			401,
			403,
			...errors
		];
		case "control": return method === "GET" ? [403, ...errors] : [
			401,
			403,
			...errors
		];
	}
}
// src/scriptix-api/event-log.ts
const keptEntries = 1e4;
const longestTarget = 4096;
var EventLog = class {
	requests = [];
	events = [];
	#clock;
	#listener;
	constructor(clock, listener) {
		this.#clock = clock;
		this.#listener = listener;
	}
	arrived(request) {
		const { target } = request;
		const shown = target.length > longestTarget ? `${target.slice(0, longestTarget)}…` : target;
		const entry = {
			time: this.#clock.now(),
			...request,
			target: shown,
			status: null,
			fault: null
		};
		keep(this.requests, entry);
		return entry;
	}
	ended(request) {
		this.#listener({
			time: this.#clock.now(),
			event: "request",
			request
		});
	}
	tell(happening) {
		const event = {
			time: this.#clock.now(),
			...happening
		};
		keep(this.events, event);
		this.#listener(event);
	}
};
function keep(entries, entry) {
	entries.push(entry);
	if (entries.length > keptEntries) entries.shift();
}
// src/scriptix-api/openapi.ts
const json = (schema) => ({ "application/json": { schema } });
const textual = (types) => Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
const parameters = {
	sessionId: "The session id, percent-encoded.",
	faultId: "What setting the fault answered."
};
function openApiDocument(contract) {
	const paths = {};
	for (const endpoint of endpointsFor(contract)) paths[endpoint.path] = {
		...paths[endpoint.path],
		[endpoint.method.toLowerCase()]: operation(endpoint)
	};
	return {
		openapi: "3.1.0",
		info: {
			title: "Mock of the Scriptix API",
			version: "3",
			description: "Sessions and results as Scriptix documents them, on this machine. Paths under /_mock, and the paging of results, are the mock's own."
		},
		externalDocs: { url: contract.documentUrl },
		tags: [{
			name: "documented",
			description: "As Scriptix documents it."
		}, {
			name: "control",
			description: "Of the mock alone."
		}],
		paths,
		webhooks: { sessionCompleted: Object.fromEntries(contract.request.methods.map((method) => [method.toLowerCase(), callbackOperation(contract)])) },
		components: {
			schemas: { Error: error },
			securitySchemes: {
				token: {
					type: "apiKey",
					in: "header",
					name: "Authorization"
				},
				bearer: {
					type: "http",
					scheme: "bearer"
				},
				key: {
					type: "apiKey",
					in: "header",
					name: "x-zoom-s2t-key"
				}
			}
		}
	};
}
function operation(endpoint) {
	const { operationId, kind, summary, body, success } = endpoint;
	const answers = [[success.status, {
		description: success.description,
		content: {
			...json(success.schema),
			...textual(success.also ?? [])
		}
	}], ...errorsOf(endpoint).map((status) => [status, errorAnswer(status)])];
	return {
		operationId,
		summary,
		tags: [kind === "control" ? "control" : "documented"],
		security: kind === "control" ? [] : [
			{ token: [] },
			{ bearer: [] },
			{ key: [] }
		],
		parameters: [...pathParameters(endpoint), ...queryParameters(endpoint)],
		...body !== void 0 && { requestBody: {
			required: true,
			content: json(body)
		} },
		responses: Object.fromEntries(answers)
	};
}
function errorAnswer(status) {
	return {
		description: errorDescriptions[status] ?? "An error.",
		...(status === 429 || status === 503) && { headers: { "Retry-After": {
			description: "Seconds.",
			schema: { type: "integer" }
		} } },
		content: json({ $ref: "#/components/schemas/Error" })
	};
}
const errorDescriptions = {
	400: "The body is not JSON.",
	401: "There is no token, or an unknown one.",
	403: "Another token created the session.",
	404: "There is no such thing.",
	409: "The state of the job does not allow it: not ended yet, or ended already.",
	413: "The body is too large.",
	415: "The body is not application/json.",
	422: "A member or parameter is not valid; details say which and why.",
	429: "On demand only.",
	500: "On demand only.",
	503: "On demand only."
};
function pathParameters({ path }) {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
		name,
		in: "path",
		required: true,
		description: parameters[name],
		schema: { type: "string" }
	}));
}
function queryParameters({ query }) {
	const properties = query?.["properties"] ?? {};
	return Object.entries(properties).map(([name, { description, ...schema }]) => ({
		name,
		in: "query",
		...description !== void 0 && { description },
		schema
	}));
}
function callbackOperation(contract) {
	const { request, response, retry } = contract;
	const header = (name, deprecated) => ({
		name,
		in: "header",
		required: !deprecated,
		deprecated,
		description: "The session id.",
		schema: { type: "string" }
	});
	const minutes = retry.delaysMs.map((ms) => ms / 6e4).join(", ");
	return {
		operationId: "sessionCompleted",
		summary: "Tells that a batch job has completed; a failed job sends none.",
		description: `Sent to webhook_url with the headers in webhook_headers. Without a 2XX within ${response.deadlineMs / 1e3} seconds it is sent again after ${minutes} minutes.`,
		tags: ["documented"],
		security: [],
		parameters: [header(request.sessionHeader, false), header(request.legacySessionHeader, true)],
		requestBody: {
			required: true,
			content: { [request.contentType]: { schema: callback(contract) } }
		},
		responses: {
			"2XX": { description: "The callback is acknowledged." },
			default: { description: "The attempt has failed." }
		}
	};
}
// src/scriptix-api/sessions.ts
const keptSessions = 1e4;
const countedPages = 1e3;
const idBytes = 13;
function sessionIds(seed) {
	let count = 0;
	return () => {
		if (seed === null) return randomBytes(idBytes).toString("hex");
		count += 1;
		return createHash("sha256").update(JSON.stringify([seed, count])).digest("hex").slice(0, 26);
	};
}
var Sessions = class {
	#sessions = new Map();
	get(id) {
		return this.#sessions.get(id);
	}
	erase(id) {
		this.#sessions.delete(id);
	}
	add(session) {
		const added = {
			filename: null,
			webhook: null,
			reads: new Map(),
			...session
		};
		this.#sessions.delete(added.id);
		this.#sessions.set(added.id, added);
		const [oldest] = this.#sessions.keys();
		if (this.#sessions.size > keptSessions && oldest !== void 0) this.#sessions.delete(oldest);
		return added;
	}
};
function countRead(session, page) {
	const count = session.reads.get(page) ?? 0;
	if (count > 0 || session.reads.size < countedPages) session.reads.set(page, count + 1);
}
function fetchesOf(session) {
	return Math.max(0, ...session.reads.values());
}
// src/scriptix-api/webhook.ts
async function judgeWebhook(request, rules) {
	const { webhook_url, webhook_method = rules.contract.request.method, webhook_headers = [] } = request;
	const headers = webhook_headers.map((line, index) => parsed(line, index, rules.contract));
	if (webhook_url === void 0) return null;
	const url = refusing("webhook_url", () => parseCallbackUrl(webhook_url));
	const issue = rules.local ? null : ruleBrokenByName(url, rules.contract) ?? await ruleBrokenByAddress(url, rules);
	if (issue !== null) throw new ApiError(422, {
		field: "webhook_url",
		issue
	});
	return {
		url,
		method: webhook_method,
		headers: headers.flatMap(({ header, dropped }) => dropped ? [] : [header]),
		droppedHeaders: headers.flatMap(({ header, dropped }) => dropped ? [header[0]] : [])
	};
}
function parsed(line, index, contract) {
	const field = `webhook_headers.${index}`;
	const colon = line.indexOf(":");
	if (colon < 1) throw new ApiError(422, {
		field,
		issue: "expected \"Name: value\""
	});
	const header = [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
	const { dropped } = refusing(field, () => customHeaders([header], contract));
	return {
		header,
		dropped: dropped.length > 0
	};
}
function ruleBrokenByName(url, contract) {
	const { scheme } = contract.callbackUrl;
	if (url.scheme !== scheme) return `expected a URL that begins with ${scheme}//, got ${url.scheme}//`;
	const host = classifyHost(url, contract);
	switch (host.kind) {
		case "ip-address": return `expected a public DNS name, got the IP address ${host.written}`;
		case "localhost": return `expected a public DNS name, got ${url.hostname}, which means the sender's own machine`;
		case "internal": return `expected a public DNS name, got the internal name ${url.hostname}`;
		case "public-name": return null;
	}
}
async function ruleBrokenByAddress({ hostname }, { network }) {
	if (network.proxy) return null;
	const { resolve = systemResolve } = network;
	let addresses;
	try {
		addresses = await resolve(hostname);
	} catch (error) {
		return `${hostname} does not resolve (${error.code ?? "UNKNOWN"})`;
	}
	if (addresses.length === 0) return `${hostname} does not resolve`;
	for (const address of addresses) {
		const reachability = isGloballyReachable(address);
		if (!reachability.reachable) return `${hostname} resolves to ${address}, which is not reachable from outside (${reachability.why})`;
	}
	return null;
}
function refusing(field, work) {
	try {
		return work();
	} catch (error) {
		if (error instanceof UsageError) throw new ApiError(422, {
			field,
			issue: error.message
		});
		throw error;
	}
}
// src/scriptix-api/handlers.ts
function createHandlers(options) {
	const { contract, sessions, tokens, jobs, faults, log, newId, utterances } = options;
	async function startSession({ token, body }) {
		const request = body;
		const webhook = await judgeWebhook(request, options);
		const owner = token ?? "";
		tokens.add(owner);
		const session = sessions.add({
			id: newId(),
			owner,
			status: "new",
			filename: request.media_source?.split(/[?#]/)[0]?.split("/").at(-1) || null,
			webhook
		});
		log.tell({
			event: "session-started",
			sessionId: session.id,
			webhookUrl: webhook === null ? null : tokens.redact(webhook.url.display),
			droppedHeaders: webhook?.droppedHeaders ?? []
		});
		jobs.start(session);
		return stateOf(session);
	}
	function results({ session, query }) {
		if (session?.status !== "done") throw new ApiError(409, {
			field: "session_id",
			issue: session?.status === "failed" ? "the job has failed" : "the job has not completed yet"
		});
		const page = query;
		const answer = resultsOf(session, page, utterances);
		countRead(session, pageKey(page));
		return answer;
	}
	function resultsInAnyFormat(admitted) {
		const { session, query, accept } = admitted;
		const { format, max_line_length: longest, max_line_words: words } = query;
		const type = subtitleTypeOf(format, accept);
		const json = results(admitted);
		if (type === null || session === void 0) return json;
		return subtitlesOf(type, utterances, longest, words);
	}
	function eraseSession({ session }) {
		if (session === void 0) throw new ApiError(404, {
			field: "session_id",
			issue: "there is no such session"
		});
		sessions.erase(session.id);
		return stateOf(session);
	}
	function liftFault({ params: { faultId = "" } }) {
		if (!faults.lift(faultId)) throw new ApiError(404, {
			field: "faultId",
			issue: "there is no such fault"
		});
		return { lifted: 1 };
	}
	return {
		startSession,
		getSession: ({ session }) => session && stateOf(session, faults.hidesResultsOf(session.id)),
		getSessionResult: results,
		getBatchSessionResults: results,
		getSpeechToTextSession: resultsInAnyFormat,
		eraseSession,
		completeSession: ({ params: { sessionId = "" } }) => stateOf(jobs.complete(sessionId)),
		failSession: ({ params: { sessionId = "" } }) => stateOf(jobs.fail(sessionId)),
		addFault: ({ body }) => ({ id: faults.add(body) }),
		liftFaults: () => ({ lifted: faults.liftAll() }),
		liftFault,
		getLog: () => ({
			requests: log.requests,
			events: log.events
		}),
		getDescription: () => openApiDocument(contract)
	};
}
function stateOf({ id, status }, hidesResults = false) {
	return { result: {
		session_id: id,
		status: hidesResults && status === "done" ? "running" : status
	} };
}
// src/scriptix-api/jobs.ts
var Jobs = class {
	#options;
	#timers = new Map();
	#closed = false;
	constructor(options) {
		this.#options = options;
	}
	start({ id }) {
		const { clock, completeAfterMs } = this.#options;
		if (completeAfterMs === null || this.#closed) return;
		this.#timers.set(id, clock.timer(completeAfterMs, () => this.#complete(id)));
	}
	complete(sessionId) {
		const session = this.#end(sessionId, "done");
		const { webhook } = session;
		session.webhook = null;
		this.#options.log.tell({
			event: "job-completed",
			sessionId,
			callback: webhook !== null
		});
		if (webhook !== null) this.#options.callbacks.send(sessionId, webhook);
		return session;
	}
	fail(sessionId) {
		const session = this.#end(sessionId, "failed");
		session.webhook = null;
		this.#options.log.tell({
			event: "job-failed",
			sessionId
		});
		return session;
	}
	close() {
		this.#closed = true;
		for (const timer of this.#timers.values()) timer.cancel();
		this.#timers.clear();
	}
	#complete(sessionId) {
		this.#timers.delete(sessionId);
		if (this.#options.sessions.get(sessionId)?.status === "new") this.complete(sessionId);
	}
	#end(sessionId, status) {
		const session = this.#options.sessions.get(sessionId);
		if (session === void 0) throw new ApiError(404, {
			field: "session_id",
			issue: "there is no such session"
		});
		if (session.status !== "new") throw new ApiError(409, {
			field: "session_id",
			issue: `the job has ended already: ${session.status}`
		});
		this.#timers.get(sessionId)?.cancel();
		this.#timers.delete(sessionId);
		session.status = status;
		return session;
	}
};
// src/scriptix-api/tokens.ts
var import__2020 = require__2020();
var import_fastify = __toESM(require_fastify(), 1);
const remembered = 1e3;
const shortestRedacted = 6;
const undocumentedHeaders = [
	"x-zoom-s2t-token",
	"x-scriptix-token",
	"x-api-key"
];
function tokenOf(headers) {
	const valueOf = (name) => [headers[name]].flat()[0] || void 0;
	const documented = headers.authorization?.replace(/^bearer(?: +|$)/i, "") || valueOf("x-zoom-s2t-key");
	if (documented) return {
		token: documented,
		undocumented: null
	};
	const name = undocumentedHeaders.find((each) => valueOf(each) !== void 0);
	return name === void 0 ? null : {
		token: valueOf(name) ?? "",
		undocumented: name
	};
}
var Tokens = class {
	#anyIsAccepted;
	#known = new Set();
	constructor(accepted) {
		this.#anyIsAccepted = accepted === null;
		for (const token of accepted ?? []) this.#known.add(token);
	}
	get areConfigured() {
		return !this.#anyIsAccepted;
	}
	accepts(token) {
		return this.#anyIsAccepted || this.#known.has(token);
	}
	add(token) {
		this.#known.add(token);
		const [oldest] = this.#known;
		if (this.#anyIsAccepted && this.#known.size > remembered && oldest !== void 0) this.#known.delete(oldest);
	}
	redact(target) {
		let shown = target;
		for (const token of this.#known) {
			if (token.length < shortestRedacted) continue;
			shown = shown.replaceAll(token, "[token]").replaceAll(encodeURIComponent(token), "[token]");
		}
		return shown;
	}
};
// src/scriptix-api/control-guard.ts
function assertMayControl({ method, headers }, tokens, contract) {
	const token = tokenOf(headers)?.token ?? null;
	if (token !== null && tokens.areConfigured && tokens.accepts(token)) return;
	const { host = "", origin } = headers;
	if (!namesThisMachine(host, contract)) throw new ApiError(403, {
		field: "Host",
		issue: "expected an address, localhost or an internal name, or a token"
	});
	if (origin !== void 0 && !isSameOrigin(origin, host)) throw new ApiError(403, {
		field: "Origin",
		issue: "expected no page of another origin"
	});
	if (method === "GET" || token !== null && tokens.accepts(token) || hasJsonBody(headers)) return;
	throw new ApiError(401, {
		field: "Authorization",
		issue: "expected a token, or a JSON body such as {}"
	}, { "WWW-Authenticate": "Bearer" });
}
function namesThisMachine(host, contract) {
	const text = `http://${host}/`;
	if (host === "" || !URL.canParse(text)) return false;
	return classifyHost(parseCallbackUrl(text), contract).kind !== "public-name";
}
const isSameOrigin = (origin, host) => URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}/`).host;
const hasJsonBody = (headers) => /^application\/json\b/i.test(headers["content-type"] ?? "") && (Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== void 0);
// src/scriptix-api/meet-fault.ts
const onDemand = {
	field: "fault",
	issue: "on demand"
};
const cutOffBody = "{\"count\":1,\"total_results\":1,\"result\":{\"session_id\":";
async function meetFault(fault, request, reply, clock) {
	switch (fault.kind) {
		case "stall": return stall(fault, request, reply, clock);
		case "rate-limited": throw new ApiError(429, onDemand, retryAfter(fault.retryAfterS ?? 1));
		case "unavailable": throw new ApiError(503, onDemand, retryAfter(fault.retryAfterS));
		case "server-error": throw new ApiError(500, onDemand);
		case "not-ready-404":
		case "not-ready-409": throw new ApiError(fault.kind === "not-ready-404" ? 404 : 409, {
			field: "session_id",
			issue: "the results are not ready yet"
		});
		case "hang-up":
			await stall(fault, request, reply, clock);
			reply.hijack();
			request.raw.socket.destroy();
			return;
		case "cut-off":
			reply.hijack();
			reply.raw.writeHead(200, {
				"Content-Type": "application/json",
				"Content-Length": 104
			});
			reply.raw.write(cutOffBody, () => request.raw.socket.destroy());
			return;
		case "not-json":
			reply.hijack();
			reply.raw.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Maintenance</title>");
			return;
		case "reset":
			reply.hijack();
			request.raw.socket.resetAndDestroy();
	}
}
async function stall({ ms, lifted }, request, reply, clock) {
	const { socket } = request.raw;
	const ended = new AbortController();
	const end = () => ended.abort();
	socket.once("close", end);
	lifted.signal.addEventListener("abort", end);
	try {
		await pass(clock, socket.remotePort ?? 0, ms, ended.signal);
	} finally {
		socket.removeListener("close", end);
		lifted.signal.removeEventListener("abort", end);
	}
	if (socket.destroyed) reply.hijack();
}
async function pass(clock, port, ms, signal) {
	if (ms === void 0) {
		await new Promise((resolve) => signal.addEventListener("abort", resolve));
		return;
	}
	await clock.stall(port, ms, signal).catch(() => clock.sleep(ms, signal)).catch(() => {});
}
function retryAfter(seconds) {
	return seconds === void 0 ? {} : { "Retry-After": String(seconds) };
}
// src/scriptix-api/server.ts
const bodyLimitBytes = 65536;
const longestParameter = 4096;
const forJson = new import__2020.Ajv2020();
const forText = new import__2020.Ajv2020({ coerceTypes: true });
function createServer(options) {
	const { endpoints, handlers, sessions, tokens, faults, log, clock } = options;
	const arrivals = new WeakMap();
	const app = (0, import_fastify.default)({
		bodyLimit: bodyLimitBytes,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: {
			maxParamLength: longestParameter,
			ignoreTrailingSlash: true
		},
		frameworkErrors(error, request, reply) {
			arrive(request, reply);
			fail(error, reply);
		},
		clientErrorHandler(_error, socket) {
			if (!socket.writable) return;
			const body = JSON.stringify(errorBody(new ApiError(400, {
				field: "request",
				issue: "is not HTTP/1.1"
			})));
			const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
			socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
		}
	});
	app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? forJson : forText).compile(schema));
	app.removeContentTypeParser("text/plain");
	function arrive(request, reply) {
		const { sessionId = null } = request.routeOptions?.config?.namesSession ? request.params : {};
		const given = tokenOf(request.headers);
		const token = given?.token ?? null;
		const session = sessionId === null ? void 0 : sessions.get(sessionId);
		const own = session !== void 0 && session.owner === token;
		const entry = log.arrived({
			method: request.method,
			target: tokens.redact(request.raw.url ?? ""),
			sessionId,
			authorization: token === null ? "none" : own ? "owner" : "other",
			undocumented: given?.undocumented ?? null
		});
		arrivals.set(request.raw, {
			entry,
			token,
			session
		});
		reply.raw.once("close", () => {
			if (reply.raw.writableFinished) entry.status ??= reply.statusCode;
			log.ended(entry);
		});
	}
	function arrivalOf(request) {
		const arrival = arrivals.get(request.raw);
		if (arrival === void 0) throw new Error("a request is answered that never arrived");
		return arrival;
	}
	function admit(request, kind) {
		const { token, session } = arrivalOf(request);
		if (token === null) throw unauthorized("expected a token, got none");
		if (!tokens.accepts(token)) throw unauthorized("is not a known token");
		if (kind === "start") return;
		if (session === void 0) throw new ApiError(404, {
			field: "session_id",
			issue: "there is no such session"
		});
		if (session.owner !== token) throw new ApiError(403, {
			field: "Authorization",
			issue: "another token created this session"
		});
	}
	function fail(error, reply) {
		const known = asApiError(error);
		if (known === null) log.tell({
			event: "internal-error",
			message: error.message
		});
		const shown = known ?? new ApiError(500, {
			field: "request",
			issue: "the mock itself has failed"
		});
		reply.code(shown.status).headers(shown.headers).send(errorBody(shown));
	}
	app.addHook("onRequest", async (request, reply) => arrive(request, reply));
	app.addHook("onSend", async (request, reply) => {
		arrivalOf(request).entry.status = reply.statusCode;
	});
	app.setErrorHandler((error, _request, reply) => fail(error, reply));
	app.setNotFoundHandler(() => {
		throw new ApiError(404, {
			field: "path",
			issue: "there is nothing at this path"
		});
	});
	for (const endpoint of endpoints) {
		const { kind, method, body, query, success, operationId } = endpoint;
		app.route({
			method,
			url: routeOf(endpoint),
			config: { namesSession: namesSession(endpoint) },
			schema: {
				...body && { body },
				...query && { querystring: query }
			},
			async onRequest(request, reply) {
				const { entry } = arrivalOf(request);
				if (kind === "state" || kind === "results") {
					const fault = faults.take(entry.sessionId ?? "", kind);
					entry.fault = fault?.kind ?? null;
					if (fault !== null) await meetFault(fault, request, reply, clock);
				}
				if (kind === "control") assertMayControl(request, tokens, options.contract);
				else if (!reply.sent) admit(request, kind);
			},
			async handler(request, reply) {
				const { token, session, entry } = arrivalOf(request);
				const { params, query, body } = request;
				const { accept = "" } = request.headers;
				const answer = await handlers[operationId]({
					token,
					session,
					params,
					query,
					body,
					accept
				});
				if (kind === "start") entry.authorization = "owner";
				if (answer instanceof Subtitles) return reply.code(success.status).type(answer.type).send(answer.text);
				return reply.code(success.status).send(answer);
			}
		});
	}
	for (const url of new Set(endpoints.map(routeOf))) {
		const here = endpoints.filter((endpoint) => routeOf(endpoint) === url);
		const allowed = here.map(({ method }) => method);
		app.route({
			method: app.supportedMethods.filter((method) => !allowed.some((other) => other === method)),
			url,
			config: { namesSession: here.some(namesSession) },
			async onRequest() {
				throw new ApiError(405, {
					field: "method",
					issue: `expected ${allowed.join(" or ")}`
				}, { Allow: allowed.join(", ") });
			},
			handler() {}
		});
	}
	return app;
}
const namesSession = ({ kind }) => kind === "state" || kind === "results" || kind === "erasure";
const routeOf = ({ path }) => path.replace(/\{(\w+)\}/g, ":$1");
function unauthorized(issue) {
	return new ApiError(401, {
		field: "Authorization",
		issue
	}, { "WWW-Authenticate": "Bearer" });
}
// src/scriptix-api/scriptix-api.ts
function createScriptixApi(options = {}) {
	const { clock = systemClock, contract = defaults.contract, network = {}, local = false } = options;
	const { completeAfterMs = 1e3, utterances = 3, seed = null } = options;
	for (const token of options.tokens ?? []) assertToken(token);
	const log = new EventLog(clock, options.log ?? (() => {}));
	const tokens = new Tokens(options.tokens ?? null);
	const sessions = new Sessions();
	const faults = new Faults();
	const callbacks = new Callbacks({
		contract,
		local,
		clock,
		deadlineClock: options.deadlineClock ?? systemClock,
		network,
		log,
		onDelivery: options.onDelivery ?? (() => {})
	});
	const jobs = new Jobs({
		clock,
		sessions,
		callbacks,
		log,
		completeAfterMs
	});
	const newId = sessionIds(seed);
	const app = createServer({
		contract,
		endpoints: endpointsFor(contract),
		handlers: createHandlers({
			contract,
			network,
			local,
			sessions,
			tokens,
			jobs,
			faults,
			log,
			newId,
			utterances
		}),
		sessions,
		tokens,
		faults,
		log,
		clock
	});
	return {
		listen: ({ port, host = "127.0.0.1" }) => app.listen({
			port,
			host
		}),
		async close() {
			await app.close();
			jobs.close();
			await callbacks.close();
		},
		register(sessionId, token) {
			assertToken(token);
			tokens.add(token);
			sessions.add({
				id: sessionId,
				owner: token,
				status: "done"
			});
		},
		complete: (sessionId) => void jobs.complete(sessionId),
		fail: (sessionId) => void jobs.fail(sessionId),
		fault: (fault) => faults.add(fault),
		lift: (faultId) => faults.lift(faultId),
		requests: log.requests,
		fetches(sessionId) {
			const session = sessions.get(sessionId);
			return session === void 0 ? 0 : fetchesOf(session);
		}
	};
}
function assertToken(token) {
	if (token === "") throw new UsageError("ERR_TOKEN", "token: expected one that is not empty.");
}
export { createScriptixApi as t };

//# sourceMappingURL=scriptix-api-BddALjMW.js.map