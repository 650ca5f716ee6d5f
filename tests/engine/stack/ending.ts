import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a test has started ends with it, however it ends: the last first, and each though another could not be ended. */
type End = () => unknown;

const ends: End[] = [];

/** For whatever a test, or what is run before it, starts. What ended already is ended once more, which has to do nothing. */
export function endWithTest(end: End): void {
  ends.push(end);
}

/** Runs after each test. @throws the first error, once all were tried */
export async function endAllOfTest(): Promise<void> {
  const errors: unknown[] = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** A new folder that is gone after the test. @param parent @default the system's folder for temporary files */
export function temporaryFolder(name: string, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `${name}-`));
  endWithTest(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
