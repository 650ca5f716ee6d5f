import type { Cause } from "./problem";

const LOCALHOST = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+)$/i;
const PRIVATE_IP = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)\d/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const TOP_LEVEL_DOMAIN = /\.([a-z]{2,63}|xn--[a-z0-9-]+)$/i;
const MAX_PORT = 65_535;

export interface AddressRules {
  /** Whether localhost and IP addresses are allowed, which the real service rejects. */
  allowLocal: boolean;
}

/**
 * Returns why an address of a target is rejected; empty if it is accepted.
 * ASSUMED: which address gets which code, and the names PORT_INVALID_TARGET_URL, TOP_LEVEL_DOMAIN_INVALID_TARGET_URL and
 * INVALID_TARGET_URL.
 */
export function causesAgainst(address: string, { allowLocal }: AddressRules): Cause[] {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) {
    return [{ code: "PROTOCOL_IN_TARGET_URL", detail: "The URL must not have a protocol." }];
  }
  const authority = address.split(/[/?#]/)[0] ?? "";
  const hasUser = authority.includes("@");
  const { host, port } = partsOf(authority.slice(authority.lastIndexOf("@") + 1));
  const causes: Cause[] = [];
  if (address !== address.toLowerCase()) {
    causes.push({ code: "TARGET_URL_NOT_LOWERCASE", detail: "The URL must be in lower case." });
  }
  if (hasUser) causes.push({ code: "USER_INFO_DETECTED_TARGET_URL", detail: "The URL must not have a user." });
  if (port !== undefined && !isPort(port)) {
    causes.push({ code: "PORT_INVALID_TARGET_URL", detail: `The port ${port} is invalid.` });
  }
  const ofHost = causeAgainstHost(host, allowLocal);
  if (ofHost !== undefined) causes.push(ofHost);
  if (causes.length === 0 && !URL.canParse(`https://${address}`)) {
    causes.push({ code: "INVALID_TARGET_URL", detail: "The URL cannot be parsed." });
  }
  return causes;
}

function partsOf(authority: string): { host: string; port: string | undefined } {
  const [, host = authority, port] = /^(\[.*\]|[^:]*)(?::([^:]*))?$/.exec(authority) ?? [];
  return { host, port };
}

const isPort = (text: string): boolean => /^[0-9]+$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_PORT;

function causeAgainstHost(host: string, allowLocal: boolean): Cause | undefined {
  const isIpv6 = host.includes(":");
  if (allowLocal && (isIpv6 || IPV4.test(host) || LOCALHOST.test(host))) return undefined;
  if (isIpv6) return { code: "IPV6_NOT_SUPPORTED_TARGET_URL", detail: "IPv6 addresses are not supported." };
  if (LOCALHOST.test(host)) {
    return { code: "LOCALHOST_NOT_SUPPORTED_TARGET_URL", detail: "Only hosts on the internet can be scanned." };
  }
  if (PRIVATE_IP.test(host)) {
    return { code: "PRIVATE_IP_NOT_SUPPORTED_TARGET_URL", detail: "Private addresses cannot be scanned." };
  }
  if (TOP_LEVEL_DOMAIN.test(host)) return undefined;
  return { code: "TOP_LEVEL_DOMAIN_INVALID_TARGET_URL", detail: "The host must end with a top-level domain." };
}
