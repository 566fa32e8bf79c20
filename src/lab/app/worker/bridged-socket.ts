import { Duplex } from "node:stream";
import type { FromAppContent } from "../messages.js";

/** What the app sees of the sender is the same in each run. */
const peerAddress = "127.0.0.1";
const firstPeerPort = 50_000;

/** So much is under way at most, as in the buffers of a real socket. What is less is written at once, in each run alike. */
const windowBytes = 64 * 1024;

type Outgoing = Extract<FromAppContent, { readonly connection: number }>;

/** The app's end of a connection whose real end is on the main thread. To the app it is a socket. */
export class BridgedSocket extends Duplex {
  readonly remoteAddress = peerAddress;
  readonly remoteFamily = "IPv4";
  readonly remotePort: number;
  readonly localAddress = peerAddress;
  readonly localFamily = "IPv4";
  readonly localPort = 80;
  readonly connecting = false;
  readonly pending = false;
  bytesRead = 0;
  bytesWritten = 0;
  timeout: number | undefined;
  readonly #connection: number;
  readonly #post: (message: Outgoing) => void;
  /** The lengths of what is under way, and who waits for room. */
  readonly #underway: number[] = [];
  #roomMade: (() => void) | null = null;
  #idle: NodeJS.Timeout | undefined;
  #isGone = false;
  #resets = false;

  constructor(connection: number, post: (message: Outgoing) => void) {
    super({ allowHalfOpen: true });
    this.#connection = connection;
    this.#post = post;
    this.remotePort = firstPeerPort + connection;
  }

  /** Bytes that the sender has sent. */
  receive(bytes: Uint8Array): void {
    this.bytesRead += bytes.length;
    this.#refresh();
    this.push(bytes);
  }

  receiveEnd(): void {
    this.push(null);
  }

  /** The other end is closed. */
  receiveClose(isReset: boolean): void {
    this.#isGone = true;
    this.destroy(
      isReset ? Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" }) : undefined,
    );
  }

  /** What was written first, of what is under way, has left. */
  receiveWritten(): void {
    this.#underway.shift();
    if (!this.#hasRoom()) return;
    const roomMade = this.#roomMade;
    this.#roomMade = null;
    roomMade?.();
  }

  address(): object {
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }

  setTimeout(ms: number, callback?: () => void): this {
    // oxlint-disable-next-line no-restricted-globals -- the app's own time
    clearTimeout(this.#idle);
    this.timeout = ms;
    if (callback !== undefined) {
      if (ms > 0) this.once("timeout", callback);
      else this.off("timeout", callback);
    }
    // oxlint-disable-next-line no-restricted-globals -- the app's own time
    this.#idle = ms > 0 ? setTimeout(() => this.emit("timeout"), ms) : undefined;
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", () => this.destroy());
  }

  resetAndDestroy(): this {
    this.#resets = true;
    return this.destroy();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytesWritten += chunk.length;
    this.#refresh();
    this.#underway.push(chunk.length);
    this.#post({ kind: "bytes", connection: this.#connection, bytes: chunk });
    if (this.#hasRoom()) done();
    else this.#roomMade = done;
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#post({ kind: "end", connection: this.#connection });
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // oxlint-disable-next-line no-restricted-globals -- the app's own time
    clearTimeout(this.#idle);
    if (!this.#isGone) this.#post({ kind: this.#resets ? "reset" : "destroy", connection: this.#connection });
    done(error);
  }

  #hasRoom(): boolean {
    return this.#underway.reduce((sum, length) => sum + length, 0) < windowBytes;
  }

  #refresh(): void {
    this.#idle?.refresh();
  }
}
