import { truncated } from "../plain-text";
import type { Severity } from "../severity";
import type { FindingKind, NumberedFinding } from "./html-kinds";
import { markup, type Markup } from "./html-markup";
import { counted } from "../counted";
import { clipped, MOST_CHARACTERS, whereOf } from "./html-text";
import type { PresentedFinding } from "./presented-finding";

/** The mark of a severity: its name, never its colour alone; with the score where one is given. */
export const badgeOf = (severity: Severity, score = ""): Markup =>
  markup`<span class="badge ${severity}">${`${severity} ${score}`.trimEnd()}</span>`;

/** With the one decimal that CVSS has; undefined where nobody rated it. */
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
    row("What was seen", information === "" ? undefined : text(information)),
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

/** Its text tells the host before one follows it; in print the whole address stands behind it. */
const link = (label: string, address: string | undefined): Markup | undefined =>
  address === undefined
    ? undefined
    : markup`<li><a href="${address}" rel="noreferrer noopener">${label} (${new URL(address).host})</a></li>`;
