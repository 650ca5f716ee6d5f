import { parseFindings, ReportParseError } from "../../../findings";
import { MAX_MEMBER_NAMES } from "../../../findings/report-limits";

/** A report of so many names, `perFinding` in each of its findings, inside an object in a list. */
function reportOf(names: number, perFinding: number): string {
  const findings = Array.from({ length: Math.ceil(names / perFinding) }, (_, at) => {
    const own = Array.from(
      { length: Math.min(perFinding, names - at * perFinding) },
      (__, place) => at * perFinding + place,
    );
    return `{"details":[{${own.map((name) => `"${name}":{}`).join()}}]}`;
  });
  return `{"findings":{"xss":[${findings.join()}]}}`;
}

function errorOf(report: string): ReportParseError | undefined {
  try {
    parseFindings(report);
  } catch (error) {
    if (error instanceof ReportParseError) return error;
    throw error;
  }
  return undefined;
}

/** `details` is a name as well. */
const MOST = MAX_MEMBER_NAMES - 1;

test.each([1, 10, 10_000])("as many names as are read, %i in a finding, are read", (perFinding) => {
  expect(errorOf(reportOf(MOST, perFinding))).toBeUndefined();
});

test.each([1, 10, 10_000])("one name more, %i in a finding, is refused, and not repeated", (perFinding) => {
  const error = errorOf(reportOf(MOST + 1, perFinding));

  expect(error).toMatchObject({ code: "REPORT_TOO_LARGE", path: "$" });
  expect(error?.message).toContain("has more than 100000 names of members in its findings");
});

test("names that are there again and again are counted once", () => {
  const findings = Array(30_000).fill('{"details":{"a":1,"b":{"c":[{"d":1}]},"__proto__":1}}').join();

  expect(errorOf(`{"findings":{"xss":[${findings}]}}`)).toBeUndefined();
});

test("a finding that is nested too deep for its names to be counted is refused as such", () => {
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;

  expect(errorOf(`{"findings":{"xss":[${deep}]}}`)?.message).toContain("is nested more than 64 levels deep");
});
