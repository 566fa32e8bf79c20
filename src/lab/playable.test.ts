import { expect, test } from "vitest";
import { whyNotPlayed } from "./playable.js";
import type { ReceiverKind } from "./lab-receiver.js";
import { namedScenarios, scenarioOf } from "./scenario-file.js";

test("a process can be restarted", () => {
  expect(whyNotPlayed("process", scenarioOf("503,restart"))).toBeNull();
});

test.each(["embedded", "app", "url"] as const)("the kind %s cannot, which is told in one sentence", (kind) => {
  expect(whyNotPlayed(kind, scenarioOf("503,restart"))).toBe(
    "its word restart, for attempt 2, needs a receiver that can be started anew: a command given by --exec, with --url",
  );
});

test("every named scenario that starts nothing anew, and needs no other instance, is for every kind", () => {
  const refused = (kind: ReceiverKind, hasOther = false): readonly string[] =>
    namedScenarios().flatMap((scenario) => (whyNotPlayed(kind, scenario, hasOther) === null ? [] : [scenario.name]));
  expect(refused("app")).toEqual(["crashed-at-work", "restarted-between-attempts", "retried-on-another-instance"]);
  expect(refused("url", true)).toEqual(["crashed-at-work", "restarted-between-attempts"]);
  expect(refused("process", true)).toEqual([]);
});
