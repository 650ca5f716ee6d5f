import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** A package that the plugin runs with. */
export interface ShippedPackage {
  name: string;
  version: string;
  /** As its package.json says, such as `MIT`. */
  license: string;
  /** Its folder, relative to the root, with slashes. */
  folder: string;
}

interface PackageJson {
  name: string;
  version: string;
  license?: string | { type: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/**
 * Returns these packages with what they depend on, as they are installed below a folder.
 *
 * @throws Error if one is not installed
 */
export function productionTree(root: string, names: readonly string[]): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  const open = names.map((name) => ({ name, from: root }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = folderOf(next.name, next.from, root);
    if (folder === undefined) throw new Error(`${next.name} is not installed, which ${nameOf(next.from, root)} needs`);
    if (found.has(folder)) continue;
    const others = readPackage(folder);
    found.set(folder, shippedPackage(root, nameOf(folder, root)));
    const optional = Object.keys(others.optionalDependencies ?? {});
    const required = Object.keys(others.dependencies ?? {}).filter((each) => !optional.includes(each));
    const installed = optional.filter((each) => folderOf(each, folder, root) !== undefined);
    open.push(...[...required, ...installed].map((each) => ({ name: each, from: folder })));
  }
  return [...found.values()].sort((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** Describes an installed package. */
export function shippedPackage(root: string, folder: string): ShippedPackage {
  const { name, version, license = "" } = readPackage(join(root, folder));
  return { name, version, license: typeof license === "string" ? license : license.type, folder };
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;

const nameOf = (folder: string, root: string): string => relative(root, folder).split(sep).join("/") || "the package";

/** Looks for a package as Node does: in the nearest `node_modules`, up to that of the root. */
function folderOf(name: string, from: string, root: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}
