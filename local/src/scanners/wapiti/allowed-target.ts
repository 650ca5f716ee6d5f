import { isUnreachable } from "./unreachable";

/** A host that the operator allows to be scanned, as a parsed URL names it: `shop.example`, `10.0.0.7`, `[fd00::7]`. */
export interface AllowedTarget {
  host: string;
  /** The only port, or undefined where any port is allowed. */
  port: number | undefined;
}

/** Host and port of a target, the port always given, as the proxy compares them: `127.0.0.1:80`. */
export function authorityOf(target: URL): string {
  return `${target.hostname}:${target.port || (target.protocol === "https:" ? "443" : "80")}`;
}

/** Whether an entry of the operator's covers a target. Names are compared whole: nothing below a name is allowed by it. */
export function isAllowed(target: URL, { host, port }: AllowedTarget): boolean {
  return target.hostname === host && (port === undefined || authorityOf(target) === `${host}:${port}`);
}

const FORM = /^(\[[^[\]]*\]|[^:[\]]*)(?::(.*))?$/;
const PORT = /^[1-9]\d{0,4}$/;
const HIGHEST_PORT = 65_535;

const LOOKS_WRONG: readonly (readonly [RegExp, string])[] = [
  [/^$/, "it is empty"],
  [/\s/, "it holds blanks"],
  [/\*/, "wildcards are not known: name each host"],
  [/[/\\]/, "name the host alone, without http:// and without a path"],
  [/@/, "it holds credentials: name the host alone"],
  [/[?#%]/, "it holds a character that no host name has"],
  [/^[^[]*:.*:/, "an IPv6 address stands in brackets: [::1]:8080"],
  [/[A-Z]/, "write it in lower case"],
];

/** How a URL names a host, in which numbers, letters beyond ASCII and long forms of addresses have one form only. */
function nameInUrl(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}

function problemOf(text: string, host: string | undefined, port: string | undefined): string | undefined {
  const wrong = LOOKS_WRONG.find(([pattern]) => pattern.test(text))?.[1];
  if (wrong !== undefined) return wrong;
  if (host === undefined || host === "") return "it names no host";
  if (port !== undefined && !(PORT.test(port) && Number(port) <= HIGHEST_PORT)) {
    return `the port is a number from 1 to ${HIGHEST_PORT}, not "${port}"`;
  }
  const name = nameInUrl(host);
  if (name === undefined) return `"${host}" is no host name and no address`;
  if (name !== host) return `write ${name}, which is how URLs name that host`;
  if (name.endsWith(".")) return "write it without the dot at its end";
  return isUnreachable(name.replace(/^\[|\]$/g, ""))
    ? "such addresses are never scanned: they stand for no host, or for what a cloud tells its machines"
    : undefined;
}

/**
 * Reads what the operator allows: `host`, `host:port` or `[::1]:port`, in lower case and without wildcards.
 *
 * @throws RangeError where it is anything else; the message says what is wrong with it.
 */
export function parseAllowedTarget(text: string): AllowedTarget {
  const [, host, port] = FORM.exec(text) ?? [];
  const problem = problemOf(text, host, port);
  if (problem !== undefined || host === undefined) {
    throw new RangeError(`"${text}" names no target to allow (--allow-target HOST or HOST:PORT): ${problem ?? ""}`);
  }
  return { host, port: port === undefined ? undefined : Number(port) };
}
