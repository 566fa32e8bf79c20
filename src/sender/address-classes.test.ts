import ipaddr from "ipaddr.js";
import { describe, expect, it, test } from "vitest";
import { isGloballyReachable, specialPurposeAddresses } from "./address-classes.js";

const yes = { reachable: true };
const no = (why: string) => ({ reachable: false, why });

/** Judged by the address inside or by more rows than one, and so tested apart. */
const apart = new Set(["::ffff:0:0/96", "64:ff9b::/96", "2002::/16", "::/0", "2000::/3"]);

function ends(block: string): [first: string, last: string] {
  const family = block.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  return [family.networkAddressFromCIDR(block).toString(), family.broadcastAddressFromCIDR(block).toString()];
}

const within = (address: string, block: string): boolean => {
  const parsed = ipaddr.parse(address);
  const range = ipaddr.parseCIDR(block);
  return range[0].kind() === parsed.kind() && parsed.match(range);
};

/** Whether a longer prefix of the table takes the address over. */
const takenOver = (address: string, block: string): boolean =>
  specialPurposeAddresses.some(
    ([other]) => Number(other.split("/")[1]) > Number(block.split("/")[1]) && within(address, other),
  );

describe("each row of the registries decides for its first and its last address", () => {
  test.each(specialPurposeAddresses.filter(([block]) => !apart.has(block)))("%s %s (%s): %s", (...row) => {
    const [block, name, rfc, reachable] = row;
    for (const address of ends(block)) {
      if (takenOver(address, block)) continue;
      expect(isGloballyReachable(address), address).toEqual(reachable === true ? yes : no(`${name}, ${rfc}`));
    }
  });
});

describe("what the registries say of an address in each of their blocks", () => {
  test.each([
    ["0.0.0.0", "This host on this network, RFC 1122"],
    ["0.5.0.1", "This network, RFC 791"],
    ["10.5.0.1", "Private-Use, RFC 1918"],
    ["100.64.5.1", "Shared Address Space, RFC 6598"],
    ["127.5.0.1", "Loopback, RFC 1122"],
    ["169.254.0.1", "Link Local, RFC 3927"],
    ["172.16.5.1", "Private-Use, RFC 1918"],
    ["192.0.0.1", "IPv4 Service Continuity Prefix, RFC 7335"],
    ["192.0.0.11", "IETF Protocol Assignments, RFC 6890"],
    ["192.0.0.170", "NAT64/DNS64 Discovery, RFC 8880"],
    ["192.0.0.171", "NAT64/DNS64 Discovery, RFC 8880"],
    ["192.0.0.8", "IPv4 dummy address, RFC 7600"],
    ["192.0.2.1", "Documentation (TEST-NET-1), RFC 5737"],
    ["192.168.0.1", "Private-Use, RFC 1918"],
    ["192.88.99.1", "Deprecated (6to4 Relay Anycast), RFC 7526"],
    ["192.88.99.2", "6a44-relay anycast address, RFC 6751"],
    ["198.18.5.1", "Benchmarking, RFC 2544"],
    ["198.51.100.1", "Documentation (TEST-NET-2), RFC 5737"],
    ["203.0.113.1", "Documentation (TEST-NET-3), RFC 5737"],
    ["224.5.0.1", "Multicast, RFC 5771"],
    ["240.5.0.1", "Reserved, RFC 1112"],
    ["255.255.255.255", "Limited Broadcast, RFC 8190"],
    ["100::1:500:0:0:1", "Dummy IPv6 Prefix, RFC 9780"],
    ["100::500:0:0:1", "Discard-Only Address Block, RFC 6666"],
    ["2001:0:500::1", "TEREDO, RFC 4380"],
    ["2001:10:500::1", "Deprecated (previously ORCHID), RFC 4843"],
    ["2001:2:0:500::1", "Benchmarking, RFC 5180"],
    ["2001:5::1", "IETF Protocol Assignments, RFC 2928"],
    ["2001:db8:500::1", "Documentation, RFC 3849"],
    ["3fff:5::1", "Documentation, RFC 9637"],
    ["500::1", "Reserved by IETF, not allocated, RFC 4291"],
    ["5f00:500::1", "Segment Routing (SRv6) SIDs, RFC 9602"],
    ["64:ff9b:1:500::1", "IPv4-IPv6 Translation, RFC 8215"],
    ["::", "Unspecified Address, RFC 4291"],
    ["::1", "Loopback Address, RFC 4291"],
    ["fc05::1", "Unique-Local, RFC 4193"],
    ["fe80:500::1", "Link-Local Unicast, RFC 4291"],
    ["fec0:500::1", "Site-Local Unicast, deprecated, RFC 3879"],
    ["ff05::1", "Multicast, RFC 4291"],
  ])("%s is not global: %s", (address, why) => expect(isGloballyReachable(address)).toEqual(no(why)));

  test.each(["192.31.196.1", "192.52.193.1", "192.175.48.1", "2620:4f:8000:500::1", "2606:4700::1111"])(
    "%s is global",
    (address) => expect(isGloballyReachable(address)).toEqual(yes),
  );
});

describe("the neighbours of a row are not touched by it", () => {
  test.each([
    ["9.255.255.255", "11.0.0.0"],
    ["1.0.0.0", "126.255.255.255"],
    ["100.63.255.255", "100.128.0.0"],
    ["128.0.0.0", "169.253.255.255"],
    ["169.255.0.0", "172.15.255.255"],
    ["172.32.0.0", "191.255.255.255"],
    ["192.0.1.0", "192.0.1.255"],
    ["192.0.3.0", "192.31.195.255"],
    ["192.31.197.0", "192.52.192.255"],
    ["192.52.194.0", "192.88.98.255"],
    ["192.88.100.0", "192.167.255.255"],
    ["192.169.0.0", "192.175.47.255"],
    ["192.175.49.0", "198.17.255.255"],
    ["198.20.0.0", "198.51.99.255"],
    ["198.51.101.0", "203.0.112.255"],
    ["203.0.114.0", "223.255.255.255"],
    ["2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2001:db9::", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2003::", "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff"],
    ["2620:4f:8001::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ])("%s and %s are global", (first, last) => {
    expect(isGloballyReachable(first)).toEqual(yes);
    expect(isGloballyReachable(last)).toEqual(yes);
  });
});

describe("exceptions inside a block that is not reachable", () => {
  test.each([
    "192.0.0.9",
    "192.0.0.10",
    "2001:1::1",
    "2001:1::2",
    "2001:1::3",
    "2001:3::1",
    "2001:4:112::1",
    "2001:20::1",
    "2001:3f::1",
  ])("%s is global", (address) => expect(isGloballyReachable(address)).toEqual(yes));

  test.each([
    "192.0.0.11",
    "192.0.0.8",
    "192.0.0.172",
    "2001:1::",
    "2001:1::4",
    "2001:4:111::1",
    "2001:4:113::1",
    "2001:40::1",
  ])("%s beside it is not", (address) => expect(isGloballyReachable(address).reachable).toBe(false));
});

describe("what the registries call N/A is no yes", () => {
  test.each(["192.88.99.1", "2001::1", "2001:10::1"])("%s", (address) => {
    expect(isGloballyReachable(address).reachable).toBe(false);
  });
});

describe("an IPv4 address that an IPv6 one carries decides", () => {
  test.each(["64:ff9b::808:808", "64:ff9b::8.8.8.8", "2002:808:808::1", "::ffff:8.8.8.8", "::ffff:c01f:c401"])(
    "%s is global",
    (address) => expect(isGloballyReachable(address)).toEqual(yes),
  );

  test.each([
    ["64:ff9b::a00:1", "it carries 10.0.0.1: Private-Use, RFC 1918"],
    ["64:ff9b::ffff:ffff", "it carries 255.255.255.255: Limited Broadcast, RFC 8190"],
    ["2002:7f00:1::1", "it carries 127.0.0.1: Loopback, RFC 1122"],
    ["2002:c0a8:1:2:3:4:5:6", "it carries 192.168.0.1: Private-Use, RFC 1918"],
    ["::ffff:10.0.0.1", "Private-Use, RFC 1918"],
    ["64:ff9b:1::808:808", "IPv4-IPv6 Translation, RFC 8215"],
  ])("%s is not global: %s", (address, why) => {
    expect(isGloballyReachable(address)).toEqual(no(why));
  });
});

describe("IPv6 space that IANA has not handed out", () => {
  test.each([
    "::2",
    "::8.8.8.8",
    "64:ff9c::1",
    "100:0:0:2::1",
    "200::1",
    "1fff:ffff::1",
    "4000::1",
    "5f01::1",
    "fe00::1",
  ])("%s is not global", (address) =>
    expect(isGloballyReachable(address)).toEqual(no("Reserved by IETF, not allocated, RFC 4291")),
  );
});

it("leaves a zone id out of account", () => {
  expect(isGloballyReachable("fe80::1%eth0")).toEqual(no("Link-Local Unicast, RFC 4291"));
  expect(isGloballyReachable("2606:4700::1111%1")).toEqual(yes);
});

it("does not take text that is no address for reachable", () => {
  expect(isGloballyReachable("example.com")).toEqual(no("not an IP address"));
});
