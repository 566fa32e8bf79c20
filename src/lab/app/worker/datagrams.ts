import dgram, { type RemoteInfo, type Socket } from "node:dgram";
import { wallNow } from "./real-time.js";

/** Most want no answer, as those that carry figures. In milliseconds. */
const patienceMs = 2000;

/** Node's own. */
interface Internals {
  send: (this: Socket, ...args: unknown[]) => unknown;
  emit: (this: Socket, event: string | symbol, ...args: unknown[]) => boolean;
}

/** Sees what the app asks by UDP. A socket of which one question was not answered is not waited for again until it is. */
export class Datagrams {
  /** When it was asked last, on the wall's clock; null where it has never answered in time. */
  readonly #askedAtMs = new Map<Socket, number | null>();

  /** @param met called with each who answers, by name. */
  constructor(met: (name: string) => void) {
    const askedAtMs = this.#askedAtMs;
    const prototype = dgram.Socket.prototype as unknown as Internals;
    const { send, emit } = prototype;
    prototype.send = function observed(...args) {
      if (askedAtMs.get(this) !== null) askedAtMs.set(this, wallNow());
      return Reflect.apply(send, this, args);
    };
    prototype.emit = function observed(event, ...args) {
      if (event === "message" && askedAtMs.delete(this)) {
        const { address, port } = args[1] as RemoteInfo;
        met(`${address.includes(":") ? `[${address}]` : address}:${port}`);
      }
      if (event === "close") askedAtMs.delete(this);
      return Reflect.apply(emit, this, [event, ...args]);
    };
  }

  awaited(): readonly string[] {
    const now = wallNow();
    let isAwaited = false;
    for (const [socket, sinceMs] of this.#askedAtMs) {
      if (sinceMs === null) continue;
      if (now - sinceMs < patienceMs) isAwaited = true;
      else this.#askedAtMs.set(socket, null);
    }
    return isAwaited ? ["an answer by UDP"] : [];
  }
}
