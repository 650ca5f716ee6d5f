import { CATEGORIES } from "../../src/scanners/wapiti/categories";
import { cvssScore } from "../../src/scanners/wapiti/cvss";
import { describeCategory } from "../../src/scanners/wapiti/mapping";

describe("the table of categories", () => {
  it.each([
    ["SQL Injection", "sql-injection", 9.1],
    ["Command execution", "command-injection", 9.8],
    ["Path Traversal", "local-file-inclusion", 7.5],
    ["XML External Entity", "xxe", 9.4],
    ["LDAP Injection", "ldap-injection", 6.5],
    ["Unrestricted File Upload", "unrestricted-file-upload", 9.8],
    ["Reflected Cross Site Scripting", "xss", 6.1],
    ["Stored Cross Site Scripting", "stored-xss", 6.1],
    ["HTML Injection", "html-injection", 4.3],
    ["Cross Site Request Forgery", "csrf", 4.3],
    ["Open Redirect", "open-redirect", 6.1],
    ["CRLF Injection", "crlf-injection", 6.1],
    ["Backup file", "fuzzer", 5.3],
    ["Stack Trace Disclosure", "stack-trace-disclosure", 5.3],
    ["Internal Server Error", "internal-server-error", 3.7],
    ["Resource consumption", "resource-consumption", 3.7],
  ])("gives %s the slug %s and the score %d", (category, slug, baseScore) => {
    expect(describeCategory(category)).toMatchObject({ slug, baseScore });
  });

  it("scores what is missing in headers and cookies below medium", () => {
    const missing = [...CATEGORIES.values()].filter(({ slug }) => slug.startsWith("ssl-"));

    expect(missing).toHaveLength(6);
    for (const { vector } of missing) expect(cvssScore(vector).baseScore).toBeLessThan(4);
  });

  it("has a slug of its own for each, a remedy and a source of the score", () => {
    const categories = [...CATEGORIES.values()];

    expect(new Set(categories.map(({ slug }) => slug)).size).toBe(categories.length);
    for (const { howToFix, description, source } of categories) {
      expect(howToFix).toMatch(/^[A-Z].+\.$/);
      expect(description).toMatch(/^[A-Z].+\.$/);
      expect(source.length).toBeGreaterThan(20);
    }
  });

  it("gives a category without an entry no score", () => {
    expect(describeCategory("Something New")).not.toHaveProperty("baseScore");
  });
});
