import type { ScanState } from "../scan-state";

/** What status codes mean. 100 and 101 are the vendor's; ASSUMED: 102, 103 and 104. */
export const STATUS_CODES: Readonly<Record<number, ScanState>> = {
  100: "queued",
  101: "running",
  102: "finished",
  103: "stopped",
  104: "failed",
};

/** The table above with entries added or replaced. */
export function statusCodeTable(overrides: Readonly<Record<number, ScanState>>): ReadonlyMap<number, ScanState> {
  return new Map(Object.entries({ ...STATUS_CODES, ...overrides }).map(([code, state]) => [Number(code), state]));
}

/** The state behind a status code. */
export const scanStateOf = (code: number, table: ReadonlyMap<number, ScanState>): ScanState =>
  table.get(code) ?? "unknown";
