import { type Description, descriptionsBySlug, parseDescription } from "./description";
import { type Finding, parseFinding } from "./finding";
import {
  type JsonObject,
  LeftOutFields,
  ROOT_PATH,
  asList,
  asObject,
  asString,
  childPath,
  fieldOf,
  fieldsBut,
  isJsonObject,
  optionalList,
} from "./json-fields";
import { MAX_FINDINGS, MAX_KINDS, ReportParseError } from "./report-error";
import { parseReportJson, reportRoot } from "./report-json";
import { type FindingCounts, countFindings } from "./severity";

/** The scanners that a report names. */
export interface ReportScanners {
  /**
   * Those with a list in the report, even if empty; of an XML report those with a test case that ran. ASSUMED: a scanner whose key
   * is absent did not run.
   */
  readonly ran: readonly string[];
  /** ASSUMED: `data.scanners`, those that should have run; absent if the report does not say. */
  readonly expected?: readonly string[];
  /** Those of `expected` that did not run; absent (not empty) if `expected` is. */
  readonly missing?: readonly string[];
}

/** A JSON report as data, or an XML report in the same form. Lists are in the order of the report. */
export interface FindingsReport {
  /** All findings, without their CVEs. */
  readonly findings: readonly Finding[];
  /** The number of findings of each severity. */
  readonly findingCounts: FindingCounts;
  /** The scanners that ran, and those that should have. */
  readonly scanners: ReportScanners;
  /** The report's descriptions of kinds of findings, including kinds that were not found. Empty for an XML report. */
  readonly descriptions: readonly Description[];
  /** All other fields next to the report's findings, unchanged. */
  readonly additional: JsonObject;
  /** About optional fields of the wrong type, which were ignored; for people. */
  readonly warnings: readonly string[];
}

/**
 * Parses a JSON report: its text or the result of `JSON.parse`, with or without the envelope (`message`, `data`). A report
 * with empty lists has 0 findings. Null counts as absent, except for the list of a scanner. Findings of unknown scanners are
 * kept.
 * @throws ReportParseError `REPORT_EMPTY` if it is empty, or has no `findings` or no scanner in them; `REPORT_UNREADABLE` if it
 * is not JSON, is nested too deeply, has duplicate keys on the path to findings, or a required field has the wrong type (optional
 * ones are ignored, see `warnings`; a score that is not a number is unknown); `REPORT_TOO_LARGE` if it exceeds a limit. The
 * number of findings is not limited if an object is given.
 */
export const parseFindings = (report: string | object): FindingsReport =>
  typeof report === "string"
    ? reportOf(parseReportJson(report), MAX_FINDINGS)
    : reportOf(reportRoot(report), Number.POSITIVE_INFINITY);

const KNOWN = new Set(["findings", "descriptions", "scanners"]);

function reportOf(root: JsonObject, maxFindings: number): FindingsReport {
  const { data, path } = openEnvelope(root);
  const leftOut = new LeftOutFields();
  const descriptions = descriptionsOf(data, path, leftOut);
  const bySlug = descriptionsBySlug(descriptions);
  const findingsPath = childPath(path, "findings");
  const lists = scannerLists(data, findingsPath);
  const count = lists.reduce((sum, [, list]) => sum + list.length, 0);
  if (count > maxFindings) throw tooMany(findingsPath, `has ${count} findings, but the limit is ${maxFindings}`);
  const findings = lists.flatMap(([scanner, list]) => {
    const listPath = childPath(findingsPath, scanner);
    return list.map((wire, index) => parseFinding(wire, scanner, childPath(listPath, index), bySlug, leftOut));
  });
  return {
    findings,
    findingCounts: countFindings(findings),
    scanners: scannersOf(lists, data, path),
    descriptions,
    additional: fieldsBut(data, KNOWN),
    warnings: leftOut.warnings,
  };
}

function descriptionsOf(data: JsonObject, path: string, leftOut: LeftOutFields): Description[] {
  const descriptionsPath = childPath(path, "descriptions");
  const list = optionalList(data, "descriptions", path) ?? [];
  if (list.length > MAX_KINDS) throw tooMany(descriptionsPath, `has more than ${MAX_KINDS} descriptions`);
  return list.map((description, index) => parseDescription(description, childPath(descriptionsPath, index), leftOut));
}

const TOO_MANY_SCANNERS = `has more than ${MAX_KINDS} scanners`;
const tooMany = (path: string, problem: string): ReportParseError =>
  new ReportParseError("REPORT_TOO_LARGE", path, problem);

/** Returns the object with the findings: the root, or `data` in its envelope. @throws ReportParseError if both have findings */
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

type ScannerLists = readonly (readonly [scanner: string, list: readonly unknown[]])[];

/** @throws ReportParseError if there are no scanners, which does not prove a clean scan, or too many */
function scannerLists(data: JsonObject, findingsPath: string): ScannerLists {
  if (!Object.hasOwn(data, "findings")) throw new ReportParseError("REPORT_EMPTY", findingsPath, "is missing");
  const findings = data["findings"];
  // Some servers write an object without members as an empty array.
  const isEmptyList = Array.isArray(findings) && findings.length === 0;
  const lists = isEmptyList ? [] : Object.entries(asObject(findings, findingsPath));
  if (lists.length === 0) throw new ReportParseError("REPORT_EMPTY", findingsPath, "has no scanner");
  if (lists.length > MAX_KINDS) throw tooMany(findingsPath, TOO_MANY_SCANNERS);
  return lists.map(([scanner, list]) => [scanner, asList(list, childPath(findingsPath, scanner))]);
}

function scannersOf(lists: ScannerLists, data: JsonObject, path: string): ReportScanners {
  const ran = lists.map(([scanner]) => scanner);
  const names = optionalList(data, "scanners", path);
  if (names === undefined) return { ran };
  const namesPath = childPath(path, "scanners");
  const expected = new Set(names.map((name, index) => asString(name, childPath(namesPath, index))));
  if (expected.size > MAX_KINDS) throw tooMany(namesPath, TOO_MANY_SCANNERS);
  const known = new Set(ran);
  return { ran, expected: [...expected], missing: [...expected].filter((scanner) => !known.has(scanner)) };
}
