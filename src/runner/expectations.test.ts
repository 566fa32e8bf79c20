import { describe, expect, it, test } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import { expectNoFailure, responseHeader, whatCame } from "./expectations.js";
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

test("a header is found in any letter case, the first one of several", () => {
  expect(responseHeader(answered(200), "RETRY-AFTER")).toBe("1");
  expect(responseHeader(answered(200), "etag")).toBeNull();
  expect(responseHeader(silent, "retry-after")).toBeNull();
});

describe("not to fail over something", () => {
  const mismatchesFor = (attempt: Attempt): number => {
    const found: unknown[] = [];
    expectNoFailure({ mismatch: (...finding: unknown[]) => found.push(finding) } as never, attempt);
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
