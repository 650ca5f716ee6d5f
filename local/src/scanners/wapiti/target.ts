const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Whether a host name of a parsed URL names this machine alone: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || LOOPBACK_V4.test(hostname);
}

/** Why this target is not scanned, or undefined where it is allowed. */
export function refuseTarget(target: URL): string | undefined {
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    return `only http and https are scanned, not ${target.protocol.replace(":", "")}`;
  }
  if (!isLoopbackHost(target.hostname)) {
    return `${target.hostname} is not this machine: only 127.0.0.0/8, [::1] and localhost are scanned`;
  }
  if (target.username !== "" || target.password !== "") {
    return "the URL holds credentials, and the command line of a scan is shown: take them out";
  }
  return undefined;
}

/** Host and port of a target, the port always given, as the proxy compares them: `127.0.0.1:80`. */
export function authorityOf(target: URL): string {
  return `${target.hostname}:${target.port || (target.protocol === "https:" ? "443" : "80")}`;
}
