import { lookup } from "node:dns/promises";
import { UsageError } from "../errors.js";
import { parsedUrl } from "../parsed-url.js";

/** Every address of a name, in the resolver's order; an IP literal is its own address. Rejects where there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/**
 * Where the connection to a host really goes; what comes back may be a name, which is then resolved. It changes
 * nothing about what a name resolves to, which names a certificate must have, or the Host header.
 * @param address the one address of the host that is about to be connected to, where it matters which.
 */
export type Route = (host: string, port: number, address?: string) => { readonly host: string; readonly port: number };

/** Through the operating system, as any program here would. */
export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
};

export const directRoute: Route = (host, port) => ({ host, port });

const connectTo = /^(\[[^\]]*\]|[^:[\]]*):(\d*):(\[[^\]]*\]|[^:[\]]*):(\d*)$/;

/**
 * Reads curl's `--connect-to HOST1:PORT1:HOST2:PORT2`: connections to the first pair go to the second. An empty HOST1
 * or PORT1 matches any, an empty HOST2 or PORT2 keeps what was asked for, IPv6 stands in brackets, the first match wins.
 * @throws UsageError `ERR_CONNECT_TO` that names the value.
 */
export function parseConnectTo(specs: readonly string[]): Route {
  const rules = specs.map((spec) => {
    const found = connectTo.exec(spec);
    if (found === null) throw unusable(spec, "HOST1:PORT1:HOST2:PORT2, with IPv6 addresses in brackets");
    const [, fromHost = "", fromPort = "", toHost = "", toPort = ""] = found;
    return {
      from: { host: hostOf(fromHost, spec), port: portOf(fromPort, spec) },
      to: { host: hostOf(toHost, spec), port: portOf(toPort, spec) },
    };
  });
  return (host, port) => {
    const rule = rules.find(({ from }) => (from.host ?? host) === host && (from.port ?? port) === port);
    return { host: rule?.to.host ?? host, port: rule?.to.port ?? port };
  };
}

/** As the URL parser writes it, so that it compares with a callback URL's host; null where it is left out. */
function hostOf(text: string, spec: string): string | null {
  if (text === "") return null;
  const url = parsedUrl(`http://${text}/`);
  if (url === null) throw unusable(spec, "a host name or address in each host's place");
  return url.hostname.replaceAll(/[[\]]/g, "");
}

function portOf(text: string, spec: string): number | null {
  if (text === "") return null;
  const port = Number(text);
  if (port < 1 || port > 65_535) throw unusable(spec, "ports from 1 to 65535");
  return port;
}

function unusable(spec: string, expected: string): UsageError {
  return new UsageError("ERR_CONNECT_TO", `--connect-to: expected ${expected}, got ${JSON.stringify(spec)}`);
}
