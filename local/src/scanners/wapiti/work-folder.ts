import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

function runsIn(cacheDir: string): string {
  return join(cacheDir, "wapiti-runs");
}

/** Creates a folder for one run. Its name contains our process ID, so that leftovers of a killed process can be recognised. */
export async function makeWorkFolder(cacheDir: string): Promise<string> {
  await mkdir(runsIn(cacheDir), { recursive: true });
  const folder = await mkdtemp(join(runsIn(cacheDir), `${process.pid}-`));
  await mkdir(join(folder, "home"));
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes the work folders of processes that are gone. */
export async function removeAbandonedWorkFolders(cacheDir: string): Promise<void> {
  const names = await readdir(runsIn(cacheDir)).catch(() => []);
  for (const name of names.filter((entry) => /^\d+-/.test(entry) && !isRunning(parseInt(entry, 10)))) {
    await rm(join(runsIn(cacheDir), name), { recursive: true, force: true });
  }
}
