import { compareSeverity, fingerprintOf, parseFindings, toSarif } from "../../../findings";
import { EXAMPLE_SCRIPT } from "../../src/scanners/example-script";
import { parseScript } from "../../src/scanners/parse-script";
import { SERVICE_SCANNERS } from "../../src/scanners/scanner";
import { scanAt, scansFor } from "../../src/scanners/script";
import { outcomeOf } from "../../src/scanners/scripted";

const SITE = new URL("http://127.0.0.1:8080/");

/** What the report of a scan has, counted from 1. */
const scanOf = (number: number): ReturnType<typeof parseFindings> =>
  parseFindings(outcomeOf(scanAt(scansFor(EXAMPLE_SCRIPT, SITE), number - 1), 0));

const foundBy = (number: number): string[] =>
  [...scanOf(number).findings]
    .sort((left, right) => compareSeverity(left.severity, right.severity))
    .map(({ severity, slug, information }) => `${severity} ${slug}: ${information}`);

const XSS = "medium reflected-xss: Invented: GET /search, parameter q";
const SQL = "critical sql-injection: Invented: GET /item, parameter id";
const TRAVERSAL = "high path-traversal: Invented: GET /download, parameter sheet";
const CSP = "low missing-content-security-policy: Invented: GET /";

test("findings stay, appear and are fixed from scan to scan, the worst first; one that is not severe stays", () => {
  expect(foundBy(1)).toEqual([SQL, XSS, CSP]);
  expect(foundBy(2)).toEqual([TRAVERSAL, XSS, CSP]);
  expect(foundBy(3)).toEqual([XSS, CSP]);
  expect(foundBy(4)).toEqual([CSP]);
  expect(foundBy(50)).toEqual([CSP]);
});

test("a finding that stays is recognised: its fingerprint is the same", () => {
  const fingerprintsOf = (number: number): string[] => scanOf(number).findings.map(fingerprintOf);
  const [first, second, third, last] = [1, 2, 3, 4].map(fingerprintsOf);

  expect(second?.filter((fingerprint) => first?.includes(fingerprint))).toHaveLength(2);
  expect(first).toEqual(expect.arrayContaining(third ?? []));
  expect(third).toEqual(expect.arrayContaining(last ?? []));
});

test("each finding has its place, in reports too", () => {
  const places = scanOf(1).findings.map(({ where: { method, path, parameter } }) => [method, path, parameter]);
  const paths = toSarif(scanOf(1)).runs[0].results.map(
    ({ locations: [location] }) => location.physicalLocation.artifactLocation.uri,
  );

  expect(places).toEqual([
    ["GET", "/item", "id"],
    ["GET", "/", undefined],
    ["GET", "/search", "q"],
  ]);
  expect(paths).toEqual(["item", "search", "website"]);
});

test("each scan takes five seconds, all scanners run, and each finding has a title and how to fix it", () => {
  for (const number of [1, 2, 3, 4]) {
    const { scanners, findings } = scanOf(number);
    expect(scanAt(scansFor(EXAMPLE_SCRIPT, SITE), number - 1).durationSeconds).toBe(5);
    expect([...scanners.ran].sort()).toEqual(SERVICE_SCANNERS);
    for (const { title, howToFix } of findings) expect([title, howToFix]).not.toContain(undefined);
  }
});

test("it keeps to the rules for scripts", () => {
  expect(parseScript(JSON.parse(JSON.stringify(EXAMPLE_SCRIPT)))).toEqual(EXAMPLE_SCRIPT);
});

test.each([
  [{ pages: 1, forms: 0 }],
  [{ pages: 1, forms: 0, parameters: -1 }],
  [{ pages: "1", forms: 0, parameters: 0 }],
])("the coverage %j is refused", (coverage) => {
  expect(() => parseScript({ default: { coverage } })).toThrow(
    /script\.default\.coverage\.p\w+ (is missing|must be a whole)/,
  );
});
