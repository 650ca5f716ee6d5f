import axe from "axe-core";
import {
  isPublishedReportThere,
  notRun,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../../tests/fixtures/published-report";
import { fingerprintOf, parseFindings } from "../../../../findings";
import { toHtml } from "../../../../findings/formats/html";
import { CONTEXT, REPORT } from "../../../../scripts/picture/report-scene";
import { HOSTILE, HOSTILE_CONTEXT, HOSTILE_TEXTS, RAN } from "../../../../tests/unit/findings/formats/html-hostile";
import { browserTest, closeBrowser, closeContexts } from "./chromium";
import { openReport, removeReports, tooWide } from "./report-file";
import { textsOfPages } from "../../reports/pdf-text";

jest.setTimeout(300_000);

afterEach(async () => {
  await closeContexts();
  removeReports();
});
afterAll(closeBrowser);

const REPORTS = { invented: toHtml(REPORT, CONTEXT), hostile: toHtml(HOSTILE, HOSTILE_CONTEXT) };
const VIEWS = (["invented", "hostile"] as const).flatMap((name) => [400, 1400].map((width) => [name, width] as const));

describe("the HTML report is as good on a phone as on a desk", () => {
  browserTest.each(VIEWS)("%s, %d pixels wide: it fits, in print too, and nothing happens", async (name, width) => {
    const { page, trouble } = await openReport(REPORTS[name], { viewport: { width, height: 900 } });

    const summaries = await page.locator("summary").all();
    for (const summary of summaries) await summary.click();
    const onScreen = await tooWide(page);
    await page.emulateMedia({ media: "print" });
    const inPrint = await tooWide(page);

    expect(summaries.length).toBeGreaterThan(5);
    expect({ onScreen, inPrint }).toEqual({ onScreen: [], inPrint: [] });
    expect(trouble).toEqual([]);
  });

  browserTest.each(VIEWS)("%s, %d pixels wide: it keeps nobody out, light or dark", async (name, width) => {
    const found: string[] = [];
    // The checker is a script of the test's own, which the policy rightly keeps out.
    const { page } = await openReport(REPORTS[name], { viewport: { width, height: 900 }, bypassCSP: true });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await page.evaluate(axe.source);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(async () => {
        const { axe: checker } = globalThis as unknown as { axe: typeof axe };
        return (await checker.run(document, { resultTypes: ["violations"] })).violations;
      });
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${colorScheme} ${id}: ${html}`)));
    }

    expect(found).toEqual([]);
  });
});

browserTest("on a phone a finding has the whole width of the table, which stays a table", async () => {
  const { page } = await openReport(REPORTS.invented, { viewport: { width: 400, height: 900 } });
  const table = page.getByRole("table");

  const titleWidth = (await table.getByRole("rowheader").first().boundingBox())?.width ?? 0;

  expect(titleWidth).toBeGreaterThan(350);
  expect(await table.getByRole("row").count()).toBe(REPORT.findings.length + 1);
  expect(await table.getByRole("columnheader").allTextContents()).toEqual([
    ...["No.", "Severity", "Score", "Finding", "Where, or what was seen"],
  ]);
});

browserTest("a hostile report runs nothing, loads nothing, and hides nothing", async () => {
  const { page, trouble } = await openReport(REPORTS.hostile);

  for (const link of await page.locator('a[href^="#"]').all()) await link.focus();
  await page.mouse.move(300, 300);
  await page.keyboard.press("Tab");
  const made = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => [
      ...(["SCRIPT", "IMG", "IFRAME", "FORM", "BASE", "LINK", "OBJECT"].includes(element.tagName)
        ? [element.tagName]
        : []),
      ...element.getAttributeNames().filter((name) => name.startsWith("on") || name === "style"),
      ...(element.tagName === "A" && /^(?!file:|https:)/.test((element as HTMLAnchorElement).href) ? ["link"] : []),
    ]),
  );
  const text = await page.locator("main").innerText();

  expect(made).toEqual([]);
  expect(await page.evaluate((name) => name in globalThis, RAN)).toBe(false);
  expect(trouble).toEqual([]);
  expect(HOSTILE_TEXTS.filter((hostile) => !text.includes(hostile.split("\n")[0] ?? hostile))).toEqual([]);
  expect(await page.locator("style").count()).toBe(1);
});

browserTest("even markup that got into the report would run nowhere", async () => {
  const evil = `<script>globalThis.${RAN}=true</script><img src="data:," onerror="globalThis.${RAN}=true"><p style="color:red">`;
  const { page, trouble } = await openReport(REPORTS.invented.replace("<h1>", `${evil}<h1>`));

  await page.waitForFunction(() => document.querySelector("img")?.complete);

  expect(await page.evaluate((name) => name in globalThis, RAN)).toBe(false);
  expect(await page.locator("p[style]").evaluate((element) => getComputedStyle(element).color)).not.toBe(
    "rgb(255, 0, 0)",
  );
  expect(trouble.filter((line) => line.startsWith("policy: ")).sort()).toEqual([
    "policy: img-src data",
    "policy: script-src-attr inline",
    "policy: script-src-elem inline",
    "policy: style-src-attr inline",
  ]);
});

browserTest("all of it can be reached with the keys", async () => {
  const { page } = await openReport(REPORTS.invented);
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? "");

  await page.keyboard.press("Tab");
  const first = await focused();
  await page.keyboard.press("Tab");
  const second = await focused();
  await page.keyboard.press("Enter");
  const target = await page.locator(":target h4").textContent();
  for (let step = 0; step < 20 && !(await focused()).startsWith("Show the request"); step += 1)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");

  expect([first, second]).toEqual(["Skip to the overview", "SQL injection"]);
  expect(target).toMatch(/^Finding 1: SQL injection, by the scanner sqlinjection/);
  expect(await page.locator("pre").first().isVisible()).toBe(true);
});

browserTest("printed it is white, has pages, all findings uncut, and where links lead", async () => {
  const { page } = await openReport(REPORTS.invented, { colorScheme: "dark" });

  const pages = await textsOfPages(await page.pdf({ format: "A4" }));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const whole = pages.join("");

  expect(pages.length).toBeGreaterThan(1);
  for (const [index, finding] of REPORT.findings.entries()) {
    expect(whole).toContain(finding.title ?? "Something that nobody rated.");
    const fingerprint = fingerprintOf(finding);
    const number = await page
      .locator("article")
      .filter({ hasText: fingerprint })
      .evaluate(({ id }) => id.replace(/\D/g, ""));
    const place = pages.findIndex((text) => text.includes(fingerprint));
    expect([index, pages[place]?.includes(`Finding ${number}`)]).toEqual([index, true]);
  }
  for (const text of [
    ...["Cookie: [masked]", "CVE-2000-0002", "https://owasp.example/xss", "https://wiki.example/how-to-fix/hsts"],
  ])
    expect(whole).toContain(text);
  expect(whole).not.toContain("Show the request");
  expect(ground).toBe("rgb(255, 255, 255)");
});

browserTest("many findings are laid out as they come into view, and each can be gone to", async () => {
  const findings = Array.from({ length: 1000 }, (_, index) => ({ information: `Number ${index}.` }));
  const { page } = await openReport(toHtml(parseFindings({ findings: { fuzzer: findings }, descriptions: [] })));

  await page.locator('a[href="#finding-1000"]').click();
  const last = page.locator("#finding-1000");

  expect(await page.locator("article").count()).toBe(1000);
  expect(await last.evaluate((element) => getComputedStyle(element).contentVisibility)).toBe("auto");
  expect(await last.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
  await page.emulateMedia({ media: "print" });
  expect(await last.evaluate((element) => getComputedStyle(element).contentVisibility)).toBe("visible");
});

warnWithoutPublishedReport("The HTML of the published report, in a browser, was");
const onSample = isPublishedReportThere ? browserTest : test.skip;

// The numbers were counted apart from this code, see tests/unit/findings/sample.test.ts.
onSample(`the published report has its counts in the browser${notRun}`, async () => {
  const { page, trouble } = await openReport(toHtml(parseFindings(publishedReport())));
  const count = (selector: string): Promise<number> => page.locator(selector).count();
  const counts = (await page.locator(".counts li").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));

  expect(counts).toEqual(["5 critical", "9 high", "33 medium", "4 low", "2 info", "0 unknown"]);
  expect([await count("tbody tr"), await count("article"), await count("details li")]).toEqual([53, 53, 20]);
  expect(await count("tbody .badge.medium")).toBe(33);
  expect(trouble).toEqual([]);
});
