import { a as suites, i as suitesUnder } from "./catalogue-DCc5JICU.js";
import { f as wantsColor } from "./main-C_aTT-j6.js";
import { styleText } from "node:util";
// suites/clause-ledger.ts
const proof = (file, test) => ({
	file: `src/${file}.test.ts`,
	test
});
const theBytes = proof("sender/request.wire", "is these bytes and no others");
const theContract = proof("sender/callback", "is what the contract documents, and follows it when it changes");
const theWebhookRules = [proof("scriptix-api/webhook-rules", "refuses a webhook URL with %s"), proof("scriptix-api/webhook-rules", "accepts a public https URL")];
const senderProofs = {
	"trigger/success-only": [proof("sender/schedule.wire", "before it starts, for a failed job: nothing is sent and nobody is told"), proof("scriptix-api/whole-loop", "sends no callback for a job that failed")],
	"url/https": theWebhookRules,
	"url/externally-reachable": theWebhookRules,
	"response/within-20-seconds": [proof("sender/deadline.wire", "a 2XX after %i ms acknowledges"), proof("sender/deadline.wire", "a 2XX after %i ms does not")],
	"request/post-json": [theBytes, theContract],
	"request/session-header": [theBytes, theContract],
	"request/legacy-session-header": [theBytes, theContract],
	"request/body": [theBytes, theContract],
	"retry/on-failure": [
		proof("sender/schedule.wire", "whatever failed"),
		proof("sender/schedule.wire", "also when no connection can be made"),
		proof("sender/request.wire", "is the same to the last byte on every attempt")
	],
	"retry/schedule": [proof("sender/schedule.wire", "whatever failed"), proof("sender/schedule.wire", "whatever an attempt took")],
	"retry/abandon": [proof("sender/delivery.wire", "tells when it gives up"), proof("scriptix-api/whole-loop", "abandons the callback after six attempts")],
	"auth/custom-headers": [proof("sender/custom-headers.wire", "stand after the sender's own, in their order and letter case, duplicates included"), proof("sender/request.wire", "is the same to the last byte on every attempt")],
	"auth/system-headers-win": [proof("sender/custom-headers.wire", "do not override a system header, and say so"), proof("sender/custom-headers.wire", "are either refused or sent as they are, beside exactly one of each system header, whatever they are")],
	"results/not-in-callback": [proof("sender/callback", "holds the session id and nothing of the results")],
	"practice/unique-session-ids": [proof("runner/session-ids", "never come twice, not even in a second run of a check"), proof("runner/session-ids", "sends these ids and no others, none twice")]
};
const exclusions = { "practice/log-callbacks": "nothing on the wire shows what a receiver logs" };
function clauseLedger(contract, suites) {
	const checks = suites.flatMap((suite) => suite.checks);
	return contract.clauses.map((clause) => ({
		...clause,
		checks: checks.filter((check) => check.clause === clause.id).map(({ id }) => id),
		proofs: senderProofs[clause.id] ?? [],
		exclusion: exclusions[clause.id] ?? null
	}));
}
// src/cli/list/list-clauses.ts
function listClauses(contract, json) {
	const ledger = clauseLedger(contract, suitesUnder(contract, suites));
	if (json) return JSON.stringify(ledger, null, 2);
	const bold = (text) => wantsColor(process.stdout) ? styleText("bold", text) : text;
	const entries = ledger.map(({ id, statement, binds, checks, proofs, exclusion }) => [
		`${bold(id)}: ${statement}`,
		`  binds     ${binds.join(", ")}`,
		...labelled("checks", checks),
		...labelled("proofs", proofs.map(({ file, test }) => `${file}: ${test}`)),
		...labelled("excluded", exclusion === null ? [] : [exclusion])
	].join("\n"));
	const totals = `${ledger.length} clauses; proofs are tests of the sender, in the project's repository`;
	return [...entries, totals].join("\n\n");
}
const labelled = (label, lines) => lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(10)}${line}`);
export { listClauses };

//# sourceMappingURL=list-clauses-CMBy2z-g.js.map