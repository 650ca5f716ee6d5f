import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";

/** What package.json says of the package, and where it is published from: `repository` is the only place that names it. */
export interface Published {
  version: string;
  description: string;
  license: string;
  keywords: readonly string[];
  /** The organisation that has the repository. */
  organisation: string;
  /** The repository's path without a scheme, such as `github.com/ORGANISATION/NAME`. */
  repository: string;
  /** Where Pulumi finds the releases with the archives of the plugin. */
  pluginDownloadUrl: string;
}

interface PackageJson extends Pick<Published, "version" | "description" | "license" | "keywords"> {
  repository: { url: string };
}

/** Reads package.json. */
export function readPublished(root: string = REPOSITORY_ROOT): Published {
  const { version, description, license, keywords, repository } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as PackageJson;
  const found = /^git\+https:\/\/(github\.com\/([\w-]+)\/[\w-]+)\.git$/.exec(repository.url);
  const [, path, organisation] = found ?? [];
  if (path === undefined || organisation === undefined) {
    throw new Error("repository.url in package.json must be git+https://github.com/ORGANISATION/NAME.git");
  }
  const pluginDownloadUrl = `github://api.github.com/${organisation}`;
  return { version, description, license, keywords, organisation, repository: path, pluginDownloadUrl };
}
