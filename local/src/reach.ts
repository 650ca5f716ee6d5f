import { isIP } from "node:net";
import { isLoopbackHost } from "./scanners/wapiti/target";

/** From where a service can be reached. */
export interface Reach {
  /** The address that it listens on, without brackets. */
  address: string;
  /** Whether a request may call it by this name. Other names come from web pages whose name was made to lead here. */
  answersTo: (hostName: string) => boolean;
  /** Where clients find it, without a slash at its end; undefined where that is its own address and port. */
  publicUrl: string | undefined;
}

export interface ReachOptions {
  listen?: string;
  publicUrl?: string;
  /** Whether the operator made the keys. */
  hasAccounts: boolean;
  hasControl: boolean;
}

/** A service that would be open to whom it must not be; `reasons` says what is missing. */
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
    : ["--public-url must be https://HOST or https://HOST:PORT, without a path: keys go there."];
}

/**
 * Decides from where the service is reached. Beyond this machine only with keys that the operator made, with a name of
 * its own, and without the control interface, which asks for no key.
 * @throws ReachError with all reasons at once.
 */
export function decideReach({ listen = LOOPBACK_ADDRESS, publicUrl, hasAccounts, hasControl }: ReachOptions): Reach {
  const reasons = [...reasonsAgainstUrl(publicUrl)];
  if (isIP(listen) === 0) reasons.push("--listen must be an IP address of this machine, such as 0.0.0.0 or ::.");
  const isOpen = isIP(listen) !== 0 && !isLoopbackAddress(listen);
  if (isOpen && !hasAccounts) {
    reasons.push(
      `Listening on ${listen}, others can reach the service: name its users and their keys with --accounts.`,
    );
  }
  if (isOpen && publicUrl === undefined) {
    reasons.push(`Listening on ${listen}, say with --public-url under which https address clients find the service.`);
  }
  if ((isOpen || publicUrl !== undefined) && hasControl) {
    reasons.push("The control interface asks for no key: it cannot be offered to others (--control).");
  }
  if (reasons.length > 0) throw new ReachError(reasons);
  const ownName = isIP(listen) === 6 ? `[${listen}]` : listen;
  const names = [...LOOPBACK_NAMES, ownName, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  return {
    address: listen,
    // An address as a name leads nowhere but to itself; reverse proxies and probes call by it.
    answersTo: (name) => names.includes(name) || (isOpen && isIP(name.replace(/^\[|\]$/g, "")) !== 0),
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl).origin,
  };
}
