import { describe, expect, it, test } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import type { CheckContext } from "./check-context.js";
import {
  busyStatuses,
  expectAcknowledged,
  expectNoFailure,
  expectRefused,
  isBusy,
  isLocked,
  isRateLimited,
  isRefused,
  isTimeout,
  responseHeader,
  whatCame,
} from "./expectations.js";
import { summarizeLatencies } from "./latencies.js";
import { siblingPath } from "./sibling-path.js";

const answered = (status: number, statusText = ""): Attempt =>
  ({
    outcome: status < 300 ? { kind: "acknowledged", status } : { kind: "failed", reason: "status" },
    response: {
      status,
      statusText,
      headers: [
        ["Retry-After", "1"],
        ["retry-after", "2"],
      ],
    },
  }) as unknown as Attempt;
const silent = {
  outcome: { kind: "failed", reason: "timeout", message: "nothing came" },
  response: null,
} as unknown as Attempt;

test("what came is said in a few words", () => {
  expect(whatCame(answered(503, "Service Unavailable"))).toBe("503 Service Unavailable");
  expect(whatCame(answered(299))).toBe("299");
  expect(whatCame(silent)).toBe("no answer: nothing came");
});

test("turned away for now is a receiver with a lock or a limit, and no other", () => {
  expect([409, 425, 429, 503].map((status) => isBusy(answered(status)))).toEqual([true, true, true, true]);
  expect([200, 400, 423, 500].map((status) => isBusy(answered(status)))).toEqual([false, false, false, false]);
  expect([409, 423, 429, 500].map((status) => isLocked(answered(status)))).toEqual([true, true, true, false]);
  expect([isBusy(silent), isLocked(silent)]).toEqual([false, false]);
});

test("a header is found in any letter case, the first one of several", () => {
  expect(responseHeader(answered(200), "RETRY-AFTER")).toBe("1");
  expect(responseHeader(answered(200), "etag")).toBeNull();
  expect(responseHeader(silent, "retry-after")).toBeNull();
});

/** A context that takes mismatches, and tells how often sessions were processed where that is given. */
function contextOf(processed?: Readonly<Record<string, number>>) {
  const found: (readonly [expected: string, actual: string])[] = [];
  const asked: string[][] = [];
  const context = {
    observesEffects: processed !== undefined,
    mismatch: (expected: string, actual: string) => void found.push([expected, actual]),
    async effects(ids: readonly string[]) {
      asked.push([...ids]);
      return new Map(ids.map((id) => [id, processed?.[id] ?? 0]));
    },
  } as unknown as CheckContext;
  return { context, found, asked };
}

test("a timeout is told from other failures, and from answers", () => {
  const reset = { outcome: { kind: "failed", reason: "reset" }, response: null } as unknown as Attempt;
  expect([silent, reset, answered(500), answered(200)].map(isTimeout)).toEqual([true, false, false, false]);
});

test("a refusal is a 4XX, the first and the last of them too", () => {
  const statuses = [399, 400, 499, 500];
  expect(statuses.map((status) => isRefused(answered(status)))).toEqual([false, true, true, false]);
  expect(isRefused(silent)).toBe(false);
});

test("a rate limit is a 429, or a 503 that says when to come again", () => {
  const unavailable = {
    ...answered(503),
    response: { status: 503, statusText: "", headers: [] },
  } as unknown as Attempt;
  expect([answered(429), answered(503), answered(500), answered(200), unavailable, silent].map(isRateLimited)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a duplicate of what is under way may be told to wait", () => {
  expect([...busyStatuses]).toEqual([409, 425, 429]);
});

test("what is not acknowledged is told, attempt by attempt", () => {
  const { context, found } = contextOf();
  expectAcknowledged(context, answered(200), answered(404, "Not Found"), silent);
  expect(found).toEqual([
    ["a 2XX", "404 Not Found"],
    ["a 2XX", "no answer: nothing came"],
  ]);
});

describe("to refuse something", () => {
  const sent = (status: number, sessionId: string, names: "body" | "header" | "nowhere" = "body"): Attempt =>
    ({
      ...answered(status),
      request: {
        sessionId,
        headers: [
          ["Accept", "*/*"],
          ["X-Scriptix-Session", names === "header" ? sessionId : ""],
        ],
        body: Buffer.from(names === "body" ? `{"sessionId":"${sessionId}"}` : "{}"),
      },
    }) as unknown as Attempt;

  it("is to answer with a 4XX, where nothing else can be seen", async () => {
    const { context, found, asked } = contextOf();
    expect(await expectRefused(context, [sent(401, "a"), sent(200, "b"), sent(500, "c")])).toBeUndefined();
    expect(found).toEqual([
      ["a 4XX", "200"],
      ["a 4XX", "500"],
    ]);
    expect(asked).toEqual([]);
  });

  it("is to have no effect after a 2XX, where effects are seen, and they are asked for once", async () => {
    const { context, found, asked } = contextOf({ b: 1 });
    const attempts = [sent(200, "a"), sent(202, "b", "header"), sent(422, "c"), sent(503, "d")];
    expect(await expectRefused(context, attempts, "401")).toBeUndefined();
    expect(asked).toEqual([["a", "b"]]);
    expect(found).toEqual([
      ["401, or no effect", "202, and the session was processed"],
      ["401", "503"],
    ]);
  });

  it("needs no look at effects where all was refused", async () => {
    const { context, asked } = contextOf({});
    await expectRefused(context, [sent(400, "a")]);
    expect(asked).toEqual([]);
  });

  it("cannot be seen after a 2XX to a request that names no session", async () => {
    const { context, found } = contextOf({ b: 2 });
    const skip = await expectRefused(context, [sent(200, "a", "nowhere"), sent(200, "b")]);
    expect(skip).toMatchObject({
      skip: "not-observable",
      reason: expect.stringMatching(/^a request that names no/) as string,
    });
    expect(found).toEqual([["a 4XX, or no effect", "200, and the session was processed"]]);
  });
});

describe("not to fail over something", () => {
  const mismatchesFor = (attempt: Attempt): number => {
    const { context, found } = contextOf();
    expectNoFailure(context, attempt);
    for (const [expected] of found) expect(expected).toBe("a 2XX or a 4XX");
    return found.length;
  };

  it("is to take it or to refuse it", () => {
    expect([200, 204, 400, 404, 422].map((status) => mismatchesFor(answered(status)))).toEqual([0, 0, 0, 0, 0]);
  });

  it("is not to break, to redirect or to be silent", () => {
    expect([answered(500), answered(502), answered(302), silent].map(mismatchesFor)).toEqual([1, 1, 1, 1]);
  });
});

test.each([
  ["/hooks/scriptix", "/hooks/no-such-path-1"],
  ["/hooks/scriptix/", "/hooks/no-such-path-1"],
  ["/hooks/scriptix?a=1?b", "/hooks/no-such-path-1?a=1?b"],
  ["/hook", "/no-such-path-1"],
  ["/", "/no-such-path-1"],
  ["/?a=1", "/no-such-path-1?a=1"],
])("beside %s stands %s", (path, sibling) => {
  expect(siblingPath(path, "1")).toBe(sibling);
});

describe("latencies", () => {
  it("are none where nothing was measured", () => {
    expect(summarizeLatencies([])).toBeNull();
  });

  it("have percentiles by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarizeLatencies(hundred)).toMatchObject({ count: 100, p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 });
    expect(summarizeLatencies([7])).toMatchObject({ count: 1, p50Ms: 7, p95Ms: 7, p99Ms: 7, maxMs: 7 });
  });

  it("fall into buckets that double, each one once", () => {
    expect(summarizeLatencies([3, 4, 5, 17])?.histogram).toEqual([
      { upToMs: 4, count: 2 },
      { upToMs: 8, count: 1 },
      { upToMs: 16, count: 0 },
      { upToMs: 32, count: 1 },
    ]);
    expect(summarizeLatencies([0])?.histogram).toEqual([{ upToMs: 1, count: 1 }]);
  });
});
