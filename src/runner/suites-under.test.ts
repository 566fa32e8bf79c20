import { expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { checkOf, suitesOf } from "./check.test.kit.js";
import { suitesUnder } from "./suites-under.js";

it("leaves out what does not fit, and a suite of which nothing is left", () => {
  const fits = ({ id }: { readonly id: string }): boolean => id === "batch";
  const [a, b, c] = suitesOf([
    checkOf("a/fits", { fits }),
    checkOf("a/of-another", { fits: () => false }),
    checkOf("b/of-another", { fits: () => false }),
    checkOf("c/of-any"),
  ]);
  if (a === undefined || b === undefined || c === undefined) throw new Error("there are three suites");
  const under = suitesUnder(batch, [a, b, { ...c, fits: () => false }, { ...c, id: "d", fits }]);
  expect(under.map(({ id, checks }) => [id, checks.map((check) => check.id)])).toEqual([
    ["a", ["a/fits"]],
    ["d", ["c/of-any"]],
  ]);
  expect(suitesUnder(batch, under)).toBe(suitesUnder(batch, under));
  expect(suitesUnder({ ...batch, id: "other" }, [a])).toEqual([]);
});

it("requires only what the contract says", () => {
  const checks = [
    checkOf("a/said"),
    checkOf("a/unsaid", { clause: "nowhere/said" }),
    checkOf("a/unsaid-with-a-source", { clause: "nowhere/said", source: "RFC 9110", level: "hardening" }),
    checkOf("a/of-no-clause", { clause: null, source: "RFC 9112" }),
  ];
  const [suite] = suitesUnder(batch, suitesOf(checks));
  expect(suite?.checks.map(({ level, clause, source }) => [level, clause, source])).toEqual([
    ["required", "response/2xx", undefined],
    ["recommended", null, "good practice"],
    ["hardening", null, "RFC 9110"],
    ["required", null, "RFC 9112"],
  ]);
});

it("says each sentence with the contract's figures", () => {
  const explain = {
    sends: "{attempts} sent",
    expects: "{attempts} seen",
    why: "{attempts} why",
    fix: "{attempts} fix",
  };
  const [suite] = suitesUnder(batch, suitesOf([checkOf("a/one", { title: "{attempts} titles", explain })]));
  expect(suite?.checks[0]).toMatchObject({
    title: "six titles",
    explain: { sends: "six sent", expects: "six seen", why: "six why", fix: "six fix" },
  });
});
