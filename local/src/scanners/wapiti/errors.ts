/**
 * The real scanner cannot be used on this machine: no fit Python, no package index in reach, or an installation that
 * does not work. The message says what was attempted, what happened and what to do.
 */
export class ScannerUnavailableError extends Error {
  override readonly name = "ScannerUnavailableError";
  readonly code = "WAPITI_UNAVAILABLE";
}
