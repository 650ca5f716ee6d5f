import { fieldOf, type JsonObject } from "./json-fields";

/** A base metric: its name in a description, its name in a vector, and the letters of the numbers from 1. */
type Metric = readonly [field: string, name: keyof Letters, letters: string];
type Letters = Record<"AV" | "AC" | "PR" | "UI" | "S" | "C" | "I" | "A", string>;

/**
 * ASSUMED: a description's `cvss...` numbers count the values of a metric in the order of the CVSS specification, from
 * 1, and 0 is "not set". In the published report, 27 of the 31 descriptions with all eight numbers yield their own base score
 * this way.
 */
const METRICS: readonly Metric[] = [
  ["cvssAttackVector", "AV", "NALP"],
  ["cvssAttackComplexity", "AC", "LH"],
  ["cvssPrivilegesRequired", "PR", "NLH"],
  ["cvssUserInteraction", "UI", "NR"],
  ["cvssScope", "S", "UC"],
  ["cvssConfidentiality", "C", "NLH"],
  ["cvssIntegrity", "I", "NLH"],
  ["cvssAvailability", "A", "NLH"],
];

/**
 * Returns the CVSS 3.1 vector of a description's numbers; undefined if one of the eight is not set or unknown, or if the
 * vector's score is not `baseScore`: a vector that contradicts its score would be misleading.
 */
export function cvssVectorOf(description: JsonObject, baseScore: number): string | undefined {
  const letters: Partial<Letters> = {};
  for (const [field, name, values] of METRICS) {
    const number = fieldOf(description, field);
    const letter = typeof number === "number" ? values[number - 1] : undefined;
    if (letter === undefined) return undefined;
    letters[name] = letter;
  }
  if (baseScoreOf(letters as Letters) !== baseScore) return undefined;
  return ["CVSS:3.1", ...METRICS.map(([, name]) => `${name}:${letters[name] ?? ""}`)].join("/");
}

// The numbers below are from the CVSS 3.1 specification, section 7.
const IMPACT: Weights = { N: 0, L: 0.22, H: 0.56 };
const ATTACK_VECTOR: Weights = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const ATTACK_COMPLEXITY: Weights = { L: 0.77, H: 0.44 };
const PRIVILEGES_UNCHANGED: Weights = { N: 0.85, L: 0.62, H: 0.27 };
const PRIVILEGES_CHANGED: Weights = { N: 0.85, L: 0.68, H: 0.5 };
const USER_INTERACTION: Weights = { N: 0.85, R: 0.62 };
type Weights = Readonly<Record<string, number>>;

function baseScoreOf({ AV, AC, PR, UI, S, C, I, A }: Letters): number {
  const isChanged = S === "C";
  const loss = 1 - [C, I, A].reduce((rest, letter) => rest * (1 - weight(IMPACT, letter)), 1);
  const impact = isChanged ? 7.52 * (loss - 0.029) - 3.25 * (loss - 0.02) ** 15 : 6.42 * loss;
  if (impact <= 0) return 0;
  const privileges = weight(isChanged ? PRIVILEGES_CHANGED : PRIVILEGES_UNCHANGED, PR);
  const ease = weight(ATTACK_VECTOR, AV) * weight(ATTACK_COMPLEXITY, AC) * privileges * weight(USER_INTERACTION, UI);
  return roundUp(Math.min((isChanged ? 1.08 : 1) * (impact + 8.22 * ease), 10));
}

/** Rounds up to the next tenth, by integers, so that 4.02 becomes 4.1 and 4.000000000000001 does not. */
function roundUp(score: number): number {
  const hundredThousandths = Math.round(score * 100_000);
  return Math.ceil(hundredThousandths / 10_000) / 10;
}

const weight = (weights: Weights, letter: string): number => weights[letter] ?? 0;
