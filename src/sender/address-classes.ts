import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `null`: the registry says neither (N/A). */
type Row = readonly [block: string, name: string, rfc: string, globallyReachable: boolean | null];

/**
 * IANA's IPv4 and IPv6 Special-Purpose Address Registries as of 2025-10-09, column *Globally Reachable*, and below
 * them what other registries of IANA's say of blocks that no receiver can have.
 * @internal
 */
export const specialPurposeAddresses: readonly Row[] = [
  ["0.0.0.0/8", "This network", "RFC 791", false],
  ["0.0.0.0/32", "This host on this network", "RFC 1122", false],
  ["10.0.0.0/8", "Private-Use", "RFC 1918", false],
  ["100.64.0.0/10", "Shared Address Space", "RFC 6598", false],
  ["127.0.0.0/8", "Loopback", "RFC 1122", false],
  ["169.254.0.0/16", "Link Local", "RFC 3927", false],
  ["172.16.0.0/12", "Private-Use", "RFC 1918", false],
  ["192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890", false],
  ["192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", false],
  ["192.0.0.8/32", "IPv4 dummy address", "RFC 7600", false],
  ["192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", true],
  ["192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
  ["192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880", false],
  ["192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880", false],
  ["192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", false],
  ["192.31.196.0/24", "AS112-v4", "RFC 7535", true],
  ["192.52.193.0/24", "AMT", "RFC 7450", true],
  ["192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", null],
  ["192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", false],
  ["192.168.0.0/16", "Private-Use", "RFC 1918", false],
  ["192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", true],
  ["198.18.0.0/15", "Benchmarking", "RFC 2544", false],
  ["198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", false],
  ["203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", false],
  ["240.0.0.0/4", "Reserved", "RFC 1112", false],
  ["255.255.255.255/32", "Limited Broadcast", "RFC 8190", false],

  ["::1/128", "Loopback Address", "RFC 4291", false],
  ["::/128", "Unspecified Address", "RFC 4291", false],
  ["::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291", false],
  ["64:ff9b::/96", "IPv4-IPv6 Translation", "RFC 6052", true],
  ["64:ff9b:1::/48", "IPv4-IPv6 Translation", "RFC 8215", false],
  ["100::/64", "Discard-Only Address Block", "RFC 6666", false],
  ["100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", false],
  ["2001::/23", "IETF Protocol Assignments", "RFC 2928", false],
  ["2001::/32", "TEREDO", "RFC 4380", null],
  ["2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", true],
  ["2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", true],
  ["2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", true],
  ["2001:2::/48", "Benchmarking", "RFC 5180", false],
  ["2001:3::/32", "AMT", "RFC 7450", true],
  ["2001:4:112::/48", "AS112-v6", "RFC 7535", true],
  ["2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", null],
  ["2001:20::/28", "ORCHIDv2", "RFC 7343", true],
  ["2001:30::/28", "Drone Remote ID Protocol Entity Tags", "RFC 9374", true],
  ["2001:db8::/32", "Documentation", "RFC 3849", false],
  ["2002::/16", "6to4", "RFC 3056", null],
  ["2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", true],
  ["3fff::/20", "Documentation", "RFC 9637", false],
  ["5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", false],
  ["fc00::/7", "Unique-Local", "RFC 4193", false],
  ["fe80::/10", "Link-Local Unicast", "RFC 4291", false],

  ["224.0.0.0/4", "Multicast", "RFC 5771", false],
  ["ff00::/8", "Multicast", "RFC 4291", false],
  ["fec0::/10", "Site-Local Unicast, deprecated", "RFC 3879", false],
  // IANA has handed out global unicast addresses from 2000::/3 alone (IPv6 Address Space registry).
  ["2000::/3", "Global Unicast", "RFC 4291", true],
  ["::/0", "Reserved by IETF, not allocated", "RFC 4291", false],
];

/** IPv6 blocks that hold an IPv4 address, which decides, and the byte at which it starts (RFC 6052 §2.2, RFC 3056 §2). */
const carriers: readonly (readonly [block: string, offset: number])[] = [
  ["64:ff9b::/96", 12],
  ["2002::/16", 2],
];

export type Reachability = { readonly reachable: true } | { readonly reachable: false; readonly why: string };

/**
 * Whether a datagram to this address is forwarded beyond an administrative domain: by the longest registered prefix
 * that holds it, where an N/A of the registry is no yes. An IPv4 address carried in an IPv6 one decides for it.
 * @param address may have a zone id, which is left out of account.
 */
export function isGloballyReachable(address: string): Reachability {
  const [literal = ""] = address.split("%");
  if (isIP(literal) === 0) return { reachable: false, why: "not an IP address" };
  const parsed = parseAddress(literal);
  if (parsed.kind() === "ipv6") {
    const offset = carriers.find(([block]) => within(parsed, block))?.[1];
    if (offset !== undefined) {
      const inside = ipaddr.fromByteArray(parsed.toByteArray().slice(offset, offset + 4)).toString();
      const judged = isGloballyReachable(inside);
      return judged.reachable ? judged : { reachable: false, why: `it carries ${inside}: ${judged.why}` };
    }
  }
  const row = byLongestPrefix.find(([block]) => within(parsed, block));
  if (row === undefined || row[3] === true) return { reachable: true };
  return { reachable: false, why: `${row[1]}, ${row[2]}` };
}

/** An IPv4-mapped address as IPv4. The URL parser comes first: ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`. */
function parseAddress(literal: string): Address {
  return ipaddr.process(literal.includes(":") ? new URL(`http://[${literal}]`).hostname.slice(1, -1) : literal);
}

const prefixLength = (block: string): number => Number(block.slice(block.indexOf("/") + 1));

const byLongestPrefix = [...specialPurposeAddresses].sort(([a], [b]) => prefixLength(b) - prefixLength(a));

function within(address: Address, block: string): boolean {
  const range = ipaddr.parseCIDR(block);
  return range[0].kind() === address.kind() && address.match(range);
}
