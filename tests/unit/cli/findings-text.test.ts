import { findingsJson, findingsText, type ScanFindings } from "../../../cli/findings-text";
import { fingerprintOf, type Finding } from "../../../findings";
import { gateFindingsOf } from "../../../gate/rules/gate-finding";
import { finding, junitFinding } from "../gate/rules/sample-evidence";

const found = (findings: readonly Finding[], fields: Partial<ScanFindings> = {}): ScanFindings => ({
  status: { scanId: "31", statusCode: 102, state: "finished" },
  findings: gateFindingsOf(findings),
  scannerErrors: [],
  skippedScanners: [],
  missingScanners: [],
  ...fields,
});

const [low, critical] = [finding("low"), finding("critical", { where: { path: "/item" }, slug: "sql-injection" })];

test("a table has the worst first, with whole fingerprints, and a line that counts", () => {
  expect(findingsText(found([low, critical])).split("\n")).toEqual([
    ` severity   score   finding           where                     fingerprint`,
    ` critical   9.8     Open door (xss)   /item                     ${fingerprintOf(critical)}`,
    ` low        3.1     Open door (xss)   GET /items, parameter q   ${fingerprintOf(low)}`,
    "scan 31: 1 critical, 0 high, 0 medium, 1 low, 0 info, 0 unknown",
  ]);
});

test("what says that it may not be all is said", () => {
  const text = findingsText(
    found([finding("low", { scanner: "ssl" })], {
      status: { scanId: "31", statusCode: 104, state: "failed" },
      scannerErrors: [
        { scanner: "portscan", message: "no route\u001b[2J" },
        { scanner: "", message: "" },
      ],
      skippedScanners: [
        { scanner: "csrf", message: "no login" },
        { scanner: "ssl", message: "in part" },
      ],
      missingScanners: ["fuzzer", "csrf"],
    }),
  );

  expect(text.split("\n").slice(2)).toEqual([
    "scan 31: 0 critical, 0 high, 0 medium, 1 low, 0 info, 0 unknown",
    "scan 31: failed (status code 104); this may be incomplete",
    "broke: portscan: no route\uFFFD[2J",
    "broke: a scanner",
    "did not run: fuzzer",
    "did not run: csrf: no login",
  ]);
});

test("nothing found is no table", () => {
  expect(findingsText(found([]))).toBe("scan 31: 0 critical, 0 high, 0 medium, 0 low, 0 info, 0 unknown");
});

test("findings of an XML report have fingerprints, except for one without a message, which cannot be accepted", () => {
  const [door, nameless] = [junitFinding("high", "The door stood open."), junitFinding("low", "")];
  const text = findingsText(found([door, nameless]));
  const json = findingsJson(found([door, nameless]));

  expect(text).toMatch(/^ severity +finding +where +fingerprint$/m);
  expect(text).toContain(fingerprintOf(door));
  expect(JSON.parse(json)).toMatchObject({ findings: [{ fingerprint: fingerprintOf(door) }, { severity: "low" }] });
  for (const told of [text, json]) expect(told).not.toContain(fingerprintOf(nameless));
});

test("JSON has the same for programs", () => {
  const skippedScanners = [{ scanner: "csrf", message: "no login" }];
  const unrated = finding("unknown", { slug: "", title: "\u202eodd" });

  expect(JSON.parse(findingsJson(found([unrated, critical], { skippedScanners })))).toEqual({
    scanId: "31",
    statusCode: 102,
    state: "finished",
    findingCounts: { critical: 1, high: 0, medium: 0, low: 0, info: 0, unknown: 1 },
    findings: [
      {
        fingerprint: fingerprintOf(critical),
        severity: "critical",
        baseScore: 9.8,
        title: "Open door",
        scanner: "xss",
        slug: "sql-injection",
        place: "/item",
        cveCount: 0,
      },
      {
        fingerprint: fingerprintOf(unrated),
        severity: "unknown",
        title: "\uFFFDodd",
        scanner: "xss",
        place: "GET /items, parameter q",
        cveCount: 0,
      },
    ],
    scannerErrors: [],
    missingScanners: [{ scanner: "csrf", message: "no login" }],
  });
});
