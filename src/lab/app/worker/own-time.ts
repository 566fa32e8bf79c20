/* oxlint-disable no-restricted-globals, typescript/unbound-method, unicorn/require-post-message-target-origin -- the app's thread is a process of its own; each is called with its own `this` */
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Server, Socket, type AddressInfo } from "node:net";
import { basename } from "node:path";
import { isKernelClock } from "../../kernel-clocks.js";
import { isTool } from "../../tools.js";
import { nameOfProcess, nameOfSpawned } from "./children.js";
import { peerOf } from "./peer-name.js";
import { moveBetterSqlite, moveBuiltInSqlite } from "./sqlite-libraries.js";

type Met = (name: string) => void;

/** Node's own. */
interface Connecting {
  connect: (this: Socket, ...args: unknown[]) => Socket;
}

/** Add-ons that keep data, and so may ask the system for the time, by the names of their packages or files. */
const stores = /sql|duckdb|rocksdb|redis|mongo|prisma|query[-_]engine/i;

/** Add-ons that are there to tell the time, such as microtime. */
const clocks = /(^|[\\/_-])(micro|nano|hr|real)?(time|clock)([\\/._-]|$)/i;

/**
 * Tells of whatever the app keeps that lives by another clock than its own: peers, processes, native stores.
 * Each may be told more than once.
 */
export function watchOwnTime(met: Met): void {
  watchPeers(met);
  watchProcesses(met);
  watchAddOns(met);
  watchBuiltInDatabase(met);
  watchSystemFiles(met);
}

/** Whoever is reached over a socket, but for a server of the app's own. */
function watchPeers(met: Met): void {
  const own = new Set<number>();
  const { emit } = Server.prototype;
  Server.prototype.emit = function observed(this: Server, name: string | symbol, ...args: unknown[]): boolean {
    if (name === "listening") own.add((this.address() as AddressInfo | null)?.port ?? 0);
    return Reflect.apply(emit, this, [name, ...args]) as boolean;
  } as typeof emit;
  const prototype = Socket.prototype as unknown as Connecting;
  const { connect } = prototype;
  prototype.connect = function observed(...args) {
    const { name, port } = peerOf(args);
    this.once("connect", () => {
      if (port === null || !own.has(port)) met(name);
    });
    return Reflect.apply(connect, this, args);
  };
}

const synchronous = ["spawnSync", "execSync", "execFileSync"] as const;

function watchProcesses(met: Met): void {
  const started = (name: string): void => {
    if (!isTool(name)) met(`the process ${name}`);
  };
  const prototype = childProcess.ChildProcess.prototype as unknown as {
    spawn: (this: object, ...args: unknown[]) => unknown;
  };
  const { spawn } = prototype;
  prototype.spawn = function observed(...args) {
    started(nameOfSpawned(args[0]));
    return Reflect.apply(spawn, this, args);
  };
  const patched = childProcess as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of synchronous) {
    const original = patched[name];
    patched[name] = (...args) => {
      started(nameOfProcess(String(args[0])));
      return original?.(...args);
    };
  }
  syncBuiltinESMExports();
}

function watchAddOns(met: Met): void {
  const { dlopen } = process;
  process.dlopen = (module: object, file: string, flags?: number) => {
    if (flags === undefined) dlopen(module, file);
    else dlopen(module, file, flags);
    const name = file.split("node_modules/").at(-1) ?? "";
    if (stores.test(name) && !moveBetterSqlite((module as { exports?: unknown }).exports))
      met(`the database in ${basename(file)}`);
    else if (clocks.test(name)) met(`the clock of ${name.split(/[\\/]/, 1)[0]}`);
  };
}

/** That of Node 22.5 and later, which is no add-on. */
function watchBuiltInDatabase(met: Met): void {
  const { emitWarning } = process;
  // That it is experimental is for an app to hear that uses it.
  process.emitWarning = () => {};
  const builtIn = process as { getBuiltinModule?: (name: string) => unknown };
  const sqlite = builtIn.getBuiltinModule?.("node:sqlite") as
    | { DatabaseSync?: new (path: string) => object }
    | undefined;
  process.emitWarning = emitWarning;
  if (sqlite?.DatabaseSync === undefined || moveBuiltInSqlite(sqlite.DatabaseSync)) return;
  const prototype = sqlite.DatabaseSync.prototype as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ["prepare", "exec"] as const) {
    const original = prototype[name];
    prototype[name] = function observed(this: object, ...args: unknown[]) {
      met("the database of node:sqlite");
      return original?.apply(this, args);
    };
  }
}

function watchSystemFiles(met: Met): void {
  for (const module of [fs, fs.promises] as unknown as Record<
    string,
    ((...args: unknown[]) => unknown) | undefined
  >[]) {
    for (const name of ["open", "openSync", "readFile", "readFileSync"]) {
      const original = module[name];
      if (original === undefined) continue;
      module[name] = Object.defineProperties(function observed(this: unknown, ...args: unknown[]) {
        const path = args[0] instanceof URL ? args[0].pathname : String(args[0]);
        if (isKernelClock(path)) met(path);
        return original.apply(this, args);
      }, Object.getOwnPropertyDescriptors(original));
    }
  }
  syncBuiltinESMExports();
}
