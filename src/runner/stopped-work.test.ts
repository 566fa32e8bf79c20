import { describe, expect, it } from "vitest";
import { stoppedWork, type Looked } from "./stopped-work.js";

const plain = { check: "a/plain", label: "" };
const odd = { check: "a/odd", label: "with a long id" };

/** One that took half a second, sent in this second. */
const at = (second: number, isProcessed: boolean, sent = plain): Looked => ({
  sent: [sent],
  startedAt: second * 1000,
  endedAt: second * 1000 + 500,
  isProcessed,
});
const done = [0, 1, 2].map((second) => at(second, true));
const lost = [5, 6, 7].map((second) => at(second, false));

describe("work that has stopped", () => {
  it("is told by what was processed before, and the first that was not", () => {
    const cause = stoppedWork([...lost, at(4, false, odd), ...done]);
    expect(cause).toMatchObject({ id: "work-stopped", fix: expect.stringMatching(/log of whatever works through/) });
    expect(cause?.says).toMatch(/the first that was not was the callback "with a long id" of a\/odd$/);
    expect(stoppedWork([...done, ...lost])?.says).toMatch(/was the documented callback of a\/plain$/);
  });

  it("is another thing where nothing was processed but the callback before them all", () => {
    expect(stoppedWork(lost)).toEqual({
      id: "only-the-first-is-processed",
      says: "of all that was acknowledged only what came first was processed",
      fix: expect.stringMatching(/a cache in front that answers a POST by its URL/),
    });
  });

  it("names what was sent first, whatever came first in the ledger", () => {
    const early = at(4, false, { ...plain, check: "a/early" });
    expect(stoppedWork([...done, ...lost, early])?.says).toMatch(/was not was the documented callback of a\/early$/);
  });

  it("names what was special among those that were under way with the first", () => {
    const beside = { ...at(4, false, odd), startedAt: 4500 };
    const later = { ...at(4, false, { ...odd, label: "later" }), startedAt: 4501 };
    expect(stoppedWork([...done, at(4, false), later, beside, ...lost])?.says).toMatch(
      /was not was the callback "with a long id" of a\/odd$/,
    );
  });

  it.each([
    ["nothing is lost", done],
    ["too little was looked at to tell", lost.slice(1)],
    ["too little was processed to tell", [...done.slice(1), ...lost]],
    ["only odd ones were processed", [...[0, 1, 2].map((second) => at(second, true, odd)), ...lost]],
    ["something odd came before what was processed", [...done.map((one) => ({ ...one, sent: [plain, odd] })), ...lost]],
    ["too little is lost to tell", [...done, ...lost.slice(1)]],
    ["what is lost stands between what is not", [...done, at(3, false), at(4, true), ...lost]],
  ])("is not told where %s", (_what, looked) => {
    expect(stoppedWork(looked)).toBeNull();
  });

  it("is told where one that is lost was under way with the last that was processed", () => {
    const beside = { ...at(2, false), startedAt: 1900, endedAt: 2000 };
    expect(stoppedWork([...done, beside, ...lost])).not.toBeNull();
    expect(stoppedWork([...done, { ...beside, endedAt: 1999 }, ...lost])).toBeNull();
  });

  it("is not told where too little is lost that was sent after the last that was processed", () => {
    for (const startedAt of [1900, 2000]) {
      expect(stoppedWork([...done, { ...at(2, false), startedAt }, ...lost.slice(1)])).toBeNull();
    }
  });
});
