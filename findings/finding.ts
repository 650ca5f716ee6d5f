import type { Cvss, Description, References } from "./description";
import {
  type JsonObject,
  type LeftOutFields,
  asObject,
  childPath,
  definedFields,
  fieldsBut,
  optionalList,
  optionalString,
} from "./json-fields";
import { type FindingLocation, locationOf } from "./location";
import { MAX_SENTENCE_LENGTH, ReportParseError } from "./report-error";
import type { Severity } from "./severity";

/** A finding of a scanner. */
export interface Finding {
  /** The scanner's name in the report. */
  readonly scanner: string;
  /** The name of its description; empty if the report does not name one. */
  readonly slug: string;
  /** A short name for people; absent without a description. */
  readonly title?: string;
  /** The severity of its description; `unknown` without a description or score. */
  readonly severity: Severity;
  /** The description's CVSS rating; absent if the severity is `unknown`. */
  readonly cvss?: Cvss;
  /** The scanner's own sentence; it may contain the payload and text of the scanned site. Empty if there is none. */
  readonly information: string;
  /** Where it was found, as far as the report says. */
  readonly where: FindingLocation;
  /** What it is, from the description. */
  readonly description?: string;
  /** How to fix it, from the description. */
  readonly howToFix?: string;
  /** Links to further information, from the description. */
  readonly references: References;
  /** Published vulnerabilities of the product that was recognised; they do not count as findings. */
  readonly cves: readonly Cve[];
  /** When it was found, as in the report: ISO 8601. */
  readonly createdAt?: string;
  /**
   * The name of its test case without the running number; may be empty. Only a finding of an XML (JUnit) report has one: its
   * fingerprint has a scheme of its own.
   */
  readonly testCase?: string;
  /** All other fields of the report's finding, unchanged. */
  readonly additional: JsonObject;
}

const FINDING_FIELDS = new Set(["finding_description_slug", "information", "cve_findings", "created_at"]);

/**
 * @param descriptions by slug; without one, a finding has no title and its severity is `unknown`
 * @throws ReportParseError if it, or a field by which findings are rated or recognised, has the wrong type, or the scanner's
 * sentence is too long
 */
export function parseFinding(
  value: unknown,
  scanner: string,
  path: string,
  descriptions: ReadonlyMap<string, Description>,
  leftOut: LeftOutFields,
): Finding {
  const wire = asObject(value, path);
  const slug = optionalString(wire, "finding_description_slug", path) ?? "";
  const information = optionalString(wire, "information", path) ?? "";
  if (information.length > MAX_SENTENCE_LENGTH) {
    const problem = `is longer than ${MAX_SENTENCE_LENGTH} characters`;
    throw new ReportParseError("REPORT_TOO_LARGE", childPath(path, "information"), problem);
  }
  const cvesPath = childPath(path, "cve_findings");
  const description = slug === "" ? undefined : descriptions.get(slug);
  return {
    scanner,
    slug,
    severity: description?.severity ?? "unknown",
    information,
    where: locationOf(wire, information),
    references: description?.references ?? {},
    cves: (optionalList(wire, "cve_findings", path) ?? []).map((cve, index) =>
      parseCve(cve, childPath(cvesPath, index), leftOut),
    ),
    additional: fieldsBut(wire, FINDING_FIELDS),
    ...definedFields({
      title: description?.title,
      cvss: description?.cvss,
      description: description?.description,
      howToFix: description?.howToFix,
      createdAt: leftOut.text(wire, "created_at", path),
    }),
  };
}

/** A published vulnerability of a product that a scanner recognised. */
export interface Cve {
  /** Such as `CVE-2020-0001`; empty if the report does not name it. */
  readonly id: string;
  /** The CVSS score of the report, 0 to 10. It is a CVSS v2 score, so it has no severity here. */
  readonly cvssScore?: number;
  /** What it is. */
  readonly information?: string;
  /** The product, as the vulnerability database names it. */
  readonly product?: string;
  /** The version that was recognised. */
  readonly version?: string;
  /** All other fields, unchanged. */
  readonly additional: JsonObject;
}

const CVE_FIELDS = new Set(["cve_id", "cvss", "information", "product", "version"]);

/** @throws ReportParseError if it is not an object */
function parseCve(value: unknown, path: string, leftOut: LeftOutFields): Cve {
  const wire = asObject(value, path);
  return {
    id: leftOut.text(wire, "cve_id", path) ?? "",
    additional: fieldsBut(wire, CVE_FIELDS),
    ...definedFields({
      cvssScore: leftOut.number(wire, "cvss", path),
      information: leftOut.text(wire, "information", path),
      product: leftOut.text(wire, "product", path),
      version: leftOut.text(wire, "version", path),
    }),
  };
}
