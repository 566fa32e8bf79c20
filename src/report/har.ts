import { jsonText } from "./json-text.js";
import { cutMark } from "../cut.js";
import type { Report, ReportAttempt, ReportCheck } from "./model.js";
import { redacted } from "./redact.js";
import { formatOffset } from "./virtual-time.js";
import { toldApart } from "./contracts.js";

/** What the format says where a size is not known. */
const unknown = -1;

/** What browsers write where no Content-Type was sent. */
const noType = "x-unknown";

/**
 * `report.har`: every exchange kept as evidence, oldest first, as an HTTP Archive 1.2
 * (http://www.softwareishard.com/blog/har-12-spec/). Nothing is decoded on the way, since a decoded text could show
 * what was redacted in its encoded spelling.
 */
export function renderHar(report: Report): string {
  const { harness, verdictLine } = report;
  const entries = exchangesOf(toldApart(report).checks)
    .map(({ attempt, seenBy }) => entry(attempt, seenBy))
    .sort((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : a.startedDateTime > b.startedDateTime ? 1 : 0));
  const creator = { name: harness.name, version: harness.version };
  return `${jsonText({ log: { version: "1.2", creator, entries, comment: verdictLine } })}\n`;
}

interface Exchange {
  readonly attempt: ReportAttempt;
  /** Ids of the checks that it is evidence of. */
  readonly seenBy: string[];
}

/** Each exchange once: the first callback is evidence of several checks. Failed checks keep more of a body. */
function exchangesOf(checks: readonly ReportCheck[]): readonly Exchange[] {
  const exchanges = new Map<string, Exchange>();
  const failedFirst = [...checks].sort((a, b) => Number(b.outcome === "failed") - Number(a.outcome === "failed"));
  for (const { id, attempts } of failedFirst) {
    const within = new Map<string, number>();
    for (const attempt of attempts) {
      // Sessions belong to one check, but one check may send the same attempt of the same session several times at once.
      const key = JSON.stringify([attempt.sessionId, attempt.number, attempt.startedAt, attempt.label]);
      const times = (within.get(key) ?? 0) + 1;
      within.set(key, times);
      const known = exchanges.get(`${times} ${key}`);
      if (known === undefined) exchanges.set(`${times} ${key}`, { attempt, seenBy: [id] });
      else known.seenBy.push(id);
    }
  }
  return [...exchanges.values()];
}

function entry(attempt: ReportAttempt, seenBy: readonly string[]) {
  const { durationMs, number, virtualOffsetMs } = attempt;
  const label = attempt.label === "" ? "" : ` (${attempt.label})`;
  return {
    startedDateTime: attempt.startedAt,
    time: durationMs,
    request: requestOf(attempt),
    response: responseOf(attempt),
    cache: {},
    timings: {
      blocked: unknown,
      dns: unknown,
      connect: unknown,
      ssl: unknown,
      // The format wants these three above zero, and their sum as the time.
      send: 0,
      wait: durationMs,
      receive: 0,
      comment: "measured in one, from the start of the attempt to its end",
    },
    comment: `${seenBy.join(", ")}${label}: attempt ${number} at ${formatOffset(virtualOffsetMs)} of the schedule`,
  };
}

function requestOf({ request }: ReportAttempt) {
  const { method, headers, body } = request;
  const { text, comment } = withoutCutMark(body);
  const mimeType = headerOf(headers, "content-type") ?? "";
  return {
    method,
    url: request.url,
    httpVersion: "HTTP/1.1",
    cookies: cookiesIn(headers, "cookie"),
    headers: headers.map(([name, value]) => ({ name, value })),
    queryString: queryOf(request.url),
    ...(body !== "" && { postData: { mimeType, text, ...comment } }),
    headersSize: unknown,
    bodySize: sizeOf(body),
  };
}

function responseOf({ response, error }: ReportAttempt) {
  if (response === null) {
    // As browsers write a request that got no answer.
    return {
      status: 0,
      statusText: "",
      httpVersion: "unknown",
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: noType },
      redirectURL: "",
      headersSize: unknown,
      bodySize: unknown,
      ...(error !== null && { comment: `${error.reason} (${error.code}): ${error.message}` }),
    };
  }
  const { headers, body, bodyEnd } = response;
  const { text, comment } = withoutCutMark(body);
  const size = bodyEnd === "complete" ? sizeOf(body) : unknown;
  return {
    status: response.status,
    statusText: response.statusText,
    httpVersion: "unknown",
    cookies: cookiesIn(headers, "set-cookie"),
    headers: headers.map(([name, value]) => ({ name, value })),
    content: { size, mimeType: headerOf(headers, "content-type") ?? noType, text, ...comment },
    redirectURL: headerOf(headers, "location") ?? "",
    headersSize: unknown,
    bodySize: size,
    ...(bodyEnd !== "complete" && { comment: `the body did not end as it should: ${bodyEnd}` }),
  };
}

type Headers = ReportAttempt["request"]["headers"];

function headerOf(headers: Headers, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}

/** RFC 6265 sections 4.1.1 and 4.2.1: of `Set-Cookie` the first pair is the cookie, of `Cookie` every pair is one. */
function cookiesIn(headers: Headers, header: "cookie" | "set-cookie") {
  return headers
    .filter(([name]) => name.toLowerCase() === header)
    .flatMap(([, value]) => value.split(";").slice(0, header === "cookie" ? undefined : 1))
    .map((pair) => splitAt(pair.trim(), "="));
}

function queryOf(url: string) {
  const [, query] = /^[^?#]*\?([^#]*)/.exec(url) ?? [];
  if (query === undefined || query === "") return [];
  return query.split("&").map((pair) => splitAt(pair, "="));
}

function splitAt(text: string, mark: string): { readonly name: string; readonly value: string } {
  const index = text.indexOf(mark);
  return index < 0 ? { name: text, value: "" } : { name: text.slice(0, index), value: text.slice(index + 1) };
}

/** Bytes on the wire, as far as they can be told from the text: not where something in it was replaced. */
function sizeOf(body: string): number {
  if (body.includes("\ufffd") || body.includes(redacted)) return unknown;
  const [, , total] = cutMark.exec(body) ?? [];
  return total === undefined ? Buffer.byteLength(body, "utf8") : Number(total.replaceAll(",", ""));
}

function withoutCutMark(body: string): { readonly text: string; readonly comment: { readonly comment?: string } } {
  const mark = cutMark.exec(body);
  if (mark === null) return { text: body, comment: {} };
  return { text: body.slice(0, mark.index), comment: { comment: `cut: ${mark[1]} of ${mark[2]} bytes shown` } };
}
