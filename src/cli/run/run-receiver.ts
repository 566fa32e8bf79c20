import { secretsInCommand } from "../../runner/command-secrets.js";
import type { Told } from "../../runner/plan.js";
import { mostInstances } from "../../../suites/retries-instances.js";
import { UsageError } from "../../errors.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import { parseConnectTo } from "../../sender/resolver.js";
import { parseHeaders } from "../header-option.js";
import { networkOf } from "../network-options.js";
import { sessionShare, type Shard } from "../targets/shard.js";
import { embeddedCredential, embeddedToken } from "./embedded-secrets.js";
import { observationOf, type Observation } from "./observation.js";
import { unstartedResultsApi } from "./results-api.js";
import type { RunValues } from "./run-options.js";
import { sessionsIn } from "./sessions.js";

/** What a plan is told of the receiver, and of how it is reached and seen. */
export type Receiver = Partial<Told> & Pick<Told, "url" | "headers" | "secrets">;

/** The receiver that was asked for. What is to be started for it is only stood in for. */
export interface Asked {
  readonly receiver: Receiver;
  /** Where it is expected to fetch results; null where it is not, or is the harness's own. */
  readonly resultsApi: Observation["resultsApi"];
}

/** The reference receiver, with a key and a results API of its own. */
export const embeddedReceiver = (seed: string): Asked => ({
  receiver: {
    kind: "embedded",
    url: "https://127.0.0.1/webhook",
    local: true,
    headers: [embeddedCredential(seed)],
    resultsApi: unstartedResultsApi.api,
    secrets: [{ kind: "token", value: embeddedToken(seed) }],
  },
  resultsApi: null,
});

/**
 * @param shard the part of the session ids that this job is for; each job is given the same file.
 * @throws UsageError for options that are no use.
 */
export function receiverAt(url: string, options: RunValues, shard: Shard | null): Asked {
  const network = networkOf(options);
  const { probe, resultsApi, secrets } = observationOf(options, network.ca ?? []);
  const sessions = sessionsIn(options);
  // The programs that they run may complain, and are quoted.
  const commands = [options["probe-command"], options["advance-command"]];
  return {
    receiver: {
      url,
      headers: parseHeaders(options.header, null),
      instances: instancesOf(options.instance),
      credentialHeaders: options["credential-header"],
      credentialQuery: options["credential-query"],
      local: options.local,
      network,
      reach: reachOf(url, options),
      ...(sessions !== null && { sessions: shard === null ? sessions : sessionShare(sessions, shard) }),
      effects: probe,
      resultsApi: resultsApi && unstartedResultsApi.api,
      secrets: [...secrets, ...commands.flatMap((line = "") => secretsInCommand(line, process.env))],
    },
    resultsApi,
  };
}

/** @throws UsageError for a URL that cannot be called, and for more instances than attempts can be spread over. */
function instancesOf(urls: readonly string[]): readonly string[] {
  if (urls.length > mostInstances) {
    throw new UsageError("ERR_INSTANCE", `--instance: expected ${mostInstances} at most, got ${urls.length}`);
  }
  for (const url of urls) {
    try {
      parseCallbackUrl(url);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError("ERR_INSTANCE", `--instance: ${error.message.replace(/^callback URL: /, "")}`);
    }
  }
  return urls;
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
  return options["results-token"] === undefined ? given : [...given, "--results-token", "${RESULTS_TOKEN}"];
}
