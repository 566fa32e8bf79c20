import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { Contract } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import type { About, Report } from "../report/model.js";
import { createRedactor, type Redactor } from "../report/redact.js";
import type { Secret } from "../report/secret.js";
import type { Header } from "../sender/attempt.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { parseCallbackUrl, type CallbackUrl } from "../sender/callback-url.js";
import { customHeaders } from "../sender/custom-headers.js";
import type { Network } from "../sender/open-connection.js";
import { directRoute, systemResolve } from "../sender/resolver.js";
import { assertSecret } from "../sender/signature.js";
import type { CheckSettings } from "./check-context.js";
import type { Capability, Level, Suite } from "./check.js";
import type { EffectsProbe } from "./effects-probe.js";
import type { Elapse } from "./elapsed-time.js";
import { inForce, type KnownFailure } from "./known-failures.js";
import type { ResultsApi } from "./results-api.js";
import { secretsInUrl, secretsOf, signingSecrets } from "./secrets.js";
import { secretsInPath, urlSecretsIn, type UrlSecret } from "./url-secrets.js";
import { inventedSessions, type SessionSource } from "./session-ids.js";
import { suitesUnder } from "./suites-under.js";

/**
 * One run, as whoever starts it wants it: whom it asks, what it sends, what it sees and what it judges by. It is made
 * once, by `planRun`, and handed on whole; nothing of it is started or open.
 */
export interface Plan extends CheckSettings {
  readonly contract: Contract;

  readonly kind: "embedded" | "url";
  readonly url: CallbackUrl;
  /** The same for people, without secrets. */
  readonly shownUrl: string;
  /** Replicas behind that URL that can be reached one by one; none where they are not known. */
  readonly instanceUrls: readonly CallbackUrl[];
  /** Not at its production address, so that the URL rules do not apply (`--local`). */
  readonly local: boolean;
  readonly network: Network;
  /** How a person would reach the receiver, for the curl lines. */
  readonly reach: {
    readonly connectTo?: string;
    readonly caFile?: string;
    /** Options of the command line that say how it is reached and seen, beside the headers: each before its value. */
    readonly options: readonly string[];
  };

  /** The custom headers as configured with the webhook. */
  readonly configured: readonly Header[];
  /** Those that are sent, system headers left out, as they go on the wire. */
  readonly headers: readonly Header[];
  /** Those of them that are credentials. */
  readonly credentials: readonly Header[];
  /** Parameters of the URL's query whose values are secrets, as they stand there. */
  readonly urlSecrets: readonly UrlSecret[];
  /** What bodies are signed with; null where the contract has nothing signed. */
  readonly secret: string | null;
  /** Sent, and varied by the checks, in place of the documented callback; null where there is none. */
  readonly template: CallbackTemplate | null;
  readonly sessions: SessionSource;
  /** Of whatever is random. */
  readonly seed: string;
  /** Keeps the sessions of two runs apart, seed or no seed. */
  readonly nonce: string;

  /** How the delays between attempts pass. */
  readonly elapse: Elapse;
  /** Clock of pauses and rates. */
  readonly clock: Clock;
  /** Clock of each attempt's deadline; virtual only where the receiver shares it. */
  readonly deadlineClock: Clock;
  /** Requests a second, at most; null for no ceiling. */
  readonly maxRate: number | null;
  /** Milliseconds for the whole run, wall time. */
  readonly maxTimeMs: number;

  readonly capabilities: ReadonlySet<Capability>;
  /** Counts how often sessions are processed; null where nothing was declared that could tell. */
  readonly effects: EffectsProbe | null;
  /** The harness's own results API that the receiver is pointed at; null where it is not. */
  readonly resultsApi: ResultsApi | null;
  /** Milliseconds to wait for an effect, at most. */
  readonly settleMs: number;

  readonly suites: readonly Suite[];
  /** Ids of the checks to run; the others are reported as not selected. */
  readonly selected: ReadonlySet<string>;
  /**
   * Ids of the checks that were asked for by name, their own or their suite's: what some suites take before they are
   * sent to a receiver that is not local.
   */
  readonly named: ReadonlySet<string>;
  /** The lowest level that is gated. */
  readonly failOn: Level;
  readonly knownFailures: readonly KnownFailure[];
  /** The version that the gate is as of; null where all checks count. */
  readonly asOf: string | null;
  /** The run that this one repeats in part; null where it stands alone. */
  readonly repeats: NonNullable<Report["repeats"]> | null;

  /** For the report: what the receiver is, and the command that asks for the run. */
  readonly about: About | null;
  readonly command: string | null;
  /** Sentences for the report on how the run was set up. */
  readonly notes: readonly string[];
  /** Takes out of every output what is secret in this run. */
  readonly redactor: Redactor;
}

/** What `planRun` makes of what it is told. */
type Made =
  | "url"
  | "shownUrl"
  | "urlSecrets"
  | "instanceUrls"
  | "network"
  | "configured"
  | "headers"
  | "credentials"
  | "capabilities"
  | "redactor";

/** What a run is told; all that is left out has its default in `defaults.run`, or is none. */
export interface Told extends Partial<Omit<Plan, Made | "contract" | "seed">>, Pick<Plan, "contract" | "seed"> {
  readonly url: string;
  readonly instances?: readonly string[];
  readonly network?: Partial<Network>;
  /** As configured with the webhook. */
  readonly headers?: readonly Header[];
  /** Names of the headers that are credentials, the others being no secrets; `none` for none. @default all of them */
  readonly credentialHeaders?: readonly string[];
  /** Names of parameters of the URL's query whose values are secrets. @default none */
  readonly credentialQuery?: readonly string[];
  /** Parts of the URL's path that are secrets. @default none */
  readonly credentialPath?: readonly string[];
  /** What must not stand in any output beside the target's own secrets, such as the results API's token. */
  readonly secrets?: readonly Secret[];
}

/** @throws UsageError for a URL, a header or a credential header's name that is no use. */
export function planRun({
  credentialHeaders = [],
  credentialQuery = [],
  credentialPath = [],
  secrets = [],
  instances = [],
  ...told
}: Told): Plan {
  const { contract, seed, nonce = "", elapse = "skipped", resultsApi = null, secret = null } = told;
  const { headers: configured = [] } = told;
  assertSecret(contract, secret);
  if (resultsApi !== null && contract.results === null) throw nothingToFetch(contract);
  const suites = suitesUnder(contract, told.suites ?? []);
  const url = parseCallbackUrl(told.url);
  const headers = customHeaders(configured, contract).sent;
  const credentials = credentialsAmong(headers, credentialHeaders);
  const urlSecrets = urlSecretsIn(url, credentialQuery);
  const effects = told.effects ?? (resultsApi === null ? null : logProbe(resultsApi));
  const instanceUrls = instances.map(parseCallbackUrl);
  const { known: knownFailures, notes } = inForce(told.knownFailures ?? [], systemClock.now());
  const capabilities = new Set<Capability>();
  if (credentials.length > 0) capabilities.add("credentials");
  if (secret !== null) capabilities.add("secret");
  if (urlSecrets.length > 0) capabilities.add("url-secret");
  if (effects !== null) capabilities.add("effects");
  if (resultsApi !== null) capabilities.add("results-api");
  if (instanceUrls.length > 0) capabilities.add("instances");
  if (elapse !== "skipped") capabilities.add("elapsed-time");
  const redactor = createRedactor(
    secretsOf({ headers: credentials, credentials, url, urlSecrets }, [
      ...secretsInPath(url, credentialPath),
      ...instanceUrls.flatMap(({ raw, path }) => secretsInUrl(raw, path)),
      ...(secret === null ? [] : signingSecrets(secret)),
      ...secrets,
    ]),
  );
  return {
    kind: "url",
    local: false,
    reach: { options: [] },
    template: null,
    sessions: inventedSessions(seed, nonce, contract.subject.idPrefix),
    secret,
    clock: systemClock,
    deadlineClock: systemClock,
    maxRate: null,
    maxTimeMs: elapse === "real" ? defaults.run.maxTimeInRealTimeMs : defaults.run.maxTimeMs,
    settleMs: defaults.run.settleMs,
    concurrency: defaults.run.concurrency,
    fuzzCases: defaults.run.fuzzCases,
    rate: null,
    durationMs: defaults.run.durationMs,
    selected: new Set(suites.flatMap(({ checks }) => checks.map(({ id }) => id))),
    named: new Set(),
    failOn: defaults.run.failOn,
    asOf: null,
    repeats: null,
    about: null,
    command: null,
    ...told,
    knownFailures,
    notes: [...(told.notes ?? []), ...notes],
    nonce,
    suites,
    elapse,
    url,
    shownUrl: redactor.redactUrl(url.display),
    instanceUrls,
    network: { resolve: systemResolve, route: directRoute, ca: [], proxy: null, ...told.network },
    configured,
    headers,
    credentials,
    urlSecrets,
    effects,
    resultsApi,
    capabilities,
    redactor,
  };
}

const nothingToFetch = ({ id }: Contract): UsageError =>
  new UsageError(
    "ERR_OBSERVATION",
    `--results-api: expected none with --contract ${id}, of which no page says that results are fetched, got one`,
  );

/** What was fetched was processed, as far as the API can see. */
const logProbe = (api: ResultsApi): EffectsProbe => ({
  name: "the results API's log",
  count: (sessionId) => Promise.resolve(api.fetches(sessionId)),
});

function credentialsAmong(headers: readonly Header[], names: readonly string[]): readonly Header[] {
  if (names.length === 0) return headers;
  if (names.length === 1 && names[0]?.toLowerCase() === "none") return [];
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
