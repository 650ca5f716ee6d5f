import { finished } from "node:stream/promises";
import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import type { ServiceRules } from "../../../service/rules";
import type { ScanStatus } from "../../../service/scan-status";
import type { ScanningService } from "../../../service/service";

/** Two findings of two scanners, one that broke, one that was skipped, and one that found nothing. */
export const JUNIT = `<testsuites><testsuite>
<testcase classname="xss.crashtest.cloud" name="Cross-site scripting (1)"><failure type="high" message="Found xss for parameter q (GET) on https://shop.example/find"/></testcase>
<testcase classname="cve.crashtest.cloud" name="CVE-2018-19935"><failure type="medium" message="A flaw in PHP."/></testcase>
<testcase classname="ssl.crashtest.cloud" name="SSL (1)"/>
<testcase classname="portscan.crashtest.cloud" name="Port scan (1)"><failure type="error" message="no route"/></testcase>
<testcase classname="csrf.crashtest.cloud" name="CSRF (1)"><failure type="Skipped" message="no login"/></testcase>
</testsuite></testsuites>`;

const CSV = "severity;title\r\nhigh;Cross-site scripting\r\n";

/** The rules of a service that has findings as JUnit only, and CSV. */
export const JUNIT_RULES: ServiceRules = {
  ...CRASHTEST_RULES,
  kind: "veracode",
  abilitiesFor: () => ({
    jsonFindings: false,
    canStop: true,
    knowsWhoStarted: true,
    reportFormats: ["xml", "pdf", "csv"],
  }),
};

type Used = Pick<ScanningService, "rules" | "getScanStatus" | "readReport" | "writeReport">;

/** Such a service, with one scan. What is requested is noted in `asked`. */
export function junitService(
  xml = JUNIT,
  status: Partial<ScanStatus> = {},
): { service: ScanningService; asked: string[] } {
  const asked: string[] = [];
  const used: Used = {
    rules: JUNIT_RULES,
    getScanStatus({ scanId }) {
      asked.push("status");
      return Promise.resolve({ scanId, state: "finished", ...status });
    },
    readReport(_scan, format) {
      asked.push(format);
      return format === "xml" ? Promise.resolve(xml) : Promise.reject(new Error(`there is no ${format}`));
    },
    async writeReport(_scan, format, destination) {
      asked.push(format);
      destination.end(CSV);
      await finished(destination);
      return CSV.length;
    },
  };
  return { service: used as ScanningService, asked };
}
