import { fingerprintOf } from "../../../../findings";
import {
  placeOf,
  presentFindings,
  presentName,
  type PresentedFinding,
} from "../../../../findings/formats/presented-finding";
import { wireCve, wireDescription, wireFinding, type Wire } from "../../../fixtures/report";
import { manyFindings, reportOf, reportOfAllSeverities, reportOfJunit } from "./reports";

function present(finding: Wire, description: Wire = {}): PresentedFinding {
  const [presented] = presentFindings(reportOf([wireFinding(finding)], [wireDescription(description)]));
  if (presented === undefined) throw new Error("there is no finding");
  return presented;
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

test("the worst come first, of one severity the higher score, else an order of their own", () => {
  const severities = presentFindings(reportOfAllSeverities()).map(({ severity }) => severity);
  expect(severities).toEqual(["critical", "high", "medium", "low", "info", "unknown"]);

  const wire = ["a", "b", "c", "d"].map((slug) => wireFinding({ finding_description_slug: slug, information: slug }));
  const scores = [7.5, 8.8, 7.5, 7.5].map((baseScore, index) => wireDescription({ slug: "abcd"[index], baseScore }));
  const forwards = presentFindings(reportOf(wire, scores));
  expect(forwards[0]).toMatchObject({ slug: "b", score: 8.8 });
  expect(presentFindings(reportOf([...wire].reverse(), scores))).toEqual(forwards);
});

test("findings of one fingerprint are in the order of their texts", () => {
  const request = { method: "GET", url: "https://a.example/", parameter: "b" };
  const wire = ["two", "one"].map((information) => wireFinding({ information, details: { request } }));
  const findings = presentFindings(reportOf(wire));

  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect(findings.map(({ information }) => information)).toEqual(["one", "two"]);
});

test("a CVE that the report does not name is shown as one", () => {
  expect(present({ cve_findings: [wireCve({ cve_id: 1, information: null })] }).cves).toEqual([
    { id: "?", cvssScore: 9.8 },
  ]);
});

test("new is what is not in the baseline; without one nothing is said", () => {
  const report = reportOf(manyFindings(2));
  const [first] = report.findings;
  const baseline = first === undefined ? [] : [fingerprintOf(first)];

  expect(
    presentFindings(report, { baseline })
      .map(({ isNew }) => isNew)
      .sort(),
  ).toEqual([false, true]);
  expect(presentFindings(report, { baseline: [] }).every(({ isNew }) => isNew === true)).toBe(true);
  for (const finding of presentFindings(report)) expect(finding).not.toHaveProperty("isNew");
});

test("a finding of an XML report without a message is new each time", () => {
  const report = reportOfJunit("The door stood open.", "");
  const baseline = report.findings.map(fingerprintOf);

  expect(presentFindings(report, { baseline }).map(({ information, isNew }) => [information, isNew] as const)).toEqual(
    expect.arrayContaining([
      ["The door stood open.", false],
      ["", true],
    ]),
  );
});

test.each<[finding: Wire, description: Wire, title: string]>([
  [{}, {}, "Open door"],
  [{}, { title: null }, "open-door"],
  [{}, { title: " \t" }, "\uFFFD"],
  [{}, { title: "  Door  " }, "Door"],
  [{ finding_description_slug: "x" }, {}, "x"],
  [{ finding_description_slug: null }, {}, "The door of the shop was open."],
  [{ finding_description_slug: " ", information: " " }, {}, "xss"],
])("the title of %j with the description %j is %j", (finding, description, title) => {
  expect(present(finding, description).title).toBe(title);
});

test("where nothing has a name, the title is a question mark", () => {
  const { findings } = reportOf([wireFinding({ information: null, finding_description_slug: null })]);
  const [presented] = presentFindings({ findings: findings.map((finding) => ({ ...finding, scanner: " " })) });

  expect(presented?.title).toBe("?");
});

test("no text steers a terminal, turns the direction, or holds a credential", () => {
  const bad = "a\u001B[31m\u202E\nCookie: s3cr3t\n<{%fg 1%}>\uD800";
  const request = { method: "GET", url: `https://a.example/${encodeURI("ü")}\u202E`, parameter: bad, body: bad };
  const finding = present(
    { information: bad, cve_findings: [wireCve({ cve_id: bad, information: bad })], details: { request } },
    { title: bad, description: bad, how_to_fix: bad },
  );

  expect(textsIn(finding).length).toBeGreaterThan(12);
  for (const text of textsIn(finding)) {
    expect(text).not.toContain("s3cr3t");
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]|<\{%/u);
  }
  expect(finding.information).not.toContain("\n");
  expect(finding.howToFix).toContain("\n");
  expect(finding.request).toContain("\n");
});

test.each<[address: unknown, reference: string | undefined]>([
  ["https://owasp.example/a?b=1#c", "https://owasp.example/a?b=1#c"],
  ["http://owasp.example", "http://owasp.example/"],
  ["HTTPS://OWASP.example/A_(b)", "https://owasp.example/A_(b)"],
  ["https://owasp.example/a|b^[c]%zz#d#e", "https://owasp.example/a%7Cb%5E%5Bc%5D%25zz#d%23e"],
  ["https://[::1]/a", "https://[::1]/a"],
  ["https://owasp.example/ü<>", "https://owasp.example/%C3%BC%3C%3E"],
  ["javascript:alert(1)", undefined],
  ["data:text/html,a", undefined],
  ["//owasp.example", undefined],
  ["owasp", undefined],
  ["https://me@owasp.example/", undefined],
  ["https://:word@owasp.example/", undefined],
  ["https://owasp.example/\u202Egnp", undefined],
  ["https://owasp.example/\na", undefined],
  [`https://owasp.example/${"a".repeat(2000)}`, undefined],
  [null, undefined],
])("the reference %j becomes %j", (address, reference) => {
  const { references } = present({}, { reference_owasp: address, reference_resolution: null });

  expect(references).toEqual(reference === undefined ? {} : { owasp: reference });
});

test.each<[request: Wire, place: string]>([
  [{}, ""],
  [{ method: "get" }, "GET"],
  [{ url: "https://a.example/b?c" }, "https://a.example/b?c"],
  [{ method: "GET", url: "a.example/b" }, "GET a.example/b"],
  [{ url: "/b" }, "/b"],
])("the place of the request %j is %j", (request, place) => {
  expect(placeOf(present({ details: { request } }))).toBe(place);
});

test("names outside of findings are made plain as well", () => {
  expect(presentName("a\u202E Cookie: b")).toBe("a\uFFFD Cookie: [masked]");
});
