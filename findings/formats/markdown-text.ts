import { truncated } from "../plain-text";

/** What begins markup anywhere in a line, and what begins a character reference. */
const MARKUP = /[&<>\\`*_~[\]|$]/g;

/** What begins a heading, a list, a quote, a rule or code at the beginning of a line. */
const BLOCK_START = /^(?:[#+=-]|\d{1,9}(?=[.)]))/;

/**
 * What a service makes a link, a mention or a picture of, even where Markdown does not: `@name`, `#1`, `!1`, `GH-1`,
 * `https://`, `www.`, `:smile:`, and hashes of commits.
 */
const REFERENCE = /[@#!%&~$:](?=[\w"'/.-])|\bwww(?=\.)|\bGH(?=-\d)|\b[0-9a-f]{4}(?=[0-9a-f]{3,60}\b)/gi;

/** A space without width, in which none of these is recognised. It cannot come from a finding, see `plain-text.ts`. */
const BREAK = "\u200B";

/** The most backticks in a row that code shows: some readers of Markdown know no longer fences. */
const MOST_BACKTICKS = 4;
const TOO_MANY_BACKTICKS = new RegExp(`\`{${MOST_BACKTICKS},}`, "g");

/** A text as it reads, in one line: nothing in it is markup, link or mention. For prose; it adds marks that cannot be seen. */
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
 * A text as code, in one line, as it is: what can be copied, such as an address. Empty for an empty text. It must not begin
 * a line, nor stand in a table.
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
 * A link that tells its host before one follows it.
 *
 * @param address of http or https, encoded: without blanks and angle brackets
 */
export const markdownLink = (label: string, address: string): string =>
  `[${markdownText(`${label} (${new URL(address).host})`)}](<${address.replaceAll("&", "&amp;")}>)`;
