import { execFileSync } from "node:child_process";
import { readByOthers } from "../../../tests/unit/findings/formats/junit-reader";
import { formatJunit } from "../../src/reports/junit";
import { OUTCOME, sampleReport } from "./sample-report";

interface Element {
  tag: string;
  attributes: Record<string, string>;
  text: string | null;
}

/** Python's own reader of XML: all elements in their order. */
const READ_XML = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
print(json.dumps([{"tag": e.tag, "attributes": e.attrib, "text": e.text} for e in root.iter()]))`;

const elementsOf = (xml: string): Element[] =>
  JSON.parse(execFileSync("python3", ["-c", READ_XML], { input: xml, encoding: "utf8" })) as Element[];

const attributesOf = (xml: string, tag: string): Record<string, string>[] =>
  elementsOf(xml).flatMap((element) => (element.tag === tag ? [element.attributes] : []));

test("it begins as the service's own does, by which readers know it, and its counts are right", () => {
  const xml = formatJunit(sampleReport());
  const counts = { tests: "5", disabled: "0", errors: "1", failures: "3", time: "3" };

  expect(xml.split("\n", 1)).toEqual(['<testsuites name="" tests="5" disabled="0" errors="1" failures="3" time="3">']);
  expect(attributesOf(xml, "testsuites")).toEqual([{ name: "", ...counts }]);
  expect(attributesOf(xml, "testsuite")).toEqual([{ name: "Crashtest Security Suite", skipped: "0", ...counts }]);
  expect(attributesOf(xml, "testcase")).toHaveLength(5);
});

test("each failure has its severity as type and its sentence alone as message, and no content", () => {
  const xml = formatJunit(sampleReport());

  expect(attributesOf(xml, "failure")).toEqual([
    { type: "critical", message: "Kritisch" },
    { type: "error", message: "timed out" },
    { type: "high", message: "bell \uFFFD <b> & \u2028 ]]> \uFFFD" },
    { type: "unknown", message: "Größe Ελληνικά Привет" },
  ]);
  for (const { tag, text } of elementsOf(xml)) if (tag === "failure") expect(text?.trim() ?? "").toBe("");
});

test("a scanner that found nothing passes, one that did not run has no test case, all are numbered", () => {
  expect(attributesOf(formatJunit(sampleReport()), "testcase")).toEqual([
    { classname: "csrf.crashtest.cloud", name: "Cross-Site Request Forgery (CSRF) (1)" },
    { classname: "sqlinjection.crashtest.cloud", name: "SQL Injection (1)" },
    { classname: "ssl.crashtest.cloud", name: "Transport Layer Security (TLS/SSL) (1)" },
    { classname: "xss.crashtest.cloud", name: "Cross-Site Scripting (XSS) (1)" },
    { classname: "xss.crashtest.cloud", name: "Cross-Site Scripting (XSS) (2)" },
  ]);
});

test("a finding of the severity info is informational, and CVEs are named by their number alone", () => {
  const found = {
    service_type: "fingerprinting",
    finding_description_slug: "info",
    created_at: "",
    information: "Found doord 1.2.",
  };
  const cve_findings = [{ cve_id: "CVE-2000-0001", cvss: 7.5, information: "Overflow." }];
  const findings = {
    fingerprinting: [{ ...found, cve_findings }],
    cve: [{ ...found, finding_description_slug: "none" }],
  };
  const descriptions = [{ slug: "info", title: "Product", baseScore: 0 }];
  const xml = formatJunit(sampleReport({ state: "finished", findings, descriptions, errors: [] }));

  expect(attributesOf(xml, "failure").map(({ type }) => type)).toEqual(["unknown", "high", "informational"]);
  expect(attributesOf(xml, "testcase")).toEqual([
    { classname: "cve.crashtest.cloud", name: "Known Vulnerabilities (1)" },
    { classname: "cve.crashtest.cloud", name: "CVE-2000-0001" },
    { classname: "fingerprinting.crashtest.cloud", name: "Fingerprinting (1)" },
  ]);
});

test("a reader of JUnit that others wrote counts the same", () => {
  const { total, passed, failed, errors, suites } = readByOthers(formatJunit(sampleReport(OUTCOME)));

  expect({ total, passed, failed, errors }).toEqual({ total: 5, passed: 1, failed: 3, errors: 1 });
  expect(suites.map(({ name }) => name)).toEqual(["Crashtest Security Suite"]);
  expect(suites.flatMap(({ cases }) => cases).map(({ status }) => status)).toEqual([
    "PASS",
    "FAIL",
    "FAIL",
    "FAIL",
    "FAIL",
  ]);
});
