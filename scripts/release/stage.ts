import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { isLicenseFile, thirdPartyLicenses } from "./licenses";
import { STARTED_FILE } from "./platforms";
import { productionTree, shippedPackage } from "./production-tree";
import { reachedFrom } from "./reached-files";

/** What the start scripts load. */
const ENTRY = "dist/provider/plugin/main.js";

/** Only the messages of its protocol are needed, and nothing that the SDK depends on. */
const SDK = "node_modules/@pulumi/pulumi";

/** What is for compilers and for people: types, sources of types, source maps. */
const NOT_RUN = /\.(d\.[cm]?ts|[cm]?tsx?|map|flow|md|markdown)$/i;

/** The members of package.json that a running plugin and its readers need. */
const KEPT = ["name", "version", "description", "license", "repository", "type", "exports", "engines"];

/**
 * Puts what each archive has, apart from the start script, into a folder: the built files that the plugin loads, and the packages
 * that it runs with.
 *
 * @returns the files, in order
 */
export function stage(root: string, folder: string): string[] {
  const own = ["dist", SDK].map((each) => join(root, each));
  const reached = reachedFrom(join(root, ENTRY), own);
  const others = productionTree(
    root,
    // Its own package.json and schema are in each archive anyway.
    reached.packages.filter((name) => name !== "pulumi-crashtest"),
  );
  const packages = [...others, shippedPackage(root, SDK)];
  const files = [
    ...reached.files.map((file) => relative(root, file).split(sep).join("/")),
    ...others.flatMap((each) => filesBelow(root, each.folder)),
    ...[`${SDK}/package.json`, `${SDK}/LICENSE`, "LICENSE", "schemas/schema.json"],
  ];
  for (const file of files) copy(join(root, file), join(folder, file));
  copy(join(root, "bin", STARTED_FILE), join(folder, STARTED_FILE));
  const texts = {
    "package.json": reducedPackage(root),
    "THIRD-PARTY-LICENSES.txt": thirdPartyLicenses(root, packages),
  };
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o644);
  }
  return [...files, STARTED_FILE, ...Object.keys(texts)].sort();
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
