/** In hex digits: 96 bits of a SHA-256 tell findings apart, also those that somebody makes up, in less than half of the room. */
const LENGTH = 24;

/** As much of a fingerprint as findings are compared by. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.slice(0, LENGTH);

/**
 * Fingerprints as one text: short, sorted, with blanks between them; empty where there are none. The engine's SDK needs 25 to
 * 35 bytes of memory for each character that it is handed (measured with 3.248), and for each item of a list some hundred more.
 */
export const joinFingerprints = (fingerprints: Iterable<string>): string =>
  Array.from(fingerprints, shortFingerprint).sort().join(" ");

export const splitFingerprints = (text: string): string[] => (text === "" ? [] : text.split(" "));
