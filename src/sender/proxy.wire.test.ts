import { beforeAll, describe, expect, it, test } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { littleProxy } from "./proxy.test.kit.js";
import {
  gist,
  host,
  listen,
  manualClock,
  ok,
  senderTo,
  sessionId,
  testClock,
  type WireServer,
} from "./wire.test.kit.js";
import { freePort } from "../receivers/free-port.test.kit.js";

const credentials = "Basic dXNlcjpzM2NyZXQ=";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

async function attemptThrough(
  proxyPort: number,
  {
    scheme = "http",
    name = host,
    authorization = null,
    secure = false,
    proxyHost = "127.0.0.1",
    server,
  }: {
    scheme?: "http" | "https";
    name?: string;
    authorization?: string | null;
    secure?: boolean;
    proxyHost?: string;
    server?: WireServer;
  } = {},
) {
  const clock = testClock();
  const sender = senderTo(
    { origin: "" },
    {
      url: `${scheme}://${name}:8443/hook`,
      clock,
      network: {
        resolve: () => Promise.reject(new Error("a name behind a proxy is the proxy's to resolve")),
        ca: [ca.certificatePem],
        proxy: { hostname: proxyHost, port: proxyPort, secure, authorization },
      },
    },
  );
  const attempt = await sender.attempt(sender.callback(sessionId));
  await server?.gone();
  expect(clock.holdsOut()).toBe(0);
  expect(clock.pendingTimers()).toBe(0);
  return attempt;
}

describe("a tunnel", () => {
  test.each(["http", "https"] as const)("carries an attempt to an %s target", async (scheme) => {
    const tls = scheme === "https" ? { tls: await ca.issue({ hosts: [host] }) } : {};
    const server = await listen(ok, tls);
    const proxy = await littleProxy(server.port);
    const attempt = await attemptThrough(proxy.port, { scheme, server });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(proxy.asked.map(({ target }) => target)).toEqual([`${host}:8443`]);
    expect(proxy.asked[0]?.headers["host"]).toBe(`${host}:8443`);
    expect(proxy.asked[0]?.headers["proxy-authorization"]).toBeUndefined();
    const [request] = server.journal.requests;
    expect(request?.target).toBe("/hook");
    expect(request?.headers).toContainEqual(["host", `${host}:8443`]);
  });

  test.each(["http", "https"] as const)(
    "leads through a proxy that speaks TLS itself, to an %s target",
    async (scheme) => {
      const tls = scheme === "https" ? { tls: await ca.issue({ hosts: [host] }) } : {};
      const server = await listen(ok, tls);
      const proxy = await littleProxy(server.port, await ca.issue({ hosts: ["localhost"] }));
      const attempt = await attemptThrough(proxy.port, { scheme, secure: true, proxyHost: "localhost", server });
      expect(gist(attempt.outcome)).toBe("acknowledged 200");
    },
  );

  it("leads to a literal IPv6 address, which stands in brackets", async () => {
    const server = await listen(ok);
    const proxy = await littleProxy(server.port);
    const attempt = await attemptThrough(proxy.port, { name: "[2001:db8::1]", server });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(proxy.asked.map(({ target, headers }) => [target, headers["host"]])).toEqual([
      ["[2001:db8::1]:8443", "[2001:db8::1]:8443"],
    ]);
  });

  test.each([
    ["localhost", ["localhost"]],
    ["127.0.0.1", []],
  ])("asks a proxy that speaks TLS for its own name, which an address is not: %s", async (proxyHost, expected) => {
    const server = await listen(ok);
    const names: string[] = [];
    const proxy = await littleProxy(server.port, {
      ...(await ca.issue({ hosts: ["localhost", "127.0.0.1"] })),
      SNICallback: (asked, done) => {
        names.push(asked);
        done(null);
      },
    });
    const attempt = await attemptThrough(proxy.port, { secure: true, proxyHost, server });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(names).toEqual(expected);
  });

  it("shows the proxy its credentials, and the receiver nothing of them", async () => {
    const server = await listen(ok);
    const proxy = await littleProxy(server.port);
    const attempt = await attemptThrough(proxy.port, { authorization: credentials, server });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(proxy.asked[0]?.headers["proxy-authorization"]).toBe(credentials);
    expect(server.journal.requests[0]?.raw.toString().toLowerCase()).not.toContain("proxy");
  });

  it("checks the certificate of the target behind it", async () => {
    const server = await listen(ok, { tls: await ca.issue({ hosts: ["other.example.com"] }) });
    const proxy = await littleProxy(server.port);
    const attempt = await attemptThrough(proxy.port, { scheme: "https", server });
    expect(gist(attempt.outcome)).toBe("tls tls ERR_TLS_CERT_ALTNAME_INVALID");
    expect(server.journal.requests).toHaveLength(0);
  });

  it("loses no byte that comes with its opening", async () => {
    const proxy = await littleProxy((socket) => {
      socket.write(`HTTP/1.1 299 Any of them will do\r\n\r\nHTTP/1.1 201 Early\r\nContent-Length: 0\r\n\r\n`);
      socket.resume();
    });
    expect(gist((await attemptThrough(proxy.port)).outcome)).toBe("acknowledged 201");
  });
});

describe("a proxy that opens no tunnel is named", () => {
  test.each([403, 407, 502, 503, 302, 300, 101])("answers %i", async (status) => {
    const proxy = await littleProxy((socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 2\r\n\r\nno`);
    });
    const { outcome, response } = await attemptThrough(proxy.port, { authorization: credentials, scheme: "https" });
    expect(outcome).toEqual({
      kind: "failed",
      reason: "connect",
      phase: "connect",
      code: `PROXY_${status}`,
      message: `the proxy answered ${status} to CONNECT (PROXY_${status})`,
    });
    expect(response).toBeNull();
  });

  it("is not there", async () => {
    const { outcome } = await attemptThrough(await freePort(), { authorization: credentials });
    expect(outcome).toMatchObject({
      reason: "connect",
      phase: "connect",
      code: "PROXY_ECONNREFUSED",
      message: "the proxy could not be used (PROXY_ECONNREFUSED)",
    });
  });

  it("closes the connection", async () => {
    const proxy = await littleProxy((socket) => socket.destroy());
    expect(gist((await attemptThrough(proxy.port)).outcome)).toBe("connect connect PROXY_ECONNRESET");
  });

  it("speaks something else", async () => {
    const server = await listen(() => {}, { accept: (socket) => void socket.end("SSH-2.0-OpenSSH\r\n") });
    const { outcome } = await attemptThrough(server.port);
    expect(gist(outcome)).toBe("connect connect PROXY_HPE_INVALID_CONSTANT");
  });

  it("has a certificate that is not trusted", async () => {
    const stranger = await createCertificateAuthority({ name: "somebody else" });
    const proxy = await littleProxy(1, await stranger.issue({ hosts: ["localhost"] }));
    const { outcome } = await attemptThrough(proxy.port, { secure: true, proxyHost: "localhost" });
    expect(gist(outcome)).toBe("connect connect PROXY_UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });

  it("is never named with its credentials", async () => {
    const proxy = await littleProxy((socket) => socket.end("HTTP/1.1 407 No\r\n\r\n"));
    const attempt = await attemptThrough(proxy.port, { authorization: credentials });
    expect(JSON.stringify(attempt)).not.toMatch(/dXNlcjpzM2NyZXQ=|s3cret/);
  });
});

it("a proxy that never answers ends at the deadline, and its connection with it", async () => {
  const { clock, jump } = manualClock();
  const silent = await listen(() => {}, { accept: (socket) => void socket.once("data", () => jump(20_000)) });
  const sender = senderTo(silent, {
    url: `https://${host}/`,
    clock,
    network: { proxy: { hostname: "127.0.0.1", port: silent.port, secure: false, authorization: null } },
  });
  const { outcome } = await sender.attempt(sender.callback(sessionId));
  expect(gist(outcome)).toBe("timeout connect TIMEOUT");
  await silent.gone();
});

it("an acknowledgement can be lost on its way through a proxy, TLS or not", async () => {
  const server = await listen(ok);
  for (const secure of [false, true]) {
    const proxy = await littleProxy(server.port, secure ? await ca.issue({ hosts: ["localhost"] }) : undefined);
    const sender = senderTo(server, {
      clock: testClock(),
      network: {
        ca: [ca.certificatePem],
        proxy: { hostname: "localhost", port: proxy.port, secure, authorization: null },
      },
    });
    const { outcome } = await sender.attempt(sender.callback(sessionId), { fault: { resetAtAnswer: true } });
    expect(gist(outcome)).toBe("reset headers CLOSED");
    await server.gone();
  }
  expect(server.journal.requests).toHaveLength(2);
});
