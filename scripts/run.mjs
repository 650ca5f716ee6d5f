// Runs a TypeScript file of scripts/: node scripts/run.mjs scripts/demo/main.ts --mended
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);

// Otherwise compiled code would be left in the system's temporary folder.
process.env.TSX_DISABLE_CACHE = "1";
process.argv.splice(1, 1);
require("tsx/cjs");
require(resolve(process.argv[1]));
