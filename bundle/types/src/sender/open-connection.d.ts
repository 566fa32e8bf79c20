import { type Socket } from "node:net";
import type { AttemptPhase } from "./attempt.js";
import { type Proxy } from "./proxy.js";
import type { Resolve, Route } from "./resolver.js";
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
/** Opens connections to one endpoint: DNS, TCP (every address in turn, RFC 8305), the proxy's tunnel, TLS. */
export declare class Opener {
    #private;
    constructor(network: Network, endpoint: Endpoint);
    /** @throws OpenError with the phase in which it failed. */
    open(opening: Opening): Promise<{
        socket: Socket;
        tcp: Socket;
    }>;
}
