import { cutTo } from "../cut.js";
import type { PeerCertificate } from "node:tls";
import { isoTime, parseTime } from "../clock/timestamps.js";
import type { CertificateError } from "./network-probe.js";
import { checkIdentity } from "./server-identity.js";

export interface PresentedCertificate {
  readonly certificate: PeerCertificate;
  /** What OpenSSL's verification ended with; null where the chain leads to a trusted root. It keeps one error of several. */
  readonly verification: string | null;
  readonly hostname: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Everything that is wrong with a certificate: chain, dates and name are each judged, whatever the others are like. */
export function certificateErrors(presented: PresentedCertificate): CertificateError[] {
  const { certificate, verification, hostname, now } = presented;
  const errors: CertificateError[] = [];
  const { validFrom, validTo } = validity(certificate);
  if (now > validTo) errors.push({ code: "CERT_HAS_EXPIRED", message: `it expired on ${isoTime(validTo)}` });
  if (now < validFrom) {
    errors.push({ code: "CERT_NOT_YET_VALID", message: `it is not valid before ${isoTime(validFrom)}` });
  }
  if (verification !== null && !errors.some(({ code }) => code === verification)) {
    errors.push({ code: verification, message: chainError(verification, certificate) });
  }
  if (checkIdentity(hostname, certificate) !== undefined) {
    errors.push({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
      message: `it is for ${namesOf(certificate)}, not for ${hostname}`,
    });
  }
  return errors;
}

/** Milliseconds since the Unix epoch. */
export function validity(certificate: PeerCertificate): { validFrom: number; validTo: number } {
  return {
    validFrom: parseTime(certificate.valid_from) ?? Number.NEGATIVE_INFINITY,
    validTo: parseTime(certificate.valid_to) ?? Number.POSITIVE_INFINITY,
  };
}

/** The common name, or else the organisation: enough for a person to know whose it is. */
export function partyName(party: PeerCertificate["subject"] | undefined): string {
  return printable([party?.CN ?? party?.O ?? "a party without a name"].flat().join(", "));
}

function chainError(code: string, certificate: PeerCertificate): string {
  const issuer = `"${partyName(certificate.issuer)}"`;
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return "it is self-signed: no authority vouches for it";
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return "its chain ends at a root that is not trusted, probably that of a private CA (pass it with --ca)";
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return `its chain leads to no trusted root, from issuer ${issuer}: probably the server does not send the intermediate certificate, or the issuer is an unknown private CA (pass it with --ca)`;
    case "CERT_HAS_EXPIRED":
      return "a certificate above it in its chain has expired";
    case "CERT_NOT_YET_VALID":
      return "a certificate above it in its chain is not valid yet";
    default:
      return `its chain cannot be verified (${code})`;
  }
}

const namesShown = 5;

function namesOf(certificate: PeerCertificate): string {
  const names = (certificate.subjectaltname ?? "").split(", ").filter((name) => name !== "");
  if (names.length === 0) return partyName(certificate.subject);
  const shown = names.slice(0, namesShown).map((name) => printable(name.replace(/^(DNS|IP Address):/, "")));
  return shown.join(", ") + (names.length > namesShown ? ` and ${names.length - namesShown} more` : "");
}

/** A certificate is text of the peer's, and may hold anything. */
function printable(text: string): string {
  return cutTo(200, text.replaceAll(/\p{C}/gu, "\u{FFFD}"));
}
