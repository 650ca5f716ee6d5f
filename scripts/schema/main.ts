import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import { packageSchema } from "./package-schema";

// Writes schemas/schema.json, or the file that is given instead.
const [given] = process.argv.slice(2);
const file = given === undefined ? join(REPOSITORY_ROOT, "schemas/schema.json") : resolve(given);
writeFileSync(file, `${JSON.stringify(packageSchema(), null, 2)}\n`);
