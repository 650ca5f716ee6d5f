import { truncated } from "../plain-text";
import { definedFields } from "../json-fields";
import { artifactPathOf } from "./artifact-path";
import { FINGERPRINT_NAME } from "./fingerprint-name";
import type { PresentedFinding } from "./presented-finding";
import { levelOf } from "./sarif-level";
import type { SarifLocation, SarifResult, SarifResultProperties, SarifText, SarifWebRequest } from "./sarif-log";
import { ruleIdOf } from "./sarif-rules";
import { sarifText } from "./sarif-text";

/** Nobody limits texts of results, but a file has a limit: in characters, and in CVEs. */
const MOST = { message: 4000, name: 500, address: 2000, request: 8000, cves: 50 };

/**
 * The one fingerprint that GitHub goes by. Two results with the same are one alert there, so it numbers those that have one
 * fingerprint, as is usual: every finding stays an alert of its own, and counts are right.
 */
const ALERT_FINGERPRINT = "primaryLocationLineHash";

/** Findings as results, in their order, each with the number of its rule. */
export function resultsOf(
  findings: readonly PresentedFinding[],
  rules: readonly { readonly id: string }[],
): SarifResult[] {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const ruleId = ruleIdOf(finding);
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    return {
      ruleId,
      ruleIndex: indexes.get(ruleId) ?? -1,
      level: levelOf(finding.severity),
      message: messageOf(finding),
      locations: [locationOf(finding)],
      partialFingerprints: {
        [FINGERPRINT_NAME]: finding.fingerprint,
        [ALERT_FINGERPRINT]: `${finding.fingerprint}:${count}`,
      },
      ...baselineStateOf(finding),
      ...webRequestOf(finding),
      properties: propertiesOf(finding),
    };
  });
}

const messageOf = ({ information, title }: PresentedFinding): SarifText =>
  sarifText(information.trim() === "" ? title : information, MOST.message);

/** A site has no lines: all of it is the beginning of its first one. GitHub requires all four numbers. */
const locationOf = ({ where }: PresentedFinding): SarifLocation => ({
  physicalLocation: {
    artifactLocation: { uri: artifactPathOf(where.path) },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  },
});

const baselineStateOf = ({ isNew }: PresentedFinding): Pick<SarifResult, "baselineState"> =>
  isNew === undefined ? {} : { baselineState: isNew ? "new" : "unchanged" };

function webRequestOf({ where, request }: PresentedFinding): { webRequest?: SarifWebRequest } {
  const { method, url, path } = where;
  if (method === undefined && request === undefined) return {};
  const target = url ?? path;
  const webRequest = definedFields({
    method: cut(method, MOST.name),
    target: cut(target, MOST.address),
    properties: request === undefined ? undefined : { text: truncated(request, MOST.request) },
  });
  return { webRequest };
}

function propertiesOf({ severity, score, title, scanner, where, cves }: PresentedFinding): SarifResultProperties {
  const ids = cves
    .slice(0, MOST.cves)
    .map(({ id, cvssScore }) => ({ id: truncated(id, MOST.name), ...definedFields({ cvssScore }) }));
  return {
    severity,
    title: truncated(title, MOST.name),
    scanner: truncated(scanner, MOST.name),
    ...definedFields({
      score,
      host: cut(where.host, MOST.name),
      path: cut(where.path, MOST.address),
      method: cut(where.method, MOST.name),
      parameter: cut(where.parameter, MOST.name),
    }),
    ...(ids.length > 0 && { cves: ids, cveCount: cves.length }),
  };
}

const cut = (text: string | undefined, most: number): string | undefined =>
  text === undefined ? undefined : truncated(text, most);
