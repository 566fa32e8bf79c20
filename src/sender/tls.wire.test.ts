import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { beforeAll, describe, expect, it, onTestFinished, test } from "vitest";
import { createCertificateAuthority, selfSignedCertificate, type CertificateAuthority } from "../tls/certificates.js";
import { systemClock } from "../clock/system-clock.js";
import { gist, host, listen, ok, senderTo, sessionId, testClock, type ServerOptions } from "./wire.test.kit.js";

const day = 86_400_000;

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

/** One attempt at `https://hooks.example.com` that meets a server with this certificate. */
async function meetTls(
  tls: NonNullable<ServerOptions["tls"]>,
  { name = host, trusted = [ca.certificatePem] }: { name?: string; trusted?: readonly string[] } = {},
) {
  const clock = testClock();
  const server = await listen(ok, { clock, tls });
  return attemptAt(server, name, trusted);
}

async function attemptAt(
  server: { port: number; origin: string; gone?(): Promise<void> },
  name = host,
  trusted: readonly string[] = [ca.certificatePem],
) {
  const clock = testClock();
  const authority = name.includes(":") ? `[${name}]` : name;
  const sender = senderTo(server, {
    url: `https://${authority}/hook`,
    clock,
    network: { route: () => ({ host: "127.0.0.1", port: server.port }), ca: trusted },
  });
  const attempt = await sender.attempt(sender.callback(sessionId));
  await server.gone?.();
  expect(clock.holdsOut()).toBe(0);
  expect(clock.pendingTimers()).toBe(0);
  return attempt;
}

/** A server of Node's own, for what the recording server does not do. */
async function nodeServer(options: TlsOptions) {
  const server = createTlsServer(options, (socket) => {
    socket.on("error", () => {});
    socket.on("data", () => socket.write(ok));
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return { origin: "", port: (server.address() as { port: number }).port };
}

describe("a certificate in order is accepted", () => {
  it("from an authority that is trusted beside the well-known ones", async () => {
    expect(gist((await meetTls(await ca.issue({ hosts: [host] }))).outcome)).toBe("acknowledged 200");
  });

  it("through an intermediate that is sent along", async () => {
    const tls = await ca.issue({ hosts: [host], intermediate: "sent" });
    expect(gist((await meetTls(tls)).outcome)).toBe("acknowledged 200");
  });

  it("for a wildcard, and for a literal address", async () => {
    expect(gist((await meetTls(await ca.issue({ hosts: ["*.example.com"] }))).outcome)).toBe("acknowledged 200");
    const { outcome } = await meetTls(await ca.issue({ hosts: ["2001:db8::1"] }), { name: "2001:db8::1" });
    expect(gist(outcome)).toBe("acknowledged 200");
  });

  it("but not for another address", async () => {
    const { outcome } = await meetTls(await ca.issue({ hosts: ["2001:db8::2", host] }), { name: "2001:db8::1" });
    expect(gist(outcome)).toBe("tls tls ERR_TLS_CERT_ALTNAME_INVALID");
    const message = `TLS failed: the certificate is for IP Address:2001:DB8:0:0:0:0:0:2, DNS:${host}, not for 2001:db8::1`;
    expect(outcome).toMatchObject({ message: `${message} (ERR_TLS_CERT_ALTNAME_INVALID)` });
  });

  test.each([
    ["a name that is written with its root dot, which is no part of the server name", `${host}.`, [host]],
    ["a literal address, which is no server name", "127.0.0.1", []],
  ])("for %s", async (_what, name, expected) => {
    const names: (string | false)[] = [];
    const server = await nodeServer({
      ...(await ca.issue({ hosts: [host, "127.0.0.1"] })),
      SNICallback: (asked, done) => {
        names.push(asked);
        done(null);
      },
    });
    expect(gist((await attemptAt(server, name)).outcome)).toBe("acknowledged 200");
    expect(names).toEqual(expected);
  });
});

describe("a certificate that is wrong is a TLS failure of its own name, and nothing is sent", () => {
  const authority = () => createCertificateAuthority({ name: "somebody else" });
  const now = systemClock.now();

  test.each([
    ["self-signed", async () => selfSignedCertificate({ hosts: [host] }), "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [
      "from an unknown authority",
      async () => (await authority()).issue({ hosts: [host] }),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ],
    [
      "without its intermediate",
      () => ca.issue({ hosts: [host], intermediate: "missing" }),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ],
    ["expired", () => ca.issue({ hosts: [host], notAfter: now - day }), "CERT_HAS_EXPIRED"],
    ["not yet valid", () => ca.issue({ hosts: [host], notBefore: now + day }), "CERT_NOT_YET_VALID"],
    ["for another name", () => ca.issue({ hosts: ["other.example.com"] }), "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["for a deeper name than its wildcard", () => ca.issue({ hosts: ["*.com"] }), "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["for an address alone", () => ca.issue({ hosts: ["127.0.0.1"] }), "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("%s", async (_, issue, code) => {
    const clock = testClock();
    const server = await listen(ok, { clock, tls: await issue() });
    const { outcome, response } = await attemptAt(server);
    expect(gist(outcome)).toBe(`tls tls ${code}`);
    expect(outcome).toMatchObject({ message: expect.stringMatching(new RegExp(`^TLS failed: .* \\(${code}\\)$`)) });
    expect(response).toBeNull();
    expect(server.journal.requests).toHaveLength(0);
  });

  it("from an authority that only the well-known roots would vouch for", async () => {
    const { outcome } = await meetTls(await ca.issue({ hosts: [host] }), { trusted: [] });
    expect(gist(outcome)).toBe("tls tls UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });
});

describe("a handshake that fails is a TLS failure", () => {
  it("with plain HTTP on the port", async () => {
    const server = await listen(ok, {
      accept: (socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    });
    const { outcome } = await attemptAt(server);
    expect(outcome).toMatchObject({ reason: "tls", phase: "tls" });
    expect(gist(outcome)).toMatch(/ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/);
    // OpenSSL's own message has a thread id and source lines in it.
    expect(outcome).toMatchObject({ message: expect.stringMatching(/^TLS failed: [a-z ]+ \(ERR_SSL_\w+\)$/) });
  });

  it("with a server that speaks TLS 1.0 alone", async () => {
    const server = await nodeServer({
      ...(await ca.issue({ hosts: [host] })),
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    expect((await attemptAt(server)).outcome).toMatchObject({
      reason: "tls",
      phase: "tls",
      code: expect.stringMatching(/^ERR_SSL_(UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL_VERSION)$/),
    });
  });

  it("with a server that speaks HTTP/2 alone", async () => {
    const server = await nodeServer({ ...(await ca.issue({ hosts: [host] })), ALPNProtocols: ["h2"] });
    expect(gist((await attemptAt(server)).outcome)).toBe("tls tls ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL");
  });

  it("with a server that has no certificate", async () => {
    const server = await nodeServer({});
    expect((await attemptAt(server)).outcome).toMatchObject({ reason: "tls", phase: "tls" });
  });

  test.each([
    // Over TLS 1.3 the alert comes after the handshake.
    ["TLSv1.3", /^tls headers ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED$/],
    ["TLSv1.2", /^tls tls ERR_SSL_SSL(V3|\/TLS)_ALERT_HANDSHAKE_FAILURE$/],
  ] as const)("with a server that demands a client certificate, over %s", async (maxVersion, expected) => {
    const server = await nodeServer({
      ...(await ca.issue({ hosts: [host] })),
      maxVersion,
      requestCert: true,
      rejectUnauthorized: true,
      ca: ca.certificatePem,
    });
    expect(gist((await attemptAt(server)).outcome)).toMatch(expected);
  });

  it("which ends a connection that was to be kept, whenever the server closes it", async () => {
    const { port } = await nodeServer({
      ...(await ca.issue({ hosts: [host] })),
      minVersion: "TLSv1.3",
      requestCert: true,
      rejectUnauthorized: true,
      ca: ca.certificatePem,
    });
    const network = { route: () => ({ host: "127.0.0.1", port }), ca: [ca.certificatePem] };
    const sender = senderTo({ origin: "" }, { url: `https://${host}/hook`, clock: testClock(), network });
    const connection = sender.connection();
    onTestFinished(() => connection.close());
    const { outcome } = await sender.attempt(sender.callback(sessionId), { connection });
    expect(connection.isOpen()).toBe(false);
    expect(gist(outcome)).toBe("tls headers ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED");
  });
});

describe("a connection that ends during the handshake", () => {
  test.each([
    ["reset", "reset tls ECONNRESET"],
    ["closed", "reset tls CLOSED"],
  ])("is %s", async (how, expected) => {
    const server = await listen(ok, {
      accept: (socket) => void socket.once("data", () => (how === "reset" ? socket.resetAndDestroy() : socket.end())),
    });
    const { outcome } = await attemptAt(server);
    expect(gist(outcome)).toBe(expected);
    expect(outcome).toMatchObject({ message: expect.stringContaining(`${how} during the TLS handshake`) });
  });
});

it("makes a connection and a handshake for each attempt", async () => {
  const clock = testClock();
  const server = await listen("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", {
    clock,
    tls: await ca.issue({ hosts: [host] }),
  });
  const sender = senderTo(server, {
    url: `https://${host}/hook`,
    clock,
    network: { route: () => ({ host: "127.0.0.1", port: server.port }), ca: [ca.certificatePem] },
  });
  const { attempts } = await sender.deliver({ sessionId });
  expect(attempts.map(({ outcome }) => gist(outcome))).toEqual(Array(6).fill("status headers 500"));
  expect(server.journal.connections).toHaveLength(6);
});
