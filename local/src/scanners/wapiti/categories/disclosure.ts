import { HINT, NATIONAL_DATABASE, PARTIAL_READING, SERVICE_SCORE, type CategoryTable } from "./category";

const PROVOKED = "AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L";

/** Information that an application reveals, and what it does on unexpected values. */
export const DISCLOSURE: CategoryTable = {
  "Backup file": {
    slug: "fuzzer",
    title: "Sensitive Data Exposure",
    description:
      "A copy of a file can be downloaded under a name that is easy to guess, often with the application's source.",
    howToFix: "Keep copies outside the folder that is served, and serve only the files that are meant to be.",
    vector: PARTIAL_READING,
    source: SERVICE_SCORE,
  },
  "Information Disclosure - Full Path": {
    slug: "full-path-disclosure",
    title: "Full Path Disclosure",
    description: "A page names a path of the server's file system, which helps to exploit other holes.",
    howToFix: "Answer with your own messages, and keep the details of an error in the log.",
    vector: PARTIAL_READING,
    source: NATIONAL_DATABASE,
  },
  "Stack Trace Disclosure": {
    slug: "stack-trace-disclosure",
    title: "Stack Trace Disclosure",
    description: "An error shows where in the application it happened, and which components it is built with.",
    howToFix: "Switch off debug mode, and keep the details of an error in the log.",
    vector: PARTIAL_READING,
    source: NATIONAL_DATABASE,
  },
  "Inconsistent Redirection": {
    slug: "inconsistent-redirection",
    title: "Page behind a Redirect",
    description:
      "A redirect also contains a whole page, often one that it was meant to keep from users who are not logged in.",
    howToFix: "End the request after sending the redirect.",
    vector: PARTIAL_READING,
    source: "ours: as for other pages that can be read without permission",
  },
  "Internal Server Error": {
    slug: "internal-server-error",
    title: "Internal Server Error",
    description: "The application failed on an unexpected value; such failures often point to holes.",
    howToFix: "Validate values before they are used, and answer invalid ones with a 4xx status.",
    vector: PROVOKED,
    source: HINT,
  },
  "Resource consumption": {
    slug: "resource-consumption",
    title: "Resource Consumption",
    description: "The application took very long to process an unexpected value.",
    howToFix: "Limit the size of values and the time spent on a request.",
    vector: PROVOKED,
    source: HINT,
  },
};
