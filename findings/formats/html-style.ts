import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The style of the document, the same for each report: its hash stands in the policy, and nothing of a finding stands in it.
 * The built module holds the text itself (`scripts/build.mjs`), so that a program can be bundled.
 */
export const STYLE = ["html-style.css", "html-media.css"]
  .map((file) => readFileSync(join(__dirname, file), "utf8"))
  .join("\n");
