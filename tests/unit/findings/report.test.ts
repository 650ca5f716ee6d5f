import { parseFindings, type Finding } from "../../../findings";
import { wireCve, wireDescription, wireFinding, wireReport } from "../../fixtures/report";

const first = (findings: readonly Finding[]): Finding => {
  const [finding] = findings;
  if (finding === undefined) throw new Error("the report has no finding");
  return finding;
};

describe("parseFindings", () => {
  test("gives a finding with all that its description says", () => {
    const { findings } = parseFindings(wireReport({ xss: [wireFinding()] }));

    expect(findings).toEqual([
      {
        scanner: "xss",
        slug: "open-door",
        title: "Open door",
        severity: "high",
        cvss: {
          baseScore: 7.5,
          vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
          impact: 3.6,
          exploitability: 3.9,
        },
        information: "The door of the shop was open.",
        where: {},
        description: "The door stands open.",
        howToFix: "Close it.",
        references: { owasp: "https://owasp.example/open-door", resolution: "https://wiki.example/close-the-door" },
        cves: [],
        createdAt: "2026-01-02T03:04:05.000006Z",
        additional: { service_type: "xss", details: { request: { has_findings: false } } },
      },
    ]);
  });

  test("reads text and object, with and without the envelope, alike", () => {
    const bare = wireReport({ xss: [wireFinding()], csrf: [] });
    const enveloped = { message: "scan_findings_retrieved", data: bare };
    const expected = parseFindings(bare);

    expect(expected.findings).toHaveLength(1);
    for (const report of [
      enveloped,
      JSON.stringify(bare),
      JSON.stringify(enveloped),
      `\uFEFF${JSON.stringify(bare)}`,
    ]) {
      expect(parseFindings(report)).toEqual(expected);
    }
  });

  test("takes empty lists for a report with no findings", () => {
    const report = parseFindings(wireReport({ xss: [], csrf: [] }, { descriptions: [] }));

    expect(report.findings).toEqual([]);
    expect(report.findingCounts).toEqual({ critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 });
    expect(report.scanners).toEqual({ ran: ["xss", "csrf"] });
  });

  test("names the scanners that should have run and did not", () => {
    const { scanners } = parseFindings(
      wireReport({ xss: [], csrf: [] }, { scanners: ["xss", "portscan", "portscan"] }),
    );

    expect(scanners).toEqual({ ran: ["xss", "csrf"], expected: ["xss", "portscan"], missing: ["portscan"] });
  });

  test("keeps and counts the findings of a scanner that nobody has heard of", () => {
    const { findings, findingCounts } = parseFindings(wireReport({ telepathy: [wireFinding()] }));

    expect(first(findings).scanner).toBe("telepathy");
    expect(findingCounts.high).toBe(1);
  });

  test("keeps the fields that it does not know", () => {
    const { findings, descriptions, additional } = parseFindings(
      wireReport(
        { xss: [wireFinding({ mood: { is: "good" }, cve_findings: [wireCve({ mood: 1 })] })] },
        { descriptions: [wireDescription({ mood: 2 })], mood: [3] },
      ),
    );

    expect(first(findings).additional).toHaveProperty("mood", { is: "good" });
    expect(first(findings).cves[0]?.additional).toEqual({ vector: "NETWORK", mood: 1 });
    expect(descriptions[0]?.additional).toMatchObject({ mood: 2, cvssScope: 1 });
    expect(additional).toEqual({ mood: [3] });
  });

  test.each<[string, Record<string, unknown>]>([
    ["no descriptions at all", { descriptions: undefined }],
    ["no description of its slug", { descriptions: [wireDescription({ slug: "other" })] }],
    ["a description without a score", { descriptions: [wireDescription({ baseScore: null })] }],
    ["a score above 10", { descriptions: [wireDescription({ baseScore: 11 })] }],
    ["a score below 0", { descriptions: [wireDescription({ baseScore: -1 })] }],
  ])("rates a finding unknown, and gives no CVSS, where there is %s", (_case, rest) => {
    const { findings, findingCounts } = parseFindings(wireReport({ xss: [wireFinding()] }, rest));

    expect(first(findings).severity).toBe("unknown");
    expect(first(findings)).not.toHaveProperty("cvss");
    expect(findingCounts.unknown).toBe(1);
  });

  test("rates a finding without a slug unknown, even where a description has none either", () => {
    const report = wireReport(
      { xss: [wireFinding({ finding_description_slug: null })] },
      { descriptions: [wireDescription({ slug: "" })] },
    );

    expect(first(parseFindings(report).findings)).toMatchObject({ slug: "", severity: "unknown" });
  });

  test.each([
    [2, 9.5],
    [9.5, 2],
  ])("lets the worse of two descriptions of one slug count (%p and %p)", (one, two) => {
    const descriptions = [wireDescription({ baseScore: one }), wireDescription({ baseScore: two })];
    const { findings } = parseFindings(wireReport({ xss: [wireFinding()] }, { descriptions }));

    expect(first(findings).severity).toBe("critical");
  });

  test.each([
    [null, 2],
    [2, null],
    [9.5, null],
  ])("leaves a finding unrated where one of two descriptions of its slug is (%p and %p)", (one, two) => {
    const descriptions = [wireDescription({ baseScore: one }), wireDescription({ baseScore: two })];
    const { findings } = parseFindings(wireReport({ xss: [wireFinding()] }, { descriptions }));

    expect(first(findings).severity).toBe("unknown");
  });

  test("hands on CVEs with their finding and counts none of them", () => {
    const cve_findings = [wireCve(), wireCve({ cve_id: "CVE-2000-0002", cvss: null, product: null })];
    const { findings, findingCounts } = parseFindings(wireReport({ fingerprinting: [wireFinding({ cve_findings })] }));

    expect(first(findings).cves).toEqual([
      {
        id: "CVE-2000-0001",
        cvssScore: 9.8,
        information: "A made-up weakness.",
        product: "doord",
        version: "1.2",
        additional: { vector: "NETWORK" },
      },
      { id: "CVE-2000-0002", information: "A made-up weakness.", version: "1.2", additional: { vector: "NETWORK" } },
    ]);
    expect(findingCounts).toEqual({ critical: 0, high: 1, medium: 0, low: 0, info: 0, unknown: 0 });
  });

  test("leaves out what is null or empty", () => {
    const descriptions = [wireDescription({ title: "", reference_owasp: "", how_to_fix: null })];
    const { findings } = parseFindings(wireReport({ xss: [wireFinding({ created_at: null })] }, { descriptions }));

    expect(first(findings).references).toEqual({ resolution: "https://wiki.example/close-the-door" });
    for (const field of ["title", "howToFix", "createdAt"]) expect(first(findings)).not.toHaveProperty(field);
  });
});

describe("keys that objects inherit", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "keeps findings under the scanner %s",
    (key) => {
      const text = `{"findings":{"${key}":[${JSON.stringify(wireFinding())}]},"descriptions":[${JSON.stringify(wireDescription())}]}`;
      const { findings, findingCounts, scanners } = parseFindings(text);

      expect(first(findings).scanner).toBe(key);
      expect(findingCounts.high).toBe(1);
      expect(scanners.ran).toEqual([key]);
    },
  );

  test.each(["__proto__", "constructor", "toString"])(
    "finds no description for the slug %s where there is none",
    (slug) => {
      const { findings } = parseFindings(wireReport({ xss: [wireFinding({ finding_description_slug: slug })] }));

      expect(first(findings).severity).toBe("unknown");
    },
  );

  test("keeps a field __proto__ as a field and changes no prototype", () => {
    const text = '{"findings":{"xss":[{"__proto__":{"polluted":true}}]},"__proto__":{"polluted":true}}';
    const { findings, additional } = parseFindings(text);

    for (const object of [first(findings).additional, additional]) {
      expect(Object.keys(object)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    }
    expect({}).not.toHaveProperty("polluted");
  });
});
