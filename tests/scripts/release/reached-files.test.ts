import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { reachedFrom } from "../../../scripts/release/reached-files";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "reached-files-")));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test("follows what is loaded at once and later, in the given folders, and names the packages beyond", () => {
  write(
    "dist/main.js",
    'const a = require("./a"); const fs = require("node:fs"); const load = x; load("./rooms/later");',
  );
  write(
    "dist/a.js",
    'require("./main"); Promise.resolve().then(() => import("@s/yaml/parse")); const text = () => `require("${x}")`;',
  );
  write("dist/rooms/later.js", 'require("sdk/proto/messages"); require("table");');
  write("dist/unused.js", 'require("unused");');
  write("node_modules/sdk/proto/messages.js", "require('./other.js'); require('buffers');");
  write("node_modules/sdk/proto/other.js");
  write("node_modules/sdk/index.js", 'require("heavy");');
  for (const name of ["table", "buffers", "@s/yaml/parse"]) write(`node_modules/${name}/index.js`);

  const { files, packages } = reachedFrom(
    join(root, "dist/main.js"),
    ["dist", "node_modules/sdk"].map((folder) => join(root, folder)),
  );

  expect(files.map((file) => relative(root, file))).toEqual([
    ...["dist/a.js", "dist/main.js", "dist/rooms/later.js"],
    ...["node_modules/sdk/proto/messages.js", "node_modules/sdk/proto/other.js"],
  ]);
  expect(packages).toEqual(["@s/yaml", "buffers", "table"]);
});

test("what does not exist is an error", () => {
  write("dist/main.js", 'require("./gone");');

  expect(() => reachedFrom(join(root, "dist/main.js"), [join(root, "dist")])).toThrow("./gone");
});
