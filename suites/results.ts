import { timesInWords } from "../src/contract/figures.js";
import type { Suite } from "../src/runner/check.js";
import { notJudged } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";
import { expectAcknowledged, isAcknowledged, whatCame } from "../src/runner/expectations.js";
import { wrongValue } from "../src/runner/credential-variants.js";
import type { ResultsFault, ResultsRequest } from "../src/runner/results-api.js";

/** By so much the results come after the deadline: no more, since who fetches in strict order is held up so long. */
const tooLateMs = 2000;
/** So many requests find the API down: more than a receiver makes while its caller waits, and an end to it. */
const downRequests = 3;

const requestsFor = (context: CheckContext, sessionId: string): readonly ResultsRequest[] =>
  context.results.requests().filter((request) => request.sessionId === sessionId);

/** Waits for the first request of a session's results that satisfies; null where none comes while effects settle. */
async function awaitRequest(
  context: CheckContext,
  sessionId: string,
  satisfies: (request: ResultsRequest) => boolean = () => true,
): Promise<ResultsRequest | null> {
  const find = (): ResultsRequest | undefined => requestsFor(context, sessionId).find(satisfies);
  await context.waitFor(() => find() !== undefined);
  return find() ?? null;
}

/** So often it waits, at most. */
const longestQueue = 5;

/**
 * Waits until a session's results are fetched, as long as effects may take to settle, and again where others are fetched
 * meanwhile: who fetches in strict order comes to this one when all before it are done.
 */
async function awaitFetch(context: CheckContext, sessionId: string): Promise<boolean> {
  const { results } = context;
  const isFetched = (): boolean => results.fetches(sessionId) > 0;
  const allFetched = (): number => results.requests().filter(({ status }) => status === 200).length;
  for (let waits = 0, seen = -1; waits < longestQueue && allFetched() > seen; waits += 1) {
    seen = allFetched();
    await context.waitFor(isFetched);
    if (isFetched()) break;
  }
  return isFetched();
}

/** Longer than the time-out that many clients have, shorter than what a receiver is given to show an effect. */
const silenceMs = 10_000;

/** What a fetch may meet that is worth another one. */
const apiFailures: readonly ResultsFault[] = [
  { kind: "unavailable" },
  { kind: "rate-limited", retryAfterS: 1 },
  { kind: "reset" },
  { kind: "hang-up", ms: silenceMs },
  { kind: "cut-off" },
  { kind: "not-json" },
];

const failureNames: Readonly<Record<ResultsFault["kind"], string>> = {
  stall: "a late answer",
  unavailable: "a 503",
  "server-error": "a 500",
  "rate-limited": "a 429 with Retry-After",
  reset: "a reset connection",
  "hang-up": "ten seconds of silence and a closed connection",
  "cut-off": "a body that was cut off",
  "not-json": "a 200 that was not JSON",
  "not-ready-404": "a 404, not ready yet",
  "not-ready-409": "a 409, not ready yet",
};

/** Calls back for a session whose results fail at first, as often as the sender would, and expects them to be read. */
async function fetchesAgain(context: CheckContext, faults: readonly ResultsFault[]): Promise<void> {
  const sessions = faults.map((fault) => ({ fault, sessionId: context.session() }));
  await Promise.all(
    sessions.map(async ({ fault, sessionId }) => {
      context.results.fault(sessionId, fault, 1);
      const attempt = await context.send({ sessionId });
      // A receiver may leave it to the sender to try again, by not acknowledging until it has the results.
      const last = isAcknowledged(attempt) ? attempt : ((await retry(context, sessionId)) ?? attempt);
      if (!(await awaitFetch(context, sessionId))) {
        const met = failureNames[fault.kind];
        context.mismatch("results fetched again after the API failed once", `not fetched after ${met}`, last);
      }
    }),
  );
}

async function retry(context: CheckContext, sessionId: string) {
  await context.betweenRetries();
  return context.send({ sessionId });
}

export const results: Suite = {
  id: "results",
  title: "The results are fetched by session id",
  fits: ({ results: fetched }) => fetched !== null,
  separate: true,
  checks: [
    {
      id: "results/fetches-results-by-session-id",
      title: "fetches the results of the session it was called back for",
      level: "required",
      clause: "results/fetched-by-session-id",
      needs: ["results-api"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented callback, with the receiver pointed at the harness's own results API.",
        expects: "A GET of that session's results by a documented route, with or without a slash at the end.",
        why: "A callback holds no results: whoever does not fetch them has nothing.",
        fix: "After acknowledging, GET /api/v2/batch/session/{sessionId}/results with the session id from the callback; /api/v3/speech-to-text/session/{sessionId}/result and /api/v2/speech-to-text/session/{sessionId} are documented too.",
      },
      async run(context) {
        const before = context.results.requests().length;
        const attempt = await context.send();
        const { sessionId } = attempt.request;
        const request = await awaitRequest(context, sessionId);
        if (request === null) {
          const other = context.results
            .requests()
            .slice(before)
            .find((stray) => stray.sessionId === null);
          const actual =
            other === undefined ? "no request for it" : `no request for it, but ${other.method} ${other.target}`;
          context.mismatch("a GET of the session's results by a documented route", actual, attempt);
        } else if (request.method !== "GET") {
          context.mismatch(
            "a GET of the session's results by a documented route",
            `${request.method} ${request.target}`,
            attempt,
          );
        }
      },
    },
    {
      id: "results/authorizes-its-fetch",
      title: "fetches with the token that created the session",
      level: "required",
      clause: "results/fetched-by-session-id",
      needs: ["results-api"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented callback, with the receiver pointed at the harness's own results API.",
        expects: "The fetch carries the configured token, in its Authorization header as documented.",
        why: "Only the token that created a session may read its results.",
        fix: "Send the header Authorization: <token> with the fetch; the same token that starts the jobs.",
      },
      async run(context) {
        const attempt = await context.send();
        const request = await awaitRequest(context, attempt.request.sessionId);
        if (request === null) return notJudged("no fetch came whose token could be looked at");
        switch (request.authorization) {
          case "owner":
            if (typeof request.undocumented === "string") {
              context.note(
                `The token came in the header ${request.undocumented}, which is served here but is on no page of the documentation; Authorization is.`,
              );
            }
            break;
          case "other":
            context.mismatch("the configured token", "another token", attempt);
            break;
          case "none":
            context.mismatch("the configured token", "no token", attempt);
            break;
        }
      },
    },
    {
      id: "results/fetches-once-per-session",
      title: "does not fetch again for a duplicate",
      level: "recommended",
      clause: "retry/on-failure",
      needs: ["results-api", "effects"],
      builds: "on-baseline",
      spansMinutes: true,
      sessions: 1,
      requests: 3,
      explain: {
        sends: "The documented callback twice for one session, a (virtual) minute apart.",
        expects: "The results are fetched once; the pages of one fetch count once.",
        why: "Fetching again is the first sign of doing the work again.",
        fix: "Fetch once, and keep what the first whole answer holds; do nothing but acknowledge a session that you know, and remember it for longer than the whole schedule.",
      },
      async run(context) {
        const sessionId = context.session();
        const attempts = await context.schedule({ sessionId, attempts: 2 });
        await context.effects([sessionId]);
        const times = context.results.fetches(sessionId);
        if (times > 1) context.mismatch("results fetched once", `fetched ${timesInWords(times)}`, attempts[1] ?? "");
      },
    },
    {
      id: "results/acknowledges-before-results-arrive",
      title: "acknowledges while the results are still on their way",
      level: "required",
      clause: "response/within-20-seconds",
      needs: ["results-api"],
      builds: "on-baseline",
      pace: "rough",
      sessions: 1,
      explain: {
        sends: "The documented callback, while the results API takes longer to answer than a sender waits.",
        expects: "A 2XX within the deadline.",
        why: "A receiver that fetches before it answers is as slow as the API, and times out when that is slow.",
        fix: "Store the session, acknowledge it, and fetch from a queue that tries again.",
      },
      async run(context) {
        const sessionId = context.session();
        // Once: who fetches in strict order must come to the sessions behind this one.
        const ms = context.contract.response.deadlineMs + tooLateMs;
        context.results.fault(sessionId, { kind: "stall", ms }, 1);
        const attempt = await context.send({ sessionId });
        if (!isAcknowledged(attempt)) {
          context.mismatch("a 2XX within the deadline, though the results API is slow", whatCame(attempt), attempt);
        }
      },
    },
    {
      id: "results/acknowledges-while-the-api-is-down",
      title: "acknowledges while the results API is down",
      level: "recommended",
      clause: "practice/answer-fast",
      needs: ["results-api"],
      builds: "on-baseline",
      pace: "rough",
      sessions: 2,
      explain: {
        sends: "Two documented callbacks, while the results API answers 503 and while it resets connections.",
        expects: "A 2XX for both.",
        why: "The callback was delivered; whether the API is up is between the receiver and the API.",
        fix: "Store the session, acknowledge it, and retry the fetch from there on your own schedule.",
      },
      async run(context) {
        for (const kind of ["unavailable", "reset"] as const) {
          const sessionId = context.session();
          context.results.fault(sessionId, { kind }, downRequests);
          expectAcknowledged(context, await context.send({ sessionId }));
        }
      },
    },
    {
      id: "results/fetches-again-after-an-api-failure",
      title: "fetches again when the API failed",
      level: "recommended",
      clause: "results/fetched-by-session-id",
      needs: ["results-api"],
      builds: "on-baseline",
      pace: "rough",
      sessions: apiFailures.length,
      explain: {
        sends:
          "Callbacks for sessions whose first fetch gets 503, 429 with Retry-After, a reset, ten seconds of silence and then a closed connection, a body that is cut off, and a 200 that is not JSON.",
        expects: "The results are fetched in the end, by a retry of the fetch or after a retry of the callback.",
        why: "After the acknowledgement no further callback comes: a fetch that is given up is a lost result.",
        fix: "Retry a failed fetch with growing delays, whatever the failure was (a status, a timeout, a broken connection, a body that cannot be read), and keep the session until it has succeeded.",
      },
      run: (context) => fetchesAgain(context, apiFailures),
    },
    {
      id: "results/fetches-again-when-results-are-not-ready",
      title: "fetches again when the results are not ready",
      level: "hardening",
      clause: "results/fetched-by-session-id",
      needs: ["results-api"],
      builds: "on-baseline",
      pace: "rough",
      sessions: 2,
      explain: {
        sends: "Callbacks for two sessions whose first fetch gets 404 and 409.",
        expects: "The results are fetched in the end.",
        why: "A callback may be faster than the replica that the results are read from.",
        fix: "Treat 404 and 409 like a failure that passes, for some minutes.",
      },
      run: (context) => fetchesAgain(context, [{ kind: "not-ready-404" }, { kind: "not-ready-409" }]),
    },
    {
      id: "results/does-not-fetch-for-a-refused-callback",
      title: "fetches nothing for a callback with wrong credentials",
      level: "recommended",
      clause: "auth/custom-headers",
      needs: ["results-api", "effects", "credentials"],
      builds: "on-baseline",
      sessions: 1,
      requests: 2,
      explain: {
        sends: "The documented callback with wrong credentials.",
        expects: "No request for that session's results.",
        why: "Whoever can make the receiver fetch can use up its quota, and learn which sessions exist.",
        fix: "Check the credentials before anything else.",
      },
      async run(context) {
        const set = Object.fromEntries(
          context.credentials.map(([name, value]) => [name, wrongValue(value, context.randomHex(64))]),
        );
        const attempt = await context.send({ variation: { label: "with wrong credentials", set } });
        const { sessionId } = attempt.request;
        await context.effects([sessionId]);
        const [request] = requestsFor(context, sessionId);
        if (request !== undefined) context.mismatch("no fetch", `${request.method} ${request.target}`, attempt);
      },
    },
    {
      id: "results/keeps-the-session-id-in-its-path-segment",
      title: "lets no session id lead its fetch elsewhere",
      level: "hardening",
      clause: null,
      source: "RFC 3986 §3.3",
      needs: ["results-api", "effects"],
      builds: "on-baseline",
      pace: "rough",
      sessions: 0,
      requests: 9,
      explain: {
        sends: "Callbacks whose session ids hold ../, %2f, ?, # and @, and two whose ids are . and .. alone.",
        expects: "A refusal, or a fetch with the id percent-encoded in its one path segment.",
        why: "An id that is pasted into a URL can send the receiver's token to another path or host.",
        fix: "Percent-encode the id (encodeURIComponent, quote(id, safe='')), and refuse . and .. as ids.",
      },
      async run(context) {
        const mark = context.randomHex(8);
        const ids = [
          `../../${mark}`,
          `..%2f${mark}`,
          `${mark}?a=b`,
          `${mark}#c`,
          `${mark}@127.0.0.1/d`,
          `${mark}/../e`,
          ...dotSegments,
        ];
        const attempts = await Promise.all(
          ids.map((sessionId) => context.send({ sessionId, variation: { label: `a session id like ${sessionId}` } })),
        );
        await context.effects([]);
        for (const { method, target } of context.results.requests()) {
          const lost = lostSegment.test(target);
          if (!lost && (!target.includes(mark) || staysInSegment(target, ids))) continue;
          const blamed = lost
            ? attempts.find(({ request }) => request.sessionId === (target.includes("/session/") ? "." : ".."))
            : attempts.find(({ request }) => isFrom(target, request.sessionId));
          context.mismatch(
            "the id percent-encoded in one path segment",
            `${method} ${target}`,
            blamed ?? attempts[0] ?? "",
          );
        }
      },
    },
  ],
};

/** A client takes them out of a path, percent-encoded too (RFC 3986 §5.2.4), and `..` the segment before it as well. */
const dotSegments = [".", ".."];

/** What becomes of a results path whose session id is one of them. */
const lostSegment = /^\/api\/v\d\/(?:batch|speech-to-text)(?:\/session)?\/results?(?:\?|$)/;

/** Whether the segment between `session/` and what follows decodes to one of the ids. */
function staysInSegment(target: string, ids: readonly string[]): boolean {
  const segment = /^\/api\/v\d\/(?:batch|speech-to-text)\/session\/([^/?#]+)(?:\/results?)?(?:\?[^#]*)?$/.exec(
    target,
  )?.[1];
  if (segment === undefined) return false;
  try {
    return ids.includes(decodeURIComponent(segment));
  } catch {
    return false;
  }
}

/** The id that a stray request most likely came from: what of it stands in the target. */
function isFrom(target: string, sessionId: string): boolean {
  const tail = sessionId.replace(/^.*[/#?@%]/, "");
  return target.includes(sessionId) || target.includes(tail);
}
