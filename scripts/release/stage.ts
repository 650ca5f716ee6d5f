import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isLicenseFile, thirdPartyLicenses } from "./licenses";
import { productionTree } from "./production-tree";

/** What is for compilers and for people: types, sources of types, source maps. */
const NOT_RUN = /\.(d\.[cm]?ts|[cm]?tsx?|map|flow|md|markdown)$/i;

/** The members of package.json that a running plugin and its readers need. */
const KEPT = ["name", "version", "description", "license", "repository", "type", "exports", "engines"];

/**
 * Puts what each archive has, apart from the start script, into a folder: the built package, and what it runs with.
 *
 * @returns the files, in order
 */
export function stage(root: string, folder: string): string[] {
  const packages = productionTree(root);
  const files = [
    ...filesBelow(root, "dist"),
    ...packages.flatMap((each) => filesBelow(root, each.folder)),
    "LICENSE",
    "schemas/schema.json",
  ];
  for (const file of files) copy(join(root, file), join(folder, file));
  const texts = {
    "package.json": reducedPackage(root),
    "THIRD-PARTY-LICENSES.txt": thirdPartyLicenses(root, packages),
  };
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o644);
  }
  return [...files, ...Object.keys(texts)].sort();
}

/** Copies a file so that its mode does not depend on the checkout. */
export function copy(from: string, to: string, mode = 0o644): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, mode);
}

/** The files below a folder that run, or that are licences; not those of packages inside, which are listed by themselves. */
function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(root, path);
    const isKept = entry.isFile() && (!NOT_RUN.test(entry.name) || isLicenseFile(basename(path)));
    return isKept ? [path] : [];
  });
}

function reducedPackage(root: string): string {
  const all = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  return `${JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, all[name]])), null, 2)}\n`;
}
