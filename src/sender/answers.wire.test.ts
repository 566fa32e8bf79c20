import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import type { VirtualClock } from "../clock/virtual-clock.js";
import type { ArrivedRequest } from "../receivers/journal.js";
import { freePort } from "../receivers/free-port.test.kit.js";
import { gist, meet, senderTo, sessionId, stall, type Meeting } from "./wire.test.kit.js";

const { bodyCapBytes } = batch.response;

const tookMs = ({ attempt, clock }: Meeting) => clock.now() - attempt.startedAt;

/** Writes the bytes as fast as they are taken, until the sender leaves. */
const flood = (start: string, repeated: string) => (socket: Socket) => {
  const bytes = Buffer.from(repeated.repeat(Math.ceil(16_384 / repeated.length)), "latin1");
  const pour = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.write(start, "latin1");
  socket.on("drain", pour);
  pour();
};

describe("what is no HTTP/1.1 answer is a protocol failure", () => {
  const noHttp = "it does not begin with HTTP/";
  const noVersion = "its status line is none of HTTP/1.1";
  test.each([
    ["an SSH banner", "SSH-2.0-OpenSSH_9.6\r\n", noHttp],
    ["an SMTP banner", "220 mail.example.com ESMTP\r\n", noHttp],
    ["a TLS alert", "\x15\x03\x01\x00\x02\x02\x46", noHttp],
    ["HTTP/2 settings", "\x00\x00\x00\x04\x00\x00\x00\x00\x00", noHttp],
    ["HTML without a head", "<html>hello</html>", noHttp],
    ["a word", "hello\n", noHttp],
    ["a request", "POST / HTTP/1.1\r\nHost: a\r\n\r\n", noHttp],
    ["RTSP", "RTSP/1.0 200 OK\r\n\r\n", noHttp],
    ["lower case", "http/1.1 200 ok\r\n\r\n", noHttp],
    ["another version", "HTTP/3.0 200 OK\r\n\r\n", noVersion],
    ["HTTP/2 in HTTP/1.1's clothes", "HTTP/2.0 200 OK\r\n\r\n", noVersion],
    ["a status below 100", "HTTP/1.1 099 X\r\n\r\n", noVersion],
    ["no status at all", "HTTP/1.1 000 X\r\n\r\n", noVersion],
    ["a status that is no number", "HTTP/1.1 OK\r\n\r\n", "its status is no number of three digits"],
    ["a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", "its status is no number of three digits"],
    ["a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", "its status is no number of three digits"],
    ["a negative status", "HTTP/1.1 -200 OK\r\n\r\n", "its status is no number of three digits"],
    ["a header without a colon", "HTTP/1.1 200 OK\r\nContent-Length 0\r\n\r\n", "one of its header lines has no colon"],
    ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "its Content-Length is no number"],
    ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "its Content-Length is no number"],
    [
      "a list of lengths with a hole",
      "HTTP/1.1 200 OK\r\nContent-Length: 1,\r\n\r\na",
      "its Content-Length is no number",
    ],
    ["a header whose name is none", "HTTP/1.1 200 OK\r\nX Y: 1\r\n\r\n", "the name of one of its headers is none"],
  ])("%s", async (_, bytes, detail) => {
    const { attempt } = await meet(bytes);
    expect(attempt.outcome).toEqual({
      kind: "failed",
      reason: "protocol",
      phase: "headers",
      code: "INVALID_HTTP",
      message: `the answer is not HTTP/1.1: ${detail} (INVALID_HTTP)`,
    });
    expect(attempt.response).toBeNull();
  });

  test.each([
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    ["two lengths in a list", "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab"],
  ])("conflicting framing: %s", async (name, bytes) => {
    const detail = name.replace(" in a list", "");
    const { attempt } = await meet(bytes);
    expect(attempt.outcome).toMatchObject({
      reason: "protocol",
      code: "INVALID_HTTP",
      message: `the answer is not HTTP/1.1: its headers contradict each other: ${detail} (INVALID_HTTP)`,
    });
  });

  it("empty lines without end", async () => {
    expect(gist((await meet(flood("", "\r\n"))).attempt.outcome)).toBe("protocol headers INVALID_HTTP");
  });
});

describe("headers without measure are cut off", () => {
  test.each([
    ["ever more headers", flood("HTTP/1.1 200 OK\r\n", "X-Flood: xxxxxxxx\r\n")],
    ["ever more empty ones", flood("HTTP/1.1 200 OK\r\n", "a:\r\n")],
    ["one header without end", flood("HTTP/1.1 200 OK\r\nX: ", "x")],
    ["one header's name without end", flood("HTTP/1.1 200 OK\r\n", "x")],
    [
      "one header of a megabyte",
      (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(1_000_000)}\r\n\r\n`),
    ],
    ["white space without end", flood("HTTP/1.1 200 OK\r\nX:", " ")],
    ["a status line without end", flood("HTTP/1.1 200 ", "x")],
  ])("%s", async (_, answer) => {
    const { attempt, clock } = await meet(answer);
    expect(gist(attempt.outcome)).toBe("protocol headers HEADERS_OVERFLOW");
    expect(attempt.outcome).toMatchObject({
      message: "the answer's headers are larger than any client reads (HEADERS_OVERFLOW)",
    });
    expect(attempt.timings.endMs).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("but large headers are read", async () => {
    const headers = `X-Large: ${"x".repeat(30_000)}\r\n${"Set-Cookie: a=b\r\n".repeat(500)}`;
    const { attempt } = await meet(`HTTP/1.1 200 OK\r\n${headers}Content-Length: 0\r\n\r\n`);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response?.headers).toHaveLength(502);
  });
});

describe("a body without measure is cut off, and the acknowledgement stands", () => {
  test.each([
    ["until the connection ends", flood("HTTP/1.1 200 OK\r\n\r\n", "x")],
    ["of a huge length", flood("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "x")],
    ["in chunks", flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nxxxx\r\n")],
    ["in one huge chunk", flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", "x")],
    ["after an answer that is no 2XX", flood("HTTP/1.1 500 No\r\n\r\n", "x")],
  ])("%s", async (_, answer) => {
    const { attempt, clock } = await meet(answer);
    expect(attempt.response?.bodyEnd).toBe("over-cap");
    expect(attempt.response?.body).toHaveLength(bodyCapBytes);
    expect(attempt.timings.endMs).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });

  test.each([
    ["chunk extensions without end", flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=", "x")],
    ["a chunk size without end", flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0")],
    ["trailers without end", flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: xxxx\r\n")],
  ])("%s, of which nothing is kept", async (_, answer) => {
    const { attempt } = await meet(answer);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response?.bodyEnd).toBe("over-cap");
    expect(attempt.response?.body).toHaveLength(0);
  });

  it("a compressed bomb stays compressed", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    expect(bomb.length).toBeLessThan(bodyCapBytes);
    const { attempt } = await meet((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response?.body.equals(bomb)).toBe(true);
  });
});

describe("a body that breaks its framing takes no acknowledgement back", () => {
  test.each([
    ["a chunk size that is no number", "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "broken", ""],
    ["a chunk without its end", "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n", "broken", "abc"],
    ["more than its length", "Content-Length: 3\r\n\r\nabcdef", "complete", "abc"],
    ["another answer behind it", "Content-Length: 3\r\n\r\nabcHTTP/1.1 500 No\r\n\r\n", "complete", "abc"],
    ["more than its chunks", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\ndef", "complete", "abc"],
  ])("%s", async (_, rest, bodyEnd, body) => {
    const { attempt } = await meet(`HTTP/1.1 200 OK\r\n${rest}`);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ bodyEnd, body: Buffer.from(body) });
  });

  it("less than its length", async () => {
    const { attempt } = await meet((socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ bodyEnd: "broken", body: Buffer.from("abc") });
  });

  test.each([204, 304])("a %i has no body, whatever comes behind it", async (status) => {
    const { attempt } = await meet(`HTTP/1.1 ${status} X\r\nContent-Length: 3\r\n\r\nabc`);
    expect(attempt.response).toMatchObject({ status, body: Buffer.alloc(0) });
  });
});

describe("answers that are odd, and that a client must or may read, are read and told of", () => {
  const ok = "HTTP/1.1 200 OK\r\n";
  test.each<[string, string, readonly string[]]>([
    ["a folded header", `${ok}X-A: a\r\n  b\r\nContent-Length: 3\r\n\r\nabc`, ["folded-header"]],
    ["a folded length", `${ok}Content-Length:\r\n 3\r\n\r\nabc`, ["folded-header"]],
    ["a header folded by a tab, twice", `${ok}X-A: a\r\n\tb\r\n \r\nContent-Length: 3\r\n\r\nabc`, ["folded-header"]],
    ["bare LF", "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", ["bare-line-feed"]],
    ["one bare LF among CRLF", `${ok}X: 1\nContent-Length: 3\r\n\r\nabc`, ["bare-line-feed"]],
    ["bare LF in chunks", `${ok}Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n`, ["bare-line-feed"]],
    ["bare LF in an interim answer", `HTTP/1.1 100 Continue\n\n${ok}Content-Length: 3\r\n\r\nabc`, ["bare-line-feed"]],
    ["a bare CR", `${ok}X: a\rb\r\nContent-Length: 3\r\n\r\nabc`, ["bare-carriage-return"]],
    ["a length twice", `${ok}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`, ["repeated-content-length"]],
    [
      "a length thrice, as a list too",
      `${ok}content-length: 3, 3\r\nContent-Length: 03\r\n\r\nabc`,
      ["repeated-content-length"],
    ],
    ["white space before the first header", `${ok} X: 1\r\nContent-Length: 3\r\n\r\nabc`, ["stray-white-space"]],
    ["white space in the status line", "HTTP/1.1  200\tOK\r\nContent-Length: 3\r\n\r\nabc", ["stray-white-space"]],
    ["a padded chunk size", `${ok}Transfer-Encoding: chunked\r\n\r\n3  \r\nabc\r\n0\r\n\r\n`, ["stray-white-space"]],
    ["no space after the status", "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", ["no-space-after-status"]],
    ["a control character", `${ok}X: a\x01b\r\nContent-Length: 3\r\n\r\nabc`, ["control-character"]],
    ["an empty line first", `\r\n${ok}Content-Length: 3\r\n\r\nabc`, ["empty-line-before"]],
    ["more than its length", `${ok}Content-Length: 3\r\n\r\nabcdef`, ["bytes-after-end"]],
    ["another answer behind it", `${ok}Content-Length: 3\r\n\r\nabcHTTP/1.1 500 No\r\n\r\n`, ["bytes-after-end"]],
    [
      "several at once",
      "HTTP/1.1 200\nContent-Length: 3\nX: 1\n 2\n\nabc\n",
      ["bare-line-feed", "no-space-after-status", "folded-header", "bytes-after-end"],
    ],
  ])("%s", async (_, bytes, oddities) => {
    const whole = await meet(bytes);
    expect(whole.attempt.response).toMatchObject({ status: 200, bodyEnd: "complete", body: Buffer.from("abc") });
    expect(new Set(whole.attempt.response?.oddities)).toEqual(new Set(oddities));
    const dribbled = await meet(async (socket, request, clock) => {
      for (const byte of bytes) {
        socket.write(Buffer.from(byte, "latin1"));
        await stall(clock, request, 1);
      }
    });
    expect(dribbled.attempt.response).toMatchObject({ status: 200, bodyEnd: "complete", body: Buffer.from("abc") });
  });

  test.each([
    ["a body after a length of 0", "Content-Length: 0", 200],
    ["a body after a 204", "X: 1", 204],
    ["a body after a 304", "Content-Length: 3", 304],
  ])("%s", async (_, header, status) => {
    const { attempt } = await meet(`HTTP/1.1 ${status} X\r\n${header}\r\n\r\nabc`);
    expect(attempt.response).toMatchObject({ status, body: Buffer.alloc(0), oddities: ["bytes-after-end"] });
  });

  it("unfolds a header into one line", async () => {
    const { attempt } = await meet(`${ok}X-A: a \r\n \t b\r\n\tc\r\nContent-Length: 0\r\n\r\n`);
    expect(attempt.response?.headers).toEqual([
      ["X-A", "a b c"],
      ["Content-Length", "0"],
    ]);
  });

  test.each([
    ["on a connection that is kept", "Content-Length: 0"],
    ["on one that is announced to end", "Connection: close\r\nContent-Length: 0"],
  ])("bytes after the end that come later are seen by who looks on: %s", async (_, headers) => {
    const late = (socket: Socket, request: ArrivedRequest, clock: VirtualClock) => {
      socket.write(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`);
      return stall(clock, request, 100).then(() => void socket.write("abc"));
    };
    const seen = await meet(late, { attempt: { lingerMs: 250 } });
    expect(seen.attempt.response?.oddities).toEqual(["bytes-after-end"]);
    expect(tookMs(seen)).toBe(100);
    const clean = await meet(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`, { attempt: { lingerMs: 250 } });
    expect(clean.attempt.response?.oddities).toEqual([]);
    expect(tookMs(clean)).toBe(250);
  });

  test.each([
    ["a whole answer that ends with its connection", "HTTP/1.1 200 OK\r\n\r\nabc", "acknowledged 200"],
    ["a body that is cut off", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "acknowledged 200"],
    ["no answer", "", "reset headers CLOSED"],
  ])("nobody looks on after %s", async (_, bytes, outcome) => {
    const met = await meet((socket) => void socket.end(bytes), { attempt: { lingerMs: 250 } });
    expect(gist(met.attempt.outcome)).toBe(outcome);
    expect(met.attempt.response?.oddities ?? []).toEqual([]);
    expect(tookMs(met)).toBe(0);
  });

  it("nor where no connection can be made", async () => {
    const sender = senderTo({ origin: `http://127.0.0.1:${await freePort()}` });
    const { outcome } = await sender.attempt(sender.callback(sessionId), { lingerMs: 250 });
    expect(gist(outcome)).toBe("connect connect ECONNREFUSED");
  });
});

describe("answers that are unusual and whole", () => {
  test.each([
    ["until the connection ends", "HTTP/1.1 200 OK\r\n\r\nabc"],
    ["of HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabc"],
    ["with Connection: close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"],
    ["without a reason", "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc"],
    ["with an empty reason", "HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabc"],
    ["that offers another protocol", "HTTP/1.1 200 OK\r\nUpgrade: h2,h2c\r\nConnection: Upgrade, close\r\n\r\nabc"],
    ["with trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: 1\r\n\r\n"],
    ["with chunk extensions", 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a="b"\r\nabc\r\n0\r\n\r\n'],
    ["after an empty line", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"],
    ["with zeros before a chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n003\r\nabc\r\n0\r\n\r\n"],
  ])("%s", async (_, bytes) => {
    const { attempt } = await meet((socket) => void socket.end(bytes));
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ bodyEnd: "complete", body: Buffer.from("abc") });
  });

  it("byte by byte", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      for (const byte of "HTTP/1.1 201 Created\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n") {
        socket.write(byte);
        await stall(clock, request, 10);
      }
    });
    expect(attempt.response).toMatchObject({ status: 201, statusText: "Created", bodyEnd: "complete" });
    expect(attempt.response?.body.toString()).toBe("abc");
  });
});
