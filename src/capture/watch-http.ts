import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { bodyKeptBytes, type SeenRequest } from "./capture.js";

const channel = "http.server.request.start";

/**
 * Tells of each request to any HTTP server of this process when its body has ended, or has broken off. It looks on
 * while the server reads, and so changes nothing for it; what the server never reads, node:http reads to its end.
 */
export function watchHttpRequests(each: (request: SeenRequest) => void): { stop(): void } {
  const started = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const chunks: Buffer[] = [];
    let bytes = 0;
    const { socket } = request;
    const tell = (): void => {
      socket.off("close", tell);
      each({
        method: request.method ?? "",
        target: request.url ?? "",
        version: `HTTP/${request.httpVersion}`,
        headers: pairs(request.rawHeaders),
        body: Buffer.concat(chunks),
        bodyIsCut: !request.complete || bytes > bodyKeptBytes,
      });
    };
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk === null) tell();
      else {
        const room = bodyKeptBytes - bytes;
        if (room > 0) chunks.push(Buffer.from(chunk.subarray(0, room)));
        bytes += chunk.length;
      }
      return push(chunk, encoding);
    };
    // The request itself does not tell when it breaks off behind an answer, as to a body that is too large.
    socket.once("close", tell);
  };
  subscribe(channel, started);
  return { stop: () => unsubscribe(channel, started) };
}

function pairs(raw: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index]!, raw[2 * index + 1]!] as const);
}
