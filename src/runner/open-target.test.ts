import { describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import type { Attempt } from "../sender/attempt.js";
import type { Told } from "./plan.js";
import { targetOf } from "./run.test.kit.js";

const open = (options: Partial<Told> = {}, url = "http://127.0.0.1:1/hook") => targetOf(url, options);
const headers = [
  ["X-Api-Key", "key"],
  ["X-Tenant", "seven"],
] as const;

describe("a target", () => {
  it("has every custom header for a credential, unless some are named", () => {
    expect(open({ headers }).credentials).toEqual(headers);
    expect(open({ headers, credentialHeaders: [] }).credentials).toEqual(headers);
    expect(open({ headers, credentialHeaders: ["x-api-key"] }).credentials).toEqual([headers[0]]);
  });

  it("refuses a credential header that is not sent", () => {
    const named = (name: string) => () =>
      open({ headers: [...headers, ["Content-Type", "text/plain"]], credentialHeaders: [name] });
    expect(named("X-Key")).toThrow(
      new UsageError(
        "ERR_CREDENTIAL_HEADER",
        '--credential-header: expected the name of a header that is given with -H and is sent, got "X-Key"',
      ),
    );
    expect(named("Content-Type")).toThrow(UsageError);
  });

  it("declares what was given with it, and nothing else", () => {
    expect([...open().capabilities]).toEqual([]);
    expect([...open({ headers }).capabilities]).toEqual(["credentials"]);
    expect([...open({ headers: [["Content-Type", "text/plain"]] }).capabilities]).toEqual([]);
    expect([...open({ elapse: "real" }).capabilities]).toEqual(["elapsed-time"]);
    expect([...open({ effects: { name: "the probe", count: async () => 0 } }).capabilities]).toEqual(["effects"]);
  });

  it("is refused for a URL or a header that cannot be sent", () => {
    expect(() => open({}, "ftp://127.0.0.1/")).toThrow(UsageError);
    expect(() => open({ headers: [["X-Api-Key", "a\r\nb"]] })).toThrow(UsageError);
  });

  it.each(["late", "over-cap", "broken"] as const)(
    "learns from a baseline whose body ended %s to wait for none",
    (bodyEnd) => {
      const target = open();
      expect(target.ignoresBodies()).toBe(false);
      target.learn({ response: { bodyEnd }, timings: { headersMs: 5 } } as unknown as Attempt);
      expect(target.ignoresBodies()).toBe(true);
    },
  );

  it("goes on to wait for bodies where the baseline's ended, or none came", () => {
    const target = open();
    target.learn({ response: { bodyEnd: "complete" }, timings: { headersMs: 5 } } as unknown as Attempt);
    target.learn({ response: null, timings: { headersMs: null } } as unknown as Attempt);
    expect(target.ignoresBodies()).toBe(false);
  });
});
