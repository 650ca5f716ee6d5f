import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { readContract } from "./contract-document";

const ROOT = resolve(__dirname, "../..");
const { include } = JSON.parse(readFileSync(join(ROOT, "tsconfig.build.json"), "utf8")) as { include: string[] };
const SOURCE_FOLDERS = ["local/src", ...include.filter((folder) => folder !== "contract")];
const DOCUMENTS = ["contract/openapi.yaml", "contract/veracode.yaml"];
const MARK = /\bASSUMED\b/;
const PAGE = join(ROOT, "docs/assumptions.md");

/** What the page has to name: a source file by its path, a place of a contract as `contract/openapi.yaml#Name`. */
export function markedPlaces(): string[] {
  const ofDocuments = DOCUMENTS.flatMap((document) => {
    const { components, paths } = readContract(join(ROOT, document));
    return [...markedNames(document, components), ...markedNames(document, { paths })];
  });
  return [...new Set([...SOURCE_FOLDERS.flatMap(markedFiles), ...ofDocuments])].sort();
}

/** The places that the page names, in backticks. */
export function placesOfPage(): string[] {
  const names = [...readFileSync(PAGE, "utf8").matchAll(/`([^`\n]+)`/g)].map(([, name]) => name ?? "");
  const isPlace = (name: string): boolean =>
    DOCUMENTS.some((document) => name.startsWith(`${document}#`)) ||
    SOURCE_FOLDERS.some((folder) => name.startsWith(`${folder}/`));
  return [...new Set(names.filter(isPlace))].sort();
}

function markedFiles(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => MARK.test(readFileSync(path, "utf8")))
    .map((path) => relative(ROOT, path).replaceAll("\\", "/"));
}

/**
 * The names under which marks stand: of a component, or of an operation's path, with the last property that leads to the
 * mark, such as `Findings.scanners`.
 */
function markedNames(document: string, groups: Record<string, Record<string, unknown>>): string[] {
  const named = Object.values(groups).flatMap((group) => Object.entries(group));
  return named.flatMap(([name, value]) => marksIn(value).map((property) => `${document}#${name}${property}`));
}

function marksIn(value: unknown, property = ""): string[] {
  if (typeof value === "string") return MARK.test(value) ? [property] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== "properties") return marksIn(inner, property);
    return Object.entries(inner as object).flatMap(([name, schema]) => marksIn(schema, `.${name}`));
  });
}
