import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../src/clock/system-clock.js";

/** A program that acknowledges each callback so many milliseconds after it, and tells its port and how many came. */
const latencyMs = Number(process.argv[2]);

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("error", () => {});
  request.on("end", () => {
    const status = isCallback(Buffer.concat(chunks).toString()) ? 200 : 400;
    systemClock.timer(latencyMs, () => response.writeHead(status).end());
  });
});

function isCallback(text: string): boolean {
  try {
    const { sessionId } = JSON.parse(text) as { sessionId?: unknown };
    return typeof sessionId === "string" && sessionId !== "";
  } catch {
    return false;
  }
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => process.send?.(requests));
