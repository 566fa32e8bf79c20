import { notApplicable, type Suite } from "../src/runner/check.js";
import type { CallbackBody, CheckContext } from "../src/runner/check-context.js";
import { expectAcknowledged, isAcknowledged } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";
import { acceptsVariations, differentlyFormatted } from "./templates.js";

/** Where columns and keys are cut, by habit. */
const cuts = [32, 64, 127] as const;

/** Pairs of fresh ids, each with what is special about it. */
function idsThatDifferLittle(context: CheckContext): readonly (readonly [sessionId: string, label: string])[] {
  const folded = context.session();
  const digits = [...context.session()].map((character) => character.charCodeAt(0) % 10).join("");
  return [
    [folded, "an id in lower case"],
    [`${folded.charAt(0).toUpperCase()}${folded.slice(1)}`, "the same with its first letter in upper case"],
    [`${folded}.`, "the same with a dot at its end"],
    [`0${folded}`, "the same with a zero before it"],
    ...[1, 2].map((last) => [`9${digits}${last}`, "an id of digits, one of two that differ in the last"] as const),
    ...cuts.flatMap((length) => {
      const common = context.session().padEnd(length, "0");
      const label = `an id that differs from another only after character ${length}`;
      return [[`${common}a`, label] as const, [`${common}b`, label] as const];
    }),
  ];
}

const added = { event: "completed", details: { version: 2, tags: ["a", "b"] } };

const without = (documented: CallbackBody, member?: string): object =>
  Object.fromEntries(Object.entries(documented).filter(([name]) => name !== member));

export const payload: Suite = {
  id: "payload",
  title: "Documented variants of the callback, and what may change in it",
  checks: [
    acceptsVariations({
      id: "payload/accepts-a-body-without-zoom-id",
      fits: ({ request }) => request.deprecated !== null,
      title: "accepts a body without zoom_id",
      level: "recommended",
      clause: "request/zoom-id-may-go",
      variations: [
        {
          label: "without zoom_id",
          body: (documented, { deprecated }) => without(documented, deprecated?.member),
        },
      ],
      explain: {
        sends: "The documented callback with {id} alone in its body.",
        expects: "A 2XX.",
        why: "The page announces that a future version may remove zoom_id.",
        fix: "Read {id}, and do not require zoom_id in validation or code.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-a-request-without-the-legacy-header",
      fits: ({ request }) => request.deprecated !== null,
      title: "accepts a request without X-Zoom-Session",
      level: "recommended",
      clause: "request/legacy-session-header",
      variations: [{ label: "without X-Zoom-Session", drop: ({ deprecated }) => [deprecated?.header ?? ""] }],
      explain: {
        sends: "The documented callback without the deprecated X-Zoom-Session header.",
        expects: "A 2XX.",
        why: "The header is deprecated and may go.",
        fix: "Take the session id from the body or from X-Scriptix-Session.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-unknown-fields",
      title: "accepts a body with a field it does not know",
      level: "recommended",
      clause: null,
      source: "good practice",
      variations: [
        {
          label: "with unknown fields",
          // What it is documented to hold stays what it is.
          body: (documented) => ({ ...documented, ...added, ...documented }),
        },
      ],
      explain: {
        sends: "The documented callback with two more members in its body, one of them an object.",
        expects: "A 2XX.",
        why: "Additions are not breaking changes: a sender may make them without notice.",
        fix: "Ignore unknown members: turn off strict or additionalProperties validation for this body.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-unknown-headers",
      title: "accepts headers it does not know",
      level: "recommended",
      clause: null,
      source: "RFC 9110 §5.1",
      variations: [
        {
          label: "with unknown headers",
          set: {
            "X-Scriptix-Event": "completed",
            traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          },
        },
      ],
      explain: {
        sends: "The documented callback with two more headers, X-Scriptix-Event and traceparent.",
        expects: "A 2XX.",
        why: "Senders and proxies add headers; unknown ones are to be ignored.",
        fix: "Do not refuse a request for headers you do not know.",
      },
    }),
    acceptsVariations({
      id: "payload/matches-header-names-in-any-case",
      title: "matches header names in any letter case",
      level: "recommended",
      clause: null,
      source: "RFC 9110 §5.1",
      variations: [
        {
          label: "header names in lower case",
          headers: (all) => all.map(([name, value]) => [name.toLowerCase(), value]),
        },
        {
          label: "header names in upper case",
          headers: (all) => all.map(([name, value]) => [name.toUpperCase(), value]),
        },
      ],
      explain: {
        sends: "The documented callback twice: all header names in lower case, then all in upper case.",
        expects: "A 2XX for both.",
        why: "Header names are case-insensitive, and proxies rewrite their case; HTTP/2 allows lower case only.",
        fix: "Look headers up through the framework's case-insensitive accessor, not in a raw map.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-content-type-parameters",
      title: "accepts application/json with parameters",
      level: "recommended",
      clause: null,
      source: "RFC 9110 §8.3.1",
      variations: [{ label: "with a charset", set: { "Content-Type": "application/json; charset=utf-8" } }],
      explain: {
        sends: "The documented callback with Content-Type: application/json; charset=utf-8.",
        expects: "A 2XX.",
        why: "A media type may carry parameters; many HTTP clients add this one.",
        fix: "Compare the media type alone, before the semicolon, and in any letter case.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-any-json-formatting",
      // Where it is signed, the signature is what may go wrong over it, which its own suite asks.
      fits: ({ request }) => request.signature === null,
      title: "reads the body as JSON, however it is formatted",
      level: "recommended",
      clause: "request/body",
      variations: differentlyFormatted,
      explain: {
        sends:
          "The documented body with its members in the other order and white space, then with characters as \\u escapes.",
        expects: "A 2XX for both.",
        why: "Key order, white space and escapes have no meaning in JSON (RFC 8259), and a new serializer changes them.",
        fix: "Parse the body with a JSON parser instead of matching text.",
      },
    }),
    {
      id: "payload/treats-session-ids-as-opaque",
      title: "takes session ids as opaque strings",
      level: "recommended",
      clause: "practice/unique-session-ids",
      builds: "on-baseline",
      judgesEffects: true,
      sessions: 2,
      explain: {
        sends: "Two documented callbacks: a session id of 26 hex characters, and one in the form of a UUID.",
        expects: "A 2XX for both.",
        why: "The page does not say what a session id looks like; the form may change.",
        fix: "Store and compare the id as a string; do not parse it or check its form.",
      },
      async run(context) {
        if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
        expectAcknowledged(context, await context.send());
        const hex = context.session().padEnd(32, "0");
        const uuid = [
          hex.slice(0, 8),
          hex.slice(8, 12),
          `4${hex.slice(13, 16)}`,
          `8${hex.slice(17, 20)}`,
          hex.slice(20, 32),
        ];
        expectAcknowledged(
          context,
          await context.send({
            sessionId: uuid.join("-"),
            variation: { label: "a UUID as session id", harmless: true },
          }),
        );
      },
    },
    {
      id: "payload/accepts-unusual-session-ids",
      title: "takes session ids of any length, and with -_.~",
      level: "hardening",
      clause: "practice/unique-session-ids",
      builds: "on-baseline",
      judgesEffects: true,
      sessions: 0,
      requests: 3,
      explain: {
        sends:
          "Three documented callbacks: a session id of one character, one of 128, and one with the characters -_.~.",
        expects: "A 2XX for each.",
        why: "Session ids are opaque: a column that is too short or a pattern that is too strict loses callbacks.",
        fix: "Allow for any string of printable characters, at least 128 long.",
      },
      async run(context) {
        if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
        // Made of fresh ids, so that neither a second run nor the confirmation of a failure sends duplicates.
        const [one, long, odd] = [context.session(), context.session(), context.session()];
        const ids = [
          one.slice(-1),
          long.padEnd(128, "f"),
          `${odd.slice(0, 8)}-${odd.slice(8, 14)}_${odd.slice(14, 20)}.x~`,
        ];
        const labels = ["a session id of one character", "a session id of 128 characters", "a session id with -_.~"];
        for (const [index, sessionId] of ids.entries()) {
          // There are few ids of one character: a receiver may have met this one before.
          const harmless = sessionId.length > 1;
          const variation = { label: labels[index] ?? "", ...(harmless && ({ harmless } as const)) };
          expectAcknowledged(context, await context.send({ sessionId, variation }));
        }
      },
    },
    {
      id: "payload/keeps-session-ids-apart",
      title: "keeps sessions apart whose ids differ little",
      level: "recommended",
      clause: "practice/unique-session-ids",
      needs: ["effects"],
      builds: "on-baseline",
      judgesEffects: true,
      sessions: 0,
      requests: 12,
      explain: {
        sends:
          "Documented callbacks for pairs of sessions whose ids differ only in the case of a letter, in a dot at their end or a zero before them, in the last of some twenty digits, or only in what follows their 32nd, 64th and 127th character.",
        expects: "Each session that was acknowledged is processed {once}.",
        why: "Session ids are opaque: who folds their case, trims them, reads them as numbers or cuts them to a column's width takes one for a duplicate of another.",
        fix: "Compare ids byte for byte (a case-sensitive collation), in a text column of at least 128 characters that refuses what it cannot hold.",
      },
      async run(context) {
        if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
        const attempts: Attempt[] = [];
        for (const [sessionId, label] of idsThatDifferLittle(context)) {
          attempts.push(await context.send({ sessionId, variation: { label, harmless: true } }));
        }
        if (!attempts.some(isAcknowledged)) {
          return notApplicable("no such id was acknowledged, which accepts-unusual-session-ids judges");
        }
      },
    },
    acceptsVariations({
      id: "payload/accepts-a-chunked-body",
      title: "accepts a body sent in chunks",
      level: "hardening",
      clause: null,
      source: "RFC 9112 §7.1",
      variations: [{ label: "with a chunked body", framing: "chunked" }],
      explain: {
        sends: "The documented callback with Transfer-Encoding: chunked, in two chunks, without Content-Length.",
        expects: "A 2XX.",
        why: "Every HTTP/1.1 server must be able to read chunks; proxies re-frame requests.",
        fix: "Read the body through the framework, to its end, and do not require Content-Length. Under WSGI (Django, Flask) a body without Content-Length may read as empty: serve by ASGI, or put a proxy in front that buffers request bodies, as nginx does.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-expect-continue",
      title: "answers a request that waits for 100 (Continue)",
      level: "hardening",
      clause: null,
      source: "RFC 9110 §10.1.1",
      variations: [{ label: "with Expect: 100-continue", framing: "expect-continue" }],
      explain: {
        sends:
          "The documented callback with Expect: 100-continue; the body follows the interim answer, or after a second.",
        expects: "A 2XX, whether or not an interim answer comes.",
        why: "Some HTTP clients send it by themselves; a server that waits for a body that is not announced stalls.",
        fix: "Use a server that knows Expect (nearly all do), and let the proxy pass it or answer it.",
      },
    }),
    acceptsVariations({
      id: "payload/accepts-any-user-agent",
      title: "accepts a request with no User-Agent, or an odd one",
      level: "recommended",
      clause: null,
      source: "RFC 9110 §10.1.5",
      variations: [
        { label: "without User-Agent", drop: ["User-Agent"] },
        { label: "with the User-Agent of a script", set: { "User-Agent": "python-requests/2.32.3" } },
      ],
      explain: {
        sends: "The documented callback without a User-Agent, then with that of a script (python-requests).",
        expects: "A 2XX for both.",
        why: "The page does not say what User-Agent the sender has; a bot wall that goes by it loses callbacks.",
        fix: "Treat the User-Agent as optional and as any text, and exempt the callback path from bot protection that goes by it.",
      },
    }),
  ],
};
