import { counted } from "../../errors/plain-text";
import type { ScanCoverage } from "../../service/scan-status";
import type { MinCoverage } from "./settings";
import type { Closing } from "./verdict-message";

/** Returns why a gate closes since its scan covered too little; undefined if it covered enough. */
export function coverageGap(min: MinCoverage | undefined, coverage: ScanCoverage | undefined): Closing | undefined {
  if (min === undefined) return undefined;
  const gaps = [
    gapOf("page", min.pages, coverage?.pages, SEE_MORE_PAGES),
    gapOf("operation", min.operations, coverage?.operations?.tested, SEE_MORE_OPERATIONS),
  ].filter((gap) => gap !== undefined);
  if (gaps.length === 0) return undefined;
  return {
    reason: "coverage",
    what: `covered too little of its target: ${gaps.map(({ what }) => what).join(", ")} (minCoverage)`,
    ways: gaps.map(({ way }) => way),
  };
}

const SEE_MORE_PAGES =
  "check the project's url, and the scan's login, without which pages may be hidden; or lower minCoverage.pages";
const SEE_MORE_OPERATIONS =
  "check whether the scan's apiSpecification fits the deployed API, and its login; or lower minCoverage.operations";

/** @param found undefined if the service does not say */
function gapOf(noun: "page" | "operation", least: number | undefined, found: number | undefined, way: string) {
  if (least === undefined || (found !== undefined && found >= least)) return undefined;
  if (found !== undefined) return { what: `${counted(found, noun)} of at least ${least}`, way };
  const unsaid =
    noun === "page"
      ? "remove minCoverage.pages"
      : "give the scan an apiSpecification, or remove minCoverage.operations";
  return {
    what: `the service says nothing of ${noun}s`,
    way: `${unsaid}: at least ${counted(least, noun)} cannot be required of a service that does not count them`,
  };
}
