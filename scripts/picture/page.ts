import type { Browser, Page } from "playwright-core";

import { createManualClock, startLocalService, type AdvanceableClock, type LocalService } from "../../local/src";
import { SCENE } from "./scene";

const MS_PER_SECOND = 1000;
const KEY = "the-key-of-the-picture";
/** A stopped clock, so that the picture is the same each time. */
const STARTED_AT_MS = Date.UTC(2026, 10, 24, 9, 30);

/** The local service's page. */
export async function pictureOfPage(browser: Browser, file: string, width: number): Promise<void> {
  const clock = createManualClock(STARTED_AT_MS);
  const seed = { teams: [{ id: 42, name: "Web" }], users: [{ name: "anna", apiKey: KEY, teamIds: [42] }] };
  const service = await startLocalService({ clock, script: SCENE, seed, firstId: 1 });
  try {
    const page = await browser.newPage({
      viewport: { width, height: 700 },
      timezoneId: "UTC",
      reducedMotion: "reduce",
    });
    await play(service, clock, page);
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await service.close();
  }
}

/** A shop whose first scan has found holes, and whose second one is running. */
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

async function post(service: LocalService, path: string, body?: object): Promise<void> {
  const headers = { api_key: KEY, "content-type": "application/json" };
  const answer = await fetch(service.url + path, {
    ...{ method: "POST", headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}.`);
}
