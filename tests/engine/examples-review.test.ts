import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import AjvOfDraft4 from "ajv-draft-04";
import { fingerprintOf, parseFindings } from "pulumi-crashtest/findings";
import { parse } from "yaml";
import type { AcceptedFinding } from "../../gate/rules/accepted-finding";
import type { SarifLog } from "../../findings/formats/sarif-log";
import schema from "../../schemas/accept.schema.json";
import { Example, readExample } from "./stack/example";

const NAME = "security-review";
const SCHEMA_IN_PACKAGE = "node_modules/pulumi-crashtest/schemas/accept.schema.json";
const REPORTS = ["review.html", "review.pdf", "review.sarif"];

const readme = readExample(NAME, "README.md");
const accepted = parse(readExample(NAME, "accepted.yaml"), { schema: "core" }) as AcceptedFinding[];

/** What people compare by eye: a README breaks lines, and the CLI indents them. */
const collapsed = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The blocks of the README that show what the CLI prints, in their order. */
function shownBlocks(): string[] {
  const [, section = ""] = readme.split("## What you see\n");
  const [own = ""] = section.split("\n## ");
  return [...own.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, language, text = ""]) =>
    language === "" ? [collapsed(text)] : [],
  );
}

/** The step of the README that hands the SARIF file to code scanning. */
function codeScanningStep(): { uses: string; with: { sarif_file: string } } {
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const [step] = parse(text) as { uses: string; with: { sarif_file: string } }[];
  if (step === undefined) throw new Error("the README shows no step");
  return step;
}

/** The fingerprints of what a scan of the example's script finds. */
function scriptedFingerprints(scan: number): string[] {
  const script = JSON.parse(readExample(NAME, "scans.json")) as { default: object[] };
  return parseFindings(script.default[scan] ?? {})
    .findings.map(fingerprintOf)
    .sort();
}

const SARIF_SCHEMA = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

/** Whether a file is SARIF 2.1.0. Its schema has a pattern that is none with the flag `u`. */
const isSarif = new AjvOfDraft4({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(SARIF_SCHEMA, "utf8")) as object,
);

const fingerprintsIn = ({ runs: [{ results }] }: SarifLog): (string | undefined)[] =>
  results.map(({ partialFingerprints }) => partialFingerprints["crashtestFinding/v1"]).sort();

/** The files in a folder, with their bytes. */
function filesIn(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), "latin1")]),
  );
}

const sarifIn = (files: Record<string, string>): SarifLog => JSON.parse(files["review.sarif"] ?? "") as SarifLog;

test("known findings are recorded, a new one closes the gate, its reports are there, and mended it goes live", async () => {
  const example = await Example.start(NAME);
  const { stack } = example;
  const look = (folder: string): Record<string, string> => filesIn(join(stack.folder, folder));
  const first = await stack.up();
  const [reportsOfFirst, bucketOfFirst] = [look("reports"), look("bucket")];
  await stack.up("--expect-no-changes");
  await example.follow(0);
  const second = await stack.upFails();
  const [reportsOfSecond, bucketOfSecond] = [look("reports"), look("bucket")];
  await example.follow(1);
  const third = await stack.up();
  const [reportsOfThird, bucketOfThird] = [look("reports"), look("bucket")];
  await stack.up("--expect-no-changes");
  await stack.well("preview", "--expect-no-changes");

  const [openAtFirst, closed, table, openAtThird] = shownBlocks();
  expect(shownBlocks()).toHaveLength(4);
  expect(collapsed(first)).toContain(openAtFirst);
  expect(collapsed(second)).toContain(closed);
  expect(collapsed(second)).toContain(table);
  expect(collapsed(third)).toContain(openAtThird);
  expect(await example.starts()).toBe(3);
  expect(await stack.outputs()).toMatchObject({ scanId: "3", findingCounts: { critical: 0, medium: 2 } });

  for (const [scan, reports] of [reportsOfFirst, reportsOfSecond, reportsOfThird].entries()) {
    expect(Object.keys(reports)).toEqual(REPORTS);
    expect(reports["review.pdf"]).toMatch(/^%PDF-/);
    expect(reports["review.html"]).toMatch(/^<!doctype html>/i);
    expect(isSarif(sarifIn(reports))).toBe(true);
    expect(fingerprintsIn(sarifIn(reports))).toEqual(scriptedFingerprints(scan));
  }
  expect(reportsOfSecond["review.html"]).toContain("SQL injection");
  expect(bucketOfFirst).toEqual({ ...reportsOfFirst, "version.txt": "1" });
  expect(bucketOfSecond).toEqual(bucketOfFirst);
  expect(bucketOfThird).toEqual({ ...reportsOfThird, "version.txt": "3" });
  for (const name of REPORTS) expect(statSync(join(stack.folder, "reports", name)).mode & 0o077).toBe(0);
  expect(example.file(codeScanningStep().with.sarif_file.replace(`examples/${NAME}/`, ""))).toBeDefined();

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
  expect(await example.service.projectNames()).toEqual([]);
  expect(look("bucket")).toEqual({});
});

test("what is accepted is found in every scan, by its fingerprint, and for as long as the example is to last", () => {
  const [accepts] = accepted;

  expect(accepted).toHaveLength(1);
  for (const scan of [0, 1, 2])
    expect(scriptedFingerprints(scan)).toContain(accepts && "finding" in accepts && accepts.finding);
  expect(accepts?.expires).toBe("2099-12-31");
});

test("the file of accepted findings names its schema, and keeps to it", () => {
  const [firstLine] = readExample(NAME, "accepted.yaml").split("\n");

  expect(firstLine).toBe(`# yaml-language-server: $schema=${SCHEMA_IN_PACKAGE}`);
  expect(new Ajv({ formats: { date: true } }).validate(schema, accepted)).toBe(true);
});

test("the step for code scanning has a kept action, and runs also where the gate is closed", () => {
  expect(codeScanningStep()).toMatchObject({
    if: "${{ !cancelled() }}",
    uses: expect.stringMatching(/^github\/codeql-action\/upload-sarif@v\d+$/) as string,
  });
});
