import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import { fillTables } from "./document";

// The page that has the tables of the scanner.
const DOCUMENT = join(REPOSITORY_ROOT, "docs/scanner.md");

writeFileSync(DOCUMENT, fillTables(readFileSync(DOCUMENT, "utf8")));
process.stdout.write("Written: the tables of docs/scanner.md\n");
