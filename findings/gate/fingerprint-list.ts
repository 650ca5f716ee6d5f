/**
 * In hex digits: 128 bits of a SHA-256, in half of the room. Nobody finds another finding for a given one (2^128 tries); a pair
 * of findings that share them takes 2^64 tries, and who can place both on a site can do worse to it.
 */
const LENGTH = 32;

/** As much of a fingerprint as goes through the engine. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, LENGTH);

/**
 * Fingerprints as one text: short, sorted, with blanks between them; empty where there are none. The engine's SDK needs 25 to
 * 35 bytes of memory for each character that it is handed (measured with 3.248), and for each item of a list some hundred more.
 */
export const joinFingerprints = (fingerprints: Iterable<string>): string =>
  Array.from(fingerprints, shortFingerprint).sort().join(" ");

export const splitFingerprints = (text: string): string[] => (text === "" ? [] : text.split(" "));

export const isFingerprintList = (value: unknown): value is string =>
  typeof value === "string" &&
  splitFingerprints(value).every((one) => one.length === LENGTH && /^[0-9a-f]+$/.test(one));
