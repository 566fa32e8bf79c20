import { UsageError } from "../../errors.js";
import type { App } from "./app-kind.js";
import { expectedApp, insteadOf, shown } from "./no-app.js";
import { madeApp } from "./request-listener.js";

/** Where an app is looked for in a module, in this order. */
const names = ["default", "app", "handler", "fetch", "server", "listener"] as const;

/** Exports that make it. */
const factories = ["createApp", "buildApp", "build", "buildServer", "createServer", "bootstrap"] as const;

type Exports = Readonly<Record<string, unknown>>;

export interface AppModule {
  readonly app: App;
  /** How often a session was processed, as the module itself tells; null where it does not. */
  readonly processed: ((sessionId: string) => unknown) | null;
}

/**
 * What the app has listen of itself; null where nothing does, or nothing comes to. Both throw a UsageError `ERR_APP` where
 * it is not clear which of several it is.
 */
export interface Listening {
  now(): Promise<App | null>;
  soon(): Promise<App | null>;
}

/**
 * The app that the module exports, or else the one that it has listen.
 * @throws UsageError `ERR_APP` that says what was expected and what the module exports.
 */
export async function appOfModule(namespace: Exports, listening?: Listening): Promise<AppModule> {
  const exports = exportsOf(namespace);
  const app =
    (await exported(exports)) ?? (await listening?.now()) ?? (await made(exports)) ?? (await listening?.soon()) ?? null;
  if (app === null) {
    throw new UsageError(
      "ERR_APP",
      `expected it to export ${expectedApp}, as default or ${names.slice(1).join(", ")}, or to listen; ${listed(namespace)}${instead(exports)}`,
    );
  }
  const { processed } = exports;
  return { app, processed: typeof processed === "function" ? (processed as AppModule["processed"]) : null };
}

async function exported(exports: Exports): Promise<App | null> {
  for (const name of names) {
    const value = exports[name];
    if (name === "fetch" && typeof value === "function") return { kind: "fetch", fetch: value as never };
    const app = await madeApp(value);
    if (app !== null) return app;
  }
  return null;
}

async function made(exports: Exports): Promise<App | null> {
  for (const name of factories) {
    const make = exports[name];
    // Many take options, and all of those are optional.
    const app = typeof make === "function" ? await madeApp(await (make as (options: object) => unknown)({})) : null;
    if (app !== null) return app;
  }
  return null;
}

/** Of what is exported as an app and is none, the first that we know what to export in place of. */
const instead = (exports: Exports): string =>
  [...names, ...Object.keys(exports)].map((name) => insteadOf(exports[name])).find((text) => text !== "") ?? "";

/** What a CommonJS module exports is the default of its namespace, and may hold names and a default of its own. */
function exportsOf(namespace: Exports): Exports {
  const { default: whole } = namespace;
  if (whole === null || typeof whole !== "object") return { ...(whole as object | undefined), ...namespace };
  const inner = whole as Exports;
  return { ...(isPlain(inner) ? inner : {}), ...namespace, default: isTranspiled(inner) ? inner["default"] : whole };
}

const isTranspiled = (whole: unknown): whole is Exports =>
  whole !== null && typeof whole === "object" && "__esModule" in whole && "default" in whole;

/** An app has members of its own, which are no exports. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function listed(namespace: Exports): string {
  const { default: whole, ...named } = isTranspiled(namespace["default"]) ? namespace["default"] : namespace;
  const exported = Object.keys(named).filter((name) => name !== "module.exports" && name !== "__esModule");
  if (whole !== undefined) exported.unshift(`${shown(whole)} as default`);
  return exported.length === 0 ? "it exports nothing" : `it exports ${exported.join(", ")}`;
}
