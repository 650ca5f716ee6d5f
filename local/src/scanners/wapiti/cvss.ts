/** The base score of a CVSS v3.1 vector and its two parts, each 0 to 10 with one decimal. */
export interface CvssScore {
  baseScore: number;
  impact: number;
  exploitability: number;
}

const ATTACK_VECTOR = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const ATTACK_COMPLEXITY = { L: 0.77, H: 0.44 };
const PRIVILEGES_UNCHANGED = { N: 0.85, L: 0.62, H: 0.27 };
const PRIVILEGES_CHANGED = { N: 0.85, L: 0.68, H: 0.5 };
const USER_INTERACTION = { N: 0.85, R: 0.62 };
const LOSS = { H: 0.56, L: 0.22, N: 0 };
const SCOPE = { U: 0, C: 1 };

/** Rounds up to one decimal, in integers, as the standard's appendix A asks, so that 4.000001 stays 4.0. */
function roundUp(value: number): number {
  const scaled = Math.round(value * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

function weightIn(metrics: ReadonlyMap<string, string>, vector: string) {
  return (name: string, weights: Readonly<Record<string, number>>): number => {
    const weight = weights[metrics.get(name) ?? ""];
    if (weight === undefined)
      throw new RangeError(`"${vector}" is no CVSS v3.1 base vector: ${name} is missing or wrong`);
    return weight;
  };
}

/**
 * Computes the base score of a CVSS v3.1 base vector (`AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N`), by section 7.1 of the
 * specification.
 *
 * @throws RangeError if a metric is missing or has an unknown value.
 */
export function cvssScore(vector: string): CvssScore {
  const metrics = new Map(vector.split("/").map((part) => part.split(":") as [string, string]));
  const weight = weightIn(metrics, vector);
  const changed = weight("S", SCOPE) === 1;
  const loss = 1 - (1 - weight("C", LOSS)) * (1 - weight("I", LOSS)) * (1 - weight("A", LOSS));
  const impact = changed ? 7.52 * (loss - 0.029) - 3.25 * (loss - 0.02) ** 15 : 6.42 * loss;
  const privileges = weight("PR", changed ? PRIVILEGES_CHANGED : PRIVILEGES_UNCHANGED);
  const reach = weight("AV", ATTACK_VECTOR) * weight("AC", ATTACK_COMPLEXITY);
  const exploitability = 8.22 * reach * privileges * weight("UI", USER_INTERACTION);
  const sum = (changed ? 1.08 : 1) * (impact + exploitability);
  return {
    baseScore: impact <= 0 ? 0 : roundUp(Math.min(sum, 10)),
    impact: oneDecimal(Math.max(impact, 0)),
    exploitability: oneDecimal(exploitability),
  };
}
