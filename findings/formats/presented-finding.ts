import type { Cve } from "../cve";
import type { References } from "../description";
import type { Finding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import { definedFields } from "../json-fields";
import type { FindingLocation } from "../location";
import { plainLines, plainText } from "../plain-text";
import type { FindingsReport } from "../report";
import { compareSeverity, type Severity } from "../severity";
import { masked } from "./masking";
import { requestOf } from "./request";

/** What a report does not say of itself. */
export interface FormatContext {
  /** The scan's ID. @default not named */
  scanId?: string | undefined;
  /** The project's ID. @default not named */
  projectId?: string | undefined;
  /** The fingerprints of findings that are not new; the others are marked as new. @default nothing is marked */
  baseline?: readonly string[] | undefined;
}

/**
 * A finding as every derived format shows it: its texts hold no credentials and no characters that steer a terminal or turn
 * the reading direction. Markup in them is still markup: each format escapes for itself.
 */
export interface PresentedFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  /** The CVSS base score, 0 to 10; absent where nobody rated it. */
  readonly score?: number;
  readonly scanner: string;
  /** Empty where the report names none. */
  readonly slug: string;
  /** Never empty. */
  readonly title: string;
  /** One line; it may be empty. */
  readonly information: string;
  readonly where: FindingLocation;
  /** The request that showed it, one header a line. */
  readonly request?: string;
  readonly description?: string;
  readonly howToFix?: string;
  /** Addresses of http or https only. */
  readonly references: References;
  readonly cves: readonly Pick<Cve, "id" | "cvssScore" | "information">[];
  /** Absent where there is no baseline to tell by. */
  readonly isNew?: boolean;
}

/** All findings of a report, the worst first, and else in the order of their fingerprints. */
export function presentFindings(
  { findings }: Pick<FindingsReport, "findings">,
  { baseline }: FormatContext = {},
): PresentedFinding[] {
  const known = baseline === undefined ? undefined : new Set(baseline);
  return findings
    .map((finding) => presentFinding(finding, known))
    .sort((a, b) => compareSeverity(a.severity, b.severity) || compareText(a.fingerprint, b.fingerprint));
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const line = (text: string): string => plainText(masked(text));
const lines = (text: string): string => plainLines(masked(text));

function presentFinding(finding: Finding, known: ReadonlySet<string> | undefined): PresentedFinding {
  const fingerprint = fingerprintOf(finding);
  const { scanner, slug, severity, title, information, where, cvss, description, howToFix, references, cves } = finding;
  const request = requestOf(finding);
  return {
    fingerprint,
    severity,
    scanner: line(scanner),
    slug: line(slug),
    title:
      [title, slug, information, scanner].map((text) => line(text ?? "").trim()).find((text) => text !== "") ?? "?",
    information: line(information),
    where: definedFields(Object.fromEntries(Object.entries(where).map(([name, text]) => [name, line(String(text))]))),
    references: definedFields({ owasp: addressOf(references.owasp), resolution: addressOf(references.resolution) }),
    cves: cves.map(({ id, cvssScore, information: about }) => ({
      id: line(id),
      ...definedFields({ cvssScore, information: about === undefined ? undefined : line(about) }),
    })),
    ...definedFields({
      score: cvss?.baseScore,
      request: request === undefined ? undefined : lines(request),
      description: description === undefined ? undefined : lines(description),
      howToFix: howToFix === undefined ? undefined : lines(howToFix),
      isNew: known === undefined ? undefined : !known.has(fingerprint),
    }),
  };
}

/** An address to follow; whatever could run something or lead elsewhere than it says is none. */
function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || text !== plainText(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return undefined;
  return url.username === "" && url.password === "" ? url.href : undefined;
}
