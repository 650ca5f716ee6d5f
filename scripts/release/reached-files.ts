import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { sep } from "node:path";

/** What a program loads, at once or later. */
export interface Reached {
  /** The files in the folders that were followed, in order. */
  files: readonly string[];
  /** The names of the packages beyond these folders. */
  packages: readonly string[];
}

/** Calls with a literal text, as the compiler writes them; `load` is this package's `createRequire`. */
const LOADS = /\b(?:require|load|import)\(\s*["'](?<name>[^"'$]+)["']\s*\)/g;

/**
 * Follows what a compiled file loads, file by file, as long as it stays in certain folders.
 *
 * @param entry the file that the program starts with
 * @param folders those of the program itself
 * @throws Error if something that is loaded does not exist
 */
export function reachedFrom(entry: string, folders: readonly string[]): Reached {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const { resolve } = createRequire(file);
    for (const { groups } of readFileSync(file, "utf8").matchAll(LOADS)) {
      const name = groups?.["name"] ?? "";
      if (isBuiltin(name)) continue;
      const path = resolve(name);
      if (folders.some((folder) => path.startsWith(folder + sep))) open.push(path);
      else packages.add(packageOf(name));
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** `@grpc/grpc-js` of `@grpc/grpc-js/build/src/server`. */
const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
