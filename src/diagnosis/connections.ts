import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

interface ConnectionRule extends Rule {
  readonly shows: (answer: Pick<Answer, "failure">) => boolean;
}

/** What to do about an error of a TLS handshake; undefined where its code says no more than that there is one. */
export const fixOfTls = (code: string): string | undefined =>
  connections.find(({ id, shows }) => id !== "tls-failure" && shows({ failure: `tls ${code}` }))?.fix;

/** Why no answer of HTTP came at all. */
export const connections: readonly ConnectionRule[] = [
  {
    id: "http2-only",
    shows: ({ failure }) => /^tls .*NO_APPLICATION_PROTOCOL$/.test(failure),
    says: "what listens there speaks HTTP/2 only",
    fix: "Allow HTTP/1.1 beside it: the documented sender speaks HTTP/1.1.",
  },
  {
    id: "missing-intermediate",
    shows: ({ failure }) =>
      /^tls (UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/.test(failure),
    says: "the certificate's issuer is unknown: probably the server does not send the intermediate certificate, or the CA is a private one",
    fix: "Serve the full chain (fullchain.pem, not cert.pem); pass a private CA with --ca.",
  },
  {
    id: "self-signed-certificate",
    shows: ({ failure }) => /^tls (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/.test(failure),
    says: "the certificate is self-signed, or its chain ends in a root that nobody knows",
    fix: "Use a certificate of a well-known CA; pass a private CA with --ca.",
  },
  {
    id: "certificate-name",
    shows: ({ failure }) => failure === "tls ERR_TLS_CERT_ALTNAME_INVALID",
    says: "the certificate is for another name",
    fix: "Get a certificate that names this host.",
  },
  {
    id: "expired-certificate",
    shows: ({ failure }) => failure === "tls CERT_HAS_EXPIRED",
    says: "the certificate has expired",
    fix: "Renew it, and see to it that renewal is automatic.",
  },
  {
    id: "certificate-not-yet-valid",
    shows: ({ failure }) => failure === "tls CERT_NOT_YET_VALID",
    says: "the certificate is not valid yet",
    fix: "Look at the clocks of the server and of this machine, and at the certificate's first day.",
  },
  {
    id: "client-certificate",
    shows: ({ failure }) =>
      /^tls ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|SSLV3_ALERT_BAD_CERTIFICATE)$/.test(failure),
    says: "the server asks for a client certificate",
    fix: "Turn mutual TLS off for the callback path: the sender has no certificate.",
  },
  {
    id: "plain-http-on-tls-port",
    shows: ({ failure }) => /^tls (EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(failure),
    says: "what listens there probably speaks plain HTTP, not TLS",
    fix: "Use the port that serves https, or http:// with --local on a laptop.",
  },
  {
    id: "tls-failure",
    shows: ({ failure }) => failure.startsWith("tls "),
    says: "TLS failed before any handler was asked",
    fix: "Look at the TLS configuration of whatever ends TLS in front of the receiver; `openssl s_client` shows what it offers.",
  },
  {
    id: "not-http",
    shows: ({ failure }) => failure.startsWith("protocol "),
    says: "what came is no answer of HTTP/1.1",
    fix: "Make sure that an HTTP/1.1 server listens at this port, and that nothing in front of it rewrites its answers.",
  },
];
