import type { ScanProgress } from "../scanner";

/** What the scanner's output has reported so far. */
export interface RunLog {
  /** URLs and forms that the crawl found; undefined until it says so. */
  foundUrls: number | undefined;
  /** Modules that were started, in order. */
  launched: string[];
  /** What went wrong, per module: the first problem of each. */
  troubles: Map<string, string>;
  /** Whether the crawl hit its time limit, so that not all pages are known. */
  isCrawlCutOff: boolean;
  /** Whether a part of the scanner exceeded its memory limit. */
  isOutOfMemory: boolean;
}

/** With more skipped requests than this, a module did not test what it should have (good runs have 1 to 8). */
const MAX_SKIPPED_REQUESTS = 20;
/** The crawl's share of a run, used for progress only. */
const CRAWL_FRACTION = 0.1;

export function emptyRunLog(): RunLog {
  return { foundUrls: undefined, launched: [], troubles: new Map(), isCrawlCutOff: false, isOutOfMemory: false };
}

const FOUND = /^\[\*\] Wapiti found (\d+) URLs/;
const LAUNCHING = /^\[\*\] Launching module (\w+)$/;
const NO_SUCH_MODULE = /^\[!\] Unable to find a module named (\w+)/;
const NOT_IMPORTED = /^\[!\] Unable to import module (?:mod_)?(\w+)/;
const BROKEN = /^\[!\] Module (?:mod_)?(\w+) seems broken/;
const DEPENDENCIES = /^\[!\] Missing dependencies for module (\w+)/;
const ATTACK_TIME = /^Max attack time was reached for module (\w+)/;
const BROKE = /^An exception occurred in module (\w+)/;
const CRAWL_TIME = "Max scan time was reached";
const OUT_OF_MEMORY =
  /^(?:MemoryError\b|terminate called after throwing an instance of 'std::bad_alloc'|.*Cannot allocate memory$)/;
const SKIPPED = /^(\d+) requests were skipped due to network issues/;
const TRACEBACK = "Traceback (most recent call last)";

const BROKE_ON_A_PAGE = "the module broke on a page";

const NAMED_TROUBLES: readonly (readonly [RegExp, string])[] = [
  [NO_SUCH_MODULE, "the scanner has no such module"],
  [NOT_IMPORTED, "the module could not be loaded"],
  [BROKEN, "the module is broken and was skipped"],
  [DEPENDENCIES, "the module was skipped: modules that it needs are missing"],
  [ATTACK_TIME, "the module ran out of time"],
  [BROKE, BROKE_ON_A_PAGE],
];

function troubleOf(line: string, current: string | undefined): readonly [string, string] | undefined {
  for (const [pattern, reason] of NAMED_TROUBLES) {
    const module = pattern.exec(line)?.[1];
    // Release 3.3 prints the file name in such lines, and one file is not named like its module.
    if (module !== undefined) return [module === "cookie_flags" ? "cookieflags" : module, reason];
  }
  if (current === undefined) return undefined;
  if (line.startsWith(TRACEBACK)) return [current, BROKE_ON_A_PAGE];
  const skipped = Number(SKIPPED.exec(line)?.[1] ?? 0);
  return skipped > MAX_SKIPPED_REQUESTS ? [current, `${skipped} requests of the module got no answer`] : undefined;
}

/** The modules that a run requests, and how many of them start without a line in the output. */
export interface AskedModules {
  modules: readonly string[];
  passiveCount: number;
}

/** Processes a line of the scanner's output; returns the progress that it reports, if any. */
export function readLine(log: RunLog, line: string, { modules, passiveCount }: AskedModules): ScanProgress | undefined {
  log.isCrawlCutOff ||= line.startsWith(CRAWL_TIME);
  log.isOutOfMemory ||= OUT_OF_MEMORY.test(line);
  const trouble = troubleOf(line, log.launched.at(-1));
  if (trouble !== undefined && modules.includes(trouble[0]) && !log.troubles.has(trouble[0]))
    log.troubles.set(...trouble);
  const found = FOUND.exec(line)?.[1];
  if (found !== undefined) {
    log.foundUrls = Number(found);
    return { message: `found ${found} URLs and forms`, fraction: CRAWL_FRACTION };
  }
  const module = LAUNCHING.exec(line)?.[1];
  if (module === undefined || !modules.includes(module) || log.launched.includes(module)) return undefined;
  const done = log.launched.length;
  const total = modules.length - passiveCount;
  log.launched.push(module);
  const fraction = CRAWL_FRACTION + (1 - CRAWL_FRACTION) * (done / total);
  return { message: `module ${module} (${done + 1} of ${total})`, fraction: Math.round(fraction * 100) / 100 };
}
