import type { PeerCertificate } from "node:tls";
import { describe, expect, it, test } from "vitest";
import { certificateErrors, partyName, validity, type PresentedCertificate } from "./certificate-errors.js";

const hostname = "hooks.example.com";
const good = {
  subject: { CN: hostname },
  issuer: { CN: "An issuer" },
  subjectaltname: `DNS:${hostname}`,
  valid_from: "Jan  1 00:00:00 1970 GMT",
  valid_to: "Jan  1 00:00:01 1970 GMT",
};

const errorsOf = (certificate: object, presented: Partial<PresentedCertificate> = {}) =>
  certificateErrors({
    certificate: { ...good, ...certificate } as unknown as PeerCertificate,
    verification: null,
    hostname,
    now: 500,
    ...presented,
  });
const messageOf = (...of: Parameters<typeof errorsOf>): string | undefined => errorsOf(...of)[0]?.message;

test.each([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "it is self-signed: no authority vouches for it"],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "its chain ends at a root that is not trusted, probably that of a private CA (pass it with --ca)",
  ],
  ...["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"].map(
    (code): [string, string] => [
      code,
      'its chain leads to no trusted root, from issuer "An issuer": probably the server does not send the intermediate certificate, or the issuer is an unknown private CA (pass it with --ca)',
    ],
  ),
  ["CERT_HAS_EXPIRED", "a certificate above it in its chain has expired"],
  ["CERT_NOT_YET_VALID", "a certificate above it in its chain is not valid yet"],
  ["CERT_REVOKED", "its chain cannot be verified (CERT_REVOKED)"],
])("a chain that ends with %s is said to be wrong", (code, message) => {
  expect(errorsOf({}, { verification: code })).toEqual([{ code, message }]);
});

describe("the dates of a certificate", () => {
  it("are judged to the millisecond", () => {
    expect([0, 1000].flatMap((now) => errorsOf({}, { now }))).toEqual([]);
    expect(errorsOf({}, { now: 1001 })).toEqual([
      { code: "CERT_HAS_EXPIRED", message: "it expired on 1970-01-01T00:00:01.000Z" },
    ]);
    expect(errorsOf({}, { now: -1 })).toEqual([
      { code: "CERT_NOT_YET_VALID", message: "it is not valid before 1970-01-01T00:00:00.000Z" },
    ]);
  });

  it("are said once, where OpenSSL found the same, and beside what else it found", () => {
    expect(errorsOf({}, { now: 1001, verification: "CERT_HAS_EXPIRED" })).toHaveLength(1);
    const both = errorsOf({}, { now: 1001, verification: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(both.map(({ code }) => code)).toEqual(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT"]);
  });

  it("are no bounds where they cannot be read", () => {
    const certificate = { valid_from: "some day", valid_to: "" } as PeerCertificate;
    expect(validity(certificate)).toEqual({ validFrom: -Infinity, validTo: Infinity });
  });
});

test.each([
  [{ subjectaltname: "DNS:a.example.com, IP Address:192.0.2.1" }, "a.example.com, 192.0.2.1"],
  [{ subjectaltname: "DNS:a, DNS:b, DNS:c, DNS:d, DNS:e" }, "a, b, c, d, e"],
  [{ subjectaltname: "DNS:a, DNS:b, DNS:c, DNS:d, DNS:e, DNS:f, DNS:g" }, "a, b, c, d, e and 2 more"],
  [{ subjectaltname: "email:DNS:a, DNS:IP Address:b" }, "email:DNS:a, IP Address:b"],
  [{ subjectaltname: undefined, subject: { CN: ["a", "b"] } }, "a, b"],
  [{ subjectaltname: "", subject: { O: "An owner" } }, "An owner"],
  [{ subjectaltname: undefined, subject: {} }, "a party without a name"],
  [{ subjectaltname: undefined, subject: { CN: "a\u0007\u202Eb" } }, "a\u{FFFD}\u{FFFD}b"],
])("a certificate with %j is said to be for %s", (certificate, names) => {
  expect(messageOf(certificate)).toBe(`it is for ${names}, not for ${hostname}`);
});

it("nobody at all is a party without a name", () => {
  expect(partyName(undefined)).toBe("a party without a name");
});
