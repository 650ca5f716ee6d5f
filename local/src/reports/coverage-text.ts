import type { ScanCoverage } from "../scanners/scanner";

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** How many of the operations that were not tested are named. */
const OPERATIONS_NAMED = 20;

/** Formats how much of its target a scan reached: `4 pages, 1 form, 3 parameters, operations 3 of 4 tested`. */
export function coverageText({ pages, forms, parameters, operations }: ScanCoverage): string {
  const ofApi = operations === undefined ? [] : [`operations ${operations.tested} of ${operations.specified} tested`];
  return [counted(pages, "page"), counted(forms, "form"), counted(parameters, "parameter"), ...ofApi].join(", ");
}

/** Names the operations that were not tested, at most 20 of them; undefined if there are none. */
export function untestedText(operations: readonly string[] = []): string | undefined {
  if (operations.length === 0) return undefined;
  const more = operations.length - OPERATIONS_NAMED;
  return `${operations.slice(0, OPERATIONS_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
