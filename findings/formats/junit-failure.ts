import { fragment } from "xmlbuilder2";
import { truncated } from "../../errors/plain-text";
import { type PresentedFinding, placeOf } from "./presented-finding";

/** In characters, and in CVEs. */
const MOST = { message: 1000, part: 8000, cves: 50 };

/** Returns the attributes and the text of a finding's `<failure>`. The text has one fact per line, the scanner's sentence first. */
export function failureOf(finding: PresentedFinding): { attributes: { message: string; type: string }; text: string } {
  const { severity, title, information } = finding;
  const message = information.trim() === "" || information === title ? title : `${title}: ${information}`;
  return { attributes: { message: truncated(message, MOST.message), type: severity }, text: textOf(finding) };
}

function textOf(finding: PresentedFinding): string {
  const { information, title, severity, score, isNew, references } = finding;
  const lines: readonly (readonly [label: string, text: string | undefined])[] = [
    ["", information.trim() === "" ? title : information],
    ["Severity: ", score === undefined ? severity : `${severity} (${score})`],
    ["Scanner: ", finding.scanner],
    ["Where: ", placeOf(finding) || undefined],
    ["Parameter: ", finding.where.parameter],
    ["New: ", isNew === undefined ? undefined : isNew ? "yes" : "no"],
    ["How to fix: ", finding.howToFix],
    ["Read on: ", references.resolution],
    ["OWASP: ", references.owasp],
    ["CVEs: ", cvesOf(finding)],
    ["Request:\n", finding.request],
    ["Fingerprint: ", finding.fingerprint],
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

/** Replaces characters that XML 1.0 cannot contain, not even escaped. */
const OPTIONS = { invalidCharReplacement: "\uFFFD" };

/** xmlbuilder2 does not escape what looks like a reference (`&lt;`, `&#0;`), which changes the text or makes the XML invalid. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;");

/**
 * Returns an element with a text, or with elements on lines of their own. Elements are built one by one, since a document of
 * many thousands would need gigabytes.
 */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const values = Object.entries(attributes).map(([key, value]) => [key, escaped(String(value))] as const);
  const element = fragment(OPTIONS).ele(name, Object.fromEntries(values));
  if (typeof content === "string") return element.txt(escaped(content)).toString();
  if (content.length === 0) return element.toString();
  const closing = `</${name}>`;
  const opening = element.toString({ allowEmptyTags: true }).slice(0, -closing.length);
  return [opening, ...content, closing].join("\n");
}

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
