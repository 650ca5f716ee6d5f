import { BlockList, isIP } from "node:net";

/**
 * Addresses that no scan connects to, whatever name resolves to them: 0.0.0.0 and :: mean no host, and at link-local
 * addresses (and similar ones) clouds serve metadata for their machines only, above all credentials.
 */
const UNREACHABLE = new BlockList();
UNREACHABLE.addSubnet("0.0.0.0", 8, "ipv4");
UNREACHABLE.addSubnet("169.254.0.0", 16, "ipv4");
UNREACHABLE.addAddress("100.100.100.200", "ipv4");
UNREACHABLE.addAddress("::", "ipv6");
UNREACHABLE.addSubnet("fe80::", 10, "ipv6");
UNREACHABLE.addAddress("fd00:ec2::254", "ipv6");

/** Returns whether an address, without brackets, is one that no scan connects to; false for a name. */
export function isUnreachable(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && UNREACHABLE.check(address, family === 6 ? "ipv6" : "ipv4");
}
