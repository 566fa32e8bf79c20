import { createRequire } from "node:module";
import { UsageError } from "../../errors.js";
import type { RequestListener } from "./app-kind.js";

/** What is used of the package h3, version 1. */
interface H3 {
  readonly createApp?: () => { use(handler: object): object };
  readonly toNodeListener?: (app: object) => RequestListener;
}

/**
 * Has Node serve an app of h3's first version, or a router or a handler of it alone, by that package itself.
 * @param places files beside whose packages it is looked for, in this order.
 * @throws UsageError `ERR_APP` where it is nowhere.
 */
export function h3Listener(app: object, places: readonly string[]): RequestListener {
  for (const place of places) {
    const { createApp, toNodeListener } = packageAt(place);
    if (createApp !== undefined && toNodeListener !== undefined) {
      return toNodeListener("stack" in app ? app : createApp().use(app));
    }
  }
  throw new UsageError(
    "ERR_APP",
    "expected the package h3 of version 1, with which Node serves such an app, beside it; found none: export toNodeListener(app) of the h3 that it is written with",
  );
}

function packageAt(place: string): H3 {
  try {
    const require = createRequire(place);
    // Later ones have the names, and serve none of its apps.
    const { version } = require("h3/package.json") as { readonly version: string };
    return version.startsWith("1.") ? (require("h3") as H3) : {};
  } catch {
    return {};
  }
}
