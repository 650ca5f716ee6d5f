import { parseCve, type Cve } from "./cve";
import type { Cvss, Description, References } from "./description";
import { asObject, definedFields, fieldsBut, optionalList, optionalString, type JsonObject } from "./json-fields";
import { childPath } from "./json-path";
import type { LeftOutFields } from "./left-out-fields";
import { locationOf, type FindingLocation } from "./location";
import { ReportParseError } from "./report-error";
import { MAX_SENTENCE_LENGTH } from "./report-limits";
import type { Severity } from "./severity";

/** One thing that a scanner found. */
export interface Finding {
  /** The scanner, by the name under which the report lists the finding. */
  readonly scanner: string;
  /** The name of its description; empty where the report names none. */
  readonly slug: string;
  /** A short name of what was found; absent where the report describes no such slug. */
  readonly title?: string;
  /** The rating of its description; `unknown` where the description or its score is missing. */
  readonly severity: Severity;
  /** The description's CVSS rating; absent where the severity is `unknown`. */
  readonly cvss?: Cvss;
  /** The scanner's own sentence; it may hold the payload, and text of the tested site. Empty where there is none. */
  readonly information: string;
  /** Where it was found, as far as the report tells. */
  readonly where: FindingLocation;
  /** What it is about, from the description. */
  readonly description?: string;
  /** How to mend it, from the description. */
  readonly howToFix?: string;
  /** Where to read on, from the description. */
  readonly references: References;
  /** Published weaknesses of the product that was recognised; they are no findings and change no count. */
  readonly cves: readonly Cve[];
  /** When it was found, as written in the report: ISO 8601. */
  readonly createdAt?: string;
  /** All other fields of the report's finding, as they came. */
  readonly additional: JsonObject;
}

const KNOWN = new Set(["finding_description_slug", "information", "cve_findings", "created_at"]);

/** A finding as far as it can be told without its description. */
export type UndescribedFinding = Omit<
  Finding,
  "title" | "severity" | "cvss" | "description" | "howToFix" | "references"
>;

/**
 * @throws ReportParseError if it is no object, a field by which findings are rated or recognised has another type than agreed,
 * or the scanner's sentence is too long.
 */
export function parseFinding(
  value: unknown,
  scanner: string,
  path: string,
  leftOut: LeftOutFields,
): UndescribedFinding {
  const wire = asObject(value, path);
  const slug = optionalString(wire, "finding_description_slug", path) ?? "";
  const information = sentenceOf(wire, path);
  const cvesPath = childPath(path, "cve_findings");
  return {
    scanner,
    slug,
    information,
    where: locationOf(wire, information),
    cves: (optionalList(wire, "cve_findings", path) ?? []).map((cve, index) =>
      parseCve(cve, childPath(cvesPath, index), leftOut),
    ),
    additional: fieldsBut(wire, KNOWN),
    ...definedFields({ createdAt: leftOut.text(wire, "created_at", path) }),
  };
}

function sentenceOf(wire: JsonObject, path: string): string {
  const sentence = optionalString(wire, "information", path) ?? "";
  if (sentence.length <= MAX_SENTENCE_LENGTH) return sentence;
  const problem = `is longer than ${MAX_SENTENCE_LENGTH} characters`;
  throw new ReportParseError("REPORT_TOO_LARGE", childPath(path, "information"), problem);
}

/** The whole finding; without a description it has no title, and its severity is `unknown`. */
export function describeFinding(found: UndescribedFinding, description: Description | undefined): Finding {
  const { scanner, slug, information, where, cves, additional, createdAt } = found;
  return {
    scanner,
    slug,
    severity: description?.severity ?? "unknown",
    information,
    where,
    references: description?.references ?? {},
    cves,
    additional,
    ...definedFields({
      title: description?.title,
      cvss: description?.cvss,
      description: description?.description,
      howToFix: description?.howToFix,
      createdAt,
    }),
  };
}
