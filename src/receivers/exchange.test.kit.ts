import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import type { Clock } from "../clock/clock.js";

export interface Exchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ExchangeOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly ca?: string;
  /** Held while the exchange lasts, and bound to its connection, as an attempt of the sender does. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** One request on a connection of its own. Rejects with the socket's error. */
export function exchange(url: string, options: ExchangeOptions = {}): Promise<Exchange> {
  const { method = "POST", headers = {}, body = "", ca, clock, signal } = options;
  const hold = clock?.hold();
  return new Promise<Exchange>((resolve, reject) => {
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    // Node alone frames no body of a GET or DELETE.
    const framed = { "Content-Length": String(Buffer.byteLength(body)), ...headers };
    const request = send(url, { method, headers: framed, agent: false, ...(ca && { ca }), ...(signal && { signal }) });
    request.on("socket", (socket: Socket) => {
      socket.on("connect", () => hold?.bind(socket.localPort ?? 0));
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.end(body);
  }).finally(() => hold?.release());
}

/** The documented callback. */
export function callback(sessionId: string, headers: Record<string, string> = {}): ExchangeOptions {
  return {
    headers: {
      "Content-Type": "application/json",
      "X-Scriptix-Session": sessionId,
      "X-Zoom-Session": sessionId,
      ...headers,
    },
    body: JSON.stringify({ sessionId, zoom_id: sessionId }),
  };
}

/** Writes bytes on a plain socket and resolves to all that comes back until the connection ends. */
export function exchangeBytes(port: number, ...writes: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      for (const bytes of writes) socket.write(bytes, "latin1");
    });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("latin1")));
    socket.on("error", reject);
  });
}
