import type { Finding } from "../../../findings/finding";
import { fingerprintOf } from "../../../findings/fingerprint";
import { parseJunit } from "../../../findings/junit";
import { identityOf } from "../../../findings/fingerprint";

interface Case {
  scanner?: string;
  name?: string;
  type?: string;
  message?: string;
}

const SQL: Required<Case> = {
  scanner: "sqlinjection",
  name: "SQL Injection (1)",
  type: "critical",
  message: "Found sqlinjection for parameter id (GET) on https://shop.example/items/",
};

/** The finding of a report with one test case. */
function findingOf(fields: Case = {}): Finding {
  const { scanner, name, type, message } = { ...SQL, ...fields };
  const failure = `<failure message="${message}" type="${type}"/>`;
  const testCase = `<testcase classname="${scanner}.crashtest.cloud" name="${name}">${failure}</testcase>`;
  const [finding] = parseJunit(`<testsuites><testsuite>${testCase}</testsuite></testsuites>`).findings;
  if (finding === undefined) throw new Error("the report has no finding");
  return finding;
}

const of = (fields?: Case): string => fingerprintOf(findingOf(fields));

// Made with `printf` and `sha256sum`. They stand in users' files: if this fails, the code is wrong, not the test.
test("the fingerprint of a finding of an XML report never changes, nor that of a JSON report's finding without a slug", () => {
  expect(of()).toBe("b0edb338265db4935c127810d514805452332ac0dd84fa1b3f4686582b34ab02");
  expect(of({ scanner: "cve", name: "CVE-2015-4603", message: "Overflow." })).toBe(
    "5362c140a1226974ec921ad6c8e9634b0436ff14c0a863d324f1c4bf8d77edc7",
  );
  const byJson = { scanner: "xss", slug: "", where: {}, information: "The door stood open." };
  expect(fingerprintOf(byJson)).toBe("0e1d56d1e4f59482391becf70853ed6eb5aec3c9b07c53221984dba8cc87276b");
});

test.each<[string, Case]>([
  ["running number", { name: "SQL Injection (20)" }],
  ["missing number", { name: "SQL Injection" }],
  ["severity", { type: "low" }],
  ["host", { message: SQL.message.replace("shop.example", "staging.example:8443") }],
  ["scheme", { message: SQL.message.replace("https", "http") }],
  ["query", { message: `${SQL.message}?id=1` }],
])("a %s is not part of it", (_part, fields) => {
  expect(of(fields)).toBe(of());
});

test("a payload is not part of it", () => {
  const [one, other] = ["&lt;svg&gt;", "' OR 1=1"].map((payload) =>
    of({ message: `${SQL.message} with payload &quot;${payload}&quot;` }),
  );

  expect(one).toBe(other);
});

test.each<[string, Case]>([
  ["scanner", { scanner: "xss" }],
  ["title", { name: "Blind SQL Injection (1)" }],
  ["number within a title", { name: "SQL (2) Injection (1)" }],
  ["path", { message: SQL.message.replace("items", "users") }],
  ["parameter", { message: SQL.message.replace(" id ", " q ") }],
  ["CVE", { scanner: "cve", name: "CVE-2015-4603" }],
])("another %s is another finding", (_part, fields) => {
  expect(of(fields)).not.toBe(of());
});

test("two CVEs with one description are two findings", () => {
  const [one, other] = ["CVE-2015-4603", "CVE-2015-4604"].map((name) => of({ scanner: "cve", name }));

  expect(one).not.toBe(other);
});

test.each<[string, Case, boolean]>([
  ["a message", {}, true],
  ["no message", { message: "" }, false],
  ["a blank message", { message: " &#10; " }, false],
  ["a payload alone", { message: "Payload: &lt;svg&gt;" }, false],
  ["no message, but a CVE", { scanner: "cve", name: "CVE-2015-4603", message: "" }, false],
])("a finding with %s is recognisable: %p", (_what, fields, expected) => {
  expect(identityOf(findingOf(fields)).isRecognisable).toBe(expected);
});

test("a finding of a JSON report is recognisable without a text", () => {
  const byJson = { scanner: "xss", slug: "xss", where: {}, information: "" };

  expect(identityOf(byJson).isRecognisable).toBe(true);
});
