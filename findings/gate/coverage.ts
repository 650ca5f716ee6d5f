import type { ScanCoverage } from "../../provider/scan-state";
import { counted } from "../counted";

/** What a message says of how much a scan saw, each the end of a sentence; nothing where the service does not say. */
export const coverageNotes = (coverage: ScanCoverage | undefined): readonly string[] =>
  coverage === undefined ? [] : [`covered: ${textOf(coverage)}`];

/** A scan of one page without anything to fill in has hardly tested a site, whatever it did not find. */
export function coverageWarnings(scanId: string, coverage: ScanCoverage | undefined): readonly string[] {
  if (coverage === undefined || coverage.pages > 1 || coverage.parameters > 0) return [];
  return [
    `scan ${scanId} saw no more of its target than ${textOf(coverage)}: check the project's url, and whether the pages need a login or are built by scripts`,
  ];
}

const textOf = ({ pages, forms, parameters }: ScanCoverage): string =>
  [counted(pages, "page"), counted(forms, "form"), counted(parameters, "parameter")].join(", ");
