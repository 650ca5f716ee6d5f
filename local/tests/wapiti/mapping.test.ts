import { CATEGORIES } from "../../src/scanners/wapiti/categories";
import { cvssScore } from "../../src/scanners/wapiti/cvss";
import { describeCategory, mapFindings } from "../../src/scanners/wapiti/mapping";
import { passiveModulesOf, scannerOfModule } from "../../src/scanners/wapiti/modules";
import { parseReport } from "../../src/scanners/wapiti/report";

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

  it("describes every slug that a finding names, once", () => {
    const { findings, descriptions } = map();
    const named = Object.values(findings).flatMap((list) => list.map((finding) => finding.finding_description_slug));

    expect(descriptions.map(({ slug }) => slug).sort()).toEqual([...new Set(named)].sort());
  });
});

describe("the table of categories", () => {
  it("scores a reflected XSS with 6.1", () => {
    expect(describeCategory("Reflected Cross Site Scripting")).toMatchObject({ slug: "xss", baseScore: 6.1 });
  });

  it.each([
    ["SQL Injection", 9.1],
    ["Command execution", 9.8],
    ["Path Traversal", 7.5],
    ["Cross Site Request Forgery", 4.3],
  ])("scores %s with %d", (category, score) => {
    expect(describeCategory(category).baseScore).toBe(score);
  });

  it("scores what is missing in headers and cookies below medium", () => {
    const missing = [...CATEGORIES.values()].filter(({ slug }) => slug.startsWith("ssl-"));

    expect(missing).toHaveLength(6);
    for (const { vector } of missing) expect(cvssScore(vector).baseScore).toBeLessThan(4);
  });

  it("has a slug of its own and a remedy for each", () => {
    const categories = [...CATEGORIES.values()];

    expect(new Set(categories.map(({ slug }) => slug)).size).toBe(categories.length);
    for (const { howToFix } of categories) expect(howToFix).toMatch(/^[A-Z].+\.$/);
  });
});

describe("scannerOfModule", () => {
  it.each([
    ["timesql", "sqlinjection"],
    ["shellshock", "commandinjection"],
    ["file", "fileinclusion"],
    ["permanentxss", "xss"],
    ["cookieflags", "ssl"],
    ["wapp", "fingerprinting"],
    ["log4shell", "cve"],
    ["redirect", "fuzzer"],
    ["a_new_one", "fuzzer"],
  ])("files %s under %s", (module, scanner) => {
    expect(scannerOfModule(module)).toBe(scanner);
  });
});

describe("passiveModulesOf", () => {
  it("names what a release runs along with its crawl", () => {
    expect(passiveModulesOf("3.3.2", ["xss", "csp"])).toEqual(["csp"]);
    expect(passiveModulesOf("3.2.3", ["xss", "csp"])).toEqual([]);
  });
});
