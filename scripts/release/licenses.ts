import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ShippedPackage } from "./production-tree";

/** Licences that allow to ship a package unchanged, with its notice. */
const ALLOWED: ReadonlySet<string> = new Set([
  "(BSD-3-Clause AND Apache-2.0)",
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
]);

/** Licences of packages that do not name theirs. */
const LOOKED_UP: Readonly<Record<string, string>> = { "@logdna/tail-file": "MIT" };

const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Whether a file is part of a package's licence. */
export const isLicenseFile = (name: string): boolean => LICENSE_FILE.test(name);

/**
 * Composes the licences of all packages that an archive has.
 *
 * @throws Error for a licence that has not been looked at
 */
export function thirdPartyLicenses(root: string, packages: readonly ShippedPackage[]): string {
  const license = (each: ShippedPackage): string => LOOKED_UP[each.name] ?? each.license;
  const unknown = packages.filter((each) => !ALLOWED.has(license(each)));
  if (unknown.length > 0) {
    const names = unknown.map((each) => `${each.name} ${each.version} (${each.license})`).join(", ");
    throw new Error(`the licences of these packages are not in scripts/release/licenses.ts: ${names}`);
  }
  const parts = packages.map((each) => {
    const folder = join(root, each.folder);
    const files = readdirSync(folder).filter(isLicenseFile).sort();
    const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
    const text = texts.length === 0 ? "The package has no file with the text of its licence." : texts.join("\n\n");
    return `${each.name} ${each.version}\nLicence: ${license(each)}\n\n${text}\n`;
  });
  const rule = `${"-".repeat(80)}\n`;
  return `The archive has these packages besides pulumi-crashtest, which is under Apache-2.0 (LICENSE).\n\n${rule}${parts.join(rule)}`;
}
