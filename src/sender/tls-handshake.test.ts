import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { expect, it, onTestFinished } from "vitest";
import { brokenOff, tlsHandshake } from "./tls-handshake.js";

/** A connection to a server that answers nothing. */
async function connected(): Promise<{ tcp: Socket }> {
  const server = createServer((socket) => socket.on("error", () => {}).resume());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const tcp = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(tcp, "connect");
  onTestFinished(async () => {
    tcp.destroy();
    server.close();
    await once(server, "close");
  });
  return { tcp };
}

const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1" } as const;

it.each<[string, ConnectionOptions, string]>([
  [
    "for versions that the local library rules out at its security level",
    { ...old, ciphers: "DEFAULT@SECLEVEL=5" },
    "no protocols available",
  ],
  [
    "for versions with ciphers of other versions",
    { ...old, ciphers: "ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0" },
    "no ciphers available",
  ],
  [
    "with ciphers that the local library does not have",
    { ciphers: "NO-SUCH-CIPHER", maxVersion: "TLSv1.2" },
    "no cipher match",
  ],
])("cannot ask %s", async (_what, offer, message) => {
  const { tcp } = await connected();
  expect(await tlsHandshake(tcp, { hostname: "h.example.com", now: 0, offer })).toEqual({
    kind: "cannot-ask",
    message: expect.stringContaining(message),
  });
});

it.each([
  ["ECONNRESET", "closed"],
  ["EPIPE", "closed"],
  ["ECONNABORTED", "closed"],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "alert"],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "unsupported-version"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "not-tls"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "not-tls"],
  ["ERR_SSL_DH_KEY_TOO_SMALL", "other"],
])("says what %s tells of a refusal: %s", (code, how) => {
  const error = Object.assign(new Error("00E8F0:error"), { code, reason: "in a word" });
  expect(brokenOff(error)).toEqual({ kind: "refused", how, code, message: "in a word" });
});

it("takes an error without code or reason at its word", () => {
  expect(brokenOff(new Error("gone"))).toEqual({ kind: "refused", how: "other", code: "UNKNOWN", message: "gone" });
});

it("ends where the connection is closed on this side", async () => {
  const { tcp } = await connected();
  const handshake = tlsHandshake(tcp, { hostname: "h.example.com", now: 0, offer: {} });
  tcp.destroy();
  expect(await handshake).toEqual({
    kind: "refused",
    how: "closed",
    code: "ECONNRESET",
    message: "the connection was closed during the TLS handshake",
  });
});

it("leaves no error of the connection uncaught where it could not ask", async () => {
  const { tcp } = await connected();
  await tlsHandshake(tcp, { hostname: "h.example.com", now: 0, offer: { ciphers: "NO-SUCH-CIPHER" } });
  expect(() => tcp.emit("error", new Error("gone"))).not.toThrow();
});
