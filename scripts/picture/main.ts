/** Makes the picture of the local service's page: node scripts/run.mjs scripts/picture/main.ts [FILE [WIDTH]] */
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

import { createManualClock, startLocalService, type AdvanceableClock, type LocalService } from "../../local/src";
import { REPOSITORY_ROOT } from "../engine/cache";
import { findBrowser, HOW_TO_GET_A_BROWSER, isProgram } from "../test/browser";
import { SCENE } from "./scene";

const MS_PER_SECOND = 1000;
const KEY = "the-key-of-the-picture";
/** Stands still, so that the picture is the same each time. */
const STARTED_AT_MS = Date.UTC(2026, 10, 24, 9, 30);
const DEFAULT_WIDTH = 1100;

async function post(service: LocalService, path: string, body?: object): Promise<void> {
  const headers = { api_key: KEY, "content-type": "application/json" };
  const answer = await fetch(service.url + path, {
    ...{ method: "POST", headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}.`);
}

/** A shop whose first scan has found holes, and whose second one runs. */
async function play(service: LocalService, clock: AdvanceableClock, page: Page): Promise<void> {
  await page.goto(service.url);
  await page.getByLabel("API key").fill(KEY);
  await page.keyboard.press("Enter");
  await post(service, "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:8080/", type: "webapp" });
  await post(service, "/projects/1/scans");
  clock.advance(42 * MS_PER_SECOND);
  await page.locator(".state-finished").waitFor();
  await post(service, "/projects/1/scans");
  clock.advance(26 * MS_PER_SECOND);
  await page.getByText("65 %").waitFor();
  await page.getByText("3 findings").click();
  await page.locator("li.finding").first().waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole("heading", { name: "Projects" }).scrollIntoViewIfNeeded();
}

async function main(): Promise<void> {
  const [file = join(REPOSITORY_ROOT, "docs/images/page.png"), width = String(DEFAULT_WIDTH)] = process.argv.slice(2);
  const executablePath = findBrowser(process.env, isProgram);
  if (executablePath === undefined) throw new Error(`There is no browser for the picture: ${HOW_TO_GET_A_BROWSER}.`);
  const clock = createManualClock(STARTED_AT_MS);
  const seed = { teams: [{ id: 42, name: "Web" }], users: [{ name: "anna", apiKey: KEY, teamIds: [42] }] };
  const service = await startLocalService({ clock, script: SCENE, seed });
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    const viewport = { width: Number(width), height: 700 };
    const page = await browser.newPage({ viewport, timezoneId: "UTC", reducedMotion: "reduce" });
    await play(service, clock, page);
    await page.screenshot({ path: file, fullPage: true });
    process.stdout.write(`${file}\n`);
  } finally {
    await browser.close();
    await service.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
