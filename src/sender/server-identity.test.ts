import { X509Certificate } from "node:crypto";
import type { PeerCertificate } from "node:tls";
import { expect, it } from "vitest";
import { createCertificateAuthority } from "../tls/certificates.js";
import { checkIdentity } from "./server-identity.js";

it("says so where a certificate is for nobody", async () => {
  const { cert } = await (await createCertificateAuthority()).issue({ hosts: ["2001:db8::2"] });
  const { raw } = new X509Certificate(cert);
  expect(checkIdentity("2001:db8::2", { raw } as PeerCertificate)).toBeUndefined();
  expect(checkIdentity("2001:db8::1", { raw } as PeerCertificate)).toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
    message: "the certificate is for nobody, not for 2001:db8::1",
  });
});
