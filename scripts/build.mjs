/** Builds both packages: TypeScript to CommonJS with types and source maps. First removes an earlier build. */
import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import plan from "./bootstrap/plan.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const stamp = join(root, plan.BUILD_STAMP);

// Absent until everything is built: an interrupted build does not count as a successful one.
rmSync(stamp, { force: true });
// Before the first source is read: anything that changes meanwhile is newer than the build.
const startedAt = new Date();
const compile = (folder) =>
  new Promise((resolve, reject) => {
    rmSync(join(root, folder, "dist"), { recursive: true, force: true });
    const args = [tsc, "-p", join(root, folder, "tsconfig.build.json")];
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`tsc -p ${folder} ended with ${code}`));
    });
  });
await Promise.all([".", "local"].map(compile));
// In the sources this module reads the style sheets next to it, which a bundler would not include.
const style = ["html-style.css", "html-media.css"]
  .map((file) => readFileSync(join(root, "findings/formats", file), "utf8"))
  .join("\n");
const styleModule = `"use strict";\nexports.STYLE = ${JSON.stringify(style)};\n`;
writeFileSync(join(root, "dist/findings/formats/html-style.js"), styleModule);
for (const contract of ["contract/openapi.yaml", "contract/veracode.yaml"]) {
  cpSync(join(root, contract), join(root, "local/dist", contract));
}
cpSync(join(root, "local/page"), join(root, "local/dist/local/page"), {
  recursive: true,
  filter: (path) => !path.endsWith("tsconfig.json"),
});
for (const script of ["start.py", "certificate.py"]) {
  cpSync(join(root, "local/src/scanners/wapiti", script), join(root, "local/dist/local/src/scanners/wapiti", script));
}
writeFileSync(stamp, "");
utimesSync(stamp, startedAt, startedAt);
