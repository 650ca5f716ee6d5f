import { truncated } from "../plain-text";
import { markdownCode, markdownLink, markdownText } from "./markdown-text";
import { placeOf, type PresentedFinding } from "./presented-finding";

/** In characters, and in CVEs. */
const MOST = { title: 150, place: 300, name: 100, information: 400, fix: 1500, cves: 5 };

/** A finding as an item of a list: rating, title and place, then what the scanner says, then the CVEs. */
export function findingItem(finding: PresentedFinding): string {
  const { severity, score, title, information, where, isNew, scanner } = finding;
  const rating = score === undefined ? severity : `${severity} ${score.toFixed(1)}`;
  const place = placeOf(finding);
  const head = [
    `**${rating}**${isNew === true ? " **new**" : ""} ${markdownText(truncated(title, MOST.title))}`,
    place === "" ? "" : markdownCode(place, MOST.place),
    where.parameter === undefined ? "" : `parameter ${markdownCode(where.parameter, MOST.name)}`,
    `scanner ${markdownCode(scanner, MOST.name)}`,
  ];
  const seen =
    information.trim() === "" || information === title ? "" : `Seen: ${markdownCode(information, MOST.information)}`;
  const lines = [head.filter((part) => part !== "").join(", "), seen, cvesOf(finding)];
  // Of one item, as later lines are indented.
  return `- ${lines.filter((line) => line !== "").join("\n  ")}\n`;
}

function cvesOf({ cves }: PresentedFinding): string {
  if (cves.length === 0) return "";
  const named = [...cves]
    .sort((left, right) => (right.cvssScore ?? Infinity) - (left.cvssScore ?? Infinity))
    .slice(0, MOST.cves)
    .map(({ id, cvssScore }) => markdownCode(cvssScore === undefined ? id : `${id} (${cvssScore})`, MOST.name));
  const more = cves.length > MOST.cves ? ` and ${cves.length - MOST.cves} more` : "";
  return `CVEs: ${named.join(", ")}${more}`;
}

/** Of these findings one of each kind of which the report says how to fix it, in their order. */
export function fixableKindsOf(findings: readonly PresentedFinding[]): PresentedFinding[] {
  const kinds = new Map<string, PresentedFinding>();
  for (const finding of findings) {
    const { slug, howToFix, references } = finding;
    const said = [howToFix, references.resolution, references.owasp];
    const kind = JSON.stringify([slug, ...said]);
    if (said.some((text) => text !== undefined)) kinds.set(kind, finding);
  }
  return [...kinds.values()];
}

/** How to fix a kind, with where to read on. */
export function fixItem({ title, howToFix, references: { resolution, owasp } }: PresentedFinding): string {
  const parts = [
    `**${markdownText(truncated(title, MOST.title))}**`,
    howToFix === undefined ? "" : markdownText(truncated(howToFix, MOST.fix)),
    resolution === undefined ? "" : markdownLink("How to fix it", resolution),
    owasp === undefined ? "" : markdownLink("OWASP", owasp),
  ];
  return `- ${parts.filter((part) => part !== "").join(" ")}\n`;
}
