import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventedSessions, suppliedSessions } from "../../runner/session-ids.js";
import { parseShard, sessionShare, shareOf, type Shard } from "./shard.js";

const shardsOf = (of: number): readonly Shard[] => Array.from({ length: of }, (_, index) => ({ index: index + 1, of }));

describe("--shard", () => {
  it("is read as index and number", () => {
    expect(parseShard("2/8")).toEqual({ index: 2, of: 8 });
  });

  it.each(["0/8", "9/8", "1/0", "2", "2/", "/8", "a/b", "-1/8", "1.5/8", "1/99999", ""])("%j is none", (text) => {
    expect(() => parseShard(text)).toThrow(/--shard: expected the number of this job and of all, such as 2\/8/);
  });
});

it("the shards share out everything, nothing twice, as evenly as can be", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, of) => {
      const shares = shardsOf(of).map((shard) => shareOf(items, shard));
      expect(new Set(shares.flat())).toEqual(new Set(items));
      expect(shares.flat()).toHaveLength(items.length);
      const sizes = shares.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

describe("supplied session ids", () => {
  const ids = Array.from({ length: 10 }, (_, index) => `session-${index}`);

  it("are shared out too, so that no two shards use the same one", () => {
    const taken = shardsOf(3).flatMap((shard) => {
      const source = sessionShare(suppliedSessions(ids), shard);
      const batch = source.take("check", source.left());
      return Array.from({ length: 3 }, () => batch?.() ?? "");
    });
    expect(new Set(taken).size).toBe(9);
  });

  it("are used up where the share is", () => {
    const source = sessionShare(suppliedSessions(ids), { index: 1, of: 5 });
    expect(source.left()).toBe(2);
    expect(source.take("check", 3)).toBeNull();
    expect(source.take("check", 2)).not.toBeNull();
    expect(source.left()).toBe(0);
  });

  it("are left alone where they are invented", () => {
    const source = inventedSessions("seed", "nonce");
    expect(sessionShare(source, { index: 1, of: 5 })).toBe(source);
  });
});
