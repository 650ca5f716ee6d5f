import { plainText, truncated } from "../../errors/plain-text";
import { definedFields } from "../json-fields";
import type { Severity } from "../severity";
import { markdownLink, markdownText } from "./markdown-finding";
import type { PresentedFinding } from "./presented-finding";
import type {
  SarifHelp,
  SarifLevel,
  SarifLocation,
  SarifResult,
  SarifResultProperties,
  SarifRule,
  SarifText,
  SarifWebRequest,
} from "./sarif-log";

/** Limits of a result, in characters and in CVEs, as the file has a limit. */
const MOST = { message: 4000, name: 500, address: 2000, request: 8000, cves: 50 };

/**
 * The only fingerprint that GitHub uses. Two results with the same value are one alert there, so results with the same
 * fingerprint are numbered: every finding stays its own alert, and counts are right.
 */
const ALERT_FINGERPRINT = "primaryLocationLineHash";

/** Returns findings as results, in their order, each with the index of its rule. */
export function resultsOf(
  findings: readonly PresentedFinding[],
  rules: readonly { readonly id: string }[],
): SarifResult[] {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const ruleId = ruleIdOf(finding);
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    return {
      ruleId,
      ruleIndex: indexes.get(ruleId) ?? -1,
      level: LEVELS[finding.severity],
      message: messageOf(finding),
      locations: [locationOf(finding)],
      partialFingerprints: {
        [finding.fingerprintName]: finding.fingerprint,
        [ALERT_FINGERPRINT]: `${finding.fingerprint}:${count}`,
      },
      ...baselineStateOf(finding),
      ...webRequestOf(finding),
      properties: propertiesOf(finding),
    };
  });
}

const messageOf = ({ information, title }: PresentedFinding): SarifText =>
  sarifText(information.trim() === "" ? title : information, MOST.message);

/** A site has no lines, so the region is the start of the first one. GitHub requires all four numbers. */
const locationOf = ({ where }: PresentedFinding): SarifLocation => ({
  physicalLocation: {
    artifactLocation: { uri: artifactPathOf(where.path) },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  },
});

const baselineStateOf = ({ isNew }: PresentedFinding): Pick<SarifResult, "baselineState"> =>
  isNew === undefined ? {} : { baselineState: isNew ? "new" : "unchanged" };

function webRequestOf({ where, request }: PresentedFinding): { webRequest?: SarifWebRequest } {
  const { method, url, path } = where;
  if (method === undefined && request === undefined) return {};
  const target = url ?? path;
  const webRequest = definedFields({
    method: cut(method, MOST.name),
    target: cut(target, MOST.address),
    properties: request === undefined ? undefined : { text: truncated(request, MOST.request) },
  });
  return { webRequest };
}

function propertiesOf({ severity, score, title, scanner, where, cves }: PresentedFinding): SarifResultProperties {
  const ids = cves
    .slice(0, MOST.cves)
    .map(({ id, cvssScore }) => ({ id: truncated(id, MOST.name), ...definedFields({ cvssScore }) }));
  return {
    severity,
    title: truncated(title, MOST.name),
    scanner: truncated(scanner, MOST.name),
    ...definedFields({
      score,
      host: cut(where.host, MOST.name),
      path: cut(where.path, MOST.address),
      method: cut(where.method, MOST.name),
      parameter: cut(where.parameter, MOST.name),
    }),
    ...(ids.length > 0 && { cves: ids, cveCount: cves.length }),
  };
}

const cut = (text: string | undefined, most: number): string | undefined =>
  text === undefined ? undefined : truncated(text, most);

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  // Not rated does not mean harmless.
  unknown: "warning",
  low: "note",
  info: "note",
};

const WORST_FIRST: readonly SarifLevel[] = ["error", "warning", "note"];

/** Compares the levels of two severities for sorting, the most severe first. */
export const compareLevel = (left: Severity, right: Severity): number =>
  WORST_FIRST.indexOf(LEVELS[left]) - WORST_FIRST.indexOf(LEVELS[right]);

/** The artifact of a finding without a path, or of the root, which has no name. */
const WHOLE_SITE = "website";

/** In characters; paths of a repository are not longer. */
const LONGEST_PATH = 500;

/** `.`, `..`, or nothing. */
const NO_NAME = /^[.\s]*$/;

/** A decoded path that starts with a scheme is a URL. */
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/**
 * Returns a path of the site as the path of an artifact: relative, percent-encoded, without `..`, scheme and host. It is decoded
 * before it is split, since readers decode the whole path before they resolve it.
 */
export function artifactPathOf(path: string | undefined): string {
  const names = truncated(plainText(decoded(path ?? "")), LONGEST_PATH)
    .split(/[/\\]/)
    .filter((name) => !NO_NAME.test(name));
  if (names.length === 0) return WHOLE_SITE;
  return names.map((name, index) => encodeURIComponent(index === 0 ? name.replace(SCHEME, "$1_") : name)).join("/");
}

/** Returns an invalidly encoded path unchanged. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Limits of a rule in GitHub's code scanning, in characters and tags; those of a tag and of help are our own. */
const MOST_OF_RULE = { id: 255, name: 255, description: 1024, tags: 10, tag: 100, help: 4000 };

/** Returns the rule ID of a finding: its slug, or else its scanner, as nothing else is stable across scans. */
export const ruleIdOf = ({ slug, scanner }: PresentedFinding): string =>
  truncated(isNamed(slug) ? slug : `scanner/${scanner}`, MOST_OF_RULE.id);

const isNamed = (text: string | undefined): text is string => text !== undefined && text.trim() !== "";

/** Returns the rules of these findings, in order of first appearance. */
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

/** The most severe of its findings determines a rule, so that no finding makes another less severe. */
function ruleOf(id: string, findings: readonly [PresentedFinding, ...PresentedFinding[]]): SarifRule {
  const [first] = findings;
  const name = isNamed(first.slug) ? first.title : `Findings of the scanner ${first.scanner} without a description`;
  const { resolution, owasp } = first.references;
  const [worst = first.severity] = findings.map(({ severity }) => severity).sort(compareLevel);
  const tags = new Set(["security", "dast", ...findings.map(({ scanner }) => truncated(scanner, MOST_OF_RULE.tag))]);
  return {
    id,
    name: truncated(name, MOST_OF_RULE.name),
    shortDescription: sarifText(name, MOST_OF_RULE.description),
    fullDescription: sarifText(isNamed(first.description) ? first.description : name, MOST_OF_RULE.description),
    help: helpOf(first),
    ...definedFields({ helpUri: resolution ?? owasp }),
    defaultConfiguration: { level: LEVELS[worst] },
    properties: {
      tags: [...tags].filter((tag) => tag !== "").slice(0, MOST_OF_RULE.tags),
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
    text: [sarifText(fix, MOST_OF_RULE.help).text, ...known.map(([label, address]) => `${label}: ${address}`)].join(
      "\n",
    ),
    markdown: [
      markdownText(truncated(fix, MOST_OF_RULE.help)),
      ...known.map(([label, address]) => markdownLink(label, address)),
    ].join("\n\n"),
  };
}

/**
 * Returns the highest score, rounded up to the next tenth like CVSS, so that GitHub rates it as this package does. GitHub does not
 * accept a score of 0; it then uses the level.
 */
function securitySeverityOf(findings: readonly PresentedFinding[]): string | undefined {
  const score = findings.reduce((highest, finding) => Math.max(highest, finding.score ?? 0), 0);
  return score > 0 ? (Math.ceil(Number((score * 10).toFixed(6))) / 10).toFixed(1) : undefined;
}

/**
 * Returns a text of SARIF, cut to `most` characters. SARIF texts may contain links (`[text](address)`), which a scanned site must
 * not be able to write; a blank breaks them.
 */
export const sarifText = (text: string, most: number): SarifText => ({
  text: truncated(text.replaceAll("](", "] ("), most),
});
