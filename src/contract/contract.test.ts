import { expect, it } from "vitest";
import { clausesFor } from "./clauses.js";
import { scheduledOffsetsMs, scriptixContract } from "./contract.js";

it("holds the documented schedule: 0, 1, 3, 8, 23 and 53 minutes", () => {
  expect(scheduledOffsetsMs(scriptixContract).map((ms) => ms / 60_000)).toEqual([0, 1, 3, 8, 23, 53]);
});

it("cannot be changed by whoever reads it", () => {
  expect(() => (scriptixContract.retry.delaysMs as number[]).push(1)).toThrow(TypeError);
  expect(() => Object.assign(scriptixContract.response, { deadlineMs: 1 })).toThrow(TypeError);
});

it("states its figures from the data, so that a changed schedule changes the text", () => {
  const statement = (id: string): string | undefined =>
    clausesFor({ deadlineMs: 5000, retryDelaysMs: [60_000, 180_000] }).find((clause) => clause.id === id)?.statement;
  expect(statement("response/within-20-seconds")).toBe("The answer comes within 5 seconds.");
  expect(statement("retry/schedule")).toContain("3 attempts: at once, then +1, +3 minutes");
  expect(statement("retry/abandon")).toContain("After failure number 3");
});

it("gives each clause an id of its own, a section of the page, and someone who must keep it", () => {
  const ids = scriptixContract.clauses.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { section, statement, binds } of scriptixContract.clauses) {
    expect(section).not.toBe("");
    expect(statement).toMatch(/^[A-Z].*\.$/);
    expect(binds.length).toBeGreaterThan(0);
  }
});

it("names every system header in lower case, as it is compared", () => {
  const { systemHeaders } = scriptixContract.request;
  expect(systemHeaders).toEqual(systemHeaders.map((name) => name.toLowerCase()));
  const { sessionHeader, legacySessionHeader } = scriptixContract.request;
  expect(systemHeaders).toContain(sessionHeader.toLowerCase());
  expect(systemHeaders).toContain(legacySessionHeader.toLowerCase());
});
