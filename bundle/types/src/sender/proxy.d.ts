import { type Socket } from "node:net";
import type { SecureContext } from "node:tls";
/** An HTTP proxy that the user named; the environment's proxy variables are ignored (decision `wire`). */
export interface Proxy {
    readonly hostname: string;
    readonly port: number;
    readonly secure: boolean;
    /** Value of `Proxy-Authorization`; a secret. */
    readonly authorization: string | null;
}
/** @throws UsageError `ERR_PROXY` unless it is an absolute http(s) URL; the message holds no part of it. */
export declare function parseProxy(text: string): Proxy;
export interface Tunnel {
    /** Where it leads to. */
    readonly hostname: string;
    readonly port: number;
    /** Whom to trust as a proxy that speaks TLS. */
    readonly trust: {
        readonly secureContext?: SecureContext;
    };
    /** Gets what to destroy to give up, before anything else happens. */
    readonly started: (underway: {
        destroy(): unknown;
    }) => void;
}
/** Opens a tunnel with CONNECT (RFC 9110 §9.3.6). Rejects with a code that begins with `PROXY_`. */
export declare function openTunnel(proxy: Proxy, { hostname, port, trust, started }: Tunnel): Promise<Socket>;
