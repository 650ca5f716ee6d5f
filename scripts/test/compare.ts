import { readFileSync } from "node:fs";
import { compareNames, namesOf } from "./names";
import type { JestResults } from "./results";

/** `npm run test:compare -- BEFORE AFTER`, two files written by `npm test -- --results FILE`. */
const paths = process.argv.slice(2);
if (paths.length !== 2) throw new Error("name two files written by `npm test -- --results FILE`");
const [before = [], after = []] = paths.map((path) => namesOf(JSON.parse(readFileSync(path, "utf8")) as JestResults));
const { gone, come } = compareNames(before, after);
console.log(`${before.length} tests before, ${after.length} after; ${gone.length} gone, ${come.length} new`);
for (const name of gone.sort()) console.log(`- ${name}`);
for (const name of come.sort()) console.log(`+ ${name}`);
