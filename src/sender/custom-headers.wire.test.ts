import { array, assert, asyncProperty, constantFrom, oneof, string, stringMatching, tuple } from "fast-check";
import { expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { UsageError } from "../errors.js";
import type { Header } from "./attempt.js";
import { meet, ok, listen, senderTo, sessionId, testClock } from "./wire.test.kit.js";
import { createSender, type Sender } from "./sender.js";

async function linesSent(headers: readonly Header[]): Promise<string[]> {
  const { server } = await meet(ok, { sender: { headers } });
  const [head = ""] = server.journal.requests[0]!.raw.toString("latin1").split("\r\n\r\n");
  return head.split("\r\n");
}

it("stand after the sender's own, in their order and letter case, duplicates included", async () => {
  const lines = await linesSent([
    ["X-API-key", "a"],
    ["Authorization", "Bearer t"],
    ["x-Api-Key", "b"],
  ]);
  expect(lines.slice(-4, -1)).toEqual(["X-API-key: a", "Authorization: Bearer t", "x-Api-Key: b"]);
});

it("carry a value beyond ASCII as UTF-8", async () => {
  const lines = await linesSent([["X-Name", "caf\u00e9 \u{1f510}"]]);
  const line = lines.find((each) => each.startsWith("X-Name: "));
  expect(Buffer.from(line ?? "", "latin1").toString("utf8")).toBe("X-Name: caf\u00e9 \u{1f510}");
});

it("replace User-Agent, Accept and the URL's credentials, which are no system headers", async () => {
  const lines = await linesSent([
    ["user-agent", "mine"],
    ["ACCEPT", "text/plain"],
  ]);
  expect(lines.filter((line) => /^(user-agent|accept):/i.test(line))).toEqual([
    "user-agent: mine",
    "ACCEPT: text/plain",
  ]);
});

it("do not override a system header, and say so", async () => {
  const headers: Header[] = [
    ["content-TYPE", "text/plain"],
    ["X-SCRIPTIX-SESSION", "other"],
    ["X-Scriptix-Session", "other"],
    ["host", "evil.example"],
    ["Content-Length", "0"],
    ["Transfer-Encoding", "chunked"],
    ["Connection", "close"],
    ["Expect", "100-continue"],
  ];
  const clock = testClock();
  const server = await listen(ok, { clock });
  const sender = senderTo(server, { clock, headers });
  expect(sender.droppedHeaders).toEqual(headers.map(([name]) => name));
  await sender.attempt(sender.callback(sessionId));
  const plain = await meet(ok);
  const text = (request: { raw: Buffer } | undefined, port: number) =>
    request?.raw.toString("latin1").replace(`:${port}`, ":0");
  expect(text(server.journal.requests[0], server.port)).toBe(text(plain.server.journal.requests[0], plain.server.port));
});

const name = oneof(
  constantFrom(...batch.request.systemHeaders),
  constantFrom("X-Scriptix-Session", "CONTENT-TYPE", "Host", "x-api-key", "User-Agent", "Cookie", "__proto__"),
  stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/),
  string({ unit: "binary", maxLength: 8 }),
  constantFrom("X\r\nX-Injected", "X: a", "X ", " X", "\0"),
);
const value = oneof(
  string({ unit: "grapheme", maxLength: 20 }),
  string({ unit: "binary", maxLength: 20 }),
  constantFrom("a\r\nX-Injected: 1", "\r\n\r\n", "a\nb", "a\0b", "  a\t", "a, b", "\ud800"),
);

/** Null where the headers are refused. */
function acceptedBy(create: () => Sender): Sender | null {
  try {
    return create();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

it("are either refused or sent as they are, beside exactly one of each system header, whatever they are", async () => {
  const clock = testClock();
  const server = await listen(ok, { clock });
  await assert(
    asyncProperty(array(tuple(name, value), { maxLength: 6 }), async (headers) => {
      const sender = acceptedBy(() =>
        createSender({ url: `${server.origin}/hook`, clock, deadlineClock: clock, headers }),
      );
      if (sender === null) return;
      const before = server.journal.requests.length;
      const { outcome } = await sender.attempt(sender.callback(sessionId));
      expect(outcome).toEqual({ kind: "acknowledged", status: 200 });
      expect(server.journal.requests).toHaveLength(before + 1);
      const request = server.journal.requests.at(-1)!;
      const arrived = request.headers.map(([name]) => name.toLowerCase());
      const dropped = new Set(sender.droppedHeaders);
      const custom = headers.filter(([name]) => !dropped.has(name));
      for (const required of ["host", "content-length", "content-type", "x-scriptix-session", "x-zoom-session"]) {
        expect(arrived.filter((each) => each === required)).toHaveLength(1);
      }
      expect(arrived.filter((each) => batch.request.systemHeaders.includes(each))).toHaveLength(6);
      const trimmed = (text: string) =>
        Buffer.from(text)
          .toString("latin1")
          .replace(/^[ \t]+|[ \t]+$/g, "");
      expect(request.headers.slice(arrived.length - 1 - custom.length, -1)).toEqual(
        custom.map(([name, text]) => [name, trimmed(text)]),
      );
      const replaced = new Set(custom.map(([name]) => name.toLowerCase()));
      const ours = ["user-agent", "accept"].filter((name) => !replaced.has(name)).length;
      expect(arrived).toHaveLength(6 + ours + custom.length);
      expect(request.body.toString()).toBe(`{"sessionId":"${sessionId}","zoom_id":"${sessionId}"}`);
    }),
    { numRuns: 300 },
  );
  expect(server.journal.requests.length).toBeGreaterThan(30);
});
