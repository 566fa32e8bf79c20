import { randomBytes } from "node:crypto";

import { defaults } from "../defaults.js";
import { headerList } from "../lab/play-scenario.js";
import { serveModule } from "../lab/app/serve-module.js";
import { UsageError } from "../errors.js";
import { assertPath, placeOf, serveApp, type ServedApp } from "../lab/play-scenario-receiver.js";
import { ProbeError, type EffectsProbe } from "../runner/effects-probe.js";
import { openTarget, type OpenTarget } from "../runner/open-target.js";
import { planRun, type Plan } from "../runner/plan.js";
import { suppliedSessions } from "../runner/session-ids.js";
import { classifyHost } from "../sender/callback-host.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { contractFor } from "./contract.js";
import { inOurWords } from "./option-names.js";
import type { ConformanceOptions } from "./options.js";
import type { Contract } from "../contract/contract.js";
import { askedBy } from "../contract/subject.js";

/** The receiver under test, ready to be asked; close it. */
export interface OpenReceiver {
  readonly target: OpenTarget;
  /** Userinfo and all. */
  readonly url: string;
  /** Where an app is served while the tests run, and nothing is afterwards; null for a URL of the user's. */
  readonly servedAt: string | null;
  /** Resolves as long as an app answers as one does. @throws UsageError `ERR_APP` once it was seen to be none. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param asked what is to be checked on it.
 * @throws UsageError for an app, a URL or an option that is no use.
 */
export async function openReceiver(
  options: ConformanceOptions,
  asked: Pick<Plan, "suites" | "named" | "seed">,
): Promise<OpenReceiver> {
  const served = options.app === undefined ? null : await servedOf(options.app, options.path ?? defaults.path);
  try {
    const url = served?.url ?? (await urlOf(options));
    const contract = contractFor(options);
    const processed = options.processed ?? served?.processed ?? null;
    const plan = planRun({
      ...asked,
      contract,
      secret: options.secret ?? null,
      url,
      local: served !== null || (options.local ?? isLoopback(url)),
      headers: headerList(options.headers),
      ...(options.credentialHeaders && { credentialHeaders: options.credentialHeaders }),
      ...(options.credentialQuery && { credentialQuery: options.credentialQuery }),
      network: { ca: options.ca ?? [] },
      // What was tested before must not take this run for its duplicate.
      nonce: randomBytes(8).toString("hex"),
      ...(options.sessionIds && { sessions: suppliedSessions(options.sessionIds) }),
      effects: processed === null ? null : probeOf(processed, contract),
      ...(options.settleMs !== undefined && { settleMs: options.settleMs }),
      maxRate: options.maxRate ?? null,
      knownFailures: options.knownFailures ?? [],
    });
    const target = openTarget(plan);
    const servedAt = served === null ? null : new URL(url).origin;
    return { target, url, servedAt, settle: async () => served?.settle(), close: () => closeBoth(target, served) };
  } catch (error) {
    await served?.close();
    throw inOurWords(error);
  }
}

interface Served extends ServedApp {
  /** What a module exports so; null for any other. */
  readonly processed: ConformanceOptions["processed"] | null;
}

/** A live app, or that of a module. */
async function servedOf(app: object | string, path: string): Promise<Served> {
  const place = placeOf(app);
  switch (place.kind) {
    case "live":
      return { ...(await serveApp(place.app, path)), processed: null };
    case "module": {
      assertPath(path);
      const { port, ...served } = await serveModule(place.file);
      return { ...served, url: `http://127.0.0.1:${port}${path}` };
    }
    case "url":
    case "embedded":
      throw new UsageError(
        "ERR_CONFORMANCE",
        `app: expected an app or the path of its module, got ${JSON.stringify(app)}; a receiver that runs is given as url`,
      );
  }
}

async function closeBoth(target: OpenTarget, served: ServedApp | null): Promise<void> {
  await target.close();
  await served?.close();
}

async function urlOf({ url }: ConformanceOptions): Promise<string> {
  return String(typeof url === "function" ? await url() : url);
}

function isLoopback(url: string): boolean {
  const host = classifyHost(parseCallbackUrl(url), defaults.contract);
  return host.kind === "localhost" || (host.kind === "ip-address" && /^(127\.|::1$)/.test(host.address));
}

function probeOf(processed: NonNullable<ConformanceOptions["processed"]>, contract: Contract): EffectsProbe {
  const ask = askedBy(contract, processed);
  return {
    name: "processed()",
    tellsApart: contract.subject.parts,
    async count(sessionId) {
      let count: unknown;
      try {
        count = await ask(sessionId);
      } catch (cause) {
        throw new ProbeError(`processed() failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
          cause,
        });
      }
      if (Number.isInteger(count)) return count as number;
      throw new ProbeError(`processed() is expected to tell a whole number, got ${String(count)}`);
    },
  };
}
