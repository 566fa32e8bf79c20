import { STATUS_CODES } from "node:http";
import type { Attempt, FailureReason, Header } from "../sender/attempt.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { answerOf, type Answer } from "./answer.js";
import { causeOf } from "./causes.js";

export interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Callback URL. @default "https://hooks.example.com/hooks/scriptix" */
  readonly url?: string;
  /** Names of headers that were sent. @default none */
  readonly sent?: readonly string[];
}

const html = { "Content-Type": "text/html; charset=utf-8" } as const;
const json = { "Content-Type": "application/json" } as const;

export const page = (status: number, body: string, headers: Record<string, string> = {}): Given => ({
  status,
  body,
  headers: { ...html, ...headers },
});

export const jsonAnswer = (status: number, value: unknown, headers: Record<string, string> = {}): Given => ({
  status,
  body: JSON.stringify(value),
  headers: { ...json, ...headers },
});

export const textAnswer = (status: number, body: string): Given => ({
  status,
  body,
  headers: { "Content-Type": "text/plain; charset=utf-8" },
});

export const redirect = (location: string, given: Partial<Given> = {}): Given => ({
  status: 302,
  ...given,
  headers: { ...given.headers, Location: location },
});

/** An attempt that got this answer. */
export function answered({
  status,
  headers = {},
  body = "",
  url = "https://hooks.example.com/hooks/scriptix",
  sent = [],
}: Given): Answer {
  const parsed = parseCallbackUrl(url);
  const response = {
    status,
    statusText: STATUS_CODES[status] ?? "",
    headers: Object.entries(headers) satisfies Header[],
    body: Buffer.from(body),
    bodyEnd: "complete",
    oddities: [],
  } as const;
  const { request, ...attempt } = attemptTo(parsed.path);
  const called = { ...request, headers: sent.map((name): Header => [name, "x"]) };
  return answerOf({ ...attempt, request: called, outcome: { kind: "acknowledged", status }, response }, parsed);
}

/** An attempt that got no answer. */
export function failedWith(reason: FailureReason, code: string): Answer {
  const parsed = parseCallbackUrl("https://hooks.example.com/hooks/scriptix");
  const outcome = { kind: "failed", reason, phase: "tls", code, message: "" } as const;
  return answerOf({ ...attemptTo(parsed.path), outcome, response: null }, parsed);
}

function attemptTo(path: string): Omit<Attempt, "outcome" | "response"> {
  return {
    number: 1,
    request: { sessionId: "id", method: "POST", path, headers: [], body: Buffer.alloc(0) },
    offsetMs: 0,
    startedAt: 0,
    timings: { connectedMs: 0, headersMs: 0, endMs: 0 },
  };
}

export const causeIdOf = (given: Given): string | null => causeOf(answered(given))?.id ?? null;

/** Whether the answer is taken for that of a login, a CSRF protection, a gate or a bot wall. */
export const isWall = (given: Given): boolean => causeOf(answered(given))?.wall !== undefined;
