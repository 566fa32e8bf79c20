import { createCertificateAuthority } from "../../fixtures/certificates.js";
import { systemClock } from "../clock/system-clock.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import type { Header } from "../sender/attempt.js";
import { embeddedCredential } from "./embedded-credential.js";

export interface EmbeddedReceiver {
  readonly url: string;
  /** What it asks for. */
  readonly headers: readonly Header[];
  /** PEM, of the authority that vouches for it. */
  readonly ca: readonly string[];
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** What a run without a URL is run against: the reference receiver on loopback, over HTTPS and with a key of its own. */
export async function startEmbeddedReceiver(seed: string): Promise<EmbeddedReceiver> {
  const [header, value] = embeddedCredential(seed);
  const authority = await createCertificateAuthority();
  const https = await authority.issue({ hosts: [host] });
  const receiver = createReferenceReceiver({ clock: systemClock, credential: { header, value }, https });
  return {
    url: await receiver.listen({ port: 0, host }),
    headers: [[header, value]],
    ca: [authority.certificatePem],
    close: () => receiver.close(),
  };
}
