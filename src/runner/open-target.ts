import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import { scriptixContract, type Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import type { Header } from "../sender/attempt.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { customHeaders } from "../sender/custom-headers.js";
import type { Network } from "../sender/open-connection.js";
import { directRoute, systemResolve } from "../sender/resolver.js";
import { createSender } from "../sender/sender.js";
import { createNetworkProbe } from "../sender/system-network-probe.js";
import type { Capability } from "./check.js";
import type { CheckSettings } from "./check-context.js";
import type { EffectsProbe } from "./effects.js";
import type { Elapse } from "./elapsed-time.js";
import { createPace } from "./pace.js";
import type { ResultsApi } from "./results-api.js";
import type { SessionSource } from "./session-ids.js";
import type { Target } from "./target.js";

export interface TargetOptions {
  readonly url: string;
  readonly kind?: Target["kind"];
  readonly headers?: readonly Header[];
  /** Sent, and varied by the checks, in place of the documented callback. @default none */
  readonly template?: CallbackTemplate;
  /** Names of the headers that are credentials. @default all of them */
  readonly credentialHeaders?: readonly string[];
  /** @default false */
  readonly local?: boolean;
  /** How retry delays pass. @default "skipped" */
  readonly elapse?: Elapse;
  readonly network?: Partial<Network>;
  readonly sessions: SessionSource;
  readonly effects?: EffectsProbe | null;
  readonly resultsApi?: ResultsApi | null;
  /** Milliseconds to wait for an effect, at most. @default 30000 */
  readonly settleMs?: number;
  readonly settings?: Partial<CheckSettings>;
  /** Requests a second, at most. @default null, no ceiling */
  readonly maxRate?: number | null;
  /** @default scriptixContract */
  readonly contract?: Contract;
  /** Clock of pauses and rates. @default systemClock */
  readonly clock?: Clock;
  /** Clock of each attempt's deadline; virtual only where the receiver shares it. @default systemClock */
  readonly deadlineClock?: Clock;
}

/** What load and fuzz do unless told otherwise. */
export const defaultSettings: CheckSettings = Object.freeze({
  fuzzCases: 200,
  concurrency: 8,
  rate: null,
  durationMs: 10_000,
});

/** A target that is ready to be run against; close it. */
export interface OpenTarget extends Target {
  close(): Promise<void>;
}

/** @throws UsageError for a URL, a header or a credential header's name that is no use. */
export function openTarget(options: TargetOptions): OpenTarget {
  const contract = options.contract ?? scriptixContract;
  const clock = options.clock ?? systemClock;
  const url = parseCallbackUrl(options.url);
  const network: Network = { resolve: systemResolve, route: directRoute, ca: [], proxy: null, ...options.network };
  const sender = createSender({
    url,
    contract,
    network,
    headers: options.headers ?? [],
    ...(options.template !== undefined && { template: options.template }),
    deadlineClock: options.deadlineClock ?? systemClock,
  });
  const headers = customHeaders(options.headers ?? [], contract).sent;
  const credentials = credentialsAmong(headers, options.credentialHeaders);
  const capabilities = new Set<Capability>();
  if (credentials.length > 0) capabilities.add("credentials");
  const effects = options.effects ?? (options.resultsApi ? logProbe(options.resultsApi) : null);
  if (effects !== null) capabilities.add("effects");
  if (options.resultsApi) capabilities.add("results-api");
  const elapse = options.elapse ?? "skipped";
  if (elapse !== "skipped") capabilities.add("elapsed-time");
  let bodyEnds = true;
  const probe = createNetworkProbe({
    url,
    resolve: network.resolve,
    route: network.route,
    ca: network.ca,
    proxy: network.proxy,
    deadlineMs: contract.response.deadlineMs,
    // Wall time, whatever the deadlines go by: certificates are valid in wall time.
    clock: systemClock,
  });
  return {
    kind: options.kind ?? "url",
    url,
    contract,
    local: options.local ?? false,
    elapse,
    sender,
    network: probe,
    headers,
    credentials,
    capabilities,
    effects,
    resultsApi: options.resultsApi ?? null,
    settleMs: options.settleMs ?? 30_000,
    settings: { ...defaultSettings, ...options.settings },
    sessions: options.sessions,
    pace: createPace(clock, options.maxRate ?? null),
    clock,
    ignoresBodies: () => !bodyEnds,
    learn(baseline) {
      bodyEnds = baseline.response === null || baseline.response.bodyEnd === "complete";
    },
    async close() {
      probe.close();
      await sender.close();
    },
  };
}

/** What was fetched was processed, as far as the API can see. */
const logProbe = (api: ResultsApi): EffectsProbe => ({
  name: "the results API's log",
  count: (sessionId) => Promise.resolve(api.fetches(sessionId)),
});

function credentialsAmong(headers: readonly Header[], names: readonly string[] | undefined): readonly Header[] {
  if (names === undefined || names.length === 0) return headers;
  for (const name of names) {
    if (!headers.some(([header]) => header.toLowerCase() === name.toLowerCase())) {
      throw new UsageError(
        "ERR_CREDENTIAL_HEADER",
        `--credential-header: expected the name of a header that is given with -H and is sent, got "${name}"`,
      );
    }
  }
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return headers.filter(([header]) => wanted.has(header.toLowerCase()));
}
