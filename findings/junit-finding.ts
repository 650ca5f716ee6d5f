import { copyOf } from "./copy-of";
import type { Cve } from "./cve";
import type { Finding } from "./finding";
import { locationOf } from "./location";
import { severityNamed } from "./severity";

/** A failure as it stands in an XML report. */
export interface JunitFailure {
  /** As in `JunitReport.scanners`. */
  readonly scanner: string;
  /** The name of its test case. */
  readonly caseName: string;
  readonly type: string;
  readonly message: string;
  /** What stands inside it. */
  readonly text: string;
}

/** The finding that a failure is. One of the scanner `cve` has the weakness that its test case names, by which it is known. */
export function findingOf({ scanner, caseName, type, message, text }: JunitFailure): Finding {
  // The text begins with the scanner's sentence; the message may put a title before it.
  const inText = locationOf({}, text.split("\n", 1)[0]?.trim() ?? "");
  const where = Object.keys(inText).length > 0 ? inText : locationOf({}, message);
  const severity = severityNamed(type);
  const finding = {
    scanner,
    slug: "",
    severity,
    information: message,
    where,
    references: {},
    cves: [],
    additional: {},
  };
  const cve = scanner === CVE_SCANNER ? cveNamed(caseName) : undefined;
  return cve === undefined ? finding : { ...finding, title: cve.id, cves: [cve] };
}

/** The service lists the weaknesses of products that it recognised under this name, one a test case. */
const CVE_SCANNER = "cve";

function cveNamed(caseName: string): Cve | undefined {
  const name = caseName.trim().toUpperCase();
  return /^CVE-\d{4}-\d{4,19}$/.test(name) ? { id: copyOf(name), additional: {} } : undefined;
}
