import { timesInWords } from "../src/contract/figures.js";
import type { Check, Suite } from "../src/runner/check.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import {
  expectAcknowledged,
  expectNoFailure,
  expectRefused,
  isAcknowledged,
  isTimeout,
} from "../src/runner/expectations.js";
import { answerOf } from "../src/diagnosis/answer.js";
import { isFromAProxy } from "../src/diagnosis/proxies.js";
import { internalsIn } from "../src/diagnosis/internals.js";
import type { Attempt } from "../src/sender/attempt.js";
import {
  controlCharacters,
  deepNesting,
  emptyBody,
  emptySessionId,
  invalidUtf8,
  malformedJson,
  noObject,
  noSessionId,
  oddSessionIds,
  otherMethods,
  prototypeKeys,
  withMember,
  wrongContentTypes,
} from "./bad-input-variations.js";
import { plainText } from "./plain-text.js";

const oversizedBytes = 8 * 1024 * 1024;
/** A stalled upload stays open until the callback beside it was answered, and for this long at most. */
const stallMs = 60_000;
/** By so much what breaks off or stalls is ahead of the callback that shows what came of it. */
const headStartMs = 200;

/** A gateway's, or Cloudflare's, for a server that takes too long: no refusal. */
const isOverTime = (status: number): boolean => status === 504 || status === 522 || status === 524;

const padded = (json: string): string => withMember(json, `"padding":"${"x".repeat(oversizedBytes)}"`);

/** Broken, with the session in the headers all the same. */
const spoiled: readonly Variation[] = [
  { label: "with JSON cut off, the session in the headers", bytes: (json) => json.trimEnd().slice(0, -8) },
  { label: "with an empty body, the session in the headers", bytes: () => "" },
  { label: "as text/plain, the session in the headers", set: { "Content-Type": "text/plain" } },
  { label: "with a body of 8 MB, the session in the headers", bytes: padded },
];

type BadInput = Pick<Check, "id" | "title" | "explain" | "clause" | "source"> & {
  readonly variations: readonly Variation[];
};

/**
 * Sends all variations at once, so that silence costs one deadline and not one each; but one after another to confirm a
 * failure, which may have come from their coming together, and then no further than the first silence.
 */
async function sendAll(context: CheckContext, variations: readonly Variation[]): Promise<readonly Attempt[]> {
  if (!context.confirming) return Promise.all(variations.map((variation) => context.send({ variation })));
  const attempts: Attempt[] = [];
  for (const variation of variations) {
    const attempt = await context.send({ variation });
    attempts.push(attempt);
    if (isTimeout(attempt)) break;
  }
  return attempts;
}

/** @param also statuses that refuse just this, beside any 4XX. */
function refuses({ variations, ...check }: BadInput, preferred = "a 4XX", also: readonly number[] = []): Check {
  return {
    ...check,
    level: "hardening",
    builds: "on-baseline",
    sessions: variations.length + 1,
    async run(context) {
      const attempts = await sendAll(context, variations);
      const control = await context.send();
      const doubtful = attempts.filter(({ response }) => !also.includes(response?.status ?? 0));
      const unseen = await expectRefused(context, doubtful, preferred);
      expectAcknowledged(context, control);
      return unseen;
    },
  };
}

function survives({ variations, ...check }: BadInput): Check {
  return {
    ...check,
    level: "hardening",
    builds: "on-baseline",
    sessions: variations.length + 1,
    async run(context) {
      const attempts = await sendAll(context, variations);
      const control = await context.send();
      for (const attempt of attempts) expectNoFailure(context, attempt);
      expectAcknowledged(context, control);
    },
  };
}

export const badInput: Suite = {
  id: "bad-input",
  title: "Hostile or broken requests",
  separate: true,
  checks: [
    refuses({
      id: "bad-input/refuses-malformed-json",
      title: "refuses a body that is not JSON",
      clause: "request/body",
      variations: malformedJson,
      explain: {
        sends: "Four bodies that are almost JSON: cut off, with a trailing comma, in single quotes, with text behind.",
        expects: "A 4XX for each (400 is usual), and a 2XX for the documented body afterwards.",
        why: "A 2XX says that the callback was understood, a 5XX makes a sender retry what can never succeed.",
        fix: "Answer 400 wherever the JSON parser fails, and read no session from a body that it could not parse: a handler of errors must not turn the parser's into a 200 or a 500.",
      },
    }),
    refuses({
      id: "bad-input/refuses-an-empty-body",
      title: "refuses an empty body",
      clause: "request/body",
      variations: emptyBody,
      explain: {
        sends: "The documented request with no body, then with white space for a body.",
        expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
        why: "Without a body there is no session; frameworks differ in what they make of it.",
        fix: "Check that a body was parsed before reading {id} from it, and answer 400 otherwise.",
      },
    }),
    refuses({
      id: "bad-input/refuses-a-body-that-is-not-an-object",
      title: "refuses JSON that is not an object",
      clause: "request/body",
      variations: noObject,
      explain: {
        sends: "null, an array, a string and a number as JSON bodies.",
        expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
        why: "null is valid JSON: reading {id} from it is the commonest crash of webhook handlers.",
        fix: "Validate that the body is an object before reading from it.",
      },
    }),
    refuses({
      id: "bad-input/refuses-a-missing-session-id",
      title: "refuses a body without a session id",
      clause: "request/body",
      variations: noSessionId,
      explain: {
        sends: "JSON objects without {id}, and without the headers that name it.",
        expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
        why: "There is nothing to fetch results for; storing undefined breaks what comes later.",
        fix: "Require {id} and answer 400 or 422 without it.",
      },
    }),
    refuses({
      id: "bad-input/refuses-an-empty-session-id",
      title: "refuses an empty session id",
      clause: "request/body",
      variations: emptySessionId,
      explain: {
        sends: "The documented body with an empty string for a session id, without the session headers.",
        expects: "A 4XX, and a 2XX for the documented body afterwards.",
        why: "An empty id turns the results URL into another one.",
        fix: "Require at least one character.",
      },
    }),
    refuses({
      id: "bad-input/refuses-a-session-id-that-is-not-a-string",
      title: "refuses a session id that is not a string",
      clause: "request/body",
      variations: oddSessionIds,
      explain: {
        sends: "null, 42, true, [] and {} for a session id, without the session headers.",
        expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
        why: "Objects reach queries and templates (NoSQL injection, [object Object]) and crash string functions.",
        fix: "Require a string by schema or type check.",
      },
    }),
    refuses(
      {
        id: "bad-input/refuses-a-wrong-content-type",
        title: "refuses a body that is not declared as JSON",
        clause: "request/post-json",
        variations: wrongContentTypes,
        explain: {
          sends: "The documented body as text/plain, as a form and as XML.",
          expects: "A 4XX for each (415 is best), and a 2XX for application/json afterwards.",
          why: "Form and text bodies can be sent by any web page without a preflight; a callback is always JSON.",
          fix: "Parse application/json only, and answer 415 to the rest.",
        },
      },
      "415 (any 4XX)",
    ),
    refuses(
      {
        id: "bad-input/refuses-other-methods",
        title: "refuses other methods than {method}",
        clause: "request/post-json",
        variations: otherMethods,
        explain: {
          sends: "A GET and a DELETE to the callback path, with the session headers.",
          expects: "A 4XX or 501 for each (405 is best), and a 2XX for the documented {method} afterwards.",
          why: "A GET that answers 200 makes a broken route look alive, and links can trigger it.",
          fix: "Register {method} only, and answer 405 to the rest.",
        },
      },
      "405 (any 4XX, 501)",
      // RFC 9110 §15.6.2: the server does not know the method.
      [501],
    ),
    {
      ...refuses({
        id: "bad-input/refuses-an-oversized-body",
        title: "refuses a body of 8 MB",
        clause: null,
        source: "RFC 9110 §15.5.14",
        variations: [],
        explain: {
          sends: "The documented body with 8 MB of padding.",
          expects:
            "A 4XX (413 is best) or a closed connection, promptly, and a 2XX for the documented body afterwards.",
          why: "A callback has some hundred bytes: whoever reads megabytes into memory can be put out of order by anyone.",
          fix: "Limit the body of this path, to 64 KiB say.",
        },
      }),
      pace: "rough",
      sessions: 2,
      async run(context) {
        const attempt = await context.send({
          variation: { label: "with 8 MB of padding", bytes: padded },
        });
        // Closing in the middle of the upload is a legal refusal, and so it is behind a proxy, which then answers itself.
        const closed = attempt.outcome.kind === "failed" && attempt.outcome.reason === "reset";
        const control = await context.send();
        const { status = 0 } = attempt.response ?? {};
        const closedBehindAProxy =
          isFromAProxy(answerOf(attempt, context.url)) && !isOverTime(status) && isAcknowledged(control);
        if (closedBehindAProxy) {
          context.note(
            `A proxy made a ${status} of it that the receiver closed the connection in the middle of the upload, which it may (RFC 9110 §15.5.14); set the limit at the proxy too (nginx: client_max_body_size), so that a sender sees the 413.`,
          );
        } else if (!closed) {
          await expectRefused(context, [attempt], "413 (any 4XX) or a closed connection");
        }
        expectAcknowledged(context, control);
      },
    },
    survives({
      id: "bad-input/survives-deep-nesting",
      title: "survives deeply nested JSON",
      clause: null,
      source: "RFC 8259 §9",
      variations: deepNesting,
      explain: {
        sends: "The documented body with a member of 10,000 nested arrays.",
        expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
        why: "Recursive parsers and validators run out of stack: a 5XX, or the whole process gone.",
        fix: "Answer 400 when the parser gives up for depth or out of stack, inside of the error handling, and go through no parsed value recursively: read the members you need. No limit on the size helps: the body has 20 KB.",
      },
    }),
    survives({
      id: "bad-input/survives-prototype-keys",
      title: "survives __proto__ and constructor as keys",
      clause: null,
      source: "good practice",
      variations: prototypeKeys,
      explain: {
        sends: "The documented body with members named __proto__, constructor, hasOwnProperty and toString.",
        expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
        why: "Merging such a body into an object poisons prototypes in JavaScript and shadows methods elsewhere.",
        fix: "Read the members you need by name; do not merge or spread the body into other objects.",
      },
    }),
    survives({
      id: "bad-input/survives-invalid-utf-8",
      title: "survives text that is not Unicode",
      clause: null,
      source: "RFC 8259 §8.1",
      variations: invalidUtf8,
      explain: {
        sends: "Bodies with bytes that are not UTF-8, with half a surrogate pair, and with a byte order mark.",
        expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
        why: "Decoders throw outside of the handler's error handling: a 5XX that a sender would retry.",
        fix: "Answer 400 when decoding fails; keep decoding inside of the error handling.",
      },
    }),
    survives({
      id: "bad-input/survives-control-characters",
      title: "survives control characters in strings",
      clause: null,
      source: "good practice",
      variations: controlCharacters,
      explain: {
        sends: "Bodies with NUL, terminal escapes and direction overrides, escaped and raw.",
        expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
        why: "Databases refuse NUL, and logs shown in a terminal carry out escapes.",
        fix: "Refuse control characters in ids with a 400, and escape what you log.",
      },
    }),
    {
      id: "bad-input/survives-a-truncated-body",
      title: "survives a request that ends in the middle of its body",
      level: "hardening",
      clause: null,
      source: "RFC 9112 §8",
      builds: "on-baseline",
      pace: "rough",
      sessions: 2,
      explain: {
        sends: "A request whose connection is closed in the middle of its body; then the documented callback.",
        expects: "No answer to the former, a 2XX for the latter.",
        why: "Connections break: an unhandled error event in the body reader takes the process down.",
        fix: "Handle errors and aborts of the request stream.",
      },
      async run(context) {
        await context.send({ onTheWay: "cut" });
        // A process that goes down over it takes its time.
        await context.pause(headStartMs);
        expectAcknowledged(context, await context.send());
      },
    },
    {
      id: "bad-input/survives-a-stalled-body",
      title: "answers others while one upload stalls",
      level: "hardening",
      clause: null,
      source: "good practice",
      builds: "on-baseline",
      pace: "rough",
      sessions: 2,
      requests: 1,
      explain: {
        sends: "A request that stops in the middle of its body and stays open; beside it the documented callback.",
        expects: "A 2XX for the latter while the former is still open.",
        why: "A receiver that reads one request at a time is put out of order by one bad connection.",
        fix: "Serve requests concurrently, behind a proxy that buffers bodies, and time out slow uploads.",
      },
      async run(context) {
        const connection = context.connection();
        const variation: Variation = { label: "stalled in the middle of the body", framing: { stallMs } };
        let isGivenUp = false;
        const stalled = context
          .send({ variation, connection })
          .then((attempt) => void (isGivenUp = isTimeout(attempt)))
          .catch(() => {});
        try {
          // Else the callback may come before the upload.
          await context.pause(headStartMs);
          const beside = await context.send();
          if (!isGivenUp) expectAcknowledged(context, beside);
          else context.mismatch("a 2XX while the upload stalls", "none before the upload was given up", beside);
        } finally {
          await connection.close();
          await stalled;
        }
      },
    },
    {
      id: "bad-input/refuses-conflicting-framing",
      title: "refuses a request with two lengths",
      level: "hardening",
      clause: null,
      source: "RFC 9112 §6.3",
      builds: "on-baseline",
      pace: "rough",
      sessions: 3,
      explain: {
        sends:
          "A request with two different Content-Lengths, then one with Content-Length and Transfer-Encoding: chunked.",
        expects:
          "The first is refused. The second is refused, or read by its chunks and the connection closed after the answer.",
        why: "Where a proxy and a server read different lengths, one request can be smuggled into another.",
        fix: "Put a proxy in front that keeps to this, and let nobody past it: nginx, HAProxy, Varnish and Node's own server do. Most servers take one of them, Go's, Puma, Hypercorn, Caddy, Squid and h2o among them, and have no option against it.",
      },
      async run(context) {
        const twice = await context.send({ variation: { label: "with two Content-Lengths", framing: "two-lengths" } });
        const closed = twice.outcome.kind === "failed" && twice.outcome.reason === "reset";
        if (!closed) await expectRefused(context, [twice], "400 (any 4XX) or a closed connection");
        const connection = context.connection();
        try {
          const variation: Variation = { label: "with Content-Length and chunks", framing: "length-and-chunks" };
          const both = await context.send({ variation, connection });
          if (both.response === null) {
            const reset = both.outcome.kind === "failed" && both.outcome.reason === "reset";
            if (!reset) context.mismatch("a refusal, or a 2XX and a closed connection", "no answer", both);
          } else if (both.response.status >= 500) {
            context.mismatch("a refusal, or a 2XX and a closed connection", String(both.response.status), both);
          } else if (both.response.status < 400 && !(await connection.closesWithin(1000))) {
            context.mismatch("a refusal, or the connection closed after the answer", "the connection stays open", both);
          }
        } finally {
          await connection.close();
        }
        expectAcknowledged(context, await context.send());
      },
    },
    {
      id: "bad-input/hides-its-internals",
      title: "shows no stack trace or file path in an error answer",
      level: "hardening",
      clause: null,
      source: "CWE-209",
      builds: "on-baseline",
      sessions: 4,
      explain: {
        sends: "Four broken requests: malformed JSON, null, no session id, and a wrong content type.",
        expects: "Answers without stack traces, source files or local paths.",
        why: "They tell an attacker what runs where, and often with which data.",
        fix: "Turn off the framework's debug mode, and answer errors with a message of your own.",
      },
      async run(context) {
        const variations = [malformedJson[0], noObject[0], noSessionId[0], wrongContentTypes[0]].filter(
          (variation) => variation !== undefined,
        );
        for (const attempt of await sendAll(context, variations)) {
          // A page may name the path that was asked for, which says nothing about the inside.
          const body = (attempt.response?.body.toString() ?? "").replaceAll(attempt.request.path, "");
          const found = internalsIn(body) ?? internalsIn(plainText(body));
          if (found !== null) context.mismatch("an answer without internals", found, attempt);
        }
      },
    },
    {
      id: "bad-input/has-no-effect",
      title: "processes no session of a bad request",
      level: "hardening",
      clause: "request/body",
      needs: ["effects"],
      builds: "on-baseline",
      sessions: 12,
      explain: {
        sends:
          "Requests with malformed JSON, a wrong content type, other methods and bodies that are no object, each with a session id that could be made out.",
        expects: "None of these sessions is processed.",
        why: "Validation that comes after the work, or a second way in, lets broken requests through.",
        fix: "Validate first; hand a session to the work only when the whole request is good.",
      },
      async run(context) {
        const variations = [...malformedJson, ...wrongContentTypes, ...otherMethods, ...noObject.slice(1, 3)];
        const attempts = await sendAll(context, variations);
        const counts = await context.effects(attempts.map(({ request }) => request.sessionId));
        for (const attempt of attempts) {
          const times = counts.get(attempt.request.sessionId) ?? 0;
          if (times > 0) context.mismatch("no effect", `processed ${timesInWords(times)}`, attempt);
        }
      },
    },
    {
      id: "bad-input/leaves-the-session-unspent",
      title: "processes a session that a broken request came for before",
      level: "recommended",
      clause: "request/body",
      needs: ["effects"],
      builds: "on-baseline",
      judgesEffects: true,
      collects: { misdeeds: ["lost-after-refusal"], from: "its-suite" },
      sessions: spoiled.length,
      requests: 8,
      explain: {
        sends:
          "Requests that carry a session in their headers and are malformed, empty, of a wrong content type or too large; then the documented callback for each of these sessions.",
        expects: "Once the latter is acknowledged, the session is processed {once}.",
        why: "A receiver that marks a session as seen before it has understood the request drops the callback that follows.",
        fix: "Mark a session only once its request is complete and valid, together with handing it to the work.",
      },
      async run(context) {
        const sessions = spoiled.map((variation) => ({ sessionId: context.session(), variation }));
        await Promise.all(sessions.map((sent) => context.send(sent)));
        await context.betweenRetries();
        const retries = await Promise.all(sessions.map(({ sessionId }) => context.send({ sessionId })));
        expectAcknowledged(context, ...retries);
      },
    },
    {
      id: "bad-input/stays-healthy-after-bad-input",
      title: "still acknowledges the documented callback after bad input",
      level: "recommended",
      clause: "endpoint/online",
      builds: "on-baseline",
      pace: "rough",
      judgesHealth: true,
      sessions: 12,
      requests: 9,
      explain: {
        sends:
          "Malformed JSON, null, deep nesting, odd bytes and wrong types, one after another; then the documented callback three times.",
        expects: "A 2XX for each of the last three.",
        why: "What matters in the end is that the next good callback gets through.",
        fix: "Find the input after which it fails (the checks before this one name it) and handle its error.",
      },
      async run(context) {
        const nasty = [
          malformedJson[0],
          noObject[0],
          oddSessionIds[4],
          deepNesting[0],
          invalidUtf8[0],
          controlCharacters[1],
        ];
        await sendAll(
          context,
          nasty.filter((variation) => variation !== undefined),
        );
        for (let sent = 0; sent < 3; sent += 1) {
          const attempt = await context.send();
          expectAcknowledged(context, attempt);
          // A hang is not asked for twice.
          if (isTimeout(attempt)) return;
        }
      },
    },
  ],
};
