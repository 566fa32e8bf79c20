import { answerOf } from "../src/diagnosis/answer.js";
import { isFromAProxy } from "../src/diagnosis/proxies.js";
import type { Check } from "../src/runner/check.js";
import { expectAcknowledged, expectRefused, isAcknowledged } from "../src/runner/expectations.js";
import { badInputCheck, type BadInput } from "./bad-input-sent.js";
import {
  emptyBody,
  emptySessionId,
  malformedJson,
  noDocumentId,
  noObject,
  noSessionId,
  oddSessionIds,
  otherMethods,
  padded,
  wrongContentTypes,
} from "./bad-input-variations.js";

/** A gateway's, or Cloudflare's, for a server that takes too long: no refusal. */
const isOverTime = (status: number): boolean => status === 504 || status === 522 || status === 524;

/** @param also statuses that refuse just this, beside any 4XX. */
const refuses = (input: BadInput, preferred = "a 4XX", also: readonly number[] = []): Check =>
  badInputCheck(input, async (context, attempts) => {
    const doubtful = attempts.filter(({ response }) => !also.includes(response?.status ?? 0));
    return expectRefused(context, doubtful, preferred);
  });

/** What is no callback is answered with a 4XX. */
export const refused: readonly Check[] = [
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
    id: "bad-input/refuses-a-missing-document-id",
    title: "refuses a body without a document id",
    clause: "request/body",
    fits: ({ subject }) => subject.parts.includes("documentId"),
    variations: noDocumentId,
    explain: {
      sends: "The documented body without the document id, and without the headers that name session and document.",
      expects: "A 4XX, and a 2XX for the documented body afterwards.",
      why: "Which document was changed is what the callback is for: without it a receiver looks at another one, at all or at none, and says that all is well.",
      fix: "Require both ids and answer 400 or 422 where one is missing.",
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
      fix: "Require a string by schema or type check, and let no validator make one of what is none (Fastify: coerceTypes: false; pydantic 1: StrictStr).",
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
        expects: "A 4XX (413 is best) or a closed connection, promptly, and a 2XX for the documented body afterwards.",
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
];
