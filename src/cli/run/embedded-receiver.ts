import { createCertificateAuthority } from "../../tls/certificates.js";
import { systemClock } from "../../clock/system-clock.js";
import { createReferenceReceiver } from "../../receivers/reference-receiver.js";
import { embeddedCredential, embeddedSecret, embeddedToken } from "./embedded-secrets.js";
import { startResultsApi, type RunningResultsApi } from "./results-api.js";
import type { Contract } from "../../contract/contract.js";
import type { EffectsProbe } from "../../runner/effects-probe.js";
import type { ResultsApi, ResultsFault } from "../../runner/results-api.js";

export interface EmbeddedReceiver {
  readonly url: string;
  /** PEM, of the authority that vouches for it. */
  readonly ca: readonly string[];
  /** Where it fetches results; null where its contract has none. */
  readonly resultsApi: RunningResultsApi["api"] | null;
  /** What it tells of itself, where nothing that it fetches shows it. */
  readonly effects: EffectsProbe | null;
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** A busy machine is no reason to fetch twice, which would be told as work done twice. */
const fetchTimeoutMs = 5000;
const fetchRetryDelaysMs = [20, 1000, 5000];
/**
 * Its habits are known, and tested where they are made: it takes any silence that ends in a closed connection alike, and
 * keeps any Retry-After. A receiver whose habits are not known is given ten seconds and one.
 */
const shorter: Readonly<Partial<Record<ResultsFault["kind"], object>>> = {
  "hang-up": { ms: 40 },
  "rate-limited": { retryAfterS: 0 },
};

/**
 * What a run without a URL is run against: the reference receiver on loopback, over HTTPS and with a key of its own,
 * and a results API for it to fetch from.
 */
export async function startEmbeddedReceiver(seed: string, contract: Contract): Promise<EmbeddedReceiver> {
  const [header, value] = embeddedCredential(seed);
  const token = embeddedToken(seed);
  const authority = await createCertificateAuthority();
  const secret = embeddedSecret(seed, contract);
  const results = contract.results === null ? null : await startResultsApi({ host, port: 0, token });
  const receiver = createReferenceReceiver({
    clock: systemClock,
    contract,
    ...(secret !== null && { secret }),
    credential: { header, value },
    https: await authority.issue({ hosts: [host] }),
    ...(results !== null && {
      results: { baseUrl: results.baseUrl, token, timeoutMs: fetchTimeoutMs, retryDelaysMs: fetchRetryDelaysMs },
    }),
  });
  return {
    url: await receiver.listen({ port: 0, host }),
    ca: [authority.certificatePem],
    resultsApi: results && withShorterFaults(results.api),
    effects:
      results !== null
        ? null
        : {
            name: "the embedded receiver",
            tellsApart: contract.subject.parts,
            count: async (id) => receiver.processed(id),
          },
    async close() {
      await receiver.close();
      await results?.close();
    },
  };
}

const withShorterFaults = (api: ResultsApi): ResultsApi => ({
  ...api,
  fault: (sessionId, fault, times) => api.fault(sessionId, { ...fault, ...shorter[fault.kind] }, times),
});
