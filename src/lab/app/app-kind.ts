import { Server, type IncomingMessage, type ServerResponse } from "node:http";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What answers requests, whatever it was written with. */
export type App =
  | { readonly kind: "server"; readonly server: Server }
  | { readonly kind: "listener"; readonly listener: RequestListener }
  | { readonly kind: "fetch"; readonly fetch: FetchHandler };

/** Takes what the adapter gives beside the request. */
export type FetchHandler = (request: Request, bindings: unknown) => unknown;

/** What apps of the known frameworks have. */
interface Known {
  readonly routing?: unknown;
  readonly inject?: unknown;
  readonly ready?: unknown;
  readonly server?: unknown;
  readonly callback?: unknown;
  readonly handle?: unknown;
  readonly listen?: unknown;
  readonly use?: unknown;
  readonly fetch?: unknown;
  readonly emit?: unknown;
  readonly listeners?: unknown;
}

const isFunction = (value: unknown): value is (...args: never[]) => unknown => typeof value === "function";

/** @returns null for what is no app. */
export async function appOf(exported: unknown): Promise<App | null> {
  if (exported instanceof Server) return { kind: "server", server: exported };
  if (exported === null || (typeof exported !== "object" && !isFunction(exported))) return null;
  const known = exported as Known;
  // Fastify
  if (isFunction(known.routing) && isFunction(known.inject) && isFunction(known.ready)) {
    await (known.ready as () => PromiseLike<unknown>)();
    if (known.server instanceof Server) return { kind: "server", server: known.server };
    return { kind: "listener", listener: known.routing as RequestListener };
  }
  // Koa
  if (isFunction(known.callback) && isFunction(known.use)) {
    return { kind: "listener", listener: (known.callback as () => RequestListener)() };
  }
  // Express, and routers of its kind, which hand on what they do not answer
  if (isFunction(exported) && isFunction(known.handle)) {
    return {
      kind: "listener",
      listener: isFunction(known.listen) ? (exported as RequestListener) : answering(exported),
    };
  }
  // Hono and whatever has its form
  if (isFunction(known.fetch)) return { kind: "fetch", fetch: known.fetch.bind(exported) as FetchHandler };
  // A server of another module of Node's, such as node:https
  if (isFunction(known.emit) && isFunction(known.listeners)) return emitting(exported as Emitter);
  if (!isFunction(exported)) return null;
  if (exported.length === 1) return { kind: "fetch", fetch: exported as FetchHandler };
  if (exported.length === 2) return { kind: "listener", listener: exported as RequestListener };
  return exported.length > 2 ? { kind: "listener", listener: answering(exported) } : null;
}

interface Emitter {
  emit(name: string, ...args: unknown[]): unknown;
  listeners(name: string): unknown[];
}

function emitting(server: Emitter): App | null {
  if (server.listeners("request").length === 0) return null;
  return { kind: "listener", listener: (request, response) => server.emit("request", request, response) };
}

/** Answers what middleware hands on as Express does. */
function answering(middleware: unknown): RequestListener {
  const called = middleware as (...args: unknown[]) => unknown;
  return (request, response) =>
    called(request, response, (error?: unknown) => {
      response.statusCode = error === undefined ? 404 : 500;
      response.end();
    });
}
