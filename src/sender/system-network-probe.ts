import { createSecureContext, rootCertificates, type ConnectionOptions } from "node:tls";
import type { Clock, Hold } from "../clock/clock.js";
import type { CallbackUrl } from "./callback-url.js";
import { connectionFailure, timeoutFailure } from "./failure.js";
import type { ConnectResult, HandshakeResult, NetworkProbe, Resolution } from "./network-probe.js";
import { Opener, type Endpoint, type Network, type Opening } from "./open-connection.js";
import type { Proxy } from "./proxy.js";
import type { Resolve, Route } from "./resolver.js";
import { tlsHandshake } from "./tls-handshake.js";

export interface NetworkProbeOptions {
  readonly url: CallbackUrl;
  readonly resolve: Resolve;
  readonly route: Route;
  /** PEM certificates trusted beside the well-known roots. */
  readonly ca: readonly string[];
  /** @default null */
  readonly proxy?: Proxy | null;
  /** Milliseconds after which a call ends without an answer. */
  readonly deadlineMs: number;
  /** Of the deadline and of certificate dates, so wall time in earnest. */
  readonly clock: Clock;
}

/** The name does not exist, or has no A and no AAAA record; other codes say that the resolver did not answer. */
const noAddressCodes = new Set(["ENOTFOUND", "ENODATA"]);
const noRouteCodes = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ENETDOWN", "EAFNOSUPPORT"]);

/** TLS 1.0 and 1.1 sign with SHA-1 and MD5, which OpenSSL 3 offers at security level 0 alone. */
const oldTls = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

/** A probe that ends with the run: what is still under way when it is closed ends as if its deadline had come. */
export interface ClosableNetworkProbe extends NetworkProbe {
  close(): void;
}

/** Probes the callback URL's host as the sender would reach it. A call holds the clock, and leaves no socket open. */
export function createNetworkProbe(options: NetworkProbeOptions): ClosableNetworkProbe {
  const { url, resolve, route, ca, proxy = null, deadlineMs, clock } = options;
  const endpoint: Endpoint = { hostname: url.hostname, port: url.port, secure: false };
  const underWay = new Set<() => void>();
  let trust: ConnectionOptions | undefined;

  async function bounded<T>(
    work: (opening: Opening, hold: Hold) => Promise<T>,
    late: (opening: Opening) => T,
  ): Promise<T> {
    const opening: Opening = { phase: "dns", abort() {} };
    const hold = clock.hold();
    let ring = (): void => {};
    const deadline = new Promise<T>((done) => (ring = () => done(late(opening))));
    const timer = clock.timer(deadlineMs, () => ring());
    underWay.add(ring);
    try {
      return await Promise.race([work(opening, hold), deadline]);
    } finally {
      underWay.delete(ring);
      timer.cancel();
      opening.abort();
      hold.release();
    }
  }

  const openTcp = async (network: Network, opening: Opening, hold: Hold) => {
    const { tcp } = await new Opener(network, endpoint).open(opening);
    if (tcp.localPort !== undefined) hold.bind(tcp.localPort);
    return tcp;
  };

  return {
    close() {
      for (const ring of underWay) ring();
    },

    resolve: () =>
      bounded<Resolution>(
        async () => {
          try {
            const addresses = [...new Set(await resolve(url.hostname))];
            return addresses.length > 0 ? { kind: "resolved", addresses } : noAddress("ENODATA");
          } catch (error) {
            const code = (error as NodeJS.ErrnoException).code ?? "UNKNOWN";
            return noAddressCodes.has(code) ? noAddress(code) : { kind: "no-answer", code };
          }
        },
        () => ({ kind: "no-answer", code: "TIMEOUT" }),
      ),

    async connect(address) {
      if (proxy !== null) return { kind: "no-route", code: "PROXY" };
      const to = route(url.hostname, url.port, address);
      const host = to.host === url.hostname ? address : to.host;
      const there: Network = { resolve, route: () => ({ host, port: to.port }), ca, proxy: null };
      return bounded<ConnectResult>(
        async (opening, hold) => {
          try {
            await openTcp(there, opening, hold);
            return { kind: "connected", to: `${host.includes(":") ? `[${host}]` : host}:${to.port}` };
          } catch (error) {
            const { code, message } = connectionFailure(error, opening.phase);
            return noRouteCodes.has(code) ? { kind: "no-route", code } : { kind: "failed", code, message };
          }
        },
        ({ phase }) => ({ kind: "failed", ...codeAndMessage(timeoutFailure(phase, deadlineMs)) }),
      );
    },

    handshake: ({ maxVersion } = {}) =>
      bounded<HandshakeResult>(
        async (opening, hold) => {
          let tcp;
          try {
            tcp = await openTcp({ resolve, route, ca, proxy }, opening, hold);
          } catch (error) {
            return { kind: "no-answer", ...codeAndMessage(connectionFailure(error, opening.phase)) };
          }
          opening.phase = "tls";
          const offer = maxVersion === undefined ? (trust ??= trustOf(ca)) : { ...oldTls, maxVersion };
          return tlsHandshake(tcp, { hostname: url.hostname, now: clock.now(), offer });
        },
        ({ phase }) => ({ kind: "no-answer", ...codeAndMessage(timeoutFailure(phase, deadlineMs)) }),
      ),
  };

  /** A network that needs a proxy often resolves no public names itself. */
  function noAddress(code: string): Resolution {
    return proxy === null
      ? { kind: "no-address", code }
      : { kind: "no-answer", code: `${code} on this side of the proxy` };
  }
}

function trustOf(ca: readonly string[]): ConnectionOptions {
  return ca.length === 0 ? {} : { secureContext: createSecureContext({ ca: [...rootCertificates, ...ca] }) };
}

function codeAndMessage({ code, message }: { readonly code: string; readonly message: string }) {
  return { code, message };
}
