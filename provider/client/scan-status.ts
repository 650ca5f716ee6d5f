import { plainText, truncated } from "../../findings/plain-text";
import type { ScanCoverage } from "../scan-state";

/** What a service may tell of a scan beside its code. */
export interface StatusDetails {
  /** Why it did not finish: safe to print, and bounded. */
  reason?: string;
  /** How much of its target it saw. */
  coverage?: ScanCoverage;
}

const LONGEST_REASON = 300;

/** ASSUMED: `reason` and `coverage`, both optional. What has another form is left out, as if the service did not say. */
export function statusDetailsOf({ reason, coverage }: Record<string, unknown>): StatusDetails {
  const seen = coverageOf(coverage);
  return {
    ...(typeof reason === "string" &&
      reason.trim() !== "" && { reason: truncated(plainText(reason.trim()), LONGEST_REASON) }),
    ...(seen !== undefined && { coverage: seen }),
  };
}

function coverageOf(value: unknown): ScanCoverage | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { pages, forms, parameters } = value as Record<string, unknown>;
  return isCount(pages) && isCount(forms) && isCount(parameters) ? { pages, forms, parameters } : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
