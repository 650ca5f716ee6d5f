import { descriptionsBySlug, parseDescription, type Description } from "./description";
import { parseFinding, type Finding } from "./finding";
import {
  asList,
  asObject,
  asString,
  fieldOf,
  fieldsBut,
  isJsonObject,
  optionalList,
  type JsonObject,
} from "./json-fields";
import { childPath, ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";
import { readReportJson } from "./report-json";
import { countFindings, type FindingCounts } from "./severity";

/** Which scanners a report speaks of. */
export interface ReportScanners {
  /** Those with a list in the report, be it empty. ASSUMED: a scanner whose key is absent did not run. */
  readonly ran: readonly string[];
  /** ASSUMED: `data.scanners`, those that should have run; absent where the report does not say. */
  readonly expected?: readonly string[];
  /** Those of `expected` that did not run. Absent, which is not the same as none, where `expected` is. */
  readonly missing?: readonly string[];
}

/** A JSON report as data. */
export interface FindingsReport {
  /** All findings in the order of the report. */
  readonly findings: readonly Finding[];
  /** How many findings there are of each severity. */
  readonly findingCounts: FindingCounts;
  readonly scanners: ReportScanners;
  /** What the report says of each kind of finding, in its order; also of kinds that were not found. */
  readonly descriptions: readonly Description[];
  /** All other fields beside the report's findings, as they came. */
  readonly additional: JsonObject;
}

const KNOWN = new Set(["findings", "descriptions", "scanners"]);

/**
 * Reads a JSON report: its text or what `JSON.parse` made of it, with or without the envelope (`message`, `data`).
 * Empty lists are a report with 0 findings. Null counts as absent, except for the list of a scanner. Findings of scanners
 * that nobody has heard of are kept.
 * @throws ReportParseError `REPORT_EMPTY` if it has no content, no `findings`, or no scanner under them;
 * `REPORT_UNREADABLE` if it is no JSON, nested too deep, or a field has another type than agreed.
 */
export function parseFindings(report: string | object): FindingsReport {
  const { data, path } = openEnvelope(readReportJson(report));
  const descriptionsPath = childPath(path, "descriptions");
  const descriptions = (optionalList(data, "descriptions", path) ?? []).map((description, index) =>
    parseDescription(description, childPath(descriptionsPath, index)),
  );
  const lists = scannerLists(data, path);
  const findings = allFindings(lists, descriptions, childPath(path, "findings"));
  return {
    findings,
    findingCounts: countFindings(findings),
    scanners: scannersOf(lists, data, path),
    descriptions,
    additional: fieldsBut(data, KNOWN),
  };
}

function openEnvelope(root: JsonObject): { data: JsonObject; path: string } {
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

function scannerLists(data: JsonObject, path: string): readonly (readonly [scanner: string, list: unknown])[] {
  const findingsPath = childPath(path, "findings");
  if (!Object.hasOwn(data, "findings")) throw new ReportParseError("REPORT_EMPTY", findingsPath, "is missing");
  const findings = data["findings"];
  // Some servers write an object without members as an empty list.
  const isEmptyList = Array.isArray(findings) && findings.length === 0;
  const lists = isEmptyList ? [] : Object.entries(asObject(findings, findingsPath));
  if (lists.length === 0) throw new ReportParseError("REPORT_EMPTY", findingsPath, "names no scanner");
  return lists;
}

function allFindings(
  lists: readonly (readonly [scanner: string, list: unknown])[],
  descriptions: readonly Description[],
  path: string,
): Finding[] {
  const bySlug = descriptionsBySlug(descriptions);
  return lists.flatMap(([scanner, list]) => {
    const listPath = childPath(path, scanner);
    return asList(list, listPath).map((finding, index) =>
      parseFinding(finding, scanner, bySlug, childPath(listPath, index)),
    );
  });
}

function scannersOf(
  lists: readonly (readonly [scanner: string, list: unknown])[],
  data: JsonObject,
  path: string,
): ReportScanners {
  const ran = lists.map(([scanner]) => scanner);
  const names = optionalList(data, "scanners", path);
  if (names === undefined) return { ran };
  const namesPath = childPath(path, "scanners");
  const expected = [...new Set(names.map((name, index) => asString(name, childPath(namesPath, index))))];
  return { ran, expected, missing: expected.filter((scanner) => !ran.includes(scanner)) };
}
