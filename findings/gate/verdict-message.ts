import { plainText } from "../plain-text";
import { SEVERITIES, type FindingCounts } from "../severity";
import type { AppliedAcceptances } from "./acceptance";
import type { AcceptedFinding } from "./accepted-finding";
import type { GatedScan } from "./evidence";
import { compareFindings, isNamed, nameFinding, type CountedFinding } from "./gate-finding";
import type { ResolvedGateSettings } from "./settings";
import { shorten } from "./short-text";
import type { VerdictReason } from "./verdict";

/** Why a gate is closed. */
export interface Closing {
  reason: Exclude<VerdictReason, "passed">;
  /** What is wrong with the scan, to stand after "scan 31"; of settings, what is wrong with them. */
  what: string;
  /** The findings that closed it. */
  findings?: readonly CountedFinding[];
  /** What else there is to say of the findings, each the end of a sentence. */
  notes?: readonly string[];
  /** All findings of the scan, where its report was read. */
  findingCounts?: FindingCounts;
  /** Details, one line each, of a length that fits. */
  lines?: readonly string[];
  /** What helps in this case, beside another scan, which almost always does. */
  ways?: readonly string[];
  /** Whether asking for another scan does not help, or would lead to the same one. */
  excludesRescan?: boolean;
}

/** So many findings are named; the report has the rest. */
const MAX_NAMED_FINDINGS = 5;
/** So many details are told. */
const MAX_LINES = 20;

/** What a message names of a scan. */
type NamedScan = Pick<GatedScan, "scanId" | "projectId" | "urn">;

/** A closed gate's message: what was found and where, then what to do. */
export function closedMessage(scan: NamedScan, closing: Closing): string {
  const head =
    closing.reason === "invalidSettings"
      ? `its settings cannot be used: ${plainText(closing.what)}`
      : headOf(scan, closing);
  const details = detailsOf(closing.lines ?? []);
  const lines = [
    `gate closed (${closing.reason}): ${head.replace(/\.$/, "")}.`,
    ...(closing.findingCounts === undefined ? [] : [`  found: ${formatCounts(closing.findingCounts)}`]),
    ...details,
    ...namedFindings(closing.findings ?? []),
  ];
  return [...lines, "What to do:", ...waysOut(scan, closing).map((way) => `- ${way}`)].join("\n");
}

const headOf = ({ scanId }: NamedScan, { what, notes = [] }: Closing): string =>
  [`scan ${scanId} ${plainText(what)}`, ...notes].join("; ");

/** What an open gate's message tells. */
export interface Opening {
  scanId: string;
  failOn: ResolvedGateSettings["failOn"];
  findingCounts: FindingCounts;
  acceptedCount: number;
  missingScanners: readonly string[];
  /** What else there is to say of the findings, each the end of a sentence. */
  notes: readonly string[];
}

/** An open gate's message. */
export function openMessage({ scanId, failOn, findingCounts, acceptedCount, missingScanners, notes }: Opening): string {
  const parts = [
    `gate open: scan ${scanId} found ${formatCounts(findingCounts)} (failOn: ${failOn})`,
    ...(acceptedCount > 0 ? [`${acceptedCount} of them accepted`] : []),
    ...notes,
    ...(missingScanners.length > 0 ? [`did not run: ${namesOf(missingScanners)}`] : []),
  ];
  return `${parts.join("; ")}.`;
}

/** Names in a sentence; of many the first ones. */
export function namesOf(names: readonly string[]): string {
  const told = names.slice(0, MAX_LINES).map(shorten).join(", ");
  return names.length > MAX_LINES ? `${told} and ${names.length - MAX_LINES} more` : told;
}

/** All severities, with how many there are. */
export const formatCounts = (counts: FindingCounts): string =>
  SEVERITIES.map((severity) => `${counts[severity]} ${severity}`).join(", ");

function detailsOf(lines: readonly string[]): string[] {
  const told = lines.slice(0, MAX_LINES).map((line) => `  ${plainText(line)}`);
  return lines.length > MAX_LINES ? [...told, `  ... and ${lines.length - MAX_LINES} more`] : told;
}

function namedFindings(findings: readonly CountedFinding[]): string[] {
  const lines = [...findings].sort(compareFindings).slice(0, MAX_NAMED_FINDINGS).flatMap(linesOf);
  const rest = findings.length - MAX_NAMED_FINDINGS;
  return rest > 0 ? [...lines, `  ... and ${rest} more, which the report names`] : lines;
}

/** One without a name is one of thousands; its fingerprint begins so. */
const linesOf = (finding: CountedFinding): string[] =>
  isNamed(finding)
    ? [`  ${nameFinding(finding)}`, `    finding: ${finding.fingerprint}`]
    : [`  ${finding.severity}, see the report`, `    finding: ${finding.fingerprint}...`];

function waysOut(scan: NamedScan, { reason, findingCounts, ways = [], excludesRescan = false }: Closing): string[] {
  if (reason === "invalidSettings") return ["correct the gate's settings"];
  if (excludesRescan) return [...ways];
  const again =
    scan.urn === undefined ? "start another scan" : `change a trigger, or run: pulumi up --replace '${scan.urn}'`;
  const all = [...ways, `scan again: ${again}`];
  if (findingCounts === undefined) return all;
  const how = scan.projectId === undefined ? "see the report, with CRASHTEST_WEBHOOK set" : "see the report";
  const report = `${how}: ${reportCommand(scan, "pdf")}`;
  if (reason !== "findings") return [report, ...all];
  return ["mend what was found", report, ...(scan.projectId === undefined ? [] : [ACCEPT]), ...all];
}

const ACCEPT =
  'or accept a finding for a while, with accept: "accepted.yaml" on the gate: ' +
  'npx pulumi-crashtest accept FINGERPRINT --file accepted.yaml --reason "..." --expires YYYY-MM-DD';

/**
 * How to get a scan's report. It is a command, since a call in the program would come after the gate, which is closed. A
 * webhook has XML only, and is named nowhere.
 */
export function reportCommand({ projectId, scanId }: NamedScan, format: "pdf" | "html"): string {
  const project = projectId === undefined ? "" : ` --project ${projectId}`;
  const given = projectId === undefined ? "xml" : format;
  return `npx pulumi-crashtest report${project} --scan ${scanId} --format ${given} --output report.${given}`;
}

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
