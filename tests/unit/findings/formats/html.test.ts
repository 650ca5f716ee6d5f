import { fingerprintOf, parseFindings, type FindingsReport } from "../../../../findings";
import { toHtml } from "../../../../findings/formats/html";
import { overviewSection } from "../../../../findings/formats/html-overview";
import { presentFindings } from "../../../../findings/formats/presented-finding";
import { CONTEXT, REPORT } from "../../../../scripts/picture/report-scene";
import { wireCve, wireDescription, wireFinding, wireReport, type Wire } from "../../../fixtures/report";
import { named, readElements, type ReadElement } from "./html-reader";

const read = (...[report, context]: Parameters<typeof toHtml>): ReadElement[] => readElements(toHtml(report, context));
const texts = (elements: ReadElement[], name: string): string[] => named(elements, name).map(({ text }) => text.trim());
const oneOf = (finding: Wire, rest: Wire = {}): FindingsReport =>
  parseFindings(wireReport({ xss: [wireFinding(finding)] }, rest));

test("the heading says what was scanned, as far as it is known", () => {
  expect(texts(read(REPORT, { projectId: "7", scanId: "71" }), "title")).toEqual([
    "Security findings, Project 7, Scan 71",
  ]);
  expect(texts(read(REPORT, { scanId: "71" }), "title")).toEqual(["Security findings, Scan 71"]);
  expect(texts(read(REPORT), "title")).toEqual(["Security findings"]);
});

test("it counts each severity, and names scanners that did not run", () => {
  const elements = read(REPORT);
  const items = texts(elements, "li");

  expect(items.slice(0, 6)).toEqual(["1 critical", "1 high", "2 medium", "1 low", "1 info", "1 unknown"]);
  expect(items.slice(6, 14)).toEqual([
    ...["sqlinjection 1", "fileinclusion 1", "xss 2", "ssl 1", "fingerprinting 1", "fuzzer 1", "csrf 0", "xxe 0"],
  ]);
  expect(texts(elements, "p")).toContain(
    "Not complete: 1 scanner did not run.\nNothing is known of what it looks for: portscan.",
  );
});

test("it says where a report does not tell which scanners should have run, and nothing where all did", () => {
  const untold = read(oneOf({}));
  const whole = read(oneOf({}, { scanners: ["xss"] }));

  expect(texts(untold, "p")).toContain(
    "1 scanner ran, each with the number of its findings. The report does not say whether others should have run.",
  );
  expect(texts(whole, "p")).toContain("1 scanner ran, each with the number of its findings.");
  expect(texts(whole, "p").join()).not.toContain("Not complete");
});

test("each row of the table leads to the finding that it names", () => {
  const elements = read(REPORT, CONTEXT);
  const rows = named(elements, "tr").map(({ text }) => text.trim().replaceAll("\u00A0", " "));
  const targets = named(elements, "a").flatMap(({ attributes: { href } }) =>
    href?.startsWith("#finding") === true ? [href.slice(1)] : [],
  );

  expect(rows.slice(0, 4)).toEqual([
    "No.SeverityScoreFindingWhere, or what was seen",
    "1critical9.8SQL injection newGET https://shop.example/item?id=%27 parameter id",
    "2high7.5Path traversalGET https://shop.example/download?sheet=../../../etc/passwd parameter sheet",
    "3medium6.1Reflected cross-site scriptingPOST https://shop.example/account parameter name",
  ]);
  expect(rows.slice(6)).toEqual([
    "6info0.0The version of the server is toldThe server says that it is doord 1.2.",
    "7unknownSomething that nobody rated.GET https://shop.example/old/",
  ]);
  expect(targets).toEqual(named(elements, "article").map(({ attributes }) => attributes["id"]));
  expect(new Set(targets).size).toBe(7);
});

test("a finding is shown with all that is known of it", () => {
  const finding = {
    details: { request: { method: "get", url: "https://shop.example/a", parameter: "b" } },
    cve_findings: [wireCve({ cvss: 5 }), wireCve({ cve_id: "CVE-2000-0002", cvss: 9.8, information: undefined })],
  };
  const report = oneOf(finding);
  const elements = read(report);

  expect(texts(elements, "h3")).toEqual(["Open door"]);
  expect(texts(elements, "h4")).toEqual(["Finding 1: Open door, by the scanner xss"]);
  expect(Object.fromEntries(texts(elements, "dt").map((name, index) => [name, texts(elements, "dd")[index]]))).toEqual({
    "What it is": "The door stands open.",
    "How to fix": "Close it.",
    "Read on": "OWASP (owasp.example)How to fix it (wiki.example)",
    Where: "GET https://shop.example/a parameter\u00A0b",
    "What was seen": "The door of the shop was open.",
    Request: "Show the requestmethod: get\nurl: https://shop.example/a\nparameter: b",
    Weaknesses: "Show 2 CVEs\nCVE-2000-0002 9.8 \nCVE-2000-0001 5 A made-up weakness.",
    Fingerprint: report.findings.map(fingerprintOf).join(),
  });
});

test("of a finding of which nothing is known, nothing is made up", () => {
  const elements = read(oneOf({ finding_description_slug: "", information: "", details: null }, { descriptions: [] }));

  expect(texts(elements, "h3")).toEqual(["xss"]);
  expect(texts(elements, "dt")).toEqual(["Fingerprint"]);
  expect(named(elements, "dl")).toHaveLength(1);
});

test("new findings are marked where there is a baseline, and only there", () => {
  const marks = (elements: ReadElement[]): string[] =>
    elements.filter(({ attributes }) => attributes["class"] === "new").map(({ text }) => text);

  expect(texts(read(REPORT, CONTEXT), "p")).toContain("7 findings, 1 of them new. The worst come first.");
  expect(marks(read(REPORT, CONTEXT))).toEqual(["new", "new"]);
  expect(texts(read(REPORT), "p")).toContain("7 findings. The worst come first.");
  expect(marks(read(REPORT))).toEqual([]);
  expect(marks(read(REPORT, { baseline: [] }))).toHaveLength(14);
});

test("an empty report says so", () => {
  const elements = read(parseFindings(wireReport({ xss: [] }, { scanners: ["xss", "ssl"] })));

  expect(texts(elements, "p")).toContain("No findings.");
  expect(texts(elements, "p").join()).toContain("1 scanner did not run.");
  expect(texts(elements, "li").slice(0, 6)).toEqual([
    ...["0 critical", "0 high", "0 medium", "0 low", "0 info", "0 unknown"],
  ]);
  expect(elements.filter(({ name }) => ["table", "article", "svg"].includes(name))).toEqual([]);
});

test("the same report gives the same text, at whatever time", () => {
  jest.useFakeTimers({ now: 0 });
  const first = toHtml(REPORT, CONTEXT);
  jest.setSystemTime(Date.UTC(2030, 1, 1));
  const second = toHtml(REPORT, CONTEXT);
  jest.useRealTimers();

  expect(second).toBe(first);
  expect(first).not.toMatch(/\d{4}-\d\d-\d\d/);
});

test("what thousands of findings have in common is said once", () => {
  const findings = Array.from({ length: 2000 }, (_, index) => wireFinding({ information: `Door ${index}.` }));
  const description = `${"word ".repeat(3000)}end`;
  const report = parseFindings(wireReport({ xss: findings }, { descriptions: [wireDescription({ description })] }));

  const text = toHtml(report);

  expect(text.split(description)).toHaveLength(2);
  expect(text.split("<article ")).toHaveLength(2001);
  expect(text).toContain("2000 findings. The worst come first.");
});

test("a text that is too long is cut, and says how much of it is left out", () => {
  const elements = read(oneOf({ information: "i".repeat(20_005) }));
  const long = texts(elements, "dd").find((text) => text.startsWith("iii")) ?? "";

  expect(long.length).toBe(20_000 + " (6 more characters)".length);
  expect(long.endsWith("i… (6 more characters)")).toBe(true);
});

test("findings that are not shown are counted, and it is said that they are there", () => {
  const text = overviewSection(REPORT, presentFindings(REPORT), 3).toString();

  expect(text).toContain("7 findings. Only the worst 3 are shown below; the original report has all.");
  expect(text).toContain("<strong>2</strong> medium");
});
