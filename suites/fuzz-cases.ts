import * as fc from "fast-check";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { isAcknowledged, isTimeout, whatCame } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";

/** Names that handlers, schemas and object prototypes know; a crash is likelier behind them than behind random ones. */
const knownKeys = [
  "sessionId",
  "zoom_id",
  "session_id",
  "id",
  "event",
  "type",
  "status",
  "data",
  "details",
  "result",
  "results",
  "error",
  "meta_data",
  "language",
  "document",
  "items",
  "value",
  "name",
  "url",
  "__proto__",
  "constructor",
  "length",
];

const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...knownKeys) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);

const edgeValues = fc.constantFrom<fc.JsonValue[]>(
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  9007199254740991,
  "",
  " ",
  "0",
  "null",
  "undefined",
  "NaN",
  "a".repeat(300),
  "é漢字😀",
  "'\"`;--",
  "${7*7}",
  "../../etc/passwd",
  "<b>",
  [],
  {},
);

/** A few of each kind; drawing from all of Unicode takes half a second to set up. */
const oddCharacters = [..."aZ09 \t\n\0\"\\/'`<>&%$;{}é漢😀\u202e\u200b\ufeff\u0301", "\ud83d"];

const value = fc.letrec<{ json: fc.JsonValue }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 3, arbitrary: edgeValues },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...oddCharacters), maxLength: 20 }) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 2, arbitrary: fc.array(tie("json"), { maxLength: 4 }) },
    { weight: 3, arbitrary: fc.dictionary(key, tie("json"), { maxKeys: 5, noNullPrototype: true }) },
  ),
})).json;

/** Objects with about half of the known keys, so that one case tries many paths at once. */
const crowded = (values: fc.Arbitrary<fc.JsonValue>): fc.Arbitrary<Record<string, fc.JsonValue>> =>
  fc.record<Record<string, fc.JsonValue>>(Object.fromEntries(knownKeys.map((name) => [name, values])), {
    requiredKeys: [],
    noNullPrototype: true,
  });

const crowdedTwice = crowded(
  fc.oneof({ weight: 2, arbitrary: crowded(edgeValues) }, { weight: 1, arbitrary: edgeValues }, fc.array(edgeValues)),
);

const extra = fc.oneof(fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), crowdedTwice);

/** Mostly the documented body with something more or other in it; now and then anything that is JSON. */
const body = fc.oneof(
  { weight: 5, arbitrary: fc.record({ keepsSession: fc.boolean(), extra }) },
  { weight: 1, arbitrary: fc.record({ instead: value }) },
);

type Body = { keepsSession: boolean; extra: Record<string, fc.JsonValue> } | { instead: fc.JsonValue };

const bodyVariation = (drawn: Body): Variation => ({
  label: "with an arbitrary body",
  body: (documented) =>
    "instead" in drawn
      ? drawn.instead
      : drawn.keepsSession
        ? { ...drawn.extra, ...documented }
        : { ...documented, ...drawn.extra },
});

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const headerName = fc.oneof(
  fc.constantFrom(
    "Accept-Language",
    "Accept-Encoding",
    "Cookie",
    "Referer",
    "Origin",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "Forwarded",
    "X-Request-Id",
    "traceparent",
    "Range",
    "If-None-Match",
    "If-Modified-Since",
    "Cache-Control",
    "X-HTTP-Method-Override",
    "Content-Encoding",
    "Content-Language",
    "Via",
    "From",
    "Priority",
  ),
  token.map((name) => `X-${name}`),
);
const headerValue = fc.oneof(
  fc.constantFrom(
    "",
    "0",
    "-1",
    "null",
    "*",
    ",",
    ";",
    "=",
    '"',
    "a=b; c",
    "gzip;q=9",
    "bytes=0-",
    "a".repeat(2000),
    "%00",
    "ÿþ",
  ),
  fc.stringMatching(/^[ -~]{0,60}$/).map((text) => text.trim()),
);
/** Content-Encoding changes what the body means, so a refusal there says nothing; all else is to be ignored. */
const headers = fc.uniqueArray(fc.tuple(headerName, headerValue), {
  minLength: 1,
  maxLength: 6,
  selector: ([name]) => name.toLowerCase(),
});

const headersVariation = (drawn: [string, string][]): Variation => ({
  label: "with arbitrary headers",
  set: Object.fromEntries(drawn),
});

/** Milliseconds for the cases of one check: those of a slow receiver would take all the time that a run has. */
const mostMs = 30_000;

/** A 5XX, a hang, or a connection that ends without an answer. */
const failed = (attempt: Attempt): boolean => attempt.response === null || attempt.response.status >= 500;

/** No connection at all, which is not the doing of what would have been sent on it. */
const isUnreachable = ({ outcome }: Attempt): boolean =>
  outcome.kind === "failed" && (outcome.phase === "connect" || outcome.phase === "dns");

interface Found {
  readonly index: number;
  readonly attempt: Attempt;
  /** The receiver is gone, so that this case could not be told apart from those under way with it, up to this index. */
  readonly orUpTo?: number;
}

/**
 * Sends cases side by side and resolves to the first that fails, alone too: one that fails only beside others is told
 * of the receiver by the load suite, and is a reason to send the rest one by one. A hang is not asked for twice.
 * @returns with how many cases were sent; fewer than there are when there was no time for more.
 */
async function firstFailing<T>(
  context: CheckContext,
  cases: readonly T[],
  send: (drawn: T) => Promise<Attempt>,
  isOver: () => boolean,
): Promise<{ readonly sent: number; readonly found: Found | null }> {
  let width = context.sideBySide;
  let sent = 0;
  while (sent < cases.length && !isOver()) {
    const first = sent;
    const batch = cases.slice(first, first + width);
    const attempts = await Promise.all(batch.map(send));
    sent += batch.length;
    for (const [offset, attempt] of attempts.entries()) {
      const drawn = batch[offset];
      if (drawn === undefined || !failed(attempt)) continue;
      const index = first + offset;
      if (batch.length === 1 || isTimeout(attempt)) return { sent, found: { index, attempt } };
      const alone = await send(drawn);
      if (isUnreachable(alone)) return { sent, found: { index, attempt, orUpTo: sent - 1 } };
      if (failed(alone)) return { sent, found: { index, attempt: alone } };
      width = 1;
    }
  }
  return { sent, found: null };
}

/**
 * Sends drawn cases until one fails, shrinks it, and reports the smallest that still fails. A hang is reported as it
 * came: each step of shrinking it would cost a whole deadline. So is what took the receiver down: all fails after it.
 * @param partsOf what is left of a case without one thing of it, for each of them: each that is left in the end is
 * needed.
 */
async function fuzz<T>(
  context: CheckContext,
  arbitrary: fc.Arbitrary<T>,
  variationOf: (drawn: T) => Variation,
  partsOf: (drawn: T) => readonly T[] = () => [],
): Promise<void> {
  const until = context.now() + mostMs;
  const isOver = (): boolean => context.now() > until;
  const parameters = { seed: Number.parseInt(context.randomHex(7), 16), numRuns: context.settings.fuzzCases };
  const send = (drawn: T): Promise<Attempt> => context.send({ variation: variationOf(drawn), evidence: "none" });

  const { sent, found } = await firstFailing(context, fc.sample(arbitrary, parameters), send, isOver);
  if (found === null) {
    const all = sent === parameters.numRuns;
    context.note(
      `${sent} cases found nothing${all ? "" : `; for more there was no time in ${mostMs / 1000} seconds`}.`,
    );
    return;
  }
  const { index, attempt, orUpTo } = found;
  const blame = (what: Attempt, note: string): void => {
    context.mismatch("a 2XX or a 4XX, whatever is sent", whatCame(what), what);
    context.note(note);
  };
  if (orUpTo !== undefined) {
    const others = orUpTo === index ? "" : `, or in one up to ${orUpTo + 1} that was under way with it`;
    return blame(attempt, `Found in case ${index + 1}${others}; the receiver was gone after it, so it was not shrunk.`);
  }
  const shrunk = isTimeout(attempt)
    ? { smallest: attempt, times: 0, stopped: false }
    : await shrink(arbitrary, { ...parameters, index, partsOf }, attempt, send, isOver);
  const isDown = !isTimeout(shrunk.smallest) && !shrunk.stopped && !isAcknowledged(await context.send());
  if (isDown) {
    return blame(
      attempt,
      `Found in case ${index + 1}; the documented callback failed after it too, so it was not shrunk.`,
    );
  }
  blame(shrunk.smallest, `Found in case ${index + 1} and shrunk ${shrunk.times} times; the same seed finds it again.`);
}

interface Shrinking<T> {
  readonly seed: number;
  readonly numRuns: number;
  readonly index: number;
  readonly partsOf: (drawn: T) => readonly T[];
}

/** Shrinks the case of that index, which is drawn once more, to the smallest that still fails. */
async function shrink<T>(
  arbitrary: fc.Arbitrary<T>,
  { index, partsOf, ...parameters }: Shrinking<T>,
  failing: Attempt,
  send: (drawn: T) => Promise<Attempt>,
  isOver: () => boolean,
): Promise<{ readonly smallest: Attempt; readonly times: number; readonly stopped: boolean }> {
  let drawn = 0;
  let smallest = failing;
  let stopped = false;
  const property = fc.asyncProperty(arbitrary, async (smaller) => {
    drawn += 1;
    if (drawn <= index + 1) return drawn <= index;
    if (stopped || isOver() || isTimeout(smallest)) return true;
    try {
      const attempt = await send(smaller);
      if (!failed(attempt) || isUnreachable(attempt)) return true;
      smallest = attempt;
      return false;
    } catch {
      // Whatever stops the check would only be taken for a case that fails; what was found before it stands.
      stopped = true;
      return true;
    }
  });
  const { numShrinks, counterexample } = await fc.check(property, parameters);
  let times = numShrinks;
  // A list shrinks by its halves, so that one that is not needed may be left between two that are.
  let parts = counterexample === null || stopped || isTimeout(smallest) ? [] : partsOf(counterexample[0]);
  while (parts.length > 0 && !isOver()) {
    const [part, ...others] = parts as [T, ...T[]];
    parts = others;
    const attempt = await send(part);
    if (!failed(attempt) || isUnreachable(attempt) || isTimeout(attempt)) continue;
    smallest = attempt;
    times += 1;
    parts = partsOf(part);
  }
  return { smallest, times, stopped };
}

/** Draws request bodies. */
export const fuzzBodies = (context: CheckContext): Promise<void> =>
  fuzz(context, body as fc.Arbitrary<Body>, bodyVariation);

/** Draws request headers. */
export const fuzzHeaders = (context: CheckContext): Promise<void> =>
  fuzz(context, headers, headersVariation, withoutOne);

/** Each list that lacks one of the headers, unless none is left. */
const withoutOne = (drawn: [string, string][]): [string, string][][] =>
  drawn.length === 1 ? [] : drawn.map((_, spare) => drawn.toSpliced(spare, 1));
