import { plainText, truncated } from "../plain-text";

/** Where a finding names no path, or the root, which has no name of its own. */
const WHOLE_SITE = "website";

/** No path of a repository is longer. */
const LONGEST_PATH = 500;

/** A step to the same folder, to the one above, or nothing. */
const NO_NAME = /^[.\s]*$/;

/** Where a path begins with it, a decoded one is an address of its own. */
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/**
 * The path of a site as the path of an artifact: relative, percent-encoded, never up, without scheme and host. Decoded once
 * before it is taken apart, for readers decode all of it before they resolve it against a folder.
 */
export function artifactPathOf(path: string | undefined): string {
  const names = truncated(plainText(decoded(path ?? "")), LONGEST_PATH)
    .split(/[/\\]/)
    .filter((name) => !NO_NAME.test(name));
  if (names.length === 0) return WHOLE_SITE;
  return names.map((name, index) => encodeURIComponent(index === 0 ? name.replace(SCHEME, "$1_") : name)).join("/");
}

/** As it is where it is not encoded as it should be. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
