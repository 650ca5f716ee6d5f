import { IN_DEPTH, type CategoryTable } from "./category";

const IN_DEPTH_INTEGRITY = "AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:L/A:N";
const IN_DEPTH_CONFIDENTIALITY = "AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N";

/** What the headers and cookies of a response lack. */
export const HEADERS: CategoryTable = {
  "Content Security Policy Configuration": {
    slug: "ssl-content-security-policy",
    title: "Content-Security-Policy Header",
    description: "The response does not restrict, or not enough, where scripts and other content may come from.",
    howToFix:
      "Send a Content-Security-Policy header that lists the sources that the page needs, starting from default-src 'none'.",
    vector: IN_DEPTH_INTEGRITY,
    source: IN_DEPTH,
  },
  "Clickjacking Protection": {
    slug: "ssl-x-frame-options",
    title: "X-Frame-Options Header",
    description:
      "The page may be shown in a frame of another site, which can lead visitors to click on it unknowingly.",
    howToFix: "Send X-Frame-Options: DENY, and frame-ancestors 'none' in the content security policy.",
    vector: IN_DEPTH_INTEGRITY,
    source: IN_DEPTH,
  },
  "MIME Type Confusion": {
    slug: "ssl-x-content-type-options",
    title: "X-Content-Type-Options Header",
    description:
      "Browsers may guess the type of a file, and run it as a script although it was meant as something else.",
    howToFix: "Send X-Content-Type-Options: nosniff with every response, and the right Content-Type.",
    vector: IN_DEPTH_INTEGRITY,
    source: IN_DEPTH,
  },
  "HTTP Strict Transport Security (HSTS)": {
    slug: "ssl-hsts",
    title: "Missing HSTS",
    description: "Browsers are not told to use encrypted connections only, so that a first request can be intercepted.",
    howToFix: "Send Strict-Transport-Security with a max-age of at least a year on every encrypted response.",
    vector: IN_DEPTH_CONFIDENTIALITY,
    source: IN_DEPTH,
  },
  "HttpOnly Flag cookie": {
    slug: "ssl-cookie-httponly",
    title: "Cookie without HttpOnly",
    description: "Scripts in the page can read a cookie, so that a hole in the page can leak a session.",
    howToFix: "Set HttpOnly on every cookie that no script needs to read.",
    vector: IN_DEPTH_CONFIDENTIALITY,
    source: IN_DEPTH,
  },
  "Secure Flag cookie": {
    slug: "ssl-cookie-secure",
    title: "Cookie without Secure",
    description: "A cookie is also sent over connections that are not encrypted, where others can read it.",
    howToFix: "Set Secure on every cookie, and serve the site over https only.",
    vector: IN_DEPTH_CONFIDENTIALITY,
    source: IN_DEPTH,
  },
};
