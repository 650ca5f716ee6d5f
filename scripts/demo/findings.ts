import { countFindings, SEVERITIES, type Finding, type Severity } from "pulumi-crashtest/findings";
import { dim, plain, red, say, yellow } from "./terminal";

const COLOURS: Partial<Record<Severity, (text: string) => string>> = { critical: red, high: red, medium: yellow };

/** Shows findings, the worst first. */
export function showFindings(findings: readonly Finding[]): void {
  const byCount = countFindings(findings);
  const counts = SEVERITIES.map((severity) => `${byCount[severity]} ${severity}`).join(", ");
  say(`   The scan has ${findings.length} findings: ${counts}`);
  for (const severity of SEVERITIES) {
    for (const finding of findings.filter((candidate) => candidate.severity === severity)) showFinding(finding);
  }
}

function showFinding({ severity, title, slug, scanner, where, cvss }: Finding): void {
  const colour = COLOURS[severity] ?? dim;
  const score = cvss === undefined ? "" : ` ${cvss.baseScore.toFixed(1)}`;
  say(`   ${colour(`${severity}${score}`.padEnd(13))} ${plain(title ?? slug)} ${dim(`(${scanner})`)}`);
  const place = [where.method, where.url ?? where.path, where.parameter && `parameter ${where.parameter}`];
  say(dim(`                 ${plain(place.filter(Boolean).join(" "))}`));
}
