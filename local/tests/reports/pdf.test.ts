import { buffer } from "node:stream/consumers";
import { streamPdf } from "../../src/reports/pdf";
import { printable } from "../../src/reports/pdf-page";
import { textsOfPages } from "./pdf-text";
import { OUTCOME, sampleReport } from "./sample-report";

const pagesOf = async (outcome = OUTCOME): Promise<string[]> =>
  textsOfPages(await buffer(streamPdf(sampleReport(outcome))));
const textOf = async (): Promise<string> => (await pagesOf()).join("\n");

test("the document is a PDF from its first to its last bytes", async () => {
  const pdf = (await buffer(streamPdf(sampleReport()))).toString("latin1");

  expect(pdf.startsWith("%PDF-1.7")).toBe(true);
  expect(pdf.trimEnd().endsWith("%%EOF")).toBe(true);
});

test("its text can be read, umlauts, Greek and Cyrillic included", async () => {
  const text = await textOf();

  for (const part of ["Müllers Läden", "Größe Ελληνικά Привет", "http://127.0.0.1/", "Escape it.", "Page 1"]) {
    expect(text).toContain(part);
  }
});

test("it counts by severity, and names scanners that broke or did not run", async () => {
  const text = await textOf();

  for (const [name, count] of Object.entries({ critical: 1, high: 1, medium: 0, unknown: 1, total: 3 })) {
    expect(text).toMatch(new RegExp(`^${name} +${count}$`, "m"));
  }
  /** The reader gives a page from its end. */
  expect(text).toMatch(/^Command Injection, [^]*^Did not run$/m);
  expect(text).toMatch(/^Transport Layer Security \(TLS\/SSL\): timed out\s+^Failed$/m);
});

test("a scan that did not finish says so, and not that its scanners ran and found nothing", async () => {
  const pages = await pagesOf({ ...OUTCOME, state: "failed", reason: "it crashed", findings: { xss: [] }, errors: [] });
  const text = pages.join("\n").replace(/\s+/g, " ");

  expect(text).toContain("Not complete: the scan did not finish (failed: it crashed).");
  expect(text).toContain("No findings up to the point where the scan ended.");
  expect(text).not.toContain("The scan found nothing.");
  expect(pages.join("\n")).toMatch(/^none\s+^Ran$/m);
});

test("a scan with a scanner that broke says so above all, and one without does not", async () => {
  const whole = await pagesOf({ ...OUTCOME, errors: [] });

  /** In two lines, of which the reader gives the last one first. */
  expect(await textOf()).toMatch(
    /^SSL\)\. There may be more [^]*^Not complete: these scanners did not finish: Transport Layer/m,
  );
  expect(whole.join("\n")).not.toContain("Not complete");
});

test("it says what was covered, where that is known", async () => {
  const covered = await pagesOf({ ...OUTCOME, coverage: { pages: 4, forms: 1, parameters: 0 } });

  expect(covered.join("\n")).toContain("4 pages, 1 form, 0 parameters");
  expect(await textOf()).not.toContain("Covered");
});

test("the worst findings come first, over as many pages as they take", async () => {
  const many = Array.from({ length: 40 }, () => OUTCOME.findings.xss ?? []).flat();

  const pages = await pagesOf({ ...OUTCOME, findings: { ...OUTCOME.findings, xss: many } });

  const [first, high, unknown] = ["CRITICAL", "HIGH", "UNKNOWN"].map((word) => pagesWith(pages, word));
  expect(first).toEqual([0]);
  expect(high?.[0]).toBe(0);
  expect(high?.at(-1)).toBeLessThanOrEqual(unknown?.[0] ?? -1);
  expect(unknown?.at(-1)).toBe(pages.length - 1);
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.every((page, index) => page.includes(`Page ${index + 1}`))).toBe(true);
});

test("findings of one severity come by their score, the highest first", async () => {
  const slugs = ["high-7.1", "high-8.8", "high-7.5"];
  const xss = slugs.map((slug) => ({
    ...{ service_type: "xss", finding_description_slug: slug, information: "", created_at: "" },
  }));
  const descriptions = slugs.map((slug) => ({ slug, title: slug, baseScore: Number(slug.slice(5)) }));

  const text = (await pagesOf({ ...OUTCOME, findings: { xss }, descriptions })).join("\n");

  // The reader gives a page from its end.
  expect(text.match(/^HIGH \d\.\d/gm)).toEqual(["HIGH 7.1", "HIGH 7.5", "HIGH 8.8"]);
});

/** The pages on which a line begins with this word, from 0. */
const pagesWith = (pages: readonly string[], word: string): number[] =>
  pages.flatMap((page, index) => (new RegExp(`^${word}\\b`, "m").test(page) ? [index] : []));

test.each([
  ["a\u0007b", "a\uFFFDb"],
  ["a\r\nb\tc", "a\nb  c"],
  ["left\u202Eright", "leftright"],
  ["😀", "😀"],
])("%j is printed as %j", (text, printed) => {
  expect(printable(text)).toBe(printed);
});
