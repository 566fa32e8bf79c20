import { describe, expect, it } from "vitest";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf } from "./run.test.kit.js";
import { hexOf, inventedId, inventedSessions, sessionIdPrefix, suppliedSessions } from "./session-ids.js";

describe("invented session ids", () => {
  const idOf = (seed: string, nonce: string, owner = "a/b"): string =>
    inventedSessions(seed, nonce).take(owner, 1)?.() ?? "";

  it("are 26 lower-case hex characters after a prefix to recognise them by", () => {
    expect(idOf("seed", "nonce")).toMatch(/^[0-9a-f]{26}$/);
    expect(idOf("seed", "nonce").startsWith(sessionIdPrefix)).toBe(true);
  });

  it("are found whatever stands around them, and no part of one", () => {
    const id = idOf("seed", "nonce");
    expect(inventedId.exec(`../${id}0?x`)?.[0]).toBe(id);
    expect(inventedId.exec(id.slice(0, -1))).toBeNull();
  });

  it("follow from seed, nonce and check", () => {
    expect(idOf("seed", "nonce")).toBe("c0de7e57cf7a02b322681ae22b");
    expect(inventedSessions("seed", "nonce", "x-").take("a/b", 1)?.()).toBe("x-c0de7e57cf7a02b322681ae22b");
    expect(hexOf(70, "a")).toBe("92a72ae8fe30276e8c527c1fc63ed62f37bd2c32f30b974ef3cca5bbfd95890d135f17");
    expect(idOf("seed", "nonce")).toBe(idOf("seed", "nonce"));
    const ids = [idOf("seed", "nonce"), idOf("other", "nonce"), idOf("seed", "other"), idOf("seed", "nonce", "a/c")];
    expect(new Set(ids).size).toBe(4);
  });

  it("do not run together where the words are cut otherwise", () => {
    expect(idOf("ab", "c")).not.toBe(idOf("a", "bc"));
    expect(hexOf(100, "a", "b")).not.toBe(hexOf(100, "ab"));
  });

  it("depend on no order among the checks", () => {
    const [one, other] = [inventedSessions("seed", "nonce"), inventedSessions("seed", "nonce")];
    const [a1, b1] = [one.take("a", 1)?.(), one.take("b", 1)?.()];
    const [b2, a2] = [other.take("b", 1)?.(), other.take("a", 1)?.()];
    expect([a2, b2]).toEqual([a1, b1]);
  });

  it("never come twice, not even in a second run of a check", () => {
    const source = inventedSessions("seed", "nonce");
    const ids = [1, 2].flatMap(() => {
      const next = source.take("a", 2);
      return [next?.(), next?.()];
    });
    expect(new Set(ids).size).toBe(4);
    expect([source.left(), source.invents]).toEqual([Infinity, true]);
  });
});

describe("supplied session ids", () => {
  it("are used in their order, once each", () => {
    const source = suppliedSessions(["a", "b", "c"]);
    const first = source.take("x", 2);
    expect([first?.(), first?.(), source.take("y", 1)?.()]).toEqual(["a", "b", "c"]);
    expect([source.left(), source.invents]).toEqual([0, false]);
  });

  it("are used once where the list has one twice", () => {
    expect(suppliedSessions(["a", "a", "b", "a"]).left()).toBe(2);
  });

  it("are not taken where there are too few, so that a smaller check may have them", () => {
    const source = suppliedSessions(["a", "b"]);
    expect(source.take("x", 3)).toBeNull();
    expect(source.take("y", 2)).not.toBeNull();
  });

  it("are not taken beyond what a check declares", () => {
    const next = suppliedSessions(["a", "b"]).take("x", 1);
    next?.();
    expect(() => next?.()).toThrow("more than the 1 session ids");
  });
});

describe("a run with supplied session ids", () => {
  it("sends these ids and no others, none twice", async () => {
    const receiver = await startReceiver();
    const target = targetOf(receiver.url, { sessions: suppliedSessions(["s1", "s2", "s3"]) });
    await runChecks(target, [checkOf("a/one", { sessions: 1 }), checkOf("a/two", { sessions: 1 })]);
    expect(receiver.arrived.map(({ sessionId }) => sessionId).sort()).toEqual(["s1", "s2", "s3"]);
  });

  it("skips the checks that lack one, and says how many they need", async () => {
    const receiver = await startReceiver();
    const target = targetOf(receiver.url, { sessions: suppliedSessions(["s1", "s2", "s3"]) });
    const report = await runChecks(target, [
      checkOf("a/greedy", { sessions: 20 }),
      checkOf("a/modest", { sessions: 1 }),
    ]);
    expect(outcomesOf(report)).toEqual({ "a/greedy": "skipped sessions-used-up", "a/modest": "passed" });
    expect(checkIn(report, "a/greedy").reason).toBe("it takes 20 session ids, and 2 are left: supply more");
  });

  it("runs nothing where there is none for the first callback", async () => {
    const receiver = await startReceiver();
    const report = await runChecks(targetOf(receiver.url, { sessions: suppliedSessions([]) }), [checkOf("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/one": "not-run sessions-used-up" });
    expect(report.verdict).toBe("inconclusive");
    expect(receiver.arrived).toEqual([]);
  });

  it("keeps a failure that it has no id left to confirm, with a remark", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 1 ? 200 : 500 }));
    const target = targetOf(receiver.url, { sessions: suppliedSessions(["s1", "s2"]) });
    const report = await runChecks(target, [checkOf("a/one", { sessions: 1 })]);
    expect(checkIn(report, "a/one")).toMatchObject({
      outcome: "failed",
      notes: ["It could not be repeated to confirm it."],
    });
  });

  it("writes the id itself into the curl line", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 1 ? 200 : 500 }));
    const target = targetOf(receiver.url, { sessions: suppliedSessions(["known-1", "known-2"]) });
    const report = await runChecks(target, [checkOf("a/one", { sessions: 1 })]);
    expect(checkIn(report, "a/one").reproduce).toContain("known-2");
  });
});
