import { Example } from "./stack/example";

/** The programs are the same as at Crashtest Security; only the configuration is another one. */

const DESTROY = ["destroy", "--yes", "--skip-preview"];

test("quickstart: a finding holds the release back, and the next version is scanned and goes live", async () => {
  const example = await Example.startAtVeracode("quickstart");
  const { stack, veracode } = example;
  const closed = await stack.upFails();
  await example.follow(0);
  await stack.up();
  await stack.up("--expect-no-changes");

  expect(closed).toContain("has too many findings: 1 medium (failOn: medium)");
  expect(await veracode.targets()).toMatchObject([{ name: "crashtest-quickstart-dev-shop", url: "shop.example.com" }]);
  expect(await veracode.scans()).toHaveLength(2);
  expect(await stack.outputs()).toMatchObject({ liveVersion: "2", findingCounts: { medium: 0 } });
  await stack.well(...DESTROY);
  expect(await veracode.targets()).toEqual([]);
});

test("gate-before-promotion: findings keep the new version from going live, and a clean scan lets the next one go", async () => {
  const example = await Example.startAtVeracode("gate-before-promotion");
  const { stack, veracode } = example;
  const closed = await stack.upFails();
  const liveWhileClosed = example.file("deployed/live.txt");
  await example.follow(0);
  await stack.up();

  expect(closed).toContain("has too many findings: 1 critical (failOn: high)");
  expect(liveWhileClosed).toBeUndefined();
  expect(example.file("deployed/live.txt")).toBe("2");
  await stack.well(...DESTROY);
  expect(await veracode.targets()).toEqual([]);
});

test("security-review: known and accepted findings pass, a new one closes, and everybody gets the reports", async () => {
  const example = await Example.startAtVeracode("security-review");
  const { stack } = example;
  const first = await stack.up();
  const reports = ["pdf", "html", "sarif"].map((format) => example.file(`reports/review.${format}`));
  await example.follow(0);
  const second = await stack.upFails();
  await example.follow(1);
  const third = await stack.up();

  expect(first).toContain("3 medium");
  expect(first).toContain("1 of them accepted");
  expect(first).toContain("2 recorded as the baseline");
  expect(reports.map((report) => report?.slice(0, 5))).toEqual(["%PDF-", "<!DOC", '{\n  "']);
  expect(reports[2]).toContain("crashtestJunit/v1");
  expect(second).toContain("has too many new findings: 1 critical (failOn: medium); 1 more accepted");
  expect(second).toContain("2 old left out");
  expect(third).toContain("1 of the baseline no longer found");
  await stack.well(...DESTROY);
});
