// @ts-check

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Returns how long to wait before the next attempt: one second after the first failure, doubling each time up to half a
 * minute, with a random factor between a half and one, so that not all pages reconnect at once.
 * @param {number} failureCount failures in a row, 1 or more
 * @param {number} random 0 to 1
 * @returns {number} milliseconds
 */
export function backoffMs(failureCount, random) {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failureCount - 1));
  return Math.round(most / 2 + (most / 2) * random);
}
