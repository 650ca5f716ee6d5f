// Run by every npm command of the checkout: installs what is missing and builds what is outdated. Needs nothing installed.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import plan from "./bootstrap/plan.js";
import lock from "./lock/lock.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs npm with its output on standard error: standard output is for the command itself. */
function npm(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
    child.on("error", () =>
      reject(new Error('"npm" could not be started; it comes with Node and must be on the PATH.')),
    );
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`"npm ${args.join(" ")}" failed; see its output above.`));
    });
  });
}

async function bringUpToDate() {
  if (plan.decide(plan.readFacts(root)).install) {
    console.error("Installing what package-lock.json lists (npm ci): half a minute to two minutes, once.");
    await npm("ci", "--include=dev", "--no-fund", "--no-audit");
  }
  if (plan.decide(plan.readFacts(root)).build) {
    console.error("Building (npm run build): about 20 seconds.");
    await npm("run", "--silent", "build");
  }
}

const nodeTooOld = plan.checkNode(process.versions.node);
const needed = plan.decide(plan.readFacts(root));
try {
  if (nodeTooOld) throw new Error(nodeTooOld);
  if (needed.install || needed.build) {
    const onWait = (pid) =>
      console.error(`Another command is installing or building here (process ${pid}); waiting for it.`);
    await lock.withLock(join(root, ".bootstrap.lock"), onWait, bringUpToDate);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
