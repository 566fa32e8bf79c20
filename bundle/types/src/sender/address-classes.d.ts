/** `null`: the registry says neither (N/A). */
type Row = readonly [block: string, name: string, rfc: string, globallyReachable: boolean | null];
/**
 * IANA's IPv4 and IPv6 Special-Purpose Address Registries as of 2025-10-09, column *Globally Reachable*, and below
 * them what other registries of IANA's say of blocks that no receiver can have.
 * @internal
 */
export declare const specialPurposeAddresses: readonly Row[];
export type Reachability = {
    readonly reachable: true;
} | {
    readonly reachable: false;
    readonly why: string;
};
/**
 * Whether a datagram to this address is forwarded beyond an administrative domain: by the longest registered prefix
 * that holds it, where an N/A of the registry is no yes. An IPv4 address carried in an IPv6 one decides for it.
 * @param address may have a zone id, which is left out of account.
 */
export declare function isGloballyReachable(address: string): Reachability;
export {};
