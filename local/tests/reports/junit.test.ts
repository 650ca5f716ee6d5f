import { SaxesParser } from "saxes";
import { formatJunit } from "../../src/reports/junit";
import { sampleReport } from "./sample-report";

interface Element {
  name: string;
  attributes: Record<string, string>;
}

/** All elements in their order; saxes refuses what is not well-formed, and characters that XML cannot hold. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes: { ...attributes } }));
  parser.write(xml).close();
  return elements;
}

test("the counts are right, also with control characters in a finding", () => {
  const [suites, suite, ...rest] = elementsOf(formatJunit(sampleReport()));

  const counts = { tests: "5", failures: "3", errors: "1", time: "2.5" };
  expect(suites).toEqual({ name: "testsuites", attributes: counts });
  expect(suite).toMatchObject({ name: "testsuite", attributes: { ...counts, name: "Crashtest Security Suite" } });
  expect(rest.filter(({ name }) => name === "testcase")).toHaveLength(5);
});

test("each failure has its severity as type; a scanner that broke has the type error", () => {
  const elements = elementsOf(formatJunit(sampleReport()));

  const types = elements.filter(({ name }) => name === "failure").map(({ attributes }) => attributes["type"]);
  expect(types).toEqual(["critical", "error", "high", "unknown"]);
});

test("a scanner that found nothing passes, one that did not run has no test case, findings are numbered", () => {
  const elements = elementsOf(formatJunit(sampleReport()));

  const cases = elements.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes);
  expect(cases).toEqual([
    { classname: "csrf.crashtest.cloud", name: "Cross-Site Request Forgery (CSRF)" },
    { classname: "sqlinjection.crashtest.cloud", name: "SQL Injection (1)" },
    { classname: "ssl.crashtest.cloud", name: "Transport Layer Security (TLS/SSL) (1)" },
    { classname: "xss.crashtest.cloud", name: "Cross-Site Scripting (XSS) (1)" },
    { classname: "xss.crashtest.cloud", name: "Cross-Site Scripting (XSS) (2)" },
  ]);
});

test("text goes through as it is, but for what XML cannot hold", () => {
  const elements = elementsOf(formatJunit(sampleReport()));

  const messages = elements.filter(({ name }) => name === "failure").map(({ attributes }) => attributes["message"]);
  expect(messages[2]).toBe("Hoch: bell \uFFFD <b> & \u2028 ]]> \uFFFD");
  expect(messages[3]).toBe("no-such: Größe Ελληνικά Привет");
});
