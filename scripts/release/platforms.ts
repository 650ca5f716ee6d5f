/** A system and processor, as Pulumi names them in the names of archives. The plugin itself is the same on all. */
export const PLATFORMS = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"] as const;

export type Platform = (typeof PLATFORMS)[number];

/** Returns the name of the archive in which Pulumi looks for a version of the plugin. */
export const archiveName = (version: string, platform: Platform): string =>
  `pulumi-resource-crashtest-v${version}-${platform}.tar.gz`;

/** The file that the engine starts. */
export const startScriptOf = (platform: Platform): string =>
  platform.startsWith("windows-") ? "pulumi-resource-crashtest.cmd" : "pulumi-resource-crashtest";

/** What both start scripts run. */
export const STARTED_FILE = "start-plugin.js";

/** @throws Error with the valid names if a name is not one of them */
export function parsePlatforms(names: readonly string[]): readonly Platform[] {
  if (names.length === 0) return PLATFORMS;
  const found = PLATFORMS.filter((platform) => names.includes(platform));
  if (found.length === names.length) return found;
  throw new Error(`expected some of ${PLATFORMS.join(", ")} but got ${names.join(", ")}`);
}
