/** Under this name a SARIF report of this package has a finding's fingerprint; it is in users' files and never changes. */
export const FINGERPRINT_NAME = "crashtestFinding/v1";
