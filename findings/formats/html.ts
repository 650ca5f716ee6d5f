import { createHash } from "node:crypto";
import type { FindingsReport } from "../report";
import { kindSection } from "./html-finding";
import { kindsOf } from "./html-kinds";
import { markup, type Markup } from "./html-markup";
import { overviewSection } from "./html-overview";
import { STYLE } from "./html-style";
import { findingsTable } from "./html-table";
import { nameOf } from "./html-text";
import { presentFindings, type FormatContext } from "./presented-finding";

/** More would make a text longer than JavaScript can hold. */
const MOST_FINDINGS = 100_000;
/** From here on a browser lays out what comes into view only: else thousands of findings would take minutes to open. */
const MANY_FINDINGS = 500;

/** Nothing is loaded, run, framed or sent; of styles there is the one that has this hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE.toString()).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * The report as one HTML file, for people: an overview, a table, and what is known of each finding, the worst first. It refers
 * to nothing outside but by links to follow, runs no script, and prints well. The same report gives the same text. No finding
 * is left out up to 100,000, above which the worst of them are shown; a text above 20,000 characters is cut. Both is said.
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
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#overview">Skip to the overview</a>
<header>
<h1>Security findings</h1>
${origin.length === 0 ? undefined : markup`<p class="origin">${origin.join(", ")}</p>\n`}</header>
<main>
${contentOf(report, context)}</main>
<footer>
<p>Cookies, authorization headers and users in addresses are masked. A finding that is no problem can be accepted by its
fingerprint, which is what the setting <code>accept</code> of a gate takes.</p>
</footer>
</body>
</html>
`.toString();
}

/** `Project 7`, `Scan 71`, as far as they are known. */
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
