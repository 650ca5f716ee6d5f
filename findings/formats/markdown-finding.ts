import { truncated } from "../../errors/plain-text";
import { type PresentedFinding, placeOf } from "./presented-finding";

/** In characters, and in CVEs. */
const MOST = { title: 150, place: 300, name: 100, information: 400, fix: 1500, cves: 5 };

/** Returns a finding as a list item: rating, title and place, then the scanner's sentence, then the CVEs. */
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
  // Indented lines belong to the same item.
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

/** Returns one finding of each kind that the report says how to fix, in order. */
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

/** Returns how to fix a kind, with links. */
export function fixItem({ title, howToFix, references: { resolution, owasp } }: PresentedFinding): string {
  const parts = [
    `**${markdownText(truncated(title, MOST.title))}**`,
    howToFix === undefined ? "" : markdownText(truncated(howToFix, MOST.fix)),
    resolution === undefined ? "" : markdownLink("How to fix it", resolution),
    owasp === undefined ? "" : markdownLink("OWASP", owasp),
  ];
  return `- ${parts.filter((part) => part !== "").join(" ")}\n`;
}

/** Starts markup anywhere in a line, or a character reference. */
const MARKUP = /[&<>\\`*_~[\]|$]/g;

/** Starts a heading, a list, a quote, a rule or code at the start of a line. */
const BLOCK_START = /^(?:[#+=-]|\d{1,9}(?=[.)]))/;

/**
 * Starts what services turn into a link, a mention or a picture: `@name`, `#1`, `!1`, `GH-1`, `https://`, `www.`, `:smile:`, and
 * commit hashes.
 */
const REFERENCE = /[@#!%&~$:](?=[\w"'/.-])|\bwww(?=\.)|\bGH(?=-\d)|\b[0-9a-f]{4}(?=[0-9a-f]{3,60}\b)/gi;

/** A zero-width space, which prevents that. It cannot come from a finding, see `plain-text.ts`. */
const BREAK = "\u200B";

/** Limit of consecutive backticks in code: some Markdown parsers do not support longer fences. */
const MOST_BACKTICKS = 4;
const TOO_MANY_BACKTICKS = new RegExp(`\`{${MOST_BACKTICKS},}`, "g");

/** Escapes a text, in one line: nothing in it is markup, link or mention. For prose, as it adds invisible characters. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(REFERENCE, `$&${BREAK}`)
    .replace(MARKUP, reference)
    .replace(BLOCK_START, (start) => start.replace(/.$/, reference))
    .replaceAll(BREAK, reference(BREAK));
}

const reference = (character: string): string => `&#${character.charCodeAt(0)};`;

/**
 * Returns a text as inline code, unchanged, so that it can be copied. Empty for an empty text. It must not start a line, nor be
 * in a table.
 */
export function markdownCode(text: string, most: number): string {
  const line = truncated(text.replace(/\s/g, " "), most).replace(TOO_MANY_BACKTICKS, "`".repeat(MOST_BACKTICKS));
  if (line === "") return "";
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const isPadded = /^`|`$|^ .* $/.test(line);
  return isPadded ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/**
 * Returns a link that shows its host.
 *
 * @param address http or https, encoded, so without blanks and angle brackets
 */
export const markdownLink = (label: string, address: string): string =>
  `[${markdownText(`${label} (${new URL(address).host})`)}](<${address.replaceAll("&", "&amp;")}>)`;
