import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs each test of a file in a folder of its own, as the command is run; returns how to find it. */
export function inOwnFolder(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(__dirname);
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}
