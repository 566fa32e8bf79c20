import { createRequire } from "node:module";
import type * as NodeServer from "@hono/node-server";
import type * as Responses from "@hono/node-server/utils/response";
import { UsageError } from "../../errors.js";

export interface FetchAdapter {
  readonly getRequestListener: typeof NodeServer.getRequestListener;
  readonly alreadySent: typeof Responses.RESPONSE_ALREADY_SENT;
}

/**
 * What has Node serve an app of the Fetch API: an optional peer, which only such apps need and mostly bring along.
 * @param places files beside whose packages it is looked for, in this order.
 * @throws UsageError `ERR_APP` where it is nowhere.
 */
export function fetchAdapter(places: readonly string[]): FetchAdapter {
  for (const place of places) {
    const require = createRequire(place);
    try {
      require.resolve("@hono/node-server");
    } catch {
      continue;
    }
    const { getRequestListener } = require("@hono/node-server") as typeof NodeServer;
    const { RESPONSE_ALREADY_SENT: alreadySent } = require("@hono/node-server/utils/response") as typeof Responses;
    return { getRequestListener, alreadySent };
  }
  throw new UsageError(
    "ERR_APP",
    "expected the package @hono/node-server, with which Node serves an app that answers a Request by a Response; found none: npm install --save-dev @hono/node-server",
  );
}
