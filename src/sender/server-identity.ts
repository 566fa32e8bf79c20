import { X509Certificate } from "node:crypto";
import { isIPv6 } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

/**
 * Whether a certificate is for this host, as `tls.checkServerIdentity` says it: undefined where it is. Node 22.23 takes
 * no certificate for an IPv6 address (20, 22.12 and 24.21 do), so that is compared here.
 */
export function checkIdentity(hostname: string, certificate: PeerCertificate): Error | undefined {
  if (!isIPv6(hostname)) return checkServerIdentity(hostname, certificate);
  if (new X509Certificate(certificate.raw).checkIP(hostname) !== undefined) return undefined;
  const message = `the certificate is for ${certificate.subjectaltname ?? "nobody"}, not for ${hostname}`;
  return Object.assign(new Error(message), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
}
