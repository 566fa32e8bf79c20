import fs, { type BigIntStats, type Stats } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { Jumps } from "./jumps.js";
import { letPass, wallDate } from "./real-time.js";

/** The kernel gives files the time of its last tick, of which it has a hundred a second at least. */
const tickMs = 12;

/** A file is dated so exactly. It would take a tick more of wall time for each jump of time to be exact. */
const toleranceMs = 10_000;

const kinds = ["atime", "mtime", "ctime", "birthtime"] as const;

type Call = (this: unknown, ...args: unknown[]) => unknown;

const looks = ["stat", "lstat", "fstat"];

const touches = [
  "open appendFile writeFile truncate ftruncate mkdir mkdtemp copyFile cp rename link symlink rm rmdir unlink",
  "write writev chmod chown",
]
  .join(" ")
  .split(" ");

/**
 * Shows the times of files on the app's clock. The kernel's own does not jump, and so a file that was written at a moment
 * of the scenario bears the wall's time of that moment: what the app's clock showed then is remembered.
 */
export class FileTimes {
  readonly #jumps: Jumps;

  constructor(jumps: Jumps) {
    this.#jumps = jumps;
  }

  /** For the functions of `node:fs` and `node:fs/promises`, handles included. */
  install(): void {
    for (const module of [fs, fs.promises] as unknown as Record<string, Call | undefined>[]) {
      for (const name of looks.flatMap((each) => [each, `${each}Sync`])) {
        const look = module[name];
        if (look !== undefined) module[name] = this.#shownBy(look);
      }
      for (const name of touches.flatMap((each) => [each, `${each}Sync`])) {
        const touch = module[name];
        if (touch !== undefined) module[name] = this.#afterTick(touch);
      }
    }
    this.#installOnHandles();
    syncBuiltinESMExports();
  }

  /** Of the first that is opened, whose class is theirs. */
  #installOnHandles(): void {
    const promises = fs.promises as unknown as Record<"open", (...args: unknown[]) => Promise<object>>;
    const { open } = promises;
    let isDone = false;
    promises.open = async (...args) => {
      const handle = await open(...args);
      if (isDone) return handle;
      isDone = true;
      const prototype = Object.getPrototypeOf(handle) as Record<string, Call>;
      if (prototype["stat"] !== undefined) prototype["stat"] = this.#shownBy(prototype["stat"]);
      for (const name of ["write", "writev", "writeFile", "appendFile", "truncate"]) {
        const touch = prototype[name];
        if (touch !== undefined) prototype[name] = this.#afterTick(touch);
      }
      return handle;
    };
  }

  /** Whatever way it gives its result: returned, promised, or called back with. */
  #shownBy(look: Call): Call {
    const { show } = this;
    return like(look, function shown(this: unknown, ...args: unknown[]) {
      const callback = args.at(-1);
      if (typeof callback === "function") {
        return look.call(this, ...args.slice(0, -1), (error: unknown, stats: unknown) =>
          Reflect.apply(callback, undefined, error === null ? [null, show(stats)] : [error]),
        );
      }
      const result = look.apply(this, args);
      return result instanceof Promise ? result.then(show) : show(result);
    });
  }

  #afterTick(touch: Call): Call {
    const letTick = (): void => this.#letTick();
    return like(touch, function touched(this: unknown, ...args: unknown[]) {
      letTick();
      return touch.apply(this, args);
    });
  }

  /** So that what is written now is not dated before the last jump. */
  #letTick(): void {
    const last = this.#jumps.count - 1;
    const now = wallDate();
    const since = now - this.#jumps.wall(last);
    if (since >= tickMs || this.#jumps.shown(last) - this.#jumps.at(now - tickMs) <= toleranceMs) return;
    letPass(tickMs - since);
  }

  readonly show = (stats: unknown): unknown => {
    if (!(stats instanceof fs.Stats) && typeof (stats as Partial<BigIntStats> | null)?.mtimeNs !== "bigint")
      return stats;
    const start = this.#jumps.wall(0);
    const now = wallDate();
    for (const kind of kinds) {
      const found = Number((stats as Stats | BigIntStats)[`${kind}Ms`]);
      // From before, or given by the app itself, on its own clock.
      if (found < start || found > now + 1) continue;
      put(stats as Record<string, unknown>, kind, this.#jumps.at(found));
    }
    return stats;
  };
}

/** With what stands on the original, such as what `util.promisify` goes by. */
const like = (original: Call, call: Call): Call =>
  Object.defineProperties(call, Object.getOwnPropertyDescriptors(original));

function put(stats: Record<string, unknown>, kind: (typeof kinds)[number], ms: number): void {
  const isBig = typeof stats[`${kind}Ms`] === "bigint";
  stats[`${kind}Ms`] = isBig ? BigInt(ms) : ms;
  if (isBig) stats[`${kind}Ns`] = BigInt(ms) * 1_000_000n;
  // oxlint-disable-next-line no-restricted-globals -- the app's own time
  Object.defineProperty(stats, kind, { value: new Date(ms), configurable: true, enumerable: true, writable: true });
}
