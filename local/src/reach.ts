import { isIP } from "node:net";
import { isLoopbackHost } from "./scanners/wapiti/target";

/** Where a service can be reached from. */
export interface Reach {
  /** The address that it listens on, without brackets. */
  address: string;
  /** Whether a request may use this host name. Other names come from web pages whose name was pointed here. */
  answersTo: (hostName: string) => boolean;
  /** The address that clients use, without a trailing slash; undefined if that is its own address and port. */
  publicUrl: string | undefined;
}

export interface ReachOptions {
  listen?: string;
  publicUrl?: string;
  /** Whether the operator created the keys. */
  hasAccounts: boolean;
  hasControl: boolean;
}

/** A service that would be open to the wrong people; `reasons` says what is missing. */
export class ReachError extends Error {
  override readonly name = "ReachError";

  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("\n"));
  }
}

export const LOOPBACK_ADDRESS = "127.0.0.1";
const LOOPBACK_NAMES = [LOOPBACK_ADDRESS, "localhost", "[::1]"];

const isLoopbackAddress = (address: string): boolean =>
  isLoopbackHost(isIP(address) === 6 ? `[${address}]` : address) && address !== "localhost";

function reasonsAgainstUrl(publicUrl: string | undefined): string[] {
  if (publicUrl === undefined) return [];
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  const isBare = url?.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
  return isBare && isSafe
    ? []
    : ["--public-url must be https://HOST or https://HOST:PORT, without a path, since keys are sent there."];
}

/**
 * Decides where the service can be reached from: beyond this machine only with keys that the operator created, with a
 * public URL, and without the control interface, which asks for no key.
 * @throws ReachError with all reasons at once.
 */
export function decideReach({ listen = LOOPBACK_ADDRESS, publicUrl, hasAccounts, hasControl }: ReachOptions): Reach {
  const reasons = [...reasonsAgainstUrl(publicUrl)];
  if (isIP(listen) === 0) reasons.push("--listen must be an IP address of this machine, such as 0.0.0.0 or ::.");
  const isOpen = isIP(listen) !== 0 && !isLoopbackAddress(listen);
  if (isOpen && !hasAccounts) {
    reasons.push(
      `With --listen ${listen}, others can reach the service: list its users and their keys with --accounts.`,
    );
  }
  if (isOpen && publicUrl === undefined) {
    reasons.push(`With --listen ${listen}, set --public-url to the https address that clients use.`);
  }
  if ((isOpen || publicUrl !== undefined) && hasControl) {
    reasons.push("--control cannot be used if others can reach the service: the control interface asks for no key.");
  }
  if (reasons.length > 0) throw new ReachError(reasons);
  const ownName = isIP(listen) === 6 ? `[${listen}]` : listen;
  const names = [...LOOPBACK_NAMES, ownName, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  return {
    address: listen,
    // An address used as a host name cannot be pointed elsewhere; reverse proxies and probes use it.
    answersTo: (name) => names.includes(name) || (isOpen && isIP(name.replace(/^\[|\]$/g, "")) !== 0),
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl).origin,
  };
}
