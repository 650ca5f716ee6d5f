import { HINT, NATIONAL_DATABASE, PARTIAL_READING, SERVICE_SCORE, type CategoryTable } from "./category";

const PROVOKED = "AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L";

/** What a program gives away without being asked, and what it does on values that it did not expect. */
export const DISCLOSURE: CategoryTable = {
  "Backup file": {
    slug: "fuzzer",
    title: "Sensitive Data Exposure",
    description:
      "A copy of a file can be had under a name that is easy to guess, often with the source of the program.",
    howToFix: "Keep copies outside the folder that is served, and serve only files that are meant to be.",
    vector: PARTIAL_READING,
    source: SERVICE_SCORE,
  },
  "Information Disclosure - Full Path": {
    slug: "full-path-disclosure",
    title: "Full Path Disclosure",
    description: "A page names a path of the server's file system, which helps to use other holes.",
    howToFix: "Answer with messages of your own, and keep the details of an error in the log.",
    vector: PARTIAL_READING,
    source: NATIONAL_DATABASE,
  },
  "Stack Trace Disclosure": {
    slug: "stack-trace-disclosure",
    title: "Stack Trace Disclosure",
    description: "An error shows where in the program it happened, and with which parts the program is built.",
    howToFix: "Switch off the debugging mode, and keep the details of an error in the log.",
    vector: PARTIAL_READING,
    source: NATIONAL_DATABASE,
  },
  "Inconsistent Redirection": {
    slug: "inconsistent-redirection",
    title: "Page behind a Redirect",
    description:
      "An answer that redirects holds a whole page as well, often one that the redirect was to keep from those who are not logged in.",
    howToFix: "End the request after the redirect is sent.",
    vector: PARTIAL_READING,
    source: "ours: as for other pages that can be read without a right to them",
  },
  "Internal Server Error": {
    slug: "internal-server-error",
    title: "Internal Server Error",
    description: "The program failed on a value that it did not expect; such failures often lie near holes.",
    howToFix: "Check values before they are used, and answer wrong ones with a status of the 400 range.",
    vector: PROVOKED,
    source: HINT,
  },
  "Resource consumption": {
    slug: "resource-consumption",
    title: "Resource Consumption",
    description: "The program took very long over a value that it did not expect.",
    howToFix: "Limit the size of values and the time that is spent on a request.",
    vector: PROVOKED,
    source: HINT,
  },
};
