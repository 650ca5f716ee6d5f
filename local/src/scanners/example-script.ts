import type { DescriptionWire, ServiceScanner } from "./scanner";
import type { Script, ScriptedFinding, ScriptedScan } from "./script";

/** A hole that the example site has for a while. */
interface Hole {
  scanner: ServiceScanner;
  place: { method: string; url: string; parameter?: string };
  description: DescriptionWire;
}

const REFLECTED_XSS: Hole = {
  scanner: "xss",
  place: { method: "GET", url: "/search", parameter: "q" },
  description: {
    slug: "reflected-xss",
    title: "Reflected cross-site scripting",
    description:
      "The page puts a value from the request into its HTML unescaped, so that a link can run a script in it.",
    how_to_fix: "Escape every value for its context: HTML text, attribute, script or URL.",
    baseScore: 6.1,
  },
};
const SQL_INJECTION: Hole = {
  scanner: "sqlinjection",
  place: { method: "GET", url: "/item", parameter: "id" },
  description: {
    slug: "sql-injection",
    title: "SQL injection",
    description:
      "A value from the request becomes part of an SQL statement, so that a visitor can change the statement.",
    how_to_fix: "Bind values to prepared statements; never build statements from text.",
    baseScore: 9.8,
  },
};
const PATH_TRAVERSAL: Hole = {
  scanner: "fileinclusion",
  place: { method: "GET", url: "/download", parameter: "sheet" },
  description: {
    slug: "path-traversal",
    title: "Path traversal",
    description: "A value from the request becomes part of a path, so that a visitor can read files in other folders.",
    how_to_fix: "Resolve the path, and reject anything outside the folder.",
    baseScore: 7.5,
  },
};
const MISSING_CSP: Hole = {
  scanner: "ssl",
  place: { method: "GET", url: "/" },
  description: {
    slug: "missing-content-security-policy",
    title: "No Content-Security-Policy",
    description: "The site does not tell browsers which sources they may load scripts and styles from.",
    how_to_fix: "Send the header Content-Security-Policy with the sources that the site needs.",
    baseScore: 3.1,
  },
};

/** Creates a scan of five seconds that finds these holes, at most one per scanner. */
function scanThatFinds(...holes: readonly Hole[]): ScriptedScan {
  const findings = holes.map((hole): [ServiceScanner, ScriptedFinding[]] => [hole.scanner, [findingOf(hole)]]);
  return {
    durationSeconds: 5,
    findings: Object.fromEntries(findings),
    descriptions: holes.map(({ description }) => description),
  };
}

function findingOf({ place, description }: Hole): ScriptedFinding {
  const { method, url, parameter } = place;
  const words = parameter === undefined ? `${method} ${url}` : `${method} ${url}, parameter ${parameter}`;
  return {
    finding_description_slug: description.slug,
    information: `Invented: ${words}`,
    details: { request: { has_findings: true, ...place } },
  };
}

/**
 * The command's default script, for each target: a critical finding is fixed while a new one
 * appears, then that one is fixed, then another, and one of low severity stays.
 */
export const EXAMPLE_SCRIPT: Script = {
  default: [
    scanThatFinds(REFLECTED_XSS, SQL_INJECTION, MISSING_CSP),
    scanThatFinds(REFLECTED_XSS, PATH_TRAVERSAL, MISSING_CSP),
    scanThatFinds(REFLECTED_XSS, MISSING_CSP),
    scanThatFinds(MISSING_CSP),
  ],
};
