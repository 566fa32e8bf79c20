/** Every address of a name, in the resolver's order; an IP literal is its own address. Rejects where there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;
/**
 * Where the connection to a host really goes; what comes back may be a name, which is then resolved. It changes
 * nothing about what a name resolves to, which names a certificate must have, or the Host header.
 * @param address the one address of the host that is about to be connected to, where it matters which.
 */
export type Route = (host: string, port: number, address?: string) => {
    readonly host: string;
    readonly port: number;
};
/** Through the operating system, as any program here would. */
export declare const systemResolve: Resolve;
export declare const directRoute: Route;
/**
 * Reads curl's `--connect-to HOST1:PORT1:HOST2:PORT2`: connections to the first pair go to the second. An empty HOST1
 * or PORT1 matches any, an empty HOST2 or PORT2 keeps what was asked for, IPv6 stands in brackets, the first match wins.
 * @throws UsageError `ERR_CONNECT_TO` that names the value.
 */
export declare function parseConnectTo(specs: readonly string[]): Route;
