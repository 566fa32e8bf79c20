import { connect, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import type { CallbackUrl } from "../../sender/callback-url.js";
import type { Network } from "../../sender/open-connection.js";
import { directRoute, systemResolve } from "../../sender/resolver.js";

/** Where a process of this machine is to listen. */
export interface LocalEndpoint {
  /** Any one of them will do. */
  readonly addresses: readonly string[];
  readonly port: number;
}

/** This machine refuses at once; whatever drops what is sent to it does not listen. */
const connectTimeoutMs = 1000;

/** @throws UsageError `ERR_EXEC_URL` for a URL that leads to another machine, or to none. */
export async function localEndpoint(url: CallbackUrl, network: Partial<Network> = {}): Promise<LocalEndpoint> {
  const { resolve = systemResolve, route = directRoute } = network;
  const { host, port } = route(url.hostname, url.port);
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const foreign = addresses.find((address) => !isOfThisMachine(address));
  if (foreign === undefined && addresses.length > 0) return { addresses, port };
  throw new UsageError(
    "ERR_EXEC_URL",
    `--url: expected a URL of this machine, such as http://127.0.0.1:3000/hook, since --exec starts the receiver here; ${
      foreign === undefined
        ? `the name ${host} has no address`
        : `${host === foreign ? host : `${host}, which is ${foreign},`} is another machine`
    }`,
  );
}

function isOfThisMachine(address: string): boolean {
  const normal = ipaddr.process(address);
  if (["loopback", "unspecified"].includes(normal.range())) return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some((one) => ipaddr.process(one.address).toString() === normal.toString());
}

/** Whether something accepts connections there. The connection is closed at once, without a byte. */
export async function accepts({ addresses, port }: LocalEndpoint): Promise<boolean> {
  for (const address of addresses) if (await acceptsAt(address, port)) return true;
  return false;
}

function acceptsAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const give = (accepted: boolean): void => {
      patience.cancel();
      socket.destroy();
      resolve(accepted);
    };
    const patience = systemClock.timer(connectTimeoutMs, () => give(false));
    socket.once("connect", () => give(true));
    socket.once("error", () => give(false));
  });
}
