import type { DemoFinding } from "./findings";

/** The severities that close the gate of `examples/vulnerable-shop`. */
const CLOSING = new Set(["critical", "high", "medium", "unknown"]);
const ACCEPTED_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/**
 * Formats a file that accepts, for a week, all findings that close the gate. Findings in one place have one
 * fingerprint, and one entry.
 */
export function acceptancesOf(findings: readonly DemoFinding[], now: Date): string {
  const expires = new Date(now.getTime() + ACCEPTED_DAYS * DAY_MS).toISOString().slice(0, 10);
  const closing = findings.filter(({ severity }) => CLOSING.has(severity));
  const entries = [...new Set(closing.map(({ fingerprint }) => fingerprint))].map(
    (fingerprint) =>
      `- finding: ${fingerprint}\n  reason: Known, and fixed in the next version.\n  expires: ${expires}\n`,
  );
  return entries.join("");
}
