import { UsageError } from "../../errors.js";
import { expectedApp, madeApp, shown } from "./request-listener.js";
import type { App } from "./app-kind.js";

/** Where an app is looked for in a module, in this order. */
const names = ["default", "app", "handler", "fetch", "server", "listener"] as const;

/** Exports that make it. */
const factories = ["createApp", "buildApp", "build", "buildServer", "createServer"] as const;

type Exports = Readonly<Record<string, unknown>>;

export interface AppModule {
  readonly app: App;
  /** How often a session was processed, as the module itself tells; null where it does not. */
  readonly processed: ((sessionId: string) => unknown) | null;
}

/** @throws UsageError `ERR_APP` that says what was expected and what the module exports. */
export async function appOfModule(namespace: Exports): Promise<AppModule> {
  const exports = exportsOf(namespace);
  const app = await find(exports);
  if (app === null) {
    throw new UsageError(
      "ERR_APP",
      `expected it to export ${expectedApp}, as default or ${names.slice(1).join(", ")}; ${listed(namespace)}`,
    );
  }
  const { processed } = exports;
  return { app, processed: typeof processed === "function" ? (processed as AppModule["processed"]) : null };
}

async function find(exports: Exports): Promise<App | null> {
  for (const name of names) {
    const value = exports[name];
    if (name === "fetch" && typeof value === "function") return { kind: "fetch", fetch: value as never };
    const app = await madeApp(value);
    if (app !== null) return app;
  }
  for (const name of factories) {
    const make = exports[name];
    // Many take options, and all of those are optional.
    const app = typeof make === "function" ? await madeApp(await (make as (options: object) => unknown)({})) : null;
    if (app !== null) return app;
  }
  return null;
}

/** What a CommonJS module exports is the default of its namespace, and may hold names and a default of its own. */
function exportsOf(namespace: Exports): Exports {
  const { default: whole } = namespace;
  if (whole === null || typeof whole !== "object") return { ...(whole as object | undefined), ...namespace };
  const inner = whole as Exports;
  const isTranspiled = "__esModule" in inner && "default" in inner;
  return { ...(isPlain(inner) ? inner : {}), ...namespace, default: isTranspiled ? inner["default"] : whole };
}

/** An app has members of its own, which are no exports. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function listed({ default: whole, ...named }: Exports): string {
  const exported = Object.keys(named).filter((name) => name !== "module.exports" && name !== "__esModule");
  if (whole !== undefined) exported.unshift(`${shown(whole)} as default`);
  return exported.length === 0 ? "it exports nothing" : `it exports ${exported.join(", ")}`;
}
