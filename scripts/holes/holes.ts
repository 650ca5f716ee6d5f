import type { Finding } from "pulumi-crashtest/findings";

/** A hole of `examples/vulnerable-shop`, and the finding by which a scanner shows that it saw it. */
export interface Hole {
  /** The word by which the shop is told to mend it. */
  name: string;
  title: string;
  /** The kind of the finding, as in reports. */
  slug: string;
  /** The path of the finding; absent where the whole site has the hole. */
  path?: string;
  parameter?: string;
}

export const HOLES: readonly Hole[] = [
  { name: "xss", title: "reflected cross-site scripting", slug: "xss", path: "/search", parameter: "q" },
  { name: "sql", title: "SQL injection", slug: "sql-injection", path: "/article", parameter: "id" },
  { name: "path", title: "path traversal", slug: "local-file-inclusion", path: "/sheet", parameter: "name" },
  { name: "csp", title: "no content security policy", slug: "ssl-content-security-policy" },
];

/** A shop to be scanned: with these holes, and all others mended. */
export interface ShopCase {
  title: string;
  open: readonly string[];
}

const NAMES = HOLES.map(({ name }) => name);

/** All holes open, each of them alone, and none. */
export const CASES: readonly ShopCase[] = [
  { title: "all holes", open: NAMES },
  ...NAMES.map((name) => ({ title: `only \`${name}\``, open: [name] })),
  { title: "none: all mended", open: [] },
];

/** What the shop is told to mend. */
export function mendOf({ open }: ShopCase): string {
  return NAMES.filter((name) => !open.includes(name)).join(",") || "none";
}

/** Where something was found, without the host, whose port differs from run to run. */
export function pathOf({ where }: Finding): string {
  if (where.url !== undefined && URL.canParse(where.url)) return new URL(where.url).pathname;
  return where.path ?? "";
}

/** Whether a finding shows the hole at its place: at the place, in the parameter, as far as the hole has them. */
export function shows(hole: Hole, finding: Finding): boolean {
  return isOfKind(hole, finding) && (hole.parameter === undefined || finding.where.parameter === hole.parameter);
}

/** As `shows`, whatever the parameter: once the hole is mended, nothing of its kind may be found at its place. */
export function isOfKind(hole: Hole, finding: Finding): boolean {
  return finding.slug === hole.slug && (hole.path === undefined || pathOf(finding) === hole.path);
}
