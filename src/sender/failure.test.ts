import { expect, it, test } from "vitest";
import type { AttemptOutcome, AttemptPhase } from "./attempt.js";
import { codeOf, connectionFailure, OpenError, statusFailure, timeoutFailure } from "./failure.js";

const phases: readonly AttemptPhase[] = ["dns", "connect", "tls", "request", "headers", "body"];

const shown = (outcome: AttemptOutcome): string =>
  outcome.kind === "acknowledged"
    ? `acknowledged ${outcome.status}`
    : `${outcome.kind}: ${outcome.reason} ${outcome.phase} ${outcome.code}: ${outcome.message}`;

/** As Node throws it where a system call failed. */
const system = (code: string): Error => Object.assign(new Error(`connect ${code} 127.0.0.1`), { code, errno: -1 });
const coded = (code: string, message: string, reason?: string): Error =>
  Object.assign(new Error(message), { code, ...(reason !== undefined && { reason }) });

test("a status is told as it came", () => {
  // It is made once, and just here.
  expect(shown(statusFailure(451))).toBe("failed: status headers 451: the receiver answered 451, not a 2XX");
});

test("a timeout says what was not done in time", () => {
  expect(phases.map((phase) => shown(timeoutFailure(phase, 20_000)))).toEqual([
    "failed: timeout dns TIMEOUT: the name was not resolved within 20 seconds",
    "failed: timeout connect TIMEOUT: no connection was accepted within 20 seconds",
    "failed: timeout tls TIMEOUT: the TLS handshake was not completed within 20 seconds",
    "failed: timeout request TIMEOUT: the request could not be sent within 20 seconds",
    "failed: timeout headers TIMEOUT: no complete status line and headers came within 20 seconds",
    "failed: timeout body TIMEOUT: the body was not complete within 20 seconds",
  ]);
});

test("a connection that ends early says at what", () => {
  expect(phases.map((phase) => shown(connectionFailure(system("ECONNRESET"), phase)))).toEqual([
    "failed: dns dns ECONNRESET: the name could not be resolved (ECONNRESET)",
    "failed: reset connect ECONNRESET: the connection was reset while connecting (ECONNRESET)",
    "failed: reset tls ECONNRESET: the connection was reset during the TLS handshake (ECONNRESET)",
    "failed: reset request ECONNRESET: the connection was reset without a complete answer (ECONNRESET)",
    "failed: reset headers ECONNRESET: the connection was reset without a complete answer (ECONNRESET)",
    "failed: reset body ECONNRESET: the connection was reset in the middle of the body (ECONNRESET)",
  ]);
});

it.each<[unknown, AttemptPhase, string]>([
  [system("ENOTFOUND"), "dns", "dns dns ENOTFOUND: the name could not be resolved (ENOTFOUND)"],
  [system("ECONNREFUSED"), "connect", "connect connect ECONNREFUSED: no connection could be made (ECONNREFUSED)"],
  [
    coded("PROXY_407", "the proxy answered 407"),
    "connect",
    "connect connect PROXY_407: the proxy answered 407 (PROXY_407)",
  ],
  [coded("APROXY_1", "it is long"), "connect", "connect connect APROXY_1: no connection could be made (APROXY_1)"],
  [system("EPIPE"), "request", "reset request EPIPE: the connection was reset without a complete answer (EPIPE)"],
  [
    system("ECONNABORTED"),
    "body",
    "reset body ECONNABORTED: the connection was reset in the middle of the body (ECONNABORTED)",
  ],
  [
    coded("CLOSED", "it ended"),
    "headers",
    "reset headers CLOSED: the connection was closed without a complete answer (CLOSED)",
  ],
  [
    coded("ECONNRESET", "socket hang up"),
    "tls",
    "reset tls CLOSED: the connection was closed during the TLS handshake (CLOSED)",
  ],
  [system("EPIPE"), "tls", "reset tls EPIPE: the connection was reset during the TLS handshake (EPIPE)"],
  [
    system("ECONNABORTED"),
    "connect",
    "reset connect ECONNABORTED: the connection was reset while connecting (ECONNABORTED)",
  ],
  [coded("EODD_1", "odd"), "headers", "protocol headers EODD_1: the answer is not HTTP/1.1: odd (EODD_1)"],
  [
    system("ETIMEDOUT"),
    "headers",
    "reset headers ETIMEDOUT: the connection was reset without a complete answer (ETIMEDOUT)",
  ],
  [
    system("EHOSTUNREACH"),
    "request",
    "reset request EHOSTUNREACH: the connection was reset without a complete answer (EHOSTUNREACH)",
  ],
  [
    coded("CERT_HAS_EXPIRED", "certificate has expired"),
    "tls",
    "tls tls CERT_HAS_EXPIRED: TLS failed: certificate has expired (CERT_HAS_EXPIRED)",
  ],
  [
    coded("ERR_SSL_BAD", "80:error:0A:ssl/x.c:1:", "bad record mac"),
    "headers",
    "tls headers ERR_SSL_BAD: TLS failed: bad record mac (ERR_SSL_BAD)",
  ],
  [
    coded("ERR_SSL_ODD", "no reason is given"),
    "body",
    "tls body ERR_SSL_ODD: TLS failed: no reason is given (ERR_SSL_ODD)",
  ],
  [
    coded("ERR_TLS_X", "the name is another", "of no OpenSSL"),
    "tls",
    "tls tls ERR_TLS_X: TLS failed: the name is another (ERR_TLS_X)",
  ],
  [coded("ERR_TLS_X", "renegotiated"), "headers", "tls headers ERR_TLS_X: TLS failed: renegotiated (ERR_TLS_X)"],
  [system("EPROTO"), "headers", "tls headers EPROTO: TLS failed: connect EPROTO 127.0.0.1 (EPROTO)"],
  [coded("MY_ERR_SSL", "own"), "headers", "protocol headers MY_ERR_SSL: the answer is not HTTP/1.1: own (MY_ERR_SSL)"],
  [coded("MY_ERR_TLS", "own"), "headers", "protocol headers MY_ERR_TLS: the answer is not HTTP/1.1: own (MY_ERR_TLS)"],
  [
    coded("HPE_INVALID", "bad line"),
    "headers",
    "protocol headers HPE_INVALID: the answer is not HTTP/1.1: bad line (HPE_INVALID)",
  ],
  [coded("E_CODE", "odd"), "headers", "protocol headers E_CODE: the answer is not HTTP/1.1: odd (E_CODE)"],
  [
    coded("HEADERS_OVERFLOW", "-"),
    "headers",
    "protocol headers HEADERS_OVERFLOW: the answer's headers are larger than any client reads (HEADERS_OVERFLOW)",
  ],
  ["words", "headers", "protocol headers UNKNOWN: the answer is not HTTP/1.1: words (UNKNOWN)"],
  [undefined, "connect", "connect connect UNKNOWN: no connection could be made (UNKNOWN)"],
])("%o while at %s", (error, phase, expected) => {
  expect(shown(connectionFailure(error, phase))).toBe(`failed: ${expected}`);
});

test("an error of opening a connection knows better how far it had come, and what is behind it", () => {
  const refused = new OpenError("connect", new AggregateError([system("EHOSTUNREACH"), system("ECONNREFUSED")]));
  expect(refused).toMatchObject({ name: "OpenError", phase: "connect" });
  expect(new OpenError("tls", "no words").message).toBe("no words");
  expect(new OpenError("tls", new Error("a sentence")).message).toBe("a sentence");
  const nested = new OpenError("connect", new OpenError("dns", refused));
  for (const error of [refused, nested]) {
    expect(shown(connectionFailure(error, "body"))).toBe(
      "failed: connect connect EHOSTUNREACH: no connection could be made (EHOSTUNREACH)",
    );
  }
  expect(connectionFailure(new AggregateError([], "none of them"), "headers").message).toContain("none of them");
});

it.each([
  [{ code: "ENOENT" }, "ENOENT"],
  [{ code: "" }, "UNKNOWN"],
  [{ code: 7 }, "UNKNOWN"],
  [{}, "UNKNOWN"],
  [null, "UNKNOWN"],
  [{ code: "ECONNRESET", errno: -104 }, "ECONNRESET"],
  [{ code: "ECONNRESET" }, "CLOSED"],
])("the code of %j is %s", (error, code) => {
  expect(codeOf(error)).toBe(code);
});
