import { mapFindings } from "../../src/scanners/wapiti/mapping";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseReport, readReport } from "../../src/scanners/wapiti/report";

const TARGET = new URL("http://127.0.0.1:8801/shop/");
const CREATED_AT = new Date("2026-01-02T03:04:05.000Z");

/** The form of the scanner's report, version 3.2 (`parameter: ""`) or 3.3 (`parameter: null`, suppressed findings). */
function report(change: Record<string, unknown> = {}): string {
  const finding = {
    ...{ method: "GET", path: "/shop/search", info: "XSS via q", level: 2, parameter: "q", module: "xss", wstg: [] },
    ...{
      referer: "",
      http_request: "GET / HTTP/1.1\ncookie: sid=secret\nauthorization: secret",
      curl_command: "curl -b secret",
    },
  };
  const low = { ...finding, path: "/shop/", info: "CSP is not set", parameter: null, module: "csp" };
  const odd = { ...finding, info: "", parameter: "", module: "sql" };
  return JSON.stringify({
    classifications: {},
    vulnerabilities: { "Reflected Cross Site Scripting": [finding], "Content Security Policy Configuration": [low] },
    anomalies: { "Internal Server Error": [odd] },
    additionals: { "Something New / 2": [odd] },
    suppressed_findings: { "SQL Injection": [finding] },
    infos: { crawled_pages_nbr: 7 },
    ...change,
  });
}

function map(completedModules: string[] = []) {
  return mapFindings({ ...parseReport(report()), target: TARGET, createdAt: CREATED_AT, completedModules });
}

describe("parseReport", () => {
  it("reads the findings of all sections but the suppressed ones", () => {
    const { crawledPages, findings } = parseReport(report());

    expect(crawledPages).toBe(7);
    expect(findings.map(({ category, parameter }) => [category, parameter])).toEqual([
      ["Reflected Cross Site Scripting", "q"],
      ["Content Security Policy Configuration", undefined],
      ["Internal Server Error", undefined],
      ["Something New / 2", undefined],
    ]);
  });

  it.each([
    ["text that is no JSON", "<html>"],
    ["no infos", report({ infos: {} })],
    ["a section missing", report({ anomalies: undefined })],
    ["no list under a category", report({ anomalies: { x: {} } })],
    ["something that is no finding", report({ anomalies: { x: [null] } })],
  ])("refuses a report with %s", (_case, json) => {
    expect(() => parseReport(json)).toThrow(SyntaxError);
  });
});

describe("readReport", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "crashtest-report-"));
    await writeFile(join(folder, "good.json"), report());
    await writeFile(join(folder, "cut.json"), report().slice(0, -5));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("reads a report", async () => {
    expect(await readReport(join(folder, "good.json"))).toMatchObject({ crawledPages: 7 });
  });

  it.each<[string, string, number | undefined, RegExp]>([
    ["is not there", "none.json", undefined, /^it is missing$/],
    ["is cut off", "cut.json", undefined, /JSON/],
    ["is too large", "good.json", 100, /^it has \d+ bytes, more than 100$/],
  ])("says of a report that %s why it cannot be used", async (_case, name, maxBytes, problem) => {
    expect(await readReport(join(folder, name), maxBytes)).toEqual({
      problem: expect.stringMatching(problem) as string,
    });
  });
});

describe("mapFindings", () => {
  it("puts a finding into the shape of the service", () => {
    expect(map().findings.xss).toEqual([
      {
        service_type: "xss",
        finding_description_slug: "xss",
        information: "XSS via q (GET http://127.0.0.1:8801/shop/search)",
        details: {
          request: { has_findings: true, method: "GET", url: "http://127.0.0.1:8801/shop/search", parameter: "q" },
        },
        created_at: "2026-01-02T03:04:05.000Z",
      },
    ]);
  });

  it("never shows cookies or authorization headers", () => {
    expect(JSON.stringify(map())).not.toMatch(/secret|cookie:/i);
  });

  it("keeps a category that has no entry under fuzzer, without a score", () => {
    const { findings, descriptions } = map();

    expect(findings.fuzzer?.map((finding) => finding.finding_description_slug)).toEqual(["wapiti-something-new-2"]);
    expect(descriptions.find(({ slug }) => slug === "wapiti-something-new-2")).not.toHaveProperty("baseScore");
  });

  it("files an anomaly under the scanner whose module provoked it", () => {
    expect(map().findings.sqlinjection?.map((finding) => finding.finding_description_slug)).toEqual([
      "internal-server-error",
    ]);
  });

  it("gives scanners that ran a list, and no others", () => {
    expect(Object.keys(map().findings).sort()).toEqual(["fuzzer", "sqlinjection", "ssl", "xss"]);
    expect(map(["file", "exec"]).findings).toMatchObject({ fileinclusion: [], commandinjection: [] });
  });

  it("names a hole once, however many payloads showed it, and two parameters apart", () => {
    const found = { category: "SQL Injection", module: "sql", method: "GET", path: "/a", info: "SQL" };
    const holes = [
      { ...found, parameter: "id" },
      { ...found, parameter: "id" },
      { ...found, parameter: "name" },
    ];
    const { findings } = mapFindings({ findings: holes, target: TARGET, createdAt: CREATED_AT, completedModules: [] });

    expect(findings.sqlinjection?.map(({ details }) => details?.request?.parameter)).toEqual(["id", "name"]);
  });

  it("describes every slug that a finding names, once", () => {
    const { findings, descriptions } = map();
    const named = Object.values(findings).flatMap((list) => list.map((finding) => finding.finding_description_slug));

    expect(descriptions.map(({ slug }) => slug).sort()).toEqual([...new Set(named)].sort());
  });
});
