import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const FAKE_PARTS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** Writes executables that look like an engine of this version; the shell's own words are all they need. */
export function writeFakeEngine(
  binDir: string,
  version: string,
  parts: readonly (typeof FAKE_PARTS)[number][] = FAKE_PARTS,
): void {
  mkdirSync(binDir, { recursive: true });
  for (const part of parts) writeExecutable(join(binDir, part), `echo v${version}`);
}

export function writeExecutable(file: string, body: string): void {
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}
