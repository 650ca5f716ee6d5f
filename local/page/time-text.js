// @ts-check

const MS_PER_SECOND = 1000;
const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;

/**
 * Formats a duration for people: `5 s`, `2 min 5 s`, `1 h 3 min`.
 * @param {number} milliseconds below 0 counts as 0
 * @returns {string}
 */
export function durationText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / MS_PER_SECOND));
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE);
  if (minutes === 0) return `${String(seconds)} s`;
  if (minutes < MINUTES_PER_HOUR) return `${String(minutes)} min ${String(seconds % SECONDS_PER_MINUTE)} s`;
  return `${String(Math.floor(minutes / MINUTES_PER_HOUR))} h ${String(minutes % MINUTES_PER_HOUR)} min`;
}

const FORMAT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/**
 * Formats a time for people, in the browser's time zone.
 * @param {number} atMs milliseconds since 1970
 * @returns {string}
 */
export function timeText(atMs) {
  return FORMAT.format(new Date(atMs));
}
