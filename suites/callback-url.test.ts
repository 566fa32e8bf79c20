import { once } from "node:events";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { beforeAll, describe, expect, it, test } from "vitest";
import {
  createCertificateAuthority,
  selfSignedCertificate,
  type CertificateAuthority,
} from "../src/tls/certificates.js";
import { systemClock } from "../src/clock/system-clock.js";
import { batch } from "../src/contract/batch.js";
import type { CheckContext } from "../src/runner/check-context.js";
import { isGloballyReachable } from "../src/sender/address-classes.js";
import { classifyHost } from "../src/sender/callback-host.js";
import { parseCallbackUrl } from "../src/sender/callback-url.js";
import type { HandshakeResult } from "../src/sender/network-probe.js";
import { createNetworkProbe } from "../src/sender/system-network-probe.js";
import { callbackUrl } from "./callback-url.js";

const host = "hooks.customer.com";
const publicAddress = "93.184.216.34";
const day = 86_400_000;

let ca: CertificateAuthority;
/** Ports of a healthy receiver and of nobody. */
let healthy: number;
let closed: number;
const servers: Server[] = [];

beforeAll(async () => {
  ca = await createCertificateAuthority();
  healthy = await listen(createTlsServer(await ca.issue({ hosts: [host, `${host}.localhost`], intermediate: "sent" })));
  const gone = createTcpServer();
  closed = await listen(gone);
  gone.close();
  await once(gone, "close");
  return () => servers.forEach((server) => server.close());
});

async function listen(server: Server): Promise<number> {
  server.on("connection", (socket) => socket.on("error", () => {})).on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function serve(options: TlsOptions | Promise<TlsOptions>): Promise<{ port: number }> {
  return { port: await listen(createTlsServer(await options)) };
}

interface Target {
  readonly url?: string;
  readonly addresses?: readonly string[] | { readonly code: string };
  /** Where the connection goes: to this port of this machine, whatever the address. */
  readonly port?: number;
  /** Where connections to single addresses go instead. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly handshake?: (maxVersion?: string) => HandshakeResult;
}

/** Runs every check of the suite; a healthy receiver on a public address, but for what the target says. */
async function judge(target: Target) {
  const { url = `https://${host}/hook`, addresses = [publicAddress], port = healthy, ports = {} } = target;
  const parsed = parseCallbackUrl(url);
  const network = createNetworkProbe({
    url: parsed,
    resolve: async () => {
      if ("code" in addresses) throw Object.assign(new Error(addresses.code), addresses);
      return addresses;
    },
    route: (_host, _port, address = "") => ({ host: "127.0.0.1", port: ports[address] ?? port }),
    ca: [ca.certificatePem],
    deadlineMs: 20_000,
    clock: systemClock,
  });
  const mismatches: Record<string, string[]> = {};
  const skipped: Record<string, string> = {};
  for (const check of callbackUrl.checks) {
    const id = check.id.replace("callback-url/", "");
    const context = {
      contract: batch,
      url: parsed,
      host: classifyHost(parsed, batch),
      reachability: isGloballyReachable,
      network: {
        ...network,
        ...(target.handshake !== undefined && {
          handshake: async (options: { maxVersion?: string } = {}) => target.handshake?.(options.maxVersion),
        }),
      },
      mismatch: (expected: string, actual: string, where: string) =>
        (mismatches[id] ??= []).push(`expected ${expected}, got ${actual} (${where})`),
      note: () => {},
    } as unknown as CheckContext;
    const skip = await check.run(context);
    if (skip !== undefined) skipped[id] = skip.skip;
  }
  return { failed: Object.keys(mismatches), mismatches, skipped };
}

it("passes a healthy receiver on a public address", async () => {
  expect(await judge({})).toEqual({ failed: [], mismatches: {}, skipped: {} });
});

describe("each fault fails its check alone", () => {
  const urls: readonly [url: string, id: string, got: string][] = [
    [`http://${host}/hook`, "uses-https", "got http://"],
    ["https://localhost:8443/hook", "is-not-localhost", "localhost, which means this machine"],
    ["https://api.localhost./hook", "is-not-localhost", "api.localhost., which means this machine"],
    ["https://box.localdomain/hook", "is-not-localhost", "box.localdomain"],
    ["https://receiver/hook", "is-not-an-internal-domain", "receiver, a name without a domain"],
    ["https://hooks.corp/hook", "is-not-an-internal-domain", "hooks.corp, under .corp, a private suffix"],
    ["https://8.8.8.8/hook", "is-not-an-ip-address", "got 8.8.8.8 ("],
    ["https://0x7f.1/hook", "is-not-an-ip-address", "0x7f.1, which is the address 127.0.0.1"],
    ["https://[::ffff:10.0.0.1]/hook", "is-not-an-ip-address", "[::ffff:10.0.0.1], which is the address 10.0.0.1"],
    ["https://[2606:4700::1111]/hook", "is-not-an-ip-address", "got 2606:4700::1111 ("],
  ];
  test.each(urls)("%s: %s", async (url, id, got) => {
    const { hostname } = parseCallbackUrl(url);
    const { port } = await serve(ca.issue({ hosts: [hostname] }));
    const { failed, mismatches } = await judge({
      url,
      port,
      addresses: [hostname === host ? publicAddress : "127.0.0.1"],
    });
    expect(failed).toEqual([id]);
    expect(mismatches[id]).toEqual([expect.stringContaining(got)]);
  });

  test.each<[what: string, target: Target, id: string, got: string]>([
    ["NXDOMAIN", { addresses: { code: "ENOTFOUND" } }, "resolves-in-dns", "none (ENOTFOUND) (hooks.customer.com)"],
    [
      "one private address of two",
      { addresses: [publicAddress, "10.1.2.3"] },
      "resolves-to-public-addresses",
      "10.1.2.3 (Private-Use, RFC 1918)",
    ],
  ])("%s", async (_what, target, id, got) => {
    const { failed, mismatches } = await judge(target);
    expect(failed).toEqual([id]);
    expect(mismatches[id]).toEqual([expect.stringContaining(got)]);
  });

  it("a dead address among several", async () => {
    const { failed, mismatches } = await judge({
      addresses: [publicAddress, "93.184.216.35"],
      ports: { "93.184.216.35": closed },
    });
    expect(failed).toEqual(["accepts-connections-on-every-address"]);
    expect(mismatches).toMatchObject({
      "accepts-connections-on-every-address": [expect.stringMatching(/ECONNREFUSED.*93\.184\.216\.35/)],
    });
  });

  test.each<[what: string, serving: () => TlsOptions | Promise<TlsOptions>, id: string, got: string]>([
    [
      "an expired certificate",
      () => ca.issue({ hosts: [host], notAfter: Date.now() - day }),
      "presents-a-trusted-certificate",
      "one of which it expired on",
    ],
    [
      "a certificate of tomorrow",
      () => ca.issue({ hosts: [host], notBefore: Date.now() + day }),
      "presents-a-trusted-certificate",
      "it is not valid before",
    ],
    [
      "a certificate of another name",
      () => ca.issue({ hosts: ["other.customer.com"] }),
      "presents-a-trusted-certificate",
      "it is for other.customer.com, not for hooks.customer.com",
    ],
    [
      "a self-signed certificate",
      () => selfSignedCertificate({ hosts: [host] }),
      "presents-a-trusted-certificate",
      "it is self-signed",
    ],
    [
      "a missing intermediate",
      () => ca.issue({ hosts: [host], intermediate: "missing" }),
      "presents-a-trusted-certificate",
      "probably the server does not send the intermediate certificate",
    ],
    [
      "an unknown private CA",
      async () => (await createCertificateAuthority()).issue({ hosts: [host] }),
      "presents-a-trusted-certificate",
      "unknown private CA (pass it with --ca)",
    ],
    [
      "a certificate with 5 days left",
      () => ca.issue({ hosts: [host], notAfter: Date.now() + 5.5 * day }),
      "certificate-is-not-about-to-expire",
      "5 whole days",
    ],
    [
      "TLS 1.1 beside modern TLS",
      async () => ({ ...(await ca.issue({ hosts: [host] })), minVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
      "negotiates-modern-tls",
      "a handshake in TLSv1.1",
    ],
    [
      "TLS 1.1 and nothing later",
      async () => ({
        ...(await ca.issue({ hosts: [host] })),
        minVersion: "TLSv1.1",
        maxVersion: "TLSv1.1",
        ciphers: "DEFAULT@SECLEVEL=0",
      }),
      "negotiates-modern-tls",
      "a handshake in TLSv1.1, and none in TLS 1.2 or later",
    ],
  ])("%s", async (_what, serving, id, got) => {
    const { failed, mismatches } = await judge(await serve(serving()));
    expect(failed).toEqual([id]);
    expect(mismatches[id]).toEqual([expect.stringContaining(got)]);
  });

  it("plain HTTP where TLS should be", async () => {
    const port = await listen(
      createTcpServer((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    );
    const { failed } = await judge({ port });
    expect(failed).toEqual(["presents-a-trusted-certificate"]);
  });
});

describe("what cannot be judged", () => {
  it("names every version that is too old", async () => {
    const issued = await ca.issue({ hosts: [host] });
    const { mismatches } = await judge(await serve({ ...issued, minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" }));
    expect(mismatches["negotiates-modern-tls"]).toEqual([
      expect.stringContaining("TLSv1.1"),
      expect.stringContaining("TLSv1 ("),
    ]);
  });

  it("fails where nothing is known under the name", async () => {
    const { failed, mismatches } = await judge({ url: "https://hooks.acme-corp/", addresses: { code: "ENOTFOUND" } });
    expect(failed).toContain("resolves-in-dns");
    expect(mismatches["resolves-in-dns"]).toEqual([expect.stringContaining("none (ENOTFOUND)")]);
  });

  it("is left open when the resolver does not answer", async () => {
    expect(await judge({ addresses: { code: "EAI_AGAIN" } })).toMatchObject({
      failed: [],
      skipped: {
        "resolves-in-dns": "not-observable",
        "resolves-to-public-addresses": "not-observable",
        "accepts-connections-on-every-address": "not-observable",
      },
    });
  });

  it("is TLS where no connection is made", async () => {
    const { failed, skipped } = await judge({ port: closed });
    expect(failed).toEqual(["accepts-connections-on-every-address"]);
    expect(skipped).toEqual({
      "presents-a-trusted-certificate": "not-judged",
      "certificate-is-not-about-to-expire": "not-judged",
      "negotiates-modern-tls": "not-judged",
    });
  });

  it("is TLS on a plain HTTP URL", async () => {
    const { skipped } = await judge({ url: `http://${host}/` });
    expect(skipped).toEqual({
      "presents-a-trusted-certificate": "not-applicable",
      "certificate-is-not-about-to-expire": "not-applicable",
      "negotiates-modern-tls": "not-applicable",
    });
  });

  it("is the certificate of a server that ends the handshake with an alert", async () => {
    const refused: HandshakeResult = {
      kind: "refused",
      how: "alert",
      code: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
      message: "handshake failure",
    };
    const { failed, skipped } = await judge({ handshake: () => refused });
    expect(failed).toEqual([]);
    expect(skipped["presents-a-trusted-certificate"]).toBe("not-observable");
  });

  it("is a refusal of old TLS that this machine cannot ask for, or that may be a broken network", async () => {
    const modern: HandshakeResult = {
      kind: "completed",
      protocol: "TLSv1.3",
      certificateErrors: [],
      validFrom: "",
      validTo: "",
      expiresInMs: 90 * day,
      subject: "",
      issuer: "",
    };
    const cannotAsk: HandshakeResult = { kind: "cannot-ask", message: "no protocols available" };
    const asked = await judge({ handshake: (maxVersion) => (maxVersion === undefined ? modern : cannotAsk) });
    expect(asked.skipped).toEqual({ "negotiates-modern-tls": "not-observable" });

    const gone: HandshakeResult = { kind: "refused", how: "closed", code: "ECONNRESET", message: "closed" };
    let up = true;
    const broken = await judge({
      handshake: (maxVersion) => {
        if (maxVersion !== undefined) up = false;
        return up ? modern : gone;
      },
    });
    expect(broken.skipped["negotiates-modern-tls"]).toBe("not-observable");

    const closing = await judge({ handshake: (maxVersion) => (maxVersion === undefined ? modern : gone) });
    expect(closing).toEqual({ failed: [], mismatches: {}, skipped: {} });
  });
});

it("marks the rules for the production address, and only those", () => {
  const everywhere = callbackUrl.checks.filter(({ productionOnly }) => productionOnly !== true).map(({ id }) => id);
  expect(everywhere).toEqual([
    "callback-url/presents-a-trusted-certificate",
    "callback-url/certificate-is-not-about-to-expire",
    "callback-url/negotiates-modern-tls",
  ]);
});
