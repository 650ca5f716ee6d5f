import { isUnreachable } from "./unreachable";

/** A host that the operator allows to be scanned, in the form of a parsed URL: `shop.example`, `10.0.0.7`, `[fd00::7]`. */
export interface AllowedTarget {
  host: string;
  /** The only port, or undefined if any port is allowed. */
  port: number | undefined;
}

/** Returns host and port of a target, always with the port, as the proxy compares them: `127.0.0.1:80`. */
export function authorityOf(target: URL): string {
  return `${target.hostname}:${target.port || (target.protocol === "https:" ? "443" : "80")}`;
}

/** Returns whether an operator's entry covers a target. Names must be equal: an entry does not cover subdomains. */
export function isAllowed(target: URL, { host, port }: AllowedTarget): boolean {
  return target.hostname === host && (port === undefined || authorityOf(target) === `${host}:${port}`);
}

const FORM = /^(\[[^[\]]*\]|[^:[\]]*)(?::(.*))?$/;
const PORT = /^[1-9]\d{0,4}$/;
const HIGHEST_PORT = 65_535;

const LOOKS_WRONG: readonly (readonly [RegExp, string])[] = [
  [/^$/, "it is empty"],
  [/\s/, "it contains whitespace"],
  [/\*/, "wildcards are not supported: name each host"],
  [/[/\\]/, "name the host alone, without http:// and without a path"],
  [/@/, "it contains credentials: name the host alone"],
  [/[?#%]/, "it contains a character that is not valid in a host name"],
  [/^[^[]*:.*:/, "an IPv6 address must be in brackets: [::1]:8080"],
  [/[A-Z]/, "write it in lower case"],
];

/** Returns a host in the form of a URL, in which numbers, non-ASCII letters and long forms of addresses are normalised. */
function nameInUrl(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}

function problemOf(text: string, host: string | undefined, port: string | undefined): string | undefined {
  const wrong = LOOKS_WRONG.find(([pattern]) => pattern.test(text))?.[1];
  if (wrong !== undefined) return wrong;
  if (host === undefined || host === "") return "the host is missing";
  if (port !== undefined && !(PORT.test(port) && Number(port) <= HIGHEST_PORT)) {
    return `the port must be a number from 1 to ${HIGHEST_PORT}, not "${port}"`;
  }
  const name = nameInUrl(host);
  if (name === undefined) return `"${host}" is neither a host name nor an address`;
  if (name !== host) return `write ${name}, which is how URLs name that host`;
  if (name.endsWith(".")) return "write it without the dot at its end";
  return isUnreachable(name.replace(/^\[|\]$/g, ""))
    ? "such addresses are never scanned: they belong to no host, or to a cloud's metadata service"
    : undefined;
}

/**
 * Parses an allowed target: `host`, `host:port` or `[::1]:port`, in lower case and without wildcards.
 *
 * @throws RangeError if it is anything else; the message says what is wrong with it.
 */
export function parseAllowedTarget(text: string): AllowedTarget {
  const [, host, port] = FORM.exec(text) ?? [];
  const problem = problemOf(text, host, port);
  if (problem !== undefined || host === undefined) {
    throw new RangeError(
      `"${text}" is not a valid target to allow (--allow-target HOST or HOST:PORT): ${problem ?? ""}`,
    );
  }
  return { host, port: port === undefined ? undefined : Number(port) };
}
