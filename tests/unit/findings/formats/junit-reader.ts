import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "test-results-parser";
import { countFindings, parseJunit, type FindingCounts } from "../../../../findings";

/** What the reader of this package counts. */
export const countsIn = (xml: string): FindingCounts => countFindings(parseJunit(xml).findings);

export type TestResults = ReturnType<typeof parse>;

/** What a reader makes of it that this project did not write. It reads files only. */
export function readByOthers(xml: string): TestResults {
  const folder = mkdtempSync(join(tmpdir(), "crashtest-junit-"));
  try {
    const file = join(folder, "report.xml");
    writeFileSync(file, xml);
    return parse({ type: "junit", files: [file] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
