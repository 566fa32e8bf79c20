import { describe, expect, it } from "vitest";
import type { Told } from "./plan.js";
import {
  baselineCheckOf,
  checkIn,
  outcomesOf,
  runChecks,
  startReceiver,
  targetOf,
  type Arrived,
  type Given,
} from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";

const json = { "Content-Type": "application/json" };
const html = { "Content-Type": "text/html" };
const unknownSession = (status: number): Given => ({ status, headers: json, body: '{"error":"unknown session"}' });
const elsewhere = { status: 404, headers: html, body: "<pre>Cannot POST /</pre>" };

/** Answers like this at the callback path, and as its framework does beside it. */
async function refusedWith(
  answer: Given | ((callback: Arrived) => Given),
  options: Partial<Told> & { beside?: Given | ((callback: Arrived) => Given); userinfo?: string } = {},
) {
  const { beside = elsewhere, userinfo = "", ...rest } = options;
  const receiver = await startReceiver((callback) => {
    const given = callback.path === "/hooks/scriptix" ? answer : beside;
    return typeof given === "function" ? given(callback) : given;
  });
  const target = targetOf(receiver.url.replace("//", `//${userinfo}`), rest);
  const report = await runChecks(target, [baselineCheckOf("a/acknowledges")]);
  return { report, receiver, outcome: outcomesOf(report)["a/acknowledges"] };
}

const right = "not-run credentials-or-session-unknown";

describe("a refusal that may be right leaves the run inconclusive:", () => {
  it.each([401, 403])("%i where no credentials were given, with a sentence on how to pass them", async (status) => {
    const { report, outcome } = await refusedWith({ status });
    expect(outcome).toBe(right);
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
    expect(report.notes.join()).toContain(
      "no credentials were given: pass the headers that are configured with the webhook, as in -H 'Name: value'.",
    );
  });

  it.each([403, 404, 409, 410, 422])(
    "%i to a session that it never started, with a sentence on how to supply some",
    async (status) => {
      const { report, outcome } = await refusedWith(unknownSession(status), { headers: [["X-Api-Key", "key"]] });
      expect(outcome).toBe(right);
      expect(report.verdict).toBe("inconclusive");
      expect(report.notes.join()).toContain("--session-ids or --session-command.");
      expect(checkIn(report, "a/acknowledges").reason).toContain(
        "to a session that it never started, which may be right",
      );
    },
  );

  it("403 to an address that is not on a list, with a sentence on that list and none on sessions", async () => {
    const answer = { status: 403, headers: json, body: '{"error":"IP address 203.0.113.9 is not allowed"}' };
    const { report, outcome } = await refusedWith(answer, { headers: [["X-Api-Key", "key"]], beside: answer });
    expect(outcome).toBe(right);
    expect(report.notes).toContain(
      "The receiver answered 403 Forbidden, and says that the address that the request came from is not on a list, which may be right: put the address that this machine is seen with on that list, and in production those that callbacks come from.",
    );
  });

  it.each([
    ["no 422 of a receiver that has not found its id in the body", "sessionId missing", "failed"],
    ["a 422 that names the session", "session_id {id} is missing", right],
  ])("%s", async (_what, body, outcome) => {
    const answer = ({ sessionId }: Arrived): Given => ({ status: 422, body: body.replace("{id}", sessionId) });
    expect((await refusedWith(answer, { headers: [["X-Api-Key", "key"]] })).outcome).toBe(outcome);
  });

  it("404 with a body that a handler and a framework alike may send, where a path beside it is answered otherwise", async () => {
    const { outcome } = await refusedWith({
      status: 404,
      headers: { "Content-Type": "text/plain" },
      body: "Not Found",
    });
    expect(outcome).toBe(right);
  });

  it("nothing of it is asked for a second time", async () => {
    const { receiver } = await refusedWith(unknownSession(404));
    expect(receiver.arrived.map(({ path }) => path.replace(/-[0-9a-f]{12}$/, ""))).toEqual([
      "/hooks/scriptix",
      "/hooks/no-such-path",
    ]);
  });
});

describe("a refusal is a failure", () => {
  it.each([400, 405, 415, 500])("%i, whatever session it is about", async (status) => {
    expect((await refusedWith(unknownSession(status))).outcome).toBe("failed");
  });

  it("401 where credentials are configured", async () => {
    expect((await refusedWith({ status: 401 }, { headers: [["X-Api-Key", "key"]] })).outcome).toBe("failed");
  });

  it("401 where credentials stand in the URL", async () => {
    expect((await refusedWith({ status: 401 }, { userinfo: "user:password@" })).outcome).toBe("failed");
  });

  it.each([403, 404, 409, 410, 422])("%i to a session that was supplied", async (status) => {
    const options = { headers: [["X-Api-Key", "key"]] as const, sessions: suppliedSessions(["s1"]) };
    expect((await refusedWith(unknownSession(status), options)).outcome).toBe("failed");
  });

  it("where a path beside the callback's is answered just so", async () => {
    expect((await refusedWith(unknownSession(404), { beside: unknownSession(404) })).outcome).toBe("failed");
  });

  it.each<[string, (callback: Arrived) => string]>([
    ["the path", ({ path }) => `{"error":"not found","path":"${path}"}`],
    ["the path with escaped slashes", ({ path }) => `{"error":"not found","path":"${path.replaceAll("/", "\\/")}"}`],
    ["the path without its slash", ({ path }) => `{"message":"nothing at ${path.slice(1)} here"}`],
    ["the session id", ({ sessionId }) => `{"error":"nothing for ${sessionId}"}`],
    [
      "a request id",
      ({ number }) =>
        `{"error":"not found","request":"${["ab1c2d3f-abcd-4a5b-8c9d-cdef01234567", "fedc2d3f-efab-4bcd-8fed-0123456789ab"][number % 2]}"}`,
    ],
    ["a time", ({ number }) => `{"error":"not found","timestamp":"2025-01-01T00:00:0${number}.123Z"}`],
  ])("where it is answered just so but for %s", async (_what, body) => {
    const answer = (callback: Arrived): Given => ({ status: 404, headers: json, body: body(callback) });
    expect((await refusedWith(answer, { beside: answer })).outcome).toBe("failed");
  });

  it("with a framework's own 404, whatever is answered beside it", async () => {
    const { outcome, receiver } = await refusedWith({ ...elsewhere }, { beside: { status: 200 } });
    expect(outcome).toBe("failed");
    expect(receiver.arrived).toHaveLength(2);
  });

  it.each<[string, Given]>([
    ["a login page", { status: 403, headers: html, body: '<form><input type="password"></form>' }],
    ["a CSRF refusal", { status: 403, headers: html, body: "<p>CSRF verification failed.</p>" }],
    [
      "a CSRF refusal with 422",
      { status: 422, headers: html, body: "<h1>ActionController::InvalidAuthenticityToken</h1>" },
    ],
    [
      "a bot wall",
      { status: 403, headers: { ...html, "cf-mitigated": "challenge" }, body: "<title>Just a moment...</title>" },
    ],
    [
      "a preview gate",
      { status: 401, headers: { ...html, "Set-Cookie": "_vercel_sso_nonce=1" }, body: "<p>Vercel Authentication</p>" },
    ],
    [
      "an API gateway without such a route",
      { status: 403, headers: json, body: '{"message":"Missing Authentication Token"}' },
    ],
  ])("where it is that of %s", async (_what, answer) => {
    expect((await refusedWith(answer)).outcome).toBe("failed");
  });
});
