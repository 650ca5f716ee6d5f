import { parseJunit } from "../../../findings";
import { findingsOfJunit } from "../../../findings/junit-findings";
import { JUNIT } from "../report-files/junit-service";

test("an XML report has the form of a JSON report, without what JUnit cannot say", () => {
  const report = findingsOfJunit(parseJunit(JUNIT));
  const [first] = report.findings;

  expect(report).toMatchObject({
    findingCounts: { critical: 0, high: 1, medium: 1, low: 0, info: 0, unknown: 0 },
    scanners: { ran: ["xss", "cve", "ssl", "portscan"] },
    descriptions: [],
    additional: {},
    warnings: [],
  });
  expect(first).toMatchObject({ scanner: "xss", slug: "", where: { path: "/find", parameter: "q" }, references: {} });
  for (const name of ["title", "cvss", "description", "howToFix", "createdAt"]) expect(first).not.toHaveProperty(name);
});

test.each([
  ["no test case", "<testsuites/>"],
  [
    "nothing but skipped scanners",
    '<testsuites><testcase classname="csrf.x" name="CSRF"><skipped/></testcase></testsuites>',
  ],
])("a report with %s is empty, which does not prove a clean scan", (_what, xml) => {
  expect(() => findingsOfJunit(parseJunit(xml))).toThrow(
    expect.objectContaining({
      code: "REPORT_EMPTY",
      message: expect.stringMatching(/has no test case that ran\. An empty report .* XML report again/) as string,
    }) as Error,
  );
});
