import { cvssVectorOf } from "./cvss-vector";
import { type JsonObject, type LeftOutFields, asObject, definedFields, fieldsBut, optionalString } from "./json-fields";
import { severityOf, type Severity } from "./severity";

/** The CVSS v3 rating of a kind of finding. */
export interface Cvss {
  /** The base score, 0 to 10. */
  readonly baseScore: number;
  /** The CVSS 3.1 vector; absent if the report's numbers are incomplete or yield a different score than `baseScore`. */
  readonly vector?: string;
  /** The impact sub-score of the report. */
  readonly impact?: number;
  /** The exploitability sub-score of the report. */
  readonly exploitability?: number;
}

/** Links to further information. */
export interface References {
  /** An OWASP page. */
  readonly owasp?: string;
  /** A page on how to fix it. */
  readonly resolution?: string;
}

/** A report's description of a kind of finding. */
export interface Description {
  /** The name by which findings refer to it; may be empty. */
  readonly slug: string;
  /** A short name for people. */
  readonly title?: string;
  /** From the base score; `unknown` without a score from 0 to 10. */
  readonly severity: Severity;
  /** Absent if the severity is `unknown`. */
  readonly cvss?: Cvss;
  /** What it is, in the service's words. */
  readonly description?: string;
  /** How to fix it, in the service's words. */
  readonly howToFix?: string;
  /** Links to further information. */
  readonly references: References;
  /** All other fields of the report's description, unchanged. */
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

/** If its score is invalid, its findings are not rated. @throws ReportParseError if it or its slug has the wrong type */
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
 * Returns descriptions by slug. Of several with the same slug, one without a score wins, otherwise the highest score, so that a
 * second description never makes a finding less severe.
 */
export function descriptionsBySlug(descriptions: readonly Description[]): ReadonlyMap<string, Description> {
  const bySlug = new Map<string, Description>();
  for (const description of descriptions) {
    const known = bySlug.get(description.slug);
    if (known === undefined || scoreOf(description) > scoreOf(known)) bySlug.set(description.slug, description);
  }
  return bySlug;
}

const scoreOf = ({ cvss }: Description): number => cvss?.baseScore ?? Number.POSITIVE_INFINITY;

function parseCvss(wire: JsonObject, baseScore: number, path: string, leftOut: LeftOutFields): Cvss {
  const impact = leftOut.number(wire, "impact", path);
  const exploitability = leftOut.number(wire, "exploitability", path);
  return { baseScore, ...definedFields({ vector: cvssVectorOf(wire, baseScore), impact, exploitability }) };
}
