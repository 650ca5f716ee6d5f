/** The pickle opcodes for a run of fewer than 256 bytes, and for a longer one. */
const SHORT_BYTES = 0x43;
const BYTES = 0x42;
const MEMOIZE = 0x94;

interface Run {
  value: Buffer;
  /** Where the next value starts. */
  end: number;
}

function runAt(pickle: Buffer, at: number): Run | undefined {
  const isShort = pickle[at] === SHORT_BYTES && at + 1 < pickle.length;
  if (!isShort && (pickle[at] !== BYTES || at + 5 > pickle.length)) return undefined;
  const start = at + (isShort ? 2 : 5);
  const end = start + (isShort ? pickle.readUInt8(at + 1) : pickle.readUInt32LE(at + 1));
  if (end > pickle.length) return undefined;
  return { value: pickle.subarray(start, end), end: pickle[end] === MEMOIZE ? end + 1 : end };
}

/**
 * Returns a header from those that the scanner stores for an answer; undefined if it is missing. They are
 * pickled by Python as (original name, name in lower case, value), each a run of bytes.
 */
export function pickledHeader(pickle: Buffer, name: string): string | undefined {
  const token = Buffer.from([SHORT_BYTES, name.length, ...Buffer.from(name, "latin1"), MEMOIZE]);
  const at = pickle.indexOf(token);
  if (at < 0) return undefined;
  const first = runAt(pickle, at + token.length);
  // A name that was already in lower case appears twice.
  const found = first?.value.toString("latin1") === name ? runAt(pickle, first.end) : first;
  return found?.value.toString("latin1");
}
