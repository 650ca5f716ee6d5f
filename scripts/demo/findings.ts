import { SEVERITIES, type FindingCounts, type Severity } from "pulumi-crashtest/findings";
import { dim, plain, red, say, yellow } from "./terminal";

/** A finding, as `pulumi-crashtest findings --format json` prints it. */
export interface DemoFinding {
  fingerprint: string;
  severity: Severity;
  baseScore?: number;
  title: string;
  scanner: string;
  place: string;
}

/** What that command prints, as far as the demo shows it. */
export interface DemoFindings {
  findingCounts: FindingCounts;
  findings: readonly DemoFinding[];
}

const COLOURS: Partial<Record<Severity, (text: string) => string>> = { critical: red, high: red, medium: yellow };

/** What leads the scan to places of the shop that no public page leads to. */
const WAYS: readonly { to: RegExp; way: string }[] = [
  { to: / \/account\b/, way: "behind the login" },
  { to: / \/api\//, way: "by the API's document" },
];

/** Returns how the scan came to a place, if not by public pages. */
export const wayTo = (place: string): string | undefined => WAYS.find(({ to }) => to.test(place))?.way;

/** Shows findings, the worst first; several in one place once. */
export function showFindings({ findings, findingCounts }: DemoFindings): void {
  const counts = SEVERITIES.map((severity) => `${findingCounts[severity]} ${severity}`).join(", ");
  say(`   The scan has ${findings.length} findings: ${counts}`);
  for (const alike of groupAlike(findings)) showAlike(alike);
}

/** Groups findings by kind and place, in order of appearance. */
export function groupAlike(findings: readonly DemoFinding[]): DemoFinding[][] {
  const groups = new Map<string, DemoFinding[]>();
  for (const finding of findings) {
    groups.set(finding.fingerprint, [...(groups.get(finding.fingerprint) ?? []), finding]);
  }
  return [...groups.values()];
}

function showAlike([finding, ...others]: readonly DemoFinding[]): void {
  if (finding === undefined) return;
  const { severity, baseScore, title, scanner, place } = finding;
  const colour = COLOURS[severity] ?? dim;
  const score = baseScore === undefined ? "" : ` ${baseScore.toFixed(1)}`;
  const times = others.length === 0 ? "" : `, ${others.length + 1} times`;
  say(`   ${colour(`${severity}${score}`.padEnd(13))} ${plain(title)} ${dim(`(${scanner})`)}${times}`);
  const way = wayTo(place);
  say(dim(`                 ${plain(place)}${way === undefined ? "" : `, found ${way}`}`));
}
