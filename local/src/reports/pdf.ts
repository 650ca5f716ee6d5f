import { PassThrough, type Readable } from "node:stream";
import { compareSeverity, countFindings, SEVERITIES, type Severity } from "../../../findings/severity";
import { contentWidth, createDocument, INK, keepRoom, printable, type FontName } from "./pdf-page";
import { coverageText, untestedText } from "./coverage-text";
import type { Report, ReportedFinding } from "./report";
import { SCANNER_TITLES } from "./scanner-titles";

type Document = PDFKit.PDFDocument;

const SEVERITY_INK: Readonly<Record<Severity, string>> = {
  critical: "#82071e",
  high: "#cf222e",
  medium: "#bc4c00",
  low: "#7d4e00",
  info: "#0969da",
  unknown: "#59636e",
};
const SIZE = { title: 22, heading: 14, finding: 11, text: 9.5 } as const;
const ROW_POINTS = 20;
/** Keeps a heading from standing alone at the bottom of a page. */
const HEADING_ROOM_POINTS = 90;

/** Streams the report as PDF, written as it is read. */
export function streamPdf(report: Report): Readable {
  const { project, scan } = report;
  const output = new PassThrough();
  const document = createDocument({
    title: `Security scan of ${project.name}`,
    createdAt: new Date(scan.endedAtMs ?? scan.startedAtMs),
    footer: `Scan ${scan.id} of ${project.name}`,
  });
  document.on("error", (error) => output.destroy(error));
  document.pipe(output);
  writeTitle(document, report);
  writeGaps(document, report);
  writeCounts(document, report);
  writeScanners(document, report);
  writeFindings(document, report);
  document.end();
  return output;
}

function write(document: Document, font: FontName, size: number, ink: string, text: string): void {
  document
    .font(font, size)
    .fillColor(ink)
    .text(printable(text), { width: contentWidth(document) });
}

function writeHeading(document: Document, text: string): void {
  keepRoom(document, HEADING_ROOM_POINTS);
  document.moveDown(1.2);
  document.outline.addItem(text);
  write(document, "bold", SIZE.heading, INK.text, text);
  document.moveDown(0.4);
}

function writeLabelled(document: Document, label: string, text: string, font: FontName = "regular"): void {
  if (text === "") return;
  write(document, "bold", SIZE.text, INK.faint, label);
  write(document, font, SIZE.text, INK.text, text);
  document.moveDown(0.4);
}

function writeTitle(document: Document, { project, scan, outcome }: Report): void {
  write(document, "bold", SIZE.title, INK.text, "Crashtest Security Suite");
  write(document, "regular", SIZE.heading, INK.faint, `Security scan of ${project.name}`);
  document.moveDown(1);
  const time = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? "not known" : new Date(milliseconds).toISOString();
  const reason = outcome.reason === undefined ? "" : `: ${outcome.reason}`;
  const untested = untestedText(outcome.untestedOperations);
  const rows: [string, string][] = [
    ["Project", `${project.name} (${project.id})`],
    ["Target", project.url],
    ["Scan", String(scan.id)],
    ["Started", time(scan.startedAtMs)],
    ["Ended", time(scan.endedAtMs)],
    ["Result", `${scan.state}${reason}`],
    ...(outcome.coverage === undefined ? [] : [["Covered", coverageText(outcome.coverage)] satisfies [string, string]]),
    ...(untested === undefined ? [] : [["Not tested", untested] satisfies [string, string]]),
  ];
  for (const [label, text] of rows) {
    document.font("bold", SIZE.text).fillColor(INK.faint);
    document.text(`${label}: `, { continued: true, width: contentWidth(document) });
    document.font("regular", SIZE.text).fillColor(INK.text).text(printable(text));
  }
  document.moveDown(0.5);
  write(document, "regular", SIZE.text, INK.faint, "Created by the local service crashtest-local.");
}

/** Writes why the report is incomplete. */
function writeGaps(document: Document, { badEnd, outcome }: Report): void {
  const broken = [...new Set(outcome.errors.map(({ scanner }) => SCANNER_TITLES[scanner]))];
  const gaps = [
    ...(badEnd === undefined ? [] : [`the scan did not finish (${badEnd})`]),
    ...(broken.length === 0 ? [] : [`these scanners did not finish: ${broken.join(", ")}`]),
  ];
  if (gaps.length === 0) return;
  document.moveDown(0.5);
  const text = `Not complete: ${gaps.join("; ")}. There may be more holes than those found here.`;
  write(document, "bold", SIZE.finding, SEVERITY_INK.high, text);
}

function writeCounts(document: Document, { findings }: Report): void {
  writeHeading(document, "Findings by severity");
  keepRoom(document, ROW_POINTS * (SEVERITIES.length + 1));
  const counts = countFindings(findings);
  for (const severity of SEVERITIES) writeRow(document, severity, String(counts[severity]), SEVERITY_INK[severity]);
  writeRow(document, "total", String(findings.length), INK.text);
}

function writeRow(document: Document, label: string, value: string, ink: string): void {
  const { left } = document.page.margins;
  const { y } = document;
  const width = contentWidth(document) / 3;
  document
    .font("bold", SIZE.text)
    .fillColor(ink)
    .text(label, left, y + 5, { lineBreak: false });
  document.fillColor(INK.text).text(value, left, y + 5, { width, align: "right" });
  document
    .moveTo(left, y + ROW_POINTS)
    .lineTo(left + width, y + ROW_POINTS)
    .lineWidth(0.5)
    .strokeColor(INK.line)
    .stroke();
  document.x = left;
  document.y = y + ROW_POINTS;
}

function writeScanners(document: Document, { ran, missing, outcome }: Report): void {
  const titles = (names: readonly (keyof typeof SCANNER_TITLES)[]): string =>
    names.length === 0 ? "none" : names.map((name) => SCANNER_TITLES[name]).join(", ");
  writeHeading(document, "Scanners");
  writeLabelled(document, "Ran", titles(ran));
  writeLabelled(document, "Did not run", titles(missing));
  if (outcome.errors.length === 0) return;
  const errors = outcome.errors.map(({ scanner, message }) => `${SCANNER_TITLES[scanner]}: ${message}`);
  writeLabelled(document, "Failed", errors.join("\n"));
}

function writeFindings(document: Document, { findings, badEnd }: Report): void {
  writeHeading(document, "Findings");
  if (findings.length === 0) {
    const text = badEnd === undefined ? "The scan found nothing." : "No findings up to the point where the scan ended.";
    write(document, "regular", SIZE.text, INK.text, text);
  }
  for (const finding of [...findings].sort(worstFirst)) writeFinding(document, finding);
}

const worstFirst = (left: ReportedFinding, right: ReportedFinding): number =>
  compareSeverity(left.severity, right.severity) || scoreOf(right) - scoreOf(left);

const scoreOf = ({ description }: ReportedFinding): number => description?.baseScore ?? 0;

function writeFinding(document: Document, { scanner, severity, title, finding, description }: ReportedFinding): void {
  keepRoom(document, HEADING_ROOM_POINTS);
  document.moveDown(0.6);
  const baseScore = description?.baseScore ?? undefined;
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  write(document, "bold", SIZE.text, SEVERITY_INK[severity], `${severity.toUpperCase()}${score}`);
  write(document, "bold", SIZE.finding, INK.text, title);
  write(document, "regular", SIZE.text, INK.faint, `${SCANNER_TITLES[scanner]}, ${finding.created_at}`);
  document.moveDown(0.3);
  writeLabelled(document, "Where", finding.information, "mono");
  writeLabelled(document, "What it is", description?.description ?? "");
  writeLabelled(document, "How to fix", description?.how_to_fix ?? "");
  const cves = (finding.cve_findings ?? []).map(({ cve_id: id, cvss }) =>
    cvss === undefined ? id : `${id} (${cvss})`,
  );
  writeLabelled(document, "CVEs", cves.join(", "));
}
