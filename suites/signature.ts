import { answerOf } from "../src/diagnosis/answer.js";
import { causeOf } from "../src/diagnosis/causes.js";
import { likeDocumented } from "../src/contract/message.js";
import { notJudged, type Suite } from "../src/runner/check.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { expectAcknowledged, expectRefused, isAcknowledged } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";
import {
  acceptsVariations,
  differentlyFormatted,
  refusalHasNoEffect,
  refusalLeavesUnspent,
  refusesThenAccepts,
} from "./templates.js";

/** What a receiver that refuses a signature answers; others say something else about the request. */
const refusals = new Set([400, 401, 403, 422]);

const hexOf = (signature: string): string => signature.slice(signature.indexOf("=") + 1);

const unsigned: Variation = { label: "without a signature", signature: () => null };

/** Other digits, of the same form. */
const wronglySigned = (context: CheckContext): Variation => ({
  label: "with a wrong signature",
  signature: (right) => right.replace(hexOf(right), context.randomHex(hexOf(right).length)),
});

/** Almost right; none of them is the right one in another spelling. */
const nearMisses: readonly Variation[] = [
  { label: "with an empty signature", signature: () => "" },
  { label: "with the first half of the signature", signature: (right) => right.slice(0, -hexOf(right).length / 2) },
  { label: "with a signature of odd length", signature: (right) => right.slice(0, -1) },
  { label: "with another last digit", signature: (right) => right.slice(0, -1) + (right.endsWith("0") ? "1" : "0") },
  { label: "with two more digits behind the signature", signature: (right) => `${right}00` },
  {
    label: "with a signature that is not hexadecimal",
    signature: (right) => right.replace(hexOf(right), "z".repeat(hexOf(right).length)),
  },
  { label: "with a signature that is not ASCII", signature: (right) => `${right.slice(0, -1)}\u00e9` },
  { label: "with the name of the scheme alone", signature: (right) => right.slice(0, -hexOf(right).length) },
  { label: "with another scheme's name", signature: (right) => `sha1=${hexOf(right)}` },
];

export const signature: Suite = {
  id: "signature",
  title: "The signature is checked, over the bytes that came",
  fits: ({ request }) => request.signature !== null,
  checks: [
    {
      id: "signature/accepts-a-signed-event",
      title: "accepts an event that is signed as documented",
      level: "required",
      clause: "request/signature",
      needs: ["secret"],
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented event, once, signed with the secret.",
        expects: "It is not refused.",
        why: "The signature is the one way in which the sender shows who it is.",
        fix: "Compute the HMAC-SHA256 of the raw body with the secret that the sender has, and compare it with the hexadecimal digits behind sha256=.",
      },
      async run(context) {
        const { baseline } = context;
        if (isAcknowledged(baseline)) return;
        const cause = baseline.response === null ? null : causeOf(answerOf(baseline, context.url));
        const isItsOwn = cause?.wall === undefined && cause?.noRoute !== true;
        if (!isItsOwn || !refusals.has(baseline.response?.status ?? 0)) {
          return notJudged("the event failed for another reason");
        }
        expectAcknowledged(context, baseline);
      },
    },
    acceptsVariations({
      id: "signature/accepts-any-json-formatting-when-signed",
      title: "checks the signature over the bytes as they came, however they are formatted",
      level: "recommended",
      clause: "request/signature",
      needs: ["secret"],
      variations: differentlyFormatted,
      explain: {
        sends:
          "The documented event with its members in the other order and white space, then with characters as \\u escapes, each signed over just these bytes.",
        expects: "A 2XX for both.",
        why: "Whoever parses the body and writes it anew before signing it has other bytes than were signed, as soon as the sender's serializer writes otherwise than its own.",
        fix: "Compute the HMAC over the raw body, before any parser has it (Express: express.raw or the verify hook; Fastify: a parser that keeps the buffer).",
      },
    }),
    {
      id: "signature/refuses-a-missing-signature",
      title: "refuses an event without a signature",
      level: "recommended",
      clause: "request/signature",
      needs: ["secret"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented event without the signature header, then the same with it.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "A check that is skipped where there is nothing to check lets everyone in who leaves the header out.",
        fix: "Refuse what has no signature, before anything else is done.",
      },
      run: (context) => refusesThenAccepts(context, unsigned),
    },
    {
      id: "signature/refuses-a-wrong-signature",
      title: "refuses an event with a wrong signature",
      level: "recommended",
      clause: "request/signature",
      needs: ["secret"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented event with a signature of the same form made of other digits, then with the right one.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "A receiver that looks only whether the header is there lets anyone in.",
        fix: "Compute the HMAC yourself and compare all of it, in constant time.",
      },
      run: (context) => refusesThenAccepts(context, wronglySigned(context)),
    },
    {
      id: "signature/refuses-a-changed-body",
      title: "refuses an event that was changed after it was signed",
      level: "recommended",
      clause: "request/signature",
      needs: ["secret"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented event with one more member under the signature of what it was before, then as it was.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "What is signed is the body: a signature that is good for any body protects nothing.",
        fix: "Compute the HMAC over the raw body of this very request, all of it.",
      },
      run: (context) =>
        refusesThenAccepts(context, {
          label: "changed after it was signed",
          body: (documented) => ({ ...documented, note: "not signed" }),
          signature: (_right, documented) => documented,
        }),
    },
    {
      id: "signature/refuses-near-miss-signatures",
      title: "refuses signatures that are almost right",
      level: "hardening",
      clause: "request/signature",
      needs: ["secret"],
      builds: "on-baseline",
      sessions: nearMisses.length + 1,
      explain: {
        sends:
          "The documented event with an empty signature, half of it, one of odd length, one with another last digit, two more digits behind it, no hexadecimal, one with a character that is not ASCII, the name of the scheme alone, and another scheme's name; then with the right one.",
        expects: "401 or 403 (any 4XX) for each near miss, never a 5XX; a 2XX for the right one.",
        why: "Comparing as far as the shorter one goes lets a guess of one digit in, and functions that compare in constant time throw where lengths differ (Node), or over what is not ASCII (Python).",
        fix: "Compare lengths first, then all bytes in constant time; decode nothing that you have not made yourself, and answer 401 to whatever is not the right text.",
      },
      async run(context) {
        const attempts: Attempt[] = [];
        for (const variation of nearMisses) attempts.push(await context.send({ variation }));
        await expectRefused(context, attempts, "401 or 403 (any 4XX)");
        expectAcknowledged(context, await context.send());
      },
    },
    refusalHasNoEffect({
      id: "signature/refusal-has-no-effect",
      title: "does no work for an event that is not rightly signed",
      clause: "request/signature",
      needs: ["secret", "effects"],
      explain: {
        sends: "The documented event without a signature, and one with a wrong signature.",
        expects: "Neither is processed.",
        why: "A receiver may answer 401 and still have handed the event to its queue.",
        fix: "Check the signature before anything else, and return right after the refusal.",
      },
      variations: (context) => [unsigned, wronglySigned(context)],
    }),
    refusalLeavesUnspent({
      id: "signature/refusal-leaves-the-event-unspent",
      title: "processes an event that came with a wrong signature before",
      clause: "request/signature",
      needs: ["secret", "effects"],
      explain: {
        sends: "The documented event with a wrong signature, then the same with the right one.",
        expects: "Once the latter is acknowledged, it is processed {once}.",
        why: "A receiver that marks an event before it has checked the signature takes the real one for a duplicate; and whoever guesses ids could have events dropped.",
        fix: "Check the signature before anything is remembered of the request.",
      },
      variation: wronglySigned,
      notRefused: "a wrong signature is",
    }),
    {
      id: "signature/acknowledges-failed-transcriptions",
      title: "acknowledges the event of a transcription that failed",
      level: "recommended",
      clause: "trigger/completed-and-failed",
      fits: ({ failedBody }) => failedBody !== null,
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented event of a transcription that failed.",
        expects: "A 2XX.",
        why: "A failed job calls, too: whoever refuses it has it sent again, and never learns that nothing more will come.",
        fix: "Acknowledge transcription.failed, and end whatever waits for the transcription.",
      },
      async run(context) {
        const { failedBody } = context.contract;
        const attempt = await context.send({
          variation: {
            label: "of a failed transcription",
            body: (documented) => (failedBody === null ? documented : likeDocumented(failedBody, documented)),
          },
        });
        expectAcknowledged(context, attempt);
      },
    },
    {
      id: "signature/acknowledges-unknown-events",
      title: "acknowledges an event that it does not know",
      level: "recommended",
      clause: null,
      source: "good practice",
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented event under a name that no page has, rightly signed.",
        expects: "A 2XX.",
        why: "A new kind of event is no error: a refusal has it sent again, and may get the webhook switched off.",
        fix: "Acknowledge what you do not know, and do nothing about it.",
      },
      async run(context) {
        const attempt = await context.send({
          variation: {
            label: "with an unknown event",
            body: (documented) => ({ ...documented, event: "transcription.archived" }),
          },
        });
        expectAcknowledged(context, attempt);
      },
    },
  ],
};
