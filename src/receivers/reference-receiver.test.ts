import { describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../tls/certificates.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { UsageError } from "../errors.js";
import { callback, exchange, exchangeBytes } from "./exchange.test.kit.js";
import { createReferenceReceiver } from "./reference-receiver.js";
import { start, settled } from "./reference-receiver.test.kit.js";

const json = { "Content-Type": "application/json" };

describe("a reference receiver", () => {
  test("acknowledges the documented callback and processes its session", async () => {
    const { receiver, url, log } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhook$/);

    await expect(exchange(url, callback("s1"))).resolves.toMatchObject({ status: 200, body: '{"received":true}' });

    await settled(receiver, "s1");
    expect(log).toEqual([
      { event: "callback", sessionId: "s1", decision: "accepted" },
      { event: "processed", sessionId: "s1" },
    ]);
  });

  test.each([
    ["without zoom_id", json, '{"sessionId":"s1"}'],
    ["with unknown fields", json, '{"sessionId":"s1","zoom_id":7,"new":{"a":[1]}}'],
    ["with content type parameters", { "Content-Type": "Application/JSON; charset=utf-8" }, '{"sessionId":"s1"}'],
    ["in other JSON spellings", json, '\ufeff{ "zoom_id" : "s1" ,\n"\\u0073essionId" : "s\\u0031" }'],
    ["with a session header that differs", { ...json, "X-Scriptix-Session": "other" }, '{"sessionId":"s1"}'],
  ])("accepts a callback %s", async (_what, headers, body) => {
    const { receiver, url } = await start();

    await expect(exchange(url, { headers, body })).resolves.toMatchObject({ status: 200 });
    await settled(receiver, "s1");
  });

  test.each(["x", "x".repeat(128), "-_.~", "...", "../x", "a/b?c#d", "ünï", "😀"])(
    "takes the session id %j as it is",
    async (sessionId) => {
      const { receiver, url } = await start();
      const body = JSON.stringify({ sessionId });

      await expect(exchange(url, { headers: json, body })).resolves.toMatchObject({ status: 200 });
      await settled(receiver, sessionId);
    },
  );

  test.each<[string, number, Record<string, string>, string | Buffer]>([
    ["malformed JSON", 400, json, '{"sessionId":'],
    ["an empty body", 400, json, ""],
    ["a body that is not an object", 400, json, '["sessionId"]'],
    ["null", 400, json, "null"],
    ["a missing session id", 400, json, '{"zoom_id":"s1"}'],
    ["an empty session id", 400, json, '{"sessionId":""}'],
    ["a number for a session id", 400, json, '{"sessionId":42}'],
    ["a list for a session id", 400, json, '{"sessionId":["s1"]}'],
    ["an overlong session id", 400, json, `{"sessionId":"${"x".repeat(257)}"}`],
    ["a control character", 400, json, '{"sessionId":"s\\u0000"}'],
    ["a lone surrogate", 400, json, '{"sessionId":"\\ud800"}'],
    ["a dot segment", 400, json, '{"sessionId":".."}'],
    ["a prototype key", 400, json, '{"sessionId":"s1","__proto__":{"x":1}}'],
    ["a constructor key", 400, json, '{"sessionId":"s1","constructor":{"prototype":{}}}'],
    ["deep nesting", 400, json, "[".repeat(30_000)],
    ["invalid UTF-8", 400, json, Buffer.from('{"sessionId":"s\xff\xfe\xfd"}', "latin1")],
    ["an overlong body", 413, json, JSON.stringify({ sessionId: "s1", more: "x".repeat(64 * 1024) })],
    ["another content type", 415, { "Content-Type": "text/plain" }, '{"sessionId":"s1"}'],
    ["a form", 415, { "Content-Type": "application/x-www-form-urlencoded" }, "sessionId=s1"],
    ["no content type", 415, {}, '{"sessionId":"s1"}'],
  ])("refuses %s with %i", async (_what, status, headers, body) => {
    const { receiver, url, log } = await start();

    const answer = await exchange(url, { headers, body });

    expect(answer.status).toBe(status);
    expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(["error"]);
    expect(answer.body).not.toMatch(/\bat |\.[jt]s|node_modules/);
    expect(receiver.processed("s1")).toBe(0);
    await expect.poll(() => log).toEqual([{ event: "refused", claimedSessionId: null, status }]);
  });

  test.each(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])("refuses %s with 405", async (method) => {
    const { url } = await start();

    const answer = await exchange(url, { ...callback("s1"), method });

    expect(answer).toMatchObject({ status: 405, headers: { allow: "POST" } });
  });

  test("answers 404 elsewhere", async () => {
    const { url } = await start();

    await expect(exchange(`${url}/other`, callback("s1"))).resolves.toMatchObject({ status: 404 });
    await expect(exchange(`${url}/%`, callback("s1"))).resolves.toMatchObject({ status: 400 });
  });

  test("accepts a chunked body, and one announced with Expect", async () => {
    const { receiver, port } = await start();
    const head = "POST /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";

    const chunked = await exchangeBytes(
      port,
      `${head}Transfer-Encoding: chunked\r\n\r\n12\r\n{"sessionId":"s1"}\r\n0\r\n\r\n`,
    );
    const expected = await exchangeBytes(
      port,
      `${head}Expect: 100-continue\r\nContent-Length: 18\r\n\r\n`,
      '{"sessionId":"s2"}',
    );

    expect(chunked).toMatch(/^HTTP\/1.1 200 /);
    expect(expected).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    await settled(receiver, "s1");
    await settled(receiver, "s2");
  });

  test.each(["http", "https"])("answers a request that stalls with 408 over %s", async (scheme) => {
    const https = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const { url } = await start({ requestTimeoutMs: 100, ...(scheme === "https" && { https }) });

    const stalled = exchange(url, { headers: { ...json, "Content-Length": "99" }, body: "{", ca: https.cert });

    await expect(stalled).resolves.toMatchObject({ status: 408 });
  });

  test("refuses two lengths that differ", async () => {
    const { port } = await start();
    const head = "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    const answer = await exchangeBytes(
      port,
      `${head}Content-Length: 18\r\nContent-Length: 2\r\n\r\n{"sessionId":"s1"}`,
    );

    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test("serves HTTPS", async () => {
    const { key, cert } = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const { url } = await start({ https: { key, cert } });

    expect(url).toMatch(/^https:/);
    await expect(exchange(url, { ...callback("s1"), ca: cert })).resolves.toMatchObject({ status: 200 });
  });
});

describe("a reference receiver with a credential", () => {
  const credential = { header: "X-Api-Key", value: "s3cret-Value" };

  test("accepts it, under its name in any case", async () => {
    const { url } = await start({ credential });

    const answer = await exchange(url, callback("s1", { "x-api-KEY": "s3cret-Value" }));

    expect(answer.status).toBe(200);
  });

  test.each([undefined, "", "undefined", "s3cret-Valu", "s3cret-Value!", "S3cret-Value"])(
    "refuses %j with 401, whatever the body",
    async (value) => {
      const { receiver, url, log } = await start({ credential });
      const headers: Record<string, string> = value === undefined ? {} : { "X-Api-Key": value };

      expect((await exchange(url, callback("s1", headers))).status).toBe(401);
      expect((await exchange(url, { headers: { ...json, ...headers }, body: "{" })).status).toBe(401);

      expect(receiver.processed("s1")).toBe(0);
      await expect.poll(() => log.length).toBe(2);
      expect(log[0]).toEqual({ event: "refused", claimedSessionId: "s1", status: 401 });
      expect(JSON.stringify(log)).not.toContain("s3cret");
    },
  );
});

test.each(["", "webhook", "/a/:id", "/a*", "//host", "/a?b", "/a b"])("refuses the path %j", (path) => {
  expect(() => createReferenceReceiver({ clock: virtualClock(), path })).toThrow(UsageError);
});
