import { parseFindings, ReportParseError } from "../../../findings";
import { wireCve, wireDescription, wireFinding, wireReport } from "../../fixtures/report";

const SECRET = "s3cr3t-value";

function errorOf(report: unknown): ReportParseError {
  try {
    parseFindings(report as object);
  } catch (error) {
    if (error instanceof ReportParseError) return error;
    throw error;
  }
  throw new Error("the report was read without an error");
}

test.each<[string, unknown, string]>([
  ["no bytes", "", "$"],
  ["blanks only", " \r\n\t", "$"],
  ["no findings", {}, "$.findings"],
  ["an error of the service", { message: "scan_not_finished" }, "$.findings"],
  ["no findings in the envelope", { message: "scan_findings_retrieved", data: {} }, "$.data.findings"],
  ["no data in the envelope", { message: "scan_findings_retrieved", data: null }, "$.findings"],
  ["no scanner", { findings: {} }, "$.findings"],
  ["no scanner, as a list", { data: { findings: [] } }, "$.data.findings"],
  ["findings that are only inherited", Object.create({ findings: { xss: [] } }), "$.findings"],
  ["an envelope that is only inherited", Object.create({ data: { findings: { xss: [] } } }), "$.findings"],
])("a report with %s is empty", (_case, report, path) => {
  expect(errorOf(report)).toMatchObject({ code: "REPORT_EMPTY", path });
});

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const cyclic: Record<string, unknown> = { findings: { xss: [] } };
cyclic["self"] = cyclic;

test.each<[string, unknown, string]>([
  ["text that was cut off", JSON.stringify(wireReport({ xss: [wireFinding()] })).slice(0, -5), "$"],
  ["a web page", "<!DOCTYPE html><html></html>", "$"],
  ["a number", "1", "$"],
  ["null", "null", "$"],
  ["a list", [], "$"],
  ["undefined in place of a report", undefined, "$"],
  ["100,000 nested lists", deep(100_000), "$"],
  ["100,000 nested lists in a field", `{"findings":{"xss":[]},"more":${deep(100_000)}}`, "$"],
  ["100,000 nested lists that are never closed", "[".repeat(100_000), "$"],
  ["an object that contains itself", cyclic, "$"],
  ["data that is a list", { data: [] }, "$.data"],
  ["two sets of findings", { findings: { xss: [] }, data: { findings: { xss: [wireFinding()] } } }, "$"],
  ["findings that are null", { findings: null }, "$.findings"],
  ["findings as a list", { findings: [wireFinding()] }, "$.findings"],
  ["a scanner's list that is null", { findings: { xss: null } }, "$.findings.xss"],
  ["a scanner's list that is an object", { findings: { xss: {} } }, "$.findings.xss"],
  ["a finding that is a text", wireReport({ xss: [wireFinding(), SECRET] }), "$.findings.xss[1]"],
  ["a finding under __proto__ that is none", '{"findings":{"__proto__":[1]}}', "$.findings.__proto__[0]"],
  ["a scanner that is no list under __proto__", '{"findings":{"__proto__":{"xss":[]}}}', "$.findings.__proto__"],
  [
    "a slug that is a number",
    wireReport({ xss: [wireFinding({ finding_description_slug: 1 })] }),
    "$.findings.xss[0].finding_description_slug",
  ],
  [
    "information that is a list",
    { data: wireReport({ xss: [wireFinding({ information: [SECRET] })] }) },
    "$.data.findings.xss[0].information",
  ],
  ["CVEs as an object", wireReport({ cve: [wireFinding({ cve_findings: {} })] }), "$.findings.cve[0].cve_findings"],
  [
    "a CVE that is a text",
    wireReport({ cve: [wireFinding({ cve_findings: [wireCve(), SECRET] })] }),
    "$.findings.cve[0].cve_findings[1]",
  ],
  ["descriptions as an object", wireReport({ xss: [] }, { descriptions: {} }), "$.descriptions"],
  ["a description that is a text", wireReport({ xss: [] }, { descriptions: [SECRET] }), "$.descriptions[0]"],
  [
    "a description's slug that is a number",
    wireReport({ xss: [] }, { descriptions: [wireDescription({ slug: 1 })] }),
    "$.descriptions[0].slug",
  ],
  ["scanners as a text", wireReport({ xss: [] }, { scanners: SECRET }), "$.scanners"],
  ["a scanner's name as a number", wireReport({ xss: [] }, { scanners: ["xss", 1] }), "$.scanners[1]"],
])("a report with %s is unreadable", (_case, report, path) => {
  const error = errorOf(report);

  expect(error).toMatchObject({ code: "REPORT_UNREADABLE", path });
  expect(String(error)).not.toContain(SECRET);
});

test("says what was attempted, what is wrong where, and what to do", () => {
  expect(errorOf(wireReport({ xss: [true] })).message).toBe(
    "Could not read the findings report: $.findings.xss[0] is a boolean but must be an object. Fetch the JSON report of the scan " +
      "again, and check that nothing between here and the service (proxy, login page) answers instead.",
  );
  expect(errorOf("<html>").message).toContain("$ is markup (HTML or XML) but must be JSON.");
  expect(errorOf("").message).toContain("$ is empty. An empty report does not prove a clean scan");
});

test.each([`{"findings": ${SECRET}}`, `{"findings": "${SECRET}`, SECRET])(
  "quotes nothing of a text that is no JSON, neither in message nor stack nor cause: %#",
  (text) => {
    const error = errorOf(text);

    expect(error.message).toMatch(/is not (a|valid) JSON/);
    expect(error.stack).not.toContain(SECRET.slice(0, 6));
    expect(error.cause).toBeUndefined();
  },
);

test("shows a long or odd key cut and without characters that cannot be seen", () => {
  const error = errorOf({ findings: { [`\u001b[31m\u202e"${"k".repeat(1000)}`]: 1 } });

  expect(error.path).toBe(`$.findings["\uFFFD[31m\uFFFD\\"${"k".repeat(57)}..."]`);
});

test("a report of 60 levels is read", () => {
  const { additional } = parseFindings(`{"findings":{"xss":[]},"more":${deep(60)}}`);

  expect(additional).toHaveProperty("more");
});
