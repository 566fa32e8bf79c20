import { openTarget, type OpenTarget } from "../runner/open-target.js";
import { inventedSessions } from "../runner/session-ids.js";
import { parseConnectTo } from "../sender/resolver.js";
import { embeddedCredential } from "./embedded-credential.js";
import { networkOf } from "./network-options.js";
import type { RunSettings } from "./run-settings.js";
import { sessionSource } from "./sessions.js";

/** What is run against, and how a person would reach it with curl. */
export interface RunTarget {
  readonly target: OpenTarget;
  readonly reach: { readonly connectTo?: string; readonly caFile?: string };
  close(): Promise<void>;
}

/** @param plan nothing will be sent: no receiver and no command is started. */
export async function openRunTarget(settings: RunSettings, signal: AbortSignal, plan = false): Promise<RunTarget> {
  return settings.url === null ? openEmbedded(settings, plan) : openUrl(settings, settings.url, signal, plan);
}

async function openEmbedded({ seed, nonce, options }: RunSettings, plan: boolean): Promise<RunTarget> {
  const receiver = plan ? unstarted(seed) : await (await import("./embedded-receiver.js")).startEmbeddedReceiver(seed);
  const target = openTarget({
    url: receiver.url,
    kind: "embedded",
    local: true,
    headers: receiver.headers,
    realTime: options["real-time"],
    network: { ca: receiver.ca },
    sessions: inventedSessions(seed, nonce),
    maxRate: options["max-rate"] ?? null,
  });
  return {
    target,
    reach: {},
    async close() {
      await target.close();
      await receiver.close();
    },
  };
}

const unstarted = (seed: string) => ({
  url: "https://127.0.0.1/webhook",
  headers: [embeddedCredential(seed)],
  ca: [],
  close: async () => {},
});

async function openUrl(settings: RunSettings, url: string, signal: AbortSignal, plan: boolean): Promise<RunTarget> {
  const { options, headers, seed, nonce } = settings;
  const sessions = {
    file: options["session-ids"],
    command: plan ? undefined : options["session-command"],
    seed,
    nonce,
  };
  const network = networkOf(options);
  const target = openTarget({
    url,
    headers,
    credentialHeaders: options["credential-header"],
    local: options.local,
    realTime: options["real-time"],
    network,
    sessions: await sessionSource(sessions, signal),
    maxRate: options["max-rate"] ?? null,
  });
  const { hostname, port } = target.url;
  const matching = options["connect-to"].find((rule) => {
    const to = parseConnectTo([rule])(hostname, port);
    return to.host !== hostname || to.port !== port;
  });
  return {
    target,
    reach: {
      ...(matching !== undefined && { connectTo: matching }),
      ...(options.ca !== undefined && { caFile: options.ca }),
    },
    close: () => target.close(),
  };
}
