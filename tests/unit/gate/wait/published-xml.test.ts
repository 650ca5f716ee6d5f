import { judge } from "../../../../gate/rules/decide-verdict";
import { onPublishedXml, publishedXml, warnWithoutPublishedXml, xmlNotRun } from "../../../fixtures/published-report";
import { BY_WEBHOOK, evidence, gatedScan } from "../rules/sample-evidence";
import { collect, FakeReports } from "./fake-reports";

warnWithoutPublishedXml("A gate by webhook on the published XML report was");

// The numbers were counted apart from this code, see tests/unit/findings/sample-xml.test.ts.
const COUNTS = { critical: 8, high: 37, medium: 65, low: 6, info: 6, unknown: 0 };
const byWebhook = gatedScan({ abilities: BY_WEBHOOK, startedBy: "unknown" });

const verdictOf = async (xml: string) =>
  judge(
    { failOn: "critical", acceptJoined: true },
    { ...evidence({ scan: byWebhook }), ...(await collect("webhook", new FakeReports([], [xml]))) },
  ).verdict;

onPublishedXml(
  `a gate by webhook counts the published XML report, and names the scanner that broke${xmlNotRun}`,
  async () => {
    const { reason, message, findingCounts, missingScanners } = await verdictOf(publishedXml());

    expect([reason, findingCounts, missingScanners]).toEqual(["scannerFailed", COUNTS, ["csrf"]]);
    expect(message).toContain("commandinjection: Failed");
  },
);

onPublishedXml(`without the scanner that broke its findings close it, CVEs by their number${xmlNotRun}`, async () => {
  const { reason, message, findingCounts } = await verdictOf(publishedXml().replace('type="error"', 'type="low"'));

  expect([reason, findingCounts]).toEqual(["findings", { ...COUNTS, low: 7 }]);
  expect(message).toContain("8 critical (failOn: critical)");
  expect(message).toMatch(/critical CVE-\d{4}-\d+ \(cve\)/);
});
