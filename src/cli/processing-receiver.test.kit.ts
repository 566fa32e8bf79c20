import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll } from "vitest";
import { systemClock } from "../clock/system-clock.js";
import { temporaryDirectory } from "./cli.test.kit.js";

export interface ProcessingOptions {
  /**
   * Which callbacks of one session are processed: the first alone; every one; every one that comes before the first has
   * been looked up and stored; those that come when the first was forgotten. @default "once"
   */
  readonly processes?: "once" | "every-time" | "look-up-then-store" | { readonly forgetsAfterMs: number };
  /** Milliseconds from a callback to its processing. @default 0 */
  readonly delayMs?: number;
  /** It fetches results before it counts a session as processed. */
  readonly results?: { readonly baseUrl: string; readonly token: string };
  /** What asking it how often a session was processed is answered with. @default the number */
  readonly probe?: (count: number) => { readonly status: number; readonly body: string };
}

export interface ProcessingReceiver {
  /** Callback URL. */
  readonly url: string;
  /** For `--probe-url`. */
  readonly probeUrl: string;
  /** For `--probe-command`: counts a session's lines in the file to which each processed session is appended. */
  readonly probeCommand: string;
  /** Session ids of the callbacks that came, in order. */
  readonly arrived: readonly string[];
}

const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

/** Milliseconds in which a receiver that looks up and then stores lets a second callback slip through. */
const gapMs = 100;

/** A receiver on loopback that does something with a session, well or badly; it is closed in the end. */
export async function startProcessing(options: ProcessingOptions = {}): Promise<ProcessingReceiver> {
  const {
    processes = "once",
    delayMs = 0,
    results,
    probe = (count) => ({ status: 200, body: String(count) }),
  } = options;
  const log = join(temporaryDirectory(), "processed.log");
  appendFileSync(log, "");
  const counts = new Map<string, number>();
  const seen = new Map<string, number>();
  const arrived: string[] = [];

  const isNew = async (sessionId: string): Promise<boolean> => {
    const now = systemClock.now();
    if (processes === "every-time") return true;
    const keepMs = typeof processes === "object" ? processes.forgetsAfterMs : Infinity;
    if (now - (seen.get(sessionId) ?? -Infinity) < keepMs) return false;
    if (processes === "look-up-then-store") await systemClock.sleep(gapMs);
    seen.set(sessionId, now);
    return true;
  };
  const process = async (sessionId: string): Promise<void> => {
    await systemClock.sleep(delayMs);
    if (results !== undefined) {
      const path = `/api/v2/batch/session/${encodeURIComponent(sessionId)}/results`;
      const response = await fetch(results.baseUrl + path, { headers: { Authorization: results.token } });
      await response.arrayBuffer();
      if (!response.ok) return;
    }
    counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
    appendFileSync(log, `${sessionId}\n`);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      if (request.method === "GET") {
        const { status, body } = probe(
          counts.get(decodeURIComponent((request.url ?? "").slice("/processed/".length))) ?? 0,
        );
        response.writeHead(status).end(body);
        return;
      }
      const { sessionId } = JSON.parse(Buffer.concat(chunks).toString()) as { sessionId: string };
      arrived.push(sessionId);
      void isNew(sessionId).then((fresh) => (fresh ? process(sessionId).catch(() => {}) : undefined));
      response.writeHead(200).end();
    });
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/hook`,
    probeUrl: `${origin}/processed/{sessionId}`,
    probeCommand: `grep -cx {sessionId} '${log}' || true`,
    arrived,
  };
}
