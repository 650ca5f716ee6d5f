/** What the scanner's categories mean in the terms of the service. */
export interface Category {
  /** The service's own slug where its reports have one for the same thing. */
  slug: string;
  title: string;
  description: string;
  howToFix: string;
  /** CVSS v3.1 base vector from which the score is computed. */
  vector: string;
}

/**
 * Where the vectors come from (the scanner has levels from 0 to 4, no CVSS):
 * - SQL injection, command injection, XSS: the vectors that give the scores of a published report of the service (9.1, 9.8, 6.1);
 *   XSS is also the standard's own example of a reflected XSS.
 * - Path traversal: what the national databases give for reading any file without a login (7.5).
 * - CSRF: what they give for CWE-352 where what can be triggered is limited (4.3); the scanner proves that a token is
 *   missing, not what can be done without it.
 * - Missing headers and cookie flags: weaknesses in depth, which take a second hole to be used (AC:H, one partial loss: 3.1).
 *   The service's own scores for some of these are higher (4.3 to 6.5).
 * - Errors and slow answers provoked by a payload: a hint, not a hole (AC:H, partial loss of availability: 3.7).
 */
const IN_DEPTH_INTEGRITY = "AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:L/A:N";
const IN_DEPTH_CONFIDENTIALITY = "AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N";
const SCRIPT_IN_BROWSER = "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N";
const PROVOKED = "AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L";

const INJECTED: readonly (readonly [string, Category])[] = [
  [
    "Reflected Cross Site Scripting",
    {
      slug: "xss",
      title: "Cross-Site Scripting (XSS)",
      description:
        "A value from the request comes back in the page as code, so that a prepared link runs a script in a visitor's browser.",
      howToFix:
        "Escape every value for the place in the page where it is put (a template engine does it), and add a content security policy.",
      vector: SCRIPT_IN_BROWSER,
    },
  ],
  [
    "HTML Injection",
    {
      slug: "html-injection",
      title: "HTML Injection",
      description:
        "A value from the request comes back in the page as HTML, so that a prepared link changes what a visitor sees.",
      howToFix: "Escape every value before it is put into the page.",
      vector: "AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N",
    },
  ],
  [
    "SQL Injection",
    {
      slug: "sql-injection",
      title: "SQL Injection",
      description:
        "A value from the request becomes part of a database query, so that whoever sends it can read or change the data.",
      howToFix:
        "Use prepared statements with parameters for every query, and give the program's database user only the rights it needs.",
      vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N",
    },
  ],
  [
    "Command execution",
    {
      slug: "command-injection",
      title: "Command Injection",
      description: "A value from the request is run as code or as a command on the server.",
      howToFix:
        "Call programs with a list of arguments and without a shell, allow only known values, and never evaluate input as code.",
      vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    },
  ],
  [
    "Path Traversal",
    {
      slug: "local-file-inclusion",
      title: "Local File Inclusion",
      description: "A value from the request chooses which file is read, outside the folder that was meant.",
      howToFix:
        "Choose files from a list of known names, or resolve the path and refuse it where it leaves the folder.",
      vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
    },
  ],
  [
    "Cross Site Request Forgery",
    {
      slug: "csrf",
      title: "Cross-Site Request Forgery (CSRF)",
      description:
        "A form that changes something is accepted without a secret of its own, so that another site can send it in a visitor's name.",
      howToFix:
        "Put a random token of the session into each form and check it on the server; set SameSite on the session cookie.",
      vector: "AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N",
    },
  ],
];

const MISSING: readonly (readonly [string, Category])[] = [
  [
    "Content Security Policy Configuration",
    {
      slug: "ssl-content-security-policy",
      title: "Content-Security-Policy Header",
      description: "The answer does not restrict from where scripts and other content may come, or not enough.",
      howToFix:
        "Send a Content-Security-Policy header that names the sources that the page needs, starting from default-src 'none'.",
      vector: IN_DEPTH_INTEGRITY,
    },
  ],
  [
    "Clickjacking Protection",
    {
      slug: "ssl-x-frame-options",
      title: "X-Frame-Options Header",
      description:
        "The page may be shown in a frame of another site, which can lead visitors to click on it unknowingly.",
      howToFix: "Send X-Frame-Options: DENY, and frame-ancestors 'none' in the content security policy.",
      vector: IN_DEPTH_INTEGRITY,
    },
  ],
  [
    "MIME Type Confusion",
    {
      slug: "ssl-x-content-type-options",
      title: "X-Content-Type-Options Header",
      description: "Browsers may guess the type of a file, and run as a script what was meant as something else.",
      howToFix: "Send X-Content-Type-Options: nosniff with every answer, and the right Content-Type.",
      vector: IN_DEPTH_INTEGRITY,
    },
  ],
  [
    "HTTP Strict Transport Security (HSTS)",
    {
      slug: "ssl-hsts",
      title: "Missing HSTS",
      description:
        "Browsers are not told to use encrypted connections only, so that a first request can be intercepted.",
      howToFix: "Send Strict-Transport-Security with a max-age of at least a year on every encrypted answer.",
      vector: IN_DEPTH_CONFIDENTIALITY,
    },
  ],
  [
    "HttpOnly Flag cookie",
    {
      slug: "ssl-cookie-httponly",
      title: "Cookie without HttpOnly",
      description: "Scripts in the page can read a cookie, so that a hole in the page can give a session away.",
      howToFix: "Set HttpOnly on every cookie that no script has to read.",
      vector: IN_DEPTH_CONFIDENTIALITY,
    },
  ],
  [
    "Secure Flag cookie",
    {
      slug: "ssl-cookie-secure",
      title: "Cookie without Secure",
      description: "A cookie is also sent over connections that are not encrypted, where others can read it.",
      howToFix: "Set Secure on every cookie, and serve the site over https only.",
      vector: IN_DEPTH_CONFIDENTIALITY,
    },
  ],
];

const ANOMALIES: readonly (readonly [string, Category])[] = [
  [
    "Internal Server Error",
    {
      slug: "internal-server-error",
      title: "Internal Server Error",
      description: "The program failed on a value that it did not expect; such failures often lie near holes.",
      howToFix: "Check values before they are used, and answer wrong ones with a status of the 400 range.",
      vector: PROVOKED,
    },
  ],
  [
    "Resource consumption",
    {
      slug: "resource-consumption",
      title: "Resource Consumption",
      description: "The program took very long over a value that it did not expect.",
      howToFix: "Limit the size of values and the time that is spent on a request.",
      vector: PROVOKED,
    },
  ],
];

/** What is known of a category, or undefined where it has no entry. */
export const CATEGORIES: ReadonlyMap<string, Category> = new Map([...INJECTED, ...MISSING, ...ANOMALIES]);
