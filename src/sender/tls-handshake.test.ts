import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { expect, it, onTestFinished } from "vitest";
import { tlsHandshake } from "./tls-handshake.js";

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
