import type { ServiceScanner } from "../scanner";
import { MODULES, RELEASE_WITH_PASSIVE_MODULES, type ModuleEntry } from "./module-table";

const TABLE: ReadonlyMap<string, ModuleEntry> = new Map(Object.entries(MODULES));

/** Modules that do no more than look at the pages of the crawl in the newer release. */
const PASSIVE_MODULES: ReadonlySet<string> = new Set([
  ...["http_headers", "cookieflags", "csp", "https_redirect", "unsecure_password"],
  ...["information_disclosure", "stacktrace_disclosure", "inconsistent_redirection"],
]);

/** Those of `modules` that a release runs along with its crawl instead of starting them one by one. */
export function passiveModulesOf(version: string, modules: readonly string[]): string[] {
  return version === RELEASE_WITH_PASSIVE_MODULES ? modules.filter((module) => PASSIVE_MODULES.has(module)) : [];
}

/** The modules that a run of a release takes where none are asked for, in the order in which they are asked for. */
export function runModulesOf(version: string): string[] {
  return [...TABLE]
    .filter(([, { whyNot, onlyIn = version }]) => whyNot === undefined && onlyIn === version)
    .map(([module]) => module);
}

/** The scanner of the service under which the findings of a module stand; `fuzzer` where the module has no place of its own. */
export function scannerOfModule(module: string): ServiceScanner {
  return TABLE.get(module)?.scanner ?? "fuzzer";
}

/** Names that the scanner takes for many modules at once, those that leave the host among them. */
const GROUPS: ReadonlySet<string> = new Set(["all", "common", "passive"]);

/**
 * Holds the modules that an operator asks for against the table. One that no release has is let through: the run says
 * of it that it was not there.
 *
 * @throws RangeError where one is not held by the proxy, or is no name of a module.
 */
export function checkModules(modules: readonly string[]): void {
  if (modules.length === 0)
    throw new RangeError("A scan needs at least one module of the scanner: none was asked for.");
  for (const module of modules) {
    if (!/^\w+$/.test(module) || GROUPS.has(module))
      throw new RangeError(`"${module}" is no name of a module of the scanner.`);
    const entry = TABLE.get(module);
    if (entry?.isUnheld === true) {
      throw new RangeError(
        `The module ${module} of the scanner is not run: ${entry.whyNot ?? "it is not held by the proxy"}. Leave it out.`,
      );
    }
  }
}
