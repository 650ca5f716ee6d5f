import { severityOf } from "../../../findings/severity";
import type { Report, ReportedFinding } from "./report";
import { SCANNER_TITLES } from "./scanner-titles";

/** ASSUMED: the columns; nothing is published about those of the real service. */
const COLUMNS = ["severity", "title", "scanner", "place", "message"] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Formats the findings as CSV: a line of column names, then one line per finding and per CVE. */
export function formatCsv({ findings }: Report): string {
  const lines = [COLUMNS.join(","), ...findings.flatMap(rowsOf).map(lineOf)];
  return lines.map((line) => `${line}\r\n`).join("");
}

const lineOf = (row: Row): string => COLUMNS.map((column) => `"${row[column].replaceAll('"', '""')}"`).join(",");

function rowsOf({ scanner, severity, title, finding }: ReportedFinding): Row[] {
  const place = placeOf(finding);
  const cves = finding.cve_findings ?? [];
  return [
    { severity, title, scanner: SCANNER_TITLES[scanner], place, message: finding.information },
    ...cves.map(({ cve_id: id, cvss, information = "" }) => {
      return { severity: severityOf(cvss), title: id, scanner: SCANNER_TITLES.cve, place, message: information };
    }),
  ];
}

function placeOf({ details }: ReportedFinding["finding"]): string {
  const { method, url, parameter } = details?.request ?? {};
  return [method, url, parameter].filter((part) => part !== undefined).join(" ");
}
