import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { CallbackRequest } from "./attempt.js";

/** What is put on a raw socket in place of what an HTTP client would write, step by step. */
export type WireStep =
  | { readonly do: "send"; readonly bytes: Buffer }
  /** Waits until the receiver sends an interim answer, starts its final one, or `upToMs` have passed on the deadline's clock. */
  | { readonly do: "await-answer"; readonly upToMs: number }
  /** Closes the connection, as a client does that goes away. */
  | { readonly do: "close" }
  /** Sends RST, as a connection does that is cut. */
  | { readonly do: "reset" };

/** Everything before the body as it stands on the wire; the caller adds the framing. */
export function requestHead(request: CallbackRequest, host: string, framing: readonly string[]): Buffer {
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${host}`,
    ...framing,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

/** The body in two chunks (RFC 9112 §7.1), so that no receiver gets away with reading one. */
export function chunkedBody(body: Buffer): Buffer {
  const middle = Math.ceil(body.length / 2);
  const chunks = [body.subarray(0, middle), body.subarray(middle)].filter((chunk) => chunk.length > 0);
  return Buffer.concat([
    ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]),
    Buffer.from("0\r\n\r\n"),
  ]);
}

/**
 * Makes a socket ignore what its HTTP client writes and send the script instead, once, at the client's first write.
 * The client still reads the answer.
 * @param sleep rejects when the signal aborts.
 */
export function playWireScript(
  socket: Socket,
  tcp: Socket,
  script: readonly WireStep[],
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): void {
  const write = socket.write.bind(socket);
  const answered = new AbortController();
  socket.once("readable", () => answered.abort());
  socket.once("close", () => answered.abort());
  // The callback also comes when the socket is destroyed, so a receiver that never reads cannot hold this up for good.
  const send = (bytes: Buffer): Promise<void> => new Promise((sent) => write(bytes, () => sent()));
  const play = async (): Promise<void> => {
    for (const step of script) {
      if (socket.destroyed) return;
      switch (step.do) {
        case "send":
          await send(step.bytes);
          break;
        case "await-answer":
          await sleep(step.upToMs, answered.signal).catch(() => {});
          break;
        case "close":
          socket.destroy();
          break;
        case "reset":
          resetConnection(tcp);
          break;
      }
    }
  };
  let started = false;
  socket.write = () => {
    if (!started) {
      started = true;
      // After the client has uncorked the socket.
      queueMicrotask(() => void play());
    }
    return true;
  };
}

/** Resets the connection at the first byte of what its client would read, interim answers apart. */
export function resetAtAnswer(socket: Socket, tcp: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (() => {
    if (read() !== null) resetConnection(tcp);
    return null;
  }) as typeof socket.read;
}

/** Sends RST; to a proxy over TLS only FIN, since Node cannot reset below that. */
function resetConnection(tcp: Socket): void {
  if (tcp instanceof TLSSocket) tcp.destroy();
  else tcp.resetAndDestroy();
}
