import type { Parameters } from "fast-check";

/** So many inputs in all; `npm run soak` tries 100,000. */
export const FUZZ_INPUTS = Number(process.env["CRASHTEST_FUZZ_INPUTS"] ?? 2_000);
const seed = process.env["CRASHTEST_FUZZ_SEED"];

/** A failure prints its seed, and the smallest input that still fails; `CRASHTEST_FUZZ_SEED` tries the same again. */
export const fuzzRuns = (share: number): Parameters<unknown> => ({
  numRuns: Math.ceil(FUZZ_INPUTS * share),
  ...(seed !== undefined && { seed: Number(seed) }),
});

export const FUZZ_TIMEOUT_MS = 60_000 + FUZZ_INPUTS * 100;
