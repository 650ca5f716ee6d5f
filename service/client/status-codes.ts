import { plainText, truncated } from "../../errors/plain-text";
import type { ScanCoverage, ScanState, ScanStatus } from "../scan-status";
import { isRecord } from "./json";

/** What status codes mean. 100 and 101 are the vendor's; ASSUMED: 102, 103 and 104. */
export const STATUS_CODES: Readonly<Record<number, ScanState>> = {
  100: "queued",
  101: "running",
  102: "finished",
  103: "stopped",
  104: "failed",
};

export type StatusCodeTable = ReadonlyMap<number, ScanState>;

/** Returns the table above with entries added or replaced. */
export function statusCodeTable(overrides: Readonly<Record<number, ScanState>>): StatusCodeTable {
  return new Map(Object.entries({ ...STATUS_CODES, ...overrides }).map(([code, state]) => [Number(code), state]));
}

/** Returns the state that a status code stands for. */
export const scanStateOf = (code: number, table: StatusCodeTable): ScanState => table.get(code) ?? "unknown";

/** Reads the `data` of an answer with a scan's status; undefined where it has no status code. */
export function readStatus(
  data: Record<string, unknown>,
  scanId: string,
  table: StatusCodeTable,
): ScanStatus | undefined {
  const { status } = data;
  const fields = isRecord(status) ? status : {};
  const statusCode = parseStatusCode(fields["status_code"]);
  if (statusCode === undefined) return undefined;
  return { scanId, statusCode, state: scanStateOf(statusCode, table), ...statusDetailsOf(fields) };
}

function parseStatusCode(code: unknown): number | undefined {
  if (typeof code === "string" && /^\d{1,9}$/.test(code)) return Number(code);
  return typeof code === "number" && Number.isInteger(code) ? code : undefined;
}

const LONGEST_REASON = 300;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

type StatusDetails = Pick<ScanStatus, "reason" | "coverage" | "isLoginConfirmed">;

/** ASSUMED: `reason`, `coverage` and `login`, all optional. Values of another form are ignored, as if they were absent. */
export function statusDetailsOf({ reason, coverage, login }: Record<string, unknown>): StatusDetails {
  const details: StatusDetails = {};
  if (typeof reason === "string" && reason.trim() !== "") {
    details.reason = truncated(plainText(reason.trim()), LONGEST_REASON);
  }
  const { pages, forms, parameters, operations } = isRecord(coverage) ? coverage : {};
  if (isCount(pages) && isCount(forms) && isCount(parameters)) {
    details.coverage = { pages, forms, parameters, ...operationsOf(operations) };
  }
  if (login === "confirmed") details.isLoginConfirmed = true;
  return details;
}

function operationsOf(value: unknown): Pick<ScanCoverage, "operations"> {
  const { tested, specified } = isRecord(value) ? value : {};
  return isCount(tested) && isCount(specified) ? { operations: { tested, specified } } : {};
}
