import { isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from "node:tls";
import { isoTime } from "../clock/timestamps.js";
import { withoutRootDot } from "./callback-host.js";
import { certificateErrors, partyName, validity } from "./certificate-errors.js";
import type { HandshakeResult, Refusal } from "./network-probe.js";

export interface Handshake {
  readonly hostname: string;
  /** Milliseconds since the Unix epoch, against which the certificate's dates are judged. */
  readonly now: number;
  /** Versions, ciphers and whom to trust. */
  readonly offer: ConnectionOptions;
}

/** OpenSSL finds nothing that it could offer: the peer had no part in it. */
const cannotAskCodes = new Set(["ERR_SSL_NO_PROTOCOLS_AVAILABLE", "ERR_SSL_NO_CIPHERS_AVAILABLE"]);

/** Completes a TLS handshake on an open connection, whatever certificate comes. Who opened the socket closes it. */
export function tlsHandshake(tcp: Socket, { hostname, now, offer }: Handshake): Promise<HandshakeResult> {
  tcp.on("error", () => {});
  return new Promise((done) => {
    let socket: TLSSocket;
    try {
      socket = connectTls({
        ...offer,
        socket: tcp,
        host: hostname,
        // RFC 6066 §3: a server name has no trailing dot and is never a literal address.
        ...(isIP(hostname) === 0 && { servername: withoutRootDot(hostname) }),
        ALPNProtocols: ["http/1.1"],
        // The certificate is looked at here, not enforced.
        rejectUnauthorized: false,
      });
    } catch (error) {
      done({ kind: "cannot-ask", message: (error as Error).message });
      return;
    }
    let result: HandshakeResult | undefined;
    socket.once("secureConnect", () => {
      const seen = completed(socket, hostname, now);
      result = seen;
      // Our last handshake message and a close_notify go out first, so that no server logs a broken handshake.
      socket.end(() => done(seen));
    });
    socket.on("error", (error: Error) => done(result ?? brokenOff(error)));
    socket.once("close", () => {
      const message = "the connection was closed during the TLS handshake";
      done(result ?? brokenOff(Object.assign(new Error(message), { code: "ECONNRESET" })));
    });
  });
}

function completed(socket: TLSSocket, hostname: string, now: number): HandshakeResult {
  const certificate = socket.getPeerCertificate();
  const { validFrom, validTo } = validity(certificate);
  // OpenSSL's code, whatever the types say; null where there is nothing to report.
  const verification = socket.authorizationError as unknown as string | null;
  return {
    kind: "completed",
    protocol: socket.getProtocol() ?? "unknown",
    certificateErrors: certificateErrors({
      certificate,
      // Node puts its own finding about the name in the same place, as a code too; that is judged apart.
      verification: verification === "ERR_TLS_CERT_ALTNAME_INVALID" ? null : verification,
      hostname,
      now,
    }),
    validFrom: isoTime(validFrom),
    validTo: isoTime(validTo),
    expiresInMs: validTo - now,
    subject: partyName(certificate.subject),
    issuer: partyName(certificate.issuer),
  };
}

/**
 * What an error that ends a handshake tells of it.
 *
 * @internal
 */
export function brokenOff(error: Error & { readonly code?: string; readonly reason?: string }): HandshakeResult {
  // OpenSSL's own message begins with the address of a thread, which is another one in each run.
  const { code = "UNKNOWN", reason: message = error.message } = error;
  return cannotAskCodes.has(code)
    ? { kind: "cannot-ask", message }
    : { kind: "refused", how: refusalOf(code), code, message };
}

function refusalOf(code: string): Refusal {
  if (code.includes("_ALERT_")) return "alert";
  switch (code) {
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return "closed";
    case "ERR_SSL_UNSUPPORTED_PROTOCOL":
      return "unsupported-version";
    // What OpenSSL makes of plain text where a TLS record should be, by its version.
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return "not-tls";
    default:
      return "other";
  }
}
