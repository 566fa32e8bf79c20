import { createCertificateAuthority } from "../../tls/certificates.js";
import { systemClock } from "../../clock/system-clock.js";
import { createReferenceReceiver } from "../../receivers/reference-receiver.js";
import { embeddedCredential, embeddedToken } from "./embedded-secrets.js";
import { startResultsApi, type RunningResultsApi } from "./results-api.js";

export interface EmbeddedReceiver {
  readonly url: string;
  /** PEM, of the authority that vouches for it. */
  readonly ca: readonly string[];
  /** Where it fetches results. */
  readonly resultsApi: RunningResultsApi["api"];
  close(): Promise<void>;
}

const host = "127.0.0.1";
const fetchTimeoutMs = 5000;

/**
 * What a run without a URL is run against: the reference receiver on loopback, over HTTPS and with a key of its own,
 * and a results API for it to fetch from.
 */
export async function startEmbeddedReceiver(seed: string): Promise<EmbeddedReceiver> {
  const [header, value] = embeddedCredential(seed);
  const token = embeddedToken(seed);
  const authority = await createCertificateAuthority();
  const results = await startResultsApi({ host, port: 0, token });
  const receiver = createReferenceReceiver({
    clock: systemClock,
    credential: { header, value },
    https: await authority.issue({ hosts: [host] }),
    // The API is at hand; but a busy machine is no reason to fetch twice, which would be told as work done twice.
    results: { baseUrl: results.baseUrl, token, timeoutMs: fetchTimeoutMs },
  });
  return {
    url: await receiver.listen({ port: 0, host }),
    ca: [authority.certificatePem],
    resultsApi: results.api,
    async close() {
      await receiver.close();
      await results.close();
    },
  };
}
