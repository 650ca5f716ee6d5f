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

/** The packages of these licences have to be passed on with their text, which some lack as a file. */
function textOf(license: string, folder: string): string {
  if (license !== "ISC") return "The package has no file with the text of its licence.";
  const { author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { author?: unknown };
  return `Copyright (c) ${typeof author === "string" ? author : "the authors"}\n\n${ISC}`;
}

const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`;

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
    const text = texts.length === 0 ? textOf(license(each), folder) : texts.join("\n\n");
    return `${each.name} ${each.version}\nLicence: ${license(each)}\n\n${text}\n`;
  });
  const rule = `${"-".repeat(80)}\n`;
  return `The archive has these packages besides pulumi-crashtest, which is under Apache-2.0 (LICENSE).\n\n${rule}${parts.join(rule)}`;
}
