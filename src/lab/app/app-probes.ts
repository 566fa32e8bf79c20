import type { Clock } from "../../clock/clock.js";
import { seenIn } from "../../runner/probe-answer.js";
import { ProbeError, type EffectsProbe } from "../../runner/effects-probe.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import type { Network } from "../../sender/open-connection.js";
import { createSender } from "../../sender/sender.js";
import { deferred, type Deferred } from "./deferred.js";
import type { FromApp } from "./messages.js";
import type { Contract } from "../../contract/contract.js";
import { placedIn, subjectOf } from "../../contract/subject.js";

interface Question {
  readonly question: number;
  readonly sessionId: string;
  /** Empty where the contract has no documents. */
  readonly documentId: string;
}

type Answer = Extract<FromApp, { readonly question: number }>;

/** Asks what the module exports as `processed`. */
export interface ExportProbe extends EffectsProbe {
  answered(answer: Answer): void;
  /** Nothing will be answered any more, for the reason that the clause gives. */
  end(how: string): void;
}

export function exportProbe(contract: Contract, ask: (question: Question) => void): ExportProbe {
  const asked = new Map<number, Deferred<number>>();
  let count = 0;
  let over: string | null = null;
  const failed = (how: string): ProbeError => new ProbeError(`the app's processed(sessionId) failed: ${how}`);
  return {
    name: "the app's processed(sessionId)",
    isOwn: true,
    async count(sessionId, signal) {
      signal.throwIfAborted();
      if (over !== null) throw failed(over);
      count += 1;
      const answer = deferred<number>();
      const interrupt = (): void => answer.reject(signal.reason as Error);
      asked.set(count, answer);
      signal.addEventListener("abort", interrupt, { once: true });
      ask({ question: count, ...subjectOf(contract, sessionId) });
      try {
        return await answer.promise;
      } finally {
        signal.removeEventListener("abort", interrupt);
      }
    },
    answered(answer) {
      const waiting = asked.get(answer.question);
      asked.delete(answer.question);
      if (answer.kind === "counted") waiting?.resolve(answer.count);
      else waiting?.reject(failed(answer.reason));
    },
    end(how) {
      over = how;
      for (const waiting of asked.values()) waiting.reject(failed(how));
      asked.clear();
    },
  };
}

interface PathProbeOptions {
  readonly origin: string;
  /** With `{sessionId}` in it. */
  readonly path: string;
  readonly contract: Contract;
  readonly network: Partial<Network>;
  readonly clock: Clock;
}

/** Asks the app itself, as `--probe-url` is asked: GET, answered by an integer or JSON with `processed`; 404 means never. */
export function pathProbe({
  origin,
  path,
  contract,
  network,
  clock,
}: PathProbeOptions): EffectsProbe & { close(): Promise<void> } {
  const url = parseCallbackUrl(`${origin}${placedIn(path, contract, "0", encodeURIComponent)}`);
  const sender = createSender({ url, network, clock, deadlineClock: clock });
  return {
    name: `the app's ${path}`,
    async count(sessionId, signal) {
      const target = parseCallbackUrl(`${origin}${placedIn(path, contract, sessionId, encodeURIComponent)}`).path;
      const request = { sessionId, method: "GET", path: target, headers: [], body: Buffer.alloc(0) };
      const { outcome, response } = await sender.attempt(request, { signal });
      try {
        if (response?.status === 404) return 0;
        if (outcome.kind === "failed") throw new Error(outcome.message);
        return seenIn(response?.body.toString() ?? "").processed;
      } catch (cause) {
        throw new ProbeError(`the app's ${path} failed: ${(cause as Error).message}`, { cause });
      }
    },
    close: () => sender.close(),
  };
}
