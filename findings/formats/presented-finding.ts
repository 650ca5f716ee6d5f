import type { ServiceKind } from "../../service/rules";
import type { ScanState } from "../../service/scan-status";
import type { Cve, Finding } from "../finding";
import type { References } from "../description";
import { fingerprintNameOf, identityOf } from "../fingerprint";
import { definedFields } from "../json-fields";
import type { ScannerError, SkippedScanner } from "../junit";
import type { FindingLocation } from "../location";
import { plainLines, plainText } from "../../errors/plain-text";
import type { FindingsReport } from "../report";
import { compareSeverity, type Severity } from "../severity";
import { masked } from "./masking";
import { requestOf } from "./request";

/** What a report does not say about itself. */
export interface FormatContext {
  /** The service that scanned. @default "crashtest" */
  service?: ServiceKind | undefined;
  /** The scan's ID. @default not shown */
  scanId?: string | undefined;
  /** The project's ID. @default not shown */
  projectId?: string | undefined;
  /** The fingerprints of known findings; others are marked as new. @default nothing is marked */
  baseline?: readonly string[] | undefined;
  /**
   * How the scan ended, with the service's reason. If it did not finish, the report says that it is incomplete.
   * @default it finished
   */
  scanEnd?: { state: ScanState; statusCode?: number | undefined; reason?: string | undefined } | undefined;
  /** Scanners that broke, from `parseJunit`. @default none */
  scannerErrors?: readonly ScannerError[] | undefined;
  /** Scanners that were skipped, from `parseJunit`; the JSON report has an empty list for them. @default none */
  skippedScanners?: readonly SkippedScanner[] | undefined;
}

/**
 * A finding for all derived formats. Its texts contain no credentials, and no characters that control a terminal or change the
 * reading direction. They may contain markup, which each format escapes.
 */
export interface PresentedFinding {
  readonly fingerprint: string;
  /** Its name in SARIF, which says by which scheme it was made. */
  readonly fingerprintName: string;
  readonly severity: Severity;
  /** The CVSS base score, 0 to 10; absent if it was not rated. */
  readonly score?: number;
  readonly scanner: string;
  /** Empty if the report does not name it. */
  readonly slug: string;
  /** Never empty. */
  readonly title: string;
  /** One line; it may be empty. */
  readonly information: string;
  readonly where: FindingLocation;
  /** The request that showed it, one header per line. */
  readonly request?: string;
  readonly description?: string;
  readonly howToFix?: string;
  /** Only http or https. */
  readonly references: References;
  readonly cves: readonly Pick<Cve, "id" | "cvssScore" | "information">[];
  /** Absent without a baseline. */
  readonly isNew?: boolean;
}

/** Returns all findings, the most severe first, then by score, fingerprint and text, regardless of the report's order. */
export function presentFindings(
  { findings }: Pick<FindingsReport, "findings">,
  { baseline }: FormatContext = {},
): PresentedFinding[] {
  const known = baseline === undefined ? undefined : new Set(baseline);
  const shared = { line: once(line), lines: once(lines), addressOf: once(addressOf) };
  return findings
    .map((finding) => presentFinding(finding, known, shared))
    .sort(
      (a, b) =>
        compareSeverity(a.severity, b.severity) ||
        (b.score ?? 0) - (a.score ?? 0) ||
        compareText(a.fingerprint, b.fingerprint) ||
        compareText(a.information, b.information),
    );
}

/** Presents a name outside findings, such as that of a scanner that did not run. */
export const presentName = (name: string): string => line(name);

/** Returns where a finding was made: `GET https://a.example/items`; empty if unknown. */
export const placeOf = ({ where: { method, url, host, path } }: PresentedFinding): string =>
  [method, url ?? `${host ?? ""}${path ?? ""}`].filter((part) => part !== undefined && part !== "").join(" ");

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const line = (text: string): string => plainText(masked(text));
const lines = (text: string): string => plainLines(masked(text));

/** For texts that many findings share. */
interface SharedTexts {
  readonly line: (text: string) => string;
  readonly lines: (text: string) => string;
  readonly addressOf: (text: string) => string | undefined;
}

/** Remembers results: many findings share texts, such as a long description. */
function once<T extends string | undefined>(present: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const result = known.get(text) ?? { value: present(text) };
    known.set(text, result);
    return result.value;
  };
}

function presentFinding(
  finding: Finding,
  known: ReadonlySet<string> | undefined,
  shared: SharedTexts,
): PresentedFinding {
  const { fingerprint, isRecognisable } = identityOf(finding);
  const { scanner, slug, severity, title, information, where, cvss, description, howToFix, references, cves } = finding;
  const request = requestOf(finding);
  const shown = line(information);
  return {
    fingerprint,
    fingerprintName: fingerprintNameOf(finding),
    severity,
    scanner: shared.line(scanner),
    slug: shared.line(slug),
    title:
      [shared.line(title ?? ""), shared.line(slug), shown, shared.line(scanner)]
        .find((text) => text.trim() !== "")
        ?.trim() ?? "?",
    information: shown,
    where: definedFields(Object.fromEntries(Object.entries(where).map(([name, text]) => [name, line(String(text))]))),
    references: definedFields({
      owasp: shared.addressOf(references.owasp ?? ""),
      resolution: shared.addressOf(references.resolution ?? ""),
    }),
    cves: cves.map(({ id, cvssScore, information: about }) => ({
      id: line(id) || "?",
      ...definedFields({ cvssScore, information: about === undefined ? undefined : line(about) }),
    })),
    ...definedFields({
      score: cvss?.baseScore,
      request: request === undefined ? undefined : lines(request),
      description: description === undefined ? undefined : shared.lines(description),
      howToFix: howToFix === undefined ? undefined : shared.lines(howToFix),
      isNew: known === undefined ? undefined : !(isRecognisable && known.has(fingerprint)),
    }),
  };
}

/** Limit of a reference, in characters. */
const LONGEST_ADDRESS = 2000;

/** Returns a URL to follow; undefined if it could run something or lead elsewhere than it says. */
function addressOf(text: string): string | undefined {
  if (text !== plainText(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "" || url.href.length > LONGEST_ADDRESS) return undefined;
  return url.origin + strictly(url.pathname + url.search) + (url.hash === "" ? "" : `#${strictly(url.hash.slice(1))}`);
}

/** Encodes by RFC 3986. Browsers allow more characters in a URL, but readers of SARIF refuse them. */
const strictly = (part: string): string =>
  part.replace(/%(?![0-9A-Fa-f]{2})/g, "%25").replace(/[^\w\-.~!$&'()*+,;=:@/?%]/g, encodeURIComponent);
