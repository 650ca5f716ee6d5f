import fc from "fast-check";
import { countFindings, parseFindings, ReportParseError, SEVERITIES, type Severity } from "../../../findings";
import { wireCve, wireDescription, wireFinding } from "../../fixtures/report";

const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(null, NaN, Infinity, [], {}, ""));
const keys = fc.constantFrom("xss", "__proto__", "constructor", "slug", "findings", "a b");

/** A record whose key `__proto__` is a member, as `JSON.parse` makes it. */
const record = <T>(values: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(keys, values), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

const slug = fc.constantFrom("one", "two", "three", "__proto__");
const score = fc.oneof(fc.double({ min: -1, max: 11 }), fc.constant(null));
const cves = fc.array(fc.constant(wireCve()), { maxLength: 2 });
const finding = fc.record({ finding_description_slug: slug, cve_findings: cves }).map((fields) => wireFinding(fields));
const description = fc.record({ slug, baseScore: score }).map((fields) => wireDescription(fields));
const scanners = record(fc.array(finding, { maxLength: 5 })).filter((lists) => Object.keys(lists).length > 0);
const report = fc.record({ findings: scanners, descriptions: fc.array(description, { maxLength: 4 }) });

/** Reports in which anything may stand at any place. */
const spoiled = fc.record(
  {
    message: junk,
    findings: fc.oneof(record(fc.oneof(fc.array(fc.oneof(finding, record(junk), junk)), junk)), junk),
    descriptions: fc.oneof(fc.array(fc.oneof(description, record(junk), junk)), junk),
    scanners: fc.oneof(fc.array(fc.oneof(fc.string(), junk)), junk),
    data: fc.oneof(report, junk),
  },
  { requiredKeys: [] },
);

function refusesOrReads(input: string | object): void {
  try {
    const { findings } = parseFindings(input);
    expect(Array.isArray(findings)).toBe(true);
  } catch (error) {
    expect(error).toBeInstanceOf(ReportParseError);
  }
}

test("any text is read or refused with a ReportParseError", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    spoiled.map((value) => JSON.stringify(value)),
  );
  fc.assert(fc.property(text, refusesOrReads));
});

test("any object is read or refused with a ReportParseError", () => {
  fc.assert(fc.property(fc.oneof(spoiled, fc.object()), refusesOrReads));
});

test("a text that was cut off anywhere is refused", () => {
  fc.assert(
    fc.property(report, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value, part) => {
      const text = JSON.stringify(value);
      expect(() => parseFindings(text.slice(0, Math.floor(text.length * part)))).toThrow(ReportParseError);
    }),
  );
});

test("every finding of the report is there, and the counts add up to it", () => {
  fc.assert(
    fc.property(report, (value) => {
      const { findings, findingCounts } = parseFindings(JSON.stringify(value));
      const expected = Object.values(value.findings).reduce((sum, list) => sum + list.length, 0);

      expect(findings).toHaveLength(expected);
      expect(SEVERITIES.reduce((sum, severity) => sum + findingCounts[severity], 0)).toBe(expected);
    }),
  );
});

test("the order of scanners, findings and descriptions changes no count", () => {
  fc.assert(
    fc.property(report, (value) => {
      const lists = Object.entries(value.findings).map(([scanner, list]) => [scanner, [...list].reverse()] as const);
      const turned = { findings: Object.fromEntries(lists.reverse()), descriptions: [...value.descriptions].reverse() };

      expect(parseFindings(turned).findingCounts).toEqual(parseFindings(value).findingCounts);
    }),
  );
});

test("counts do not depend on the order of what is counted", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<Severity>(...SEVERITIES)), (severities) => {
      const findings = severities.map((severity) => ({ severity }));
      expect(countFindings([...findings].reverse())).toEqual(countFindings(findings));
    }),
  );
});
