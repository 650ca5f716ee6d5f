import { counted, plainText } from "../../errors/plain-text";
import { type FindingCounts, SEVERITIES } from "../../findings/severity";
import type { AcceptedFinding, AppliedAcceptances } from "./accepted-finding";
import type { GatedScan, VerdictReason } from "./verdict";
import { type GateFinding, compareFindings, nameFinding, shorten } from "./gate-finding";
import type { FindingsQuestion } from "./findings-question";
import type { ScanCoverage } from "../../service/scan-status";

/** Why a gate is closed. */
export interface Closing {
  reason: Exclude<VerdictReason, "passed">;
  /** What is wrong with the settings, or with the scan: to follow "scan 31". */
  what: string;
  /** The findings that closed it. */
  findings?: readonly GateFinding[];
  /** More on the findings, each the end of a sentence. */
  notes?: readonly string[];
  /** All findings of the scan, if its report was read. */
  findingCounts?: FindingCounts;
  /** Details, one line each. */
  lines?: readonly string[];
  /** What helps in this case, besides another scan. */
  ways?: readonly string[];
  /** Whether another scan does not help, or would be the same one. */
  excludesRescan?: boolean;
}

/** More are only in the report. */
const MAX_NAMED_FINDINGS = 5;
const MAX_LINES = 20;

type NamedScan = Pick<GatedScan, "scanId" | "projectId" | "urn">;

/** Writes a closed gate's message: what was found and where, then what to do. */
export function closedMessage(scan: NamedScan, closing: Closing): string {
  const { reason, notes = [], lines = [], findings = [], findingCounts } = closing;
  const what = plainText(closing.what);
  const head =
    reason === "invalidSettings"
      ? `its settings cannot be used: ${what}`
      : [`scan ${scan.scanId} ${what}`, ...notes].join("; ");
  return [
    `gate closed (${reason}): ${head.replace(/\.$/, "")}.`,
    ...(findingCounts === undefined ? [] : [`  found: ${formatCounts(findingCounts)}`]),
    ...detailsOf(lines),
    ...namedFindings(findings),
    "What to do:",
    ...waysOut(scan, closing).map((way) => `- ${way}`),
  ].join("\n");
}

/** The way out where the command left something out that a gate needs. */
export const runWithAll = (what: string): string => `run without --target and --exclude, or name ${what} in --target`;

/** Writes an open gate's message. The notes are ends of sentences. */
export function openMessage(question: FindingsQuestion, notes: readonly string[]): string {
  const { scan, settings, findingCounts, accepted, missingScanners } = question;
  const parts = [
    `gate open: scan ${scan.scanId} found ${formatCounts(findingCounts)} (failOn: ${settings.failOn})`,
    ...(accepted.length > 0 ? [`${accepted.length} of them accepted`] : []),
    ...notes,
    ...(missingScanners.length > 0 ? [`did not run: ${namesOf(missingScanners)}`] : []),
  ];
  return `${parts.join("; ")}.`;
}

/** Lists names in a sentence; of many the first ones. */
export function namesOf(names: readonly string[]): string {
  const told = names.slice(0, MAX_LINES).map(shorten).join(", ");
  return names.length > MAX_LINES ? `${told} and ${names.length - MAX_LINES} more` : told;
}

/** Lists all severities with their counts. */
export const formatCounts = (counts: FindingCounts): string =>
  SEVERITIES.map((severity) => `${counts[severity]} ${severity}`).join(", ");

function detailsOf(lines: readonly string[]): string[] {
  const told = lines.slice(0, MAX_LINES).map((line) => `  ${plainText(line)}`);
  return lines.length > MAX_LINES ? [...told, `  ... and ${lines.length - MAX_LINES} more`] : told;
}

function namedFindings(findings: readonly GateFinding[]): string[] {
  const lines = [...findings].sort(compareFindings).slice(0, MAX_NAMED_FINDINGS).flatMap(linesOf);
  const rest = findings.length - MAX_NAMED_FINDINGS;
  return rest > 0 ? [...lines, `  ... and ${rest} more, which the report names`] : lines;
}

const linesOf = (finding: GateFinding): string[] => [
  `  ${nameFinding(finding)}`,
  finding.isUnrecognisable === true
    ? "    cannot be accepted: it has no message by which to recognise it"
    : `    finding: ${finding.fingerprint}`,
];

function waysOut(scan: NamedScan, closing: Closing): string[] {
  const { reason, findings = [], findingCounts, ways = [], excludesRescan = false } = closing;
  if (reason === "invalidSettings") return ["correct the gate's settings"];
  if (excludesRescan) return [...ways];
  const again =
    scan.urn === undefined ? "start another scan" : `change a trigger, or run: pulumi up --replace '${scan.urn}'`;
  const all = [...ways, `scan again: ${again}`];
  if (findingCounts === undefined) return all;
  const how = scan.projectId === undefined ? "see the report, with CRASHTEST_WEBHOOK set" : "see the report";
  const report = `${how}: ${reportCommand(scan, "pdf")}`;
  if (reason !== "findings") return [report, ...all];
  const isAcceptable = findings.some((finding) => finding.isUnrecognisable !== true);
  return ["fix what was found", report, ...(isAcceptable ? [ACCEPT] : []), ...all];
}

const ACCEPT =
  'or accept a finding for a while, with accept: "accepted.yaml" on the gate: ' +
  'npx pulumi-crashtest accept FINGERPRINT --file accepted.yaml --reason "..." --expires YYYY-MM-DD';

/**
 * Returns the command that fetches a scan's report: a call in the program would come after the closed gate. By webhook, which
 * is printed nowhere, there is only XML.
 */
export function reportCommand({ projectId, scanId }: NamedScan, format: "pdf" | "html"): string {
  const project = projectId === undefined ? "" : ` --project ${projectId}`;
  const given = projectId === undefined ? "xml" : format;
  return `npx pulumi-crashtest report${project} --scan ${scanId} --format ${given} --output report.${given}`;
}

/**
 * Warns about acceptances; of many only the first.
 *
 * @param hasSlugs whether the report of the findings has slugs; an XML (JUnit) report has none
 */
export function acceptanceWarnings(
  { expired, unmatched, unrecognisable }: AppliedAcceptances,
  hasSlugs: boolean,
): string[] {
  const whyUnmatched = (entry: AcceptedFinding): string => {
    if (unrecognisable.includes(entry)) return "cannot match: the finding has no message by which to recognise it";
    if (hasSlugs || !("slug" in entry)) return "matches nothing that was found";
    return "cannot match: the XML (JUnit) report has no slugs. Accept the finding by its fingerprint";
  };
  const all = [
    ...expired.map(
      (entry) => `the acceptance of ${nameAcceptance(entry)} expired on ${entry.expires}: it counts again`,
    ),
    ...unmatched.map((entry) => `the acceptance of ${nameAcceptance(entry)} ${whyUnmatched(entry)}`),
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

/** Returns how much a scan saw, where the service says, and whether its login is doubtful: each the end of a sentence. */
export const scanNotes = ({ coverage, isLoginUnconfirmed }: ScanFacts): readonly string[] => [
  ...(coverage === undefined ? [] : [`covered: ${textOf(coverage)}`]),
  ...(isLoginUnconfirmed === true ? ["the login was not confirmed"] : []),
];

interface ScanFacts {
  coverage?: ScanCoverage | undefined;
  isLoginUnconfirmed?: true | undefined;
}

/** Warns about a scan of one page without parameters, which has hardly tested a site. */
export function coverageWarnings(scanId: string, coverage: ScanCoverage | undefined): readonly string[] {
  if (coverage === undefined || coverage.pages > 1 || coverage.parameters > 0) return [];
  return [
    `scan ${scanId} saw no more of its target than ${textOf(coverage)}: check the project's url, and whether the pages need a login or are built by scripts`,
  ];
}

const textOf = ({ pages, forms, parameters, operations }: ScanCoverage): string =>
  [
    counted(pages, "page"),
    counted(forms, "form"),
    counted(parameters, "parameter"),
    ...(operations === undefined ? [] : [`${operations.tested} of ${counted(operations.specified, "operation")}`]),
  ].join(", ");
