/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import { Server, type ListenOptions } from "node:net";

/**
 * An app that listens of itself, beside exporting what answers, is not to take its port: another one may have it, and
 * whoever called there would meet an app that lives in another time. A server on any free port is real: it is the app's
 * own affair.
 * @param listens told of each server that is had listen.
 */
export function pretendListening(listens: (server: Server, at: string) => void): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this`
  const { listen } = Server.prototype;
  Server.prototype.listen = function pretended(this: Server, ...args: unknown[]): Server {
    const asked = addressIn(args);
    listens(this, placeOf(asked));
    if (asked === null) return Reflect.apply(listen, this, args) as Server;
    const listener = args.findLast((arg) => typeof arg === "function") as (() => void) | undefined;
    if (listener !== undefined) this.once("listening", listener);
    Object.defineProperty(this, "listening", { value: true, configurable: true, writable: true });
    this.address = () => asked;
    this.close = (done?: (error?: Error) => void) => {
      Object.defineProperty(this, "listening", { value: false, configurable: true, writable: true });
      if (done !== undefined) this.once("close", done);
      process.nextTick(() => this.emit("close"));
      return this;
    };
    process.nextTick(() => this.emit("listening"));
    return this;
  } as typeof listen;
}

/** Null where it asks for no port in particular. */
function addressIn([target, host]: readonly unknown[]): ReturnType<Server["address"]> {
  const options: ListenOptions =
    typeof target === "object" && target !== null
      ? target
      : { port: target as number, ...(typeof host === "string" && { host }) };
  const port = Number(options.port);
  if (port > 0)
    return { port, address: options.host ?? "::", family: options.host?.includes(":") === false ? "IPv4" : "IPv6" };
  const path = options.path ?? (typeof target === "string" && Number.isNaN(port) ? target : undefined);
  return path ?? null;
}

function placeOf(address: ReturnType<Server["address"]>): string {
  if (address === null) return "a free port";
  return typeof address === "string" ? address : `port ${address.port}`;
}
