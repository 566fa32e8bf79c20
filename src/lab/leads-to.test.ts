import { describe, expect, test } from "vitest";
import { batch as contract } from "../contract/batch.js";
import { expectationOf } from "./leads-to.js";
import { parseTokens } from "./tokens.js";

/** How it ends, with which attempt, and how often it is processed. */
function ledTo(script: string): string {
  const deliveries = [{ startsAtMs: 0, script: parseTokens(script, "scenario") }];
  const { deliveries: ends, processed } = expectationOf(deliveries, contract);
  return `${ends[0]?.outcome} ${ends[0]?.attempts}, processed ${processed[0]}`;
}

describe("by the contract", () => {
  test.each([
    ["pass", "acknowledged 1, processed 1"],
    ["duplicate", "acknowledged 1, processed 1"],
    ["restart", "acknowledged 1, processed 1"],
    ["other-instance", "acknowledged 1, processed 1"],
    ["hang-up", "acknowledged 2, processed 1"],
    ["crash:300ms", "acknowledged 2, processed 1"],
    ["204", "acknowledged 1, processed 0"],
    ["503", "acknowledged 2, processed 1"],
    ["503,200", "acknowledged 2, processed 0"],
    ["301", "acknowledged 2, processed 1"],
    ["redirect", "acknowledged 2, processed 1"],
    ["garbage", "acknowledged 2, processed 1"],
    ["close", "acknowledged 2, processed 1"],
    ["dribble", "acknowledged 2, processed 1"],
    ["dribble:body", "acknowledged 1, processed 0"],
    ["drop", "acknowledged 2, processed 1"],
    ["cut,200", "acknowledged 2, processed 0"],
    ["lost-ack,200", "acknowledged 2, processed 1"],
    ["late-ack:19.999s", "acknowledged 1, processed 1"],
    ["late-ack:20s,200", "acknowledged 2, processed 1"],
    ["delayed:19s", "acknowledged 1, processed 1"],
    ["delayed:65s,200", "acknowledged 2, processed 1"],
    ["slow:19.999s", "acknowledged 1, processed 0"],
    ["slow:20s,200", "acknowledged 2, processed 0"],
    ["503*5", "acknowledged 6, processed 1"],
    ["503*6", "abandoned 6, processed 0"],
    ["drop,cut,503,timeout,reset,redirect", "abandoned 6, processed 0"],
    ["lost-ack*6", "abandoned 6, processed 1"],
    ["200,lost-ack,pass", "acknowledged 1, processed 0"],
  ])("%s leads to %s", (script, end) => {
    expect(ledTo(script)).toBe(end);
  });
});

test("each session has its own end", () => {
  const scripts = ["pass", "503*6"].map((script) => ({ startsAtMs: 0, script: parseTokens(script, "scenario") }));
  expect(expectationOf(scripts, contract)).toEqual({
    deliveries: [
      { outcome: "acknowledged", attempts: 1 },
      { outcome: "abandoned", attempts: 6 },
    ],
    processed: [1, 0],
  });
});
