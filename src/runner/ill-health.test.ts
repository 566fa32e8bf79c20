import { expect, it } from "vitest";
import { emptyRecord, type CheckEnd, type Evidence } from "./check-record.js";
import { blamedFor, causeOfIll, failedOver, illOver, isOfIll } from "./ill-health.js";

const evidence = (status: number | null, label: string): Evidence => ({
  attempt: { response: status === null ? null : { status } } as never,
  label,
  scheduled: false,
  fitsCurl: true,
  variation: null,
});

const endOver = (status: number | null, ...labels: readonly string[]): CheckEnd => ({
  outcome: "failed",
  reasonCode: "rate-limited",
  reason: "so",
  durationMs: 5,
  record: {
    ...emptyRecord(),
    evidence: labels.map((label) => evidence(status, label)),
    notes: ["noted"],
  },
});

it.each([
  [
    "something that was not given back, where something odd was sent",
    endOver(403, "", "odd"),
    /^Look for what that took and never gave back/,
    /since the callback "odd" of a\/check$/,
  ],
  ["a ban, where the documented callback is refused", endOver(400, ""), /^Look for what bans/, /the documented/],
  ["a ban with 499", endOver(499, ""), /^Look for what bans/, /the documented/],
  ["a flood, where there is no answer", endOver(null, ""), /only fallen behind/, /the documented/],
  ["a flood, where it fails", endOver(500, ""), /only fallen behind/, /the documented/],
  ["a flood, where it was acknowledged", endOver(399, ""), /only fallen behind/, /the documented/],
])("what is behind it that nothing is acknowledged any more is %s", (_what, end, fix, says) => {
  const cause = causeOfIll("a/check", end);
  expect(cause).toMatchObject({ id: "never-well-again: a/check", fix: expect.stringMatching(fix) });
  expect(cause.says).toMatch(says);
  expect(isOfIll(cause)).toBe(true);
  expect(isOfIll({ ...cause, id: "process-ended" })).toBe(false);
});

it("is a ban where any documented callback is refused, and what was never answered is passed over", () => {
  const end = endOver(200);
  const mixed = { ...emptyRecord(), evidence: [evidence(200, ""), null, evidence(403, "")] };
  expect(causeOfIll("a/check", { ...end, record: mixed })).toMatchObject({
    says: expect.stringMatching(/since the documented callback of a\/check$/),
    fix: expect.stringMatching(/^Look for what bans/),
  });
});

it.each([
  ["none of what it sent was kept, since all of it was acknowledged", endOver(200)],
  ["it has no record", { ...endOver(200), record: null }],
])("names the check where %s", (_what, end) => {
  expect(causeOfIll("load/many", end)).toMatchObject({
    says: "no documented callback is acknowledged any more since the documented callback of load/many",
    fix: expect.stringMatching(/only fallen behind/),
  });
});

const cause = { id: "one", says: "so", fix: "Do." };

it("is behind each finding that has no other cause", () => {
  const finding = { expected: "this", actual: "that", where: "there", fix: null };
  const other = { ...finding, cause: { ...cause, id: "other" } };
  const end = endOver(500, "odd");
  const blamed = blamedFor({ ...end, record: { ...emptyRecord(), findings: [finding, other] } }, cause);
  expect(blamed.record?.findings.map((each) => each.cause?.id)).toEqual(["one", "other"]);
  const without = { ...end, record: null };
  expect(blamedFor(without, cause)).toBe(without);
});

it("fails a check that passed, which keeps what it has sent", () => {
  const end = endOver(200, "odd");
  expect(illOver(end, cause, "there")).toEqual({
    outcome: "failed",
    reasonCode: null,
    reason: null,
    durationMs: 5,
    record: {
      ...end.record,
      findings: [
        {
          expected: "a receiver that goes on acknowledging",
          actual: "no acknowledgement, though it still listens",
          where: "there",
          fix: null,
          cause,
        },
      ],
    },
  });
  const finding = { expected: "this", actual: "that", where: "there", fix: null };
  expect(failedOver({ ...end, record: null }, finding).record).toEqual({ ...emptyRecord(), findings: [finding] });
});
