import { durationText } from "../../input/duration.js";
import type { Told } from "../../runner/plan.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import { parseConnectTo } from "../../sender/resolver.js";
import { parseHeaders } from "../header-option.js";
import { instancesOf } from "../instances.js";
import { networkOf } from "../network-options.js";
import { sessionShare, type Shard } from "./shard.js";
import { embeddedCredential, embeddedSecret, embeddedToken } from "./embedded-secrets.js";
import { observationOf, type Observation } from "./observation.js";
import { unstartedResultsApi } from "./results-api.js";
import { secretsTold } from "../told-secrets.js";
import { runOptions, type RunValues } from "./run-options.js";
import { sessionsIn } from "../sessions.js";
import type { Contract } from "../../contract/contract.js";
import { defaults } from "../../defaults.js";
import type { EffectsProbe } from "../../runner/effects-probe.js";

/** What a plan is told of the receiver, and of how it is reached and seen. */
type Receiver = Partial<Told> & Pick<Told, "url" | "headers" | "secrets">;

/** The receiver that was asked for. What is to be started for it is only stood in for. */
export interface Asked {
  readonly receiver: Receiver;
  /** Where it is expected to fetch results; null where it is not, or is the harness's own. */
  readonly resultsApi: Observation["resultsApi"];
}

/** The reference receiver, with a key and a results API of its own. */
export const embeddedReceiver = (seed: string, contract: Contract): Asked => ({
  receiver: {
    kind: "embedded",
    url: "https://127.0.0.1/webhook",
    local: true,
    headers: [embeddedCredential(seed)],
    ...(contract.results === null ? { effects: unstartedProbe(contract) } : { resultsApi: unstartedResultsApi.api }),
    secret: embeddedSecret(seed, contract),
    secrets: [{ kind: "token", value: embeddedToken(seed) }],
  },
  resultsApi: null,
});

const unstartedProbe = ({ subject }: Contract): EffectsProbe => ({
  name: "the embedded receiver",
  tellsApart: subject.parts,
  count: () => Promise.reject(new Error("it is not started")),
});

/**
 * @param shard the part of the session ids that this job is for; each job is given the same file.
 * @throws UsageError for options that are no use.
 */
export function receiverAt(url: string, options: RunValues, shard: Shard | null, contract: Contract): Asked {
  const network = networkOf(options);
  const { probe, resultsApi, secrets } = observationOf(options, network.ca ?? [], contract);
  const sessions = sessionsIn(options);
  return {
    receiver: {
      url,
      headers: parseHeaders(options.header, null),
      instances: instancesOf(options.instance),
      credentialHeaders: options["credential-header"],
      credentialQuery: options["credential-query"],
      secret: options.secret ?? null,
      credentialPath: options["credential-path"],
      local: options.local,
      network,
      reach: reachOf(url, options),
      ...(sessions !== null && { sessions: shard === null ? sessions : sessionShare(sessions, shard) }),
      effects: probe,
      resultsApi: resultsApi && unstartedResultsApi.api,
      secrets: [...secrets, ...secretsTold(runOptions, { ...options, url }, process.env)],
    },
    resultsApi,
  };
}

function reachOf(url: string, options: RunValues): NonNullable<Told["reach"]> {
  const { hostname, port } = parseCallbackUrl(url);
  const matching = options["connect-to"].find((rule) => {
    const to = parseConnectTo([rule])(hostname, port);
    return to.host !== hostname || to.port !== port;
  });
  return {
    ...(matching !== undefined && { connectTo: matching }),
    ...(options.ca !== undefined && { caFile: options.ca }),
    options: asGiven(options),
  };
}

const toldAgain = [
  "connect-to",
  "ca",
  "proxy",
  "session-ids",
  "session-command",
  "callback",
  "advance-command",
  "probe-url",
  "probe-command",
  "results-api",
  "results-url",
  "rate",
] as const satisfies readonly (keyof RunValues)[];

/** What was said of how the receiver is reached and seen, for a line that runs one check again; no secret of its own. */
function asGiven(options: RunValues): readonly string[] {
  const given = toldAgain.flatMap((name) => {
    const value: unknown = options[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((each) => [`--${name}`, String(each)]);
  });
  return [
    ...(options.contract === defaults.contract.id ? [] : ["--contract", options.contract]),
    ...(options.method === undefined ? [] : ["--method", options.method]),
    ...given,
    ...(options.settle === defaults.run.settleMs ? [] : ["--settle", durationText(options.settle)]),
    ...(options["results-token"] === undefined ? [] : ["--results-token", "${RESULTS_TOKEN}"]),
    ...(options.secret === undefined ? [] : ["--secret", "${WEBHOOK_SECRET}"]),
  ];
}
