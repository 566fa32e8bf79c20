import { Server, type IncomingMessage, type ServerResponse } from "node:http";
import { isMisfit } from "./no-app.js";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What answers requests, whatever it was written with. */
export type App =
  | { readonly kind: "server"; readonly server: Server }
  | { readonly kind: "listener"; readonly listener: RequestListener }
  | { readonly kind: "fetch"; readonly fetch: FetchHandler }
  /** An app, a router or a handler of h3's first version, which only that package itself can have answer. */
  | { readonly kind: "h3"; readonly h3: object };

/** Takes what the adapter gives beside the request. */
export type FetchHandler = (request: Request, bindings: unknown) => unknown;

/** What apps of the known frameworks have. */
interface Known {
  readonly __is_handler__?: unknown;
  readonly callback?: unknown;
  readonly emit?: unknown;
  readonly fetch?: unknown;
  readonly getHttpAdapter?: unknown;
  readonly handle?: unknown;
  readonly handler?: unknown;
  readonly init?: unknown;
  readonly initialize?: unknown;
  readonly inject?: unknown;
  readonly listen?: unknown;
  readonly listener?: unknown;
  readonly listeners?: unknown;
  readonly ready?: unknown;
  readonly routing?: unknown;
  readonly server?: unknown;
  readonly use?: unknown;
}

const isFunction = (value: unknown): value is (...args: never[]) => unknown => typeof value === "function";

/** @returns null for what is no app. */
export async function appOf(exported: unknown): Promise<App | null> {
  if (exported instanceof Server) return { kind: "server", server: exported };
  if (exported === null || (typeof exported !== "object" && !isFunction(exported)) || isMisfit(exported)) return null;
  const known = exported as Known;
  // NestJS, before what it is built upon and passes on the members of
  if (isFunction(known.getHttpAdapter) && isFunction(known.init)) {
    await (known.init as () => PromiseLike<unknown>)();
    const adapter = (known.getHttpAdapter as () => { getInstance(): unknown })();
    return appOf(adapter.getInstance());
  }
  // Fastify
  if (isFunction(known.routing) && isFunction(known.inject) && isFunction(known.ready)) {
    await (known.ready as () => PromiseLike<unknown>)();
    if (known.server instanceof Server) return { kind: "server", server: known.server };
    return { kind: "listener", listener: known.routing as RequestListener };
  }
  // hapi
  if (isFunction(known.initialize) && isEmitter(known.listener)) {
    await (known.initialize as () => PromiseLike<unknown>)();
    return emitting(known.listener);
  }
  // Koa
  if (isFunction(known.callback) && isFunction(known.use)) {
    return { kind: "listener", listener: (known.callback as () => RequestListener)() };
  }
  // h3 of version 1; later ones have fetch
  if (isHandlerOfH3(exported) || isHandlerOfH3(known.handler)) return { kind: "h3", h3: exported };
  // Express, and routers of its kind, which hand on what they do not answer
  if (isFunction(exported) && isFunction(known.handle)) {
    return {
      kind: "listener",
      listener: isFunction(known.listen) ? (exported as RequestListener) : answering(exported),
    };
  }
  // Hono and whatever has its form
  if (isFunction(known.fetch)) return { kind: "fetch", fetch: known.fetch.bind(exported) as FetchHandler };
  // restify, which is no server of Node's but has one
  if (!isFunction(exported) && isEmitter(known.server)) return emitting(known.server);
  // A server of another module of Node's, such as node:https
  if (isEmitter(exported)) return emitting(exported);
  // Polka
  if (!isFunction(exported)) {
    if (!isFunction(known.handler) || !isFunction(known.use)) return null;
    const handler = known.handler.bind(exported) as RequestListener;
    return { kind: "listener", listener: (request, response) => handler(request, response) };
  }
  if (exported.length === 1) return { kind: "fetch", fetch: exported as FetchHandler };
  if (exported.length === 2) return { kind: "listener", listener: exported as RequestListener };
  return exported.length > 2 ? { kind: "listener", listener: answering(exported) } : null;
}

const isHandlerOfH3 = (value: unknown): boolean => isFunction(value) && (value as Known).__is_handler__ === true;

interface Emitter {
  emit(name: string, ...args: unknown[]): unknown;
  listeners(name: string): unknown[];
}

function isEmitter(value: unknown): value is Emitter {
  const known = value as Known | null | undefined;
  return isFunction(known?.emit) && isFunction(known.listeners);
}

function emitting(server: Emitter): App | null {
  if (server instanceof Server) return { kind: "server", server };
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
