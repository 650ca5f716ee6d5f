import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thirdPartyLicenses } from "../../../scripts/release/licenses";
import { productionTree } from "../../../scripts/release/production-tree";
import { readPublished } from "../../../scripts/release/published";
import local from "../../../local/package.json";
import own from "../../../package.json";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "production-tree-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function install(folder: string, content: object): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, "package.json"), JSON.stringify(content));
}

const mit = (name: string, others: object = {}) => ({ name, version: "1.0.0", license: "MIT", ...others });

test("has packages and what they need, each where Node finds it; nothing for development", () => {
  install("node_modules/a", mit("a", { dependencies: { "@s/b": "1" }, optionalDependencies: { gone: "1" } }));
  install("node_modules/@s/b", mit("@s/b", { version: "1.5.0", peerDependencies: { d: "1" } }));
  install("node_modules/a/node_modules/@s/b", mit("@s/b", { version: "2.0.0", dependencies: { a: "1" } }));
  install("node_modules/p", { name: "p", version: "3.0.0", license: { type: "ISC" } });
  install("node_modules/d", mit("d"));

  expect(productionTree(root, ["a", "p"])).toEqual([
    { name: "a", version: "1.0.0", license: "MIT", folder: "node_modules/a" },
    { name: "@s/b", version: "2.0.0", license: "MIT", folder: "node_modules/a/node_modules/@s/b" },
    { name: "p", version: "3.0.0", license: "ISC", folder: "node_modules/p" },
  ]);
});

test("a package that is not installed is named, with what needs it", () => {
  install("node_modules/a", mit("a", { dependencies: { b: "1" } }));

  expect(() => productionTree(root, ["a"])).toThrow("b is not installed, which node_modules/a needs");
});

test("the licences of all packages are in one text, and one that nobody has looked at is refused", () => {
  install("node_modules/a", {});
  writeFileSync(join(root, "node_modules/a/LICENSE.md"), "MIT of a\n");
  writeFileSync(join(root, "node_modules/a/NOTICE"), "by somebody\n");
  install("node_modules/b", {});
  const [a, b] = ["a", "b"].map((name) => ({ ...mit(name), folder: `node_modules/${name}` }));
  if (a === undefined || b === undefined) throw new Error("two packages");

  expect(thirdPartyLicenses(root, [a, { ...b, license: "ISC" }])).toMatch(
    /\na 1\.0\.0\nLicence: MIT\n\nMIT of a\n\nby somebody\n-+\nb 1\.0\.0\nLicence: ISC\n\nCopyright \(c\) the authors\n\nPermission to use[^]*\n$/,
  );
  expect(() => thirdPartyLicenses(root, [a, { ...b, license: "GPL-3.0" }])).toThrow("b 1.0.0 (GPL-3.0)");
});

test("where the package is published from is read from package.json, and nowhere else", () => {
  const repository = { type: "git", url: "git+https://github.com/shop/scans.git" };
  install(".", { version: "1.0.0", description: "d", license: "MIT", keywords: [], repository });

  expect(readPublished(root)).toMatchObject({
    organisation: "shop",
    repository: "github.com/shop/scans",
    pluginDownloadUrl: "github://api.github.com/shop",
  });
  install(".", { repository: { url: "https://example.com" } });
  expect(() => readPublished(root)).toThrow("repository.url in package.json must be");
});

test("both packages name the same repository, as their provenance requires", () => {
  expect(local.repository).toEqual({ ...own.repository, directory: "local" });
});
