import { createServer, type Server } from "node:http";
import { UsageError } from "../../errors.js";
import { fetchAdapter } from "./fetch-adapter.js";
import { appOf, type App, type FetchHandler, type RequestListener } from "./app-kind.js";

export type { RequestListener } from "./app-kind.js";

/** For messages: what an app is. */
export const expectedApp =
  "a Fastify, Express, Koa or Hono app, an http.Server, a listener (req, res), a handler (Request) => Response, or a function without parameters that makes one of these";

/**
 * What answers requests in an app, whatever it was written with; a function without parameters is asked to make it.
 * @throws UsageError `ERR_APP` for what is no app.
 */
export async function requestListenerOf(exported: unknown): Promise<RequestListener> {
  const app = await madeApp(exported);
  if (app === null) throw new UsageError("ERR_APP", `expected ${expectedApp}, got ${shown(exported)}`);
  return listenerOf(app, [import.meta.url]);
}

/** The app, or what a factory makes. @returns null for what is no app. */
export async function madeApp(exported: unknown): Promise<App | null> {
  const app = await appOf(exported);
  if (app !== null || typeof exported !== "function") return app;
  const made: unknown = await (exported as () => unknown)();
  if (made instanceof Response) return { kind: "fetch", fetch: exported as FetchHandler };
  return appOf(made);
}

/**
 * A server to which connections can be handed; the app's own where it has one.
 * @param file of the app.
 */
export function serverOf(app: App, file: string): Server {
  return app.kind === "server" ? app.server : createServer(listenerOf(app, [file, import.meta.url]));
}

/** @param places where packages are looked for. */
function listenerOf(app: App, places: readonly string[]): RequestListener {
  switch (app.kind) {
    case "server":
      return (request, response) => app.server.emit("request", request, response);
    case "listener":
      return app.listener;
    case "fetch":
      return fetchListener(app.fetch, places);
  }
}

interface Bindings {
  readonly incoming: Parameters<RequestListener>[0];
  readonly outgoing: Parameters<RequestListener>[1];
}

/** A function of one parameter may have been meant to make the app, which shows in what it returns. */
function fetchListener(fetch: FetchHandler, places: readonly string[]): RequestListener {
  const { getRequestListener, alreadySent } = fetchAdapter(places);
  let made: RequestListener | null = null;
  const answer = getRequestListener(
    async (request, bindings) => {
      const returned = await fetch(request, bindings);
      if (returned instanceof Response) return returned;
      const app = await appOf(returned);
      if (app === null) throw new TypeError(`expected the app to return a Response, got ${shown(returned)}`);
      made = listenerOf(app, places);
      const { incoming, outgoing } = bindings as unknown as Bindings;
      made(incoming, outgoing);
      return alreadySent;
    },
    { overrideGlobalObjects: false },
  );
  return (request, response) => (made ?? answer)(request, response);
}

/** A value, as a sentence names it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function")
    return value.name === "" || value.name === "default" ? "a function" : `the function ${value.name}`;
  if (typeof value !== "object") return `${typeof value === "string" ? "the string " : ""}${JSON.stringify(value)}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 5).join(", ")}`;
}
