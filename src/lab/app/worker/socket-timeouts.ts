/* oxlint-disable no-restricted-globals -- the app's own time */
import { Socket } from "node:net";

/** Node's own. */
interface Internals {
  _onTimeout: (this: Socket) => void;
  /** Called when something was read or written. */
  _unrefTimer: (this: Socket) => void;
}

/**
 * Has the timeouts of sockets, and so those of `node:http` clients, run on the app's time: Node keeps timers of its own for
 * them.
 */
export function takeSocketTimeouts(): void {
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  const prototype = Socket.prototype as unknown as Internals;
  const { _unrefTimer } = prototype;
  prototype._unrefTimer = function refreshed() {
    timers.get(this)?.refresh();
    _unrefTimer.call(this);
  };
  Socket.prototype.setTimeout = function taken(this: Socket & Internals, ms: number, callback?: () => void) {
    Object.assign(this, { timeout: ms });
    clearTimeout(timers.get(this));
    timers.delete(this);
    if (ms > 0) {
      if (callback !== undefined) this.once("timeout", callback);
      const timer = setTimeout(() => {
        if (!this.destroyed) this._onTimeout();
      }, ms);
      timers.set(this, timer);
    } else if (callback !== undefined) this.off("timeout", callback);
    return this;
  };
}
