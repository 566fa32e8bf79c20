import { describe, expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { document } from "../contract/document.js";
import { filled } from "../contract/message.js";
import { signed } from "../contract/signed.js";
import { joinCauses } from "./joined-causes.js";
import type { ToldCheck } from "./symptoms.js";

interface Told {
  readonly label?: string;
  readonly body?: string;
  readonly status: number;
  /** What the same session was answered before; null for an answer that was lost on its way. */
  readonly before?: number | null;
  readonly actual?: string;
  readonly expected?: string;
  /** Of the answer. */
  readonly says?: string;
}

const documented = '{"sessionId":"a1","zoom_id":"a1"}';
const statusTexts: Record<number, string> = { 200: "OK", 409: "Conflict", 500: "Internal Server Error" };

const attempt = (status: number | null, body: string, label: string, says = ""): ToldCheck["attempts"][number] => ({
  sessionId: "a1",
  label,
  request: { method: "POST", body },
  response: status === null || status === 0 ? null : { status, statusText: statusTexts[status] ?? "", body: says },
  error: status === 0 ? { reason: "timeout" } : null,
});

/** A check that failed over one attempt. */
function failed(id: string, told: Told, level = "hardening"): ToldCheck {
  const { label = "", body = documented, status, before, actual = "it", expected = "a 2XX", says } = told;
  const earlier =
    before === undefined ? [] : [attempt(before, documented, before === null ? "answer lost on its way back" : "")];
  return {
    id,
    outcome: "failed",
    suite: id.split("/")[0] ?? "",
    level,
    hint: `Mend ${id}.`,
    mismatches: [{ expected, actual, attempt: earlier.length }],
    attempts: [...earlier, attempt(status, body, label, says)],
  };
}

const joined = (...checks: readonly ToldCheck[]): Record<string, readonly string[]> =>
  Object.fromEntries(joinCauses(checks, batch).map((cause) => [cause.id, cause.checks]));

describe("failures with one fault behind them", () => {
  it("are one cause: every 409 of a session that was met before", () => {
    const lost = failed("retries/lost", { status: 409, before: null }, "required");
    const interleaved = failed("retries/interleaved", { status: 409, before: 202 });
    const control = failed("authentication/refuses", { status: 409, before: 200 });
    expect(joinCauses([interleaved, control, lost], batch)).toEqual([
      {
        id: "known-session-refused: 409",
        says: "a session that the receiver knows already gets 409 Conflict",
        fix: expect.stringContaining("the same 2XX"),
        checks: ["retries/interleaved", "authentication/refuses", "retries/lost"],
      },
    ]);
  });

  it("have a fix that tells a lock that is held from a refusal", () => {
    const fixOf = (status: number) => joinCauses([failed("retries/a", { status, before: 200 })], batch)[0]?.fix;
    expect(fixOf(0)).toMatch(/under way\. Where it waits for the first, look for what that holds still/);
    expect(fixOf(409)).toMatch(/under way\.$/);
  });

  it("are apart: what is done twice for one callback, and what is done again for a second one", () => {
    const lone = failed("retries/every", { status: 200, actual: "processed 2 times, though sent once" });
    const again = failed("retries/duplicate", { status: 200, actual: "processed 2 times" });
    expect(joined(lone, again)).toEqual({
      "works-twice-by-itself": ["retries/every"],
      "works-again": ["retries/duplicate"],
    });
    expect(joinCauses([lone], batch)).toMatchObject([
      { says: "a callback that was sent once is worked on twice", fix: expect.stringMatching(/proxy_next_upstream/) },
    ]);
  });

  it("are one cause: every silence to a session that was met before, and not what is answered to a new one", () => {
    const reset = failed("retries/duplicate", { status: 0, before: 200 }, "required");
    const storm = failed("load/storm", { status: 0, before: 200 });
    const fresh = failed("load/fresh", { status: 0 });
    expect(joinCauses([reset, storm, fresh], batch)).toMatchObject([
      {
        says: "a session that the receiver knows already gets no answer in time",
        checks: ["retries/duplicate", "load/storm"],
      },
      {
        says: "callbacks that come in numbers get no answer in time",
        fix: expect.stringContaining("Store each session in a queue"),
        checks: ["load/fresh"],
      },
    ]);
  });

  it("are one cause: the first callback, which several checks judge, and which is refused", () => {
    const first = (id: string): ToldCheck => failed(id, { status: 409 }, "required");
    const later = failed("authentication/later", { status: 409, before: 401 });
    const odd = failed("authentication/odd", { status: 409, label: "odd" }, "required");
    expect(joinCauses([first("acknowledgement/a")], batch)[0]?.says).toBe("the documented callback gets 409 Conflict");
    expect(joined(first("acknowledgement/a"), first("authentication/b"), first("payload/c"), odd, later)).toEqual({
      "documented-callback-refused: 409": ["acknowledgement/a", "authentication/b"],
      "payload/c": ["payload/c"],
      "authentication/odd": ["authentication/odd"],
      "authentication/later": ["authentication/later"],
    });
  });

  it("are one cause: refusals that only the body of a 2XX tells of", () => {
    const wrapped = (id: string, label: string, inside: number): ToldCheck =>
      failed(id, { label, body: "{", status: 200, says: `{"statusCode":${inside},"body":"no"}` });
    const broken = wrapped("bad-input/refuses-malformed-json", "cut off", 400);
    const stranger = wrapped("authentication/refuses-wrong-credentials", "wrong", 401);
    const unread = failed("bad-input/refuses-an-empty-body", { label: "empty", body: "", status: 200, says: "{}" });
    expect(joinCauses([broken, stranger, unread], batch)).toMatchObject([
      {
        id: "refused-in-the-body-alone",
        says: 'what is refused gets 200 OK, and only the body says so ("statusCode": 400)',
        checks: ["bad-input/refuses-malformed-json", "authentication/refuses-wrong-credentials"],
      },
      { says: "requests that are no callback are acknowledged", checks: ["bad-input/refuses-an-empty-body"] },
    ]);
  });

  it("are of the parser over an empty body only where it fails over what is no JSON as well", () => {
    const empty = failed("bad-input/refuses-an-empty-body", { label: "empty", body: "", status: 500 });
    const broken = failed("bad-input/refuses-malformed-json", { label: "cut off", body: "{", status: 500 });
    const list = failed("bad-input/refuses-a-body-that-is-not-an-object", { label: "a list", body: "[]", status: 500 });
    expect(joined(empty, list)).toEqual({
      "unlooked-at-body: failure": [
        "bad-input/refuses-an-empty-body",
        "bad-input/refuses-a-body-that-is-not-an-object",
      ],
    });
    expect(joined(empty, broken)).toEqual({
      "parser-error-as-failure: 500": ["bad-input/refuses-an-empty-body", "bad-input/refuses-malformed-json"],
    });
    const taken = failed("bad-input/refuses-malformed-json", { label: "cut off", body: "{", status: 200 });
    expect(Object.keys(joined(empty, taken))).toContain("unlooked-at-body: failure");
    const silent = (id: string, body: string): ToldCheck => failed(id, { label: "odd", body, status: 0 });
    expect(joined(silent("bad-input/empty", ""), silent("bad-input/broken", "{"))).toEqual({
      "parser-error-as-failure: silence": ["bad-input/empty", "bad-input/broken"],
    });
  });

  it("are several where they only look alike", () => {
    const afterRefusal = failed("authentication/burnt", { status: 409, before: 401 });
    const known = failed("retries/known", { status: 409, before: 200 });
    const fresh = failed("payload/fresh", { status: 409, label: "odd", says: '{"error":"unknown"}' });
    expect(Object.keys(joined(known, afterRefusal, fresh))).toEqual([
      "known-session-refused: 409",
      "authentication/burnt",
      "refuses-what-may-change",
    ]);
  });

  it("are one cause: a parser's errors that all become a 500, and what they show", () => {
    const notJson = { label: "odd", body: "{'a'", status: 500 };
    expect(joined(failed("bad-input/a", notJson), failed("bad-input/b", { ...notJson, body: "" }))).toEqual({
      "parser-error-as-failure: 500": ["bad-input/a", "bad-input/b"],
    });
  });

  it("are one cause: silence over any JSON that the handler does not expect", () => {
    const odd = (id: string, body: string): ToldCheck => failed(id, { label: "odd", body, status: 0 });
    const checks = [odd("payload/a", '{"sessionId":"a1"}'), odd("bad-input/b", "null"), odd("fuzz/c", "[]")];
    expect(joined(...checks)).toEqual({ "unlooked-at-body: silence": ["payload/a", "bad-input/b", "fuzz/c"] });
  });

  it.each(["x", "}", "]", ` ${documented}`])("are one cause: a decoder that stops early, before %j", (more) => {
    const behind = { label: "odd", body: `  ${documented}${more}`, status: 200 };
    expect(joined(failed("bad-input/a", behind), failed("bad-input/b", behind))).toEqual({
      "decoder-stops-early": ["bad-input/a", "bad-input/b"],
    });
  });

  it("are of the parser where the answer says so, whatever was sent", () => {
    const says = String.raw`invalid character '\x00' looking for beginning of value`;
    const check = failed("payload/a", { label: "odd", body: '{"sessionId":"a1"}', status: 500, says });
    expect(joined(check)).toEqual({ "parser-error-as-failure: 500": ["payload/a"] });
    expect(joined(failed("bad-input/b", { label: "odd", body: "7 {}", status: 299 }))).toEqual({
      "acknowledges-unread": ["bad-input/b"],
    });
  });

  it("are of the documented callback where nothing about it was varied", () => {
    const checks = [failed("retries/a", { status: 500 }), failed("payload/b", { status: 500, label: "odd" })];
    expect(joinCauses(checks, batch)).toMatchObject([
      {
        id: "documented-callback-fails: 500",
        says: "the documented callback gets 500 Internal Server Error",
        checks: ["retries/a"],
      },
      { id: "payload/b" },
    ]);
  });

  it("are not of what is acknowledged where its answer is what is wrong", () => {
    const expected = "an answer without the inside of the receiver";
    const told = { label: "odd", body: "{", status: 200, expected, says: '{"error":"at /srv/hook.js"}' };
    expect(joined(failed("bad-input/a", told))).toEqual({ "bad-input/a": ["bad-input/a"] });
  });

  it.each<[string, Partial<ToldCheck["attempts"][number]>, boolean]>([
    ["gets the same answer", {}, false],
    ["gets another", { response: { status: 404, statusText: "" } }, true],
    ["gets none", { response: null, error: { reason: "timeout" } }, true],
    ["is odd", { label: "odd" }, true],
  ])("are of a session that is known, unless a new one gets the same: one that %s", (_what, fresh, isKnown) => {
    for (const again of [attempt(500, documented, ""), { ...attempt(0, documented, ""), error: { reason: "reset" } }]) {
      const check: ToldCheck = {
        ...failed("retries/a", { status: 500 }),
        mismatches: [1, 2].map((index) => ({ expected: "a 2XX", actual: "it", attempt: index })),
        attempts: [attempt(200, documented, ""), again, { ...again, sessionId: "b2", ...fresh }],
      };
      expect(Object.keys(joined(check)).some((id) => id.startsWith("known-session-refused"))).toBe(isKnown);
    }
  });

  it("are told of one attempt each, and of none where the finding is about none", () => {
    const check: ToldCheck = {
      ...failed("bad-input/a", { status: 200 }),
      mismatches: [
        { expected: "a receiver that listens", actual: "none" },
        { expected: "a 4XX", actual: "it", attempt: 0 },
      ],
      attempts: [attempt(200, `${documented}x`, "behind"), attempt(200, "{", "cut off")],
    };
    expect(joined(check)).toEqual({ "bad-input/a": ["bad-input/a"], "decoder-stops-early": ["bad-input/a"] });
  });

  it("are told apart in one check that has several", () => {
    const both: ToldCheck = {
      ...failed("bad-input/both", { status: 500 }),
      mismatches: [0, 1].map((index) => ({ expected: "a 4XX", actual: "it", attempt: index })),
      attempts: [attempt(500, "{'", "quotes"), { ...attempt(200, `${documented}x`, "behind"), sessionId: "b2" }],
    };
    expect(joined(both)).toEqual({
      "parser-error-as-failure: 500": ["bad-input/both"],
      "decoder-stops-early": ["bad-input/both"],
    });
  });

  it("are one cause where whatever comes is acknowledged, but for callbacks that are odd in another way", () => {
    const json = [["Content-Type", "application/json"]] as const;
    const sent = (id: string, method: string, headers: readonly (readonly [string, string])[]): ToldCheck => {
      const check = failed(id, { label: "odd", status: 200 });
      return {
        ...check,
        attempts: check.attempts.map((each) => ({ ...each, request: { ...each.request, method, headers } })),
      };
    };
    const checks = [
      failed("bad-input/empty", { label: "odd", body: "", status: 200 }),
      sent("bad-input/content-type", "POST", [["content-type", "text/plain"]]),
      sent("bad-input/method", "DELETE", json),
      sent("bad-input/framing", "POST", json),
    ];
    expect(joined(...checks)).toEqual({
      "acknowledges-unread": ["bad-input/empty", "bad-input/content-type", "bad-input/method"],
      "bad-input/framing": ["bad-input/framing"],
    });
  });

  it("are one cause where the answer showed it, which goes before all else", () => {
    const likelyCause = { id: "process-ended", says: "it has ended", fix: "Start it." };
    const checks = ["retries/a", "load/b"].map((id) => ({ ...failed(id, { status: 0 }), likelyCause }));
    expect(joinCauses(checks, batch)).toEqual([{ ...likelyCause, checks: ["retries/a", "load/b"] }]);
  });

  it("are one cause each where nothing joins them, with the hint of the check", () => {
    expect(joinCauses([failed("callback-url/a", { status: 301 }, "required")], batch)).toEqual([
      {
        id: "callback-url/a",
        says: "callback-url/a: expected a 2XX, got it",
        fix: "Mend callback-url/a.",
        checks: ["callback-url/a"],
      },
    ]);
  });

  it.each([batch, document, signed])("do not blame what is as documented under $id", (contract) => {
    const { request } = contract;
    const places = { sessionId: "a1", documentId: "d1", timestamp: "2026-01-31T12:00:00Z", number: "7" };
    const body = JSON.stringify(filled(request.body, places));
    const odd = failed("payload/accepts-unknown-headers", { label: "with unknown headers", body, status: 500 });
    expect(joinCauses([odd], contract).map(({ id }) => id)).not.toContain("unlooked-at-body: failure");
    const more = JSON.stringify({ ...filled(request.body, places), more: 1 });
    const varied = failed("payload/accepts-unknown-fields", { label: "with unknown fields", body: more, status: 500 });
    expect(joinCauses([varied], contract).map(({ id }) => id)).toContain("unlooked-at-body: failure");
  });

  it("tell what to do by the contract: the same request again is no duplicate of a document", () => {
    const again = failed("retries/again", { status: 409, before: 200 });
    const [one] = joinCauses([again], batch);
    const [other] = joinCauses([again], document);
    expect([one?.fix, other?.fix]).toEqual([
      expect.stringContaining("as at first, without doing the work again"),
      expect.stringContaining("as at first, and look again"),
    ]);
    const unread = failed("bad-input/empty", { label: "empty", body: "{}", status: 200 });
    expect(joinCauses([unread], signed)[0]?.fix).toContain("its data.id is a string");
  });

  it("are one where signatures are not looked at", () => {
    const checks = ["missing", "wrong"].map((name) =>
      failed(`signature/refuses-a-${name}-signature`, { label: name, status: 200 }),
    );
    expect(joinCauses(checks, signed)).toMatchObject([
      { id: "signature-not-compared", checks: checks.map(({ id }) => id) },
    ]);
  });

  it("stand in the order of how grave they are, then of how much they explain", () => {
    const grave = failed("retries/grave", { status: 409, before: 200 }, "required");
    const many = ["a", "b"].map((name) => failed(`bad-input/${name}`, { label: "odd", body: "{'", status: 500 }));
    const one = failed("bad-input/one", { label: "odd", body: "null", status: 0 });
    expect(Object.keys(joined(one, ...many, grave))).toEqual([
      "known-session-refused: 409",
      "parser-error-as-failure: 500",
      "unlooked-at-body: silence",
    ]);
  });
});
