import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { format } from "oxfmt";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { batch } from "../contract/batch.js";
import { contracts } from "../contract/contracts.js";
import { startAcknowledgingReceiver } from "./acknowledging-receiver.js";
import { judge } from "./judge.js";
import { expectationOf } from "./leads-to.js";
import { play } from "./play.js";
import { whyNotPlayed } from "./playable.js";
import { loadScenario, namedScenarios, scenarioOf } from "./scenario-file.js";
import type { WrittenExpectation, WrittenScenario } from "./scenario-schema.js";
import type { Scenario } from "./scenario.js";
import { counted, words } from "./words.js";

const folder = new URL("../../fixtures/scenarios/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

interface Schema {
  readonly definitions: Record<"word" | "attempts", object>;
}

const schema = read("scenario.schema.json") as Schema;
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
const scenarios = namedScenarios();

describe("the schema", () => {
  test("knows the words, and what they mean", async () => {
    const any = counted(words.map(({ pattern }) => pattern).join("|"));
    const anyOf = words.map(({ written, meaning, pattern }) => ({
      title: written,
      description: `The attempt ${meaning}.`,
      pattern: String.raw`^\s*${counted(pattern)}\s*$`,
    }));
    const { word, attempts } = schema.definitions;
    const definitions = {
      ...schema.definitions,
      word: { ...word, anyOf },
      attempts: { ...attempts, pattern: String.raw`^\s*${any}(\s*,\s*${any})*\s*$` },
    };
    const { code } = await format("scenario.schema.json", JSON.stringify({ ...schema, definitions }), {
      printWidth: 120,
    });
    await expect(code).toMatchFileSnapshot("../../fixtures/scenarios/scenario.schema.json");
  });

  test.each([
    [true, { attempts: "503, late-ack:25s*2,pass" }],
    [true, { attempts: ["503*3", 200, "redirect:302"] }],
    [false, { attempts: "503,tiemout" }],
    [false, { attempts: ["late-ack"] }],
    [false, { attempts: [199] }],
    [false, { title: "no attempts" }],
  ])("is %s of %j", (valid, written) => {
    expect(validate(written)).toBe(valid);
  });
});

test("there is one for each retry edge case", () => {
  expect(scenarios.map(({ name }) => name)).toEqual([
    "abandoned",
    "acknowledged-at-first-try",
    "crashed-at-work",
    "cut-in-the-middle",
    "delivered-twice-at-once",
    "duplicates-over-the-whole-schedule",
    "flapping",
    "just-after-the-deadline",
    "just-before-the-deadline",
    "late-work-overlaps-the-retry",
    "lost-acknowledgement",
    "quick-duplicates",
    "recovers-on-the-last",
    "recovers-on-the-second",
    "restarted-between-attempts",
    "retried-on-another-instance",
    "retried-while-at-work",
    "retry-storm",
    "sessions-overtake",
  ]);
  const names = new Set(contracts.flatMap((contract) => namedScenarios(contract).map(({ name }) => name)));
  expect(readdirSync(folder)).toHaveLength(names.size + 1);
});

/** How many attempts a script makes that is as long as the schedule is for the contract to say. */
const isWhole = ({ outcome, attempts, processed }: WrittenExpectation = {}, script: unknown = ""): boolean =>
  outcome !== undefined && processed !== undefined && (attempts !== undefined || /\*(,|$)/.test(String(script)));

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (name, scenario) => {
  test("fits the schema, as a file of a user's would", () => {
    expect(validate(read(`${name}.json`))).toBe(true);
    expect(loadScenario(new URL(`${name}.json`, folder).pathname)).toEqual(scenario);
  });

  test("says in a sentence what incident it stands for", () => {
    expect(scenario.title).toMatch(/^[A-Z].*[^.]$/);
    expect(scenario.incident).toMatch(/^[A-Z].{60,}\.$/);
  });

  test("spells out what its script leads to", () => {
    const { expect: all, attempts, deliveries } = read(`${name}.json`) as WrittenScenario;
    expect(deliveries?.every((each) => isWhole(each.expect)) ?? isWhole(all, attempts)).toBe(true);
    expect(scenario.expect).toEqual(expectationOf(scenario.deliveries, batch));
  });

  test.skipIf(whyNotPlayed("embedded", scenario) !== null)("comes out so when it is played", async () => {
    expect(await unmetOf(scenario)).toEqual([]);
  });
});

const apart = new Set(["restart", "crash", "other-instance", ""]);
const played = words.filter(({ name }) => !apart.has(name)).map(({ written }) => written);
const further = ["200", "204", "304", "503", "redirect:302", "dribble:body", "late-ack:19s", "delayed:19s", "slow:20s"];

test.each(played.concat(further))("what %s leads to comes out when it is played", async (script) => {
  expect(await unmetOf(scenarioOf(script))).toEqual([]);
});

async function unmetOf(scenario: Scenario) {
  const clock = virtualClock();
  const receiver = await startAcknowledgingReceiver(clock, batch);
  try {
    const sessionIds = scenario.deliveries.map((_, index) => `session-${index}`);
    return judge(scenario, await play({ scenario, receiver, clock, sessionIds, settleMs: 1000 }));
  } finally {
    await receiver.close();
    clock.close();
  }
}
