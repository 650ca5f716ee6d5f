import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openContext, watchForTrouble } from "./chromium";

const folders: string[] = [];

/** For afterEach. */
export function removeReports(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

interface OpenReport {
  readonly page: Page;
  /** What must not happen: all that the console says, errors, dialogs, violations of the policy, other requests. */
  readonly trouble: string[];
}

/** Opens a report as people do: from a file. */
export async function openReport(html: string, options: BrowserContextOptions = {}): Promise<OpenReport> {
  const folder = mkdtempSync(join(tmpdir(), "crashtest-html-"));
  folders.push(folder);
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const page = await (await openContext(options)).newPage();
  // Files have no origin but this one.
  const trouble = await watchForTrouble(page, "null");
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    if (request.url() !== address) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, trouble };
}

/** Elements, as they begin, that are wider than they may be; with the document itself. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, body *")]
      .filter((element) => element.closest(".unseen, thead, .skip, svg") === null)
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .map(({ outerHTML, scrollWidth, clientWidth }) => `${scrollWidth} of ${clientWidth}: ${outerHTML.slice(0, 80)}`),
  );
}
