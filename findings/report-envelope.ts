import { asObject, asString, fieldOf, isJsonObject, optionalList, type JsonObject } from "./json-fields";
import { childPath, ROOT_PATH } from "./json-path";
import type { ReportScanners } from "./report";
import { ReportParseError } from "./report-error";
import { MAX_KINDS } from "./report-limits";

/** The findings of each scanner, as they came. */
export type ScannerLists = readonly (readonly [scanner: string, list: unknown])[];

/**
 * Where findings are in a report: right at its root, or in its envelope (`message`, `data`).
 * @throws ReportParseError if they are in both.
 */
export function openEnvelope(root: JsonObject): { data: JsonObject; path: string } {
  const isBare = Object.hasOwn(root, "findings");
  const data = fieldOf(root, "data");
  const path = childPath(ROOT_PATH, "data");
  if (isBare && isJsonObject(data) && Object.hasOwn(data, "findings")) {
    throw new ReportParseError(
      "REPORT_UNREADABLE",
      ROOT_PATH,
      "has two sets of findings, `findings` and `data.findings`",
    );
  }
  return isBare || data === undefined ? { data: root, path: ROOT_PATH } : { data: asObject(data, path), path };
}

/** @throws ReportParseError if there are none: that is no proof of a clean scan; or more than is read. */
export function scannerLists(data: JsonObject, path: string): ScannerLists {
  const findingsPath = childPath(path, "findings");
  if (!Object.hasOwn(data, "findings")) throw new ReportParseError("REPORT_EMPTY", findingsPath, "is missing");
  const findings = data["findings"];
  // Some servers write an object without members as an empty list.
  const isEmptyList = Array.isArray(findings) && findings.length === 0;
  const lists = isEmptyList ? [] : Object.entries(asObject(findings, findingsPath));
  if (lists.length === 0) throw new ReportParseError("REPORT_EMPTY", findingsPath, "names no scanner");
  if (lists.length > MAX_KINDS) throw tooMany(findingsPath);
  return lists;
}

/** @throws ReportParseError if the report says in another form than agreed which scanners should have run, or names too many. */
export function scannersOf(lists: ScannerLists, data: JsonObject, path: string): ReportScanners {
  const ran = lists.map(([scanner]) => scanner);
  const names = optionalList(data, "scanners", path);
  if (names === undefined) return { ran };
  const namesPath = childPath(path, "scanners");
  const expected = new Set(names.map((name, index) => asString(name, childPath(namesPath, index))));
  if (expected.size > MAX_KINDS) throw tooMany(namesPath);
  const known = new Set(ran);
  return { ran, expected: [...expected], missing: [...expected].filter((scanner) => !known.has(scanner)) };
}

const tooMany = (path: string): ReportParseError =>
  new ReportParseError("REPORT_TOO_LARGE", path, `names more than ${MAX_KINDS} scanners`);
