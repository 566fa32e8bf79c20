import type { Network } from "../sender/open-connection.js";
import { parseProxy } from "../sender/proxy.js";
import { directRoute, parseConnectTo } from "../sender/resolver.js";
import { readCaFile } from "./ca-file.js";
import type { OptionValues } from "./option.js";
import type { networkOptions } from "./target-options.js";

/** @throws UsageError for an option that is no use. */
export function networkOf(options: OptionValues<typeof networkOptions>): Partial<Network> {
  const connectTo = options["connect-to"];
  return {
    ca: options.ca === undefined ? [] : readCaFile(options.ca),
    proxy: options.proxy === undefined ? null : parseProxy(options.proxy),
    route: connectTo.length === 0 ? directRoute : parseConnectTo(connectTo),
  };
}
