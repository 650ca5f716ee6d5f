import type { ServiceScanner } from "../scanner";
import { MODULES, RELEASE_WITH_PASSIVE_MODULES, type ModuleEntry } from "./module-table";

const TABLE: ReadonlyMap<string, ModuleEntry> = new Map(Object.entries(MODULES));

/** Modules that only inspect the pages of the crawl in the newer release. */
const PASSIVE_MODULES: ReadonlySet<string> = new Set([
  ...["http_headers", "cookieflags", "csp", "https_redirect", "unsecure_password"],
  ...["information_disclosure", "stacktrace_disclosure", "inconsistent_redirection"],
]);

/** Returns those of `modules` that a release runs during its crawl instead of starting them one by one. */
export function passiveModulesOf(version: string, modules: readonly string[]): string[] {
  return version === RELEASE_WITH_PASSIVE_MODULES ? modules.filter((module) => PASSIVE_MODULES.has(module)) : [];
}

/** Returns the default modules of a release, in the order in which they are requested. */
export function runModulesOf(version: string): string[] {
  return [...TABLE]
    .filter(([, { whyNot, onlyIn = version }]) => whyNot === undefined && onlyIn === version)
    .map(([module]) => module);
}

/** Returns the service's scanner for a module's findings; `fuzzer` if the module has no scanner of its own. */
export function scannerOfModule(module: string): ServiceScanner {
  return TABLE.get(module)?.scanner ?? "fuzzer";
}

/** Names that select many modules at once, including those that leave the host. */
const GROUPS: ReadonlySet<string> = new Set(["all", "common", "passive"]);

/**
 * Checks the modules that an operator requests against the table. A module that no release has is accepted: the run
 * reports it as missing.
 *
 * @throws RangeError if one bypasses the proxy, or is not a valid module name.
 */
export function checkModules(modules: readonly string[]): void {
  if (modules.length === 0) throw new RangeError("A scan needs at least one module of the scanner: none was given.");
  for (const module of modules) {
    if (!/^\w+$/.test(module) || GROUPS.has(module))
      throw new RangeError(`"${module}" is not a valid name of a scanner module.`);
    const entry = TABLE.get(module);
    if (entry?.isUnheld === true) {
      throw new RangeError(
        `The module ${module} of the scanner is not run: ${entry.whyNot ?? "it bypasses the proxy"}. Leave it out.`,
      );
    }
  }
}
