import { expect, test } from "vitest";
import { failedWith } from "./answer.test.kit.js";
import { causeOf, rules } from "./causes.js";
import { fixOfTls } from "./connections.js";

test.each([
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "missing-intermediate"],
  ["UNABLE_TO_GET_ISSUER_CERT", "missing-intermediate"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "missing-intermediate"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed-certificate"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed-certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate-name"],
  ["CERT_HAS_EXPIRED", "expired-certificate"],
  ["CERT_NOT_YET_VALID", "certificate-not-yet-valid"],
  ["EPROTO", "plain-http-on-tls-port"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "plain-http-on-tls-port"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "plain-http-on-tls-port"],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "client-certificate"],
  ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "http2-only"],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "client-certificate"],
])("TLS failure %s is a matter of %s", (code, cause) => {
  const { id, fix } = causeOf(failedWith("tls", code))!;
  expect(id).toBe(cause);
  expect(fixOfTls(code)).toBe(fix);
  expect(causeOf(failedWith("tls", `${code}_ELSE`))?.id).toBe("tls-failure");
  expect(fixOfTls(`${code}_ELSE`)).toBeUndefined();
  expect(causeOf(failedWith("protocol", `tls ${code}`))?.id).toBe("not-http");
});

test.each([
  ["timeout", "TIMEOUT"],
  ["reset", "ECONNRESET"],
  ["reset", "CLOSED"],
  ["connect", "ECONNREFUSED"],
  ["dns", "ENOTFOUND"],
] as const)("%s %s says enough by itself", (reason, code) => {
  expect(causeOf(failedWith(reason, code))).toBeNull();
});

test("each cause has an id of its own, says something, and has a fix in whole sentences", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ fix }) => !/^[A-Z].*[.?]$/.test(fix))).toEqual([]);
  expect(rules.filter(({ says }) => says === "")).toEqual([]);
});

test("an answer that is no HTTP/1.1 is no matter of the handler", () => {
  expect(causeOf(failedWith("protocol", "INVALID_HTTP"))?.id).toBe("not-http");
});
