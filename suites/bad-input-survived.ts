import type { Check } from "../src/runner/check.js";
import type { Variation } from "../src/runner/check-context.js";
import { expectAcknowledged, expectNoFailure, expectRefused, isTimeout } from "../src/runner/expectations.js";
import { badInputCheck, type BadInput } from "./bad-input-sent.js";
import { controlCharacters, deepNesting, invalidUtf8, prototypeKeys } from "./bad-input-variations.js";

/** A stalled upload stays open until the callback beside it was answered, and for this long at most. */
const stallMs = 60_000;
/** By so much what breaks off or stalls is ahead of the callback that shows what came of it. */
const headStartMs = 200;

const survives = (input: BadInput): Check =>
  badInputCheck(input, async (context, attempts) => {
    for (const attempt of attempts) expectNoFailure(context, attempt);
  });

/** What hurts a parser, a process or a connection leaves the receiver as it was. */
export const survived: readonly Check[] = [
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
        connection.close();
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
        connection.close();
      }
      expectAcknowledged(context, await context.send());
    },
  },
];
