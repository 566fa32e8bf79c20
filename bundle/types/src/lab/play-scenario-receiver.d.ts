import type { VirtualClock } from "../clock/virtual-clock.js";
import type { Contract } from "../contract/contract.js";
import type { EffectsProbe } from "../runner/effects-probe.js";
import type { LabReceiver, ReceiverListener } from "./lab-receiver.js";
/**
 * What a scenario can be played on: an app, as a Fastify instance or a function that makes one, an Express or Koa app, a
 * `(request, response)` listener, a fetch-style handler such as Hono's; the http(s) URL of a receiver that runs; the
 * path or `file:` URL of a module that exports an app; or nothing, for a receiver that acknowledges all it gets.
 */
export type ScenarioApp = object | string | null | undefined;
export interface ServedApp {
    readonly url: string;
    close(): Promise<void>;
}
/** Serves a live app on loopback, so that it is reached over a real socket. @throws UsageError for what is no app. */
export declare function serveApp(app: object, path: string, shared?: {
    readonly clock: VirtualClock;
    readonly deadlineMs: number;
} | null): Promise<ServedApp>;
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
export declare function startScenarioReceiver(options: ScenarioReceiverOptions): Promise<LabReceiver>;
export type Place = {
    readonly kind: "embedded";
} | {
    readonly kind: "url";
    readonly url: string;
} | {
    readonly kind: "module";
    readonly file: string;
} | {
    readonly kind: "live";
    readonly app: object;
};
/** How the app that was given is reached. */
export declare function placeOf(app: ScenarioApp): Place;
