import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";

import { toHtml } from "../../findings/formats/html";
import { CONTEXT, REPORT } from "./report-scene";

/** As much of the report as fits into a README. */
const HEIGHT = 1460;

/** The HTML report, opened from a file. */
export async function pictureOfReport(browser: Browser, file: string, width: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "crashtest-picture-"));
  try {
    const report = join(folder, "report.html");
    await writeFile(report, toHtml(REPORT, CONTEXT));
    const page = await browser.newPage({ viewport: { width, height: HEIGHT } });
    await page.goto(pathToFileURL(report).href);
    await page.getByText("Show the request").first().click();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: file });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
