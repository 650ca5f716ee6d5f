import type { Finding } from "pulumi-crashtest/findings";

/** A hole of `examples/vulnerable-shop`, and the finding that shows that a scanner detected it. */
export interface Hole {
  /** The name that tells the shop to fix it. */
  name: string;
  title: string;
  /** The kind of the finding, as in reports. */
  slug: string;
  /** The path of the finding; absent if the whole site has the hole. */
  path?: string;
  parameter?: string;
  /** What leads a scan to it; absent if the public pages do. */
  needs?: "login" | "document";
}

export const HOLES: readonly Hole[] = [
  { name: "xss", title: "reflected cross-site scripting", slug: "xss", path: "/search", parameter: "q" },
  { name: "sql", title: "SQL injection", slug: "sql-injection", path: "/article", parameter: "id" },
  { name: "path", title: "path traversal", slug: "local-file-inclusion", path: "/sheet", parameter: "name" },
  { name: "csp", title: "no content security policy", slug: "ssl-content-security-policy" },
  {
    ...{ name: "account", title: "SQL injection behind the login", slug: "sql-injection" },
    ...{ path: "/account", parameter: "year", needs: "login" },
  },
  {
    ...{ name: "api", title: "SQL injection in the API", slug: "sql-injection" },
    ...{ path: "/api/stock", parameter: "article", needs: "document" },
  },
];

/** A shop to be scanned: with these holes, and all others fixed. */
export interface ShopCase {
  title: string;
  open: readonly string[];
  /** Whether its scan is given the login and the API document of the shop. */
  isLoggedIn: boolean;
}

const NAMES = HOLES.map(({ name }) => name);

/** All holes open, once without login and document; each of them alone; and none. */
export const CASES: readonly ShopCase[] = [
  { title: "all holes", open: NAMES, isLoggedIn: true },
  { title: "all holes, scanned without login and document", open: NAMES, isLoggedIn: false },
  ...NAMES.map((name) => ({ title: `only \`${name}\``, open: [name], isLoggedIn: true })),
  { title: "none: all fixed", open: [], isLoggedIn: true },
];

/** Returns which holes the shop is told to fix. */
export function mendOf({ open }: ShopCase): string {
  return NAMES.filter((name) => !open.includes(name)).join(",") || "none";
}

/** Returns whether the scan of a shop is led to a hole. */
export const isReached = (hole: Hole, { isLoggedIn }: ShopCase): boolean => isLoggedIn || hole.needs === undefined;

/** Returns where something was found, without the host, whose port differs from run to run. */
export function pathOf({ where }: Finding): string {
  if (where.url !== undefined && URL.canParse(where.url)) return new URL(where.url).pathname;
  return where.path ?? "";
}

/** Returns whether a finding shows the hole: at its path and in its parameter, if the hole has them. */
export function shows(hole: Hole, finding: Finding): boolean {
  return isOfKind(hole, finding) && (hole.parameter === undefined || finding.where.parameter === hole.parameter);
}

/** Like `shows`, for any parameter: once the hole is fixed, nothing of its kind may be found at its path. */
export function isOfKind(hole: Hole, finding: Finding): boolean {
  return finding.slug === hole.slug && (hole.path === undefined || pathOf(finding) === hole.path);
}
