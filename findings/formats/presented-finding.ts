import type { ScanState } from "../../provider/scan-state";
import type { Cve } from "../cve";
import type { References } from "../description";
import type { Finding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import { definedFields } from "../json-fields";
import type { ScannerError, SkippedScanner } from "../junit";
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
  /**
   * How the scan ended, with the service's words for why. One that did not finish makes a report that says so: what it does not
   * name may be there all the same. @default it finished
   */
  scanEnd?: { state: ScanState; statusCode?: number | undefined; reason?: string | undefined } | undefined;
  /** From the XML report, as `parseJunit` gives them: scanners that broke. @default none */
  scannerErrors?: readonly ScannerError[] | undefined;
  /** From the XML report: scanners that were skipped, which have an empty list in the JSON report. @default none */
  skippedScanners?: readonly SkippedScanner[] | undefined;
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

/** All findings of a report, the worst first, and else by fingerprint and text, whatever the order of the report. */
export function presentFindings(
  { findings }: Pick<FindingsReport, "findings">,
  { baseline }: FormatContext = {},
): PresentedFinding[] {
  const known = baseline === undefined ? undefined : new Set(baseline);
  const common = { line: once(line), lines: once(lines), addressOf: once(addressOf) };
  return findings
    .map((finding) => presentFinding(finding, known, common))
    .sort(
      (a, b) =>
        compareSeverity(a.severity, b.severity) ||
        (b.score ?? 0) - (a.score ?? 0) ||
        compareText(a.fingerprint, b.fingerprint) ||
        compareText(a.information, b.information),
    );
}

/** A name that stands outside of findings, such as that of a scanner which did not run, as plain as those inside. */
export const presentName = (name: string): string => line(name);

/** Where a finding was made, in words: `GET https://a.example/items`; empty where nothing is known of it. */
export const placeOf = ({ where: { method, url, host, path } }: PresentedFinding): string =>
  [method, url ?? `${host ?? ""}${path ?? ""}`].filter((part) => part !== undefined && part !== "").join(" ");

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const line = (text: string): string => plainText(masked(text));
const lines = (text: string): string => plainLines(masked(text));

/** What many findings have in common, such as a long description, is made plain once. */
function once<T>(present: (text: string) => T): (text: string) => T {
  const presented = new Map<string, { readonly value: T }>();
  return (text) => {
    const known = presented.get(text);
    if (known !== undefined) return known.value;
    const value = present(text);
    presented.set(text, { value });
    return value;
  };
}

/** The same as the functions of these names, for texts that many findings have in common. */
interface CommonTexts {
  readonly line: (text: string) => string;
  readonly lines: (text: string) => string;
  readonly addressOf: (text: string) => string | undefined;
}

function presentFinding(
  finding: Finding,
  known: ReadonlySet<string> | undefined,
  common: CommonTexts,
): PresentedFinding {
  const fingerprint = fingerprintOf(finding);
  const { scanner, slug, severity, title, information, where, cvss, description, howToFix, references, cves } = finding;
  const request = requestOf(finding);
  const shown = line(information);
  return {
    fingerprint,
    severity,
    scanner: common.line(scanner),
    slug: common.line(slug),
    title:
      [common.line(title ?? ""), common.line(slug), shown, common.line(scanner)]
        .find((text) => text.trim() !== "")
        ?.trim() ?? "?",
    information: shown,
    where: definedFields(Object.fromEntries(Object.entries(where).map(([name, text]) => [name, line(String(text))]))),
    references: definedFields({
      owasp: common.addressOf(references.owasp ?? ""),
      resolution: common.addressOf(references.resolution ?? ""),
    }),
    cves: cves.map(({ id, cvssScore, information: about }) => ({
      id: line(id) || "?",
      ...definedFields({ cvssScore, information: about === undefined ? undefined : line(about) }),
    })),
    ...definedFields({
      score: cvss?.baseScore,
      request: request === undefined ? undefined : lines(request),
      description: description === undefined ? undefined : common.lines(description),
      howToFix: howToFix === undefined ? undefined : common.lines(howToFix),
      isNew: known === undefined ? undefined : !known.has(fingerprint),
    }),
  };
}

/** No reference is longer. */
const LONGEST_ADDRESS = 2000;

/** An address to follow; whatever could run something or lead elsewhere than it says is none. */
function addressOf(text: string): string | undefined {
  if (text !== plainText(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "" || url.href.length > LONGEST_ADDRESS) return undefined;
  return url.origin + strictly(url.pathname + url.search) + (url.hash === "" ? "" : `#${strictly(url.hash.slice(1))}`);
}

/** As RFC 3986 has it: what a URL may hold by the rules of browsers is more, and readers of SARIF refuse it. */
const strictly = (part: string): string =>
  part.replace(/%(?![0-9A-Fa-f]{2})/g, "%25").replace(/[^\w\-.~!$&'()*+,;=:@/?%]/g, encodeURIComponent);
