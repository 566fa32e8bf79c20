import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";

/**
 * Ports that no system gives to whoever asks for any, nor to a connection (Linux: from 32768 on, others from 49152 on):
 * nobody comes by one between its being found free and being used. Each worker has its own.
 */
const firstPort = 20_000;
const portsOfWorker = 2000;
const workers = 6;

const worker = Number(process.env["VITEST_POOL_ID"] ?? 0) % workers;
let taken = randomInt(portsOfWorker);

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    taken = (taken + 1) % portsOfWorker;
    const port = firstPort + worker * portsOfWorker + taken;
    if (await canListen(port)) return port;
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
