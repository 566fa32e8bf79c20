import { expect, it } from "vitest";
import { batch } from "./batch.js";
import { batchClauses } from "./batch-clauses.js";
import { scheduledOffsetsMs } from "./contract.js";

it("holds the documented schedule: 0, 1, 3, 8, 23 and 53 minutes", () => {
  expect(scheduledOffsetsMs(batch).map((ms) => ms / 60_000)).toEqual([0, 1, 3, 8, 23, 53]);
});

it("cannot be changed by whoever reads it", () => {
  expect(() => (batch.retry.delaysMs as number[]).push(1)).toThrow(TypeError);
  expect(() => Object.assign(batch.response, { deadlineMs: 1 })).toThrow(TypeError);
});

it("states its figures from the data, so that a changed schedule changes the text", () => {
  const statement = (id: string): string | undefined =>
    batchClauses({ deadlineMs: 5000, retryDelaysMs: [60_000, 180_000] }).find((clause) => clause.id === id)?.statement;
  expect(statement("response/within-20-seconds")).toBe("The answer comes within 5 seconds.");
  expect(statement("retry/schedule")).toContain("3 attempts: at once, then +1, +3 minutes");
  expect(statement("retry/abandon")).toContain("After failure number 3");
});

it("gives each clause an id of its own, a section of the page, and someone who must keep it", () => {
  const ids = batch.clauses.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { section, statement, binds } of batch.clauses) {
    expect(section).not.toBe("");
    expect(statement).toMatch(/^[A-Z].*\.$/);
    expect(binds.length).toBeGreaterThan(0);
  }
});

it("names every system header in lower case, as it is compared", () => {
  const { systemHeaders } = batch.request;
  expect(systemHeaders).toEqual(systemHeaders.map((name) => name.toLowerCase()));
  for (const [name] of batch.request.headers) expect(systemHeaders).toContain(name.toLowerCase());
});
