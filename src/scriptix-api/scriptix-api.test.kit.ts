import { expect, onTestFinished } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { exchange, type ExchangeOptions } from "../receivers/exchange.test.kit.js";
import type { ApiEvent } from "./events.js";
import { createScriptixApi, type ScriptixApiOptions } from "./scriptix-api.js";

/** Closes something after the test, before what was started earlier. */
export function closeAfterTest(thing: { close(): Promise<void> }): void {
  onTestFinished(() => thing.close());
}

export const token = "t0ken-of-the-Owner";
export const sessionPath = "/api/v3/speech-to-text/session";
export const resultsPath = (sessionId: string): string => `/api/v2/batch/session/${sessionId}/results`;

/** Starts the mock on a virtual clock that starts at 0; jobs end on demand, and the URL rules are lifted. */
export async function start(options: Partial<ScriptixApiOptions> = {}) {
  const events: ApiEvent[] = [];
  const clock = virtualClock({ startAt: 0 });
  const api = createScriptixApi({
    clock,
    deadlineClock: clock,
    local: true,
    completeAfterMs: null,
    log: (event) => events.push(event),
    ...options,
  });
  closeAfterTest(api);
  const baseUrl = await api.listen({ port: 0 });

  async function call(path: string, given: ExchangeOptions = {}) {
    const answer = await exchange(baseUrl + path, { method: "GET", ...given });
    return { ...answer, json: JSON.parse(answer.body) as unknown };
  }

  return {
    api,
    clock,
    baseUrl,
    events,
    call,
    /** As the owner. */
    get: (path: string, headers: Record<string, string> = {}) =>
      call(path, { headers: { Authorization: token, ...headers } }),
    post: (path: string, body: unknown) => call(path, postJson(body)),
    /** Starts a session and returns its id. */
    async session(body: Record<string, unknown> = {}): Promise<string> {
      const { status, json } = await call(sessionPath, postJson({ language: "en-us", ...body }));
      expect([status, json]).toEqual([200, expect.anything()]);
      return (json as { result: { session_id: string } }).result.session_id;
    },
  };
}

/** A JSON request with the owner's token. */
export function postJson(body: unknown): ExchangeOptions {
  return {
    method: "POST",
    headers: { Authorization: token, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** A form with the owner's token, as curl -F sends it. */
export function form(fields: Readonly<Record<string, string>>): ExchangeOptions {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    method: "POST",
    headers: { Authorization: token, "Content-Type": "multipart/form-data; boundary=edge" },
    body: `${parts.join("")}--edge--\r\n`,
  };
}

/** The documented error shape. */
export function errorShape(code: number, field: string, issue: unknown = expect.any(String)) {
  return { error: { code, message: expect.any(String) as string, details: { field, issue } } };
}
