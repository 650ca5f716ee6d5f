import { truncated } from "../plain-text";
import { definedFields } from "../json-fields";
import { markdownLink, markdownText } from "./markdown-text";
import type { PresentedFinding } from "./presented-finding";
import { compareLevel, levelOf } from "./sarif-level";
import type { SarifHelp, SarifRule } from "./sarif-log";
import { sarifText } from "./sarif-text";

/** What code scanning of GitHub takes of a rule, in characters, and in tags that it shows. */
const MOST = { id: 255, name: 255, description: 1024, tags: 10 };

/** Nobody limits it, but a file has a limit, and so has the patience of a reader. */
const LONGEST_HELP = 4000;
const LONGEST_TAG = 100;

/** The rule of a finding: its slug; without one its scanner, as there is nothing else that stays from scan to scan. */
export const ruleIdOf = ({ slug, scanner }: PresentedFinding): string =>
  truncated(isNamed(slug) ? slug : `scanner/${scanner}`, MOST.id);

const isNamed = (text: string | undefined): text is string => text !== undefined && text.trim() !== "";

/** The rules of these findings, in the order in which the findings first name them. */
export function rulesOf(findings: readonly PresentedFinding[]): SarifRule[] {
  const byId = new Map<string, [PresentedFinding, ...PresentedFinding[]]>();
  for (const finding of findings) {
    const id = ruleIdOf(finding);
    const known = byId.get(id);
    if (known === undefined) byId.set(id, [finding]);
    else known.push(finding);
  }
  return [...byId].map(([id, members]) => ruleOf(id, members));
}

/** The worst of its findings decides about a rule, so that no finding gets milder by another. */
function ruleOf(id: string, findings: readonly [PresentedFinding, ...PresentedFinding[]]): SarifRule {
  const [first] = findings;
  const name = isNamed(first.slug) ? first.title : `Findings of the scanner ${first.scanner} without a description`;
  const { resolution, owasp } = first.references;
  const [worst = first.severity] = findings.map(({ severity }) => severity).sort(compareLevel);
  const tags = new Set(["security", "dast", ...findings.map(({ scanner }) => truncated(scanner, LONGEST_TAG))]);
  return {
    id,
    name: truncated(name, MOST.name),
    shortDescription: sarifText(name, MOST.description),
    fullDescription: sarifText(isNamed(first.description) ? first.description : name, MOST.description),
    help: helpOf(first),
    ...definedFields({ helpUri: resolution ?? owasp }),
    defaultConfiguration: { level: levelOf(worst) },
    properties: {
      tags: [...tags].filter((tag) => tag !== "").slice(0, MOST.tags),
      ...definedFields({ "security-severity": securitySeverityOf(findings) }),
    },
  };
}

function helpOf({ howToFix, references }: PresentedFinding): SarifHelp {
  const fix = isNamed(howToFix) ? howToFix : "The report does not say how to fix it.";
  const links: [string, string | undefined][] = [
    ["How to fix it", references.resolution],
    ["OWASP", references.owasp],
  ];
  const known = links.flatMap(([label, address]) => (address === undefined ? [] : [[label, address] as const]));
  return {
    text: [sarifText(fix, LONGEST_HELP).text, ...known.map(([label, address]) => `${label}: ${address}`)].join("\n"),
    markdown: [
      markdownText(truncated(fix, LONGEST_HELP)),
      ...known.map(([label, address]) => markdownLink(label, address)),
    ].join("\n\n"),
  };
}

/**
 * The highest score, up to the next tenth as CVSS rounds, so that GitHub has it in the same band as this package. A score of
 * 0 is none there: the level then tells how bad it is.
 */
function securitySeverityOf(findings: readonly PresentedFinding[]): string | undefined {
  const score = findings.reduce((highest, finding) => Math.max(highest, finding.score ?? 0), 0);
  return score > 0 ? (Math.ceil(Number((score * 10).toFixed(6))) / 10).toFixed(1) : undefined;
}
