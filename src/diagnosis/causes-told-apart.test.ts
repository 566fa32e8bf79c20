import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import type { Contract } from "../contract/contract.js";
import { document } from "../contract/document.js";
import { joinCauses, type JoinedCause } from "./joined-causes.js";
import type { ToldCheck } from "./symptoms.js";

type CheckAttempt = ToldCheck["attempts"][number];

/** One request, and what came of it. */
interface Sent {
  readonly label?: string;
  readonly sessionId?: string;
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** The body of the answer. */
  readonly says?: string;
  /** A status; else why no answer came. */
  readonly got: number | string;
}

const json = [["Content-Type", "application/json"]] as const;
const documented = '{"sessionId":"a1","zoom_id":"a1"}';

const tooLong = `{"sessionId":"a1","zoom_id":"a1","deep":${"[".repeat(99)}… [cut: 130 of 20,070 bytes shown]`;

const attemptOf = ({
  label = "",
  sessionId = "a1",
  method = "POST",
  headers,
  body = documented,
  got,
  says = "",
}: Sent) =>
  ({
    sessionId,
    label,
    request: { method, body, ...(headers !== undefined && { headers }) },
    response:
      typeof got === "number"
        ? { status: got, statusText: got === 500 ? "Internal Server Error" : "", body: says }
        : null,
    error: typeof got === "number" ? null : { reason: got },
  }) satisfies CheckAttempt;

/** A check of that suite that failed over the last of what it sent. */
const failedOver = (suite: string, ...sent: readonly Sent[]): ToldCheck => ({
  id: `${suite}/judges`,
  outcome: "failed",
  suite,
  level: "required",
  hint: `Mend ${suite}.`,
  mismatches: [{ expected: "another", actual: "it", attempt: sent.length - 1 }],
  attempts: sent.map(attemptOf),
});

/** One that failed over something that is about no request of its own. */
const failedOverWords = (suite: string, actual: string): ToldCheck => ({
  ...failedOver(suite),
  mismatches: [{ expected: "once", actual }],
});

const causeOf = (check: ToldCheck, contract: Contract = batch): JoinedCause => {
  const [cause, ...more] = joinCauses([check], contract);
  expect(more).toEqual([]);
  if (cause === undefined) throw new Error("there is no cause");
  return cause;
};

const odd = (got: number | string, body: string, more: Partial<Sent> = {}): Sent => ({
  label: "odd",
  got,
  body,
  ...more,
});

describe("which fault one failure is put down to", () => {
  const none = "its own";
  it.each<[string, ToldCheck, string]>([
    [
      "400 to a session that was taken",
      failedOver("retries", { got: 299 }, { got: 400 }),
      "known-session-refused: 400",
    ],
    ["499 to it", failedOver("retries", { got: 200 }, { got: 499 }), "known-session-refused: 499"],
    ["500 to it", failedOver("retries", { got: 200 }, { got: 500 }), "known-session-refused: 500"],
    ["silence to it", failedOver("retries", { got: 200 }, { got: "timeout" }), "known-session-refused: silence"],
    ["a redirect of it", failedOver("retries", { got: 200 }, { got: 302 }), none],
    ["a 2XX to it", failedOver("retries", { got: 200 }, { got: 200 }), none],
    ["409 to what was refused before", failedOver("retries", { got: 400 }, { got: 409 }), none],
    [
      "409 to what was redirected before",
      failedOver("retries", { got: 399 }, { got: 409 }),
      "known-session-refused: 409",
    ],
    [
      "503 to a session that is known, and to new ones too",
      {
        ...failedOver("load", { got: 503, sessionId: "b2" }, { got: 200 }, { got: 503 }),
        mismatches: [2, 0].map((attempt) => ({ expected: "another", actual: "it", attempt })),
      },
      "rate-limit",
    ],
    [
      "200 to JSON with more behind it, and to what is none",
      {
        ...failedOver("bad-input", odd(200, "{'"), odd(200, `${documented}x`)),
        mismatches: [0, 1].map((attempt) => ({ expected: "another", actual: "it", attempt })),
      },
      "acknowledges-unread",
    ],
    [
      "what the answer to something odd holds",
      {
        ...failedOver("bad-input", odd(200, "null")),
        mismatches: [{ expected: "an answer without internals", actual: "a path", attempt: 0 }],
      },
      none,
    ],
    ["409 to another session", failedOver("retries", { got: 200, sessionId: "b2" }, { got: 409 }), none],
    [
      "409 where the answer was lost",
      failedOver("retries", { got: "reset", label: "answer lost on its way back" }, { got: 409 }),
      "known-session-refused: 409",
    ],
    [
      "409 where the connection was closed before the answer",
      failedOver("retries", { got: "reset", label: "connection closed before the answer" }, { got: 409 }),
      "known-session-refused: 409",
    ],
    [
      "409 where the request was cut",
      failedOver("retries", { got: "reset", label: "cut, no answer lost" }, { got: 409 }),
      none,
    ],
    ["work done twice", failedOverWords("retries", "session a1 processed twice"), "works-again"],
    ["work done twelve times", failedOverWords("retries", "processed 12 times"), "works-again"],
    ["work done once", failedOverWords("retries", "processed 1 time"), none],
    ["work that may be done two times a minute", failedOverWords("retries", "unprocessed 2 times"), none],
    ["work never done", failedOverWords("effects", "acknowledged and never processed"), "loses-work"],
    ["work not done", failedOverWords("effects", "it was not processed"), "loses-work"],
    ["work done never", failedOverWords("effects", "processed never"), "loses-work"],
    ["work done no times", failedOverWords("effects", "processed 0 times"), "loses-work"],
    ["work done a time too many", failedOverWords("effects", "processed 3 time"), "works-again"],
    ["words of something else", failedOverWords("effects", "something else"), none],
    ["200 to JSON with more behind it", failedOver("bad-input", odd(200, `${documented}x`)), "decoder-stops-early"],
    ["299 to an array with more behind it", failedOver("bad-input", odd(299, "[]x")), "decoder-stops-early"],
    ["300 to it", failedOver("bad-input", odd(300, `${documented}x`)), none],
    ["199 to it", failedOver("bad-input", odd(199, `${documented}x`)), none],
    ["400 to it", failedOver("a", odd(400, `${documented}x`)), none],
    ["500 to it", failedOver("bad-input", odd(500, `${documented}x`)), "parser-error-as-failure: 500"],
    ["200 to a wrong credential", failedOver("authentication", odd(200, documented)), "credentials-not-compared"],
    ["302 to it", failedOver("authentication", odd(302, documented)), none],
    ["200 to the right one", failedOver("authentication", { got: 200 }), none],
    ["200 to something odd of another suite", failedOver("payload", odd(200, documented)), none],
    ["500 to a body that is cut", failedOver("bad-input", odd(500, '{"sessionId":')), "parser-error-as-failure: 500"],
    [
      "503 to one that only starts as JSON",
      failedOver("bad-input", odd(503, '{"a"}b')),
      "parser-error-as-failure: 503",
    ],
    ["503 to what ends in a bracket", failedOver("bad-input", odd(503, "{'a'}")), "parser-error-as-failure: 503"],
    ["silence to it", failedOver("bad-input", odd("reset", "]{")), "parser-error-as-failure: silence"],
    ["200 to a bracket and more", failedOver("bad-input", odd(200, "]{")), "acknowledges-unread"],
    ["200 to nothing at all", failedOver("bad-input", odd(200, "")), "acknowledges-unread"],
    ["200 to words", failedOver("bad-input", odd(200, "words")), "acknowledges-unread"],
    ["200 to a body that is cut", failedOver("bad-input", odd(200, '{"sessionId":')), "acknowledges-unread"],
    ["500 to a list", failedOver("payload", odd(500, "[]")), "unlooked-at-body: failure"],
    ["500 to nothing", failedOver("payload", odd(500, "null")), "unlooked-at-body: failure"],
    ["503 to a text", failedOver("payload", odd(503, '"a"')), "unlooked-at-body: failure"],
    ["silence to a number", failedOver("payload", odd("timeout", "7")), "unlooked-at-body: silence"],
    ["500 to what is too long to be shown whole", failedOver("bad-input", odd(500, tooLong, { headers: json })), none],
    ["200 to it", failedOver("bad-input", odd(200, tooLong, { headers: json })), none],
    ["200 to it as text", failedOver("bad-input", odd(200, tooLong)), "acknowledges-unread"],
    [
      "500 to it, of the parser by its words",
      failedOver("bad-input", odd(500, tooLong, { says: "PayloadTooLargeError: request entity too large" })),
      "parser-error-as-failure: 500",
    ],
    [
      "500 to a list, which says that it is the parser's",
      failedOver(
        "bad-input",
        odd(500, "null", { says: '{"message":"Unexpected token \'n\', \\"null\\" is not valid JSON"}' }),
      ),
      "parser-error-as-failure: 500",
    ],
    [
      "500 to a charset that the parser does not know, which says so",
      failedOver("fuzz", odd(500, documented, { says: 'UnsupportedMediaTypeError: unsupported charset "X"' })),
      "parser-error-as-failure: 500",
    ],
    ["500 to one member less", failedOver("payload", odd(500, '{"sessionId":"a1"}')), "unlooked-at-body: failure"],
    [
      "500 to a member of another name",
      failedOver("payload", odd(500, '{"sessionId":"a1","zoomId":"a1"}')),
      "unlooked-at-body: failure",
    ],
    [
      "500 to a member of another type",
      failedOver("payload", odd(500, '{"sessionId":"a1","zoom_id":7}')),
      "unlooked-at-body: failure",
    ],
    [
      "500 to an empty member",
      failedOver("payload", odd(500, '{"sessionId":"","zoom_id":"a1"}')),
      "unlooked-at-body: failure",
    ],
    ["500 to the documented members in another way", failedOver("payload", odd(500, documented)), none],
    ["404 to a list", failedOver("payload", odd(404, "[]")), "refuses-what-may-change"],
    ["302 to a list", failedOver("payload", odd(302, "[]")), none],
    ["404 to a list in another suite", failedOver("fuzz", odd(404, "[]")), none],
    ["404 to what is as documented", failedOver("payload", { got: 404 }), none],
    ["200 to a body that is a list", failedOver("bad-input", odd(200, "[]", { headers: json })), "acknowledges-unread"],
    ["302 to it", failedOver("bad-input", odd(302, "[]", { headers: json })), none],
    ["200 to it in another suite", failedOver("fuzz", odd(200, "[]", { headers: json })), none],
    ["200 to what is as documented", failedOver("bad-input", { got: 200 }), none],
    ["429 in a burst", failedOver("load", { got: 429 }), "rate-limit"],
    ["503 in a burst", failedOver("load", { got: 503 }), "rate-limit"],
    ["500 in a burst", failedOver("load", { got: 500 }), "fails-in-numbers: 500"],
    ["404 in a burst", failedOver("load", { got: 404 }), none],
    ["429 elsewhere", failedOver("retries", { got: 429 }), none],
    ["503 elsewhere", failedOver("retries", { got: 503 }), "documented-callback-fails: 503"],
    ["silence", failedOver("retries", { got: "reset" }), "documented-callback-fails: silence"],
    ["499", failedOver("retries", { got: 499 }), none],
    ["500 to odd headers", failedOver("retries", odd(500, documented)), none],
  ])("%s", (_what, check, expected) => {
    const { id } = causeOf(check);
    expect(id === check.id ? none : id).toBe(expected);
  });
});

describe("a callback that is odd and acknowledged is one that was read", () => {
  it.each<[string, Partial<Sent>, boolean]>([
    ["as documented", {}, true],
    ["by another method", { method: "DELETE" }, false],
    ["without a type", { headers: [["Accept", "application/json"]] }, false],
    ["without headers", { headers: [] }, false],
    ["of a type with a charset", { headers: [["content-type", "APPLICATION/JSON ; charset=utf-8"]] }, true],
    ["of a longer type", { headers: [["Content-Type", "application/json-seq"]] }, false],
    ["of a type that ends so", { headers: [["Content-Type", "x-application/json"]] }, false],
    ["that names no session", { body: '{"zoom_id":"a1"}' }, false],
    ["that names an empty one", { body: '{"sessionId":"","zoom_id":"a1"}' }, false],
    ["that names a number", { body: '{"sessionId":7,"zoom_id":"a1"}' }, false],
    ["that is no JSON", { body: "sessionId" }, false],
  ])("%s", (_what, sent, isRead) => {
    const { id } = causeOf(failedOver("bad-input", odd(200, documented, { headers: json, ...sent })));
    expect(id).toBe(isRead ? "bad-input/judges" : "acknowledges-unread");
  });

  it("by the method that the webhook was registered with", () => {
    const put = { ...batch, request: { ...batch.request, methods: ["PUT"] as const } };
    const { id } = causeOf(failedOver("bad-input", odd(200, documented, { headers: json })), put);
    expect(id).toBe("acknowledges-unread");
  });
});

test("a number is documented where the contract sends one, and nowhere else", () => {
  const contract: Contract = {
    ...document,
    request: { ...document.request, body: { sessionId: "{sessionId}", of: { count: 1 } } },
  };
  const idOf = (body: string): string => causeOf(failedOver("payload", odd(500, body)), contract).id;
  expect(idOf('{"sessionId":"a1","of":{"count":7}}')).toBe("payload/judges");
  expect(idOf('{"sessionId":"a1","of":{"count":"7"}}')).toBe("unlooked-at-body: failure");
  expect(idOf('{"sessionId":"a1","of":{}}')).toBe("unlooked-at-body: failure");
  expect(idOf('{"sessionId":"a1","of":null}')).toBe("unlooked-at-body: failure");
});

describe("what is said of a cause", () => {
  const examples: readonly ToldCheck[] = [
    failedOver("retries", { got: 200 }, { got: 409 }),
    failedOverWords("retries", "processed twice"),
    failedOverWords("effects", "never processed"),
    failedOver("bad-input", odd(200, `${documented}x`)),
    failedOver("authentication", odd(200, documented)),
    failedOver("bad-input", odd(500, "{'")),
    failedOver("payload", odd(500, "[]")),
    failedOver("bad-input", odd(200, "")),
    failedOver("payload", odd(404, documented)),
    failedOver("load", { got: 429 }),
    failedOver("signature", odd(200, documented)),
    failedOver("bad-input", odd(200, "[]", { says: '{"error":"no object"}' })),
    failedOver("retries", { got: 500 }),
  ];

  it("is a clause that says what is wrong, and a sentence or more on how to mend it", () => {
    for (const { says, fix } of examples.map((check) => causeOf(check))) {
      expect(says).toMatch(/^\S+( \S+){4,}$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("names the answer, as it came or why none did", () => {
    const saysOf = (got: number | string): string => causeOf(failedOver("retries", { got })).says;
    expect(saysOf(500)).toBe("the documented callback gets 500 Internal Server Error");
    expect(saysOf(599)).toBe("the documented callback gets 599");
    expect(saysOf("timeout")).toBe("the documented callback gets no answer in time");
    expect(saysOf("reset")).toBe("the documented callback gets a closed connection and no answer");
    expect(saysOf("tls")).toBe("the documented callback gets no answer");
    for (const check of [odd(500, "{'"), odd(500, "[]")].map((each) => failedOver("payload", each))) {
      expect(causeOf(check).says).toContain("500 Internal Server Error");
    }
  });
});

test("the hints of several checks stand side by side, each once, and one without a hint adds nothing", () => {
  const [a, b] = ["effects", "retries"].map((suite) => failedOverWords(suite, "never processed"));
  const [c, d] = ["retries", "load"].map((suite) => ({
    ...failedOverWords(suite, "never processed"),
    id: `${suite}/more`,
  }));
  expect(joinCauses([a!, b!, c!, { ...d!, hint: null }], batch)).toEqual([
    {
      id: "loses-work",
      says: "sessions are acknowledged and never processed",
      fix: "Mend effects. Mend retries.",
      checks: ["effects/judges", "retries/judges", "retries/more", "load/more"],
    },
  ]);
});

test("what was acknowledged later says nothing of an answer before it", () => {
  const check = failedOver("payload", { got: 409 }, { got: 200 });
  const [mismatch] = check.mismatches;
  expect(causeOf({ ...check, mismatches: [{ ...mismatch!, attempt: 0 }] }).id).toBe("payload/judges");
});

test("what could not be run stands behind what failed of the same cause, and nowhere where none is known", () => {
  const likelyCause = { id: "proxy", says: "a proxy stands before it", fix: "Look." };
  const unrun = { ...failedOver("load", { got: 200 }), outcome: "not-run", id: "load/unrun" };
  const failed = { ...failedOver("retries", { got: 502 }), likelyCause };
  const ofBoth = [{ ...unrun, likelyCause }, failed, { ...unrun, id: "load/other", likelyCause }];
  expect(joinCauses(ofBoth, batch)).toEqual([
    { ...likelyCause, checks: ["retries/judges", "load/unrun", "load/other"] },
  ]);
  expect(joinCauses([{ ...unrun, likelyCause }], batch)).toEqual([{ ...likelyCause, checks: ["load/unrun"] }]);
  expect(joinCauses([unrun, { ...unrun, outcome: "passed" }], batch)).toEqual([]);
});

test("a cause is as grave as the gravest of what it explains, and checks that are their own cause are told by their id", () => {
  const at = (level: string, check: ToldCheck): ToldCheck => ({ ...check, id: `${check.id}-${level}`, level });
  const refused = failedOver("retries", { got: 302 });
  const joined = joinCauses(
    [
      at("hardening", refused),
      at("recommended", refused),
      at("hardening", failedOverWords("effects", "never processed")),
      at("required", failedOverWords("effects", "never processed")),
      at("required", { ...refused, likelyCause: { id: "proxy", says: "a proxy", fix: "Look." } }),
      at("recommended", { ...refused, likelyCause: { id: "proxy", says: "a proxy", fix: "Look." } }),
    ],
    batch,
  );
  expect(joined.map(({ id }) => id)).toEqual([
    "loses-work",
    "proxy",
    "retries/judges-recommended",
    "retries/judges-hardening",
  ]);
});
