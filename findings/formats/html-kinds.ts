import { compareSeverity } from "../severity";
import type { PresentedFinding } from "./presented-finding";

/** A finding with its number in the document, from 1 on. */
export type NumberedFinding = PresentedFinding & { readonly number: number };

/** Findings that have rating, title, description, way to fix and references in common; never empty. */
export type FindingKind = readonly [NumberedFinding, ...NumberedFinding[]];

/**
 * The worst findings, at most `most` of them, by kind, the worst first. What a kind has in common has to be said once only: a
 * long description of thousands of findings would else make a file that nothing opens.
 */
export function kindsOf(findings: readonly PresentedFinding[], most: number): FindingKind[] {
  const kinds: [NumberedFinding, ...NumberedFinding[]][] = [];
  const worst = [...findings].sort(compareFindings).slice(0, most);
  for (const [index, finding] of worst.entries()) {
    const numbered = { ...finding, number: index + 1 };
    const last = kinds.at(-1);
    if (last !== undefined && isSameKind(last[0], finding)) last.push(numbered);
    else kinds.push([numbered]);
  }
  return kinds;
}

const ORDER = ["title", "slug", "fingerprint"] as const;

function compareFindings(left: PresentedFinding, right: PresentedFinding): number {
  const byRating = compareSeverity(left.severity, right.severity) || (right.score ?? -1) - (left.score ?? -1);
  if (byRating !== 0) return byRating;
  const field = ORDER.find((name) => left[name] !== right[name]);
  return field === undefined ? 0 : left[field] < right[field] ? -1 : 1;
}

const COMMON = ["severity", "score", "title", "description", "howToFix"] as const;

const isSameKind = (left: PresentedFinding, right: PresentedFinding): boolean =>
  COMMON.every((name) => left[name] === right[name]) &&
  left.references.owasp === right.references.owasp &&
  left.references.resolution === right.references.resolution;
