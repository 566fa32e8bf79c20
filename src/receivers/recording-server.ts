import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createSecureContext, TLSSocket, type SecureContextOptions } from "node:tls";
import type { Clock } from "../clock/clock.js";
import type { ArrivedConnection, ArrivedRequest, Journal } from "./journal.js";
import { RequestReader } from "./request-reader.js";

export interface RecordingServerOptions {
  readonly clock: Clock;
  /** Speak TLS with this key and certificate. */
  readonly tls?: SecureContextOptions;
  /** @default any free port */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** Called on a new connection, before TLS. */
  readonly accept?: (socket: Socket, connection: ArrivedConnection) => void;
  /**
   * Called for each whole request, one at a time on a connection; writes whatever bytes it likes, or nothing.
   * `socket.resetAndDestroy()` works over TLS too, where Node alone refuses it.
   */
  readonly answer: (socket: Socket, request: ArrivedRequest) => void | Promise<void>;
}

export interface RecordingServer {
  /** Scheme, host and port, without a path. */
  readonly origin: string;
  readonly port: number;
  readonly journal: Journal;
  /** Destroys every connection; rejects with what `answer` threw, where it threw. */
  close(): Promise<void>;
}

/** More than any request that the harness sends; what is longer is cut off. */
const requestCapBytes = 32 * 1024 * 1024;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A plain TCP or TLS server that records the bytes that arrive and leaves the answer to its caller. */
export async function createRecordingServer(options: RecordingServerOptions): Promise<RecordingServer> {
  const { clock, tls, accept, answer, port = 0, host = "127.0.0.1" } = options;
  const secureContext = tls && createSecureContext(tls);
  const connections: ArrivedConnection[] = [];
  const requests: ArrivedRequest[] = [];
  const sockets = new Set<Socket>();
  const failures: unknown[] = [];

  const server = createServer({ noDelay: true }, (tcp) => {
    const reader = new RequestReader();
    const connection: Mutable<ArrivedConnection> = {
      number: connections.length + 1,
      localPort: tcp.localPort ?? 0,
      remotePort: tcp.remotePort ?? 0,
      openedAt: clock.now(),
      closedAt: null,
      error: null,
      get rest() {
        return reader.rest;
      },
    };
    connections.push(connection);
    sockets.add(tcp);
    const fail = (error: NodeJS.ErrnoException): void => {
      connection.error ??= error.code ?? error.message;
      tcp.destroy();
    };
    tcp.on("error", fail);
    tcp.once("close", () => {
      connection.closedAt = clock.now();
      sockets.delete(tcp);
    });
    accept?.(tcp, connection);
    if (tcp.destroyed) return;
    const socket = secureContext ? secure(tcp, secureContext) : tcp;
    if (socket !== tcp) socket.on("error", fail);
    serve(socket, connection, reader);
  });

  function serve(socket: Socket, connection: ArrivedConnection, reader: RequestReader): void {
    let startedAt: number | null = null;
    let number = 0;
    let answering = false;

    async function answerAll(): Promise<void> {
      if (answering) return;
      answering = true;
      try {
        for (let read = reader.next(); read && !socket.destroyed; read = reader.next()) {
          const completedAt = clock.now();
          number += 1;
          const request = { connection, number, startedAt: startedAt ?? completedAt, completedAt, ...read };
          startedAt = reader.length > 0 ? completedAt : null;
          requests.push(request);
          await answer(socket, request);
        }
      } catch (error) {
        failures.push(error);
        socket.destroy();
      } finally {
        answering = false;
      }
    }

    // Read on while an answer is due: a peer that leaves is noticed only by reading.
    socket.on("data", (chunk: Buffer) => {
      startedAt ??= clock.now();
      reader.push(chunk);
      if (reader.length > requestCapBytes) socket.destroy();
      else void answerAll();
    });
  }

  server.listen(port, host);
  await once(server, "listening");
  const listeningPort = (server.address() as AddressInfo).port;

  return {
    origin: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${listeningPort}`,
    port: listeningPort,
    journal: { connections, requests },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
    },
  };
}

/** Node ties RST to the TCP handle, which a TLS socket hides. */
function secure(tcp: Socket, secureContext: ReturnType<typeof createSecureContext>): Socket {
  const socket = new TLSSocket(tcp, { isServer: true, secureContext });
  socket.resetAndDestroy = () => {
    tcp.resetAndDestroy();
    return socket;
  };
  return socket;
}
