/** In hex digits: 128 bits of a SHA-256 tell findings apart as surely as all of it, in half of the room. */
const LENGTH = 32;

/** As much of a fingerprint as findings are compared by. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, LENGTH);

/**
 * Fingerprints as one text: short, sorted, with blanks between them; empty where there are none. For each item of a list the
 * engine and its SDK need some hundred bytes of memory more.
 */
export const joinFingerprints = (fingerprints: Iterable<string>): string =>
  Array.from(fingerprints, shortFingerprint).sort().join(" ");

export const splitFingerprints = (text: string): string[] => (text === "" ? [] : text.split(" "));
