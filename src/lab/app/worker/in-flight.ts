/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import { AsyncResource, createHook, executionAsyncId } from "node:async_hooks";
import { wallNow } from "./real-time.js";

/** A file on a slow disk, a name that is hard to resolve, a costly hash: they come to an end. In milliseconds. */
const patienceMs = 10_000;

/** What comes and goes in the event loop itself, or only stands for something else. */
const unobserved = new Set([
  "PROMISE",
  "TickObject",
  "Microtask",
  "Timeout",
  "HTTPINCOMINGMESSAGE",
  "HTTPCLIENTREQUEST",
]);

/** Of these some are the harness's own. */
const apart = new Set(["Immediate", "MESSAGEPORT"]);

/** What is there to wait for others; of connections `PeerWaits` knows more, of child processes `Children`. */
const handles =
  /^(Immediate|(TCP|PIPE)(SERVER|CONNECT)?WRAP|(TTY|UDP|JSUDP|TLS|SIGNAL|PROCESS)WRAP|FSEVENTWRAP|STATWATCHER|FILEHANDLE|DIRHANDLE|MESSAGEPORT|WORKER|HTTP2SESSION|HTTP2STREAM|JSSTREAM|STREAMPIPE|BLOBREADER|DNSCHANNEL|ELDHISTOGRAM|INSPECTORJSBINDING|QUIC.*|.*WATCHDOG)$/;

/** What it leaves open whether there is something to wait for. */
interface Telltale {
  /** Of a job of `node:crypto`: missing where it is done at once, with nobody called back. */
  readonly ondone?: unknown;
  /** Of a compressor: what it is at work on. */
  readonly buffer?: unknown;
}

/**
 * Sees what the app has under way outside its event loop and that comes to an end of itself: files, names, hashes,
 * compression, work of native add-ons.
 */
export class InFlight {
  readonly #observed = new Set<number>();
  readonly #requests = new Map<number, { readonly resource: Telltale; readonly untilMs: number }>();
  /** Of the requests, those of `node:crypto` that may be done at once. */
  readonly #jobs = new Set<number>();
  readonly #compressors = new Map<number, Telltale>();
  /** What was asked of the thread that loads modules, by the promise of the answer. */
  readonly #loads = new Map<number, number>();
  #lastPromise = 0;
  #filesSinceMs: number | null = null;
  #own = false;
  /** What was there before, and is observed as well: what a thread's own messages come by. */
  readonly #firstId = new AsyncResource("FIRST").asyncId();
  #ourId: number | null = null;

  /** @param stirred called when something happens in the event loop that is not of our doing. */
  constructor(stirred: () => void) {
    createHook({
      init: (id, type, _trigger, resource) => this.#begin(id, type, resource),
      before: (id) => {
        if (this.#observed.has(id) || (id < this.#firstId && id !== this.#ourId)) stirred();
      },
      after: (id) => this.#requests.delete(id),
      promiseResolve: (id) => {
        this.#requests.delete(this.#loads.get(id) ?? 0);
        this.#loads.delete(id);
      },
      destroy: (id) => {
        this.#observed.delete(id);
        this.#requests.delete(id);
        this.#jobs.delete(id);
        this.#compressors.delete(id);
      },
    }).enable();
  }

  /** Does what is not the app's. */
  apart<T>(work: () => T): T {
    this.#own = true;
    try {
      return work();
    } finally {
      this.#own = false;
    }
  }

  /** What is called back just now is not the app's. */
  isOurs(): void {
    this.#ourId = executionAsyncId();
  }

  /** What is waited for, in words; nothing where it is empty. */
  awaited(): readonly string[] {
    const isCompressing = [...this.#compressors.values()].some(({ buffer }) => buffer);
    return [
      ...(this.#awaitsRequest() ? ["work outside its event loop (files, names, hashes)"] : []),
      ...(this.#awaitsFile() ? ["a file"] : []),
      ...(isCompressing ? ["compression"] : []),
    ];
  }

  #begin(id: number, type: string, resource: object): void {
    if (type === "PROMISE") this.#lastPromise = id;
    if (unobserved.has(type) || (this.#own && apart.has(type)) || resource instanceof AsyncResource) return;
    this.#observed.add(id);
    if (type === "ZLIB" || type === "BROTLI" || type === "ZSTD") this.#compressors.set(id, resource);
    else if (!handles.test(type) || (type === "MESSAGEPORT" && this.#isLoad(id))) {
      this.#requests.set(id, { resource, untilMs: wallNow() + patienceMs });
    }
    if (type.endsWith("REQUEST") && !isCalledBy("jobPromise")) this.#jobs.add(id);
  }

  /** Of a module that is not there, the port stays open: it is the function itself that ends. */
  #isLoad(id: number): boolean {
    if (!isCalledBy("makeAsyncRequest")) return false;
    if (!this.#loads.has(this.#lastPromise)) this.#loads.set(this.#lastPromise, id);
    return true;
  }

  #awaitsRequest(): boolean {
    const now = wallNow();
    for (const [id, { resource, untilMs }] of this.#requests) {
      const atOnce = this.#jobs.delete(id) && resource.ondone === undefined;
      if (atOnce || untilMs < now) this.#requests.delete(id);
    }
    return this.#requests.size > 0;
  }

  /** Those of `node:fs/promises`, which no hook tells of. */
  #awaitsFile(): boolean {
    if (!process.getActiveResourcesInfo().includes("FSReqPromise")) {
      this.#filesSinceMs = null;
      return false;
    }
    this.#filesSinceMs ??= wallNow();
    return wallNow() - this.#filesSinceMs < patienceMs;
  }
}

/**
 * Two of Node's own functions wait in ways that nothing else shows: `jobPromise` for a job of WebCrypto, and
 * `makeAsyncRequest` for the thread that loads modules, as for tsx before Node 22.15.
 */
const isCalledBy = (name: "jobPromise" | "makeAsyncRequest"): boolean => new Error().stack?.includes(name) === true;
