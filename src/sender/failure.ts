import type { AttemptOutcome, AttemptPhase, FailureReason } from "./attempt.js";

type Failed = Extract<AttemptOutcome, { kind: "failed" }>;

/** An error that was thrown while a connection was being opened, with how far it had come. */
export class OpenError extends Error {
  override readonly name = "OpenError";
  readonly phase: AttemptPhase;

  constructor(phase: AttemptPhase, cause: unknown) {
    super(messageOf(cause), { cause });
    this.phase = phase;
  }
}

const statusFailures = new Map<number, Failed>();

/** Made once for each status, of which a delivery keeps several. */
export function statusFailure(status: number): Failed {
  const known = statusFailures.get(status);
  if (known !== undefined) return known;
  const failure: Failed = Object.freeze({
    kind: "failed",
    reason: "status",
    phase: "headers",
    code: String(status),
    message: `the receiver answered ${status}, not a 2XX`,
  });
  statusFailures.set(status, failure);
  return failure;
}

export function timeoutFailure(phase: AttemptPhase, deadlineMs: number): Failed {
  const seconds = `${deadlineMs / 1000} seconds`;
  const message: Record<AttemptPhase, string> = {
    dns: `the name was not resolved within ${seconds}`,
    connect: `no connection was accepted within ${seconds}`,
    tls: `the TLS handshake was not completed within ${seconds}`,
    request: `the request could not be sent within ${seconds}`,
    headers: `no complete status line and headers came within ${seconds}`,
    body: `the body was not complete within ${seconds}`,
  };
  return { kind: "failed", reason: "timeout", phase, code: "TIMEOUT", message: message[phase] };
}

/** Names what went wrong on a connection; `phase` says how far the attempt had come, where the error does not. */
export function connectionFailure(error: unknown, phase: AttemptPhase): Failed {
  const at = error instanceof OpenError ? error.phase : phase;
  const cause = rootCause(error);
  const code = codeOf(cause);
  const reason = reasonOf(code, at);
  return { kind: "failed", reason, phase: at, code, message: sentence(reason, at, code, detailOf(cause)) };
}

type ConnectionReason = Exclude<FailureReason, "status" | "timeout">;

/** `CLOSED` is a connection that the peer ended in good order, but too early. */
const resets = new Set(["CLOSED", "ECONNRESET", "EPIPE", "ECONNABORTED"]);

function reasonOf(code: string, phase: AttemptPhase): ConnectionReason {
  if (phase === "dns") return "dns";
  if (resets.has(code)) return "reset";
  if (phase === "connect") return "connect";
  if (phase === "tls" || code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") return "tls";
  // An error of the socket's own, such as EHOSTUNREACH or ETIMEDOUT; the others are those of the HTTP parser.
  return /^E[A-Z]+$/.test(code) ? "reset" : "protocol";
}

function sentence(reason: ConnectionReason, phase: AttemptPhase, code: string, detail: string): string {
  switch (reason) {
    case "dns":
      return `the name could not be resolved (${code})`;
    case "connect":
      return code.startsWith("PROXY_") ? `${detail} (${code})` : `no connection could be made (${code})`;
    case "tls":
      return `TLS failed: ${detail} (${code})`;
    case "reset":
      return `the connection was ${code === "CLOSED" ? "closed" : "reset"} ${before(phase)} (${code})`;
    case "protocol":
      return code === "HEADERS_OVERFLOW"
        ? `the answer's headers are larger than any client reads (${code})`
        : `the answer is not HTTP/1.1: ${detail} (${code})`;
  }
}

function before(phase: AttemptPhase): string {
  switch (phase) {
    case "dns":
    case "connect":
      return "while connecting";
    case "tls":
      return "during the TLS handshake";
    case "request":
    case "headers":
      return "without a complete answer";
    case "body":
      return "in the middle of the body";
  }
}

/** The innermost error that says what happened: several addresses tried make an AggregateError. */
export function rootCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (error instanceof OpenError) return rootCause(error.cause);
  return error;
}

/** The stable code of an error; `UNKNOWN` where it has none. */
export function codeOf(error: unknown): string {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  if (typeof code !== "string" || code === "") return "UNKNOWN";
  // Node says ECONNRESET of an early end too, where no system call failed.
  if (code === "ECONNRESET" && errno === undefined) return "CLOSED";
  return code;
}

function detailOf(error: unknown): string {
  // OpenSSL's message holds source lines and a thread id, which differ from run to run; its reason is the sentence in it.
  const { reason } = (error ?? {}) as { reason?: unknown };
  if (typeof reason === "string" && codeOf(error).startsWith("ERR_SSL")) return reason;
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
