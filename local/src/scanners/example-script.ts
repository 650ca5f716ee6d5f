import type { Script } from "./script";

const REFLECTED_XSS = {
  slug: "reflected-xss",
  title: "Reflected cross-site scripting",
  description: "The page puts a value of the request into its HTML as it came, so that a link can run a script in it.",
  how_to_fix: "Escape every value for the place where it is put: HTML text, attribute, script or URL.",
  baseScore: 6.1,
};
const SQL_INJECTION = {
  slug: "sql-injection",
  title: "SQL injection",
  description: "A value of the request becomes part of an SQL statement, so that a visitor can change the statement.",
  how_to_fix: "Bind values to prepared statements; never build statements from text.",
  baseScore: 9.8,
};
const MISSING_CSP = {
  slug: "missing-content-security-policy",
  title: "No Content-Security-Policy",
  description: "The site does not tell browsers which sources they may load scripts and styles from.",
  how_to_fix: "Send the header Content-Security-Policy with the sources that the site needs.",
  baseScore: 3.1,
};

/** What the service does where it is started without a script: a scan of five seconds with invented findings. */
export const EXAMPLE_SCRIPT: Script = {
  default: {
    durationSeconds: 5,
    findings: {
      xss: [{ finding_description_slug: REFLECTED_XSS.slug, information: 'Invented: parameter "q" of GET /search' }],
      sqlinjection: [
        { finding_description_slug: SQL_INJECTION.slug, information: 'Invented: parameter "id" of GET /item' },
      ],
      ssl: [{ finding_description_slug: MISSING_CSP.slug, information: "Invented: GET /" }],
    },
    descriptions: [REFLECTED_XSS, SQL_INJECTION, MISSING_CSP],
  },
};
