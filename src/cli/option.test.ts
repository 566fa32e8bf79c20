import { describe, expect, it } from "vitest";
import { readOptions, type OptionTable } from "./option.js";

const table = {
  skip: { kind: "list", commas: true, describe: "" },
  header: { kind: "list", describe: "" },
  concurrency: { kind: "count", min: 1, max: 9, default: 8, describe: "" },
  "max-time": { kind: "duration", describe: "" },
  "fail-on": { kind: "choice", choices: ["required", "recommended"], default: "required", describe: "" },
  local: { kind: "flag", describe: "" },
} as const satisfies OptionTable;

const read = (raw: Readonly<Record<string, unknown>>) => readOptions(table, raw);

describe("options", () => {
  it("have their defaults", () => {
    expect(read({})).toEqual({
      skip: [],
      header: [],
      concurrency: 8,
      "max-time": undefined,
      "fail-on": "required",
      local: false,
    });
  });

  it("are lists by repetition and by commas, but not by those within braces", () => {
    expect(read({ skip: ["a/*,b", "{c,d}/*,e"] }).skip).toEqual(["a/*", "b", "{c,d}/*", "e"]);
  });

  it("keep commas where they mean nothing", () => {
    expect(read({ header: "Accept: a, b" }).header).toEqual(["Accept: a, b"]);
  });

  it("count once, the last time, where there is one value", () => {
    expect(read({ concurrency: ["1", "2"] }).concurrency).toBe(2);
  });

  it("are the same as numbers out of a config file", () => {
    expect(read({ concurrency: 3, "max-time": 90 })).toMatchObject({ concurrency: 3, "max-time": 90_000 });
  });

  it.each([
    [{ concurrency: "1.5" }, '--concurrency: expected a whole number from 1 to 9, got "1.5"'],
    [{ concurrency: "" }, "--concurrency: expected a whole number from 1 to 9, got none"],
    [{ skip: "a,,b" }, "--skip: expected a value, got none"],
    [{ header: false }, "--header: expected a value, got --no-header"],
    [{ "fail-on": "requird" }, '--fail-on: expected required, recommended, got "requird"; did you mean required?'],
  ])("refuse %j", (raw, message) => {
    expect(() => read(raw)).toThrow(message);
  });
});
