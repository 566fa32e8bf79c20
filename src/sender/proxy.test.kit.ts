import { once } from "node:events";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";

export interface LittleProxy {
  readonly port: number;
  /** Request line and headers of each CONNECT. */
  readonly asked: { readonly target: string; readonly headers: Record<string, unknown> }[];
}

/** Tunnels every CONNECT to one port on loopback, or does something else with it. */
export async function littleProxy(
  to: number | ((socket: Duplex) => void),
  tls?: Pick<TlsOptions, "key" | "cert" | "SNICallback">,
): Promise<LittleProxy> {
  const asked: LittleProxy["asked"] = [];
  const server: Server = tls ? createHttpsServer(tls) : createHttpServer();
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  server.on("connect", (request, socket, head) => {
    asked.push({ target: request.url ?? "", headers: request.headers });
    socket.on("error", () => {});
    if (typeof to === "function") {
      to(socket);
      return;
    }
    const upstream = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}
