import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { REPOSITORY_ROOT } from "../engine/cache";
import { archiveName, startScriptOf, type Platform } from "./platforms";
import { readPublished } from "./published";
import { copy, stage } from "./stage";

/** An archive that was written. */
export interface Archive {
  name: string;
  sizeBytes: number;
  sha256: string;
}

/** Any time that is always the same; some tools take 0 for a missing one. */
const TIME = new Date("2000-01-01T00:00:00Z");

const EXECUTABLE = 0o755;

/**
 * Writes the archives of the built plugin for some platforms, and their checksums in `SHA256SUMS`. The same sources, installed
 * packages and version of Node give the same bytes.
 */
export async function writeArchives(
  out: string,
  platforms: readonly Platform[],
  root: string = REPOSITORY_ROOT,
): Promise<Archive[]> {
  const { version } = readPublished(root);
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-crashtest-release-"));
  try {
    const files = stage(root, folder);
    const archives: Archive[] = [];
    for (const platform of platforms) {
      const script = startScriptOf(platform);
      copy(join(root, "bin", script), join(folder, script), EXECUTABLE);
      archives.push(await pack(folder, [script, ...files], join(out, archiveName(version, platform))));
    }
    writeFileSync(join(out, "SHA256SUMS"), archives.map(({ sha256, name }) => `${sha256}  ${name}\n`).join(""));
    return archives;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pack(folder: string, files: string[], file: string): Promise<Archive> {
  await create({ cwd: folder, file, gzip: { level: 9 }, portable: true, mtime: TIME }, files);
  const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
  return { name: file.slice(file.lastIndexOf("pulumi-resource-")), sizeBytes: statSync(file).size, sha256 };
}
