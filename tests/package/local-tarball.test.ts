import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const LOCAL = resolve(__dirname, "../../local");

test("the local service's package holds its page, as the browser gets it, the contract, and what starts the scanner", () => {
  const packed = execFileSync("npm", ["pack", "--json", "--dry-run", "--ignore-scripts"], {
    cwd: LOCAL,
    encoding: "utf8",
  });
  const [{ files } = { files: [] }] = JSON.parse(packed) as { files: { path: string }[] }[];
  const paths = files.map(({ path }) => path);
  const pageFiles = readdirSync(join(LOCAL, "page")).filter((name) => name !== "tsconfig.json");

  expect(pageFiles).toContain("index.html");
  expect(paths).toEqual(expect.arrayContaining(pageFiles.map((name) => `dist/local/page/${name}`)));
  expect(paths).toEqual(expect.arrayContaining(["dist/contract/openapi.yaml", "dist/contract/veracode.yaml"]));
  expect(paths).toContain("dist/local/src/scanners/wapiti/start.py");
  expect(paths.filter((path) => path.includes("tsconfig"))).toEqual([]);
});
