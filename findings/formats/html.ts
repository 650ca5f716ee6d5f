import { createHash } from "node:crypto";
import { STYLE } from "./html-style";
import { kindSection, kindsOf } from "./html-finding";
import { type Markup, markup, nameOf, styleElement } from "./html-markup";
import { findingsTable, overviewSection } from "./html-overview";
import { type FormatContext, presentFindings } from "./presented-finding";
import type { FindingsReport } from "../report";

/** More could exceed the length of a string in JavaScript. */
const MOST_FINDINGS = 100_000;
/** Above this, a browser lays out only what is in view: thousands of findings would otherwise take minutes to open. */
const MANY_FINDINGS = 500;

/** Nothing is loaded, run, framed or sent; the only style is the one with this hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Converts a report to one HTML file for people: an overview, a table, and the details of each finding, the most severe first. It
 * loads nothing, runs no script, and prints well. The same report yields the same text. It shows up to 100,000 findings, the most
 * severe ones, and up to 20,000 characters of a text, and says what it omits.
 * @param context `projectId` and `scanId` for the heading; `baseline` to mark the findings that are not in it as new.
 */
export function toHtml(report: FindingsReport, context: FormatContext = {}): string {
  const origin = originOf(context);
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${["Security findings", ...origin].join(", ")}</title>
${styleElement(STYLE)}
</head>
<body>
<a class="skip" href="#overview">Skip to the overview</a>
<header>
<h1>Security findings</h1>
${origin.length === 0 ? undefined : markup`<p class="origin">${origin.join(", ")}</p>\n`}</header>
<main>
${contentOf(report, context)}</main>
<footer>
<p>Cookies, authorization headers, keys, tokens, passwords and users in addresses are masked where they are recognised. A finding
that is not a problem can be accepted by its fingerprint, in the setting <code>accept</code> of a gate.</p>
</footer>
</body>
</html>
`.toString();
}

/** `Project 7`, `Scan 71`, if known. */
const originOf = ({ projectId, scanId }: FormatContext): string[] =>
  Object.entries({ Project: projectId, Scan: scanId }).flatMap(([noun, id]) =>
    id === undefined ? [] : [`${noun} ${nameOf(id)}`],
  );

function contentOf(report: FindingsReport, context: FormatContext): Markup {
  const findings = presentFindings(report, context);
  const kinds = kindsOf(findings, MOST_FINDINGS);
  const shown = kinds.flat();
  const overview = overviewSection(report, findings, shown.length, context);
  if (shown.length === 0) return overview;
  const size = shown.length > MANY_FINDINGS ? "many" : "few";
  return markup`${overview}${findingsTable(shown)}<section class="${size}" aria-labelledby="details">
<h2 id="details">In detail</h2>
${kinds.map(kindSection)}</section>
`;
}
