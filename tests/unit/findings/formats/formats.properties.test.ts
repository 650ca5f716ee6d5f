import fc from "fast-check";
import { countFindings, fingerprintOf, parseFindings, parseJunit, type FindingsReport } from "../../../../findings";
import { toJunit } from "../../../../findings/formats/junit";
import { toMarkdown } from "../../../../findings/formats/markdown";
import { toSarif } from "../../../../findings/formats/sarif";
import { HOSTILE_TEXTS } from "./hostile";
import { countsIn as countsInJunit } from "./junit-reader";
import { countsIn as countsInSarif, resultsIn, schemaErrors } from "./sarif-reader";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(...HOSTILE_TEXTS.filter(({ length }) => length < 200)),
  fc.constantFrom("Cookie: a=1", "https://me:word@a.example/b", "one", "two"),
);
const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 4 });
const json = fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) });

const cve = fc.record({ cve_id: text, cvss: optional(fc.double()), information: optional(text) });
const request = fc.record(
  { method: json, url: json, parameter: json, headers: json, body: json },
  { requiredKeys: [] },
);
const finding = fc.record(
  {
    finding_description_slug: optional(text),
    information: optional(text),
    cve_findings: optional(fc.array(cve, { maxLength: 3 })),
    details: fc.oneof(fc.record({ request: fc.oneof(request, json) }), json),
  },
  { requiredKeys: [] },
);
const description = fc.record(
  {
    slug: text,
    ...{ title: optional(text), description: optional(text), how_to_fix: optional(text) },
    baseScore: optional(fc.oneof(fc.double(), fc.integer({ min: -1, max: 11 }))),
    ...{
      reference_owasp: optional(fc.oneof(text, fc.webUrl())),
      reference_resolution: optional(fc.oneof(text, fc.webUrl())),
    },
  },
  { requiredKeys: ["slug"] },
);
const report: fc.Arbitrary<FindingsReport> = fc
  .record({
    lists: fc.array(fc.tuple(text, fc.array(finding, { maxLength: 4 })), { minLength: 1, maxLength: 4 }),
    descriptions: fc.array(description, { maxLength: 4 }),
    scanners: optional(fc.array(text, { maxLength: 4 })),
  })
  // Entries define members: a key `__proto__` is one.
  .map(({ lists, ...rest }) => parseFindings({ ...rest, findings: Object.fromEntries(lists) }));

const context = fc.record(
  { scanId: text, projectId: text, baseline: fc.array(text, { maxLength: 2 }) },
  { requiredKeys: [] },
);

test("any report gives valid SARIF with the same counts", () => {
  fc.assert(
    fc.property(report, context, (value, about) => {
      const log = toSarif(value, about);

      expect(schemaErrors(log)).toEqual([]);
      expect(countsInSarif(log)).toEqual(value.findingCounts);
      for (const { message, ruleIndex } of resultsIn(log)) {
        expect(message.text.trim()).not.toBe("");
        expect(ruleIndex).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});

test("any report gives JUnit that is read back with the same counts", () => {
  fc.assert(
    fc.property(report, context, (value, about) => {
      const xml = toJunit(value, about);
      const names = Array.from(xml.matchAll(/<testcase [^>]+>/g), ([tag]) => tag);

      expect(countsInJunit(xml)).toEqual(value.findingCounts);
      expect(parseJunit(xml).scannerErrors).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 300 },
  );
});

test("any report gives Markdown below the limit, with the same counts", () => {
  fc.assert(
    fc.property(report, context, (value, about) => {
      const markdown = toMarkdown(value, about);

      expect(markdown.length).toBeLessThan(65_536);
      expect(markdown.startsWith(`## Crashtest Security: ${value.findings.length} finding`)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the order of a report changes nothing but the order of scanners", () => {
  const isNew = (value: FindingsReport): string[] => value.findings.slice(0, 1).map(fingerprintOf);
  fc.assert(
    fc.property(report, (value) => {
      const turned = { ...value, findings: [...value.findings].reverse() };
      const about = { baseline: isNew(value) };

      expect(countFindings(turned.findings)).toEqual(value.findingCounts);
      expect(toMarkdown(turned, about).length).toBe(toMarkdown(value, about).length);
      expect(toSarif(turned, about).runs[0].results.map(({ message }) => message)).toEqual(
        toSarif(value, about).runs[0].results.map(({ message }) => message),
      );
    }),
  );
});
