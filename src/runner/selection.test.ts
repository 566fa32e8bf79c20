import { describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import { checkOf, suitesOf } from "./check.test.kit.js";
import { idMatcher, namedChecks, selectChecks, type SelectionOptions } from "./selection.js";

const suites = suitesOf([
  checkOf("payload/accepts-unknown-fields", { level: "recommended" }),
  checkOf("payload/accepts-a-chunked-body", { level: "hardening" }),
  checkOf("retries/acknowledges-a-duplicate", { aliases: ["retries/takes-a-duplicate"] }),
  checkOf("retries/processes-once", { level: "recommended" }),
]);

const select = (options: SelectionOptions): string[] => [...selectChecks(suites, options)];

function errorOf(options: SelectionOptions): UsageError {
  try {
    select(options);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("it selected something");
}

describe("selecting checks", () => {
  it("takes all of them where no filter is given", () => {
    expect(select({})).toHaveLength(4);
    expect(select({ suites: [], checks: [], skip: [], levels: [] })).toHaveLength(4);
  });

  it("takes the suites that a glob matches", () => {
    expect(select({ suites: ["pay*"] })).toEqual(["payload/accepts-unknown-fields", "payload/accepts-a-chunked-body"]);
  });

  it("takes what any of several globs matches, in the order of the catalogue", () => {
    expect(select({ checks: ["retries/*", "payload/*-fields"] })).toEqual([
      "payload/accepts-unknown-fields",
      "retries/acknowledges-a-duplicate",
      "retries/processes-once",
    ]);
  });

  it("keeps a star within its suite, and lets two stars cross", () => {
    expect(errorOf({ checks: ["*once"] }).code).toBe("ERR_FILTER");
    expect(select({ checks: ["**/*once"] })).toEqual(["retries/processes-once"]);
  });

  it("knows braces", () => {
    expect(select({ checks: ["{retries,payload}/a*"] })).toHaveLength(3);
  });

  it("takes away what is skipped, by its former id as well", () => {
    expect(select({ suites: ["retries"], skip: ["retries/takes-*"] })).toEqual(["retries/processes-once"]);
  });

  it("finds a check by its former id", () => {
    expect(select({ checks: ["retries/takes-a-duplicate"] })).toEqual(["retries/acknowledges-a-duplicate"]);
  });

  it("takes several levels", () => {
    expect(select({ levels: ["required", "hardening"] })).toEqual([
      "payload/accepts-a-chunked-body",
      "retries/acknowledges-a-duplicate",
    ]);
  });

  it("takes what every kind of filter agrees on", () => {
    expect(select({ suites: ["retries"], checks: ["**/*s*"], levels: ["recommended"] })).toEqual([
      "retries/processes-once",
    ]);
  });

  it("does not take a leading exclamation mark for a negation", () => {
    expect(errorOf({ checks: ["!retries/*"] }).code).toBe("ERR_FILTER");
  });
});

describe("a filter that matches nothing", () => {
  it("is refused in one sentence with what comes near it", () => {
    expect(errorOf({ checks: ["retries/acknowledges-a-dup"] }).message).toBe(
      '--check: expected an id or a glob that matches one, got "retries/acknowledges-a-dup"; did you mean retries/acknowledges-a-duplicate?',
    );
  });

  it.each([
    ["a suite among checks", "payload", "payload/*"],
    ["a suite with a slash", "payload/", "payload/*"],
    ["a star where a suite was mistyped", "retreis/*", "retries/*"],
    ["a mistyped suite before an id", "retreis/processes-once", "retries/processes-once"],
    ["an id alone", "processes-once", "retries/processes-once"],
    ["a mistyped id behind a suite of another name", "effects/proceses-once", "retries/processes-once"],
    ["a whole id with more behind it", "my/payload/accepts-unknown-fields/x", "payload/accepts-unknown-fields"],
  ])("suggests what was probably meant by %s", (_what, pattern, meant) => {
    expect(errorOf({ checks: [pattern] }).message).toContain(`; did you mean ${meant}?`);
  });

  it.each(["nothing/*", "*x*", "zzz/yyy"])("suggests nothing far off for %s", (pattern) => {
    expect(errorOf({ checks: [pattern] }).message).toMatch(/; `list` shows them all$/);
  });

  it("names all suites where none is near", () => {
    expect(errorOf({ suites: ["zzz"] }).message).toMatch(/got "zzz"; there are payload, retries$/);
  });

  it("is refused beside one that matches", () => {
    expect(errorOf({ checks: ["retries/*", "nothing/*"] }).message).toContain('got "nothing/*"; `list` shows them all');
  });

  it("is refused among the skipped ones too", () => {
    expect(errorOf({ skip: ["nothing"] }).message).toMatch(/^--skip: /);
  });

  it("names the suite where an id of a check was given for one", () => {
    expect(errorOf({ suites: ["retries/processes-once"] }).message).toMatch(/^--suite: .*did you mean retries\?$/);
  });

  it("may be empty", () => {
    expect(errorOf({ checks: [""] }).code).toBe("ERR_FILTER");
    expect(idMatcher("")("")).toBe(false);
  });

  it("may be a level", () => {
    expect(errorOf({ levels: ["must"] }).code).toBe("ERR_FILTER");
    expect(errorOf({ levels: ["must"] }).message).toBe(
      '--level: expected required, recommended, hardening, got "must"',
    );
  });

  it("may be a combination of filters that match something each", () => {
    const { code, message } = errorOf({ suites: ["payload"], levels: ["required"] });
    expect(code).toBe("ERR_FILTER");
    expect(message).toBe("the filters together (--suite, --check, --skip, --level) select no check");
  });

  it("may be everything skipped", () => {
    expect(errorOf({ skip: ["**"] }).message).toContain("select no check");
  });
});

describe("naming checks", () => {
  const nameBy = (options: SelectionOptions): string[] => [...namedChecks(suites, options)];

  it.each([
    [{ suites: ["retries"] }],
    [{ suites: ["{retries,payload}"], levels: ["required"], checks: ["retries/*"] }],
    [{ checks: ["retries/*"] }],
    [{ checks: ["{retries,payload}/acknowledges-*", "**/processes-once"] }],
  ] satisfies [SelectionOptions][])("%j names what it selects of the suite retries", (options) => {
    const selected = select(options).filter((id) => id.startsWith("retries/"));
    expect(nameBy(options).filter((id) => id.startsWith("retries/"))).toEqual(selected);
  });

  it.each([
    [{}],
    [{ suites: ["*"] }],
    [{ suites: ["re*"], checks: ["**"] }],
    [{ checks: ["*/*", "r?tries/*", "*/processes-*"] }],
    [{ levels: ["required"] }],
  ] satisfies [SelectionOptions][])("%j names nothing", (options) => {
    expect(nameBy(options)).toEqual([]);
  });

  it("is by a former id as well", () => {
    expect(nameBy({ checks: ["*/takes-a-duplicate"] })).toEqual(["retries/acknowledges-a-duplicate"]);
  });
});
