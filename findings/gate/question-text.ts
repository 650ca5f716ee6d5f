import type { FindingsQuestion } from "./findings-question";
import { joinFingerprints, splitFingerprints } from "./fingerprint-list";
import { compareFindings, isNamed, type CountedFinding, type GateFinding } from "./gate-finding";
import { excessesOf } from "./thresholds";

/** So many findings are handed over with all that people are told of them. Of a report with more the rest is counted only. */
const MAX_NAMED_FINDINGS = 1_000;

/** A question as it goes to who answers it. With all findings in full, one of 200,000 would take the engine a gigabyte. */
interface QuestionOnItsWay extends Omit<FindingsQuestion, "counted" | "accepted"> {
  named: readonly GateFinding[];
  /** The other findings, those together that count in the same way. */
  unnamed: readonly (Omit<CountedFinding, "fingerprint"> & { fingerprints: string })[];
  accepted: string;
}

/** Members that hold fingerprints. */
const FINGERPRINTS: readonly string[] = ["fingerprint", "fingerprints", "accepted"];

/**
 * A question as JSON text. It does not hang on the order of the report.
 *
 * @param clean what is done to all texts but fingerprints
 */
export function questionText(question: FindingsQuestion, clean: (text: string) => string): string {
  const { counted: _, accepted, ...rest } = question;
  const sorted = byImportance(question);
  const named = sorted.filter(isNamed).slice(0, MAX_NAMED_FINDINGS);
  const told = new Set<CountedFinding>(named);
  const unnamed = grouped(sorted.filter((finding) => !told.has(finding)));
  const onItsWay: QuestionOnItsWay = { ...rest, named, unnamed, accepted: joinFingerprints(accepted) };
  const member = (name: string, value: unknown): unknown =>
    typeof value === "string" && !FINGERPRINTS.includes(name) ? clean(value) : value;
  return JSON.stringify(onItsWay, member);
}

/** @throws SyntaxError for what is no JSON, TypeError for what is no question */
export function parseQuestionText(text: string): FindingsQuestion {
  const { named, unnamed, accepted, ...rest } = JSON.parse(text) as QuestionOnItsWay;
  const others = unnamed.flatMap(({ severity, worstScore, fingerprints }) =>
    splitFingerprints(fingerprints).map((fingerprint): CountedFinding => ({ fingerprint, severity, worstScore })),
  );
  return { ...rest, counted: [...named, ...others], accepted: splitFingerprints(accepted) };
}

/** First those that would close the gate if all were new, then the worst. */
function byImportance({ settings, counted }: FindingsQuestion): CountedFinding[] {
  const excessive = new Set(excessesOf(settings, counted).flatMap(({ findings }) => findings));
  const rank = (finding: CountedFinding): number => (excessive.has(finding) ? 0 : 1);
  return [...counted].sort((left, right) => rank(left) - rank(right) || compareFindings(left, right));
}

function grouped(findings: readonly CountedFinding[]): QuestionOnItsWay["unnamed"] {
  const groups = new Map<string, Omit<CountedFinding, "fingerprint"> & { fingerprints: string[] }>();
  for (const { severity, worstScore, fingerprint } of findings) {
    const key = `${severity} ${worstScore}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { severity, worstScore, fingerprints: [fingerprint] });
    else group.fingerprints.push(fingerprint);
  }
  return Array.from(groups.values(), (group) => ({ ...group, fingerprints: joinFingerprints(group.fingerprints) }));
}
