import { countFindings, parseFindings, parseJunit, type FindingsReport } from "../../../../findings";
import { toJunit } from "../../../../findings/formats/junit";
import { toMarkdown } from "../../../../findings/formats/markdown";
import { toSarif } from "../../../../findings/formats/sarif";
import { HOSTILE_TEXTS } from "./hostile";
import { countsIn as countsInJunit, readByOthers } from "./junit-reader";
import { countsIn as countsInSarif, schemaErrors } from "./sarif-reader";

/** Each text at each place of a finding and its description, under a scanner of its name. */
const wireFinding = (text: string): object => ({
  finding_description_slug: text,
  information: text,
  details: {
    request: { method: text, url: `https://a.example/${text}`, parameter: text, headers: { [text]: text }, body: text },
  },
  cve_findings: [{ cve_id: text, cvss: 5, information: text }],
});

const wireDescription = (text: string, index: number): object => ({
  ...{ slug: text, title: text, description: text, how_to_fix: text, baseScore: index % 12 },
  ...{ reference_owasp: text, reference_resolution: `https://a.example/${text}` },
});

/** Put together as text, so that a key `__proto__` is a member; read as an object, of which the length has no limit. */
function report(): FindingsReport {
  const lists = [["all", HOSTILE_TEXTS.map(wireFinding)], ...HOSTILE_TEXTS.map((text) => [text, [wireFinding(text)]])];
  const members = lists.map(([scanner, list]) => `${JSON.stringify(scanner)}:${JSON.stringify(list)}`);
  const scanners = JSON.stringify([...HOSTILE_TEXTS, ...HOSTILE_TEXTS.map((text) => `missing ${text}`)]);
  const descriptions = JSON.stringify(HOSTILE_TEXTS.map(wireDescription));
  const text = `{"scanners":${scanners},"findings":{${members.join(",")}},"descriptions":${descriptions}}`;
  return parseFindings(JSON.parse(text) as object);
}

const context = { scanId: HOSTILE_TEXTS.join(""), projectId: HOSTILE_TEXTS.join("\n"), baseline: HOSTILE_TEXTS };
const counts = countFindings(report().findings);

test("the report holds all of it", () => {
  expect(report().findings).toHaveLength(2 * HOSTILE_TEXTS.length);
  expect(report().scanners.ran).toContain("__proto__");
  expect(report().scanners.missing).toHaveLength(HOSTILE_TEXTS.length);
});

test("SARIF is valid, complete, and JSON that says the same when it is read", () => {
  const log = toSarif(report(), context);

  expect(schemaErrors(log)).toEqual([]);
  expect(countsInSarif(log)).toEqual(counts);
  expect(JSON.parse(JSON.stringify(log))).toEqual(log);
});

test("JUnit is well-formed and complete, for this package and for another reader", () => {
  const xml = toJunit(report(), context);
  const results = readByOthers(xml);
  const missing = results.suites.flatMap(({ cases }) => cases).filter(({ status }) => status === "SKIP");

  expect(countsInJunit(xml)).toEqual(counts);
  expect(parseJunit(xml).scannerErrors).toEqual([]);
  expect(results.failed).toBe(report().findings.length);
  expect(missing).toHaveLength(HOSTILE_TEXTS.length);
});

test("Markdown stays below its limit, with the counts of all", () => {
  const text = toMarkdown(report(), context);

  expect(text.length).toBeLessThan(65_536);
  for (const [severity, count] of Object.entries(counts))
    expect(text).toContain(`| ${severity} | ${count} | ${count} |\n`);
});

// Every value of SARIF is looked at, since JSON escapes what a reader of it gets.
const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

test.each<[format: string, texts: () => readonly string[]]>([
  ["SARIF", () => textsIn(toSarif(report(), context))],
  ["JUnit", () => [toJunit(report(), context)]],
  ["Markdown", () => [toMarkdown(report(), context)]],
])("no control character, bidirectional mark or colour of the engine is left in %s", (_format, texts) => {
  for (const text of texts()) {
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
    expect(text).not.toContain("<{%");
  }
});

test("in Markdown no text of a finding is anything but code, or escaped", () => {
  const prose = toMarkdown(report(), context)
    // Code of this package's making, then its own links.
    .replace(/(?<!`)(`+)(?!`)(?:(?!\1(?!`))[^\n])*?(?<!`)\1(?!`)/g, "")
    .replace(/\]\(<https:\/\/[!#-;=?-~]+>\)/g, "]");

  expect(prose).not.toMatch(/<|>|!\[|\]\(|\[\^|\\|`|:\/\/|www\.|@[\w-]|(?<!&|#)#\d|\$/);
  for (const line of prose.split("\n"))
    expect(line).toMatch(/^(?:#{2,3} \w|\| |- \*\*| {2}(?:Seen|CVEs): |Of |\*\*|$)/);
});
