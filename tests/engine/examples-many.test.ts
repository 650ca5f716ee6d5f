import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandsOf, Example } from "./stack/example";

test("nightly-scan: findings are reported and fail nothing; another day scans again, and the report is of that scan", async () => {
  const example = await Example.start("nightly-scan");
  const { stack } = example;
  stack.environment["SCAN_DAY"] = "2030-01-01";
  await stack.well("preview");
  const reportOfPreview = example.file("report.pdf");
  await stack.up();
  const first = await stack.outputs();
  const report = join(stack.folder, "report.pdf");
  const { size, mode } = statSync(report);
  await stack.up("--expect-no-changes");
  const startsOfOneDay = await example.starts();

  const [, day = ""] =
    /^SCAN_DAY=(\S+) pulumi up$/.exec(commandsOf("nightly-scan", "What you see").flat()[0] ?? "") ?? [];
  stack.environment["SCAN_DAY"] = day;
  await stack.up();

  expect(reportOfPreview).toBeUndefined();
  expect(first).toMatchObject({ passed: false, reason: "findings", scanId: "1", reportPath: report });
  expect(first["findingCounts"]).toMatchObject({ critical: 1, medium: 1, low: 1 });
  expect(size).toBeGreaterThan(1_000);
  expect(mode & 0o077).toBe(0);
  expect(readFileSync(report, "latin1")).toMatch(/^%PDF-/);
  expect([startsOfOneDay, await example.starts()]).toEqual([1, 1]);
  expect(await stack.outputs()).toMatchObject({ passed: false, scanId: "2" });

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
  expect(example.file("report.pdf")).toBeDefined();
});

test("fifty-projects: each has its scan and gate; another version of one scans that one, and the one whose scan failed", async () => {
  const example = await Example.start("fifty-projects");
  const { stack } = example;
  await stack.up();
  const first = await stack.outputs();
  const startsOfFirst = await example.starts();

  const sites = JSON.parse(example.file("sites.json") ?? "") as { name: string; version: string }[];
  const later = sites.map((site) => (site.name === "forum" ? { ...site, version: "2" } : site));
  writeFileSync(join(stack.folder, "sites.json"), JSON.stringify(later));
  await stack.up();
  const startsOfSecond = await example.starts();
  const second = await stack.outputs();
  await stack.up("--expect-no-changes");

  expect(sites).toHaveLength(50);
  expect(startsOfFirst).toBe(50);
  expect(first).toEqual({ openCount: 48, closed: { forum: "findings", wiki: "scanFailed" } });
  expect(startsOfSecond).toBe(2);
  expect(second).toEqual({ openCount: 50, closed: {} });
  expect(await example.starts()).toBe(0);

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
  expect(await example.service.projectNames()).toEqual([]);
});
