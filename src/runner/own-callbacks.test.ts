import { describe, expect, it } from "vitest";
import { connectionFailure } from "../sender/failure.js";
import { ShortageError } from "../sender/shortage.js";
import { attempt, type Sent } from "./attempt.test.kit.js";
import type { EffectsProbe } from "./effects-probe.js";
import { NotRun } from "./interruption.js";
import { sendBaseline, sendControl, sendSentinel, tryProbe } from "./own-callbacks.js";
import type { Told } from "./plan.js";
import { targetOf, timeOf } from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";
import type { Target } from "./target.js";

/** What comes of one callback, counted from 1; what is thrown comes of none that could be sent. */
type Answers = (number: number, stop: AbortController) => Sent | Error;

/** A target whose sender sends nothing, what it was asked to send, and what sessions it took for whom. */
function calling(answers: Answers = () => ({ status: 200 }), told: Partial<Told> = {}) {
  const open = targetOf("http://127.0.0.1:1/hooks/scriptix", { clock: timeOf(), ...told });
  const stop = new AbortController();
  const sent: { readonly sessionId: string; readonly path: string }[] = [];
  const taken: string[] = [];
  const target: Target = {
    ...open,
    sessions: {
      ...open.sessions,
      take(owner, count) {
        taken.push(`${count} for ${owner}`);
        return open.sessions.take(owner, count);
      },
    },
    sender: {
      ...open.sender,
      async attempt(request) {
        sent.push(request);
        const { sessionId, path } = request;
        const answer = answers(sent.length, stop);
        stop.signal.throwIfAborted();
        if (answer instanceof Error) throw answer;
        return attempt({ sessionId, path, ...answer });
      },
    },
  };
  return { target, sent, taken, stop, signal: stop.signal };
}

const sessionsOf = (sent: readonly { readonly sessionId: string }[]): string[] =>
  sent.map(({ sessionId }) => sessionId);
const interrupted = new NotRun("interrupted", "the run was interrupted");
const shortage = new ShortageError("this process may have no more files open");
const fault = new TypeError("x is undefined");
const stops: Answers = (_number, stop) => {
  stop.abort(interrupted);
  return interrupted;
};
const limits: Answers = () => ({ status: 429 });

describe("the first callback", () => {
  it("has an invented session for each time that it is sent", async () => {
    const { target, sent, taken, signal } = calling((number) => ({ status: number === 1 ? 500 : 200 }));
    expect(await sendBaseline(target, signal)).toMatchObject({ kind: "acknowledged" });
    expect([new Set(sessionsOf(sent)).size, taken]).toEqual([2, ["3 for baseline"]]);
  });

  it("has one session however often it is sent, where sessions are supplied", async () => {
    const sessions = suppliedSessions(["s1", "s2"]);
    const { target, sent, signal } = calling((number) => ({ status: number === 1 ? 500 : 200 }), { sessions });
    expect(await sendBaseline(target, signal)).toMatchObject({ kind: "acknowledged" });
    expect([sessionsOf(sent), sessions.left()]).toEqual([["s1", "s1"], 1]);
  });

  it("is not sent where no session is left", async () => {
    const { target, sent, signal } = calling(undefined, { sessions: suppliedSessions([]) });
    expect([await sendBaseline(target, signal), sent]).toEqual([null, []]);
  });

  it("is compared with one to a path beside its own where it is not found", async () => {
    const { target, sent, signal } = calling((number) => ({ status: 404, said: `page ${"x".repeat(number)}` }));
    expect(await sendBaseline(target, signal)).toMatchObject({ kind: "rightly-refused" });
    expect(sent.map(({ path }) => path)).toEqual([
      "/hooks/scriptix",
      expect.stringMatching(/^\/hooks\/[a-z-]*[0-9a-f]{12}$/),
    ]);
  });

  it("tells of a rate limit that persists", async () => {
    const { target, signal } = calling(limits);
    const baseline = await sendBaseline(target, signal);
    expect(baseline).toMatchObject({
      kind: "rate-limited",
      attempt: { response: { status: 429 } },
      reason: expect.stringMatching(/^the receiver answered 429 to the first callback/) as string,
      notes: [],
    });
  });

  it("is null where the run was stopped meanwhile", async () => {
    const { target, signal } = calling(stops);
    expect(await sendBaseline(target, signal)).toBeNull();
  });

  it.each([
    ["a shortage", shortage, { code: "machine-exhausted" }],
    ["a fault", fault, fault],
  ])("is broken off over %s on this side", async (_what, error, expected) => {
    const { target, signal } = calling(() => error);
    await expect(sendBaseline(target, signal)).rejects.toMatchObject(expected);
  });
});

describe("the probe's trial", () => {
  const baseline = { kind: "acknowledged", attempt: attempt({ sessionId: "before", status: 200 }), notes: [] } as const;
  /** Says how often each was processed, never for all others, and remembers whom it was asked about. */
  function probing(counts: (id: string) => number = () => 0) {
    const asked = new Set<string>();
    const effects: EffectsProbe = { name: "the probe", count: async (id) => (asked.add(id), counts(id)) };
    return { asked, effects };
  }

  it("sends one callback, and asks about that", async () => {
    const counts = new Set<string>();
    const { effects, asked } = probing((id) => (counts.has(id) ? 1 : 0));
    const { target, sent, taken, signal } = calling(
      () => {
        for (const id of sessionsOf(sent)) counts.add(id);
        return { status: 200 };
      },
      { effects },
    );
    expect(await tryProbe(target, baseline, signal)).toMatchObject({ kind: "observable" });
    expect([[...asked], taken]).toEqual([sessionsOf(sent), ["1 for effects"]]);
  });

  it("asks about three more that are acknowledged, where nothing shows", async () => {
    const { effects, asked } = probing();
    const { target, sent, taken, signal } = calling((number) => ({ status: number === 3 ? 500 : 200 }), { effects });
    expect(await tryProbe(target, baseline, signal)).toMatchObject({ kind: "silent" });
    expect(taken).toEqual(["1 for effects", "3 for more effects"]);
    const [own, first, , third] = sessionsOf(sent);
    expect([...asked]).toEqual([own, "before", first, third]);
    expect(sent).toHaveLength(4);
  });

  it("does without more where no session is left", async () => {
    const { effects, asked } = probing();
    const { target, signal } = calling(undefined, { effects, sessions: suppliedSessions(["s1", "s2"]) });
    expect(await tryProbe(target, baseline, signal)).toMatchObject({ kind: "silent" });
    expect([...asked]).toEqual(["s1", "before"]);
  });

  it("tells that its callback was not acknowledged", async () => {
    const { target, signal } = calling(() => ({ status: 500 }), probing());
    expect(await tryProbe(target, baseline, signal)).toEqual({
      kind: "not-observable",
      reason: "the callback that the probe was to be tried with was not acknowledged",
    });
  });

  it.each([
    ["there is no probe", { effects: null }, false],
    ["the run was stopped before", probing(), true],
    ["no session is left", { ...probing(), sessions: suppliedSessions([]) }, false],
  ])("is not made where %s", async (_why, told, isStopped) => {
    const { target, sent, stop, signal } = calling(undefined, told);
    if (isStopped) stop.abort(interrupted);
    expect([await tryProbe(target, baseline, signal), sent]).toEqual([null, []]);
  });

  it("is null where the run was stopped meanwhile, and broken off over a fault on this side", async () => {
    const stopped = calling(stops, probing());
    expect(await tryProbe(stopped.target, baseline, stopped.signal)).toBeNull();
    const faulty = calling(() => fault, probing());
    await expect(tryProbe(faulty.target, baseline, faulty.signal)).rejects.toBe(fault);
  });
});

describe("a control", () => {
  const silence = connectionFailure(Object.assign(new Error("none"), { code: "ECONNRESET" }), "headers");

  it.each<[string, Answers, unknown]>([
    ["acknowledged", () => ({ status: 200 }), true],
    ["refused", () => ({ status: 500 }), false],
    ["reset", () => ({ status: null, outcome: silence }), false],
    ["not answered", () => ({ status: null, outcome: { ...silence, reason: "timeout" } }), "hung"],
    ["limited to the last", limits, "rate-limited"],
    ["stopped with the run", stops, "unknown"],
    ["not to be sent from here", () => shortage, "unknown"],
  ])("that is %s", async (_what, answers, expected) => {
    const { target, taken, signal } = calling(answers);
    expect(await sendControl(target, signal)).toBe(expected);
    expect(taken[0]).toBe("1 for control");
  });

  it("says nothing where no session is left", async () => {
    const { target, sent, signal } = calling(undefined, { sessions: suppliedSessions([]) });
    expect([await sendControl(target, signal), sent]).toEqual(["unknown", []]);
  });

  it("says nothing where the run was stopped, whatever with", async () => {
    const { target, signal } = calling((_number, stop) => {
      stop.abort(new Error("enough"));
      return fault;
    });
    expect(await sendControl(target, signal)).toBe("unknown");
  });

  it("is broken off over a fault on this side", async () => {
    const { target, signal } = calling(() => fault);
    await expect(sendControl(target, signal)).rejects.toBe(fault);
  });
});

it("a sentinel is one callback for a session of its own", async () => {
  const { target, sent, taken, signal } = calling();
  expect(await sendSentinel(target, signal)).toBe(sent[0]?.sessionId);
  expect([sent.length, taken]).toEqual([1, ["1 for baseline sentinel"]]);
});
