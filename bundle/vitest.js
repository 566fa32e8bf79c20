import { a as suites, i as suitesUnder } from "./catalogue-DCc5JICU.js";
import { A as notObservable, S as gatedLevels, j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { D as namedChecks, f as planRun, g as createExamination, h as oneByOne, k as selectChecks, m as stopSignal, p as openTarget, w as staleEntries } from "./runner-COkQzweF.js";
import { y as registeredWith } from "./command-line-DL7FZMfB.js";
import { B as suppliedSessions, E as whyNotPlayed, F as ProbeError, _ as namedScenarios, a as playScenario, b as showControlCharacters, i as headerList, k as serveApp } from "./lab-DQqfHKWn.js";
import { _ as parseCallbackUrl, m as classifyHost } from "./sender-liWPum1j.js";
import { G as mismatchLine } from "./reports-TZriK1mR.js";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, test } from "vitest";
// src/vitest/contract.ts
const contractFor = ({ method }) => method === void 0 ? defaults.contract : registeredWith(defaults.contract, method);
// src/vitest/option-names.ts
const names = [
	["--probe-url or --probe-command, or point the receiver at --results-api", "processed"],
	["the headers that are configured with the webhook, as in -H 'Name: value'", "the webhook's headers as headers"],
	["the webhook's headers with -H 'Name: value'", "the webhook's headers as headers"],
	["--session-ids or --session-command", "sessionIds"],
	["--max-rate", "maxRate"],
	["--settle", "settleMs"],
	["--suite load", "suites: [\"load\"]"],
	["run with --real-time", "play a scenario on a clock that the app shares, or use `webhook-conformance run --real-time`"],
	["pass --results-api", "use `webhook-conformance run` with --results-api"],
	["--suite, --check, --skip, --level", "suites, checks, skip, levels"],
	["--suite:", "suites:"],
	["--check:", "checks:"],
	["--skip:", "skip:"],
	["--level:", "levels:"],
	["--credential-header: expected the name of a header that is given with -H", "credentialHeaders: expected the name of one of the headers"],
	["--credential-query:", "credentialQuery:"],
	["pass --method", "pass method:"],
	["pass --rate", "use `webhook-conformance run` with --rate"]
];
function inOurOptions(reason) {
	return names.reduce((text, [ofCommandLine, here]) => text.replaceAll(ofCommandLine, here), reason);
}
function inOurWords(error) {
	if (!(error instanceof UsageError)) return error;
	return new UsageError(error.code, inOurOptions(error.message), { cause: error });
}
// src/vitest/receiver.ts
async function openReceiver(options, asked) {
	const served = options.app === void 0 ? null : await serveApp(options.app, options.path ?? defaults.path);
	try {
		const url = served?.url ?? await urlOf(options);
		const plan = planRun({
			...asked,
			contract: contractFor(options),
			url,
			local: served !== null || (options.local ?? isLoopback(url)),
			headers: headerList(options.headers),
			...options.credentialHeaders && { credentialHeaders: options.credentialHeaders },
			...options.credentialQuery && { credentialQuery: options.credentialQuery },
			network: { ca: options.ca ?? [] },
			nonce: randomBytes(8).toString("hex"),
			...options.sessionIds && { sessions: suppliedSessions(options.sessionIds) },
			effects: options.processed === void 0 ? null : probeOf(options.processed),
			...options.settleMs !== void 0 && { settleMs: options.settleMs },
			maxRate: options.maxRate ?? null,
			knownFailures: options.knownFailures ?? []
		});
		const target = openTarget(plan);
		return {
			target,
			url,
			servedAt: served === null ? null : new URL(url).origin,
			close: () => closeBoth(target, served)
		};
	} catch (error) {
		await served?.close();
		throw inOurWords(error);
	}
}
async function closeBoth(target, served) {
	await target.close();
	await served?.close();
}
async function urlOf({ url }) {
	return String(typeof url === "function" ? await url() : url);
}
function isLoopback(url) {
	const host = classifyHost(parseCallbackUrl(url), defaults.contract);
	return host.kind === "localhost" || host.kind === "ip-address" && /^(127\.|::1$)/.test(host.address);
}
function probeOf(processed) {
	return {
		name: "processed()",
		async count(sessionId) {
			let count;
			try {
				count = await processed(sessionId);
			} catch (cause) {
				throw new ProbeError(`processed() failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
			}
			if (Number.isInteger(count)) return count;
			throw new ProbeError(`processed() is expected to tell a whole number, got ${String(count)}`);
		}
	};
}
// src/vitest/scenarios.ts
function scenarioSuite(settings, stage) {
	return {
		id: "scenarios",
		title: "Incidents that receivers have met, played on the documented schedule",
		checks: namedScenarios().filter((scenario) => whyNotPlayed("url", scenario) === null).map((scenario) => scenarioCheck(scenario, settings, stage))
	};
}
function scenarioCheck(scenario, { headers, ca, settleMs }, stage) {
	return {
		id: `scenarios/${scenario.name}`,
		title: scenario.title,
		level: "required",
		clause: "retry/on-failure",
		builds: "on-baseline",
		pace: "alone",
		sessions: scenario.deliveries.length,
		explain: {
			sends: `The scenario ${scenario.name}.`,
			expects: "What a good receiver makes of it.",
			why: scenario.incident ?? scenario.title,
			fix: `See the timeline; the command line plays it alone: webhook-conformance repro ${scenario.name}`
		},
		async run(context) {
			const { url, target } = stage.receiver();
			const { effects } = target;
			const signal = stage.stop();
			const { expectation, effectsUnseen, timeline } = await playScenario(url, scenario, {
				sessionIds: scenario.deliveries.map(() => context.session()),
				signal,
				...headers && { headers },
				...ca && { ca },
				...settleMs !== void 0 && { settleMs },
				...effects && { processed: (id) => effects.count(id, signal) }
			});
			if (effects !== null && effectsUnseen !== null) throw new ProbeError(effectsUnseen);
			for (const { expected, actual, where } of expectation.unmet) context.mismatch(expected, actual, where);
			if (!expectation.met) context.note(`the timeline:\n${timeline}`);
			if (expectation.unseen.length > 0) return notObservable(expectation.unseen.join("; "));
		}
	};
}
// src/vitest/test-end.ts
function testEndOf(check, options) {
	const { outcome, level, knownFailure } = check;
	const reason = inOurOptions(check.reason ?? "no reason given");
	const isGated = gatedLevels(options.failOn).includes(level);
	const failedAs = (message, note) => isGated ? {
		kind: "failed",
		message
	} : skipped(`${note}; ${level} checks do not fail the run (failOn)`);
	switch (outcome) {
		case "passed": return knownFailure === void 0 ? { kind: "passed" } : {
			kind: "failed",
			message: `it passes, but is listed as a known failure (${knownFailure}): take it off the list`
		};
		case "skipped": return skipped(reason);
		case "failed": return knownFailure === void 0 ? failedAs(failureText(check, options), `failed: ${firstMismatch(check)}`) : skipped(`known failure (${knownFailure}): ${firstMismatch(check)}`);
		case "not-run": return failedAs(`not judged: ${reason}`, `not judged: ${reason}`);
		case "error": return failedAs(`an error of the harness or its set-up, not charged to the receiver: ${reason}`, `error: ${reason}`);
	}
}
const skipped = (note) => ({
	kind: "skipped",
	note: showControlCharacters(note)
});
function firstMismatch({ mismatches }) {
	const [first, ...others] = mismatches;
	if (first === void 0) return "no mismatch was recorded";
	return mismatchLine(first) + (others.length === 0 ? "" : ` (and ${others.length} more)`);
}
function failureText(check, { contract, seed, servedAt }) {
	const clause = contract.clauses.find(({ id }) => id === check.clause);
	const basis = clause === void 0 ? `source: ${check.source ?? "good practice"}` : `clause ${clause.id}: ${clause.statement} (${contract.documentUrl}, ${clause.section})`;
	return [
		`${check.title} (${check.level})`,
		...check.mismatches.map(mismatchLine),
		...check.hint === null ? [] : [check.hint],
		basis,
		...check.notes.flatMap((note) => note.split("\n")),
		...check.reproduce === null ? [] : [reproduced(check.reproduce, servedAt)],
		...check.suite === "fuzz" ? [`seed: ${JSON.stringify(seed)}`] : []
	].map(showControlCharacters).join("\n");
}
function reproduced(curl, servedAt) {
	if (servedAt === null) return curl;
	return `with your app on PORT: ${curl.replaceAll(servedAt, "http://127.0.0.1:PORT")}`;
}
// src/vitest/conformance.ts
const graceMs = 1e4;
const inTheirOrder = {
	concurrent: false,
	shuffle: false
};
function conformance(options) {
	const place = new Error("conformance");
	Error.captureStackTrace(place, conformance);
	const { title = defaults.vitest.title, failOn = defaults.run.failOn, timeoutMs = defaults.vitest.timeoutMs } = options;
	const seed = options.seed ?? randomBytes(8).toString("hex");
	assertOneTarget(options);
	let receiver = null;
	let examine = null;
	let examination = null;
	let stop = new AbortController().signal;
	let ran = 0;
	let judged = 0;
	const all = [...suitesUnder(contractFor(options), suites), scenarioSuite(options, {
		receiver: () => opened(receiver),
		stop: () => stop
	})];
	const selected = selectedOf(all, options);
	async function run(check, signal) {
		const budget = stopSignal(signal, timeoutMs, "raise timeoutMs");
		try {
			stop = budget.signal;
			const reported = await opened(examine)(check, stop);
			const { servedAt } = opened(receiver);
			ran += 1;
			if (reported.outcome === "passed" || reported.outcome === "failed") judged += 1;
			return testEndOf(reported, {
				contract: contractFor(options),
				failOn,
				seed,
				servedAt
			});
		} finally {
			budget.dispose();
		}
	}
	describe(title, inTheirOrder, () => {
		beforeAll(async () => {
			receiver = await openReceiver(options, {
				suites: all,
				named: namedChecks(all, options),
				seed
			});
			examination = createExamination(receiver.target);
			examine = oneByOne(examination, all);
		}, timeoutMs);
		afterAll(async () => {
			await receiver?.close();
			if (ran > 0 && judged === 0) throw failureAt(place, "nothing was judged: no check could be, see why each was skipped");
			const calibration = examination?.calibration;
			if (calibration?.kind === "silent") throw failureAt(place, inOurOptions(`${calibration.reason}. ${calibration.howToTell}`));
			ran = 0;
			judged = 0;
		}, timeoutMs);
		for (const suite of all) {
			const checks = inOrder(suite.checks).filter(({ id }) => selected.has(id));
			if (checks.length === 0) continue;
			describe(suite.id, inTheirOrder, () => {
				for (const check of checks) test(`${check.id}: ${check.title}`, { timeout: timeoutMs + graceMs }, async (context) => {
					const end = await run(check, context.signal);
					switch (end.kind) {
						case "passed": return;
						case "skipped": return context.skip(end.note);
						case "failed": throw failureAt(place, end.message);
					}
				});
			});
		}
	});
}
function assertOneTarget({ app, url }) {
	if (app === void 0 !== (url === void 0)) return;
	throw new UsageError("ERR_CONFORMANCE", `conformance: expected app or url, got ${app === void 0 ? "neither" : "both"}`);
}
function selectedOf(all, options) {
	const catalogue = all.flatMap(({ checks }) => checks);
	const [stale] = staleEntries(options.knownFailures ?? [], catalogue, new Map());
	if (stale !== void 0) throw new UsageError("ERR_KNOWN_FAILURES", `knownFailures: ${stale}`);
	try {
		return selectChecks(all, options);
	} catch (error) {
		throw inOurWords(error);
	}
}
function opened(value) {
	if (value === null) throw new Error("the receiver is not there");
	return value;
}
function inOrder(checks) {
	return [
		"side-by-side",
		"alone",
		"rough"
	].flatMap((pace) => checks.filter((check) => (check.pace ?? "side-by-side") === pace));
}
function failureAt(place, message) {
	const error = new Error(message);
	error.name = "ConformanceError";
	const frames = place.stack?.slice(place.stack.indexOf("\n    at ")) ?? "";
	error.stack = `${error.name}: ${message}${frames}`;
	return error;
}
export { conformance };

//# sourceMappingURL=vitest.js.map