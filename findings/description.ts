import { cvssVectorOf } from "./cvss-vector";
import { asObject, definedFields, fieldsBut, optionalString, type JsonObject } from "./json-fields";
import type { LeftOutFields } from "./left-out-fields";
import { severityOf, type Severity } from "./severity";

/** The CVSS v3 rating of a kind of finding. */
export interface Cvss {
  /** The base score, 0 to 10. */
  readonly baseScore: number;
  /** The CVSS 3.1 vector; absent where the report's numbers are incomplete or give another score than `baseScore`. */
  readonly vector?: string;
  /** The impact sub-score, as the report has it. */
  readonly impact?: number;
  /** The exploitability sub-score, as the report has it. */
  readonly exploitability?: number;
}

/** Where to read on. */
export interface References {
  /** A page of OWASP. */
  readonly owasp?: string;
  /** A page on how to mend it. */
  readonly resolution?: string;
}

/** What a report says of one kind of finding. */
export interface Description {
  /** The name by which findings refer to it. */
  readonly slug: string;
  /** A short name for people. */
  readonly title?: string;
  /** By the base score; `unknown` where there is none, or one outside 0 to 10. */
  readonly severity: Severity;
  /** Absent where the severity is `unknown`. */
  readonly cvss?: Cvss;
  /** What it is about, as text of the service. */
  readonly description?: string;
  /** How to mend it, as text of the service. */
  readonly howToFix?: string;
  readonly references: References;
  /** All other fields of the report's description, as they came. */
  readonly additional: JsonObject;
}

const KNOWN = new Set([
  "slug",
  "title",
  "description",
  "baseScore",
  "impact",
  "exploitability",
  "reference_owasp",
  "reference_resolution",
  "how_to_fix",
]);

/**
 * A score that cannot be read leaves its findings unrated.
 * @throws ReportParseError if it is no object, or its slug no text.
 */
export function parseDescription(value: unknown, path: string, leftOut: LeftOutFields): Description {
  const wire = asObject(value, path);
  const baseScore = leftOut.numberOrText(wire, "baseScore", path);
  const severity = severityOf(baseScore);
  return {
    slug: optionalString(wire, "slug", path) ?? "",
    severity,
    references: definedFields({
      owasp: leftOut.text(wire, "reference_owasp", path),
      resolution: leftOut.text(wire, "reference_resolution", path),
    }),
    additional: fieldsBut(wire, KNOWN),
    ...definedFields({
      title: leftOut.text(wire, "title", path),
      cvss: baseScore === undefined || severity === "unknown" ? undefined : parseCvss(wire, baseScore, path, leftOut),
      description: leftOut.text(wire, "description", path),
      howToFix: leftOut.text(wire, "how_to_fix", path),
    }),
  };
}

/**
 * Descriptions by slug. Of several with one slug one without a score counts, else the one with the highest, so that no
 * finding gets milder by a second description.
 */
export function descriptionsBySlug(descriptions: readonly Description[]): ReadonlyMap<string, Description> {
  const bySlug = new Map<string, Description>();
  for (const description of descriptions) {
    const known = bySlug.get(description.slug);
    if (known === undefined || scoreOf(description) > scoreOf(known)) bySlug.set(description.slug, description);
  }
  return bySlug;
}

/** What nobody rated may be anything. */
function scoreOf(description: Description): number {
  return description.cvss?.baseScore ?? Number.POSITIVE_INFINITY;
}

function parseCvss(wire: JsonObject, baseScore: number, path: string, leftOut: LeftOutFields): Cvss {
  const optional = definedFields({
    vector: cvssVectorOf(wire, baseScore),
    impact: leftOut.number(wire, "impact", path),
    exploitability: leftOut.number(wire, "exploitability", path),
  });
  return { baseScore, ...optional };
}
