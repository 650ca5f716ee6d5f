/** Builds both packages: TypeScript to CommonJS with types and source maps. Removes first what an earlier build left. */
import { spawn } from "node:child_process";
import { cpSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import plan from "./bootstrap/plan.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const stamp = join(root, plan.BUILD_STAMP);

// Gone until all is built: a build that is killed half-way is not taken for a good one.
rmSync(stamp, { force: true });
// Before the first source is read: what changes meanwhile is newer than the build.
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
cpSync(join(root, "contract/openapi.yaml"), join(root, "local/dist/contract/openapi.yaml"));
cpSync(join(root, "local/page"), join(root, "local/dist/local/page"), {
  recursive: true,
  filter: (path) => !path.endsWith("tsconfig.json"),
});
cpSync(join(root, "local/src/scanners/wapiti/start.py"), join(root, "local/dist/local/src/scanners/wapiti/start.py"));
writeFileSync(stamp, "");
utimesSync(stamp, startedAt, startedAt);
