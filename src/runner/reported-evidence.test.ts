import { oddities } from "../sender/oddities.js";
import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { signed } from "../contract/signed.js";
import type { Attempt } from "../sender/attempt.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { connectionFailure } from "../sender/failure.js";
import { attempt, sessionId, type Sent } from "./attempt.test.kit.js";
import type { Check } from "./check.js";
import type { CheckEnd, Evidence, Finding } from "./check-record.js";
import type { Told } from "./plan.js";
import { createRedactor } from "../report/redact.js";
import { redactCheck } from "../report/redact-report.js";
import { reportCheck, type ReportCheckOptions } from "./report-check.js";
import { checkOf, targetOf } from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";

const url = "https://hooks.example.com/hook";

const evidence = (of: Attempt, rest: Partial<Evidence> = {}): Evidence => ({
  attempt: of,
  label: "",
  scheduled: false,
  fitsCurl: true,
  variation: null,
  ...rest,
});

const finding = (where: Attempt | string, rest: Partial<Finding> = {}): Finding => ({
  expected: "this",
  actual: "that",
  where,
  fix: null,
  ...rest,
});

interface Reported {
  readonly check?: Partial<Check>;
  readonly end?: Partial<CheckEnd>;
  readonly evidence?: readonly (Evidence | null)[];
  readonly findings?: readonly Finding[];
  readonly notes?: string[];
  readonly latenciesMs?: number[];
  readonly told?: Partial<Told> & { readonly url?: string };
  readonly target?: Partial<ReportCheckOptions["target"]>;
  readonly options?: Partial<ReportCheckOptions>;
}

/** The report of a check that failed, unless told otherwise. */
function reported({ check, end, told = {}, target, options, ...record }: Reported) {
  const { evidence: sent = [], findings = [], notes = [], latenciesMs = [] } = record;
  const { url: at = url, ...rest } = told;
  return reportCheck({
    check: checkOf("a/one", check),
    suite: "a",
    end: {
      outcome: "failed",
      reasonCode: null,
      reason: null,
      durationMs: 12.6,
      record: { evidence: [...sent], findings: [...findings], notes, latenciesMs },
      ...end,
    },
    target: { ...targetOf(at, { local: false, ...rest }), ...target },
    baseline: null,
    knownFailure: null,
    ...options,
  }).through(null, (check) => check);
}

/** The report of a check that failed over this one attempt. */
const over = (sent: Attempt, rest: Reported & { readonly as?: Partial<Evidence> } = {}) =>
  reported({ evidence: [evidence(sent, rest.as)], findings: [finding(sent)], ...rest });

describe("a check in the report", () => {
  it("says what it is and how it ended", () => {
    const passed = reported({
      check: { clause: null, source: "good practice", since: "0.1.2", level: "hardening" },
      end: { outcome: "passed" },
      notes: ["noted"],
      latenciesMs: [4],
      findings: [finding("nowhere")],
      options: { flakyNotes: ["flaky"], knownFailure: "known" },
    });
    expect(passed).toMatchObject({
      id: "a/one",
      suite: "a",
      title: "does what a/one says",
      level: "hardening",
      since: "0.1.2",
      clause: null,
      source: "good practice",
      outcome: "passed",
      reason: null,
      reasonCode: null,
      mismatches: [],
      hint: null,
      reproduce: null,
      notes: ["noted", "flaky"],
      knownFailure: "known",
      durationMs: 13,
      latencies: { count: 1 },
      attempts: [],
    });
    expect(passed).not.toHaveProperty("isNew");
  });

  it("says nothing of what there is not", () => {
    const skipped = reported({
      end: { outcome: "skipped", reasonCode: "not-selected", reason: "left out", record: null },
    });
    expect(skipped).toMatchObject({
      reason: "left out",
      reasonCode: "not-selected",
      source: null,
      notes: [],
      attempts: [],
    });
    for (const key of ["isNew", "likelyCause", "knownFailure", "latencies"]) expect(skipped).not.toHaveProperty(key);
  });

  it("is new where it came after the version that the gate is as of", () => {
    expect(reported({ check: { since: "0.2.0" }, target: { asOf: "0.1" } })).toMatchObject({ isNew: true });
    expect(reported({ target: { asOf: "0.1" } })).not.toHaveProperty("isNew");
  });

  it("tells each attempt with its request, its answer and its times", () => {
    const { attempts } = reported({
      evidence: [
        evidence(attempt({ number: 2, offsetMs: 60_000 }), { label: "odd" }),
        null,
        evidence(attempt({ status: null })),
      ],
    });
    expect(attempts).toEqual([
      {
        number: 2,
        sessionId,
        label: "odd",
        request: { method: "POST", url, headers: [["X-Scriptix-Session", sessionId]], body: "{}" },
        response: { status: 500, statusText: "So", headers: [], body: "said", bodyEnd: "complete" },
        error: null,
        startedAt: "1970-01-01T00:00:00.000Z",
        virtualOffsetMs: 60_000,
        durationMs: 3,
      },
      expect.objectContaining({
        response: null,
        error: {
          reason: "reset",
          code: "CLOSED",
          message: "the connection was closed without a complete answer (CLOSED)",
        },
      }),
    ]);
  });

  it("shows the first sixty attempts, and of the others those that are blamed", () => {
    const sent = Array.from({ length: 70 }, (_, index) => attempt({ number: index + 1 }));
    const { attempts, mismatches } = reported({
      evidence: sent.map((each) => evidence(each, { label: String(each.number) })),
      findings: [finding(sent[65]!), finding(sent[3]!)],
    });
    expect(attempts.map(({ label }) => Number(label))).toEqual([...Array.from({ length: 60 }, (_, i) => i + 1), 66]);
    expect(mismatches.map((each) => each.attempt)).toEqual([60, 3]);
    expect(mismatches[0]?.where).toBe("callback 66 (66)");
  });

  it("shows the first callback to the checks that judge it, and to no other", () => {
    const baseline = attempt();
    const judges = { check: { builds: "judges-baseline" as const }, options: { baseline } };
    const judged = reported({ ...judges, findings: [finding(baseline)] });
    expect(judged).toMatchObject({ attempts: [{ number: 1 }], mismatches: [{ where: "callback 1", attempt: 0 }] });
    expect(judged.reproduce).toMatch(/^ID=.*; curl /);
    const builds = reported({ options: { baseline }, findings: [finding(baseline)] });
    expect(builds).toMatchObject({ attempts: [], mismatches: [{ where: "the first callback" }] });
    expect(builds.mismatches[0]).not.toHaveProperty("attempt");
    expect(builds.reproduce).toMatch(/^ID=.*; curl /);
    expect(reported({ check: { builds: "judges-baseline" } }).attempts).toEqual([]);
  });
});

describe("a mismatch says where", () => {
  it.each<[string, Partial<Sent>, Partial<Evidence>]>([
    ["attempt 3 at 00:03:00", { number: 3, offsetMs: 180_000 }, { scheduled: true }],
    ["attempt 3 at 00:03:00 (odd)", { number: 3, offsetMs: 180_000 }, { scheduled: true, label: "odd" }],
    ["callback 2", { number: 1 }, {}],
    ["callback 2 (odd)", {}, { label: "odd" }],
  ])("%s", (where, sent, as) => {
    const blamed = attempt(sent);
    const { mismatches } = reported({
      evidence: [evidence(attempt()), evidence(blamed, as)],
      findings: [finding(blamed)],
    });
    expect(mismatches).toEqual([{ expected: "this", actual: "that", where, attempt: 1 }]);
  });

  it("in words, where it is about no request", () => {
    expect(reported({ findings: [finding("the certificate")] }).mismatches).toEqual([
      { expected: "this", actual: "that", where: "the certificate" },
    ]);
  });

  it("and no more of an answer than a sentence bears", () => {
    const long = reported({ findings: [finding("there", { actual: "x".repeat(3000) })] });
    const [mismatch] = redactCheck(long, createRedactor([])).mismatches;
    expect(mismatch?.actual).toBe(`${"x".repeat(2048)}…`);
  });
});

describe("a hint", () => {
  it("is what the check says, once, and what is known to be behind a finding before all else", () => {
    const cause = { id: "known", says: "the known", fix: "Mend the known." };
    const blamed = attempt();
    expect(over(blamed).hint).toBe("Mend it.");
    expect(reported({ findings: [finding("a"), finding("b")] }).hint).toBe("Mend it.");
    expect(reported({ findings: [finding("a", { fix: "Mend a." }), finding("b")] }).hint).toBe("Mend a. Mend it.");
    expect(reported({ findings: [finding("a"), finding("b", { cause })] })).toMatchObject({
      hint: "Likely cause: the known. Mend the known.",
      likelyCause: cause,
    });
    expect(reported({ end: { outcome: "passed" }, findings: [finding("b", { cause })] })).not.toHaveProperty(
      "likelyCause",
    );
  });

  it("is about the variation that just failed, or was just acknowledged", () => {
    const variation = { label: "odd", fixIfAcknowledged: "Refuse it.", fixIfFailed: "Do not fail." };
    const hintOver = (status: number, fix: string | null = null): string | null => {
      const blamed = attempt({ status });
      return reported({
        evidence: [evidence(blamed, { label: "odd", variation })],
        findings: [finding(blamed, { fix })],
      }).hint;
    };
    expect([hintOver(200), hintOver(500), hintOver(200, "Mend this.")]).toEqual([
      "Refuse it.",
      "Do not fail.",
      "Mend this.",
    ]);
  });

  it("names what the answer shows, but for a receiver that let it through", () => {
    const page = [["Server", "nginx"]] as const;
    expect(over(attempt({ status: 502, answer: page })).likelyCause?.id).toBeDefined();
    expect(over(attempt({ status: 200 }))).not.toHaveProperty("likelyCause");
    expect(reported({ findings: [finding("there")] })).not.toHaveProperty("likelyCause");
  });

  it("names the end of the process, where something of the check came to nothing", () => {
    const death = { after: [{ check: "a/one", label: "odd" }] };
    const vitals = (by: string | null, now: boolean) => ({
      vitals: {
        sends: () => () => {},
        findsNobody: () => {},
        death: now ? death : null,
        deaths: [],
        deathBy: (check: string) => (check === by ? death : null),
        acquits: () => {},
        isByNoneOf: () => false,
      },
    });
    const nobody = attempt({
      status: null,
      outcome: connectionFailure(Object.assign(new Error("no"), { code: "ECONNREFUSED" }), "connect"),
    });
    const causeOf = (of: Attempt, by: string | null, now = false) =>
      over(of, { target: vitals(by, now) }).likelyCause?.id ?? null;
    expect(causeOf(attempt({ status: null }), "a/one")).toBe("process-ended: a/one");
    expect(causeOf(attempt({ status: 200 }), "a/one")).toBeNull();
    expect(causeOf(nobody, null, true)).toBe("process-ended: a/one");
    expect(causeOf(attempt({ status: null }), "a/other", true)).toBeNull();
    expect(causeOf(nobody, "a/other")).toBeNull();
  });

  it("tells what the answer shows of the documented callback only where nothing was varied", () => {
    const moved = { status: 405, answer: [["Allow", "PUT"]] } as const;
    const plain = over(attempt(moved)).likelyCause?.id;
    expect(over(attempt(moved), { as: { label: "odd" } }).likelyCause?.id).not.toBe(plain);
    expect(reported({ findings: [finding(attempt(moved))] }).likelyCause?.id).toBe(plain);
  });

  it.each<[string, Partial<CheckEnd>, boolean, string | null]>([
    [
      "what could not be judged for it",
      { outcome: "not-run", reasonCode: "receiver-unhealthy" },
      true,
      "process-ended: b",
    ],
    ["no other cause of that", { outcome: "not-run", reasonCode: "receiver-unhealthy" }, false, null],
    ["nothing that was not run for another reason", { outcome: "not-run", reasonCode: "interrupted" }, true, null],
    ["nothing that has passed", { outcome: "passed" }, true, null],
  ])("names the end of the process for %s", (_what, end, isGone, id) => {
    const death = isGone ? { after: [{ check: "b", label: "odd" }] } : null;
    const { likelyCause = null } = reported({ end, target: { vitals: { ...targetOf(url).vitals, death } } });
    expect(likelyCause?.id ?? null).toBe(id);
  });

  it("names the end of the process where any of what is blamed met nobody", () => {
    const death = { after: [{ check: "a/other", label: "odd" }] };
    const vitals = { ...targetOf(url).vitals, death };
    const nobody = attempt({
      status: null,
      outcome: connectionFailure(Object.assign(new Error("no"), { code: "ECONNREFUSED" }), "connect"),
    });
    const [answered, silent] = [attempt({ status: 500 }), attempt({ status: null })];
    const causeOf = (...blamed: readonly Attempt[]) =>
      reported({
        evidence: blamed.map((each) => evidence(each)),
        findings: blamed.map((each) => finding(each)),
        target: { vitals },
      }).likelyCause?.id ?? null;
    expect(causeOf(answered, nobody)).toMatch(/^process-ended\b/);
    expect(causeOf(silent, answered)).toBeNull();
  });

  it("tells that a receiver gave out of what is not run for that alone", () => {
    const notRun = (
      reasonCode: "receiver-unhealthy" | "rate-limited",
      forGood: boolean | null,
      failed: Attempt | null,
    ) =>
      reported({
        end: { outcome: "not-run", reasonCode },
        target: {
          tally: {
            counts: () => {},
            asOften: () => (forGood === null ? null : { failed: 2, of: 8, failedInAll: 2, forGood }),
            lastFailed: failed,
          },
        },
      }).likelyCause?.id;
    const failed = attempt({ status: 500 });
    expect(notRun("receiver-unhealthy", true, failed)).toBe("gave-out");
    expect(notRun("receiver-unhealthy", false, failed)).toBeUndefined();
    expect(notRun("receiver-unhealthy", null, failed)).toBeUndefined();
    expect(notRun("receiver-unhealthy", true, null)).toBeUndefined();
    expect(notRun("rate-limited", true, failed)).toBeUndefined();
  });

  it("adds what the answer says to since when nothing is acknowledged", () => {
    const cause = { id: "never-well-again: a/one", says: "not since then", fix: "Free it." };
    const busy = attempt({ status: 502, answer: [] });
    const causeOf = (sent: Attempt, told = cause) =>
      reported({ evidence: [evidence(sent)], findings: [finding(sent, { cause: told })] }).likelyCause;
    expect(causeOf(attempt({ status: 500 }))).toEqual(cause);
    expect(causeOf(busy)).toEqual({
      id: cause.id,
      says: expect.stringMatching(/^not since then: a proxy in front of the receiver could not reach it/),
      fix: expect.stringMatching(/timeout longer than its answer takes\? Free it\.$/),
    });
    const known = { ...cause, id: "work-stopped" };
    expect(causeOf(busy, known)).toEqual(known);
  });

  it("tells a flaky receiver, but for limits and for what was acknowledged", () => {
    const tallied = (forGood: boolean, failedInAll = 2) => ({
      counts: () => {},
      asOften: () => ({ failed: 2, of: 8, failedInAll, forGood }),
      lastFailed: null,
    });
    const causeOf = (sent: Sent, forGood = false) =>
      over(attempt(sent), { target: { tally: tallied(forGood) } }).likelyCause ?? null;
    expect(causeOf({ status: 500 }, true)).toEqual({
      id: "gave-out",
      says: "the receiver gave out: the first 6 plain documented callbacks were acknowledged, and the last 2 got 500 So",
      fix: expect.stringMatching(/what had run out/),
    });
    expect(over(attempt({ status: 500 }), { target: { tally: tallied(true, 3) } }).likelyCause?.says).toBe(
      "the receiver gave out: the first 5 plain documented callbacks were acknowledged, and of the last 3, none of which was, 2 got 500 So",
    );
    expect(causeOf({ status: 403 }, true)).toEqual({
      id: "gave-out",
      says: expect.stringMatching(
        /^the sender is turned away since it came often: the first 6 .* the last 2 got 403 So/,
      ),
      fix: expect.stringMatching(/^Look for what bans an address/),
    });
    expect(causeOf({ status: 500 })).toEqual({
      id: "flaky",
      says: "the receiver is flaky: 2 of 8 plain documented callbacks got 500 So",
      fix: expect.stringMatching(/^Nothing that was varied is to blame\. .*\.$/),
    });
    const badGateway = { status: 502, answer: [] } as const;
    expect(over(attempt(badGateway), { target: { tally: tallied(false) }, as: { label: "odd" } }).likelyCause).toEqual({
      id: "proxy-error",
      says: "the receiver is flaky: 2 of 8 plain documented callbacks got 502 So (a proxy in front of the receiver could not reach it, or not in time)",
      fix: expect.stringMatching(/one instance of several.* is the proxy's timeout longer/),
    });
    expect(causeOf({ status: 429 })?.id).not.toBe("flaky");
    const health = over(attempt(), { check: { judgesHealth: true }, target: { tally: tallied(false) } });
    expect(health.likelyCause?.id).not.toBe("flaky");
    expect(causeOf({ status: 200 })).toBeNull();
  });
});

describe("a line that shows the failure again", () => {
  const run = "webhook-conformance run 'https://hooks.example.com/hook' --check a/one --seed 'seed'";

  it("is curl where one request shows it", () => {
    expect(over(attempt()).reproduce).toBe(
      `ID=$(openssl rand -hex 13); curl -i --http1.1 -X POST --max-time 20 '${url}' -H "X-Scriptix-Session: $ID" -H 'User-Agent:' -H 'Accept:' -H 'Content-Type:' --data-raw '{}'`,
    );
  });

  it.each<[string, ReturnType<typeof over>]>([
    ["takes an odd connection", over(attempt(), { as: { fitsCurl: false } })],
    ["measures time", over(attempt(), { check: { pace: "alone" } })],
    ["is about effects", over(attempt(), { findings: [finding("the session", { actual: "processed twice" })] })],
    [
      "expects effects",
      reported({ evidence: [evidence(attempt())], findings: [finding("it", { expected: "a fetch" })] }),
    ],
    ["is about no request", reported({ findings: [finding("the certificate")] })],
  ])("is the check once more where it %s", (_what, { reproduce }) => {
    expect(reproduce).toBe(run);
  });

  it.each<[string, { check?: Partial<Check>; status?: number; as?: Partial<Evidence>; alone?: true }, boolean]>([
    ["a documented callback that fails beside others", {}, false],
    ["one that fails alone", { alone: true }, true],
    ["one of a check that builds on nothing", { check: { builds: "nothing" } }, true],
    ["one that was acknowledged", { status: 200 }, true],
    ["one with something special about it", { as: { label: "odd" } }, true],
    ["one that was varied", { as: { variation: { label: "" } } }, true],
  ])("is a curl line where one request shows it: %s", (_what, { check, status = 500, as, alone }, isCurl) => {
    const blamed = attempt({ status });
    const { reproduce } = reported({
      check: { builds: "on-baseline", ...check },
      evidence: [...(alone === true ? [] : [evidence(attempt({ status: 200 }))]), evidence(blamed, as)],
      findings: [finding(blamed)],
    });
    expect(reproduce).toMatch(isCurl ? /; curl / : /^webhook-conformance run /);
  });

  it("is the check once more where what was found first is not about a request, or about its effects or form", () => {
    const sent = attempt();
    const first = (...findings: readonly Finding[]) => reported({ evidence: [evidence(sent)], findings }).reproduce;
    expect(first(finding("there"), finding(sent))).toBe(run);
    expect(first(finding(sent, { actual: "not processed" }))).toBe(run);
    expect(first(finding(sent, { actual: oddities["bare-line-feed"] }))).toBe(run);
  });

  it("says how the run was asked for", () => {
    const asked = reported({
      check: { level: "recommended" },
      findings: [finding("there")],
      told: {
        url: "http://127.0.0.1:8080/hook",
        local: true,
        headers: [
          ["X-Key", "k"],
          ["X-Plain", "p"],
        ],
        credentialHeaders: ["X-Key"],
        reach: { options: ["--proxy", "http://127.0.0.1:3128"] },
      },
    });
    expect(asked.reproduce).toBe(
      "webhook-conformance run 'http://127.0.0.1:8080/hook' --local -H 'X-Key: ${X_KEY}' -H 'X-Plain: ${X_PLAIN}' --credential-header 'X-Key' --proxy 'http://127.0.0.1:3128' --check a/one --seed 'seed' --fail-on recommended",
    );
    const embedded = reported({ findings: [finding("there")], told: { kind: "embedded", headers: [["X-Key", "k"]] } });
    expect(embedded.reproduce).toBe(
      "webhook-conformance run --embedded -H 'X-Key: ${X_KEY}' --check a/one --seed 'seed'",
    );
  });

  describe("is the retry alone", () => {
    const first = attempt({ number: 1 });
    const second = attempt({ number: 2, status: 500 });
    const seen = { reach: { options: ["--probe-url", "http://127.0.0.1/{sessionId}"] } };
    const retried = (rest: Reported & { first?: Partial<Evidence>; second?: Partial<Evidence>; of?: Attempt } = {}) => {
      const { first: as = {}, second: then = {}, of = second, told, ...more } = rest;
      return reported({
        evidence: [
          evidence(attempt({ sessionId: "another" }), { scheduled: true }),
          evidence(first, { label: "unscheduled, of the same session" }),
          evidence(first, { scheduled: true, fitsCurl: false, ...as }),
          evidence(of, { scheduled: true, fitsCurl: false, ...then }),
        ],
        findings: [finding(of)],
        told: { ...seen, ...told },
        ...more,
      }).reproduce;
    };
    const repro = (script: string): string =>
      `webhook-conformance repro '${script}' --url '${url}' --probe-url 'http://127.0.0.1/{sessionId}'`;

    it.each<[string, Partial<Evidence>, string]>([
      ["was lost on its way back", { onTheWay: "lost-ack" }, "lost-ack,pass"],
      ["was cut", { onTheWay: "cut" }, "cut,pass"],
      ["met a closed connection", { onTheWay: "hang-up" }, "hang-up,pass"],
      ["passed", { onTheWay: "pass" }, "lost-ack,pass"],
      ["met nothing", {}, "lost-ack,pass"],
    ])("after one that %s", (_what, as, script) => {
      expect(retried({ first: as })).toBe(repro(script));
    });

    it("with the headers that are sent", () => {
      expect(retried({ told: { ...seen, headers: [["X-Key", "k"]] } })).toContain(" -H 'X-Key: ${X_KEY}' ");
    });

    it("unless the receiver may say that it is busy, where time stands still for it", () => {
      for (const status of [409, 423, 425, 429, 503]) {
        const of = attempt({ number: 2, status });
        expect(retried({ of })).toMatch(/^webhook-conformance run /);
        expect(retried({ of, target: { elapse: "real" } })).toBe(repro("lost-ack,pass"));
      }
      expect(retried({ of: attempt({ number: 2, status: null }) })).toBe(repro("lost-ack,pass"));
    });

    it("unless more than one came before it, or one went to another instance, or nothing did", () => {
      const third = attempt({ number: 3 });
      const three = reported({
        evidence: [first, second, third].map((each) => evidence(each, { scheduled: true, fitsCurl: false })),
        findings: [finding(third)],
        told: seen,
      });
      const alone = over(first, { as: { scheduled: true, fitsCurl: false }, told: seen });
      for (const line of [
        three.reproduce,
        alone.reproduce,
        retried({ first: { to: parseCallbackUrl("https://a.example.com/") } }),
        retried({ second: { scheduled: false } }),
        retried({ told: { ...seen, kind: "embedded" } }),
        reported({ findings: [finding("there")], told: seen }).reproduce,
      ]) {
        expect(line).toMatch(/^webhook-conformance run /);
      }
    });
  });
});

describe("a curl line", () => {
  const line = (sent: Sent, told: Reported["told"] = {}, rest: Reported = {}): string =>
    over(attempt(sent), { told, ...rest }).reproduce ?? "";

  it("holds no signature, which is good for one body alone", () => {
    expect(line({}, { contract: signed, secret: "a-secret-of-some-length" })).toMatch(/^webhook-conformance run /);
    expect(line({}, { contract: batch })).toContain("curl ");
  });

  it("makes a fresh id in place of an invented one that is long enough to be none by chance", () => {
    expect(line({ sessionId: "12345678" })).toContain('-H "X-Scriptix-Session: $ID"');
    expect(line({ sessionId: "1234567" })).toContain("-H 'X-Scriptix-Session: 1234567'");
    expect(line({}, { sessions: suppliedSessions([sessionId]) })).toContain(`-H 'X-Scriptix-Session: ${sessionId}'`);
  });

  it("keeps the form of an id, which may be what it was sent for", () => {
    const invented = "c0de7e57b73d8c025a94103c70";
    expect(line({ sessionId: `tn-${invented}${"f".repeat(9)}` })).toContain(
      '-H "X-Scriptix-Session: tn-${ID}fffffffff"',
    );
    for (const odd of ["c0de7e57-b73d8c_025a94.x~", "~c0de7e57"]) {
      expect(line({ sessionId: odd })).toContain(`-H 'X-Scriptix-Session: ${odd}'`);
      expect(line({ sessionId: odd })).not.toContain("openssl");
    }
  });

  it("leaves the userinfo's header to curl, unless one was configured", () => {
    const headers = [["authorization", "Basic dTpw"]] as const;
    const at = "https://u:p@hooks.example.com/hook";
    expect(line({ headers }, { url: at })).not.toMatch(/authorization/i);
    expect(line({ headers }, { url: at, headers: [["Authorization", "Basic dTpw"]] })).toContain(
      '-H "authorization: $AUTHORIZATION"',
    );
    expect(line({ headers })).toContain("-H 'authorization: Basic dTpw'");
  });

  it("reads what is configured from the environment, and holds nothing that holds most of it", () => {
    const told = { headers: [["X-Key", "s3cret-value"]] as const };
    const sent = (value: string): string => line({ headers: [["x-key", value]] }, told);
    expect(sent("s3cret-value")).toContain('-H "x-key: $X_KEY"');
    expect(sent("wrong")).toContain("-H 'x-key: wrong'");
    expect(sent("")).toContain("-H 'x-key;'");
    expect(line({ headers: [["x-odd", "xx"]] }, told)).toContain("-H 'x-odd: xx'");
    for (const near of ["s3cret-valu", "3cret-value", "s3cret-valuexx", "S3CRET-VALUE"]) {
      expect(sent(near)).toMatch(/^webhook-conformance run /);
    }
  });

  it("says how the receiver is reached, where that was said", () => {
    const reach = { connectTo: "a:443:127.0.0.1:8443", caFile: "ca.pem", options: [] };
    expect(line({}, { reach })).toContain("--cacert 'ca.pem' --connect-to 'a:443:127.0.0.1:8443'");
    expect(line({}, {})).not.toMatch(/--cacert|--connect-to/);
  });

  it.each([
    ["https://hooks.example.com/hook", "'https://hooks.example.com/sent?a=1'"],
    ["https://hooks.example.com:443/hook", "'https://hooks.example.com/sent?a=1'"],
    ["https://hooks.example.com:80/hook", "'https://hooks.example.com:80/sent?a=1'"],
    ["http://hooks.example.com:80/hook", "'http://hooks.example.com/sent?a=1'"],
    ["http://hooks.example.com:443/hook", "'http://hooks.example.com:443/sent?a=1'"],
    ["http://[::1]:8080/hook", "'http://[::1]:8080/sent?a=1'"],
    ["https://user:pass@hooks.example.com/hook", '"https://$USERINFO@hooks.example.com/sent?a=1"'],
  ])("goes to where it was sent to: %s", (at, shown) => {
    expect(line({ path: "/sent?a=1" }, { url: at })).toContain(` ${shown} `);
  });

  it("and the attempt tells the instance that it went to", () => {
    const to = parseCallbackUrl("https://a.example.com:8443/");
    const { attempts } = over(attempt({ path: "/sent" }), { as: { to } });
    expect(attempts[0]?.request.url).toBe("https://a.example.com:8443/sent");
    expect(over(attempt(), { told: { url: "https://u:p@b.example.com/" } }).attempts[0]?.request.url).toBe(
      "https://u:p@b.example.com/hook",
    );
  });
});

test("of a check that did not run it is said why, and nothing to mend", () => {
  expect(reported({ end: { outcome: "not-run", reasonCode: "interrupted", reason: "stopped" } })).toMatchObject({
    hint: null,
    reproduce: null,
    reason: "stopped",
  });
});
