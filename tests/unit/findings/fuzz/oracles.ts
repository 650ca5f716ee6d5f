import {
  parseFindings,
  parseJunit,
  ReportParseError,
  toHtml,
  toJunit,
  toMarkdown,
  toSarif,
} from "../../../../findings";
import type { FindingsReport, JunitReport } from "../../../../findings";
import { decideVerdict, examine } from "../../../../gate/rules/decide-verdict";
import { findingsTable } from "../../../../gate/rules/findings-table";
import type { Verdict } from "../../../../gate/rules/verdict";
import { evidence } from "../../gate/rules/sample-evidence";
import { CANARY } from "./hostile-texts";

/** Whatever is found closes a gate of this kind. */
const STRICT = { failOn: "info" } as const;

/** What steers a terminal or turns the reading direction, and what the engine takes for a colour. */
const STEERING = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]|<\{%/u;

export function expectHarmless(text: string, what: string): void {
  if (STEERING.test(text))
    throw new Error(`${what} holds a character that steers: ${JSON.stringify(STEERING.exec(text)?.[0])}`);
  if (text.includes(CANARY)) throw new Error(`${what} holds the value of a cookie`);
}

/** No crash: a report, or an error of the agreed kind that repeats nothing. */
export function readOrRefuse<Report>(read: (text: string) => Report, text: string): Report | undefined {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof ReportParseError)) throw error;
    expectHarmless(error.message, "the error");
    expectClosed(
      decideVerdict(
        STRICT,
        evidence({ findings: undefined, reportProblems: [{ reason: "reportUnreadable", problem: error.message }] }),
      ),
    );
    return undefined;
  }
}

export const readJson = (text: string): FindingsReport | undefined => readOrRefuse(parseFindings, text);
export const readXml = (text: string): JunitReport | undefined => readOrRefuse(parseJunit, text);

function expectClosed({ passed, message }: Verdict): void {
  expectHarmless(message, "the verdict");
  if (passed) throw new Error("the gate is open");
}

/** No pass: as many findings as `JSON.parse` sees lists' items, and a gate that is closed by any. */
export function expectCounted(text: string, { findings, findingCounts, scanners }: FindingsReport): void {
  const count = itemsIn(JSON.parse(text.replace(/^\uFEFF/, "")));
  const counted = Object.values(findingCounts).reduce((sum, part) => sum + part, 0);
  if (findings.length !== count || counted !== count)
    throw new Error(`${findings.length} or ${counted} of ${count} findings were read`);
  const given = evidence({ findings: { findings, scanners } });
  const verdict = decideVerdict(STRICT, given);
  if (count > 0) expectClosed(verdict);
  expectHarmless(verdict.message, "the verdict");
  const examined = examine(STRICT, given);
  const table = "question" in examined ? (findingsTable(examined.question, undefined) ?? "") : "";
  expectHarmless(table.replace(/<\{%(?:fg [1345]|reset)%\}>/g, ""), "the table");
}

function itemsIn(root: unknown): number {
  const { data, findings } = root as { data?: { findings?: unknown }; findings?: unknown };
  const lists = Object.values((findings ?? data?.findings ?? {}) as Record<string, unknown[]>);
  return lists.reduce((sum, list) => sum + list.length, 0);
}

/** No crash, no leak and the same counts in each format. */
export function expectSameInEachFormat(report: FindingsReport): void {
  const sarif = toSarif(report);
  const junit = toJunit(report);
  const texts = { sarif: JSON.stringify(sarif), junit, markdown: toMarkdown(report), html: toHtml(report) };
  for (const [name, text] of Object.entries(texts)) expectHarmless(text, name);
  expect(sarif.runs[0].results).toHaveLength(report.findings.length);
  const read = parseJunit(junit);
  expect(read.findings.map(({ severity }) => severity).sort()).toEqual(
    report.findings.map(({ severity }) => severity).sort(),
  );
  expect(read.scannerErrors).toEqual([]);
}

/** No pass: as many failures and errors as a text has tags of them, where it can have no others. */
export function expectAllFailures(text: string, { findings, scannerErrors }: JunitReport): void {
  if (/<!--|<!\[CDATA\[|<\?(?!xml )/.test(text)) return;
  const tags = text.match(/<(?:failure|error)(?=[\s/>])/g) ?? [];
  if (findings.length + scannerErrors.length !== tags.length)
    throw new Error(`of ${tags.length} failures not all were read`);
  if (tags.length > 0)
    expectClosed(
      decideVerdict(STRICT, evidence({ findings: { findings, scanners: { ran: ["xss"] } }, scannerErrors })),
    );
}
