import { Worker } from "node:worker_threads";
import { programUrl } from "../../lab/app/worker-file.js";
import type { EmbeddedServes, EmbeddedStart } from "./embedded-thread.js";
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

/**
 * Its habits are known, and tested where they are made: it takes any silence that ends in a closed connection alike, and
 * keeps any Retry-After. A receiver whose habits are not known is given ten seconds and one.
 */
const shorter: Readonly<Partial<Record<ResultsFault["kind"], object>>> = {
  "hang-up": { ms: 40 },
  "rate-limited": { retryAfterS: 0 },
};

/**
 * What a run without a URL is run against: the reference receiver on loopback, over HTTPS and with a key of its own, in a
 * thread of its own; and a results API for it to fetch from, which is in this one, where the checks look at it. An error in
 * the thread is one that nothing catches.
 */
export async function startEmbeddedReceiver(seed: string, contract: Contract): Promise<EmbeddedReceiver> {
  const [header, value] = embeddedCredential(seed);
  const token = embeddedToken(seed);
  // It loads what it needs while the results API is started.
  const thread = new Worker(programUrl("embedded-thread", import.meta.url), { argv: [] });
  let broken: unknown = null;
  const ended = (code: number): never => {
    throw broken ?? new Error(`the embedded receiver's thread ended with exit code ${code}`);
  };
  // Node loses what is thrown for want of a listener where the thread's end comes in together with its error.
  thread.once("error", (error) => (broken = error)).once("exit", ended);
  let results: RunningResultsApi | null = null;
  const close = async (): Promise<void> => {
    thread.off("exit", ended);
    await thread.terminate();
    await results?.close();
  };
  try {
    if (contract.results !== null) results = await startResultsApi({ host: "127.0.0.1", port: 0, token });
    const start: EmbeddedStart = {
      contract,
      credential: { header, value },
      secret: embeddedSecret(seed, contract),
      results: results && { baseUrl: results.baseUrl, token },
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(start);
    const { url, ca } = await new Promise<EmbeddedServes>((serves) => thread.once("message", serves));
    const api = results && withShorterFaults(results.api);
    return { url, ca: [ca], resultsApi: api, effects: api === null ? effectsOf(thread, contract) : null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the thread says that it has processed. */
function effectsOf(thread: Worker, { subject }: Contract): EffectsProbe {
  const processed = new Map<string, number>();
  thread.on("message", (id: string) => void processed.set(id, (processed.get(id) ?? 0) + 1));
  return {
    name: "the embedded receiver",
    tellsApart: subject.parts,
    count: async (id) => processed.get(id) ?? 0,
  };
}

const withShorterFaults = (api: ResultsApi): ResultsApi => ({
  ...api,
  fault: (sessionId, fault, times) => api.fault(sessionId, { ...fault, ...shorter[fault.kind] }, times),
});
