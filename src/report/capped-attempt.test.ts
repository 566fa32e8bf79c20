import { expect, it } from "vitest";
import { cappedAttempt, cappedChecks } from "./capped-attempt.js";
import type { ReportAttempt, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const [check] = sampleReport().checks as [ReportCheck];
const attempt = (headers: ReportAttempt["request"]["headers"], body = ""): ReportAttempt => ({
  number: 1,
  sessionId: "a",
  label: "",
  request: { method: "POST", url: "http://h/", headers: [], body: "" },
  response: { status: 500, statusText: "x".repeat(5000), headers, body, bodyEnd: "complete" },
  error: null,
  startedAt: "",
  virtualOffsetMs: 0,
  durationMs: 1,
});

it("cuts a header that is too long, and leaves out what is more than fits, with marks that say so", () => {
  const long = cappedAttempt(attempt([["X-Long", "a".repeat(60_000)]]), "failed").response!;
  expect(long.headers).toEqual([["X-Long", `${"a".repeat(2048)}… [cut: 2,048 of 60,000 bytes shown]`]]);
  expect(long.statusText).toHaveLength(1024 + "… [cut: 1,024 of 5,000 bytes shown]".length);
  const many = Array.from({ length: 5000 }, (_, index) => [`X-${index}`, "value"] as const);
  const { headers } = cappedAttempt(attempt(many), "failed").response!;
  expect(headers.slice(0, 2)).toEqual(many.slice(0, 2));
  expect(headers.at(-1)).toEqual(["…", `[cut: ${headers.length - 1} of 5,000 headers shown]`]);
});

it("keeps saying how much there was when it is cut again", () => {
  const many = Array.from({ length: 5000 }, (_, index) => [`X-${index}`, "value"] as const);
  const first = cappedAttempt(attempt(many, "b".repeat(60_000)), "failed");
  const again = cappedAttempt(first, "passed").response!;
  expect(again.body).toMatch(/^b{1024}… \[cut: 1,024 of 60,000 bytes shown\]$/);
  expect(again.headers.at(-1)).toEqual(["…", `[cut: ${again.headers.length - 1} of 5,000 headers shown]`]);
  expect(cappedAttempt({ ...first, response: again }, "passed").response).toEqual(again);
});

it("brings all attempts of a report within a number of bytes, and leaves none out", () => {
  const attempts = Array.from({ length: 60 }, () => attempt([["X", "a".repeat(2000)]], "b".repeat(8000)));
  const checks = Array.from({ length: 20 }, () => ({ ...check, outcome: "failed" as const, attempts }));
  const capped = cappedChecks(checks, 2_000_000);
  expect(Buffer.byteLength(JSON.stringify(capped.map((each) => each.attempts)))).toBeLessThan(2_000_000);
  expect(capped.map((each) => each.attempts.length)).toEqual(checks.map(() => 60));
  expect(cappedChecks([check], 2_000_000)).toEqual([check]);
});

it("cuts what is blamed no more than the rest, where all of it is too much", () => {
  const sent = { ...attempt([], "b".repeat(8000)), request: { ...attempt([]).request, body: "r".repeat(8000) } };
  const mismatches = [{ expected: "", actual: "", where: "", attempt: 1 }];
  const [capped] = cappedChecks([{ ...check, outcome: "failed", mismatches, attempts: [sent, sent] }], 20_000);
  expect(capped?.attempts.map(({ request }) => /^r*/.exec(request.body)?.[0].length)).toEqual([1024, 4096]);
});
