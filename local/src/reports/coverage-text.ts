import type { ScanCoverage } from "../scanners/scanner";

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Formats how much of its target a scan reached: `4 pages, 1 form, 3 parameters`. */
export function coverageText({ pages, forms, parameters }: ScanCoverage): string {
  return [counted(pages, "page"), counted(forms, "form"), counted(parameters, "parameter")].join(", ");
}
