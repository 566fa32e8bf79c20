import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
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

it("cannot ask for versions that the local library rules out at its security level", async () => {
  const { tcp } = await connected();
  const offer = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=5" } as const;
  expect(await tlsHandshake(tcp, { hostname: "h.example.com", now: 0, offer })).toMatchObject({ kind: "cannot-ask" });
});

it("cannot ask with ciphers that the local library does not have", async () => {
  const { tcp } = await connected();
  const offer = { ciphers: "NO-SUCH-CIPHER", maxVersion: "TLSv1.2" } as const;
  expect(await tlsHandshake(tcp, { hostname: "h.example.com", now: 0, offer })).toMatchObject({ kind: "cannot-ask" });
});
