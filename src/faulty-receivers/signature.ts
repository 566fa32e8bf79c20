import { createHash } from "node:crypto";
import { signed as contract } from "../contract/signed.js";
import type { FaultyReceiver } from "./faulty-receiver.js";
import type { Answer, Habits } from "./plain-receiver.js";
import { ok } from "./plain-receiver.js";
import { working, type Workshop } from "./working-receiver.js";

const refuses = {
  missing: "signature/refuses-a-missing-signature",
  wrong: "signature/refuses-a-wrong-signature",
  changed: "signature/refuses-a-changed-body",
  nearMisses: "signature/refuses-near-miss-signatures",
};

type Known = Pick<FaultyReceiver, "id" | "title" | "fails">;

/** A receiver of signed events that checks their signature in a way of its own. */
const verifying = (known: Known, verifies: NonNullable<Habits["verifies"]>): FaultyReceiver =>
  working({ ...known, contract, habits: () => ({ verifies }) });

const failure: Answer = { status: 500 };

/** Receivers of signed events that check signatures too little, or too much, or refuse what is documented. */
export const signature: readonly FaultyReceiver[] = [
  verifying(
    { id: "checks-no-signature", title: "Does not look at the signature.", fails: Object.values(refuses) },
    () => true,
  ),
  verifying(
    {
      id: "checks-a-signature-that-is-there",
      title: "Checks the signature where there is one, and lets in what has none.",
      fails: [refuses.missing],
    },
    (given, right) => given === undefined || given === right,
  ),
  verifying(
    {
      id: "looks-whether-there-is-a-signature",
      title: "Looks whether there is a signature of the right form, and not whether it is right.",
      fails: [refuses.wrong, refuses.changed, refuses.nearMisses],
    },
    (given) => /^sha256=[0-9a-f]{64}$/.test(given ?? ""),
  ),
  verifying(
    {
      id: "checks-the-members-that-it-knows",
      title: "Takes a signature over the members that it knows, too, whatever else stands in the body.",
      fails: [refuses.changed],
    },
    (given, right, { body }, sign) => given === right || given === sign(writtenAnew(body, true)),
  ),
  verifying(
    {
      id: "signs-what-it-has-written-anew",
      title: "Computes the signature over the body as it writes it itself, and not as it came.",
      fails: ["signature/accepts-any-json-formatting-when-signed"],
    },
    (given, _right, { body }, sign) => given === sign(writtenAnew(body)),
  ),
  verifying(
    {
      id: "compares-as-far-as-the-signature-goes",
      title: "Compares the signature as far as the one that came goes.",
      fails: [refuses.nearMisses],
    },
    (given, right) => given !== undefined && given.startsWith("sha256=") && right.startsWith(given),
  ),
  verifying(
    {
      id: "compares-half-of-the-signature",
      title: "Compares the first half of the signature, and its length.",
      fails: [refuses.nearMisses],
    },
    (given, right) => given?.length === right.length && given.slice(0, 39) === right.slice(0, 39),
  ),
  verifying(
    {
      id: "fails-over-a-signature-that-is-not-hexadecimal",
      title: "Decodes the signature before it looks at it, and fails over what is not hexadecimal.",
      fails: [refuses.nearMisses],
    },
    (given, right) => {
      if (given === undefined) return false;
      const digits = given.replace(/^sha256=/, "");
      return /^([0-9a-f]{2})+$/.test(digits) ? given === right : failure;
    },
  ),
  verifying(
    {
      id: "fails-over-a-signature-that-is-not-ascii",
      title: "Compares texts in constant time, which its language does with ASCII alone.",
      fails: [refuses.nearMisses],
    },
    (given = "", right) => (/^[ -~]*$/.test(given) ? given === right : failure),
  ),
  verifying(
    {
      id: "signs-by-another-hash",
      title: "Expects a signature by another hash, and so refuses each event.",
      fails: [
        "acknowledgement/acknowledges-with-2xx",
        // Which of the two was not accepted a 401 does not say.
        "authentication/accepts-the-configured-headers",
        "signature/accepts-a-signed-event",
      ],
    },
    (given, _right, { bytes }) => given === `sha512=${createHash("sha512").update(bytes).digest("hex")}`,
  ),
  hasty(
    {
      id: "works-before-it-checks-the-signature",
      title: "Hands an event to its queue, and refuses it then for its signature.",
      fails: ["signature/refusal-has-no-effect"],
    },
    ({ work }) => work,
  ),
  hasty(
    {
      id: "marks-before-it-checks-the-signature",
      title: "Marks an event as seen before it looks at the signature.",
      fails: ["signature/refusal-leaves-the-event-unspent"],
    },
    () => () => {},
  ),
  accepting(
    {
      id: "refuses-failed-transcriptions",
      title: "Refuses the event of a transcription that failed.",
      fails: ["signature/acknowledges-failed-transcriptions"],
    },
    (event) => event !== "transcription.failed",
  ),
  accepting(
    {
      id: "refuses-unknown-events",
      title: "Refuses an event that it does not know.",
      fails: ["signature/acknowledges-unknown-events"],
    },
    (event) => event === "transcription.completed" || event === "transcription.failed",
  ),
];

/** One that has done with an event what it does once, before it looks at the signature. */
function hasty(known: Known, does: (workshop: Workshop) => (id: string) => void): FaultyReceiver {
  return working({
    ...known,
    contract,
    habits(workshop) {
      const act = does(workshop);
      const seen = new Set<string>();
      return {
        refuse(why, { body }) {
          const id = why === "signature" ? completedIn(body) : null;
          if (id !== null && !seen.has(id)) act(id);
          if (id !== null) seen.add(id);
          return null;
        },
        accept({ sessionId }) {
          if (!seen.has(sessionId)) workshop.work(sessionId);
          seen.add(sessionId);
          return ok;
        },
      };
    },
  });
}

/** The id of a transcription that is there; null where the body tells of none. */
function completedIn(body: string): string | null {
  try {
    const { event, data } = JSON.parse(body) as { readonly event?: unknown; readonly data?: { readonly id?: unknown } };
    return event === "transcription.completed" && typeof data?.id === "string" ? data.id : null;
  } catch {
    return null;
  }
}

/** One that refuses some events, and works on those of transcriptions that are there. */
function accepting(known: Known, accepts: (event: unknown) => boolean): FaultyReceiver {
  return working({
    ...known,
    contract,
    habits: ({ work }) => ({
      accept({ sessionId, json, isDuplicate }) {
        if (!accepts(json["event"])) return { status: 422 };
        if (!isDuplicate) work(sessionId);
        return ok;
      },
    }),
  });
}

/** The body as a serializer of its own writes it, of all members or of the documented ones; empty where it is no JSON. */
function writtenAnew(body: string, knownAlone = false): string {
  try {
    const json = JSON.parse(body) as Record<string, unknown>;
    const { event, timestamp, data } = json;
    return JSON.stringify(knownAlone ? { event, timestamp, data } : json);
  } catch {
    return "";
  }
}
