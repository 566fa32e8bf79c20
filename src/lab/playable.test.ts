import { expect, test } from "vitest";
import { whyNotPlayed } from "./playable.js";
import { findScenario, namedScenarios, scenarioOf } from "./scenario-file.js";

test("a process can be restarted", () => {
  expect(whyNotPlayed("process", scenarioOf("503,restart"))).toBeNull();
});

test.each(["embedded", "app", "url"] as const)("the kind %s cannot, which is told in one sentence", (kind) => {
  expect(whyNotPlayed(kind, scenarioOf("503,restart"))).toBe(
    "its word restart, for attempt 2, needs a receiver that can be started anew: a command given by --exec, with --url",
  );
});

test("every named scenario but the restart is for every kind", () => {
  const refused = namedScenarios().filter((scenario) => whyNotPlayed("url", scenario) !== null);
  expect(refused).toEqual([findScenario("restarted-between-attempts")]);
});
