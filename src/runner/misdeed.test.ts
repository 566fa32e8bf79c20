import { describe, expect, it } from "vitest";
import type { OnTheWay } from "../sender/on-the-way.js";
import { emptyRecord } from "./check-record.js";
import { checkOf } from "./check.test.kit.js";
import type { EffectsProbe, Seen } from "./effects-probe.js";
import { createLedger, suiteOf, type Entry, type Ledger } from "./ledger.js";
import { plainOf } from "./misdeed.js";
import { timeOf } from "./run.test.kit.js";
import { nothingSeen, type Watch } from "./settle.js";

interface Met {
  /** Null where no answer came. */
  readonly status?: number | null;
  readonly onTheWay?: OnTheWay;
  readonly entitles?: boolean;
  readonly label?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** One attempt, and what it met. */
function met({ status = 200, onTheWay = "pass", entitles = true, label = "", ...time }: Met = {}): Entry {
  const { fromMs = 0, toMs = fromMs } = time;
  const isAcknowledged = status !== null && status >= 200 && status < 300;
  const attempt = {
    outcome: isAcknowledged ? { kind: "acknowledged", status } : { kind: "failed" },
    response: status === null ? null : { status, headers: [] },
    startedAt: fromMs,
    timings: { endMs: toMs - fromMs },
  };
  return { attempt: attempt as unknown as Entry["attempt"], label, onTheWay, entitles };
}

/** Sees these, and of any other session that it was processed once. */
function watching(counts: Readonly<Record<string, number | Seen>>): Watch & { readonly asked: string[] } {
  const asked: string[] = [];
  const seen = (id: string): Seen => {
    const count = counts[id] ?? 1;
    return typeof count === "number" ? { processed: count } : count;
  };
  const probe: EffectsProbe = {
    name: "the probe",
    count: async (id) => seen(id).processed,
    look: async (id) => {
      asked.push(id);
      return seen(id);
    },
  };
  const observer = { probe, clock: timeOf(), settleMs: 1000, signal: new AbortController().signal };
  return {
    asked,
    observer,
    calibration: { kind: "observable", timeToEffectMs: 0 },
    sendSentinel: async () => "sentinel",
    state: nothingSeen(),
  };
}

/** Enters what one session's attempts have met, in one run of a check. */
function entered(ledger: Ledger, id: string, entries: readonly Entry[], check = checkOf("a/check")) {
  const record = emptyRecord();
  const page = ledger.open(check, record);
  for (const entry of entries) page.enter(id, entry);
  return { record, page };
}

/** What became of a session whose attempts have met this, and which was processed so often. */
async function misdeedsOf(processed: number, ...entries: readonly Entry[]): Promise<readonly string[]> {
  const ledger = createLedger("once");
  entered(ledger, "s", entries);
  const watch = watching({ s: processed });
  await ledger.settle(watch);
  return (await ledger.misdone(watch)).map(({ misdeed }) => misdeed);
}

const cut = met({ status: null, onTheWay: "cut" });
const lostAnswer = met({ onTheWay: "lost-ack", status: null });
const refused = met({ status: 400 });
const hostile = met({ status: 400, entitles: false, label: "hostile" });
const good = met({ fromMs: 100 });

describe("a session that is lost is so", () => {
  it.each([
    ["for no reason that shows", [good], "lost"],
    ["after its request was cut", [cut, good], "lost-after-cut"],
    ["after a 500", [met({ status: 500 }), good], "lost-after-failure"],
    ["after a 429", [met({ status: 429 }), good], "lost-after-failure"],
    ["after no answer", [met({ status: null }), good], "lost-after-failure"],
    ["after a 400", [refused, good], "lost-after-refusal"],
    ["after a 499", [met({ status: 499 }), good], "lost-after-refusal"],
    ["after a hostile request that was acknowledged", [met({ entitles: false }), good], "lost-after-refusal"],
    ["after an answer that was lost", [lostAnswer, good], "lost-after-lost-answer"],
    ["after a sender that hung up", [met({ onTheWay: "hang-up", status: null }), good], "lost-after-lost-answer"],
    ["after a cut, whatever was lost too", [lostAnswer, cut, good], "lost-after-cut"],
    ["and a redirect is no refusal", [met({ status: 302 }), good], "lost"],
    ["and what came between two that were acknowledged is no cause", [good, met({ status: 500 }), good], "lost"],
    ["and what came later is no cause", [good, met({ status: 500, fromMs: 200 })], "lost"],
    ["after a cut before all else", [met({ status: 500 }), cut, good], "lost-after-cut"],
  ])("%s", async (_why, entries, misdeed) => {
    expect(await misdeedsOf(0, ...entries)).toEqual([misdeed]);
  });
});

describe("a session that is processed twice is so", () => {
  it.each([
    ["for no reason that shows", [good], ["doubled"]],
    ["by one callback that was odd", [met({ label: "odd" })], ["doubled"]],
    ["after its request was cut", [cut, good], ["doubled-after-cut"]],
    ["after an answer that was lost", [lostAnswer, good], ["doubled-after-lost-answer"]],
    ["after a sender that hung up", [met({ onTheWay: "hang-up", status: null }), good], ["doubled-after-lost-answer"]],
    ["after a 500", [met({ status: 500 }), good], ["doubled-after-failure"]],
    ["after no answer", [met({ status: null }), good], ["doubled-after-failure"]],
    ["by a retry", [met(), good], ["doubled-by-retry"]],
    ["by two at once", [met({ toMs: 50 }), met({ fromMs: 49, toMs: 60 })], ["doubled-at-once"]],
    ["by two at once, the later first", [met({ fromMs: 49, toMs: 60 }), met({ toMs: 50 })], ["doubled-at-once"]],
    ["by one after the other", [met({ toMs: 50 }), met({ fromMs: 50, toMs: 60 })], ["doubled-by-retry"]],
    [
      "by one after the other, told the other way round",
      [met({ fromMs: 50, toMs: 60 }), met({ toMs: 50 })],
      ["doubled-by-retry"],
    ],
    ["by the request that was to refuse, which is judged where it is refused", [hostile, good], []],
  ])("%s", async (_why, entries, misdeeds) => {
    expect(await misdeedsOf(2, ...entries)).toEqual(misdeeds);
  });
});

describe("a session is owed nothing", () => {
  it.each([
    ["where it was processed once", 1, [good]],
    ["where it was never acknowledged", 0, [refused]],
    ["where only a hostile request was", 0, [met({ entitles: false })]],
  ])("%s", async (_why, processed, entries) => {
    expect(await misdeedsOf(processed, ...entries)).toEqual([]);
  });

  it("once nothing is expected of it any more, and nobody asks for it", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [good]).page.leaveOpen("s");
    const watch = watching({ s: 0 });
    await ledger.settle(watch);
    expect([await ledger.misdone(watch), watch.asked]).toEqual([[], []]);
    expect(ledger.acknowledged("a")).toEqual([]);
  });

  it("where the probe has lost its memory of those before", async () => {
    const ledger = createLedger("once");
    entered(ledger, "first", [good]);
    await ledger.settle(watching({}));
    entered(ledger, "second", [good]);
    const forgetful = watching({ first: 0, second: 0 });
    await ledger.settle(forgetful);
    expect(await ledger.misdone(forgetful)).toEqual([]);
  });

  it.each([
    ["at once", [good]],
    ["after a cut", [cut, good]],
  ])("when it was only late, %s", async (_when, entries) => {
    const ledger = createLedger("once");
    entered(ledger, "s", entries);
    await ledger.settle(watching({ s: 0 }));
    expect(await ledger.misdone(watching({ s: 1 }))).toEqual([]);
  });

  it("and one that was processed twice is not asked for again", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [good]);
    await ledger.settle(watching({ s: 2 }));
    const later = watching({ s: 1 });
    expect(await ledger.misdone(later)).toMatchObject([
      { misdeed: "doubled", sessionId: "s", check: { id: "a/check" } },
    ]);
    expect(later.asked).toEqual([]);
  });

  it("and so nobody asks for it", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [good]);
    entered(ledger, "refused", [refused]);
    const watch = watching({});
    await ledger.settle(watch);
    expect(new Set(watch.asked)).toEqual(new Set(["s", "sentinel"]));
  });

  it("twice: each session is looked at once", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [good]);
    await ledger.settle(watching({}));
    const again = watching({ s: 0 });
    await ledger.settle(again);
    expect(again.asked).toEqual([]);
  });
});

describe("a misdone session", () => {
  const judging = checkOf("a/judging", { judgesEffects: true });
  const anyones = checkOf("a/anyones", { judgesEffects: true, collects: { misdeeds: ["lost"], from: "any-suite" } });

  it("is a finding of the check that answers for its own", async () => {
    const ledger = createLedger("once");
    const odd = met({ label: "odd" });
    const { record } = entered(ledger, "s", [odd], judging);
    const watch = watching({ s: 0 });
    await ledger.settle(watch);
    expect(record.findings).toEqual([
      { expected: "processed once", actual: "processed never", where: odd.attempt, fix: null },
    ]);
    expect(await ledger.misdone(watch)).toEqual([]);
  });

  it("is a finding with what is behind it where the work has stopped, unless it was doubled", async () => {
    const ledger = createLedger("once");
    for (const fromMs of [0, 10, 20]) entered(ledger, `done at ${fromMs}`, [met({ fromMs })]);
    entered(ledger, "refused", [met({ status: 400, fromMs: 5 })]);
    const odd = (fromMs: number): Entry => met({ label: "odd", fromMs });
    const doubled = entered(ledger, "doubled", [odd(12)], judging);
    const records = [[met({ status: 500, fromMs: 15 }), odd(30)], [odd(40)], [odd(50)], [odd(60)]].map(
      (entries, index) => entered(ledger, `lost ${index}`, entries, judging).record,
    );
    const lost = Object.fromEntries(records.map((_, index) => [`lost ${index}`, 0]));
    await ledger.settle(watching({ ...lost, sentinel: 0, doubled: 2 }));
    const cause = {
      id: "work-stopped",
      says: expect.stringMatching(/the first that was not was the callback "odd" of a\/judging$/),
    };
    expect(ledger.whyLost).toMatchObject(cause);
    for (const { findings } of records) expect(findings).toMatchObject([{ actual: "processed never", cause }]);
    expect(doubled.record.findings).toMatchObject([{ actual: "processed 2 times, though sent once" }]);
    expect(doubled.record.findings[0]).not.toHaveProperty("cause");
  });

  /** Twenty plain sessions, of which so many are lost, and one that is special, which is lost too. */
  async function among(lost: number, check = judging) {
    const ledger = createLedger("once");
    const ids = Array.from({ length: 20 }, (_, index) => `p${index}`);
    for (const id of ids) entered(ledger, id, [good]);
    const { record } = entered(ledger, "special", [met({ label: "odd" })], check);
    const watch = watching(Object.fromEntries([...ids.slice(0, lost), "special"].map((id) => [id, 0])));
    await ledger.settle(watch);
    const kept = (await ledger.misdone(watch)).filter(({ sessionId }) => sessionId === "special");
    return { findings: record.findings.length, kept: kept.map(({ misdeed }) => misdeed) };
  }

  it.each([
    ["held against what is special where one plain session in twenty is lost", 1, judging, 1, []],
    ["not held against it where two are", 2, judging, 0, ["lost"]],
    ["held against a check that answers for whatever is lost all the same", 2, anyones, 1, []],
  ])("is %s", async (_what, lost, check, findings, kept) => {
    expect(await among(lost, check)).toEqual({ findings, kept });
  });

  it("is plainly lost by how many of the plain ones are, however many others there are", async () => {
    const ledger = createLedger("once");
    for (let index = 0; index < 10; index += 1) entered(ledger, `p${index}`, [good]);
    for (let index = 0; index < 30; index += 1) entered(ledger, `odd ${index}`, [met({ label: "odd" })]);
    const { record } = entered(ledger, "special", [met({ label: "odd" })], judging);
    await ledger.settle(watching({ p0: 0, special: 0 }));
    expect(record.findings).toEqual([]);
  });

  it("is called plainly lost where plain ones are lost as well, whatever came before it", async () => {
    const ledger = createLedger("once");
    entered(ledger, "plain", [good]);
    entered(ledger, "cut", [cut, good]);
    const watch = watching({ plain: 0, cut: 0 });
    await ledger.settle(watch);
    expect((await ledger.misdone(watch)).map(({ misdeed }) => misdeed)).toEqual(["lost", "lost"]);
  });

  it("belongs to the check that has sent it last, with all that it met before", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [met({ status: 500 })], checkOf("a/first"));
    entered(ledger, "s", [good], checkOf("b/second"));
    const watch = watching({ s: 0 });
    await ledger.settle(watch);
    expect(await ledger.misdone(watch)).toMatchObject([{ check: { id: "b/second" }, misdeed: "lost-after-failure" }]);
  });

  it("stays left out where it comes again in another check", async () => {
    const ledger = createLedger("once");
    entered(ledger, "s", [good]).page.leaveOpen("s");
    entered(ledger, "s", [good], checkOf("b/second"));
    const watch = watching({ s: 0 });
    await ledger.settle(watch);
    expect(await ledger.misdone(watch)).toEqual([]);
  });

  it.each([
    [{ processed: 1, named: { email: 2 } }, "doubled", "email 2 times, invoice never"],
    [{ processed: 1, named: { email: 1 } }, "lost", "invoice never"],
    [{ processed: 2, named: { email: 1, invoice: 1 } }, "doubled", "processed 2 times, though sent once"],
    [{ processed: 0, named: { email: 1, invoice: 1 } }, "lost", "processed never"],
    [{ processed: 0, named: {} }, "lost", "processed never"],
  ])("is told by the effects that others have: %j", async (seen, misdeed, actual) => {
    const ledger = createLedger("once");
    entered(ledger, "usual", [good]);
    entered(ledger, "s", [good]);
    const watch = watching({ usual: { processed: 1, named: { email: 1, invoice: 1 } }, s: seen });
    await ledger.settle(watch);
    expect(await ledger.misdone(watch)).toMatchObject([{ misdeed, actual }]);
  });
});

describe("where work may be done again", () => {
  const usual = { processed: 1, named: { email: 1, invoice: 1 } };

  it.each([
    [{ processed: 1, named: usual.named }, []],
    [{ processed: 3, named: { email: 2, invoice: 1 } }, []],
    [{ processed: 0, named: {} }, [["lost", "processed never"]]],
    [{ processed: 2, named: { email: 2 } }, [["lost", "invoice never"]]],
  ])("only what is missing is a fault: %j", async (seen, expected) => {
    const ledger = createLedger("at-least-once");
    entered(ledger, "usual", [good]);
    entered(ledger, "s", [good]);
    const watch = watching({ usual, s: seen });
    await ledger.settle(watch);
    expect((await ledger.misdone(watch)).map(({ misdeed, actual }) => [misdeed, actual])).toEqual(expected);
  });

  it("that is what is expected, in words", async () => {
    const ledger = createLedger("at-least-once");
    const check = checkOf("a/judging", { judgesEffects: true });
    const { record } = entered(ledger, "s", [met({ label: "odd" })], check);
    await ledger.settle(watching({ s: 0 }));
    expect(record.findings).toMatchObject([{ expected: "processed at least once", actual: "processed never" }]);
  });
});

describe("what a run has sent", () => {
  it("and was acknowledged, is told by suite", () => {
    const ledger = createLedger("once");
    entered(ledger, "one", [good], checkOf("a/x"));
    entered(ledger, "two", [refused], checkOf("a/y"));
    entered(ledger, "three", [good], checkOf("a/y"));
    entered(ledger, "other", [good], checkOf("b/x"));
    expect(ledger.acknowledged("a")).toEqual(["one", "three"]);
  });

  it("is told in the order of its first attempts, whatever order they ended in", () => {
    const ledger = createLedger("once");
    entered(ledger, "last", [met({ fromMs: 100 })]);
    entered(ledger, "first", [met({ status: 500, fromMs: 10 }), met({ fromMs: 200 })]);
    entered(ledger, "second", [met({ fromMs: 50 })]);
    expect(ledger.acknowledged("a")).toEqual(["first", "second", "last"]);
  });

  it.each([
    ["without a sentinel where all of it had ended when the last one was sent", 500, 0],
    ["with a sentinel where some of it had not", 501, 1],
  ])("is looked at %s", async (_when, toMs, sentinels) => {
    const ledger = createLedger("once");
    entered(ledger, "early", [met({ toMs: 100 })]);
    entered(ledger, "late", [met({ toMs })]);
    const { state, ...watch } = watching({});
    let sent = 0;
    const sendSentinel = async (): Promise<string> => `sentinel ${(sent += 1)}`;
    await ledger.settle({ ...watch, sendSentinel, state: { ...state, settledUpTo: 500 } });
    expect(sent).toBe(sentinels);
  });

  it("and met a failure of the receiver's own, is told unless it was acknowledged since, or left open", () => {
    const ledger = createLedger("once");
    entered(ledger, "failed", [met({ status: 500 })]);
    entered(ledger, "limited", [met({ status: 429 })]);
    entered(ledger, "acknowledged since", [met({ status: 500 }), good]);
    entered(ledger, "left open", [met({ status: 500 })]).page.leaveOpen("left open");
    entered(ledger, "refused", [refused]);
    entered(ledger, "failed and then refused", [met({ status: 500 }), refused]);
    entered(ledger, "unanswered", [met({ status: null })]);
    entered(ledger, "hostile", [met({ status: 500, entitles: false })]);
    entered(ledger, "lost on its way", [met({ status: 500, onTheWay: "lost-ack" })]);
    expect(ledger.unacknowledged()).toEqual(["failed", "limited", "failed and then refused"]);
  });
});

it("a misdeed whose special case is not the cause is plainly one or the other", () => {
  expect([plainOf("lost-after-cut"), plainOf("doubled-at-once")]).toEqual(["lost", "doubled"]);
});

it("a check's suite stands before the slash", () => {
  expect(suiteOf(checkOf("a-b/c/d"))).toBe("a-b");
});
