import { UsageError } from "../../errors.js";
import type { Secret } from "../../report/secret.js";
import { secretsInCommand } from "../../runner/command-secrets.js";
import { openTarget, type OpenTarget } from "../../runner/open-target.js";
import { inventedSessions, type SessionSource } from "../../runner/session-ids.js";
import type { Elapse } from "../../runner/elapsed-time.js";
import { parseConnectTo } from "../../sender/resolver.js";
import { advanceCommand } from "../advance-command.js";
import type { EmbeddedReceiver } from "./embedded-receiver.js";
import { embeddedCredential, embeddedToken } from "./embedded-secrets.js";
import { networkOf } from "../network-options.js";
import { observationOf } from "./observation.js";
import { startResultsApi, unstartedResultsApi } from "./results-api.js";
import type { RunSettings } from "./run-settings.js";
import { sessionSource } from "./sessions.js";
import { sessionShare } from "../targets/shard.js";

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

export interface OpenRunTargetOptions {
  /** Nothing will be sent: no receiver, no results API and no command is started. @default false */
  readonly plan?: boolean;
  /** In place of those that the settings tell of. */
  readonly sessions?: SessionSource | undefined;
}

/** @throws UsageError for settings that are no use. */
export async function openRunTarget(
  settings: RunSettings,
  signal: AbortSignal,
  options: OpenRunTargetOptions = {},
): Promise<RunTarget> {
  const { url } = settings;
  return url === null ? openEmbedded(settings, options.plan === true) : openUrl(settings, url, signal, options);
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
    secrets: [{ kind: "token", value: embeddedToken(seed) }, ...(settings.callback?.secrets ?? [])],
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

async function openUrl(
  settings: RunSettings,
  url: string,
  signal: AbortSignal,
  { plan = false, sessions }: OpenRunTargetOptions,
): Promise<RunTarget> {
  const { options, headers } = settings;
  const network = networkOf(options);
  const { probe, resultsApi, secrets } = observationOf(options, network.ca ?? []);
  const source = sessions ?? (await sessionsFor(settings, signal, plan));
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
      secrets: [...secrets, ...(settings.callback?.secrets ?? []), ...secretsInCommands(options)],
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

/** Their complaints are quoted. */
const secretsInCommands = (options: RunSettings["options"]): readonly Secret[] =>
  [options["probe-command"], options["advance-command"]].flatMap((line = "") => secretsInCommand(line, process.env));

/** @param plan no command is started. */
export async function sessionsFor(settings: RunSettings, signal: AbortSignal, plan = false): Promise<SessionSource> {
  const { options, seed, nonce, shard } = settings;
  const file = options["session-ids"];
  const source = await sessionSource(
    { file, command: plan ? undefined : options["session-command"], seed, nonce },
    signal,
  );
  // Each job is given the same file; a command is asked by each of them.
  return shard === null || file === undefined ? source : sessionShare(source, shard);
}

/** What holds for every target. */
const common = ({ options, checks, callback }: RunSettings) => ({
  ...(callback !== null && { template: callback.template }),
  elapse: elapseOf(options),
  settleMs: options.settle,
  settings: checks,
  maxRate: options["max-rate"] ?? null,
});

/** @throws UsageError for options that do not go together. */
function elapseOf(options: RunSettings["options"]): Elapse {
  const command = options["advance-command"];
  if (command === undefined) return options["real-time"] ? "real" : "skipped";
  if (!options["real-time"]) return { advance: advanceCommand(command) };
  throw new UsageError(
    "ERR_ADVANCE",
    "--real-time and --advance-command: expected one of them, got both; there is nothing to move where the waits are not skipped",
  );
}

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
