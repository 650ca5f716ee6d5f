import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../../src/store/database";
import { databasePath } from "../../../src/store/open-store";
import { KEYS, PROJECT, TEAMS, TestService } from "../../service/test-service";
import { browserTest, closeBrowser, closeContexts, openContext } from "./chromium";
import { projectOf, signIn, visit } from "./visitor";

jest.setTimeout(120_000);

afterEach(async () => {
  await closeContexts();
  await TestService.closeAll();
});
afterAll(closeBrowser);

browserTest("a wrong key is told, and the right one shows the projects", async () => {
  const service = await TestService.start();
  await service.createProject();
  const page = await (await openContext()).newPage();

  await signIn(page, service.service.url, "nonsense");
  await page.getByRole("alert").getByText("The service does not know this key.").waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
  await page.getByLabel("API key").fill(KEYS.anna);
  await page.keyboard.press("Enter");

  await projectOf(page, "shop").waitFor();
  expect(await page.getByLabel("API key").isVisible()).toBe(false);
});

browserTest("a reload keeps the session, and signing out forgets it", async () => {
  const { service, page, trouble } = await visit({});
  await service.createProject();
  await projectOf(page, "shop").waitFor();

  await page.reload();
  await projectOf(page, "shop").waitFor();
  const kept = await page.evaluate(() => [Object.values(sessionStorage), Object.values(localStorage), document.cookie]);
  const address = page.url();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("API key").waitFor();
  const left = await page.evaluate(() => [Object.values(sessionStorage), document.body.textContent]);
  await page.reload();
  await page.getByLabel("API key").waitFor();

  expect(kept).toEqual([[KEYS.anna], [], ""]);
  expect(address).toBe(`${service.service.url}/`);
  expect(left[0]).toEqual([]);
  expect(left[1]).not.toContain("shop");
  expect(await page.getByRole("article").count()).toBe(0);
  expect(trouble).toEqual([]);
});

browserTest("a key that counts no more is forgotten, and asked for anew", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "crashtest-page-"));
  try {
    const service = await TestService.start({ dataDir });
    await service.createProject();
    const page = await (await openContext()).newPage();
    await signIn(page, service.service.url, KEYS.anna);
    await projectOf(page, "shop").waitFor();

    const database = new Database(databasePath(dataDir));
    database.exec("DELETE FROM api_keys WHERE user_id = (SELECT id FROM users WHERE name = 'anna')");
    database.close();
    await service.send("POST", "/projects", { body: { ...PROJECT, team_id: TEAMS.bert }, key: KEYS.bert });

    await page.getByRole("alert").getByText("The service does not know this key.").waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  } finally {
    await TestService.closeAll();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

browserTest("two tabs of two users are both live, and each shows its own", async () => {
  const service = await TestService.start();
  const context = await openContext();
  const [anna, bert] = [await context.newPage(), await context.newPage()];
  await signIn(anna, service.service.url, KEYS.anna);
  await signIn(bert, service.service.url, KEYS.bert);
  await bert.getByRole("heading", { name: "No project yet" }).waitFor();

  await service.createProject();
  const body = { ...PROJECT, name: "other", team_id: TEAMS.bert };
  await service.send("POST", "/projects", { body, key: KEYS.bert });

  await projectOf(anna, "shop").waitFor();
  await projectOf(bert, "other").waitFor();
  expect([await anna.getByRole("article").count(), await bert.getByRole("article").count()]).toEqual([1, 1]);
});
