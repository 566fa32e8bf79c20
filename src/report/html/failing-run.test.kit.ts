import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { virtualClock } from "../../clock/virtual-clock.js";
import { batch } from "../../contract/batch.js";
import { openTarget } from "../../runner/open-target.js";
import { planRun } from "../../runner/plan.js";
import { run } from "../../runner/run.js";
import { suites } from "../../../suites/index.js";
import type { Report } from "../model.js";

export const secretOfTheRun = "sk_live_5up3rs3cr3t-of-the-run";

/** What a hostile receiver would like a browser to run. */
const hostilePage =
  '<!doctype html><script>window.pwned = true</script><img src=x onerror="window.pwned = true">' +
  "</pre></details></script><style>*{display:none}</style>\u001b[31m\u202eError: at /srv/app/handler.js:12:5\n";

/** The report of a whole run against a receiver that fails checks of every level. */
export async function failingRun(): Promise<Report> {
  const receiver = await startReceiver();
  const clock = virtualClock({ startAt: 0 });
  const plan = planRun({
    contract: batch,
    url: receiver.url,
    local: true,
    headers: [["X-Api-Key", secretOfTheRun]],
    seed: "seed",
    nonce: "nonce",
    // Pauses take no time; deadlines are those of the wall clock.
    clock,
    fuzzCases: 20,
    suites,
    maxTimeMs: 120_000,
    knownFailures: [
      { check: "payload/accepts-unknown-fields", reason: "Waits for the next release of the gateway." },
      { check: "payload/accepts-any-user-agent", reason: "Was behind a bot wall." },
    ],
  });
  const target = openTarget(plan);
  try {
    return await run(target);
  } finally {
    await target.close();
    await receiver.close();
    clock.close();
  }
}

/**
 * Refuses what it does not know and every third attempt for a session, and answers broken JSON with a page that would
 * take over a careless report.
 */
async function startReceiver() {
  const seen = new Map<string, number>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: string, type = "application/json"): void => {
      response.writeHead(status, { "Content-Type": type, "X-Trace": createHash("md5").update(body).digest("hex") });
      response.end(body);
    };
    if (request.headers["x-api-key"] !== secretOfTheRun) return answer(401, `{"error":"unknown key"}`);
    if (request.url !== "/hooks/scriptix" || request.method !== "POST") return answer(404, `{"error":"no such route"}`);
    let body: unknown;
    try {
      body = JSON.parse(Buffer.concat(chunks).toString());
    } catch {
      return answer(500, hostilePage, "text/html");
    }
    const session = (body as { sessionId?: unknown } | null)?.sessionId;
    if (typeof session !== "string" || session === "") return answer(422, `{"error":"no sessionId"}`);
    if (Object.keys(body as object).length > 2) return answer(422, `{"error":"unknown field"}`);
    const count = (seen.get(session) ?? 0) + 1;
    seen.set(session, count);
    if (count === 3) return answer(503, "<h1>Down & out</h1>", "text/html");
    if (count === 5) return void request.socket.resetAndDestroy();
    answer(200, `{"received":true}`);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/scriptix`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
