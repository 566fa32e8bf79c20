import { describe, expect, it } from "vitest";
import { parseHeaders } from "./header-option.js";

const environment = { API_KEY: "k3y-of-the-environment", EMPTY: "" };
const parse = (text: string) => parseHeaders([text], environment)[0];

describe("a header on the command line", () => {
  it("has a name and a value, outer space aside", () => {
    expect(parse("X-Api-Key:  some: key ")).toEqual(["X-Api-Key", "some: key"]);
  });

  it("is sent empty with a semicolon, as curl has it", () => {
    expect(parse("X-Empty;")).toEqual(["X-Empty", ""]);
  });

  it("takes values from the environment", () => {
    expect(parse("Authorization: Bearer ${API_KEY}")).toEqual(["Authorization", "Bearer k3y-of-the-environment"]);
  });

  it.each([
    ["X-Api-Key: ${EMPTY}", "--header X-Api-Key: expected a value in the environment variable EMPTY, which is empty"],
    ["X-Api-Key: ${NONE}", "--header X-Api-Key: expected a value in the environment variable NONE, which is not set"],
    ["X-Api-Key:", "--header X-Api-Key: expected a value, got none; 'X-Api-Key;' sends an empty one"],
    ["some-key", "--header: expected 'Name: value', got one without a name and a colon after it"],
  ])("refuses %s", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
