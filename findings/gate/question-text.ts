import type { FindingsQuestion } from "./findings-question";
import { joinFingerprints, splitFingerprints } from "./fingerprint-list";
import { compareFindings, isNamed, type CountedFinding, type GateFinding } from "./gate-finding";
import { shorten } from "./short-text";
import { excessesOf, type Thresholds } from "./thresholds";

/** So many findings are handed over with all that people are told of them. Of a report with more the rest is counted only. */
const MAX_FINDINGS_IN_FULL = 1_000;

/** Findings of which no more than the fingerprint differs. */
interface FindingGroup extends Omit<CountedFinding, "fingerprint"> {
  fingerprints: string;
}

/** A question as it goes to who answers it. With 50,000 findings in full it would take the engine's SDK 300 MB and more. */
interface QuestionOnItsWay extends Omit<FindingsQuestion, "counted" | "accepted"> {
  named: readonly GateFinding[];
  unnamed: readonly FindingGroup[];
  accepted: string;
}

/**
 * A question as JSON text. It does not hang on the order of the report.
 *
 * @param clean what is done to texts that somebody else wrote
 */
export function questionText(question: FindingsQuestion, clean: (text: string) => string): string {
  const { counted: _, accepted, missingScanners, warnings, ...rest } = question;
  const sorted = byImportance(question);
  const inFull = sorted.filter(isNamed).slice(0, MAX_FINDINGS_IN_FULL);
  const told = new Set<CountedFinding>(inFull);
  const onItsWay: QuestionOnItsWay = {
    ...rest,
    missingScanners: missingScanners.map((name) => shorten(clean(name))),
    warnings: warnings.map(clean),
    named: inFull.map((finding) => cleaned(finding, clean)),
    unnamed: grouped(
      sorted.filter((finding) => !told.has(finding)),
      rest.settings,
    ),
    accepted: joinFingerprints(accepted),
  };
  return JSON.stringify(onItsWay);
}

/** @throws SyntaxError for what is no JSON, TypeError where a part of a question is missing */
export function parseQuestionText(text: string): FindingsQuestion {
  const { named, unnamed, accepted, ...rest } = JSON.parse(text) as QuestionOnItsWay;
  const others = unnamed.flatMap(({ severity, worstScore, fingerprints }) =>
    splitFingerprints(fingerprints).map((fingerprint): CountedFinding => ({ fingerprint, severity, worstScore })),
  );
  return { ...rest, counted: [...named, ...others], accepted: splitFingerprints(accepted) };
}

function cleaned(finding: GateFinding, clean: (text: string) => string): GateFinding {
  const { fingerprint, severity, baseScore, worstScore, title, scanner, place, cveCount } = finding;
  const texts = { title: clean(title), scanner: clean(scanner), place: clean(place) };
  return { fingerprint, severity, baseScore, worstScore, cveCount, ...texts };
}

/** First those that would close the gate if all were new, then the worst. */
function byImportance({ settings, counted }: FindingsQuestion): CountedFinding[] {
  const excessive = new Set(excessesOf(settings, counted).flatMap(({ findings }) => findings));
  const rank = (finding: CountedFinding): number => (excessive.has(finding) ? 0 : 1);
  return [...counted].sort((left, right) => rank(left) - rank(right) || compareFindings(left, right));
}

/** Of scores it only counts whether they are too high; else each finding might have a group of its own. */
function grouped(findings: readonly CountedFinding[], { minCvss }: Thresholds): FindingGroup[] {
  const groups = new Map<string, Omit<FindingGroup, "fingerprints"> & { members: string[] }>();
  for (const finding of findings) {
    const { severity, fingerprint } = finding;
    const worstScore = minCvss !== undefined && finding.worstScore >= minCvss ? minCvss : 0;
    const key = `${severity} ${worstScore}`;
    const group = groups.get(key) ?? { severity, worstScore, members: [] };
    group.members.push(fingerprint);
    groups.set(key, group);
  }
  return Array.from(groups.values(), ({ severity, worstScore, members }) => ({
    severity,
    worstScore,
    fingerprints: joinFingerprints(members),
  }));
}
