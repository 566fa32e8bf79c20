import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { signed } from "../contract/signed.js";
import type { Attempt } from "../sender/attempt.js";
import { connectionFailure, timeoutFailure } from "../sender/failure.js";
import { attempt, sessionId, type Sent } from "./attempt.test.kit.js";
import { takeBaseline } from "./baseline.js";
import type { SendOptions } from "./check-context.js";
import type { Told } from "./plan.js";
import { targetOf } from "./run.test.kit.js";

const sibling = (path: string): string => `${path}/beside`;

/** What is made of these answers, one after another, and what was asked for. */
async function taken(answers: readonly Attempt[], told: Partial<Told> = {}) {
  const asked: (SendOptions | "pause")[] = [];
  const left = [...answers];
  const ask = {
    send: async (how: SendOptions = {}) => {
      asked.push(how);
      const next = left.shift();
      if (next === undefined) throw new Error("it asks once too often");
      return next;
    },
    pause: async () => void asked.push("pause"),
  };
  const baseline = await takeBaseline(
    ask,
    targetOf("https://hooks.example.com/hook", { local: false, ...told }),
    sibling,
  );
  expect(left).toEqual([]);
  return { ...baseline, asked };
}

const fails = (code: string, phase: "dns" | "connect" | "tls" | "headers"): Sent => ({
  status: null,
  outcome: connectionFailure(Object.assign(new Error("no"), { code, errno: -1 }), phase),
});
const times: Sent = { status: null, outcome: timeoutFailure("headers", 20_000) };

describe("no second callback is sent", () => {
  it.each<[string, Sent, string]>([
    ["to one that cannot be connected to", fails("ECONNREFUSED", "connect"), "unreachable"],
    ["to a name that is not known", fails("ENOTFOUND", "dns"), "unreachable"],
    ["to one that hangs", times, "not-acknowledged"],
    ["where no connection came in time", { status: null, outcome: timeoutFailure("connect", 20_000) }, "unreachable"],
    ["where the first was acknowledged", { status: 200, tookMs: 5000 }, "acknowledged"],
  ])("%s", async (_what, sent, kind) => {
    expect(await taken([attempt(sent)])).toMatchObject({ kind, notes: [], asked: [{}] });
  });
});

describe("a second callback is sent, a moment later,", () => {
  it.each<[string, Sent]>([
    ["to one that closes connections as soon as they are made", fails("ECONNRESET", "connect")],
    ["to one whose certificate is no good", fails("CERT_HAS_EXPIRED", "tls")],
    ["to one that answers with an error", { status: 500 }],
  ])("%s; the first is what is judged", async (_what, sent) => {
    const first = attempt(sent);
    const baseline = await taken([first, attempt({ status: 502 })]);
    expect(baseline).toMatchObject({ kind: "not-acknowledged", notes: [], asked: [{}, "pause", {}] });
    expect(baseline.attempt).toBe(first);
    expect(baseline).toHaveProperty("reason", expect.stringMatching(/^the first callback was not acknowledged: \S/));
  });

  it("and counts where it is acknowledged", async () => {
    const second = attempt({ status: 200 });
    const baseline = await taken([attempt({ status: 500 }), second]);
    expect(baseline).toMatchObject({
      kind: "acknowledged",
      notes: ["The first callback got 500 So; sent again, it was acknowledged."],
    });
    expect(baseline.attempt).toBe(second);
  });
});

test("a cold start is told, whatever comes of the second callback", async () => {
  const cold = attempt({ status: 200, tookMs: 5040 });
  const notes = ["The first callback took 5.0 s; it was sent again, in case that was a cold start."];
  const warm = attempt({ status: 200 });
  expect(await taken([cold, warm])).toMatchObject({ kind: "acknowledged", attempt: warm, notes, asked: [{}, {}] });
  expect(await taken([cold, attempt({ status: 500 })])).toMatchObject({ kind: "acknowledged", attempt: cold, notes });
  expect(await taken([cold, attempt(times)])).toMatchObject({ kind: "not-acknowledged", notes });
});

describe("a refusal may be right", () => {
  const beside = attempt({ status: 404, said: "no such page" });

  it.each<[number, string]>([
    [
      401,
      "the receiver answered 401 So, and no credentials were given: pass the headers that are configured with the webhook, as in -H 'Name: value'",
    ],
    [
      403,
      "the receiver answered 403 So, and no credentials were given: pass the headers that are configured with the webhook, as in -H 'Name: value'",
    ],
  ])("%i where no credentials were given", async (status, reason) => {
    expect(await taken([attempt({ status })])).toMatchObject({
      kind: "rightly-refused",
      reason,
      notes: [`T${reason.slice(1)}.`],
      asked: [{}],
    });
  });

  it("where it asks for what another contract has, which is told in place of credentials", async () => {
    const headers = batch.request.headers.map(([name]) => [name, sessionId] as const);
    expect(await taken([attempt({ status: 401, headers, said: "no signature" })])).toMatchObject({
      kind: "rightly-refused",
      reason:
        "the receiver answered 401 So: the receiver asks for a signature, which callbacks of the contract signed have, and the one that was sent has not; if those are what it takes, say so with --contract",
    });
  });

  it.each<[string, Partial<Told>]>([
    ["a header", { headers: [["X-Key", "k"]] }],
    ["a secret that bodies are signed with", { contract: signed, secret: "a-secret-of-some-length" }],
    ["a parameter of the URL", { url: "https://hooks.example.com/hook?key=s3cret-value", credentialQuery: ["key"] }],
    ["userinfo", { url: "https://user:pass@hooks.example.com/hook" }],
  ])("but not 401 where there is %s", async (_what, told) => {
    expect(await taken([attempt({ status: 401 }), attempt({ status: 401 })], told)).toMatchObject({
      kind: "not-acknowledged",
    });
  });

  it.each<[number, string]>([
    [
      403,
      "the receiver answered 403 So to credentials that it does not expect, or to a session that it never started, which may be right: give it sessions that it knows with --session-ids or --session-command",
    ],
    [
      404,
      "the receiver answered 404 So to a session that it never started, which may be right: give it sessions that it knows with --session-ids or --session-command",
    ],
  ])("%i to a session that it never started", async (status, reason) => {
    const baseline = await taken([attempt({ status, said: "no such session" }), beside], { headers: [["X-Key", "k"]] });
    expect(baseline).toMatchObject({ kind: "rightly-refused", reason });
    expect(baseline.asked[1]).toMatchObject({
      variation: { label: "to a path beside the configured one", path: sibling },
    });
  });

  it("where a path beside it gets another status, or no answer", async () => {
    const same = attempt({ status: 410, said: "no such page" });
    expect((await taken([attempt({ status: 404, said: "no such page" }), same])).kind).toBe("rightly-refused");
    expect((await taken([attempt({ status: 404 }), attempt(times)])).kind).toBe("rightly-refused");
  });
});

describe("the answer that any path gets is no refusal, though it may hold", () => {
  const kindOf = async (here: string, beside: string, path = "/hook"): Promise<string> => {
    const answers = [
      attempt({ status: 404, said: here, path }),
      attempt({ status: 404, said: beside, path: `${path}/beside` }),
    ];
    try {
      return (await taken(answers)).kind;
    } catch {
      // It is sent once more, as what failed is.
      return "failed";
    }
  };

  it.each<[string, string, string]>([
    ["its path", "nothing at /hook", "nothing at /hook/beside"],
    ["its path without the slash", "nothing at hook", "nothing at hook/beside"],
    ["its path in JSON", String.raw`nothing at \/hook`, String.raw`nothing at \/hook\/beside`],
    ["its session", `no ${sessionId}`, "no "],
    ["a number", "nr 1", "nr 123"],
    ["a number or none", "nr 1", "nr "],
    ["some hex", "id abcdef0123", "id 9876543210fedcba"],
    ["a UUID", "id ABCDEF01-abcd-4a5b-8c9d-cdef01234567 x", "id 0123abcd-ef01-4a5b-8c9d-0123cdefabcd x"],
  ])("%s", async (_what, here, beside) => {
    expect(await kindOf(here, beside)).toBe("failed");
  });

  it.each<[string, string, string]>([
    ["other words", "no such session", "no such page"],
    ["words of a few letters that could be hex", "bad", "deed"],
    ["other punctuation", "(1)", "[1]"],
    ["a slash more, where the path is no more than that", "no/w", "now"],
  ])("but not %s", async (_what, here, beside) => {
    expect(await kindOf(here, beside, "/")).toBe("rightly-refused");
  });

  it("with a query or without", async () => {
    expect(await kindOf("at /hook?a=b", "at /hook?a=b/beside", "/hook?a=b")).toBe("failed");
    expect(await kindOf("at /hook", "at /hook", "/hook?a=b")).toBe("failed");
  });
});
