import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY_ROOT } from "../engine/cache";
import { writeArchives } from "./archive";
import { parsePlatforms } from "./platforms";

const BYTES_PER_MB = 1_000_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });
  const out = values.out === undefined ? join(REPOSITORY_ROOT, "release") : resolve(values.out);
  for (const { name, sizeBytes, sha256 } of await writeArchives(out, parsePlatforms(positionals))) {
    process.stdout.write(`${name}  ${(sizeBytes / BYTES_PER_MB).toFixed(1)} MB  ${sha256}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`npm run release:archive: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
