import type { Secret } from "../report/secret.js";
import { openTarget, type OpenTarget } from "../runner/open-target.js";
import { inventedSessions } from "../runner/session-ids.js";
import { parseConnectTo } from "../sender/resolver.js";
import type { EmbeddedReceiver } from "./embedded-receiver.js";
import { embeddedCredential, embeddedToken } from "./embedded-secrets.js";
import { networkOf } from "./network-options.js";
import { observationOf } from "./observation.js";
import { startResultsApi, unstartedResultsApi } from "./results-api.js";
import type { RunSettings } from "./run-settings.js";
import { sessionSource } from "./sessions.js";

/** What is run against, how a person would reach it with curl, and what else is there to know about it. */
export interface RunTarget {
  readonly target: OpenTarget;
  readonly reach: { readonly connectTo?: string; readonly caFile?: string };
  /** Secrets that are not the target's own. */
  readonly secrets: readonly Secret[];
  /** Where the receiver is expected to fetch results; null where it is not, or is the harness's own. */
  readonly resultsApi: { readonly listens: string; readonly url: string } | null;
  close(): Promise<void>;
}

/** @param plan nothing will be sent: no receiver, no results API and no command is started. */
export async function openRunTarget(settings: RunSettings, signal: AbortSignal, plan = false): Promise<RunTarget> {
  return settings.url === null ? openEmbedded(settings, plan) : openUrl(settings, settings.url, signal, plan);
}

async function openEmbedded(settings: RunSettings, plan: boolean): Promise<RunTarget> {
  const { seed, nonce } = settings;
  const receiver = plan ? unstarted : await (await import("./embedded-receiver.js")).startEmbeddedReceiver(seed);
  const target = openTarget({
    ...common(settings),
    url: receiver.url,
    kind: "embedded",
    local: true,
    headers: [embeddedCredential(seed)],
    network: { ca: receiver.ca },
    sessions: inventedSessions(seed, nonce),
    resultsApi: receiver.resultsApi,
  });
  return {
    target,
    reach: {},
    secrets: [{ kind: "token", value: embeddedToken(seed) }],
    resultsApi: null,
    async close() {
      await target.close();
      await receiver.close();
    },
  };
}

const unstarted: EmbeddedReceiver = {
  url: "https://127.0.0.1/webhook",
  ca: [],
  resultsApi: unstartedResultsApi.api,
  close: async () => {},
};

async function openUrl(settings: RunSettings, url: string, signal: AbortSignal, plan: boolean): Promise<RunTarget> {
  const { options, headers, seed, nonce } = settings;
  const network = networkOf(options);
  const { probe, resultsApi, secrets } = observationOf(options, network.ca ?? []);
  const sessions = {
    file: options["session-ids"],
    command: plan ? undefined : options["session-command"],
    seed,
    nonce,
  };
  const source = await sessionSource(sessions, signal);
  const api = resultsApi === null ? null : plan ? unstartedResultsApi : await startResultsApi(resultsApi);
  try {
    const target = openTarget({
      ...common(settings),
      url,
      headers,
      credentialHeaders: options["credential-header"],
      local: options.local,
      network,
      sessions: source,
      effects: probe,
      resultsApi: api?.api ?? null,
    });
    const listens = plan ? `${resultsApi?.host}:${resultsApi?.port}` : (api?.baseUrl ?? "");
    return {
      target,
      reach: reachOf(settings, target),
      secrets,
      resultsApi: resultsApi && { listens, url: resultsApi.url ?? listens },
      async close() {
        await target.close();
        await api?.close();
      },
    };
  } catch (error) {
    await api?.close();
    throw error;
  }
}

/** What holds for every target. */
const common = ({ options, checks }: RunSettings) => ({
  realTime: options["real-time"],
  settleMs: options.settle,
  settings: checks,
  maxRate: options["max-rate"] ?? null,
});

function reachOf({ options }: RunSettings, { url: { hostname, port } }: OpenTarget): RunTarget["reach"] {
  const matching = options["connect-to"].find((rule) => {
    const to = parseConnectTo([rule])(hostname, port);
    return to.host !== hostname || to.port !== port;
  });
  return {
    ...(matching !== undefined && { connectTo: matching }),
    ...(options.ca !== undefined && { caFile: options.ca }),
  };
}
