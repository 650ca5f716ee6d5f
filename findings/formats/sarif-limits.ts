import { gzipSync } from "node:zlib";
import type { SarifResult, SarifRule } from "./sarif-log";

/** What code scanning of GitHub takes of a run; of more it takes nothing at all. It also takes no more than as many rules. */
export const MOST_RESULTS = 25_000;

/** It takes 10 MB, compressed; the rest is for what stands around results and rules, and for a file that is indented. */
const MOST_BYTES = 9_000_000;

/** How many results are measured at a time. */
const STEP = 50;

/**
 * How many of the results, from the first on, make a file that is small enough with their rules, in steps of 50.
 *
 * @param rules in the order in which the results first name them
 */
export function fittingCount(results: readonly SarifResult[], rules: readonly SarifRule[]): number {
  // What is small enough as it is need not be compressed to know it.
  return countWithin(results, rules, (text) => Buffer.byteLength(text)) === results.length
    ? results.length
    : countWithin(results, rules, (text) => gzipSync(text).length);
}

function countWithin(
  results: readonly SarifResult[],
  rules: readonly SarifRule[],
  sizeOf: (text: string) => number,
): number {
  let size = 0;
  let ruleCount = 0;
  for (let start = 0; start < results.length; start += STEP) {
    const part = results.slice(start, start + STEP);
    const newRuleCount = Math.max(ruleCount, ...part.map(({ ruleIndex }) => ruleIndex + 1));
    size += sizeOf(JSON.stringify([part, rules.slice(ruleCount, newRuleCount)]));
    ruleCount = newRuleCount;
    if (size > MOST_BYTES) return start;
  }
  return results.length;
}
