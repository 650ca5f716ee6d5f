/** The oldest accepted CLI: the lower end of the peer range of `@pulumi/pulumi`. */
export const MINIMUM_VERSION = "3.217.0";

type Version = readonly [major: number, minor: number, patch: number];

/** Parses the output of `pulumi version`, e.g. `v3.259.0` or `3.260.0-alpha.1`; undefined if it is not a version. */
export function parseVersion(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+\S*)?$/.exec(text.trim())?.[1];
}

/** Returns whether a version is at least the minimum, with the same major version. A pre-release is older than its release. */
export function isNewEnough(version: string, minimum: string = MINIMUM_VERSION): boolean {
  const have = numbers(version);
  const need = numbers(minimum);
  if (have[0] !== need[0]) return false;
  if (have[1] !== need[1]) return have[1] > need[1];
  if (have[2] !== need[2]) return have[2] > need[2];
  return !version.includes("-");
}

function numbers(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = (version.split("-")[0] ?? "").split(".").map(Number);
  return [major, minor, patch];
}
