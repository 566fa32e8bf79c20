import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { capText } from "./evidence.js";
import { renderHar } from "./har.js";
import type { Report, ReportAttempt, ReportCheck, ReportResponse } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

/** It comes without types. */
const { har: validateHar } = createRequire(import.meta.url)("har-validator") as {
  har(archive: unknown): Promise<unknown>;
};

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly timings: Readonly<Record<string, number | string>>;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly comment: string;
}

const entriesOf = (report: Report): readonly Entry[] =>
  (JSON.parse(renderHar(report)) as { log: { entries: Entry[] } }).log.entries;

const [withAttempts] = sampleReport().checks as [ReportCheck];
const [reset, refused] = withAttempts.attempts as [ReportAttempt, ReportAttempt];

const withChecks = (...checks: readonly Partial<ReportCheck>[]): Report => ({
  ...sampleReport(),
  checks: checks.map((check) => ({ ...withAttempts, ...check })),
});

function entryOf(attempt: Partial<ReportAttempt>): Entry {
  const [entry] = entriesOf(withChecks({ attempts: [{ ...refused, ...attempt }] }));
  if (entry === undefined) throw new Error("no entry");
  return entry;
}

const answering = (response: Partial<ReportResponse>): Entry =>
  entryOf({ response: { ...(refused.response as ReportResponse), ...response } });

const requesting = (request: Partial<ReportAttempt["request"]>): Entry =>
  entryOf({ request: { ...refused.request, ...request } });

test.each<[string, Report]>([
  ["an answer and an error", sampleReport()],
  ["no exchange", withChecks({ attempts: [] })],
  [
    "odd ones",
    withChecks({
      attempts: [
        {
          ...refused,
          request: { ...refused.request, url: "http://[redacted]@[::1]:1/a?b&=&c=[redacted]#d", body: "" },
        },
        { ...reset, durationMs: 0, error: null },
      ],
    }),
  ],
])("is a valid archive: %s", async (_, report) => {
  await expect(validateHar(JSON.parse(renderHar(report)))).resolves.toBeDefined();
});

test("names who made it, and the verdict", () => {
  const { log } = JSON.parse(renderHar(sampleReport())) as { log: object };
  expect(log).toMatchObject({
    version: "1.2",
    creator: { name: "webhook-conformance", version: "0.1.0" },
    comment: sampleReport().verdictLine,
  });
});

test("the request, with its body", () => {
  const body = refused.request.body;
  expect(requesting({ url: "https://hooks.example/a?x=1&y&z=%20b=c#f" }).request).toEqual({
    method: "POST",
    url: "https://hooks.example/a?x=1&y&z=%20b=c#f",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: refused.request.headers.map(([name, value]) => ({ name, value })),
    queryString: [
      { name: "x", value: "1" },
      { name: "y", value: "" },
      { name: "z", value: "%20b=c" },
    ],
    postData: { mimeType: "application/json", text: body },
    headersSize: -1,
    bodySize: body.length,
  });
});

test("the response", () => {
  expect(answering({}).response).toEqual({
    status: 503,
    statusText: "Service Unavailable",
    httpVersion: "unknown",
    cookies: [],
    headers: [{ name: "Content-Type", value: "text/html" }],
    content: { size: 19, mimeType: "text/html", text: "<h1>Down & out</h1>" },
    redirectURL: "",
    headersSize: -1,
    bodySize: 19,
  });
});

test("an error stands in the place of a response, as browsers write it", () => {
  const [entry] = entriesOf(withChecks({ attempts: [reset] }));
  expect(entry?.response).toMatchObject({
    status: 0,
    content: { size: 0, mimeType: "x-unknown" },
    bodySize: -1,
    comment: "reset (ECONNRESET): The connection was reset before an answer.",
  });
});

test("the time of an exchange is the sum of its parts; those not known are -1", () => {
  const { time, timings } = entryOf({ durationMs: 31 });
  expect(timings).toMatchObject({ blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 31, receive: 0 });
  expect(time).toBe(31);
});

test.each<[string, Partial<ReportResponse>, number]>([
  ["of what was cut, the whole", { body: capText("ä".repeat(1_000), 10) }, 2_000],
  ["of what is not text, unknown", { body: "\ufffd" }, -1],
  ["of what was redacted, unknown", { body: "key: [redacted]" }, -1],
  ["of what broke off, unknown", { body: "abc", bodyEnd: "broken" }, -1],
  ["of nothing, none", { body: "" }, 0],
])("the size %s", (_, response, size) => {
  expect(answering(response).response).toMatchObject({ bodySize: size, content: { size } });
});

test("a mark that a body was cut is a comment, no part of the body", () => {
  const { content } = answering({ body: capText("x".repeat(1_000), 5) }).response;
  expect(content).toMatchObject({ text: "xxxxx", comment: "cut: 5 of 1,000 bytes shown" });
});

test("a redirect and cookies are told in the places that readers look at", () => {
  const headers: ReportResponse["headers"] = [
    ["location", "/login"],
    ["Set-Cookie", "sid=a=b; Path=/; HttpOnly"],
    ["set-cookie", "theme=dark"],
  ];
  expect(answering({ headers }).response).toMatchObject({
    redirectURL: "/login",
    cookies: [
      { name: "sid", value: "a=b" },
      { name: "theme", value: "dark" },
    ],
    content: { mimeType: "x-unknown" },
  });
  expect(requesting({ headers: [["Cookie", "a=1; b=2"]] }).request).toMatchObject({
    cookies: [
      { name: "a", value: "1" },
      { name: "b", value: "2" },
    ],
  });
});

test("each entry says of which check it is evidence, its label and its time on the schedule", () => {
  expect(entryOf({ label: "without zoom_id" }).comment).toBe(
    "acknowledgement/acknowledges-with-2xx (without zoom_id): attempt 3 at 00:03:00 of the schedule",
  );
});

test("entries stand in the order in which they were sent", () => {
  const at = (startedAt: string, sessionId: string): ReportAttempt => ({ ...refused, startedAt, sessionId });
  const entries = entriesOf(
    withChecks(
      { id: "a/late", attempts: [at("2026-01-02T03:04:09.000Z", "1"), at("2026-01-02T03:04:07.000Z", "2")] },
      { id: "a/early", attempts: [at("2026-01-02T03:04:08.000Z", "3")] },
    ),
  );
  expect(entries.map(({ startedDateTime }) => startedDateTime.slice(17, 19))).toEqual(["07", "08", "09"]);
});

test("what is evidence of several checks is one exchange, as the check that failed shows it", () => {
  const short = { ...refused.request, body: capText(refused.request.body, 5) };
  const entries = entriesOf(
    withChecks(
      { id: "a/passes", outcome: "passed", attempts: [{ ...refused, request: short }] },
      { id: "a/fails", attempts: [refused] },
    ),
  );
  expect(entries.map(({ comment }) => comment)).toEqual(["a/fails, a/passes: attempt 3 at 00:03:00 of the schedule"]);
  expect(entries[0]?.request).toMatchObject({ postData: { text: refused.request.body } });
});

test("what one check sent several times at once stays several exchanges", () => {
  expect(entriesOf(withChecks({ attempts: [refused, refused, refused] }))).toHaveLength(3);
});
