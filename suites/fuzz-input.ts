import * as fc from "fast-check";
import type { Variation } from "../src/runner/check-context.js";
import { draws, type Draws } from "./fuzz-draws.js";

const bodyLabel = "with an arbitrary body";
const headersLabel = "with arbitrary headers";

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

const edges: readonly fc.JsonValue[] = [
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
];

const edgeValues = fc.constantFrom(...edges);

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

const randomBodies = draws(body as fc.Arbitrary<Body>, (drawn): Variation => ({
  label: bodyLabel,
  body: (documented) =>
    "instead" in drawn
      ? drawn.instead
      : drawn.keepsSession
        ? { ...drawn.extra, ...documented }
        : { ...documented, ...drawn.extra },
}));

/** Content-Encoding changes what the body means, so a refusal there says nothing; all else is to be ignored. */
const knownHeaders = [
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
];

const oddHeaderValues = [
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
];

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const headerName = fc.oneof(
  fc.constantFrom(...knownHeaders),
  token.map((name) => `X-${name}`),
);
const headerValue = fc.oneof(
  fc.constantFrom(...oddHeaderValues),
  fc.stringMatching(/^[ -~]{0,60}$/).map((text) => text.trim()),
);
const headers = fc.uniqueArray(fc.tuple(headerName, headerValue), {
  minLength: 1,
  maxLength: 6,
  selector: ([name]) => name.toLowerCase(),
});

const randomHeaders = draws(
  headers,
  (drawn): Variation => ({ label: headersLabel, set: Object.fromEntries(drawn) }),
  withoutOne,
);

/** Its halves, and each list that lacks one of it, unless none is left. */
const partsOf = (names: readonly string[]): readonly (readonly string[])[] => {
  if (names.length < 2) return [];
  const half = Math.ceil(names.length / 2);
  const halves = names.length > 2 ? [names.slice(0, half), names.slice(half)] : [];
  return [...halves, ...withoutOne(names)];
};

function withoutOne<T>(drawn: readonly T[]): T[][] {
  return drawn.length === 1 ? [] : drawn.map((_, spare) => drawn.toSpliced(spare, 1));
}

/** Nearly all of the known names, so that few cases meet each of them with each value. */
const mostOf = (names: readonly string[]): fc.Arbitrary<string[]> =>
  fc
    .subarray([...names], { maxLength: Math.floor(names.length / 10) })
    .map((without) => names.filter((name) => !without.includes(name)));

/** One value after another for one name and, a step on, for the next of all that are known: in turn each meets each. */
const takingTurns = <T>(
  names: readonly string[],
  known: readonly string[],
  values: readonly T[],
  turn: number,
): [string, T][] => names.map((name) => [name, values[(known.indexOf(name) + turn) % values.length] as T]);

interface Covering {
  readonly keepsSession: boolean;
  readonly outer: readonly string[];
  readonly inner: readonly string[];
}

/**
 * A case in three holds the values themselves; in the others they stand one level further in, half of the names in each,
 * so that a case fits into a report whole.
 */
const innerOf = ({ inner }: Covering, position: number): readonly string[] =>
  inner.filter((name) => knownKeys.indexOf(name) % 2 === (position % 3) - 1);
const isNested = (position: number): boolean => position % 3 > 0;

const shortEdges = edges.filter((edge) => JSON.stringify(edge).length < 100);

const coveringBodies = draws<Covering>(
  fc.record({
    keepsSession: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    outer: mostOf(knownKeys),
    inner: mostOf(knownKeys),
  }),
  (drawn, position) => {
    const { keepsSession, outer } = drawn;
    const turn = Math.floor(position / 3);
    const inner = innerOf(drawn, position);
    const extra = isNested(position)
      ? outer.map((name): [string, object] => [
          name,
          Object.fromEntries(takingTurns(inner, knownKeys, shortEdges, turn + knownKeys.indexOf(name))),
        ])
      : takingTurns(outer, knownKeys, edges, turn);
    const members: object = Object.fromEntries(extra);
    return {
      label: bodyLabel,
      body: (documented) => (keepsSession ? { ...members, ...documented } : { ...documented, ...members }),
    };
  },
  (drawn, position) => [
    ...partsOf(drawn.outer).map((outer) => ({ ...drawn, outer })),
    ...(isNested(position) ? partsOf(innerOf(drawn, position)).map((inner) => ({ ...drawn, inner })) : []),
  ],
);

const coveringHeaders = draws<readonly string[]>(
  mostOf(knownHeaders),
  (names, position) => ({
    label: headersLabel,
    set: Object.fromEntries(takingTurns(names, knownHeaders, oddHeaderValues, position)),
  }),
  partsOf,
);

/** Draws of request bodies, and of request headers, that take turns. */
export const bodyDraws: readonly Draws[] = [coveringBodies, randomBodies];
export const headerDraws: readonly Draws[] = [coveringHeaders, randomHeaders];
