import { once } from "node:events";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { afterEach, beforeAll, describe, expect, it, onTestFinished, test } from "vitest";
import { createCertificateAuthority, selfSignedCertificate, type CertificateAuthority } from "../tls/certificates.js";
import { systemClock } from "../clock/system-clock.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { parseCallbackUrl } from "./callback-url.js";
import { littleProxy } from "./proxy.test.kit.js";
import { createNetworkProbe, type NetworkProbeOptions } from "./system-network-probe.js";
import { freePort } from "../receivers/free-port.test.kit.js";

const host = "hooks.example.com";
const day = 86_400_000;
const sockets = new Set<Socket>();
let ca: CertificateAuthority;

beforeAll(async () => {
  ca = await createCertificateAuthority();
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** Listens on loopback and counts on the probe to close what it opens. */
async function listening(server: Server): Promise<number> {
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const tlsServer = (options: TlsOptions): Promise<number> => listening(createTlsServer(options));

function probe(port: number, options: Partial<NetworkProbeOptions> & { readonly host?: string } = {}) {
  return createNetworkProbe({
    url: parseCallbackUrl(`https://${options.host ?? host}/hook`),
    resolve: async () => ["93.184.216.34"],
    route: () => ({ host: "127.0.0.1", port }),
    ca: [ca.certificatePem],
    deadlineMs: 20_000,
    clock: systemClock,
    ...options,
  });
}

const failing = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));

describe("resolve", () => {
  it("gives each address once", async () => {
    const found = probe(1, { resolve: async () => ["8.8.8.8", "2606:4700::1111", "8.8.8.8"] });
    expect(await found.resolve()).toEqual({ kind: "resolved", addresses: ["8.8.8.8", "2606:4700::1111"] });
  });

  test.each(["ENOTFOUND", "ENODATA"])("takes %s for a name without an address", async (code) => {
    expect(await probe(1, { resolve: failing(code) }).resolve()).toEqual({ kind: "no-address", code });
  });

  it("takes an empty answer for a name without an address", async () => {
    expect(await probe(1, { resolve: async () => [] }).resolve()).toEqual({ kind: "no-address", code: "ENODATA" });
  });

  test.each(["EAI_AGAIN", "ETIMEOUT", "ESERVFAIL", "ECONNREFUSED"])("learns nothing from %s", async (code) => {
    expect(await probe(1, { resolve: failing(code) }).resolve()).toEqual({ kind: "no-answer", code });
  });

  it("gives a silent resolver up at the deadline", async () => {
    const silent = probe(1, { resolve: () => new Promise(() => {}), deadlineMs: 1 });
    expect(await silent.resolve()).toEqual({ kind: "no-answer", code: "TIMEOUT" });
  });

  it("learns nothing from an error without a code", async () => {
    const found = probe(1, { resolve: () => Promise.reject(new Error("no")) });
    expect(await found.resolve()).toEqual({ kind: "no-answer", code: "UNKNOWN" });
  });

  it("learns nothing from an unknown name on this side of a proxy", async () => {
    const proxy = { hostname: "127.0.0.1", port: 1, secure: false, authorization: null };
    const code = "ENOTFOUND on this side of the proxy";
    expect(await probe(1, { resolve: failing("ENOTFOUND"), proxy }).resolve()).toEqual({ kind: "no-answer", code });
  });
});

describe("connect", () => {
  it("opens a connection and leaves none open", async () => {
    const port = await listening(createTcpServer((socket) => socket.resume()));
    expect(await probe(port).connect("93.184.216.34")).toEqual({ kind: "connected", to: `127.0.0.1:${port}` });
    const [socket] = sockets;
    if (socket !== undefined && !socket.destroyed) await once(socket, "close");
  });

  it("goes to the address itself where no rule sends it elsewhere", async () => {
    const port = await listening(createTcpServer((socket) => socket.resume()));
    const route = (name: string) => ({ host: name, port });
    const direct = probe(port, { route });
    expect(await direct.connect("127.0.0.1")).toEqual({ kind: "connected", to: `127.0.0.1:${port}` });
    expect(await direct.connect("127.0.0.2")).toMatchObject({ kind: "failed", code: "ECONNREFUSED" });
  });

  it("can be routed by address", async () => {
    const [open, closed] = [await listening(createTcpServer()), await freePort()];
    const route = (_host: string, _port: number, address?: string) => ({
      host: "127.0.0.1",
      port: address === "93.184.216.34" ? open : closed,
    });
    const routed = probe(open, { route });
    expect(await routed.connect("93.184.216.34")).toMatchObject({ kind: "connected" });
    expect(await routed.connect("93.184.216.35")).toMatchObject({ kind: "failed", code: "ECONNREFUSED" });
  });

  it("writes an address of IPv6 in brackets, and asks no resolver about it", async () => {
    const route = () => ({ host: "::ffff:127.0.0.1", port });
    const port = await listening(createTcpServer());
    const to = `[::ffff:127.0.0.1]:${port}`;
    expect(await probe(port, { route }).connect("93.184.216.34")).toEqual({ kind: "connected", to });
  });

  test.each(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ENETDOWN", "EAFNOSUPPORT"])(
    "takes %s for no route from here",
    async (code) => {
      const routed = probe(1, { route: () => ({ host: "staging.lan", port: 1 }), resolve: failing(code) });
      expect(await routed.connect("93.184.216.34")).toEqual({ kind: "no-route", code });
    },
  );

  it("fails where the route's name has no address, or the deadline comes first", async () => {
    const route = () => ({ host: "staging.lan", port: 1 });
    expect(await probe(1, { route, resolve: failing("ENOTFOUND") }).connect("93.184.216.34")).toEqual({
      kind: "failed",
      code: "ENOTFOUND",
      message: "the name could not be resolved (ENOTFOUND)",
    });
    const silent = probe(1, { route, resolve: () => new Promise(() => {}), deadlineMs: 1 });
    const message = "the name was not resolved within 0.001 seconds";
    expect(await silent.connect("93.184.216.34")).toEqual({ kind: "failed", code: "TIMEOUT", message });
    expect(await silent.handshake()).toEqual({ kind: "no-answer", code: "TIMEOUT", message });
  });

  it("sees nothing of single addresses behind a proxy", async () => {
    const proxy = { hostname: "127.0.0.1", port: 1, secure: false, authorization: null };
    expect(await probe(1, { proxy }).connect("93.184.216.34")).toEqual({ kind: "no-route", code: "PROXY" });
  });
});

describe("a handshake", () => {
  it("finds nothing wrong with a good certificate, where the route of the URL's host leads", async () => {
    const port = await tlsServer(await ca.issue({ hosts: [host], intermediate: "sent" }));
    const asked: unknown[] = [];
    const route = (...from: readonly unknown[]) => {
      asked.push(from);
      return { host: "127.0.0.1", port };
    };
    const found = await probe(port, { route }).handshake();
    expect(asked).toEqual([[host, 443]]);
    expect(found).toMatchObject({
      kind: "completed",
      protocol: "TLSv1.3",
      certificateErrors: [],
      subject: host,
      issuer: "webhook-conformance test CA, intermediate",
    });
  });

  it("asks for HTTP/1.1 and for the name, without a root dot, and never for an address", async () => {
    const asked: unknown[] = [];
    const options = { ...(await ca.issue({ hosts: [host, "93.184.216.34"] })), ALPNProtocols: ["h2", "http/1.1"] };
    const server = createTlsServer(options, ({ servername, alpnProtocol }) => asked.push(servername, alpnProtocol));
    const port = await listening(server);
    for (const name of [host, `${host}.`, "93.184.216.34"]) {
      expect(await probe(port, { host: name }).handshake()).toMatchObject({ kind: "completed", certificateErrors: [] });
    }
    await expect.poll(() => asked).toEqual([host, host, false].flatMap((name) => [name, "http/1.1"]));
  });

  const errors: readonly [string, () => Promise<TlsOptions>, string, RegExp][] = [
    [
      "an expired",
      () => ca.issue({ hosts: [host], notAfter: Date.now() - day }),
      "CERT_HAS_EXPIRED",
      /^it expired on 2/,
    ],
    [
      "an early",
      () => ca.issue({ hosts: [host], notBefore: Date.now() + day }),
      "CERT_NOT_YET_VALID",
      /^it is not valid before 2/,
    ],
    [
      "another name's",
      () => ca.issue({ hosts: ["a.example.com", "*.b.example.com"] }),
      "ERR_TLS_CERT_ALTNAME_INVALID",
      /^it is for a\.example\.com, \*\.b\.example\.com, not for hooks\.example\.com$/,
    ],
    ["a self-signed", () => selfSignedCertificate({ hosts: [host] }), "DEPTH_ZERO_SELF_SIGNED_CERT", /self-signed/],
    [
      "an incomplete chain's",
      () => ca.issue({ hosts: [host], intermediate: "missing" }),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      /probably the server does not send the intermediate certificate, or the issuer is an unknown private CA \(pass it with --ca\)/,
    ],
  ];
  test.each(errors)("says what is wrong with %s certificate", async (_what, issue, code, message) => {
    const port = await tlsServer(await issue());
    expect(await probe(port).handshake()).toMatchObject({
      kind: "completed",
      certificateErrors: [{ code, message: expect.stringMatching(message) }],
    });
  });

  it("does not know a private CA that was not given", async () => {
    const port = await tlsServer(await ca.issue({ hosts: [host], intermediate: "sent" }));
    expect(await probe(port, { ca: [] }).handshake()).toMatchObject({
      certificateErrors: [{ code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", message: expect.stringContaining("--ca") }],
    });
  });

  it("reports every fault of one certificate", async () => {
    const port = await tlsServer(await ca.issue({ hosts: ["a.example.com"], notAfter: Date.now() - day }));
    const result = await probe(port).handshake();
    expect(result.kind === "completed" && result.certificateErrors.map(({ code }) => code)).toEqual([
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ]);
  });

  it("says how long the certificate has still to live", async () => {
    const notAfter = Math.floor(Date.now() / 1000) * 1000 + 5 * day;
    const port = await tlsServer(await ca.issue({ hosts: [host], notAfter }));
    const result = await probe(port).handshake();
    expect(result).toMatchObject({ validTo: new Date(notAfter).toISOString() });
    expect(result.kind === "completed" && result.expiresInMs / day).toBeCloseTo(5, 2);
  });

  it("goes through a proxy that speaks TLS itself, with a certificate of an authority that was given", async () => {
    const port = await tlsServer(await ca.issue({ hosts: [host] }));
    const proxy = await littleProxy(port, await ca.issue({ hosts: ["localhost"] }));
    const through = { hostname: "localhost", port: proxy.port, secure: true, authorization: null };
    expect(await probe(1, { proxy: through }).handshake()).toMatchObject({ kind: "completed", certificateErrors: [] });
  });

  it("completes with a server that asks for a client certificate", async () => {
    const port = await tlsServer({ ...(await ca.issue({ hosts: [host] })), requestCert: true, ca: ca.certificatePem });
    expect(await probe(port).handshake()).toMatchObject({ kind: "completed", certificateErrors: [] });
  });

  it("is refused where the server answers with an alert", async () => {
    const port = await tlsServer({
      ...(await ca.issue({ hosts: [host] })),
      SNICallback: (_name, done) => done(new Error()),
    });
    const only12 = await tlsServer({
      ...(await ca.issue({ hosts: [host] })),
      ciphers: "AES128-SHA",
      maxVersion: "TLSv1.2",
    });
    expect(await probe(port).handshake()).toMatchObject({ kind: "refused", how: "closed" });
    expect(await probe(only12).handshake()).toMatchObject({ kind: "refused", how: "alert" });
  });

  it("is no TLS with a server of plain HTTP", async () => {
    const port = await listening(
      createTcpServer((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    );
    expect(await probe(port).handshake()).toMatchObject({ kind: "refused", how: "not-tls" });
  });

  test.each([
    ["closes", (socket: Socket) => socket.end()],
    ["resets", (socket: Socket) => socket.resetAndDestroy()],
  ])("is closed on by a server that %s the connection", async (_what, close) => {
    const port = await listening(createTcpServer((socket) => socket.once("data", () => close(socket))));
    expect(await probe(port).handshake()).toMatchObject({ kind: "refused", how: "closed", code: "ECONNRESET" });
  });

  it("says nothing about TLS where no connection is made", async () => {
    expect(await probe(await freePort()).handshake()).toMatchObject({ kind: "no-answer", code: "ECONNREFUSED" });
  });

  it("ends at the deadline with a server that is silent, and leaves no socket open", async () => {
    const clock = virtualClock();
    onTestFinished(() => clock.close());
    const server = createTcpServer((socket) => {
      socket.resume();
      void clock.stall(socket.remotePort ?? 0, 60_000).catch(() => {});
    });
    const port = await listening(server);
    const result = await probe(port, { clock }).handshake();
    expect(result).toEqual({
      kind: "no-answer",
      code: "TIMEOUT",
      message: "the TLS handshake was not completed within 20 seconds",
    });
    const [socket] = sockets;
    if (socket !== undefined && !socket.destroyed) await once(socket, "close");
    expect(clock.holdsOut()).toBe(0);
  });
});

describe("a handshake that offers old TLS alone", () => {
  const weak = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

  test.each(["TLSv1", "TLSv1.1"] as const)("is completed by a server that speaks %s", async (maxVersion) => {
    const port = await tlsServer({ ...(await ca.issue({ hosts: [host] })), ...weak });
    expect(await probe(port).handshake({ maxVersion })).toMatchObject({ kind: "completed", protocol: maxVersion });
    expect(await probe(port).handshake()).toMatchObject({ kind: "completed", protocol: "TLSv1.3" });
  });

  test.each(["TLSv1", "TLSv1.1"] as const)(
    "%s is refused with an alert by a server that does not",
    async (maxVersion) => {
      const port = await tlsServer({ ...(await ca.issue({ hosts: [host] })), minVersion: "TLSv1.2" });
      expect(await probe(port).handshake({ maxVersion })).toMatchObject({ kind: "refused", how: "alert" });
    },
  );

  it("is no refusal where no connection is made", async () => {
    const result = await probe(await freePort()).handshake({ maxVersion: "TLSv1.1" });
    expect(result).toMatchObject({ kind: "no-answer", code: "ECONNREFUSED" });
  });

  it("is what alone a server of the last century accepts", async () => {
    const port = await tlsServer({ ...(await ca.issue({ hosts: [host] })), ...weak, maxVersion: "TLSv1.1" });
    expect(await probe(port).handshake()).toMatchObject({ kind: "refused", how: "alert" });
  });
});

test("closing it ends what is under way, and its sockets", async () => {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const probe = createNetworkProbe({
    url: parseCallbackUrl("https://hooks.example.com/hook"),
    resolve: async () => ["93.184.216.34"],
    route: () => ({ host: "127.0.0.1", port }),
    ca: [],
    deadlineMs: 20_000,
    clock: systemClock,
  });
  const connected = once(server, "connection");
  const handshake = probe.handshake();
  const [socket] = (await connected) as [Socket];
  const closed = once(socket, "close");
  socket.resume();
  probe.close();
  expect((await handshake).kind).toBe("no-answer");
  await closed;
  server.close();
});
