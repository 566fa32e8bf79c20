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
 * Sends the script on a connection, in place of a request.
 * @param answered aborts at the first byte that comes back, or when the connection is gone.
 * @param sleep rejects when the signal aborts.
 */
export async function playWireScript(
  socket: Socket,
  tcp: Socket,
  script: readonly WireStep[],
  answered: AbortSignal,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (const step of script) {
    switch (step.do) {
      case "send":
        // The callback also comes when the socket is destroyed, so a receiver that never reads cannot hold this up for good.
        await new Promise<void>((sent) => socket.write(step.bytes, () => sent()));
        break;
      case "await-answer":
        await sleep(step.upToMs, answered).catch(() => {});
        break;
      case "close":
        socket.destroy();
        break;
      case "reset":
        resetConnection(tcp);
        break;
    }
  }
}

/** Sends RST; to a proxy over TLS only FIN, since Node cannot reset below that. */
export function resetConnection(tcp: Socket): void {
  if (tcp instanceof TLSSocket) tcp.destroy();
  else tcp.resetAndDestroy();
}
