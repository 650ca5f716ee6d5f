import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { isLoopbackHost } from "./target";
import { isUnreachable } from "./unreachable";

/** Resolves a host name. @throws Error if it cannot be resolved. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Resolves names with the operating system's resolver. */
export const resolveBySystem: ResolveHost = (hostname) => lookup(hostname, { all: true });

/** The only addresses that a scan connects to; or why it connects nowhere. */
export type Located = { addresses: readonly LookupAddress[] } | { problem: string; isForbidden: boolean };

/** Returns the addresses of this machine, including those of its interfaces at this moment. */
export function ownAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): BlockList {
  const own = new BlockList();
  own.addSubnet("127.0.0.0", 8, "ipv4");
  own.addAddress("::1", "ipv6");
  for (const { address, family } of Object.values(interfaces).flatMap((list) => list ?? [])) {
    own.addAddress(address, family === "IPv6" ? "ipv6" : "ipv4");
  }
  return own;
}

const isIn = (list: BlockList, { address, family }: LookupAddress): boolean =>
  list.check(address, family === 6 ? "ipv6" : "ipv4");

/** Returns why a name may not resolve to an address, or undefined if it may. Only `localhost` may name this machine. */
function objectionTo(target: URL, found: LookupAddress, own: BlockList): string | undefined {
  const { hostname } = target;
  if (isUnreachable(found.address)) return `${hostname} resolves to ${found.address}, which is never scanned`;
  const isOwn = isIn(own, found);
  if (isLoopbackHost(hostname)) return isOwn ? undefined : `${hostname} does not resolve to this machine`;
  return isOwn
    ? `${hostname} resolves to this machine, which is only scanned by address: create a project for the address ` +
        "itself, which the operator of the service must allow unless it is loopback"
    : undefined;
}

/** Resolves a target once for all requests of a scan: a name may resolve differently a moment later. */
export async function locate(target: URL, resolveHost: ResolveHost, own: BlockList = ownAddresses()): Promise<Located> {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  if (family !== 0) {
    return isUnreachable(host)
      ? { problem: `${host} is never scanned`, isForbidden: true }
      : { addresses: [{ address: host, family }] };
  }
  const addresses = await resolveHost(host).catch(() => []);
  if (addresses.length === 0) return { problem: `the name ${host} cannot be resolved`, isForbidden: false };
  const problem = addresses
    .map((found) => objectionTo(target, found, own))
    .find((objection) => objection !== undefined);
  return problem === undefined ? { addresses } : { problem, isForbidden: true };
}

/** Creates a lookup function that returns these addresses for any name. */
export function lookUpIn(addresses: readonly LookupAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) callback(new Error(`no address of ${hostname} was allowed`), "");
    else if (options.all === true) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}
