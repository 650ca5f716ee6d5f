import { NATIONAL_DATABASE, SERVICE_SCORE, WHOLE_SERVER, type CategoryTable } from "./category";

/** Values of a request that become part of what the server runs, queries or reads. */
export const INJECTION: CategoryTable = {
  "SQL Injection": {
    slug: "sql-injection",
    title: "SQL Injection",
    description:
      "A value from the request becomes part of a database query, so that whoever sends it can read or change the data.",
    howToFix:
      "Use prepared statements with parameters for every query, and give the application's database user only the permissions it needs.",
    vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N",
    source: SERVICE_SCORE,
  },
  "Command execution": {
    slug: "command-injection",
    title: "Command Injection",
    description: "A value from the request is run as code or as a command on the server.",
    howToFix:
      "Call programs with a list of arguments and without a shell, allow only known values, and never evaluate input as code.",
    vector: WHOLE_SERVER,
    source: SERVICE_SCORE,
  },
  "Path Traversal": {
    slug: "local-file-inclusion",
    title: "Local File Inclusion",
    description: "A value from the request chooses which file is read, outside the intended folder.",
    howToFix: "Choose files from a list of known names, or resolve the path and reject it if it leaves the folder.",
    vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
    source: `${NATIONAL_DATABASE}: any file is read without a login; the service scores it higher, as if files were run`,
  },
  "XML External Entity": {
    slug: "xxe",
    title: "XML External Entity (XXE)",
    description:
      "The server resolves entities declared in an XML document from outside, so that whoever sends one can read files of the server.",
    howToFix: "Switch off document type definitions and external entities in the XML parser.",
    vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:L",
    source: SERVICE_SCORE,
  },
  "LDAP Injection": {
    slug: "ldap-injection",
    title: "LDAP Injection",
    description:
      "A value from the request becomes part of a directory query, so that whoever sends it can change the query, including a password check.",
    howToFix:
      "Escape every value for the filter or the name that it is put into, and allow only the characters it needs.",
    vector: "AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N",
    source: "ours: the scanner shows that the query can be changed, not how much can be read or written by it",
  },
  "Unrestricted File Upload": {
    slug: "unrestricted-file-upload",
    title: "Unrestricted File Upload",
    description: "An uploaded file is run as a program on the server when it is requested.",
    howToFix:
      "Keep uploaded files where the server runs nothing, under names that you choose, and accept only the types that are needed.",
    vector: WHOLE_SERVER,
    source: NATIONAL_DATABASE,
  },
};
