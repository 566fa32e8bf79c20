import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import type { Header } from "./attempt.js";
import { documentedCallback } from "./callback.js";
import { parseCallbackUrl } from "./callback-url.js";

const url = parseCallbackUrl("https://hooks.example.com/scriptix?a=b");
const sentBy = (configured: string, custom: readonly Header[]) =>
  documentedCallback(batch, parseCallbackUrl(configured), custom, "s1", { at: 0 }).headers.slice(3);
const callback = (sessionId: string, contract = batch) => documentedCallback(contract, url, [], sessionId, { at: 0 });

it("is what the contract documents, and follows it when it changes", () => {
  const [, ...deprecated] = batch.request.headers;
  const request = {
    ...batch.request,
    headers: [["X-Session", "{sessionId}", "request/session-header"] as const, ...deprecated],
    body: { id: "{sessionId}", zoom_id: "{sessionId}" },
  };
  const { headers, body } = callback("s1", { ...batch, request });
  expect(headers.slice(0, 3)).toEqual([
    ["Content-Type", "application/json"],
    ["X-Session", "s1"],
    ["X-Zoom-Session", "s1"],
  ]);
  expect(body.toString()).toBe('{"id":"s1","zoom_id":"s1"}');
});

it("holds the session id and nothing of the results", () => {
  expect(Object.keys(JSON.parse(callback("s1").body.toString()) as object)).toEqual(["sessionId", "zoom_id"]);
});

describe("a session id that a header can carry is taken as it is", () => {
  test.each(["a", "-_.~", "a b", '"\\', "x".repeat(128), "../%2f?#@"])("%j", (sessionId) => {
    const { headers, body } = callback(sessionId);
    expect(headers[1]).toEqual(["X-Scriptix-Session", sessionId]);
    expect(JSON.parse(body.toString())).toEqual({ sessionId, zoom_id: sessionId });
  });
});

describe("beside what is documented it has what any client sends", () => {
  const client = {
    name: ["User-Agent", expect.stringMatching(/^webhook-conformance\/\d/)],
    accepts: ["Accept", "*/*"],
  };
  const basic = ["Authorization", `Basic ${Buffer.from("u:p").toString("base64")}`];

  it.each<[what: string, url: string, custom: Header[], sent: unknown[]]>([
    ["alone", "https://h.example.com/", [], [client.name, client.accepts]],
    ["the URL's userinfo", "https://u:p@h.example.com/", [], [client.name, client.accepts, basic]],
    [
      "custom headers",
      "https://u:p@h.example.com/",
      [["X-Api-Key", "k"]],
      [client.name, client.accepts, basic, ["X-Api-Key", "k"]],
    ],
    [
      "custom headers in their place, in any letter case",
      "https://u:p@h.example.com/",
      [
        ["AUTHORIZATION", "Bearer t"],
        ["user-agent", "mine"],
      ],
      [client.accepts, ["AUTHORIZATION", "Bearer t"], ["user-agent", "mine"]],
    ],
  ])("%s", (_, configured, custom, sent) => expect(sentBy(configured, custom)).toEqual(sent));
});

describe("any other is refused", () => {
  test.each(["", " a", "a ", "a\tb", "a\r\nX-Injected: 1", "a\0", "caf\u00e9", "\u{1f510}"])("%j", (sessionId) => {
    expect(() => callback(sessionId)).toThrow(
      expect.objectContaining({ code: "ERR_SESSION_ID", message: expect.stringContaining(JSON.stringify(sessionId)) }),
    );
  });

  test("one of more than 256 characters", () => {
    expect(() => callback("x".repeat(256))).not.toThrow();
    expect(() => callback("x".repeat(257))).toThrow("session id: expected 256 characters at most, got 257");
  });
});
