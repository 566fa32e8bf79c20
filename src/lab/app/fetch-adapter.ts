import { createRequire } from "node:module";
import type * as NodeServer from "@hono/node-server";

export type FetchAdapter = Pick<typeof NodeServer, "getRequestListener">;

/**
 * What has Node serve an app of the Fetch API: the one that the app's project has for that, or else our own.
 * @param places files beside whose packages it is looked for, in this order.
 */
export async function fetchAdapter(places: readonly string[]): Promise<FetchAdapter> {
  for (const place of places) {
    const require = createRequire(place);
    try {
      require.resolve("@hono/node-server");
    } catch {
      continue;
    }
    return require("@hono/node-server") as FetchAdapter;
  }
  return import("@hono/node-server");
}

/** Has the adapter leave alone what was answered otherwise; any version of it knows this header. */
export const alreadySent = (): Response => new Response(null, { headers: { "x-hono-already-sent": "true" } });
