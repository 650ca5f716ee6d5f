import type { Finding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import { plainText } from "../plain-text";
import { compareSeverity, SEVERITIES, type FindingCounts } from "../severity";
import type { AppliedAcceptances } from "./acceptance";
import type { AcceptedFinding } from "./accepted-finding";
import type { GatedScan } from "./evidence";
import type { ResolvedGateSettings } from "./settings";
import type { VerdictReason } from "./verdict";

/** Why a gate is closed. */
export interface Closing {
  reason: Exclude<VerdictReason, "passed">;
  /** What is wrong with the scan, to stand after "scan 31"; of settings, what is wrong with them. */
  what: string;
  /** The findings that closed it. */
  findings?: readonly Finding[];
  acceptedCount?: number;
  /** All findings of the scan, where its report was read. */
  findingCounts?: FindingCounts;
  /** Details, one line each, of a length that fits. */
  lines?: readonly string[];
  /** What helps in this case, beside what always does. */
  ways?: readonly string[];
}

/** So many findings are named; the report has the rest. */
const MAX_NAMED_FINDINGS = 5;
/** So many details are told. */
const MAX_LINES = 20;
/** A text of a scanned site is cut here. */
const LONGEST_TEXT = 200;

/** A closed gate's message: what was found and where, then what to do. */
export function closedMessage(scan: GatedScan, closing: Closing): string {
  const head =
    closing.reason === "invalidSettings"
      ? `its settings cannot be used: ${plainText(closing.what)}`
      : headOf(scan, closing);
  const details = detailsOf(closing.lines ?? []);
  const lines = [
    `gate closed (${closing.reason}): ${head}.`,
    ...(closing.findingCounts === undefined ? [] : [`  found: ${formatCounts(closing.findingCounts)}`]),
    ...details,
    ...namedFindings(closing.findings ?? []),
  ];
  return [...lines, "What to do:", ...waysOut(scan, closing).map((way) => `- ${way}`)].join("\n");
}

const headOf = ({ scanId }: GatedScan, { what, acceptedCount = 0 }: Closing): string =>
  `scan ${scanId} ${plainText(what)}${acceptedCount > 0 ? `; ${acceptedCount} more accepted` : ""}`;

/** An open gate's message. */
export function openMessage(
  { failOn }: ResolvedGateSettings,
  { scanId }: GatedScan,
  { accepted }: AppliedAcceptances,
  facts: { findingCounts: FindingCounts; missingScanners: readonly string[] },
): string {
  const acceptedText = accepted.length > 0 ? `; ${accepted.length} of them accepted` : "";
  const missing =
    facts.missingScanners.length > 0 ? `; did not run: ${facts.missingScanners.map(shorten).join(", ")}` : "";
  return `gate open: scan ${scanId} found ${formatCounts(facts.findingCounts)} (failOn: ${failOn})${acceptedText}${missing}.`;
}

const formatCounts = (counts: FindingCounts): string =>
  SEVERITIES.map((severity) => `${counts[severity]} ${severity}`).join(", ");

function detailsOf(lines: readonly string[]): string[] {
  const told = lines.slice(0, MAX_LINES).map((line) => `  ${plainText(line)}`);
  return lines.length > MAX_LINES ? [...told, `  ... and ${lines.length - MAX_LINES} more`] : told;
}

function namedFindings(findings: readonly Finding[]): string[] {
  /** In an order of their own, so that a report in another order gives the same message. */
  const worstFirst = findings
    .map((finding) => ({ finding, fingerprint: fingerprintOf(finding) }))
    .sort(
      (a, b) => compareSeverity(a.finding.severity, b.finding.severity) || (a.fingerprint < b.fingerprint ? -1 : 1),
    );
  const named = worstFirst
    .slice(0, MAX_NAMED_FINDINGS)
    .flatMap(({ finding, fingerprint }) => [`  ${nameFinding(finding)}`, `    finding: ${fingerprint}`]);
  const rest = findings.length - MAX_NAMED_FINDINGS;
  return rest > 0 ? [...named, `  ... and ${rest} more, which the report names`] : named;
}

/** A finding in one line: "high 8.8 SQL Injection (sqlinjection), GET /items, parameter id". */
export function nameFinding({ severity, cvss, title, slug, scanner, where, cves, information }: Finding): string {
  const score = cvss === undefined ? "" : ` ${cvss.baseScore.toFixed(1)}`;
  const name = title ?? (slug === "" ? information : slug);
  const place = [where.method, where.path ?? where.host].filter((part) => part !== undefined).join(" ");
  const parts = [
    `${severity}${score} ${shorten(name)} (${shorten(scanner)})`,
    place === "" ? undefined : shorten(place),
    where.parameter === undefined ? undefined : `parameter ${shorten(where.parameter)}`,
    cves.length === 0 ? undefined : cves.length === 1 ? "1 CVE" : `${cves.length} CVEs`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

function waysOut(scan: GatedScan, { reason, findingCounts, ways = [] }: Closing): string[] {
  if (reason === "invalidSettings") return ["correct the gate's settings"];
  const again =
    scan.urn === undefined ? "start another scan" : `change a trigger, or run: pulumi up --replace '${scan.urn}'`;
  const all = [...ways, `scan again: ${again}`];
  if (findingCounts === undefined) return all;
  const report = `see the report: getReport({ ${referenceOf(scan)}`;
  if (reason !== "findings") return [report, ...all];
  return ["mend what was found", report, ...(scan.projectId === undefined ? [] : [ACCEPT]), ...all];
}

const ACCEPT = 'or accept a finding for a while: accept: [{ finding: "...", reason: "...", expires: "YYYY-MM-DD" }]';

/** A webhook has XML only, and is named nowhere. */
const referenceOf = ({ projectId, scanId }: GatedScan): string =>
  projectId === undefined
    ? `webhook, scanId: "${scanId}", format: "xml", path: "report.xml" })`
    : `projectId: "${projectId}", scanId: "${scanId}", format: "pdf", path: "report.pdf" })`;

/** What people should know of their acceptances; a list of hundreds is told in part. */
export function acceptanceWarnings({ expired, unmatched }: AppliedAcceptances): string[] {
  const all = [
    ...expired.map(
      (entry) => `the acceptance of ${nameAcceptance(entry)} has expired on ${entry.expires}: it counts again`,
    ),
    ...unmatched.map((entry) => `the acceptance of ${nameAcceptance(entry)} matches nothing that was found`),
  ];
  return all.length > MAX_LINES
    ? [...all.slice(0, MAX_LINES), `... and ${all.length - MAX_LINES} more like these`]
    : all;
}

function nameAcceptance(entry: AcceptedFinding): string {
  const what = "slug" in entry ? `"${shorten(entry.slug)}"` : `finding ${entry.finding}`;
  const where = entry.where === undefined ? "" : ` at ${shorten(entry.where)}`;
  return `${what}${where} ("${shorten(entry.reason)}")`;
}

/** A text of a scanned site: safe to print, and cut between characters where it is long. */
export function shorten(text: string): string {
  const characters = Array.from(plainText(text));
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join("")}...` : characters.join("");
}
