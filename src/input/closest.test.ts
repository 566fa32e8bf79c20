import { expect, it } from "vitest";
import { closest } from "./closest.js";

it.each([
  ["lsit", ["list", "send"], "list"],
  ["fail-no", ["fail-on", "level"], "fail-on"],
  ["known", ["known-failures", "out"], "known-failures"],
  ["LOCAL", ["local"], "local"],
  ["frobnicate", ["list", "send"], undefined],
  ["x", ["out", "ca"], undefined],
])("for %s the closest of %j is %s", (text, candidates, found) => {
  expect(closest(text, candidates)).toBe(found);
});
