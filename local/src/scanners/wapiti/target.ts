import { isAllowed, type AllowedTarget } from "./allowed-target";

const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Returns whether a host name of a parsed URL always means this machine: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || LOOPBACK_V4.test(hostname);
}

/** Returns why this target is not scanned, or undefined if it is on this machine or the operator allows it. */
export function refuseTarget(target: URL, allowed: readonly AllowedTarget[] = []): string | undefined {
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    return `only http and https are scanned, not ${target.protocol.replace(":", "")}`;
  }
  if (!isLoopbackHost(target.hostname) && !allowed.some((entry) => isAllowed(target, entry))) {
    return (
      `${target.host} is not this machine: only 127.0.0.0/8, [::1] and localhost are scanned, and hosts that the ` +
      `operator of the service allows by name (--allow-target ${target.hostname.replace(/\.$/, "")})`
    );
  }
  if (target.username !== "" || target.password !== "") {
    return "the URL contains credentials, which the command line of a scan would reveal: remove them";
  }
  return undefined;
}
