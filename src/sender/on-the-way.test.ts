import { expect, it, test } from "vitest";
import type { CallbackRequest } from "./attempt.js";
import { parseCallbackUrl } from "./callback-url.js";
import { faultOnTheWay, firstHalf, hostOf, type OnTheWay } from "./on-the-way.js";

const request: CallbackRequest = {
  sessionId: "a1",
  method: "POST",
  path: "/hook?x=1",
  headers: [["X-Scriptix-Session", "a1"]],
  body: Buffer.from("abcde"),
};

/** What is sent in place of the request, and how the connection ends. */
function played(onTheWay: OnTheWay): readonly string[] | undefined {
  const { script } = faultOnTheWay(request, parseCallbackUrl("https://hooks.example.com/hook"), onTheWay) ?? {};
  return script?.map((step) => (step.do === "send" ? step.bytes.toString("latin1") : step.do));
}

const head =
  "POST /hook?x=1 HTTP/1.1\r\nHost: hooks.example.com\r\nContent-Length: 5\r\nX-Scriptix-Session: a1\r\n\r\n";

it.each<[OnTheWay, readonly string[] | undefined]>([
  ["pass", undefined],
  ["hang-up", [head, "abcde", "close"]],
  ["cut", [head, "ab", "close"]],
])("what is sent of an attempt that meets %s", (onTheWay, sent) => {
  expect(played(onTheWay)).toEqual(sent);
});

test("an attempt that passes is left alone; one whose answer is lost is sent whole, and cut at the first byte back", () => {
  const url = parseCallbackUrl("https://hooks.example.com/hook");
  expect(faultOnTheWay(request, url, "pass")).toBeUndefined();
  expect(faultOnTheWay(request, url, "lost-ack")).toEqual({ resetAtAnswer: true });
});

it.each([
  ["https://a.example.com/", "a.example.com"],
  ["https://a.example.com:80/", "a.example.com:80"],
  ["http://a.example.com/", "a.example.com"],
  ["http://a.example.com:443/", "a.example.com:443"],
  ["http://[::1]:8080/", "[::1]:8080"],
])("the Host header for %s is %s", (url, expected) => {
  expect(hostOf(parseCallbackUrl(url))).toBe(expected);
});

it.each([
  ["", ""],
  ["a", ""],
  ["ab", "a"],
  ["abcde", "ab"],
])("the first half of %j is %j", (body, half) => {
  expect(firstHalf(Buffer.from(body)).toString()).toBe(half);
});
