import { truncated } from "../plain-text";
import { placeOf, type PresentedFinding } from "./presented-finding";

/** The `<failure>` of a finding. */
export interface Failure {
  /** The severity. */
  readonly type: string;
  /** In one line: title and sentence of the scanner. */
  readonly message: string;
  /** All that is known, one thing a line, the scanner's sentence first. */
  readonly text: string;
}

/** In characters, and in CVEs. */
const MOST = { message: 1000, part: 8000, cves: 50 };

export function failureOf(finding: PresentedFinding): Failure {
  const { severity, title, information } = finding;
  const hasOwnTitle = information.trim() !== "" && information !== title;
  return {
    type: severity,
    message: truncated(hasOwnTitle ? `${title}: ${information}` : title, MOST.message),
    text: textOf(finding),
  };
}

function textOf(finding: PresentedFinding): string {
  const { information, title, severity, score, scanner, where, isNew, howToFix, references, request, fingerprint } =
    finding;
  const lines: readonly (readonly [label: string, text: string | undefined])[] = [
    ["", information.trim() === "" ? title : information],
    ["Severity: ", score === undefined ? severity : `${severity} (${score})`],
    ["Scanner: ", scanner],
    ["Where: ", placeOf(finding) || undefined],
    ["Parameter: ", where.parameter],
    ["New: ", isNew === undefined ? undefined : isNew ? "yes" : "no"],
    ["How to fix: ", howToFix],
    ["Read on: ", references.resolution],
    ["OWASP: ", references.owasp],
    ["CVEs: ", cvesOf(finding)],
    ["Request:\n", request],
    ["Fingerprint: ", fingerprint],
  ];
  return lines.flatMap(([label, text]) => (text === undefined ? [] : [label + truncated(text, MOST.part)])).join("\n");
}

function cvesOf({ cves }: PresentedFinding): string | undefined {
  if (cves.length === 0) return undefined;
  const named = cves
    .slice(0, MOST.cves)
    .map(({ id, cvssScore }) => (cvssScore === undefined ? id : `${id} (${cvssScore})`));
  return cves.length > MOST.cves ? `${named.join(", ")} and ${cves.length - MOST.cves} more` : named.join(", ");
}
