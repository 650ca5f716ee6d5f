import type { Locator, Page } from "playwright-core";
import { KEYS, TestService } from "../../service/test-service";
import { openContext, watchForTrouble } from "./chromium";
import { scans } from "./scenes";

/** What a visitor does on the page. */
export async function signIn(page: Page, url: string, key: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Show my projects" }).click();
}

export const projectOf = (page: Page, name: string): Locator => page.getByRole("article", { name });

export const scanOf = (page: Page, scanId: number): Locator =>
  page.locator("li.scan").filter({ has: page.getByRole("heading", { name: `Scan ${scanId}`, exact: true }) });

/** Opens the findings of a scan, and waits until they are there. */
export async function openFindings(page: Page, scanId: number): Promise<Locator> {
  const box = scanOf(page, scanId).locator("details.findings-box");
  await box.locator("> summary").click();
  const findings = box.locator("li.finding");
  await findings.first().waitFor();
  return findings;
}

interface Visit {
  service: TestService;
  page: Page;
  /** What must not happen, see `watchForTrouble`. */
  trouble: string[];
}

/** Anna's visit to a new service, whose successive scans do what is given. */
export async function visit(...script: Parameters<typeof scans>): Promise<Visit> {
  const service = await TestService.start({ script: scans(...script) });
  const page = await (await openContext()).newPage();
  const trouble = await watchForTrouble(page, service.service.url);
  await signIn(page, service.service.url, KEYS.anna);
  await page.getByText("Live", { exact: true }).waitFor();
  return { service, page, trouble };
}
