import { readFileSync } from "node:fs";
import { KEYS, TestService } from "../../service/test-service";
import { browserTest, closeBrowser, closeContexts, openContext } from "./chromium";
import { MIXED } from "./scenes";
import { openFindings, projectOf, scanOf, signIn, visit } from "./visitor";

const MS = 1000;
jest.setTimeout(120_000);

afterEach(async () => {
  await closeContexts();
  await TestService.closeAll();
});
afterAll(closeBrowser);

browserTest("a scan is followed from its start to its end without reloading", async () => {
  const { service, page, trouble } = await visit(MIXED);
  await page.getByRole("heading", { name: "No project yet" }).waitFor();
  await page.getByText("what it finds is invented").waitFor();

  const id = await service.createProject();
  await projectOf(page, "shop").getByText("No scan yet.").waitFor();
  const scanId = await service.startScan(id);
  const scan = scanOf(page, scanId);
  await scan.locator(".state").getByText("Running").waitFor();
  const bar = scan.getByRole("progressbar", { name: `Progress of scan ${scanId}` });
  const seen: string[] = [];
  for (const percent of [25, 50]) {
    service.clock.advance(2.5 * MS);
    await scan.getByText(`${percent} %`).waitFor();
    seen.push(String(await bar.getAttribute("value")));
  }
  expect(await page.title()).toBe("(1) Crashtest local");
  service.clock.advance(5 * MS);
  await scan.getByText("Finished").waitFor();

  expect(seen).toEqual(["25", "50"]);
  expect(await scan.getByText("took 10 s").count()).toBe(1);
  expect(await page.getByText(`Scan ${scanId} of shop has finished: 1 critical, 1 high`).count()).toBe(1);
  await service.send("DELETE", `/projects/${id}`);
  await page.getByRole("heading", { name: "No project yet" }).waitFor();
  expect(trouble).toEqual([]);
});

browserTest(
  "findings are counted by severity and listed from the worst on; what is missing is not called clean",
  async () => {
    const { service, page, trouble } = await visit(MIXED);
    const scanId = await service.startScan(await service.createProject());
    service.clock.advance(10 * MS);

    const findings = await openFindings(page, scanId);

    const counts = scanOf(page, scanId).getByRole("list", { name: "Findings by severity" });
    expect(await counts.getByRole("listitem").allTextContents()).toEqual(
      ["critical", "high", "medium", "low", "info", "unknown"].map((severity) => `1 ${severity}`),
    );
    expect(await findings.locator("h4").allTextContents()).toEqual([
      "critical 9.8 SQL injection",
      "high 7.5 Path traversal",
      "medium 6.1 Reflected XSS",
      "low 3.1 No Content-Security-Policy",
      "info 0.0 Version told",
      "unknown unrated",
    ]);
    const worst = findings.first();
    await worst.getByText("GET http://127.0.0.1:8080/item?id=%27").waitFor();
    await worst.getByText("Bind it.").waitFor();
    const text = String(await scanOf(page, scanId).textContent());
    expect(text).toContain("Not complete: 3 scanners did not run to the end.");
    expect(text).toContain("Command Injection broke: exec: out of time");
    expect(text).toContain("Did not run: Deserialization, Port Scan");
    expect(text).not.toContain("Nothing found");
    expect(trouble).toEqual([]);
  },
);

browserTest("a scan that failed says why, one that found nothing says that all scanners ran", async () => {
  const { service, page } = await visit({ outcome: { failed: "the target does not answer" } }, {});
  const id = await service.createProject();
  const [failed, clean] = [await service.startScan(id), await service.startScan(id)];

  await scanOf(page, failed).getByText("Failed: the target does not answer").waitFor();
  await scanOf(page, failed).getByText("This scan does not show that the target is clean.").waitFor();
  await scanOf(page, clean).getByText("Nothing found: all 12 scanners ran to the end.").waitFor();
});

browserTest.each([
  ["PDF", "%PDF-"],
  ["XML", "<testsuites"],
  ["JSON", '{"message":"scan_findings_retrieved"'],
])("the report as %s is downloaded, by a button and with its bytes", async (format, start) => {
  const { service, page, trouble } = await visit(MIXED);
  const scanId = await service.startScan(await service.createProject());
  service.clock.advance(10 * MS);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: `Download the report of scan ${scanId} as ${format}` }).click();
  const download = await downloading;

  expect(download.suggestedFilename()).toBe(`crashtest-project-1-scan-${scanId}.${format.toLowerCase()}`);
  expect(readFileSync(await download.path(), "latin1").slice(0, start.length)).toBe(start);
  expect(download.url()).not.toContain(KEYS.anna);
  expect(trouble).toEqual([]);
});

browserTest("a tab that nobody sees lets go of its stream, and is live again when it is seen", async () => {
  const service = await TestService.start();
  const page = await (await openContext()).newPage();
  await page.clock.install();
  await signIn(page, service.service.url, KEYS.anna);
  await page.getByRole("heading", { name: "No project yet" }).waitFor();
  const show = (isHidden: boolean): Promise<void> =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);

  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/page/events"));
  await show(true);
  await page.clock.runFor(10 * MS);
  await ended;
  await service.createProject();
  await show(false);

  await projectOf(page, "shop").waitFor();
});

browserTest("a service that goes away is told, and the page is live again by itself when it is back", async () => {
  const { service, page } = await visit({});
  await service.createProject();
  await projectOf(page, "shop").waitFor();
  const { port } = service.service;

  await service.service.close();
  await page.getByText("The service does not answer.").waitFor();
  expect(await projectOf(page, "shop").count()).toBe(1);
  await TestService.start({ port });

  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("heading", { name: "No project yet" }).waitFor();
  expect(await page.getByText("The service does not answer.").isVisible()).toBe(false);
});
