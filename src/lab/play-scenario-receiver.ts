import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { VirtualClock } from "../clock/virtual-clock.js";
import type { Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import type { EffectsProbe } from "../runner/effects-probe.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { appOf } from "./app/app-kind.js";
import { isMisfit } from "./app/no-app.js";
import { requestListenerOf } from "./app/request-listener.js";
import { startAcknowledgingReceiver } from "./acknowledging-receiver.js";
import type { LabReceiver, ReceiverListener } from "./lab-receiver.js";
import { shareTime } from "./play-scenario-clock.js";

/**
 * What a scenario can be played on: an app, as a Fastify instance or a function that makes one, an Express or Koa app, a
 * `(request, response)` listener, a fetch-style handler such as Hono's; the http(s) URL of a receiver that runs; the
 * path or `file:` URL of a module that exports an app; or nothing, for a receiver that acknowledges all it gets.
 */
export type ScenarioApp = object | string | null | undefined;

/** A live app, or one of a module. */
export interface ServedApp {
  readonly url: string;
  /** Resolves as long as it answers as an app does. @throws UsageError `ERR_APP` once it was seen to be none. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** @throws UsageError `ERR_APP` */
export function assertPath(path: string): void {
  if (path.startsWith("/")) return;
  throw new UsageError("ERR_APP", `path: expected one such as /webhook, got ${JSON.stringify(path)}`);
}

/** Serves a live app on loopback, so that it is reached over a real socket. @throws UsageError for what is no app. */
export async function serveApp(
  app: object,
  path: string,
  shared: { readonly clock: VirtualClock; readonly deadlineMs: number } | null = null,
): Promise<ServedApp> {
  assertPath(path);
  const isFactory = typeof app === "function" && !isMisfit(app) && (await appOf(app)) === null;
  const made: unknown = isFactory ? await (app as () => unknown)() : app;
  let misuse: UsageError | null = null;
  const listener = await requestListenerOf(made instanceof Response ? app : made, (error) => (misuse ??= error));
  const server = createServer(listener);
  if (shared !== null) shareTime(server, shared.clock, shared.deadlineMs);
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    async settle() {
      if (misuse !== null) throw misuse;
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      // What was made here is also ours to close.
      if (isFactory) await (made as { close?: () => unknown } | null)?.close?.();
    },
  };
}

export interface ScenarioReceiverOptions {
  readonly app: ScenarioApp;
  /** Of the callback, within an app. */
  readonly path: string;
  /** The scenario's. */
  readonly clock: VirtualClock;
  /** A live app lives on it too. */
  readonly sharesClock: boolean;
  readonly contract: Contract;
  readonly ca: readonly string[];
  readonly probe: EffectsProbe | null;
  readonly on: ReceiverListener;
  readonly signal?: AbortSignal;
}

/** Starts what the scenario is played on, or gets ready to reach it. */
export async function startScenarioReceiver(options: ScenarioReceiverOptions): Promise<LabReceiver> {
  const { clock, contract, path, probe, on, signal } = options;
  const place = placeOf(options.app);
  switch (place.kind) {
    case "embedded":
      return startAcknowledgingReceiver(clock, contract);
    case "url": {
      const url = parseCallbackUrl(place.url);
      const network = { ca: options.ca };
      return {
        kind: "url",
        title: url.display,
        url,
        network,
        sharesTime: false,
        probe,
        close: async () => {},
      };
    }
    case "module": {
      const { startAppReceiver } = await import("./app/app-receiver.js");
      const receiver = await startAppReceiver({
        file: place.file,
        path,
        clock,
        contract,
        on,
        ...(signal && { signal }),
      });
      return probe === null ? receiver : { ...receiver, probe };
    }
    case "live": {
      const sharesTime = options.sharesClock;
      const { deadlineMs } = contract.response;
      const served = await serveApp(place.app, path, sharesTime ? { clock, deadlineMs } : null);
      const url = parseCallbackUrl(served.url);
      return { ...served, kind: "app", title: `the app, at ${path}`, url, sharesTime, probe };
    }
  }
}

export type Place =
  | { readonly kind: "embedded" }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "module"; readonly file: string }
  | { readonly kind: "live"; readonly app: object };

/** How the app that was given is reached. */
export function placeOf(app: ScenarioApp): Place {
  if (app === null || app === undefined) return { kind: "embedded" };
  const text = app instanceof URL ? app.href : app;
  if (typeof text !== "string") return { kind: "live", app: text };
  if (/^https?:/i.test(text)) return { kind: "url", url: text };
  return { kind: "module", file: /^file:/i.test(text) ? fileURLToPath(text) : resolve(text) };
}
