/* oxlint-disable no-restricted-globals -- the app's own time */
import vm from "node:vm";

type Made = (this: unknown, ...args: unknown[]) => unknown;

/** Each context comes with its own of these, which tell the real time. */
const tellers = ["Date", "Intl", "Temporal"] as const;

/** Has the contexts of `node:vm` that are made from now on tell the app's time. */
export function moveContexts(): void {
  const patched = vm as unknown as Record<"createContext" | "runInNewContext", Made>;
  const { createContext, runInNewContext } = patched;
  const moved = (object: unknown = {}, ...options: unknown[]): unknown => {
    const context = createContext.call(vm, object, ...options) as object;
    for (const name of tellers) {
      const value: unknown = (globalThis as Record<string, unknown>)[name];
      if (value !== undefined && !Object.hasOwn(context, name))
        Object.defineProperty(context, name, { value, configurable: true, writable: true });
    }
    return context;
  };
  patched.createContext = moved;
  // Both take what is a context already as it is.
  patched.runInNewContext = (code, object, options) => runInNewContext.call(vm, code, moved(object), options);
  const scripts = vm.Script.prototype as unknown as Record<"runInNewContext", Made>;
  const { runInNewContext: runScript } = scripts;
  scripts.runInNewContext = function runMoved(object, options) {
    return runScript.call(this, moved(object), options);
  };
}
