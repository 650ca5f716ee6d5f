import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import { durationsOf, type JestResults } from "./results";

/** `npm run test:durations -- RESULTS`, the file written by `npm test -- --results RESULTS`. */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("name the file written by `npm test -- --results FILE`");
const { testResults } = JSON.parse(readFileSync(path, "utf8")) as JestResults;
const kept = durationsOf(testResults, REPOSITORY_ROOT);
writeFileSync(join(__dirname, "durations.json"), `${JSON.stringify(kept, undefined, 2)}\n`);
