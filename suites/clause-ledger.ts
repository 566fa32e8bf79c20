import type { Clause } from "../src/contract/clause.js";
import type { Contract } from "../src/contract/contract.js";
import type { Suite } from "../src/runner/check.js";

/** A test of this project that proves that the sender keeps a clause. */
interface SenderProof {
  /** In the repository. */
  readonly file: string;
  /** Its title, as it stands there. */
  readonly test: string;
}

/** What verifies one clause. */
export interface LedgerEntry extends Clause {
  /** Ids of the checks that verify that a receiver keeps it. */
  readonly checks: readonly string[];
  readonly proofs: readonly SenderProof[];
  /** Why nothing verifies it; null where something does. */
  readonly exclusion: string | null;
}

const proof = (file: string, test: string): SenderProof => ({ file: `src/${file}.test.ts`, test });

const theBytes = proof("sender/request.wire", "is these bytes and no others");
const theContract = proof("sender/callback", "is what the contract documents, and follows it when it changes");
const ofTheFamily = (test: string): SenderProof => proof("sender/callback-contracts", test);
const theWebhookRules = [
  proof("scriptix-api/webhook-rules", "refuses a webhook URL with %s"),
  proof("scriptix-api/webhook-rules", "accepts a public https URL"),
];

/** The tests by which our own sender is known to keep each clause that binds it. */
const senderProofs: Readonly<Record<string, readonly SenderProof[]>> = {
  "trigger/success-only": [
    proof("sender/schedule.wire", "before it starts, for a failed job: nothing is sent and nobody is told"),
    proof("scriptix-api/whole-loop", "sends no callback for a job that failed"),
  ],
  "trigger/document-changes": [ofTheFamily("is the same for an update as for the create")],
  "trigger/completed-and-failed": [ofTheFamily("is sent for a job that failed, too")],
  "url/https": theWebhookRules,
  "url/externally-reachable": theWebhookRules,
  "response/within-20-seconds": [
    proof("sender/deadline.wire", "a 2XX after %i ms acknowledges"),
    proof("sender/deadline.wire", "a 2XX after %i ms does not"),
  ],
  "request/post-json": [theBytes, theContract],
  "request/session-header": [theBytes, theContract],
  "request/legacy-session-header": [theBytes, theContract],
  "request/document-header": [ofTheFamily("names session and document, in headers and body")],
  "request/signature": [
    ofTheFamily("is signed over the bytes of its compact body"),
    ofTheFamily("is signed anew when it is changed, unless the signature is what is changed"),
  ],
  "request/body": [theBytes, theContract],
  "retry/on-failure": [
    proof("sender/schedule.wire", "whatever failed"),
    proof("sender/schedule.wire", "also when no connection can be made"),
    proof("sender/request.wire", "is the same to the last byte on every attempt"),
  ],
  "retry/schedule": [
    proof("sender/schedule.wire", "whatever failed"),
    proof("sender/schedule.wire", "whatever an attempt took"),
  ],
  "retry/abandon": [
    proof("sender/delivery.wire", "tells when it gives up"),
    proof("scriptix-api/whole-loop", "abandons the callback after six attempts"),
  ],
  "auth/custom-headers": [
    proof(
      "sender/custom-headers.wire",
      "stand after the sender's own, in their order and letter case, duplicates included",
    ),
    proof("sender/request.wire", "is the same to the last byte on every attempt"),
  ],
  "auth/system-headers-win": [
    proof("sender/custom-headers.wire", "do not override a system header, and say so"),
    proof(
      "sender/custom-headers.wire",
      "are either refused or sent as they are, beside exactly one of each system header, whatever they are",
    ),
  ],
  "results/not-in-callback": [proof("sender/callback", "holds the session id and nothing of the results")],
  "practice/unique-session-ids": [
    proof("runner/session-ids", "never come twice, not even in a second run of a check"),
    proof("runner/session-ids", "sends these ids and no others, none twice"),
  ],
};

/** Clauses that nobody can verify from outside, each with the reason. */
const exclusions: Readonly<Record<string, string>> = {
  "practice/log-callbacks": "nothing on the wire shows what a receiver logs",
};

/** Each clause of the contract with what verifies it, in the order of the page. */
export function clauseLedger(contract: Contract, suites: readonly Suite[]): readonly LedgerEntry[] {
  const checks = suites.flatMap((suite) => suite.checks);
  return contract.clauses.map((clause) => ({
    ...clause,
    checks: checks.filter((check) => check.clause === clause.id).map(({ id }) => id),
    proofs: senderProofs[clause.id] ?? [],
    exclusion: exclusions[clause.id] ?? null,
  }));
}
