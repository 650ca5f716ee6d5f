import { spawnSync } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { streamPdf } from "../../src/reports/pdf";
import { printable } from "../../src/reports/pdf-page";
import { OUTCOME, sampleReport } from "./sample-report";

const hasPdftotext = spawnSync("pdftotext", ["-v"]).error === undefined;
if (!hasPdftotext) console.warn("NOT RUN: the text of the PDF is not read, for pdftotext (poppler-utils) is missing.");
const testWithPdftotext = hasPdftotext ? test : test.skip;

async function textOf(outcome = OUTCOME): Promise<string> {
  const pdf = await buffer(streamPdf(sampleReport(outcome)));
  return spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" }).stdout;
}

test("the document is a PDF from its first to its last bytes", async () => {
  const pdf = (await buffer(streamPdf(sampleReport()))).toString("latin1");

  expect(pdf.startsWith("%PDF-1.7")).toBe(true);
  expect(pdf.trimEnd().endsWith("%%EOF")).toBe(true);
});

testWithPdftotext("its text can be read, umlauts, Greek and Cyrillic included", async () => {
  const text = await textOf();

  for (const part of ["Müllers Läden", "Größe Ελληνικά Привет", "http://127.0.0.1/", "Escape it.", "Page 1"]) {
    expect(text).toContain(part);
  }
});

testWithPdftotext("it counts by severity, and names scanners that broke or did not run", async () => {
  const text = await textOf();

  expect(text).toMatch(/critical +1\n[^]*high +1\n[^]*medium +0\n[^]*unknown +1\n[^]*total +3\n/);
  expect(text).toMatch(/Did not run\s+Command Injection/);
  expect(text).toMatch(/Failed\s+Transport Layer Security \(TLS\/SSL\): timed out/);
});

testWithPdftotext("the worst findings come first, over as many pages as they take", async () => {
  const many = Array.from({ length: 40 }, () => OUTCOME.findings.xss ?? []).flat();

  const text = await textOf({ ...OUTCOME, findings: { ...OUTCOME.findings, xss: many } });

  expect(text.indexOf("CRITICAL")).toBeLessThan(text.indexOf("HIGH"));
  expect(text.indexOf("HIGH")).toBeLessThan(text.indexOf("UNKNOWN"));
  const pages = text.split("\f").filter((page) => page !== "");
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.every((page, index) => page.includes(`Page ${index + 1}\n`))).toBe(true);
});

test.each([
  ["a\u0007b", "a\uFFFDb"],
  ["a\r\nb\tc", "a\nb  c"],
  ["left\u202Eright", "leftright"],
  ["😀", "😀"],
])("%j is printed as %j", (text, printed) => {
  expect(printable(text)).toBe(printed);
});
