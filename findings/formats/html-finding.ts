import { counted, truncated } from "../../errors/plain-text";
import { type Severity, compareSeverity } from "../severity";
import { MOST_CHARACTERS, type Markup, clipped, markup, whereOf } from "./html-markup";
import type { PresentedFinding } from "./presented-finding";

/** A severity as its name, never as a colour alone, with the score if given. */
export const badgeOf = (severity: Severity, score = ""): Markup =>
  markup`<span class="badge ${severity}">${`${severity} ${score}`.trimEnd()}</span>`;

/** With one decimal, like CVSS; undefined if it was not rated. */
export const scoreOf = ({ score }: PresentedFinding): string | undefined => score?.toFixed(1);

export const newMarkOf = ({ isNew }: PresentedFinding): Markup | undefined =>
  isNew === true ? markup` <span class="new">new</span>` : undefined;

/** A kind of finding: what its findings have in common, then each of them. */
export function kindSection(kind: FindingKind): Markup {
  const [first] = kind;
  const { severity, title, description, howToFix, references } = first;
  const links = [link("OWASP", references.owasp), link("How to fix it", references.resolution)].filter(
    (item) => item !== undefined,
  );
  const common = [
    row("What it is", description === undefined ? undefined : text(description)),
    row("How to fix", howToFix === undefined ? undefined : text(howToFix)),
    row("Read on", links.length === 0 ? undefined : markup`<ul>${links}</ul>`),
  ];
  return markup`<section class="kind ${severity}">
<header>
<h3>${clipped(title, MOST_CHARACTERS.title)}</h3>
<p><span class="muted">${counted(kind.length, "finding")}</span> ${badgeOf(severity, scoreOf(first))}</p>
</header>
${factsOf(common)}${kind.map(findingArticle)}</section>
`;
}

function findingArticle(finding: NumberedFinding): Markup {
  const { number, title, scanner, information, request, fingerprint } = finding;
  const heading = `finding-${number}-heading`;
  const by = markup`<span class="by">by the scanner ${clipped(scanner, MOST_CHARACTERS.title)}</span>`;
  const rows = [
    row("Where", whereOf(finding, MOST_CHARACTERS.place)),
    row("What was seen", information === "" || information === title ? undefined : text(information)),
    row("Request", request === undefined ? undefined : folded("Show the request", requestBlock(request))),
    row("Weaknesses", cveList(finding)),
    row("Fingerprint", markup`<code class="fingerprint">${fingerprint}</code>`),
  ];
  return markup`<article id="finding-${number}" aria-labelledby="${heading}">
<h4 id="${heading}">Finding ${number}<span class="unseen">: ${truncated(title, MOST_CHARACTERS.cell)},</span> ${by}${newMarkOf(finding)}</h4>
${factsOf(rows)}</article>
`;
}

const requestBlock = (request: string): Markup => markup`<pre>${clipped(request, MOST_CHARACTERS.text)}</pre>`;

function cveList({ cves }: PresentedFinding): Markup | undefined {
  if (cves.length === 0) return undefined;
  const worstFirst = [...cves].sort((left, right) => (right.cvssScore ?? -1) - (left.cvssScore ?? -1));
  const items = worstFirst.map(
    ({ id, cvssScore, information }) =>
      markup`<li><strong>${truncated(id, MOST_CHARACTERS.cell)}</strong> ${cvssScore} ${text(information ?? "")}</li>\n`,
  );
  return folded(`Show ${counted(cves.length, "CVE")}`, markup`<ul>\n${items}</ul>`);
}

const factsOf = (rows: readonly (Markup | undefined)[]): Markup | undefined =>
  rows.every((content) => content === undefined) ? undefined : markup`<dl>\n${rows}</dl>\n`;

const row = (name: string, content: Markup | undefined): Markup | undefined =>
  content === undefined ? undefined : markup`<div><dt>${name}</dt><dd>${content}</dd></div>\n`;

const text = (content: string): Markup => markup`<span class="text">${clipped(content, MOST_CHARACTERS.text)}</span>`;

const folded = (summary: string, content: Markup): Markup =>
  markup`<details><summary>${summary}</summary>${content}</details>`;

/** The text shows the host; print shows the whole address. */
const link = (label: string, address: string | undefined): Markup | undefined =>
  address === undefined
    ? undefined
    : markup`<li><a href="${address}" rel="noreferrer noopener">${label} (${new URL(address).host})</a></li>`;

/** A finding with its number in the document, from 1. */
export type NumberedFinding = PresentedFinding & { readonly number: number };

/** Findings with the same rating, title, description, fix and references; never empty. */
export type FindingKind = readonly [NumberedFinding, ...NumberedFinding[]];

/**
 * Groups at most `most` findings by kind, the most severe first. What a kind has in common is shown once: repeating a long
 * description thousands of times would make a file that cannot be opened.
 */
export function kindsOf(findings: readonly PresentedFinding[], most: number): FindingKind[] {
  const kinds: [NumberedFinding, ...NumberedFinding[]][] = [];
  const worst = [...findings].sort(compareFindings).slice(0, most);
  for (const [index, finding] of worst.entries()) {
    const numbered = { ...finding, number: index + 1 };
    const last = kinds.at(-1);
    if (last !== undefined && isSameKind(last[0], finding)) last.push(numbered);
    else kinds.push([numbered]);
  }
  return kinds;
}

const ORDER = ["title", "slug", "fingerprint"] as const;

function compareFindings(left: PresentedFinding, right: PresentedFinding): number {
  const byRating = compareSeverity(left.severity, right.severity) || (right.score ?? -1) - (left.score ?? -1);
  if (byRating !== 0) return byRating;
  const field = ORDER.find((name) => left[name] !== right[name]);
  return field === undefined ? 0 : left[field] < right[field] ? -1 : 1;
}

const COMMON = ["severity", "score", "title", "description", "howToFix"] as const;

const isSameKind = (left: PresentedFinding, right: PresentedFinding): boolean =>
  COMMON.every((name) => left[name] === right[name]) &&
  left.references.owasp === right.references.owasp &&
  left.references.resolution === right.references.resolution;
