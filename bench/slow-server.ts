import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../src/clock/system-clock.js";

/** A program that acknowledges each callback so many milliseconds after it, and tells its port and how many came. */
const latencyMs = Number(process.argv[2]);

const bodyCapBytes = 1024 * 1024;

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= bodyCapBytes) chunks.push(chunk);
  });
  request.on("error", () => {});
  request.on("end", () => {
    const status = bytes > bodyCapBytes ? 413 : statusOf(request, Buffer.concat(chunks).toString());
    systemClock.timer(latencyMs, () => response.writeHead(status).end());
  });
});

/** As a healthy receiver answers. */
function statusOf({ url = "", method, headers }: IncomingMessage, text: string): number {
  if (!/^\/hook(?:\/\d+)?$/.test(url)) return 404;
  if (method !== "POST") return 405;
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(headers["content-type"] ?? "")) return 415;
  try {
    const { sessionId } = JSON.parse(text) as { sessionId?: unknown };
    return typeof sessionId === "string" && sessionId !== "" ? 200 : 400;
  } catch {
    return 400;
  }
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => process.send?.(requests));
