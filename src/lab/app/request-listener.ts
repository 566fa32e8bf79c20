import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { cwd } from "node:process";
import { types } from "node:util";
import { UsageError } from "../../errors.js";
import { alreadySent, fetchAdapter } from "./fetch-adapter.js";
import { appOf, type App, type FetchHandler, type RequestListener } from "./app-kind.js";
import { h3Listener } from "./h3-listener.js";
import { expectedApp, insteadOf, isMisfit, shown } from "./no-app.js";

export type { RequestListener } from "./app-kind.js";

/**
 * What answers requests in an app, whatever it was written with; a function without parameters is asked to make it.
 * @param misused told where it shows only with a request that it is none; nothing is answered then.
 * @throws UsageError `ERR_APP` for what is no app.
 */
export async function requestListenerOf(
  exported: unknown,
  misused: (error: UsageError) => void,
): Promise<RequestListener> {
  const app = await madeApp(exported);
  if (app === null) {
    throw new UsageError("ERR_APP", `expected ${expectedApp}, got ${shown(exported)}${insteadOf(exported)}`);
  }
  return listenerOf(app, [join(cwd(), "app.js"), import.meta.url], misused);
}

/** The app, or what a factory makes. @returns null for what is no app. */
export async function madeApp(exported: unknown): Promise<App | null> {
  const value = types.isPromise(exported) ? await exported : exported;
  const app = await appOf(value);
  if (app !== null || typeof value !== "function" || isMisfit(value)) return app;
  const made: unknown = await (value as () => unknown)();
  if (made instanceof Response) return { kind: "fetch", fetch: value as FetchHandler };
  return appOf(made);
}

/**
 * A server to which connections can be handed; the app's own where it has one.
 * @param file of the app.
 * @param misused told where it shows only with a request that it is none; nothing is answered then.
 * @throws UsageError `ERR_APP` where a package is missing that it takes to serve it.
 */
export async function serverOf(app: App, file: string, misused: (error: UsageError) => void): Promise<Server> {
  return app.kind === "server" ? app.server : createServer(await listenerOf(app, [file, import.meta.url], misused));
}

/** @param places where packages are looked for. */
async function listenerOf(
  app: App,
  places: readonly string[],
  misused: (error: UsageError) => void,
): Promise<RequestListener> {
  switch (app.kind) {
    case "server":
      return (request, response) => app.server.emit("request", request, response);
    case "listener":
      return app.listener;
    case "fetch":
      return fetchListener(app.fetch, places, misused);
    case "h3":
      return h3Listener(app.h3, places);
  }
}

interface Bindings {
  readonly incoming: Parameters<RequestListener>[0];
  readonly outgoing: Parameters<RequestListener>[1];
}

/** A function of one parameter may have been meant to make the app, which shows in what it returns. */
async function fetchListener(
  fetch: FetchHandler,
  places: readonly string[],
  misused: (error: UsageError) => void,
): Promise<RequestListener> {
  const { getRequestListener } = await fetchAdapter(places);
  let made: RequestListener | null = null;
  const answer = getRequestListener(
    async (request, bindings) => {
      const returned = await fetch(request, bindings);
      if (isResponse(returned)) return returned;
      const { incoming, outgoing } = bindings as unknown as Bindings;
      const app = await appOf(returned);
      if (app === null) {
        misused(new UsageError("ERR_APP", `expected the app to return a Response, got ${shown(returned)}`));
        incoming.socket.destroy();
        return alreadySent();
      }
      made = await listenerOf(app, places, misused);
      made(incoming, outgoing);
      return alreadySent();
    },
    { overrideGlobalObjects: false },
  );
  return (request, response) => (made ?? answer)(request, response);
}

/** Also one of another package than Node's own. */
function isResponse(value: unknown): value is Response {
  if (value instanceof Response) return true;
  const known = value as Partial<Response> | null | undefined;
  return typeof known?.status === "number" && typeof known.arrayBuffer === "function";
}
