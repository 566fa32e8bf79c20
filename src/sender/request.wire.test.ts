import { afterEach, describe, expect, it, test, vi } from "vitest";
import { userAgent } from "./callback.js";
import { gist, host, listen, meet, ok, routed, senderTo, sessionId, testClock } from "./wire.test.kit.js";

afterEach(() => vi.unstubAllEnvs());

/** One attempt at the URL, over loopback; the bytes that came. */
async function requestTo(address: string): Promise<{ raw: string; target: string; hostHeader: string }> {
  const server = await listen(ok);
  const sender = senderTo(server, { url: address, network: routed(server.port) });
  await sender.attempt(sender.callback(sessionId));
  const [request] = server.journal.requests;
  const hostHeader = request?.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  return { raw: request!.raw.toString("latin1"), target: request!.target, hostHeader };
}

it("is these bytes and no others", async () => {
  const { raw } = await requestTo(`http://${host}:8080/hook?a=1`);
  const body = `{"sessionId":"${sessionId}","zoom_id":"${sessionId}"}`;
  expect(raw.split("\r\n")).toEqual([
    "POST /hook?a=1 HTTP/1.1",
    `host: ${host}:8080`,
    "connection: keep-alive",
    "Content-Type: application/json",
    `X-Scriptix-Session: ${sessionId}`,
    `X-Zoom-Session: ${sessionId}`,
    `User-Agent: ${userAgent}`,
    "Accept: */*",
    `content-length: ${body.length}`,
    "",
    body,
  ]);
});

describe("the request target is the configured path and query, byte for byte", () => {
  test.each([
    "/a/../b//c?x=%7e&y=+;z",
    "/hook?",
    "/hook??a=b?c",
    "/",
    "//",
    "/.",
    "/%2e%2e/%2F",
    "/a;b=c,d/@:e!$&'()*",
    "/hook?url=https://other.example/?q=%25",
    "/hook?q=[1]|^`{}",
    "/a%zz",
  ])("%s", async (target) => {
    expect((await requestTo(`http://${host}${target}`)).target).toBe(target);
  });

  test.each([
    ["", "/"],
    ["?a=b", "/?a=b"],
    ["/hook#fragment", "/hook"],
    ["/hook?a#b?c", "/hook?a"],
    ["/caf\u00e9?q=\u20ac", "/caf%C3%A9?q=%E2%82%AC"],
  ])("but %j, which HTTP cannot carry, goes as %s", async (configured, target) => {
    expect((await requestTo(`http://${host}${configured}`)).target).toBe(target);
  });
});

describe("Host is the URL's host", () => {
  test.each([
    [`http://${host}/`, host],
    [`http://${host}:80/`, host],
    [`http://${host}:8080/`, `${host}:8080`],
    [`http://HOOKS.Example.COM/`, host],
    ["http://b\u00fccher.example.com/", "xn--bcher-kva.example.com"],
    ["http://[2001:DB8::1]:8080/", "[2001:db8::1]:8080"],
    ["http://0x7f.1/", "127.0.0.1"],
    [`http://user:secret@${host}/`, host],
  ])("%s: %s", async (address, expected) => {
    expect((await requestTo(address)).hostHeader).toBe(expected);
  });
});

it("sends userinfo of the URL as Basic credentials", async () => {
  const { raw } = await requestTo(`http://us%65r:p%40ss:w@${host}/`);
  expect(raw).toContain(`\r\nAuthorization: Basic ${Buffer.from("user:p@ss:w").toString("base64")}\r\n`);
});

it("announces the last request on a connection when asked to", async () => {
  const { server } = await meet(ok, { attempt: { lastOnConnection: true } });
  expect(server.journal.requests[0]?.headers).toContainEqual(["connection", "close"]);
});

it("is the same to the last byte on every attempt", async () => {
  const clock = testClock();
  const server = await listen("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", { clock });
  await senderTo(server, { clock, headers: [["X-Api-Key", "k"]] }).deliver({ sessionId });
  const bytes = server.journal.requests.map(({ raw }) => raw.toString("latin1"));
  expect(bytes).toHaveLength(6);
  expect(new Set(bytes).size).toBe(1);
});

it("sends no cookie back, neither on the next attempt nor on a kept connection", async () => {
  const clock = testClock();
  const server = await listen("HTTP/1.1 500 No\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n", { clock });
  const sender = senderTo(server, { clock });
  await sender.deliver({ sessionId });
  const connection = sender.connection();
  for (let count = 0; count < 2; count += 1) await sender.attempt(sender.callback(sessionId), { connection });
  connection.close();
  expect(server.journal.requests).toHaveLength(8);
  for (const { raw } of server.journal.requests) expect(raw.toString("latin1").toLowerCase()).not.toContain("cookie");
});

it("goes straight to the receiver, whatever proxy the environment names", async () => {
  const proxy = await listen(ok);
  for (const name of ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) {
    vi.stubEnv(name, proxy.origin);
  }
  vi.stubEnv("NODE_USE_ENV_PROXY", "1");
  const { attempt } = await meet(ok);
  expect(gist(attempt.outcome)).toBe("acknowledged 200");
  expect(proxy.journal.connections).toHaveLength(0);
});

describe("a redirect is an answer that is not a 2XX, and is not followed", () => {
  test.each([300, 301, 302, 303, 304, 305, 307, 308, 399])("%i", async (status) => {
    const elsewhere = await listen(ok);
    const answer = `HTTP/1.1 ${status} Moved\r\nLocation: ${elsewhere.origin}/other\r\nContent-Length: 0\r\n\r\n`;
    const { attempt, server } = await meet(answer);
    expect(gist(attempt.outcome)).toBe(`status headers ${status}`);
    expect(attempt.response?.headers).toContainEqual(["Location", `${elsewhere.origin}/other`]);
    expect(server.journal.requests).toHaveLength(1);
    expect(elsewhere.journal.connections).toHaveLength(0);
  });

  it("nor to the same receiver", async () => {
    const { attempt, server } = await meet("HTTP/1.1 307 Moved\r\nLocation: /hook/\r\nContent-Length: 0\r\n\r\n");
    expect(gist(attempt.outcome)).toBe("status headers 307");
    expect(server.journal.requests).toHaveLength(1);
  });
});

describe("a final status acknowledges if it is a 2XX", () => {
  test.each([200, 201, 202, 204, 206, 226, 299])("%i acknowledges", async (status) => {
    const { attempt } = await meet(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`);
    expect(gist(attempt.outcome)).toBe(`acknowledged ${status}`);
  });

  test.each([400, 401, 404, 408, 410, 429, 500, 503, 599, 999])("%i does not", async (status) => {
    const { attempt } = await meet(`HTTP/1.1 ${status} X\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n`);
    expect(gist(attempt.outcome)).toBe(`status headers ${status}`);
  });
});

it("keeps the answer as it came: status text, header names in their case, duplicates, order, bytes", async () => {
  const { attempt } = await meet(
    "HTTP/1.1 202 Tak!\r\nX-b: 1\r\nx-A: \u00e9\r\nX-B: 2\r\nContent-Length: 3\r\n\r\n\x00\xff!",
  );
  expect(attempt.response).toEqual({
    status: 202,
    statusText: "Tak!",
    headers: [
      ["X-b", "1"],
      ["x-A", "\u00e9"],
      ["X-B", "2"],
      ["Content-Length", "3"],
    ],
    body: Buffer.from([0x00, 0xff, 0x21]),
    bodyEnd: "complete",
    oddities: [],
  });
});

it("does not decompress an answer", async () => {
  const body = "\x1f\x8b\x08\x00 not even gzip";
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { attempt } = await meet(head + body);
  expect(attempt.response?.body.toString("latin1")).toBe(body);
});

describe("a request with a framing of its own is a mistake of ours, and no finding about the receiver", () => {
  test.each(["Expect", "Transfer-Encoding", "Upgrade"])("%s", async (name) => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const sender = senderTo(server, { clock });
    const request = sender.callback(sessionId);
    const odd = { ...request, headers: [...request.headers, [name, "x"] as const] };
    await expect(sender.attempt(odd)).rejects.toThrow(name.toLowerCase());
    expect(server.journal.connections).toHaveLength(0);
    expect(clock.holdsOut()).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });
});
