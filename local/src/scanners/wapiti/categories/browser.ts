import {
  CHANGED_IN_BROWSER,
  NATIONAL_DATABASE,
  SCRIPT_IN_BROWSER,
  SERVICE_SCORE,
  type CategoryTable,
} from "./category";

const AS_REFLECTED =
  "as for the reflected kind: the scanner stored it without a login, and a visitor must open the page";
const NO_SCRIPT = "ours: as for a script, but only the page's appearance can be changed";

/** Holes that are exploited in a visitor's browser. */
export const BROWSER: CategoryTable = {
  "Reflected Cross Site Scripting": {
    slug: "xss",
    title: "Cross-Site Scripting (XSS)",
    description:
      "A value from the request is returned in the page as code, so that a crafted link runs a script in a visitor's browser.",
    howToFix:
      "Escape every value for its context in the page (a template engine does this), and add a content security policy.",
    vector: SCRIPT_IN_BROWSER,
    source: `${SERVICE_SCORE}, and an example of the CVSS standard`,
  },
  "Stored Cross Site Scripting": {
    slug: "stored-xss",
    title: "Stored Cross-Site Scripting",
    description:
      "A value that somebody sent is stored and put into a page as code, so that a script runs in the browser of everybody who opens that page.",
    howToFix:
      "Escape every value for its context in the page, even if it comes from your own database, and add a content security policy.",
    vector: SCRIPT_IN_BROWSER,
    source: AS_REFLECTED,
  },
  "HTML Injection": {
    slug: "html-injection",
    title: "HTML Injection",
    description:
      "A value from the request is returned in the page as HTML, so that a crafted link changes what a visitor sees.",
    howToFix: "Escape every value before it is put into the page.",
    vector: CHANGED_IN_BROWSER,
    source: NO_SCRIPT,
  },
  "Stored HTML Injection": {
    slug: "stored-html-injection",
    title: "Stored HTML Injection",
    description: "A value that somebody sent is stored and put into a page as HTML, which changes what visitors see.",
    howToFix: "Escape every value before it is put into the page, even if it comes from your own database.",
    vector: CHANGED_IN_BROWSER,
    source: NO_SCRIPT,
  },
  "Cross Site Request Forgery": {
    slug: "csrf",
    title: "Cross-Site Request Forgery (CSRF)",
    description:
      "A form that changes something is accepted without a secret token, so that another site can send it in a visitor's name.",
    howToFix:
      "Put a random token tied to the session into each form and check it on the server; set SameSite on the session cookie.",
    vector: CHANGED_IN_BROWSER,
    source: `${NATIONAL_DATABASE} if what can be triggered is limited: the scanner shows that a token is missing, not what can be done without it`,
  },
  "Open Redirect": {
    slug: "open-redirect",
    title: "Open Redirect",
    description:
      "A value from the request decides which site a visitor is sent to, so that a link to this site can lead to another one.",
    howToFix: "Redirect only to your own paths, or to addresses from a list.",
    vector: SCRIPT_IN_BROWSER,
    source: NATIONAL_DATABASE,
  },
  "CRLF Injection": {
    slug: "crlf-injection",
    title: "CRLF Injection",
    description:
      "A line break in a value from the request ends a header of the answer, so that a crafted link can add headers or its own page.",
    howToFix: "Reject values with line breaks, or encode them, before they are put into a header.",
    vector: SCRIPT_IN_BROWSER,
    source: NATIONAL_DATABASE,
  },
};
