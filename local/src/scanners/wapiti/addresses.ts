import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { isLoopbackHost } from "./target";
import { isUnreachable } from "./unreachable";

/** Where a host name leads. @throws Error where it leads nowhere. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/** As the operating system resolves names. */
export const resolveBySystem: ResolveHost = (hostname) => lookup(hostname, { all: true });

/** The addresses that a scan connects to, and none others; or why it connects nowhere. */
export type Located = { addresses: readonly LookupAddress[] } | { problem: string; isForbidden: boolean };

/** The addresses of this machine, those of its interfaces as they are now. */
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

/** Why a name may not lead to an address, or undefined where it may. Only `localhost` is a name for this machine. */
function objectionTo(target: URL, found: LookupAddress, own: BlockList): string | undefined {
  const { hostname } = target;
  if (isUnreachable(found.address)) return `${hostname} leads to ${found.address}, which is never scanned`;
  const isOwn = isIn(own, found);
  if (isLoopbackHost(hostname)) return isOwn ? undefined : `${hostname} does not lead to this machine`;
  return isOwn
    ? `${hostname} leads to this machine, which is scanned only under its addresses: make a project of the address ` +
        "itself, which the operator of the service has to allow where it is not loopback"
    : undefined;
}

/** Finds where a target is, once for all requests of a scan: a name may lead elsewhere a moment later. */
export async function locate(target: URL, resolveHost: ResolveHost, own: BlockList = ownAddresses()): Promise<Located> {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  if (family !== 0) {
    return isUnreachable(host)
      ? { problem: `${host} is never scanned`, isForbidden: true }
      : { addresses: [{ address: host, family }] };
  }
  const addresses = await resolveHost(host).catch(() => []);
  if (addresses.length === 0) return { problem: `the name ${host} leads nowhere`, isForbidden: false };
  const problem = addresses
    .map((found) => objectionTo(target, found, own))
    .find((objection) => objection !== undefined);
  return problem === undefined ? { addresses } : { problem, isForbidden: true };
}

/** Connects to these addresses, whatever name is asked for. */
export function lookUpIn(addresses: readonly LookupAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) callback(new Error(`no address of ${hostname} was allowed`), "");
    else if (options.all === true) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}
