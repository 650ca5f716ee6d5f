/**
 * The real scanner cannot be used on this machine: no suitable Python, no reachable package index, or an installation that
 * does not work. The message says what was attempted, what happened and what to do.
 */
export class ScannerUnavailableError extends Error {
  override readonly name = "ScannerUnavailableError";
  readonly code = "WAPITI_UNAVAILABLE";
}
