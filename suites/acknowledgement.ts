import { answerOf } from "../src/diagnosis/answer.js";
import { causeOf } from "../src/diagnosis/causes.js";
import { errorInside } from "../src/diagnosis/error-inside.js";
import { isRedirect } from "../src/diagnosis/redirects.js";
import { notApplicable, notJudged, notObservable, type Suite } from "../src/runner/check.js";
import type { CheckContext, KeptConnection } from "../src/runner/check-context.js";
import { expectAcknowledged, isAcknowledged, isTimeout, whatCame } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";
import { oddities } from "../src/sender/oddities.js";
import { siblingPath } from "../src/runner/sibling-path.js";

const quickMs = 5000;
const callbacksInARow = 20;
/** Each may cost a whole deadline, and more would tell nothing new. */
const enoughFailures = 3;
const idleMs = 2000;
/** A connection that was idle for so much longer than wanted may have been closed for that alone. */
const lateMs = 500;
/** Bytes behind an answer come at once, or in the next packet of a receiver that writes them apart. */
const lingerMs = 250;

/** What to do about a first callback that was not acknowledged; undefined where nothing more is known than for all. */
function fixFor({ response }: Attempt): string | undefined {
  if (response === null) {
    return "Look in the receiver's log, and in that of whatever stands in front of it, for this request: what closed the connection before there was an answer.";
  }
  if (response.status >= 500) {
    return "Look in the receiver's log for what failed over this request, and mend that; what may fail in the work itself is to be done from a queue, after the acknowledgement.";
  }
  if (response.status === 400 || response.status === 422) {
    return "Look in the answer, or in the receiver's log, for what it has against the documented request: often a body parser that does not read it (none at all, or a raw one before that of JSON), or a member or header that it requires and that is not documented.";
  }
  return undefined;
}

/** Sends a callback on a kept connection, and once more where that was closed before an answer. */
async function sendOn(
  context: CheckContext,
  connection: KeptConnection,
): Promise<{ readonly attempt: Attempt; readonly isReused: boolean }> {
  const sessionId = context.session();
  const { opened } = connection;
  let attempt = await context.send({ sessionId, connection });
  const { outcome } = attempt;
  const wasClosed =
    attempt.response === null &&
    outcome.kind === "failed" &&
    outcome.reason === "reset" &&
    opened > 0 &&
    connection.opened === opened;
  if (wasClosed) attempt = await context.send({ sessionId, connection });
  expectAcknowledged(context, attempt);
  return { attempt, isReused: opened > 0 && connection.opened === opened };
}

export const acknowledgement: Suite = {
  id: "acknowledgement",
  title: "The documented callback is acknowledged",
  checks: [
    {
      id: "acknowledgement/acknowledges-with-2xx",
      title: "answers the documented callback with a 2XX",
      level: "required",
      clause: "response/2xx",
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once: the first callback of the run.",
        expects: "Any 2XX: 200, 201, 202, 204 and so on.",
        why: "Anything else is a failed attempt to the sender: it retries {retries} times and then gives up for good.",
        fix: "Answer 200 (or 202, 204) from the handler of the callback path itself, for {method} with a JSON body.",
      },
      async run(context) {
        const { baseline } = context;
        // Silence says nothing about the status; acknowledges-within-20-seconds judges it.
        if (isTimeout(baseline)) return notJudged("no answer came whose status could be judged");
        if (!isAcknowledged(baseline)) context.mismatch("a 2XX", whatCame(baseline), baseline, fixFor(baseline));
        const error = isAcknowledged(baseline) ? errorInside(answerOf(baseline, context.url)) : null;
        if (error !== null) {
          context.note(
            `The answer is a ${whatCame(baseline)} with an error inside (${error}): to the sender it is an acknowledgement, and it does not retry. Answer with the status that is meant.`,
          );
        }
      },
    },
    {
      id: "acknowledgement/acknowledges-within-20-seconds",
      title: "answers within the documented deadline",
      level: "required",
      clause: "response/within-20-seconds",
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once: the first callback of the run.",
        expects:
          "Status line and headers are complete {deadline} after the attempt began, DNS, connect and TLS included.",
        why: "A later answer is not seen: the sender counts a timeout and retries, and the work may be done twice.",
        fix: "Store the session in a queue that a restart does not lose, acknowledge it, and do the work from there.",
      },
      async run(context) {
        const { baseline, contract } = context;
        if (!isTimeout(baseline) && baseline.response === null) {
          return notJudged("the connection failed before the deadline, so no answer could be timed");
        }
        if (isTimeout(baseline)) {
          context.mismatch(
            `status line and headers within ${contract.response.deadlineMs / 1000} seconds`,
            whatCame(baseline),
            baseline,
          );
        }
      },
    },
    {
      id: "acknowledgement/does-not-redirect",
      title: "answers itself instead of redirecting",
      level: "required",
      clause: "response/2xx",
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once: the first callback of the run.",
        expects: "No redirect: none of 301, 302, 303, 307 and 308.",
        why: "The sender does not follow redirects: a 3XX is a failed attempt.",
        fix: "Configure the callback URL that answers by itself: https, with or without the trailing slash as the router has it, outside of any login.",
      },
      async run(context) {
        const { baseline } = context;
        if (baseline.response === null) return notJudged("no answer came that could be a redirect");
        const answer = answerOf(baseline, context.url);
        if (!isRedirect(answer)) return;
        const cause = causeOf(answer);
        const to = answer.location === null ? "" : ` (${answer.location.href})`;
        context.mismatch("no redirect", `${whatCame(baseline)}: ${cause?.says ?? "a redirect"}${to}`, baseline);
      },
    },
    {
      id: "acknowledgement/answers-without-browser-state",
      title: "needs no cookie, CSRF token, Origin or Referer",
      level: "required",
      clause: "response/2xx",
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once, without cookies, Origin or Referer.",
        expects: "An answer from the receiver itself: no login page, no CSRF refusal, no bot challenge.",
        why: "The sender is a service, not a browser: it cannot log in or pass a challenge, and a login page answered with 200 would swallow every callback unseen.",
        fix: "Exempt the callback path from login, CSRF protection and bot walls, and check the configured header instead.",
      },
      async run(context) {
        const { baseline } = context;
        if (baseline.response === null) return notJudged("no answer came that could be looked at");
        const answer = answerOf(baseline, context.url);
        const cause = causeOf(answer);
        if (cause?.wall === "rule" && !isAcknowledged(baseline)) {
          return notJudged(`${cause.says}; acknowledges-with-2xx judges that`);
        }
        if (cause?.wall !== undefined) {
          context.mismatch("an answer from the receiver itself", `${whatCame(baseline)}: ${cause.says}`, baseline);
        } else if (cause?.id === "html-with-200" && errorInside(answer) === null) {
          context.note(`The answer is ${cause.says}. ${cause.fix}`);
        }
      },
    },
    {
      id: "acknowledgement/acknowledges-quickly",
      title: "answers within 5 seconds",
      level: "recommended",
      clause: "practice/answer-fast",
      builds: "on-baseline",
      pace: "alone",
      sessions: 1,
      explain: {
        sends: "One documented callback while nothing else is under way, after the receiver has warmed up.",
        expects: "Status line and headers within 5 seconds.",
        why: "What takes 5 seconds at leisure passes the {deadline} under load; the page asks for a quick 200 OK.",
        fix: "Store the session in a queue that a restart does not lose, acknowledge it, and do the work from there.",
      },
      async run(context) {
        const attempt = await context.send();
        const tookMs = attempt.timings.headersMs ?? attempt.timings.endMs;
        if (tookMs > quickMs) {
          context.mismatch("an answer within 5 seconds", `${(tookMs / 1000).toFixed(1)} seconds`, attempt);
        }
      },
    },
    {
      id: "acknowledgement/acknowledges-consistently",
      title: "answers twenty callbacks in a row with a 2XX",
      level: "required",
      clause: "endpoint/online",
      builds: "on-baseline",
      sessions: callbacksInARow,
      explain: {
        sends: "Twenty documented callbacks for twenty sessions, one after another.",
        expects: "A 2XX within the deadline for each.",
        why: "Callbacks are not queued indefinitely: an endpoint that is down now and then loses some.",
        fix: "Look at the attempts that failed: one instance of several out of order, a limit, a leak, a lock.",
      },
      async run(context) {
        let failures = 0;
        for (let sent = 0; sent < callbacksInARow && failures < enoughFailures; sent += 1) {
          const attempt = await context.send();
          if (!isAcknowledged(attempt)) failures += 1;
          expectAcknowledged(context, attempt);
          // A hang is not asked for twice.
          if (isTimeout(attempt)) return;
        }
      },
    },
    {
      id: "acknowledgement/completes-its-response",
      title: "ends its response in time and within 64 KiB",
      level: "recommended",
      clause: null,
      source: "RFC 9112 §6.3",
      builds: "on-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once: the first callback of the run.",
        expects: "The response body ends by the deadline, is framed rightly and is no larger than 64 KiB.",
        why: "The status counts, but a body that never ends holds a connection on both sides.",
        fix: "Send a short body, or none with a 204, and a Content-Length that is true.",
      },
      async run(context) {
        const { baseline, contract } = context;
        const expected = `a body that ends within ${contract.response.deadlineMs / 1000} seconds and ${contract.response.bodyCapBytes / 1024} KiB`;
        switch (baseline.response?.bodyEnd) {
          case "late":
            context.mismatch(expected, "a body that had not ended by then", baseline);
            break;
          case "over-cap":
            context.mismatch(expected, "a larger body", baseline);
            break;
          case "broken":
            context.mismatch(expected, "a body that broke off", baseline);
            break;
          case "complete":
          case undefined:
            break;
        }
      },
    },
    {
      id: "acknowledgement/answers-on-a-fresh-connection",
      title: "answers when each callback comes on a connection of its own",
      level: "required",
      clause: "response/2xx",
      builds: "on-baseline",
      sessions: 3,
      explain: {
        sends: "Three documented callbacks, each on a new connection that is announced to close (Connection: close).",
        expects: "A 2XX for each.",
        why: "Callbacks come hours apart: the sender opens a connection for each.",
        fix: "Do not tie sessions, authentication or limits to a connection.",
      },
      async run(context) {
        for (let sent = 0; sent < 3; sent += 1) {
          const attempt = await context.send({ lastOnConnection: true });
          expectAcknowledged(context, attempt);
          if (isTimeout(attempt)) return;
        }
      },
    },
    {
      id: "acknowledgement/answers-on-a-reused-connection",
      title: "answers several callbacks on one kept connection",
      level: "recommended",
      clause: null,
      source: "RFC 9112 §9.3",
      builds: "on-baseline",
      sessions: 5,
      requests: 4,
      explain: {
        sends: "Three documented callbacks on one keep-alive connection, and a fourth after it was idle for 2 seconds.",
        expects:
          "A 2XX for each. Closing a connection is fine: the callback is then sent again on a new one; where each is closed, nothing is judged.",
        why: "When many jobs end together, a sender may use one connection for several callbacks.",
        fix: "Read each request body to its end, and frame each response rightly, so that the next one starts clean.",
      },
      async run(context) {
        if (context.baseline.response?.bodyEnd !== "complete") {
          return notApplicable("no body of its answers comes to an end, which completes-its-response judges");
        }
        const connection = context.connection();
        try {
          let wasReused = false;
          for (let sent = 0; sent < 3; sent += 1) {
            const { attempt, isReused } = await sendOn(context, connection);
            if (isTimeout(attempt)) return;
            wasReused ||= isReused;
          }
          let wasLate = true;
          for (let tries = 0; wasLate && tries < 2; tries += 1) {
            const idleForMs = await context.idle(idleMs);
            const { attempt, isReused } = await sendOn(context, connection);
            if (isTimeout(attempt)) return;
            wasLate = !isReused && idleForMs > idleMs + lateMs;
            wasReused ||= isReused;
          }
          if (wasLate) {
            return notObservable(
              "this machine was so late that the connection was idle for much longer than 2 seconds, and was closed by then",
            );
          }
          if (!wasReused) return notApplicable("it closes each connection before a second callback could come on it");
          if (connection.opened > 1) {
            context.note(`The receiver closed the kept connection; ${connection.opened} were opened.`);
          }
        } finally {
          connection.close();
        }
      },
    },
    {
      id: "acknowledgement/answers-in-well-formed-http",
      title: "answers in HTTP/1.1 that every client reads alike",
      level: "recommended",
      clause: null,
      source: "RFC 9112",
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: `The documented {method}, after whose answer the connection is watched for ${lingerMs} ms.`,
        expects:
          "No folded header lines, line ends without CR, Content-Length more than once or beside a Transfer-Encoding, transfer coding but chunked, white space or control characters out of place, nor bytes after the end of the answer.",
        why: "A client may read such an answer or refuse it, each in its own right: the sender of today, a proxy in between and the sender of tomorrow need not agree.",
        fix: "Leave the framing to an HTTP library or server; where headers are written by hand, end each line with CRLF, send each of them once and no body that is not announced.",
      },
      async run(context) {
        const { baseline } = context;
        const attempt = await context.send({ lingerMs });
        const told = new Set<string>();
        for (const seen of [baseline, attempt]) {
          for (const oddity of seen.response?.oddities ?? []) {
            if (!told.has(oddity)) context.mismatch("well-formed HTTP/1.1", oddities[oddity], seen);
            told.add(oddity);
          }
        }
        // Silence has no form; that it is silence is judged where the status is.
        if (isTimeout(attempt)) return notJudged("no answer came whose form could be judged");
        expectAcknowledged(context, attempt);
      },
    },
    {
      id: "acknowledgement/confines-itself-to-its-path",
      title: "does not acknowledge callbacks on another path",
      level: "hardening",
      clause: null,
      source: "good practice",
      builds: "on-baseline",
      sessions: 2,
      explain: {
        sends: "The documented callback to a random path beside the configured one, then to the configured one.",
        expects: "No 2XX for the former, a 2XX for the latter.",
        why: "A catch-all that answers 200 hides a mistyped callback URL: nothing is processed and nobody notices.",
        fix: "Route the callback path exactly, and answer 404 elsewhere.",
      },
      async run(context) {
        const sibling = (path: string): string => siblingPath(path, context.randomHex(12));
        const elsewhere = await context.send({
          variation: { label: "to a path beside the configured one", path: sibling },
        });
        const control = await context.send();
        if (isAcknowledged(elsewhere)) context.mismatch("no 2XX on another path", whatCame(elsewhere), elsewhere);
        expectAcknowledged(context, control);
      },
    },
  ],
};
