import { n as z, r as $, t as a } from "./preact-DqhWtdmd.js";
import { b as showControlCharacters, f as capText, p as cutMark, u as formatOffset } from "./lab-DQqfHKWn.js";
import { I as groupByText } from "./reports-TZriK1mR.js";
import { createHash } from "node:crypto";
// src/report/html/evidence-limits.ts
const all = {
	failures: Infinity,
	bodyBytes: Infinity,
	curlBytes: Infinity
};
const evidenceRungs = [
	{
		...all,
		others: Infinity
	},
	{
		...all,
		others: 10
	},
	{
		...all,
		others: 6
	},
	{
		...all,
		others: 4
	},
	{
		...all,
		others: 3
	},
	{
		...all,
		others: 2
	},
	{
		...all,
		others: 1
	},
	{
		...all,
		others: 0
	},
	{
		others: 0,
		failures: Infinity,
		bodyBytes: 2048,
		curlBytes: 16384
	},
	{
		others: 0,
		failures: 20,
		bodyBytes: 1024,
		curlBytes: 8192
	},
	{
		others: 0,
		failures: 6,
		bodyBytes: 512,
		curlBytes: 4096
	},
	{
		others: 0,
		failures: 2,
		bodyBytes: 256,
		curlBytes: 2048
	},
	{
		others: 0,
		failures: 1,
		bodyBytes: 128,
		curlBytes: 1024
	},
	{
		others: 0,
		failures: 0,
		bodyBytes: 0,
		curlBytes: 512
	}
];
// src/report/html/exchange-names.ts
function exchangeNames(check) {
	const { attempts } = check;
	const scheduled = scheduledSessions(attempts);
	const numbers = numbersInRun(check);
	return attempts.map(({ number, sessionId }, index) => scheduled.has(sessionId) ? `attempt ${number}` : `callback ${numbers[index] ?? index + 1}`);
}
function namedExchange(where, names) {
	const name = /^(?:attempt|callback) \d+/.exec(where)?.[0];
	const index = name === void 0 ? -1 : names.indexOf(name);
	return index < 0 ? null : index;
}
function scheduledSessions(attempts) {
	const offsets = new Map();
	const scheduled = new Set();
	for (const { sessionId, virtualOffsetMs } of attempts) {
		if ((offsets.get(sessionId) ?? virtualOffsetMs) !== virtualOffsetMs) scheduled.add(sessionId);
		offsets.set(sessionId, virtualOffsetMs);
	}
	return scheduled;
}
function numbersInRun({ attempts, mismatches }) {
	const ascending = [...new Set(mismatches.flatMap(({ where }) => Number(/^callback (\d+)/.exec(where)?.[1] ?? 0)))].sort((a, b) => a - b);
	let first = attempts.length;
	let later = ascending.filter((number) => number > first);
	while (first + later.length > attempts.length && first > 0) {
		first--;
		later = ascending.filter((number) => number > first);
	}
	return [...Array.from({ length: first }, (_, index) => index + 1), ...later];
}
// src/report/html/evidence.ts
function evidenceOf(check, limits) {
	const { attempts, outcome, reproduce } = check;
	const most = outcome === "failed" || outcome === "error" ? limits.failures : limits.others;
	const names = exchangeNames(check);
	const kept = chosen(check, names, most);
	const exchanges = attempts.flatMap((attempt, index) => kept.has(index) ? [{
		anchor: `${check.id}@${index + 1}`,
		name: names[index] ?? "",
		attempt: withShorterBodies(attempt, limits.bodyBytes)
	}] : []);
	const isCurlTooLong = reproduce !== null && Buffer.byteLength(reproduce, "utf8") > limits.curlBytes;
	return {
		exchanges,
		leftOut: attempts.length - exchanges.length,
		curl: isCurlTooLong ? null : reproduce,
		isCurlTooLong
	};
}
const noEvidence = {
	exchanges: [],
	leftOut: 0,
	curl: null,
	isCurlTooLong: false
};
const leastBytesOfExchange = 200;
function leastBytesOf(evidence) {
	return evidence.reduce((sum, { exchanges }) => {
		const bodies = exchanges.flatMap(({ attempt: { request, response, sessionId } }) => [request.body, response?.body ?? ""].map((body) => sessionId === "" ? body : body.replaceAll(sessionId, "")));
		const distinct = [...new Set(bodies)];
		return sum + exchanges.length * leastBytesOfExchange + distinct.reduce((bytes, body) => bytes + body.length, 0);
	}, 0);
}
function chosen({ attempts, mismatches }, names, most) {
	const blamed = mismatches.flatMap(({ where }) => namedExchange(where, names) ?? []);
	return new Set([...new Set([...blamed, ...attempts.keys()])].slice(0, most));
}
function withShorterBodies(attempt, bytes) {
	const { request, response } = attempt;
	return {
		...attempt,
		request: {
			...request,
			body: shorter(request.body, bytes)
		},
		response: response && {
			...response,
			body: shorter(response.body, bytes)
		}
	};
}
function shorter(text, bytes) {
	if (bytes === Infinity) return text;
	const mark = cutMark.exec(text);
	if (mark === null) return capText(text, bytes);
	const short = capText(text.slice(0, mark.index), bytes);
	return cutMark.test(short) ? short.replace(cutMark, `… [cut: $1 of ${mark[2]} bytes shown]`) : text;
}
// src/report/html/fold.tsx
function Fold({ id, title, count, holdsChecks, class: name = "", children }) {
	return a("details", {
		class: `fold ${name}`.trimEnd(),
		"data-group": holdsChecks,
		children: [a("summary", { children: a("h2", {
			id,
			children: [
				title,
				" ",
				count !== void 0 && a("span", {
					class: "count",
					children: count
				})
			]
		}) }), children]
	});
}
// src/report/html/words.ts
const levels = [
	"required",
	"recommended",
	"hardening"
];
const levelMeaning = {
	required: "documented: a conformant receiver does all of it",
	recommended: "documented advice or good practice",
	hardening: "hostile or unlucky input"
};
const outcomes = [
	"failed",
	"error",
	"not-run",
	"skipped",
	"passed"
];
const outcomeWord = {
	passed: "passed",
	failed: "failed",
	skipped: "skipped",
	"not-run": "not run",
	error: "error"
};
const verdictWord = {
	conformant: "Conformant",
	"non-conformant": "Non-conformant",
	inconclusive: "Inconclusive"
};
function duration(ms) {
	if (ms < 1e3) return `${Math.round(ms)} ms`;
	const seconds = Math.round(ms / 100) / 10;
	if (seconds < 60) return `${seconds} s`;
	const whole = Math.round(ms / 1e3);
	return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
function wallTime(iso) {
	const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso) ?? [];
	return day === void 0 || time === void 0 ? iso : `${day} ${time} UTC`;
}
function attemptKind({ response }) {
	if (response === null) return "unanswered";
	return response.status >= 200 && response.status < 300 ? "acknowledged" : "refused";
}
function attemptOutcome({ response, error }, isShort = false) {
	if (response === null) return error?.reason ?? "no answer";
	return isShort || response.statusText === "" ? String(response.status) : `${response.status} ${response.statusText}`;
}
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const isWebAddress = (url) => /^https?:\/\//i.test(url);
const anchorTo = (id) => `#${encodeURI(id)}`;
// src/report/html/about.tsx
function About({ report }) {
	const { contract, target, durationMs, seed, nonce, notes, verdict } = report;
	const kind = target.kind === "embedded" ? "the embedded reference receiver" : "a receiver at its address";
	const facts = [
		["Contract", contract.name],
		["Target", target.local ? `${kind}; local, so the URL rules do not apply` : kind],
		["Declared", target.capabilities.join(", ") || "nothing beyond the address"],
		["Custom headers", target.headers.join(", ") || "none"],
		["Took", duration(durationMs)],
		["Seed", nonce === "" ? seed : `${seed}, nonce ${nonce}`]
	];
	return a(Fold, {
		id: "about",
		title: "About this run",
		children: [a("dl", {
			class: "facts",
			children: facts.map(([term, value]) => a("div", { children: [a("dt", { children: term }), a("dd", { children: value })] }, term))
		}), verdict !== "inconclusive" && a(Notes, { notes })]
	});
}
function Notes({ notes }) {
	if (notes.length === 0) return null;
	return a("ul", {
		class: "notes",
		children: notes.map((note) => a("li", { children: note }, note))
	});
}
// src/report/html/causes.tsx
function Causes({ view: { report } }) {
	const failed = report.checks.filter(({ outcome }) => outcome === "failed");
	const causes = report.causes ?? [];
	if (causes.length === 0) return null;
	const byId = new Map(failed.map((check) => [check.id, check]));
	return a("section", {
		class: "causes",
		"aria-labelledby": "fix",
		children: [
			a("h2", {
				id: "fix",
				children: ["What to fix ", a("span", {
					class: "count",
					children: causes.length
				})]
			}),
			a("p", {
				class: "lead",
				children: [
					plural(causes.length, "cause"),
					" behind ",
					plural(failed.length, "failed check"),
					"; what decides the gate comes first."
				]
			}),
			a("ol", { children: causes.map((cause) => a(Cause, {
				cause,
				byId,
				isGated: isGated(cause, byId, report.gate.levels)
			}, cause.id)) })
		]
	});
}
function isGated({ checks }, byId, gated) {
	return checks.some((id) => gated.includes(byId.get(id)?.level ?? "hardening"));
}
function Cause({ cause, byId, isGated: gates }) {
	return a("li", { children: [
		a("p", {
			class: "says",
			children: [
				cause.says,
				" ",
				gates && a("span", {
					class: "tag",
					children: "decides the gate"
				})
			]
		}),
		a("p", { children: cause.fix }),
		a("p", {
			class: "members",
			children: [
				plural(cause.checks.length, "check"),
				":",
				" ",
				cause.checks.map((id, index) => a($, { children: [
					index > 0 && ", ",
					a("a", {
						href: anchorTo(id),
						children: id
					}),
					byId.get(id)?.knownFailure !== void 0 && " (known)"
				] }))
			]
		})
	] });
}
// src/report/html/clause-table.tsx
const statusWord = {
	verified: "verified",
	violated: "violated",
	"not-verified": "not verified"
};
function ClauseTable({ report: { clauses, checks, contract } }) {
	const byId = new Map(checks.map((check) => [check.id, check]));
	return a(Fold, {
		id: "clauses",
		title: "Clauses",
		count: clauses.length,
		children: [a("p", {
			class: "lead",
			children: [
				contract.name,
				", as documented:",
				" ",
				isWebAddress(contract.documentUrl) ? a("a", {
					href: contract.documentUrl,
					rel: "noopener noreferrer",
					children: contract.documentUrl
				}) : contract.documentUrl
			]
		}), a("ul", {
			class: "clause-list",
			children: clauses.map(({ id, section, statement, status, checks: own }) => a("li", {
				id: `clause:${id}`,
				class: status,
				children: [a("p", {
					class: "status",
					children: statusWord[status]
				}), a("div", { children: [a("p", {
					class: "statement",
					children: statement
				}), a("p", {
					class: "members",
					children: [
						a("code", { children: id }),
						" · ",
						section,
						" ·",
						" ",
						own.length === 0 ? "no check: the sender’s to keep, or not to be seen from outside" : a(Checks, {
							of: own,
							byId
						})
					]
				})] })]
			}, id))
		})]
	});
}
const Checks = ({ of, byId }) => a($, { children: of.map((id, index) => {
	const check = byId.get(id);
	return a($, { children: [
		index > 0 && ", ",
		a("a", {
			href: anchorTo(id),
			children: id
		}),
		" ",
		check !== void 0 && outcomeWord[check.outcome]
	] });
}) });
// src/report/html/decisions.tsx
function Decisions({ report: { contract } }) {
	if (contract.decisions.length === 0) return null;
	return a(Fold, {
		id: "decisions",
		title: "Where the documentation is silent",
		count: contract.decisions.length,
		children: [a("p", {
			class: "lead",
			children: "What this run took for granted, and why."
		}), a("dl", {
			class: "decisions",
			children: contract.decisions.map(({ id, question, decision, reason }) => a("div", { children: [a("dt", { children: question }), a("dd", { children: [
				decision,
				" ",
				a("span", {
					class: "why",
					children: reason
				})
			] })] }, id))
		})]
	});
}
// src/report/html/check-basis.tsx
function CheckBasis({ view: { report }, check }) {
	if (check.clause === null) return check.source === null ? null : a($, { children: [a("dt", { children: "Source" }), a("dd", { children: check.source })] });
	const clause = report.clauses.find(({ id }) => id === check.clause);
	const { documentUrl } = report.contract;
	return a($, { children: [a("dt", { children: "Clause" }), a("dd", { children: [a("a", {
		href: `#clause:${encodeURI(check.clause)}`,
		children: check.clause
	}), clause !== void 0 && a($, { children: [
		" ",
		clause.statement,
		" ",
		isWebAddress(documentUrl) ? a("a", {
			class: "document",
			href: documentUrl,
			rel: "noopener noreferrer",
			children: [clause.section, ", in the documentation"]
		}) : `(${clause.section})`
	] })] })] });
}
// src/report/html/deliveries.ts
function deliveriesOf(attempts) {
	return Array.from(scheduledSessions(attempts), (sessionId) => ({
		sessionId,
		attempts: attempts.filter((attempt) => attempt.sessionId === sessionId).sort((a, b) => a.virtualOffsetMs - b.virtualOffsetMs)
	}));
}
// src/report/html/delivery-picture.tsx
const mostPictures = 3;
const laneHeight = 30;
const axisHeight$1 = 26;
const gaugeWidth = 44;
const radius = 9;
const turnsAt = 55;
function Deliveries({ attempts, schedule }) {
	if (schedule === void 0) return null;
	const deliveries = deliveriesOf(attempts);
	return a($, { children: [deliveries.slice(0, mostPictures).map((delivery) => a(DeliveryPicture, {
		delivery,
		schedule
	}, delivery.sessionId)), deliveries.length > mostPictures && a("p", {
		class: "left-out",
		children: [
			"and ",
			deliveries.length - mostPictures,
			" more deliveries, among the exchanges"
		]
	})] });
}
function DeliveryPicture({ delivery: { sessionId, attempts }, schedule }) {
	const { offsetsMs, deadlineMs } = schedule;
	const scheduleEndMs = offsetsMs.at(-1) ?? 0;
	const endMs = Math.max(scheduleEndMs, ...attempts.map(({ virtualOffsetMs }) => virtualOffsetMs));
	const share = (ms) => Math.round(ms / endMs * 1e4) / 100;
	const height = attempts.length * laneHeight;
	return a("figure", {
		class: "delivery",
		children: [
			a("figcaption", { children: [
				"Delivery of session ",
				a("code", { children: sessionId }),
				": ",
				plural(attempts.length, "attempt"),
				" on the schedule"
			] }),
			a("div", {
				class: "plot",
				children: a("svg", {
					width: "100%",
					height: height + axisHeight$1,
					role: "img",
					"aria-label": inWords$1(attempts, schedule),
					children: [offsetsMs.map((ms) => a("g", {
						class: ms === offsetsMs[1] ? "tick second" : "tick",
						children: [a("line", {
							x1: `${share(ms)}%`,
							x2: `${share(ms)}%`,
							y1: "0",
							y2: height + 4
						}), a("text", {
							x: `${share(ms)}%`,
							y: height + 18,
							children: ms === scheduleEndMs ? `${ms / 6e4} min` : ms / 6e4
						})]
					}, ms)), attempts.map((attempt, index) => a(Lane, {
						attempt,
						deadlineMs,
						x: share(attempt.virtualOffsetMs),
						y: (index + .5) * laneHeight
					}, index))]
				})
			}),
			a(Legend, {
				kinds: new Set(attempts.map(attemptKind)),
				deadlineMs
			})
		]
	});
}
function Lane({ attempt, deadlineMs, x, y }) {
	const kind = attemptKind(attempt);
	const turned = x > turnsAt;
	const gaugeX = turned ? -61 : 17;
	const textX = turned ? gaugeX - 8 : gaugeX + gaugeWidth + 8;
	const used = Math.max(2, Math.min(1, attempt.durationMs / deadlineMs) * gaugeWidth);
	return a($, { children: [a("text", {
		class: "at",
		x: "-16",
		y: y + 4,
		children: formatOffset(attempt.virtualOffsetMs).replace(/^00:/, "")
	}), a("svg", {
		x: `${x}%`,
		y,
		overflow: "visible",
		class: `attempt ${kind}`,
		children: [
			a("rect", {
				class: "deadline",
				x: gaugeX,
				y: "-3",
				width: gaugeWidth,
				height: "6",
				rx: "1"
			}),
			a("rect", {
				class: "used",
				x: gaugeX,
				y: "-3",
				width: Math.round(used * 10) / 10,
				height: "6",
				rx: "1"
			}),
			a("line", {
				class: "limit",
				x1: gaugeX + gaugeWidth,
				x2: gaugeX + gaugeWidth,
				y1: "-7",
				y2: "7"
			}),
			a(Marker, { kind }),
			a("text", {
				class: "number",
				y: "3.5",
				children: attempt.number
			}),
			a("text", {
				class: turned ? "outcome turned" : "outcome",
				x: textX,
				y: "4",
				children: [attemptOutcome(attempt, true), a("tspan", {
					class: "time",
					dx: "5",
					children: duration(attempt.durationMs)
				})]
			})
		]
	})] });
}
function Marker({ kind }) {
	switch (kind) {
		case "acknowledged": return a("circle", {
			class: "mark",
			r: radius
		});
		case "refused": return a("rect", {
			class: "mark",
			x: -8,
			y: -8,
			width: "16",
			height: "16",
			rx: "2"
		});
		case "unanswered": return a("path", {
			class: "mark",
			d: "M0-11 11 0 0 11-11 0Z"
		});
	}
}
const kindWords = {
	acknowledged: "acknowledged with a 2XX",
	refused: "answered otherwise",
	unanswered: "no answer"
};
function Legend({ kinds, deadlineMs }) {
	return a("p", {
		class: "legend",
		"aria-hidden": "true",
		children: [Array.from(kinds, (kind) => a("span", { children: [a("svg", {
			class: `attempt ${kind}`,
			width: "14",
			height: "14",
			viewBox: "-12 -12 24 24",
			children: a(Marker, { kind })
		}), kindWords[kind]] }, kind)), a("span", { children: [
			a("svg", {
				class: "attempt",
				width: "34",
				height: "14",
				viewBox: "0 -7 34 14",
				children: [a("rect", {
					class: "deadline",
					x: "0",
					y: "-3",
					width: "32",
					height: "6",
					rx: "1"
				}), a("line", {
					class: "limit",
					x1: "32",
					x2: "32",
					y1: "-7",
					y2: "7"
				})]
			}),
			"deadline of ",
			deadlineMs / 1e3,
			" s, filled by the time taken"
		] })]
	});
}
function inWords$1(attempts, { offsetsMs, deadlineMs }) {
	const lines = attempts.map((attempt) => {
		const label = attempt.label === "" ? "" : ` (${attempt.label})`;
		const when = formatOffset(attempt.virtualOffsetMs);
		return `attempt ${attempt.number} at ${when}${label}: ${attemptOutcome(attempt)} after ${duration(attempt.durationMs)}`;
	});
	return `Attempts from 0 to ${(offsetsMs.at(-1) ?? 0) / 6e4} minutes, each with a deadline of ${deadlineMs / 1e3} seconds. ${lines.join("; ")}.`;
}
// src/report/html/same-message.ts
const mostDifferences = 6;
const shortestSessionId = 8;
function shownAs(attempts) {
	const request = comparer(({ method, url, body }) => [
		method,
		url,
		body
	]);
	const response = comparer(({ status, statusText, bodyEnd, body }) => [
		String(status),
		statusText,
		bodyEnd,
		body
	]);
	return attempts.map((attempt, index) => ({
		request: request(attempt.request, attempt.sessionId, index),
		response: attempt.response === null ? whole$1 : response(attempt.response, attempt.sessionId, index)
	}));
}
const whole$1 = { kind: "whole" };
function comparer(partsOf) {
	const wholes = new Map();
	return (message, sessionId, index) => {
		const general = (text) => sessionId.length < shortestSessionId ? text : text.replaceAll(sessionId, "{session}");
		const lines = message.headers.map(([name, value]) => `${name}: ${general(value)}`);
		const key = JSON.stringify(partsOf(message).map(general));
		const earlier = wholes.get(key);
		if (earlier !== void 0) {
			const differences = differencesOf(earlier.lines, lines);
			if (differences.length <= mostDifferences) return {
				kind: "like",
				index: earlier.index,
				differences
			};
		}
		wholes.set(key, {
			index,
			lines
		});
		return whole$1;
	};
}
function differencesOf(earlier, lines) {
	const added = without(lines, earlier);
	const names = new Set(added.map(nameOf));
	const gone = without(earlier, lines).map(nameOf);
	return [...added, ...gone.filter((name) => !names.has(name)).map((name) => `(no ${name})`)];
}
const nameOf = (line) => line.split(":", 1)[0] ?? line;
function without(lines, others) {
	const left = [...others];
	return lines.filter((line) => {
		const at = left.indexOf(line);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}
// src/report/html/exchange.tsx
function Wire({ evidence: { exchanges, leftOut } }) {
	const shown = shownAs(exchanges.map(({ attempt }) => attempt));
	return a("div", {
		class: "exchanges",
		children: [exchanges.map(({ anchor, name, attempt }, index) => a("div", {
			class: "exchange",
			id: anchor,
			children: [a("p", {
				class: "when",
				children: [
					a("strong", { children: name }),
					attempt.label !== "" && a("em", { children: attempt.label }),
					a("span", {
						class: `answer ${attemptKind(attempt)}`,
						children: attemptOutcome(attempt)
					}),
					a("span", { children: ["schedule ", formatOffset(attempt.virtualOffsetMs)] }),
					a("span", { children: ["wall clock ", timeOfDay(attempt.startedAt)] }),
					a("span", { children: ["took ", duration(attempt.durationMs)] })
				]
			}), a(Messages, {
				attempt,
				all: exchanges,
				...shown[index]
			})]
		}, anchor)), leftOut > 0 && a("p", {
			class: "left-out",
			children: [
				plural(leftOut, exchanges.length === 0 ? "exchange" : "more exchange"),
				" left out to keep this page small; the JSON report has ",
				leftOut === 1 ? "it" : "them",
				"."
			]
		})]
	});
}
const whole = { kind: "whole" };
function Messages({ attempt, all, request = whole, response = whole }) {
	const { sessionId } = attempt;
	const remark = attempt.response === null ? "" : bodyEnds[attempt.response.bodyEnd];
	if (request.kind === "like" && response.kind === "like") {
		const differences = [...request.differences, ...response.differences];
		if (request.index === response.index && request.differences.length === 0) return a($, { children: [a(Same, {
			what: "Request and answer",
			like: all[request.index],
			sessionId,
			differences
		}), remark !== "" && a("p", { children: remark })] });
	}
	return a("div", {
		class: "messages",
		children: [a(Message, {
			title: "Request",
			as: request,
			all,
			sessionId,
			children: `${attempt.request.method} ${attempt.request.url}\n${textOf(attempt.request)}`
		}), attempt.response === null ? a("div", { children: [a("p", {
			class: "label",
			children: "No answer"
		}), a("p", { children: attempt.error === null ? "The report says no more." : `${attempt.error.reason} (${attempt.error.code}): ${attempt.error.message}` })] }) : a(Message, {
			title: "Answer",
			as: response,
			all,
			sessionId,
			remark,
			children: `${attempt.response.status} ${attempt.response.statusText}\n${textOf(attempt.response)}`
		})]
	});
}
const bodyEnds = {
	complete: "",
	"over-cap": "The body went on past what is read.",
	late: "The body had not ended by the deadline.",
	broken: "The body broke off."
};
function Message({ title, as, all, sessionId, remark = "", children }) {
	return a("div", { children: [
		a("p", {
			class: "label",
			children: title
		}),
		as.kind === "whole" ? a("pre", { children }) : a(Same, {
			what: "",
			like: all[as.index],
			sessionId,
			differences: as.differences
		}),
		remark !== "" && a("p", { children: remark })
	] });
}
function Same({ what, like, sessionId, differences }) {
	if (like === void 0) return null;
	return a($, { children: [a("p", { children: [
		what === "" ? "Same as " : `${what} as in `,
		a("a", {
			href: anchorTo(like.anchor),
			children: like.name
		}),
		like.attempt.sessionId !== sessionId && ", with its own session id",
		differences.length > 0 && ", except:"
	] }), differences.length > 0 && a("pre", { children: differences.join("\n") })] });
}
function textOf({ headers, body }) {
	return [
		...headers.map(([name, value]) => `${name}: ${value}`),
		"",
		body
	].join("\n").trimEnd();
}
const timeOfDay = (iso) => /T([\d:.]+)Z$/.exec(iso)?.[1] ?? iso;
// src/report/html/icons.tsx
const paths = {
	passed: "M4.5 8.4l2.4 2.4 4.8-5.4",
	failed: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
	skipped: "M5 8h6",
	"not-run": "M6.4 5.2v5.6M9.6 5.2v5.6",
	error: "M8 4.4v4.4M8 11.3v.1"
};
function IconSprite() {
	return a("svg", {
		width: "0",
		height: "0",
		"aria-hidden": "true",
		class: "sprite",
		children: Object.entries(paths).map(([outcome, path]) => a("symbol", {
			id: `icon-${outcome}`,
			viewBox: "0 0 16 16",
			children: [a("circle", {
				cx: "8",
				cy: "8",
				r: "7.25",
				class: "disc"
			}), a("path", {
				d: path,
				class: "stroke"
			})]
		}, outcome))
	});
}
function OutcomeIcon({ outcome, word }) {
	return word === void 0 ? a("svg", {
		class: `icon ${outcome}`,
		"aria-hidden": "true",
		children: a("use", { href: `#icon-${outcome}` })
	}) : a("svg", {
		class: `icon ${outcome}`,
		role: "img",
		"aria-label": word,
		children: a("use", { href: `#icon-${outcome}` })
	});
}
const verdictOutcome = {
	conformant: "passed",
	"non-conformant": "failed",
	inconclusive: "not-run"
};
// src/report/html/latency-histogram.tsx
const chartHeight = 104;
const labelRow = 15;
const axisHeight = 20;
function LatencyHistogram({ latencies }) {
	const { count, p50Ms, p95Ms, p99Ms, maxMs, histogram } = latencies;
	const percentiles = [
		["p50", p50Ms],
		["p95", p95Ms],
		["p99", p99Ms]
	];
	const column = 100 / Math.max(1, histogram.length);
	const tallest = Math.max(1, ...histogram.map((bucket) => bucket.count));
	const floor = percentiles.length * labelRow + 16 + chartHeight;
	return a("figure", {
		class: "latencies",
		children: [
			a("figcaption", { children: [
				"How long ",
				count,
				" answers took, to the end of their headers"
			] }),
			a("dl", {
				class: "figures",
				children: [...percentiles, ["max", maxMs]].map(([name, ms]) => a("div", { children: [a("dt", { children: name }), a("dd", { children: exact(ms) })] }, name))
			}),
			a("svg", {
				width: "100%",
				height: floor + axisHeight,
				role: "img",
				"aria-label": inWords(latencies),
				children: [
					histogram.map(({ upToMs, count: inBucket }, index) => {
						const height = Math.max(inBucket === 0 ? 0 : 2, Math.round(inBucket / tallest * chartHeight));
						return a("g", {
							class: "column",
							children: [
								a("rect", {
									x: percent$1(column * (index + .06)),
									width: percent$1(column * .88),
									y: floor - height,
									height,
									rx: "2"
								}),
								inBucket > 0 && a("text", {
									class: "count",
									x: percent$1(column * (index + .5)),
									y: floor - height - 5,
									children: inBucket
								}),
								a("text", {
									x: percent$1(column * (index + .5)),
									y: floor + 15,
									children: `≤ ${upToMs < 1e3 ? upToMs : `${Math.round(upToMs / 100) / 10} s`}`
								})
							]
						}, upToMs);
					}),
					a("line", {
						class: "floor",
						x1: "0",
						x2: "100%",
						y1: floor + .5,
						y2: floor + .5
					}),
					percentiles.map(([name, ms], index) => {
						const x = placeOf(ms, histogram);
						const turned = x > 70;
						return a("g", {
							class: "percentile",
							children: [a("line", {
								x1: percent$1(x),
								x2: percent$1(x),
								y1: index * labelRow + 2,
								y2: floor
							}), a("text", {
								x: percent$1(x),
								dx: turned ? -5 : 5,
								y: index * labelRow + 12,
								class: turned ? "turned" : void 0,
								children: `${name} ${exact(ms)}`
							})]
						}, name);
					})
				]
			}),
			a("p", {
				class: "legend",
				"aria-hidden": "true",
				children: "answers in each column took up to so many milliseconds, and longer than in the one before"
			})
		]
	});
}
function placeOf(ms, histogram) {
	const found = histogram.findIndex(({ upToMs }) => ms <= upToMs);
	const index = found < 0 ? histogram.length - 1 : found;
	const upTo = histogram[index]?.upToMs ?? ms;
	const from = histogram[index - 1]?.upToMs ?? upTo / 2;
	return (index + (upTo > from ? Math.min(1, Math.max(0, (ms - from) / (upTo - from))) : 1)) / Math.max(1, histogram.length) * 100;
}
const exact = (ms) => ms < 1e3 ? `${ms} ms` : duration(ms);
const percent$1 = (share) => `${Math.round(share * 100) / 100}%`;
function inWords({ count, p50Ms, p95Ms, p99Ms, maxMs, histogram }) {
	return `${count} answers: p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms, longest ${maxMs} ms. By time: ${histogram.map(({ upToMs, count: inBucket }) => `${inBucket} up to ${upToMs} ms`).join(", ")}.`;
}
// src/report/html/page-view.ts
const evidenceIn = ({ evidence }, check) => evidence.get(check) ?? noEvidence;
// src/report/html/failed-check.tsx
function FailedCheck({ view, check, isOpen }) {
	const evidence = evidenceIn(view, check);
	const { id, title, level, suite, outcome, mismatches } = check;
	return a("details", {
		class: "failure",
		id,
		"data-outcome": outcome,
		"data-level": level,
		"data-suite": suite,
		open: isOpen,
		children: [
			a("summary", { children: [
				a(OutcomeIcon, {
					outcome: "failed",
					word: "failed"
				}),
				a("h4", { children: title }),
				a("span", {
					class: "meta",
					children: [
						a("code", { children: id }),
						check.knownFailure !== void 0 && a("span", {
							class: "tag",
							children: "known failure"
						}),
						a("span", {
							class: "got",
							children: mismatches[0]?.actual
						})
					]
				})
			] }),
			a("p", {
				class: "meta",
				children: [a("a", {
					class: "self",
					href: anchorTo(id),
					children: "Link to this check"
				}), a("span", { children: ["took ", duration(check.durationMs)] })]
			}),
			check.knownFailure !== void 0 && a("p", {
				class: "known",
				children: [
					a("strong", { children: "Known failure" }),
					" ",
					check.knownFailure
				]
			}),
			a(Mismatches, {
				mismatches: check.mismatches,
				evidence
			}),
			a("dl", {
				class: "remedy",
				children: [
					a(Hint, { hint: check.hint }),
					a(CheckBasis, {
						view,
						check
					}),
					check.notes.length > 0 && a($, { children: [a("dt", { children: check.notes.length === 1 ? "Note" : "Notes" }), check.notes.map((note) => a("dd", { children: note }, note))] })
				]
			}),
			a(Deliveries, {
				attempts: check.attempts,
				schedule: view.report.contract.schedule
			}),
			check.latencies !== void 0 && a(LatencyHistogram, { latencies: check.latencies }),
			a(Reproduce, { evidence }),
			check.attempts.length > 0 && a("details", {
				class: "wire",
				children: [a("summary", { children: ["On the wire: ", plural(check.attempts.length, "exchange")] }), a(Wire, { evidence })]
			})
		]
	});
}
function Mismatches({ mismatches, evidence }) {
	if (mismatches.length === 0) return null;
	const names = evidence.exchanges.map(({ name }) => name);
	const rows = new Map();
	for (const mismatch of mismatches) {
		const key = JSON.stringify([mismatch.expected, mismatch.actual]);
		rows.set(key, [...rows.get(key) ?? [], mismatch]);
	}
	return a("table", {
		class: "mismatches",
		children: [a("thead", { children: a("tr", { children: [
			a("th", {
				scope: "col",
				children: "Expected"
			}),
			a("th", {
				scope: "col",
				class: "wide",
				children: "Got"
			}),
			a("th", {
				scope: "col",
				children: "Where"
			})
		] }) }), a("tbody", { children: Array.from(rows, ([key, alike]) => a("tr", { children: [
			a("td", {
				"data-head": "Expected",
				children: alike[0]?.expected
			}),
			a("td", {
				"data-head": "Got",
				class: "got",
				children: alike[0]?.actual
			}),
			a("td", {
				"data-head": "Where",
				children: a("ul", { children: alike.map(({ where }, index) => {
					const exchange = evidence.exchanges[namedExchange(where, names) ?? -1];
					return a("li", { children: exchange === void 0 ? where || "–" : a("a", {
						href: anchorTo(exchange.anchor),
						children: where
					}) }, index);
				}) })
			})
		] }, key)) })]
	});
}
function Hint({ hint }) {
	if (hint === null) return null;
	const [, cause, fix] = /^Likely cause: (.*?)\. (.*)$/s.exec(hint) ?? [];
	return a($, { children: [
		cause !== void 0 && a($, { children: [a("dt", { children: "Likely cause" }), a("dd", { children: cause })] }),
		a("dt", { children: "How to fix" }),
		a("dd", {
			class: "fix",
			children: fix ?? hint
		})
	] });
}
function Reproduce({ evidence: { curl, isCurlTooLong } }) {
	if (curl === null && !isCurlTooLong) return null;
	return a("div", {
		class: "reproduce",
		children: [a("p", {
			class: "label",
			children: "Reproduce"
		}), curl === null ? a("p", { children: "The curl line is too long for this page; the JSON report has it." }) : a("pre", {
			"data-copy": true,
			children: curl
		})]
	});
}
// src/report/html/failures.tsx
const fewFailures = 3;
function Failures({ view, checks }) {
	if (checks.length === 0) return null;
	return a("section", {
		"aria-labelledby": "failures",
		"data-group": true,
		children: [a("h2", {
			id: "failures",
			children: ["Failed ", a("span", {
				class: "count",
				children: checks.length
			})]
		}), levels.map((level) => {
			const own = checks.filter((check) => check.level === level);
			const isGated = view.report.gate.levels.includes(level);
			return own.length > 0 && a("section", {
				"aria-labelledby": `fix-${level}`,
				"data-group": true,
				children: [a("h3", {
					id: `fix-${level}`,
					children: [
						level,
						" ",
						a("span", {
							class: "count",
							children: own.length
						}),
						a("small", { children: [
							levelMeaning[level],
							"; ",
							isGated ? "decides the gate" : "does not decide the gate"
						] })
					]
				}), own.map((check) => a(FailedCheck, {
					view,
					check,
					isOpen: checks.length <= fewFailures
				}, check.id))]
			}, level);
		})]
	});
}
// src/report/html/filter.tsx
function Filter({ report: { checks } }) {
	const suites = [...new Set(checks.map(({ suite }) => suite))];
	return a("form", {
		id: "filter",
		class: "filter",
		"aria-label": "Filter the checks",
		hidden: true,
		children: [a("details", { children: [
			a("summary", { children: "Search and filter" }),
			a("p", {
				class: "search",
				children: a("label", { children: ["Search ", a("input", {
					type: "search",
					id: "search",
					placeholder: "a check, or words of its title"
				})] })
			}),
			[
				["outcome", outcomes],
				["level", levels],
				["suite", suites]
			].map(([key, values]) => a("fieldset", { children: [a("legend", { children: key }), a("div", {
				class: "chips",
				children: values.map((value) => {
					const count = checks.filter((check) => check[key] === value).length;
					return count > 0 && a("label", {
						class: "chip",
						children: [a("input", {
							type: "checkbox",
							name: key,
							value
						}), a("span", { children: [
							key === "outcome" ? outcomeWord[value] : value,
							" ",
							a("i", { children: count })
						] })]
					}, value);
				})
			})] }, key))
		] }), a("p", {
			class: "shown",
			children: [a("output", {
				id: "shown",
				children: [
					"All ",
					checks.length,
					" checks"
				]
			}), a("button", {
				type: "reset",
				id: "reset",
				hidden: true,
				children: "Show all"
			})]
		})]
	});
}
// src/report/html/level-counts.tsx
const countOf = (summary, outcome) => outcome === "not-run" ? summary.notRun : summary[outcome];
function LevelCounts({ report: { summary, gate } }) {
	return a("table", {
		class: "levels",
		children: [
			a("caption", { children: "Checks by level" }),
			a("thead", { children: a("tr", { children: [a("th", {
				scope: "col",
				children: "Level"
			}), outcomes.map((outcome) => a("th", {
				scope: "col",
				children: outcomeWord[outcome]
			}, outcome))] }) }),
			a("tbody", { children: levels.map((level) => a("tr", { children: [a("th", {
				scope: "row",
				title: levelMeaning[level],
				children: [
					level,
					" ",
					gate.levels.includes(level) && a("span", {
						class: "tag",
						children: "gated"
					}),
					a(Bar, { summary: summary[level] })
				]
			}), outcomes.map((outcome) => {
				const count = countOf(summary[level], outcome);
				return a("td", {
					class: count === 0 ? "none" : outcome,
					children: count === 0 ? 0 : a("a", {
						href: `#outcome=${outcome}&level=${level}`,
						"aria-label": `${count} ${level} ${outcomeWord[outcome]}`,
						children: count
					})
				}, outcome);
			})] }, level)) })
		]
	});
}
function Bar({ summary }) {
	const total = outcomes.reduce((sum, outcome) => sum + countOf(summary, outcome), 0);
	let from = 0;
	return a("svg", {
		class: "bar",
		width: "100%",
		height: "6",
		"aria-hidden": "true",
		children: outcomes.map((outcome) => {
			const share = total === 0 ? 0 : countOf(summary, outcome) / total * 100;
			const x = from;
			from += share;
			return share > 0 && a("rect", {
				class: outcome,
				x: percent(x),
				width: percent(share),
				height: "6"
			}, outcome);
		})
	});
}
const percent = (share) => `${Math.round(share * 100) / 100}%`;
// src/report/html/hero.tsx
function Hero({ report }) {
	const { harness, target, verdict, verdictLine, notes, gate } = report;
	return a("header", {
		class: "hero",
		children: [
			a("div", {
				class: "verdict",
				children: [
					a("p", {
						class: "overline",
						children: [
							harness.name,
							" ",
							harness.version,
							" · ",
							a("time", {
								dateTime: report.startedAt,
								children: wallTime(report.startedAt)
							})
						]
					}),
					a("h1", {
						class: verdict,
						children: [a(OutcomeIcon, { outcome: verdictOutcome[verdict] }), verdictWord[verdict]]
					}),
					a("p", {
						class: "target",
						children: target.url
					}),
					a("p", {
						class: "lead",
						children: verdictLine
					}),
					a("p", {
						class: "gate",
						children: [
							"Gate ",
							a("strong", {
								class: gate.outcome,
								children: gate.outcome
							}),
							" on ",
							gate.levels.join(", "),
							" · exit code",
							" ",
							gate.exitCode
						]
					})
				]
			}),
			a(LevelCounts, { report }),
			verdict === "inconclusive" && a(Notes, { notes })
		]
	});
}
// src/report/html/check-row.tsx
function CheckRow({ view, check }) {
	const { id, title, level, suite, outcome, notes, latencies, knownFailure } = check;
	const evidence = evidenceIn(view, check);
	const isStale = knownFailure !== void 0 && outcome === "passed";
	return a("details", {
		class: "check",
		id,
		"data-outcome": outcome,
		"data-level": level,
		"data-suite": suite,
		open: latencies !== void 0 || isStale,
		children: [a("summary", { children: [
			a(OutcomeIcon, {
				outcome,
				word: outcomeWord[outcome]
			}),
			a("span", {
				class: "title",
				children: title
			}),
			a("code", { children: id.slice(id.indexOf("/") + 1) }),
			a("span", {
				class: "tag",
				children: level
			}),
			a("span", {
				class: "took",
				children: check.durationMs > 0 && duration(check.durationMs)
			})
		] }), a("div", {
			class: "body",
			children: [
				knownFailure !== void 0 && a("p", {
					class: "known",
					children: [
						a("strong", { children: "Known failure" }),
						" ",
						knownFailure,
						isStale && " It passed: take it off the list."
					]
				}),
				a("dl", {
					class: "remedy",
					children: [
						a("dt", { children: "Check" }),
						a("dd", { children: a("a", {
							class: "self",
							href: anchorTo(id),
							children: id
						}) }),
						a(CheckBasis, {
							view,
							check
						}),
						check.hint !== null && a($, { children: [a("dt", { children: "Hint" }), a("dd", { children: check.hint })] }),
						notes.length > 0 && a("dt", { children: notes.length === 1 ? "Note" : "Notes" }),
						notes.map((note) => a("dd", { children: note }, note))
					]
				}),
				a(Deliveries, {
					attempts: check.attempts,
					schedule: view.report.contract.schedule
				}),
				latencies !== void 0 && a(LatencyHistogram, { latencies }),
				check.attempts.length > 0 && a(Wire, { evidence })
			]
		})]
	});
}
// src/report/html/quiet-section.tsx
function QuietSection({ view, outcome, title, lead, groups }) {
	if (groups.length === 0) return null;
	const count = groups.reduce((sum, { checks }) => sum + checks.length, 0);
	return a(Fold, {
		id: `section-${outcome}`,
		title,
		count,
		holdsChecks: true,
		class: "quiet",
		children: [lead !== void 0 && a("p", {
			class: "lead",
			children: lead
		}), groups.map((group) => group.folded === true ? a("details", {
			class: "group",
			"data-group": true,
			children: [a("summary", {
				class: "reason",
				children: [
					group.text,
					" ",
					a("span", {
						class: "count",
						children: group.checks.length
					})
				]
			}), a(Rows, {
				view,
				checks: group.checks
			})]
		}, group.text) : a("div", {
			class: "group",
			"data-group": true,
			children: [a("h3", {
				class: outcome === "passed" ? void 0 : "reason",
				children: [
					group.text,
					" ",
					a("span", {
						class: "count",
						children: group.checks.length
					})
				]
			}), a(Rows, {
				view,
				checks: group.checks
			})]
		}, group.text))]
	});
}
const Rows = ({ view, checks }) => a("div", {
	class: "rows",
	children: checks.map((check) => a(CheckRow, {
		view,
		check
	}, check.id))
});
// src/report/html/script.ts
const script = `
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const reset = document.getElementById("reset");
  const inputs = [...form.querySelectorAll("input[type=checkbox]")];
  const search = document.getElementById("search");
  const checks = [...document.querySelectorAll("[data-outcome]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const keys = ["outcome", "level", "suite"];

  const chosen = (key) => inputs.filter((input) => input.name === key && input.checked).map((input) => input.value);

  function apply() {
    const wanted = keys.map((key) => [key, chosen(key)]).filter(([, values]) => values.length > 0);
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const isNarrowed = wanted.length > 0 || words.length > 0;
    let count = 0;
    for (const check of checks) {
      const text = (check.id + " " + check.querySelector("summary").textContent).toLowerCase();
      check.hidden =
        !wanted.every(([key, values]) => values.includes(check.dataset[key])) || !words.every((word) => text.includes(word));
      if (!check.hidden) count++;
    }
    for (const group of groups) group.hidden = group.querySelector("[data-outcome]:not([hidden])") === null;
    if (isNarrowed) for (const fold of document.querySelectorAll("details[data-group]")) fold.open = true;
    const all = checks.length;
    shown.textContent = !isNarrowed ? "All " + all + " checks" : count + " of " + all + " checks";
    reset.hidden = !isNarrowed;
    return wanted;
  }

  function write() {
    const fragment = apply().map(([key, values]) => key + "=" + values.map(encodeURIComponent).join(",")).join("&");
    history.replaceState(null, "", "#" + fragment);
  }

  function isFilter(fragment) {
    return keys.some((key) => new URLSearchParams(fragment).has(key));
  }

  function read(fragment) {
    const parameters = new URLSearchParams(fragment);
    for (const input of inputs) input.checked = (parameters.get(input.name) || "").split(",").includes(input.value);
    apply();
  }

  function reveal(id) {
    const target = document.getElementById(id);
    if (target === null) return;
    const check = target.closest("[data-outcome]");
    if (check !== null && check.hidden) {
      search.value = "";
      read("");
    }
    for (let element = target; element !== null; element = element.parentElement) {
      if (element.localName === "details") element.open = true;
    }
    target.scrollIntoView();
  }

  function follow() {
    const fragment = location.hash.slice(1);
    if (isFilter(fragment)) {
      read(fragment);
      form.querySelector("details").open = true;
      form.scrollIntoView();
      return;
    }
    try {
      reveal(decodeURIComponent(fragment));
    } catch {
      // A fragment that is no valid encoding leads nowhere.
    }
  }

  form.hidden = false;
  search.addEventListener("input", apply);
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The inputs are reset only after the event.
  form.addEventListener("reset", () => queueMicrotask(() => { read(""); write(); inputs[0]?.focus(); }));
  addEventListener("hashchange", follow);
  // The link to where one is already fires no hashchange.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link !== null && link.hash === location.hash) follow();
  });
  // A browser may restore what was ticked before the page was left; the address alone decides.
  read("");
  if (location.hash.length > 1) follow();

  for (const line of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(line.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(line);
        button.textContent = "Selected";
      }
    });
    line.before(button);
  }
})();
`;
// src/report/html/style.ts
const style = [
	`
:root {
  color-scheme: light dark;
  --page: light-dark(#fafaf8, #111316);
  --surface: light-dark(#ffffff, #191c20);
  --sunken: light-dark(#f4f4f1, #14171a);
  --ink: light-dark(#1b1e23, #e7e9ec);
  --soft: light-dark(#59606b, #9ba3ae);
  --line: light-dark(#e4e4df, #2b3037);
  --link: light-dark(#1f5aa6, #8fbcff);
  --failed: light-dark(#b42318, #ff8f85);
  --failed-wash: light-dark(#fdf2f0, #2a1a1a);
  --passed: light-dark(#1d6b42, #79cf9d);
  --warned: light-dark(#85560a, #ecc06a);
  --warned-wash: light-dark(#fbf5e6, #272113);
  --error: light-dark(#6a3d9a, #c6a8f0);
  --bar-passed: light-dark(#6fae8b, #3f8f66);
  --bar-failed: light-dark(#cf5a4e, #d9655a);
  --bar-warned: light-dark(#d9a441, #b98a2e);
  --bar-error: light-dark(#9a76c4, #8f6bbd);
  --bar-skipped: light-dark(#d5d6d2, #3a4048);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); max-width: 72rem;
  background: var(--page); color: var(--ink);
  font: 0.9375rem/1.55 var(--sans); overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre, fieldset { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 0.9375rem; font-weight: 600; }
a { color: var(--link); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
code, pre, .target, .self { font-family: var(--mono); font-size: 0.92em; font-weight: 400; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.sprite { position: absolute; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--surface); z-index: 1; }
.count { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
.lead, small { color: var(--soft); }
.tag {
  display: inline-block; padding: 0 0.45em; border: 1px solid var(--line); border-radius: 1em;
  font-size: 0.75rem; font-weight: 400; line-height: 1.5; color: var(--soft); white-space: nowrap;
}
.label, dt, legend, th, .overline {
  color: var(--soft); font-size: 0.8125rem; font-weight: 400; text-align: left;
}

/* Icons */
.icon { width: 1.1em; height: 1.1em; flex: none; color: var(--soft); }
.icon .disc, .disc { fill: none; stroke: currentColor; stroke-width: 1.3; }
.stroke { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon.failed { color: var(--failed); } .icon.passed { color: var(--passed); }
.icon.not-run { color: var(--warned); } .icon.error { color: var(--error); }

/* First screenful */
.hero {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 30rem); gap: 1.75rem 3.5rem;
  padding: clamp(1rem, 3vw, 1.75rem) 0 1.25rem; align-items: start;
}
.hero h1 {
  display: flex; align-items: center; gap: 0.35em; margin: 0.35rem 0 0.6rem -0.05em;
  font-size: clamp(2rem, 5vw, 2.75rem); line-height: 1.1; font-weight: 680; letter-spacing: -0.025em;
}
.hero h1 .icon { width: 0.82em; height: 0.82em; }
h1.conformant { color: var(--passed); } h1.non-conformant { color: var(--failed); } h1.inconclusive { color: var(--warned); }
.verdict .lead { color: var(--ink); }
.target { font-size: 1rem; margin-bottom: 0.6rem; }
.gate { margin-top: 0.6rem; font-size: 0.875rem; color: var(--soft); }
.gate .failed { color: var(--failed); } .gate .passed { color: var(--passed); } .gate .inconclusive { color: var(--warned); }
.hero time { white-space: nowrap; }
.hero > .notes { grid-column: 1 / -1; }
.notes {
  padding: 0.75rem 1rem; border-left: 3px solid var(--bar-warned); background: var(--warned-wash); border-radius: 0 6px 6px 0;
}
.notes li + li { margin-top: 0.4rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
.levels th, .levels td { padding: 0.5rem 0 0.5rem 0.5rem; text-align: right; vertical-align: top; border-top: 1px solid var(--line); }
.levels thead th { border: 0; padding-block: 0.2rem; white-space: nowrap; }
.levels th:first-child { text-align: left; padding-left: 0; width: 38%; }
.levels tbody th { color: var(--ink); font-size: 0.9375rem; }
.levels td { font-size: 1.0625rem; line-height: 1.4; }
.levels td a { color: inherit; text-decoration: none; display: inline-block; min-width: 1.6em; }
.levels td a:hover { text-decoration: underline; }
.levels .failed { color: var(--failed); font-weight: 650; } .levels .passed { color: var(--passed); }
.levels .not-run { color: var(--warned); } .levels .error { color: var(--error); }
.levels .none { color: var(--soft); opacity: 0.75; }
.bar { display: block; margin-top: 0.4rem; border-radius: 3px; overflow: hidden; }
rect.passed { fill: var(--bar-passed); } rect.failed { fill: var(--bar-failed); } rect.not-run { fill: var(--bar-warned); }
rect.error { fill: var(--bar-error); } rect.skipped { fill: var(--bar-skipped); }
.facts { grid-column: 1 / -1; }
.hero > .notes {
  padding: 0.75rem 1rem; border-left: 3px solid var(--bar-warned); background: var(--warned-wash); border-radius: 0 6px 6px 0;
}
.notes li + li { margin-top: 0.4rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
.levels th, .levels td { padding: 0.5rem 0 0.5rem 0.5rem; text-align: right; vertical-align: top; border-top: 1px solid var(--line); }
.levels thead th { border: 0; padding-block: 0.2rem; white-space: nowrap; }
.levels th:first-child { text-align: left; padding-left: 0; width: 38%; }
.levels tbody th { color: var(--ink); font-size: 0.9375rem; }
.levels td { font-size: 1.0625rem; line-height: 1.4; }
.levels td a { color: inherit; text-decoration: none; display: inline-block; min-width: 1.6em; }
.levels td a:hover { text-decoration: underline; }
.levels .failed { color: var(--failed); font-weight: 650; } .levels .passed { color: var(--passed); }
.levels .not-run { color: var(--warned); } .levels .error { color: var(--error); }
.levels .none { color: var(--soft); opacity: 0.75; }
.bar { display: block; margin-top: 0.4rem; border-radius: 3px; overflow: hidden; }
rect.passed { fill: var(--bar-passed); } rect.failed { fill: var(--bar-failed); } rect.not-run { fill: var(--bar-warned); }
rect.error { fill: var(--bar-error); } rect.skipped { fill: var(--bar-skipped); }
.clauses { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.clauses h2 { font-size: 0.9375rem; font-weight: 600; letter-spacing: 0; margin-bottom: 0.5rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.35fr) minmax(0, 1.65fr); gap: 1rem 2.5rem; }
.columns h3 { display: flex; align-items: baseline; gap: 0.4em; font-weight: 400; }
.columns .count { font-size: 1.5rem; line-height: 1.2; font-weight: 650; }
.columns .violated h3 .count { color: var(--failed); } .columns .verified h3 .count { color: var(--passed); }
.columns ul { display: flex; flex-wrap: wrap; gap: 0 0.9em; font-size: 0.8125rem; line-height: 1.7; }
.columns li { max-width: 100%; }
.columns a { color: var(--soft); text-decoration: none; } .columns a:hover { color: var(--link); text-decoration: underline; }
.columns .violated a { color: var(--failed); }
.facts {
  display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.75rem 2.5rem;
  font-size: 0.875rem; padding: 0.5rem 0;
}

/* Filter */
main { border-top: 1px solid var(--line); padding-top: 1.25rem; }
main > .causes { padding: 0 0 1rem; }
.filter { font-size: 0.875rem; }
.filter summary { color: var(--soft); cursor: pointer; padding: 0.25rem 0; width: fit-content; }
fieldset { border: 0; min-width: 0; padding: 0.3rem 0; }
legend { float: left; width: 5.5rem; line-height: 1.9rem; padding: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.chip { position: relative; display: inline-flex; }
.chip input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.chip span { padding: 0.15rem 0.7rem; border: 1px solid var(--line); border-radius: 2em; background: var(--surface); }
.chip i { font-style: normal; color: var(--soft); font-variant-numeric: tabular-nums; }
.chip input:hover + span { border-color: var(--soft); }
.chip input:checked + span { background: var(--ink); border-color: var(--ink); color: var(--page); }
.chip input:checked + span i { color: inherit; }
.chip input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }
.shown { display: flex; gap: 1rem; align-items: center; min-height: 2.25rem; color: var(--soft); }
button {
  font: inherit; font-size: 0.8125rem; color: var(--link); background: var(--surface); cursor: pointer;
  border: 1px solid var(--line); border-radius: 5px; padding: 0.15rem 0.7rem;
}
button:hover { border-color: currentColor; }

/* Sections */
main > section { padding-top: 2.25rem; }
main > section > .lead { margin-top: 0.15rem; }
section[data-group] > section { margin-top: 1.25rem; }
section > section > h3 { font-size: 1.0625rem; display: flex; flex-wrap: wrap; gap: 0.2rem 0.5em; align-items: baseline; margin-bottom: 0.6rem; }
section > section > h3::first-letter { text-transform: uppercase; }
section > h3 small { font-weight: 400; font-size: 0.8125rem; }
.causes ol { list-style: decimal; padding-left: 1.5rem; margin-top: 0.75rem; max-width: 62rem; }
.causes li { padding: 0.55rem 0; } .causes li + li { border-top: 1px solid var(--line); }
.causes li::marker { color: var(--soft); font-variant-numeric: tabular-nums; }
.says { font-weight: 620; } .says::first-letter { text-transform: uppercase; }
.search label { color: var(--soft); }
input[type="search"] {
  font: inherit; color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: 5px;
  padding: 0.2rem 0.6rem; width: min(22rem, 100%);
}
.fold { padding-top: 1.5rem; } .fold > summary { width: fit-content; } .fold > summary h2 { display: inline; }
.members { color: var(--soft); font-size: 0.8125rem; }
`,
	`
/* A failure */
.failure { background: var(--surface); border: 1px solid var(--line); border-left: 3px solid var(--bar-failed); border-radius: 8px; }
.failure + .failure { margin-top: 0.5rem; }
.failure > summary {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.6rem; align-items: center; list-style: none;
  padding: 0.6rem clamp(1rem, 2.5vw, 1.5rem);
}
.failure > summary::-webkit-details-marker { display: none; }
.failure > summary:hover { background: var(--sunken); }
.failure > summary .icon { width: 1.25rem; height: 1.25rem; }
.failure { --pad: clamp(1rem, 2.5vw, 1.5rem); }
.failure > :not(summary) { margin: 0 var(--pad) 1rem; } .failure > table { width: calc(100% - 2 * var(--pad)); }
.failure h4 { font-size: 1.0625rem; line-height: 1.35; font-weight: 620; }
h4::first-letter, .check .title::first-letter, .group > .reason::first-letter { text-transform: uppercase; }
.meta { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--soft); font-size: 0.8125rem; }
.self { color: inherit; text-decoration: none; } .self:hover { color: var(--link); text-decoration: underline; }
.known { padding: 0.5rem 0.8rem; background: var(--warned-wash); border-radius: 5px; font-size: 0.875rem; }
.known strong { color: var(--warned); font-weight: 600; margin-right: 0.5em; }
.mismatches { font-size: 0.875rem; table-layout: fixed; }
.mismatches th { padding: 0 1rem 0.25rem 0; width: 28%; } .mismatches .wide { width: auto; }
.mismatches td { padding: 0.45rem 1rem 0.45rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.mismatches .got { color: var(--failed); font-weight: 550; }
.mismatches ul { display: flex; flex-wrap: wrap; gap: 0 1em; }
.remedy { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.35rem 1rem; font-size: 0.875rem; }
.remedy dt { grid-column: 1; line-height: 1.65; } .remedy dd { grid-column: 2; max-width: 46rem; }
.remedy .fix { font-weight: 550; }
pre {
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.78125rem; line-height: 1.55; tab-size: 2;
  padding: 0.6rem 0.8rem; background: var(--sunken); border-radius: 5px;
}
.reproduce { position: relative; }
.reproduce .label { margin-bottom: 0.2rem; }
.copy { position: absolute; right: 0; top: -0.3rem; font-size: 0.75rem; padding: 0 0.55rem; }
details > summary { cursor: pointer; }
.wire > summary { color: var(--link); font-size: 0.875rem; width: fit-content; }

/* Exchanges */
.exchange { padding: 0.8rem 0 0; margin-top: 0.8rem; border-top: 1px solid var(--line); font-size: 0.8125rem; }
.when { display: flex; flex-wrap: wrap; gap: 0 1.1em; color: var(--soft); }
.when { font-variant-numeric: tabular-nums; }
.exchange .when { color: var(--soft); } .when strong { color: var(--ink); font-weight: 600; } .when strong::first-letter { text-transform: uppercase; }
.when em { color: var(--ink); font-style: normal; }
.answer { font-weight: 550; } .answer.acknowledged { color: var(--passed); } .answer.refused, .answer.unanswered { color: var(--failed); }
.messages { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.6rem 1.25rem; margin-top: 0.4rem; }
.exchange p { color: var(--soft); }
.exchange pre + p, .exchange p + pre { margin-top: 0.3rem; }
.left-out { margin-top: 0.8rem; color: var(--soft); font-size: 0.8125rem; }

/* Pictures */
figure { min-width: 0; }
figcaption { font-size: 0.875rem; }
.plot { margin: 0.6rem 0 0; padding: 0 1.6rem 0 4rem; max-width: 52rem; }
.plot > svg, .latencies > svg { display: block; overflow: visible; }
svg text { font: 0.75rem var(--sans); fill: var(--soft); text-anchor: middle; font-variant-numeric: tabular-nums; }
.tick line { stroke: var(--line); }
svg .at { text-anchor: end; font-family: var(--mono); font-size: 0.6875rem; }
.deadline { fill: var(--bar-skipped); } .limit { stroke: var(--soft); stroke-width: 1.5; }
.attempt.acknowledged { color: var(--bar-passed); } .attempt.refused, .attempt.unanswered { color: var(--bar-failed); }
.mark, .used { fill: currentColor; }
svg .number { font-weight: 650; font-size: 0.6875rem; fill: light-dark(#111, #0b0d0f); }
.refused .number, .unanswered .number { fill: light-dark(#fff, #0b0d0f); }
svg .outcome { text-anchor: start; fill: var(--ink); paint-order: stroke; stroke: var(--surface); stroke-width: 4px; }
svg .turned, .percentile text.turned { text-anchor: end; }
svg .time { fill: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: 0.75rem; color: var(--soft); margin-top: 0.2rem; }
.legend span { display: inline-flex; align-items: center; gap: 0.4em; } .legend svg { flex: none; }
.figures { display: grid; grid-template-columns: repeat(4, auto); justify-content: start; gap: 0 clamp(1rem, 5vw, 2rem); margin: 0.4rem 0 0.6rem; }
.figures dd { font-size: 1.0625rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.latencies { max-width: 40rem; }
.column rect { fill: light-dark(#a9c3e0, #3d5c80); }
svg .count { paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }
.floor { stroke: var(--soft); stroke-opacity: 0.5; }
.percentile line { stroke: var(--ink); stroke-dasharray: 2 3; stroke-opacity: 0.65; }
.percentile text { text-anchor: start; fill: var(--ink); font-size: 0.6875rem; paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }

/* Quiet checks */
.group { margin-top: 1rem; }
.group > h3, .group > summary { font-size: 0.875rem; font-weight: 500; margin-bottom: 0.35rem; }
.rows { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.check + .check { border-top: 1px solid var(--line); }
.check > summary {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto 7rem 4.5rem; gap: 0.75rem; align-items: center;
  padding: 0.4rem 1rem; list-style: none; font-size: 0.875rem;
}
.check > summary::-webkit-details-marker { display: none; }
.check > summary:hover { background: var(--sunken); }
.check[open] > summary .title { font-weight: 600; }
.check > summary code { color: var(--soft); font-size: 0.75rem; }
.check .tag { justify-self: start; }
.took { text-align: right; color: var(--soft); font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.check .body { padding: 0.25rem 1rem 1.1rem 2.6rem; display: grid; gap: 0.9rem; grid-template-columns: minmax(0, 1fr); }
.exchanges { min-width: 0; }

/* Clauses and decisions */
.clause-list { margin-top: 0.9rem; }
.clause-list li { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0 1rem; padding: 0.6rem 0; border-top: 1px solid var(--line); }
.clause-list .status { color: var(--soft); font-size: 0.8125rem; line-height: 1.75; }
.clause-list .verified .status { color: var(--passed); } .clause-list .violated .status { color: var(--failed); font-weight: 600; }
.decisions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.1rem 2.5rem; margin-top: 0.9rem; font-size: 0.875rem; }
.decisions dt { color: var(--ink); font-weight: 600; font-size: inherit; }
.why { color: var(--soft); }
footer { margin-top: 2.5rem; padding: 1rem 0 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }
:target { scroll-margin-top: 1rem; }
.failure:target, .check:target, .exchange:target, li:target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 6px; }
`,
	`
@media (max-width: 60rem) {
  .check > summary { grid-template-columns: auto minmax(0, 1fr) 7rem 4.5rem; }
  .check > summary code { display: none; }
  .hero { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
}
@media (max-width: 40rem) {
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .levels thead th { font-size: 0.6875rem; }
  .levels th, .levels td { padding-left: 0.35rem; }
  .levels th:first-child { width: 36%; }
  .levels tbody th { font-size: 0.875rem; }
  legend { float: none; width: 100%; line-height: 1.6; }
  .messages { grid-template-columns: minmax(0, 1fr); }
  .remedy { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .remedy dt:not(:first-child) { margin-top: 0.5rem; }
  .remedy dt, .remedy dd { grid-column: 1; }
  .mismatches, .mismatches tbody, .mismatches tr, .mismatches td { display: block; }
  .mismatches thead { display: none; }
  .mismatches td { border: 0; padding: 0 0 0.3rem; }
  .mismatches td::before { content: attr(data-head); display: block; color: var(--soft); font-size: 0.8125rem; font-weight: 400; }
  .mismatches tr { border-top: 1px solid var(--line); padding-top: 0.5rem; }
  .check > summary { grid-template-columns: auto minmax(0, 1fr) auto; padding-inline: 0.75rem; }
  .check .tag { display: none; }
  .check .body { padding-inline: 0.75rem; }
  .plot { padding-left: 3.25rem; padding-right: 1rem; }
  .tick.second text { display: none; }
  .clause-list li { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { color-scheme: light; --page: #fff; --sunken: #f6f6f4; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .filter, .copy, .skip { display: none !important; }
  .failure, .exchange, figure, .check, .clause-list li, tr { break-inside: avoid; }
  h2, h3, h4, .failure > summary { break-after: avoid; }
  .failure::details-content { content-visibility: visible; block-size: auto; }
  .wire { display: none; }
  svg, rect, .chip span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
].join("");
// src/report/html/page.tsx
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
	"default-src 'none'",
	`style-src ${hash(style)}`,
	"img-src data:",
	`script-src ${hash(script)}`,
	"base-uri 'none'",
	"form-action 'none'"
].join("; ");
function Page({ view }) {
	const { report } = view;
	const withOutcome = (outcome) => report.checks.filter((check) => check.outcome === outcome);
	const byReason = (checks) => groupByText(checks, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]);
	const skipped = withOutcome("skipped");
	const notSelected = skipped.filter(({ reasonCode }) => reasonCode === "not-selected");
	return a("html", {
		lang: "en",
		children: [a("head", { children: [
			a("meta", { charset: "utf-8" }),
			a("meta", {
				name: "viewport",
				content: "width=device-width, initial-scale=1"
			}),
			a("meta", {
				"http-equiv": "Content-Security-Policy",
				content: policy
			}),
			a("meta", {
				name: "referrer",
				content: "no-referrer"
			}),
			a("meta", {
				name: "color-scheme",
				content: "light dark"
			}),
			a("meta", {
				name: "generator",
				content: `${report.harness.name} ${report.harness.version}`
			}),
			a("title", { children: `${verdictWord[report.verdict]}: ${report.target.url}` }),
			a("link", {
				rel: "icon",
				href: "data:,"
			}),
			a("style", { dangerouslySetInnerHTML: { __html: style } })
		] }), a("body", { children: [
			a("a", {
				class: "skip",
				href: "#checks",
				children: "Skip to the checks"
			}),
			a(IconSprite, {}),
			a(Hero, { report }),
			a("main", {
				id: "checks",
				children: [
					a(Causes, { view }),
					a(Filter, { report }),
					a(Failures, {
						view,
						checks: withOutcome("failed")
					}),
					a(QuietSection, {
						view,
						outcome: "error",
						title: "In error",
						lead: "A fault of the harness or of what it was given, never charged to the receiver.",
						groups: byReason(withOutcome("error"))
					}),
					a(QuietSection, {
						view,
						outcome: "not-run",
						title: "Not run",
						lead: "Something stood in the way, so these say nothing about the receiver.",
						groups: byReason(withOutcome("not-run"))
					}),
					a(QuietSection, {
						view,
						outcome: "skipped",
						title: "Skipped",
						lead: "Not verified in this run; each reason says what it would take.",
						groups: [...byReason(skipped.filter((check) => !notSelected.includes(check))), ...notSelected.length === 0 ? [] : [{
							text: `not selected by the filters of this run`,
							checks: notSelected,
							folded: true
						}]]
					}),
					a(QuietSection, {
						view,
						outcome: "passed",
						title: "Passed",
						groups: bySuite(withOutcome("passed"))
					}),
					a(ClauseTable, { report }),
					a(Decisions, { report }),
					a(About, { report })
				]
			}),
			a("footer", { children: [a(LeftOut, { view }), a("p", { children: [
				report.harness.name,
				" ",
				report.harness.version,
				", report schema ",
				report.schemaVersion,
				". Values of custom headers, tokens and userinfo are redacted. Times of day are UTC."
			] })] }),
			a("script", { dangerouslySetInnerHTML: { __html: script } })
		] })]
	});
}
function bySuite(checks) {
	return [...new Set(checks.map(({ suite }) => suite))].map((text) => ({
		text,
		checks: checks.filter(({ suite }) => suite === text)
	}));
}
function LeftOut({ view: { evidence } }) {
	const count = [...evidence.values()].reduce((sum, { leftOut }) => sum + leftOut, 0);
	if (count === 0) return null;
	return a("p", { children: [
		"To keep this page small, ",
		plural(count, "exchange"),
		" ",
		count === 1 ? "is" : "are",
		" left out, those of passing checks first; the JSON report has them all."
	] });
}
// src/report/html/shown-report.ts
const shownReport = (report) => shown(report, "");
function shown(value, key) {
	if (typeof value === "string") return key === "body" ? shownLines(value) : showControlCharacters(value);
	if (Array.isArray(value)) return value.map((member) => shown(member, key));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member, name)]));
}
const shownLines = (text) => text.replaceAll("\r\n", "\n").split(/([\n\t])/).map((part) => part === "\n" || part === "	" ? part : showControlCharacters(part)).join("");
// src/report/html/html.tsx
const mostBytes = 29e4;
function renderHtml(report) {
	const shown = shownReport(report);
	let page = "";
	for (const limits of evidenceRungs) {
		const evidence = new Map(shown.checks.map((check) => [check, evidenceOf(check, limits)]));
		if (!(limits === evidenceRungs.at(-1)) && leastBytesOf([...evidence.values()]) > mostBytes) continue;
		page = `<!doctype html>\n${z(a(Page, { view: {
			report: shown,
			evidence
		} }))}\n`;
		if (Buffer.byteLength(page, "utf8") <= mostBytes) break;
	}
	return page;
}
export { renderHtml };

//# sourceMappingURL=html-DtowzAQW.js.map