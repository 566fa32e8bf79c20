import { describe, expect, it } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { createReferenceReceiver } from "../../receivers/reference-receiver.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { printed, runCli, startCli } from "../cli.test.kit.js";

const token = "t0ken-that-nobody-must-see";
const key = "k3y-that-nobody-must-see";

/** What a person would do with curl. */
async function call(url: string, body?: object, bearer = token): Promise<{ status: number; json: unknown }> {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: bearer, ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
}

async function startApi(...args: readonly string[]) {
  const { child, ended } = startCli(["api", "--local", ...args], { env: { TOKEN: token } });
  const [, base = ""] = await printed(child.stdout, /mock Scriptix API: (http:\S+)\n/);
  return {
    base,
    seen: (pattern: RegExp) => printed(child.stdout, pattern),
    async session(webhook: object): Promise<string> {
      const { json } = await call(`${base}/api/v3/speech-to-text/session`, { language: "en", ...webhook });
      return (json as { result: { session_id: string } }).result.session_id;
    },
    async stop() {
      child.kill("SIGINT");
      return ended;
    },
  };
}

describe("api", () => {
  it("plays the whole loop: a session, its callback and retries, and its results", async () => {
    const receiver = await createScriptedReceiver({
      clock: systemClock,
      script: [
        { kind: "answer", status: 503 },
        { kind: "raw", bytes: `HTTP/1.1 200 sent ${key}\r\nContent-Length: 0\r\n\r\n` },
      ],
    });
    const api = await startApi("--token", "${TOKEN}", "--complete-after", "100ms", "--skip-waits");
    const acknowledged = api.seen(/acknowledged by attempt 2\n/);
    const id = await api.session({
      webhook_url: `${receiver.url}?token=t0ken-in-the-query&tenant=7`,
      webhook_headers: [`X-Api-Key: ${key}`],
    });
    await acknowledged;
    expect(receiver.journal.arrivals.map(({ sessionId }) => sessionId)).toEqual([id, id]);
    const results = await call(`${api.base}/api/v2/batch/session/${id}/results`);
    expect(results).toMatchObject({ status: 200, json: { result: { session_id: id, status: "done" } } });
    expect((await call(`${api.base}/api/v2/batch/session/${id}/results`, undefined, "another")).status).toBe(401);
    const { code, stdout, stderr } = await api.stop();
    await receiver.close();

    const lines = stdout.replaceAll(/^\S+Z /gm, "").replaceAll(/\d+ ms/g, "0 ms");
    expect(lines).toContain(`session ${id} started, webhook ${receiver.url}?token=[redacted]&tenant=7\n`);
    expect(lines).toContain(
      [
        `session ${id} completed`,
        `session ${id}  00:00:00  attempt 1 of 6`,
        `session ${id}            failed after 0 ms: the receiver answered 503, not a 2XX`,
        `session ${id}            attempt 2 is due at 00:01:00, after a delay of 1 minute, which is skipped`,
        `session ${id}  00:01:00  attempt 2 of 6`,
        `session ${id}            acknowledged: 200 sent [redacted] after 0 ms`,
        `session ${id}  acknowledged by attempt 2`,
      ].join("\n"),
    );
    expect(lines).toContain(`GET /api/v2/batch/session/${id}/results -> 200, the owner's token\n`);
    for (const secret of [token, key, "t0ken-in-the-query"]) expect(stdout).not.toContain(secret);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("serves a receiver that fetches its results, and completes jobs on demand alone where told to", async () => {
    const api = await startApi("--complete-after", "none", "--seed", "1");
    const receiver = createReferenceReceiver({ clock: systemClock, results: { baseUrl: api.base, token } });
    const webhook_url = await receiver.listen({ port: 0 });
    const id = await api.session({ webhook_url });
    const fetched = api.seen(/\/results -> 200, the owner's token\n/);
    expect((await call(`${api.base}/_mock/session/${id}/complete`, {})).status).toBe(200);
    await fetched;
    await expect.poll(() => receiver.processed(id)).toBe(1);
    await receiver.close();
    expect((await api.stop()).code).toBe(0);
  });

  it("refuses a webhook at this machine where the rules are not lifted", async () => {
    const { child, ended } = startCli(["api"]);
    const [, base = ""] = await printed(child.stdout, /mock Scriptix API: (http:\S+)\n/);
    const request = { language: "en", webhook_url: "http://localhost:3000/hook" };
    expect(await call(`${base}/api/v3/speech-to-text/session`, request)).toMatchObject({
      status: 422,
      json: { error: { code: 422, details: { field: "webhook_url" } } },
    });
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("takes no port that something else listens on", async () => {
    const other = await createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 200 }] });
    const { code, stderr } = await runCli(["api", "--port", String(other.port)]);
    await other.close();
    expect(stderr).toBe(
      `error: --host 127.0.0.1 --port ${other.port}: expected an address to listen on, but something else listens there\n`,
    );
    expect(code).toBe(2);
  });
});
