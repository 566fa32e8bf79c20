/* oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin */
import { once } from "node:events";
import { parentPort } from "node:worker_threads";
import { systemClock } from "../../clock/system-clock.js";
import type { Contract } from "../../contract/contract.js";
import type { Credential } from "../../receivers/credential.js";
import { createReferenceReceiver } from "../../receivers/reference-receiver.js";
import { createCertificateAuthority } from "../../tls/certificates.js";

/** What it is to be like. */
export interface EmbeddedStart {
  readonly contract: Contract;
  readonly credential: Credential;
  readonly secret: string | null;
  /** Where it fetches results; null where its contract has none. */
  readonly results: { readonly baseUrl: string; readonly token: string } | null;
}

/** What it tells once it listens; after that, the id of each session that it has processed. */
export interface EmbeddedServes {
  readonly url: string;
  /** PEM, of the authority that vouches for it. */
  readonly ca: string;
}

const host = "127.0.0.1";
/**
 * Soon, where the API has failed. That it is slow is no reason to fetch again: on a busy machine it is, and what is fetched
 * twice is told as work done twice.
 */
const fetchRetryDelaysMs = [20, 1000, 5000];

/** The thread of the embedded receiver, so that it and the harness each have a processor where there are two. */
const harness = parentPort;
if (harness === null) throw new Error("expected to be loaded as a thread");
const tell = (message: EmbeddedServes | string): void => harness.postMessage(message);

const authority = await createCertificateAuthority();
const https = await authority.issue({ hosts: [host] });
const [{ contract, credential, secret, results }] = (await once(harness, "message")) as [EmbeddedStart];
const receiver = createReferenceReceiver({
  clock: systemClock,
  contract,
  ...(secret !== null && { secret }),
  credential,
  https,
  ...(results !== null && { results: { ...results, retryDelaysMs: fetchRetryDelaysMs } }),
  log: (entry) => entry.event === "processed" && tell(entry.sessionId),
});
tell({ url: await receiver.listen({ port: 0, host }), ca: authority.certificatePem });
