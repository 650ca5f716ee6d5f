import { countFindings, fingerprintOf, SEVERITIES, type Finding, type Severity } from "pulumi-crashtest/findings";
import { dim, plain, red, say, yellow } from "./terminal";

const COLOURS: Partial<Record<Severity, (text: string) => string>> = { critical: red, high: red, medium: yellow };

/** Shows findings, the worst first; several in one place once. */
export function showFindings(findings: readonly Finding[]): void {
  const byCount = countFindings(findings);
  const counts = SEVERITIES.map((severity) => `${byCount[severity]} ${severity}`).join(", ");
  say(`   The scan has ${findings.length} findings: ${counts}`);
  for (const severity of SEVERITIES) {
    for (const alike of groupAlike(findings.filter((candidate) => candidate.severity === severity))) showAlike(alike);
  }
}

/** Groups findings by kind and place, in order of appearance. */
export function groupAlike(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const fingerprint = fingerprintOf(finding);
    groups.set(fingerprint, [...(groups.get(fingerprint) ?? []), finding]);
  }
  return [...groups.values()];
}

function showAlike([finding, ...others]: readonly Finding[]): void {
  if (finding === undefined) return;
  const { severity, title, slug, scanner, where, cvss } = finding;
  const colour = COLOURS[severity] ?? dim;
  const score = cvss === undefined ? "" : ` ${cvss.baseScore.toFixed(1)}`;
  const times = others.length === 0 ? "" : `, ${others.length + 1} times`;
  say(`   ${colour(`${severity}${score}`.padEnd(13))} ${plain(title ?? slug)} ${dim(`(${scanner})`)}${times}`);
  const place = [where.method, where.url ?? where.path, where.parameter && `parameter ${where.parameter}`];
  say(dim(`                 ${plain(place.filter(Boolean).join(" "))}`));
}
