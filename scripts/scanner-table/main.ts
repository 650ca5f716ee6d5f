import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import { fillTables } from "./document";

/** Writes the tables of the scanner into its page. */
const DOCUMENT = join(REPOSITORY_ROOT, "docs/scanner.md");

writeFileSync(DOCUMENT, fillTables(readFileSync(DOCUMENT, "utf8")));
process.stdout.write("Written: the tables of docs/scanner.md\n");
