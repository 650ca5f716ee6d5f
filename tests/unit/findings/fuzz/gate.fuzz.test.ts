import fc from "fast-check";
import { decideVerdict, parseFindings, SEVERITIES, type Severity } from "pulumi-crashtest/findings";
import type { GateSettings } from "../../../../gate/rules/settings";
import { evidence } from "../../gate/rules/sample-evidence";
import { oddValue, text } from "./hostile-texts";
import { readJson } from "./oracles";
import { fuzzRuns, FUZZ_TIMEOUT_MS } from "./runs";
import { goodReport, jsonText } from "./report-texts";

const settings: fc.Arbitrary<GateSettings> = fc.record(
  {
    failOn: fc.constantFrom("critical", "high", "medium", "low", "info", "none"),
    maxFindings: fc.dictionary(fc.constantFrom<Severity>(...SEVERITIES), fc.nat(2), { maxKeys: 2 }),
  },
  { requiredKeys: ["failOn"] },
);

/** Reports whose scores are where one severity ends and the next begins. */
const ratedText = fc
  .record({
    scores: fc.array(fc.constantFrom(-0.1, 0, 0.1, 3.9, 3.95, 4, 6.9, 7, 8.9, 9, 9.4, 10, 10.1), {
      minLength: 1,
      maxLength: 3,
    }),
    slugs: fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
  })
  .map(({ scores, slugs }) =>
    JSON.stringify({
      findings: { xss: slugs.map((slug) => ({ finding_description_slug: `kind-${slug}` })) },
      descriptions: scores.map((baseScore, index) => ({ slug: `kind-${index % 2}`, baseScore })),
    }),
  );
const anyText = fc.oneof({ weight: 2, arbitrary: jsonText() }, { weight: 1, arbitrary: ratedText });

/** The severity of a score, said once more and in other words than in the code. */
function severityIn(score: unknown): Severity {
  if (typeof score !== "number" || score < 0 || score > 10) return "unknown";
  if (score > 8.9) return "critical";
  if (score > 6.9) return "high";
  if (score > 3.9) return "medium";
  return score > 0 ? "low" : "info";
}

interface WireReport {
  findings: Record<string, Record<string, unknown>[]>;
  descriptions?: Record<string, unknown>[] | null;
}

/** How many findings of each severity a text has that is a report, by `JSON.parse` and nothing of ours. */
function countsIn(text: string): Record<Severity, number> {
  const root = JSON.parse(text.replace(/^\uFEFF/, "")) as WireReport & { data?: WireReport };
  const { findings, descriptions } = Object.hasOwn(root, "findings") ? root : (root.data ?? root);
  const scoreOf = (slug: unknown): number =>
    Math.max(
      ...(descriptions ?? [])
        .filter((description) => slug !== undefined && slug !== null && slug !== "" && description["slug"] === slug)
        .map(({ baseScore }) => (severityIn(baseScore) === "unknown" ? Infinity : Number(baseScore))),
    );
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
  for (const finding of Object.values(findings).flat())
    counts[severityIn(scoreOf(finding["finding_description_slug"]))] += 1;
  return counts;
}

/** Whether so many findings are too many, for what nobody rated as well. */
function areTooMany(counts: Record<Severity, number>, { failOn, maxFindings = {} }: GateSettings): boolean {
  const reached = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn as Severity) + 1);
  return SEVERITIES.some((severity) => {
    const counted = failOn !== "none" && (severity === "unknown" || reached.includes(severity));
    return counts[severity] > (maxFindings[severity] ?? (counted ? 0 : Infinity));
  });
}

test(
  "a report opens a gate if, and only if, it has no more findings than the gate lets pass",
  () => {
    const seen = { open: 0, closed: 0 };
    const property = fc.property(anyText, settings, (json, given) => {
      const report = readJson(json);
      if (report === undefined) return;
      const counts = countsIn(json);
      const { passed, findingCounts } = decideVerdict(given, evidence({ findings: report }));

      expect(findingCounts).toEqual(counts);
      expect(passed).toBe(!areTooMany(counts, given));
      seen[passed ? "open" : "closed"] += 1;
    });
    fc.assert(property, fuzzRuns(0.25));
    expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(0);
  },
  FUZZ_TIMEOUT_MS,
);

/** Texts that put a finding before the first list of a report, which a second member of the same name then hides. */
const TWINS: readonly (readonly [name: string, hidden: string])[] = [
  ['"findings":', '"findings":{"xss":[{"information":"hidden"}]},"findings":'],
  ['"findings":{', '"findings":{"xss":[{"information":"hidden"}],"xss":[],'],
];

test(
  "findings that a second list of the same name would hide are not lost: the report is refused",
  () => {
    const some = goodReport().map((report) => JSON.stringify(report));
    const property = fc.property(some, fc.constantFrom(...TWINS), (text, [name, hidden]) => {
      expect(() => parseFindings(text.replace(name, hidden).replace("[],}", "[]}"))).toThrow(
        "has duplicate keys on the path to findings",
      );
    });
    fc.assert(property, fuzzRuns(0.05));
  },
  FUZZ_TIMEOUT_MS,
);

test(
  "a scanner is called what it may, and the error at its place repeats nothing that steers",
  () => {
    const property = fc.property(text(), oddValue(), (scanner, list) => {
      readJson(JSON.stringify({ findings: Object.fromEntries([[scanner, list]]) }));
      readJson(JSON.stringify({ data: { findings: Object.fromEntries([[scanner, [list]]]) } }));
    });
    fc.assert(property, fuzzRuns(0.1));
  },
  FUZZ_TIMEOUT_MS,
);

test(
  "where a text stops being JSON is said as the engine says it, whatever lists stand before",
  () => {
    let places = 0;
    const property = fc.property(jsonText(), (text) => {
      const bare = text.replace(/^\uFEFF/, "");
      const message = refusalOf(() => JSON.parse(bare) as unknown);
      const [, position] = /at position (\d+)/.exec(message ?? "") ?? [];
      if (position === undefined || bare.trimStart().startsWith("<")) return;

      places += 1;
      const expected = `$ is not valid JSON at character ${position} of ${bare.length}.`;
      expect(refusalOf(() => parseFindings(text))).toContain(expected);
    });
    fc.assert(property, fuzzRuns(0.2));
    expect(places).toBeGreaterThan(0);
  },
  FUZZ_TIMEOUT_MS,
);

function refusalOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return String(error);
  }
}
