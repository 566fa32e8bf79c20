import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findScenario, loadScenario, scenarioOf } from "./scenario-file.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scenarios-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("a file", () => {
  test("of JSON has a script, and is named after itself", () => {
    expect(loadScenario(written("own one.json", '\uFEFF{"attempts": "503, lost-ack"}'))).toEqual({
      name: "own one",
      title: "own one",
      incident: null,
      deliveries: [
        {
          startsAtMs: 0,
          script: [
            { text: "503", kind: "receiver", step: { kind: "answer", status: 503 } },
            { text: "lost-ack", kind: "lost-ack" },
          ],
        },
      ],
      expect: { deliveries: [{ outcome: "acknowledged", attempts: 3 }], processed: [1] },
    });
  });

  test("of YAML may have its words in a list, statuses as numbers, and texts over several lines", () => {
    const file = written(
      "a.yaml",
      "name: mine\ntitle: My incident\nincident: >\n  It was late,\n  and all was down.\nattempts: [503*2, 502, late-ack:25s]\n",
    );
    const { deliveries, ...told } = loadScenario(file);
    expect(deliveries[0]?.script.map(({ text }) => text)).toEqual(["503", "503", "502", "late-ack:25s"]);
    expect(told).toMatchObject({ name: "mine", title: "My incident", incident: "It was late, and all was down." });
  });

  test("may have a single status for a script", () => {
    expect(loadScenario(written("one.yml", "attempts: 503")).deliveries[0]?.script).toMatchObject([{ text: "503" }]);
  });

  test("may have several sessions, each with its start, some of them many times", () => {
    const file = written(
      "storm.yaml",
      "deliveries:\n- attempts: 503\n  times: 2\n- startsAt: 1.5m\n  attempts: pass\n- startsAt: 0s\n  attempts: 503*6\n",
    );
    const { deliveries, expect: expected } = loadScenario(file);
    expect(deliveries.map(({ startsAtMs }) => startsAtMs)).toEqual([0, 0, 90_000, 0]);
    expect(expected.deliveries.map(({ attempts }) => attempts)).toEqual([2, 2, 1, 6]);
    expect(expected.processed).toEqual([1, 1, 1, 0]);
  });

  test("may expect something else than its script leads to, for all sessions or one of them", () => {
    const file = written(
      "expect.yaml",
      "deliveries:\n- attempts: pass\n- attempts: pass\n  expect: { processed: 1, outcome: abandoned }\nexpect: { processed: 0, attempts: 2 }\n",
    );
    expect(() => loadScenario(file)).toThrow(
      /deliveries\[1\].expect.attempts: expected 6 where it is abandoned, got 2$/,
    );
    const other = written("expect.json", '{"attempts": "pass", "expect": {"outcome": "abandoned"}}');
    expect(loadScenario(other).expect).toEqual({ deliveries: [{ outcome: "abandoned", attempts: 6 }], processed: [1] });
    const both = written(
      "both.yaml",
      "deliveries:\n- attempts: pass\n- attempts: pass\n  expect: { processed: 1 }\nexpect: { processed: 0 }\n",
    );
    expect(loadScenario(both).expect.processed).toEqual([0, 1]);
  });
});

describe("what was asked for is", () => {
  test("a scenario that has this name", () => {
    expect(findScenario("flapping")).toMatchObject({ name: "flapping", title: "A receiver that flaps" });
  });

  test("a file, by its path or its ending", () => {
    expect(findScenario(written("mine", '{"attempts": "pass"}')).name).toBe("mine");
    expect(() => findScenario("no-such.yaml")).toThrow(
      "scenario no-such.yaml: expected a readable file, but there is none",
    );
    expect(() => findScenario("./")).toThrow("scenario ./: expected a readable file, but it is a directory");
  });

  test("a script, of one word or several", () => {
    expect(findScenario(" 503,timeout ")).toEqual(scenarioOf("503,timeout"));
    expect(findScenario("duplicate")).toEqual(scenarioOf("duplicate"));
    expect(findScenario("503*3").name).toBe("503,503,503");
  });

  test.each([
    ["flaping", '"flaping"; did you mean flapping?'],
    ["lost-acks", '"lost-acks"; did you mean lost-ack?'],
    ["xyzzy", '"xyzzy"'],
  ])("perhaps something near to %s", (text, got) => {
    const expected = "the name of a scenario (--list tells them), a file, or a script such as 503,timeout,pass";
    expect(() => findScenario(text)).toThrow(
      expect.objectContaining({ message: `scenario: expected ${expected}, got ${got}` }),
    );
  });

  test("a script with a mistake in it, which is told by its column", () => {
    expect(() => findScenario(" 503,tiemout")).toThrow(
      /^scenario, column 6: .* got "tiemout"; did you mean timeout\?$/,
    );
    expect(() => findScenario("")).toThrow(/got an empty script$/);
  });

  test("no URL", () => {
    expect(() => findScenario("https://example.com/hook")).toThrow("--url names the receiver");
  });
});
