import { connect as connectTcp, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { closedEarly } from "./answer-reader.js";
import type { AttemptPhase } from "./attempt.js";
import { withoutRootDot } from "./callback-host.js";
import { OpenError } from "./failure.js";
import { openTunnel, type Proxy } from "./proxy.js";
import type { Resolve, Route } from "./resolver.js";
import { checkIdentity } from "./server-identity.js";

/** How the sender reaches hosts: two seams, who to trust, and a proxy where one was given. */
export interface Network {
  readonly resolve: Resolve;
  readonly route: Route;
  /** PEM certificates trusted beside the well-known roots. */
  readonly ca: readonly string[];
  readonly proxy: Proxy | null;
}

export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

/** An opening connection: how far it has come, and a way to give up. */
export interface Opening {
  phase: AttemptPhase;
  abort(): void;
}

/** One that has not begun. */
export const unopened = (): Opening => ({ phase: "dns", abort() {} });

/**
 * How long one address of several is tried before the next. Node gives up what is slower, so this leaves room for one
 * lost SYN, sent again after a second (RFC 6298 §2.1), and for several dead addresses within the deadline.
 */
const addressTimeoutMs = 2500;

/** Opens connections to one endpoint: DNS, TCP (every address in turn, RFC 8305), the proxy's tunnel, TLS. */
export class Opener {
  readonly #network: Network;
  readonly #endpoint: Endpoint;
  #trust: SecureContext | undefined;

  constructor(network: Network, endpoint: Endpoint) {
    this.#network = network;
    this.#endpoint = endpoint;
  }

  /** @throws OpenError with the phase in which it failed. */
  async open(opening: Opening): Promise<{ socket: Socket; tcp: Socket }> {
    const started = (underway: { destroy(): unknown }): void => {
      opening.abort = () => underway.destroy();
    };
    try {
      const tcp = await this.#openTcp(opening, started);
      started(tcp);
      const socket = this.#endpoint.secure ? await this.#handshake(opening, tcp) : tcp;
      opening.phase = "request";
      return { socket, tcp };
    } catch (error) {
      opening.abort();
      throw new OpenError(opening.phase, error);
    }
  }

  #openTcp(opening: Opening, started: (underway: { destroy(): unknown }) => void): Promise<Socket> {
    const { hostname, port } = this.#endpoint;
    const { proxy, resolve, route } = this.#network;
    if (proxy !== null) {
      opening.phase = "connect";
      return openTunnel(proxy, { hostname, port, started, trust: this.#trusted() });
    }
    const to = route(hostname, port);
    opening.phase = isIP(to.host) === 0 ? "dns" : "connect";
    const lookup: LookupFunction = (name, _options, done) => {
      addressesOf(name, resolve).then(
        (addresses) => {
          opening.phase = "connect";
          done(null, addresses);
        },
        (error: NodeJS.ErrnoException) => done(error, []),
      );
    };
    const socket = connectTcp({
      host: to.host,
      port: to.port,
      lookup,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: addressTimeoutMs,
      noDelay: true,
    });
    started(socket);
    return settledBy(socket, "connect");
  }

  async #handshake(opening: Opening, tcp: Socket): Promise<Socket> {
    opening.phase = "tls";
    const { hostname } = this.#endpoint;
    const socket = connectTls({
      socket: tcp,
      host: hostname,
      // RFC 6066 §3: a server name has no trailing dot and is never a literal address.
      ...(isIP(hostname) === 0 && { servername: withoutRootDot(hostname) }),
      checkServerIdentity: checkIdentity,
      ALPNProtocols: ["http/1.1"],
      ...this.#trusted(),
    });
    await settledBy(socket, "secureConnect");
    // Node tells of an alert that comes later, as over TLS 1.3, and keeps the connection, which is of no use any more.
    socket.once("error", (error) => socket.destroy(error));
    return socket;
  }

  /** Made once: parsing the root certificates takes longer than a handshake. */
  #trusted(): { readonly secureContext?: SecureContext } {
    if (this.#network.ca.length === 0) return {};
    this.#trust ??= createSecureContext({ ca: [...rootCertificates, ...this.#network.ca] });
    return { secureContext: this.#trust };
  }
}

async function addressesOf(name: string, resolve: Resolve): Promise<{ address: string; family: number }[]> {
  const addresses = (await resolve(name)).map((address) => ({ address, family: isIP(address) }));
  if (addresses.some(({ family }) => family === 0))
    throw new TypeError("the resolver gave something else than addresses");
  if (addresses.length === 0) throw Object.assign(new Error("no address"), { code: "ENODATA" });
  return addresses;
}

/** Resolves when the socket has come so far; what goes wrong after that is for whoever uses it. */
function settledBy(socket: Socket, event: "connect" | "secureConnect"): Promise<Socket> {
  return new Promise((settled, failed) => {
    socket.once("error", failed);
    socket.once("close", () => failed(closedEarly()));
    socket.once(event, () => settled(socket));
  });
}
