import { a as suites, r as readOptions } from "./catalogue-DCc5JICU.js";
import { U as jsonText } from "./reports-TZriK1mR.js";
import { t as redactValues } from "./redact-values-CPPEMqxR.js";
import { b as showControlCharacters } from "./lab-DQqfHKWn.js";
import { b as exitCodes, c as print, o as withoutSecrets, r as Interrupted } from "./main-C_aTT-j6.js";
import { f as planRun, i as run, p as openTarget } from "./runner-COkQzweF.js";
import { _ as contractOf, d as doctorOptions } from "./command-line-DL7FZMfB.js";
import { A as networkOf, M as interruptible, O as sessionsIn, k as parseHeaders } from "./run-DFxdsb51.js";
import { randomBytes } from "node:crypto";
// src/doctor/stages.ts
const stages = [
	{
		id: "url",
		title: "The URL",
		checks: [
			"callback-url/uses-https",
			"callback-url/is-not-localhost",
			"callback-url/is-not-an-internal-domain",
			"callback-url/is-not-an-ip-address"
		]
	},
	{
		id: "dns",
		title: "DNS",
		checks: ["callback-url/resolves-in-dns"]
	},
	{
		id: "addresses",
		title: "Addresses",
		checks: ["callback-url/resolves-to-public-addresses"]
	},
	{
		id: "connection",
		title: "Connection",
		checks: ["callback-url/accepts-connections-on-every-address"]
	},
	{
		id: "tls",
		title: "TLS",
		checks: [
			"callback-url/presents-a-trusted-certificate",
			"callback-url/certificate-is-not-about-to-expire",
			"callback-url/negotiates-modern-tls"
		]
	},
	{
		id: "redirect",
		title: "Redirect",
		checks: ["acknowledgement/does-not-redirect"]
	},
	{
		id: "answer",
		title: "Answer",
		checks: [
			"acknowledgement/acknowledges-with-2xx",
			"acknowledgement/acknowledges-within-20-seconds",
			"acknowledgement/answers-without-browser-state"
		]
	}
];
// src/doctor/diagnose.ts
function diagnose({ checks }, { facts, obstacles }) {
	const byId = new Map(checks.map((check) => [check.id, check]));
	return stages.map(({ id, title, checks: ids }) => {
		const judged = findingOf(ids.flatMap((each) => byId.get(each) ?? []), facts[id]);
		const obstacle = obstacles[id];
		const obstructed = obstacle !== void 0 && (judged.state === "not-applicable" || judged.state === "doubtful");
		return {
			stage: id,
			title,
			...judged,
			...obstructed && {
				state: "blocked",
				findings: [obstacle]
			}
		};
	});
}
function findingOf(checks, seen) {
	const failed = checks.filter(({ outcome }) => outcome === "failed");
	const [worst] = [...failed].sort((a, b) => rank(a) - rank(b));
	if (worst !== void 0) return {
		state: worst.level === "required" ? "blocked" : "doubtful",
		findings: failed.flatMap(sentences),
		fix: worst.hint
	};
	const open = checks.find(({ outcome }) => outcome === "not-run" || outcome === "error");
	if (open !== void 0) return {
		state: "unknown",
		findings: [open.reason ?? "it could not be looked at"],
		fix: null
	};
	if (checks.some(({ outcome }) => outcome === "passed")) return {
		state: "clear",
		findings: seen === null ? [] : [seen],
		fix: null
	};
	const [skipped] = checks;
	return {
		state: skipped?.reasonCode === "not-applicable" ? "not-applicable" : "unknown",
		findings: [skipped?.reason ?? "not looked at"],
		fix: null
	};
}
const rank = ({ level }) => [
	"required",
	"recommended",
	"hardening"
].indexOf(level);
const sentences = ({ mismatches }) => mismatches.map(({ expected, actual, where }) => `expected ${expected}, got ${actual}${where === "" ? "" : ` (${where})`}`);
// src/doctor/seen.ts
async function whatIsSeen(target, { checks }) {
	const { url, networkProbe: network } = target;
	const resolution = await network.resolve();
	const addresses = resolution.kind === "resolved" ? resolution.addresses : [];
	const connects = await Promise.all(addresses.map((address) => network.connect(address)));
	const handshake = url.scheme === "https:" ? await network.handshake() : null;
	const first = checks.find(({ id }) => id === "acknowledgement/acknowledges-with-2xx")?.attempts[0];
	const refused = connects.find(({ kind }) => kind === "failed");
	const isConnected = connects.some(({ kind }) => kind === "connected");
	return {
		facts: {
			url: `${url.scheme.replace(":", "")}, the host ${url.hostname}, port ${url.port}`,
			dns: resolution.kind === "resolved" ? `${url.hostname} resolves to ${addresses.join(", ")}` : null,
			addresses: "each address can be reached from outside, as far as its registry says",
			connection: `port ${url.port} accepts connections`,
			tls: tlsText(handshake),
			redirect: "it does not lead elsewhere",
			answer: first?.response == null ? null : `${first.response.status} after ${first.durationMs} ms`
		},
		obstacles: {
			...resolution.kind === "no-address" && { dns: `${url.hostname} does not resolve (${resolution.code})` },
			...!isConnected && refused?.kind === "failed" && { connection: refused.message }
		}
	};
}
function tlsText(handshake) {
	if (handshake?.kind !== "completed") return null;
	const { protocol, subject, issuer, validTo } = handshake;
	return `${protocol}, a certificate for ${subject} by ${issuer}, valid until ${validTo.slice(0, 10)}`;
}
// src/cli/doctor/doctor-command.ts
async function doctorCommand({ argument = "", options: raw }) {
	const options = readOptions(doctorOptions, raw);
	const seed = randomBytes(8).toString("hex");
	const sessions = sessionsIn(options);
	const target = openTarget(planRun({
		contract: contractOf(options),
		url: argument,
		headers: parseHeaders(options.header, process.env),
		local: options.local,
		network: networkOf(options),
		...sessions !== null && { sessions },
		seed,
		nonce: seed,
		suites,
		selected: new Set(stages.flatMap(({ checks }) => checks))
	}));
	return interruptible(null, (signal) => withoutSecrets(target.redactor, async () => {
		try {
			const report = await run(target, { signal });
			if (signal.aborted) throw new Interrupted();
			const { redactor } = target;
			const found = diagnose(report, await whatIsSeen(target, report));
			const findings = redactValues(found, redactor, (name) => name !== "findings" && name !== "fix");
			print(options.json ? jsonText({
				url: redactor.redactUrl(target.url.display),
				stages: findings
			}) : [
				...findings.flatMap(lines),
				"",
				conclusion(findings)
			].join("\n"));
			return exitCodeOf(findings);
		} finally {
			await target.close();
		}
	}));
}
const marks = {
	clear: "ok",
	blocked: "BLOCKED",
	doubtful: "doubtful",
	unknown: "unknown",
	"not-applicable": "-"
};
const stateWidth = 10;
const titleWidth = 12;
function lines({ title, state, findings, fix }) {
	const indent = " ".repeat(22);
	const [first = "", ...others] = findings.map(showControlCharacters);
	return [
		`${marks[state].padEnd(stateWidth)}${title.padEnd(titleWidth)}${first}`.trimEnd(),
		...others.map((finding) => `${indent}${finding}`),
		...fix === null ? [] : [`${indent}${showControlCharacters(fix)}`]
	];
}
function conclusion(findings) {
	const blocked = findings.find(({ state }) => state === "blocked");
	if (blocked !== void 0) return `The first thing in the way: ${blocked.title}.`;
	const unknown = findings.find(({ state }) => state === "unknown");
	if (unknown !== void 0) return `Nothing is seen in the way, but this could not be looked at: ${unknown.title}.`;
	return "Nothing stands between the service and this endpoint. Whether it behaves is for `run` to tell.";
}
function exitCodeOf(findings) {
	const states = new Set(findings.map(({ state }) => state));
	return states.has("blocked") ? exitCodes.failed : states.has("unknown") ? exitCodes.inconclusive : exitCodes.passed;
}
export { doctorCommand };

//# sourceMappingURL=doctor-command-CuZ7zyPV.js.map