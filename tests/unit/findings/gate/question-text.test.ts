import type { Finding } from "../../../../findings";
import { examine } from "../../../../findings/gate/decide-verdict";
import { answerQuestion, type FindingsQuestion } from "../../../../findings/gate/findings-question";
import { findingsTable } from "../../../../findings/gate/findings-table";
import { shortFingerprint } from "../../../../findings/gate/fingerprint-list";
import { isNamed, nameFinding } from "../../../../findings/gate/gate-finding";
import { parseQuestionText, questionText } from "../../../../findings/gate/question-text";
import type { GateSettings } from "../../../../findings/gate/settings";
import { finding, findingsOf, found } from "./sample-evidence";

const question = (findings: readonly Finding[], settings: GateSettings = {}): FindingsQuestion => {
  const examined = examine({ baseline: "lastPassed", ...settings }, found(findings));
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  return examined.question;
};

const same = (text: string): string => text;
const handed = (asked: FindingsQuestion): FindingsQuestion => parseQuestionText(questionText(asked, same));
const fingerprints = ({ counted }: FindingsQuestion): string[] => counted.map(({ fingerprint }) => fingerprint);
/** All that is known of each, in an order of its own. */
const sorted = ({ counted }: FindingsQuestion): string[] =>
  counted.map((one) => `${one.fingerprint} ${isNamed(one) ? nameFinding(one) : ""} ${one.worstScore}`).sort();
/** As the state has them. */
const recorded = (asked: FindingsQuestion): string[] => fingerprints(asked).map(shortFingerprint);
const names = ({ counted }: FindingsQuestion): string[] => counted.filter(isNamed).map(({ place }) => place);

/** Some 250 of each, of which each severity has more than one score. */
const MANY = [
  ...findingsOf("critical", 250),
  ...findingsOf("high", 250),
  ...findingsOf("medium", 250),
  ...findingsOf("low", 250),
  ...Array.from({ length: 250 }, (_, at) =>
    finding("low", { where: { method: "GET", path: `/cve/${at}` }, cves: [{ id: "CVE-1", additional: {} }] }),
  ),
  ...findingsOf("unknown", 250),
];

test("a question with up to 1,000 findings arrives as it was", () => {
  const asked = question(findingsOf("high", 1_000), { accept: [] });

  const arrived = handed(asked);

  expect(arrived.counted).toHaveLength(1_000);
  expect(sorted(arrived)).toEqual(sorted(asked));
  expect({ ...arrived, counted: [] }).toEqual({ ...asked, counted: [] });
});

test.each<[string, GateSettings]>([
  ["its severity", { failOn: "none" }],
  ["its severity, and whether its score is too high", { failOn: "none", minCvss: 3.1 }],
])("of more the rest has no names, and each has %s", (_what, settings) => {
  const asked = question(MANY, settings);

  const arrived = handed(asked);

  const { minCvss = 11 } = settings;
  const counts = ({ counted }: FindingsQuestion): string[] =>
    counted
      .map(
        ({ fingerprint, severity, worstScore }) => `${fingerprint.slice(0, 32)} ${severity} ${worstScore >= minCvss}`,
      )
      .sort();
  expect(names(arrived)).toHaveLength(1_000);
  expect(counts(arrived)).toEqual(counts(asked));
});

test.each<[string, GateSettings, RegExp]>([
  ["the worst", { failOn: "none" }, /critical|high|medium|low|cve/],
  ["those of unknown severity where all count that reach it", { failOn: "critical" }, /critical|unknown|high|medium/],
  ["those above a limit of their severity", { failOn: "none", maxFindings: { low: 1 } }, /low|cve|critical|high/],
  ["those with a score that is too high", { failOn: "none", minCvss: 9 }, /critical|cve|high|medium|unknown/],
])("names are for %s", (_who, settings, expected) => {
  const told = names(handed(question(MANY, settings)));

  const kinds = [...new Set(told.map((place) => /\/(\w+)/.exec(place)?.[1] ?? ""))];
  expect(told).toHaveLength(1_000);
  expect(kinds.filter((kind) => !expected.test(kind))).toEqual([]);
});

/** Of one fingerprint, but of other titles and scores. */
const TWINS = ["Open door", "Broken lock", "Open window"].flatMap((title) => [
  finding("low", { title }),
  finding("low", { title, cves: [{ id: "CVE-1", cvssScore: 9, additional: {} }] }),
  finding("low", { title, cvss: { baseScore: 2 }, cves: [{ id: "CVE-1", cvssScore: 9, additional: {} }] }),
]);

test.each<[string, Finding[]]>([
  ["many", MANY],
  ["of one fingerprint", TWINS],
  ["many of one fingerprint", Array.from({ length: 600 }, () => TWINS).flat()],
])("it does not hang on the order of the report, with findings that are %s", (_what, findings) => {
  const texts = [findings, [...findings].reverse(), [...findings.slice(7), ...findings.slice(0, 7)]].map((all) =>
    questionText(question(all), same),
  );

  expect(new Set(texts).size).toBe(1);
});

test("of a finding without a name it holds 33 characters", () => {
  const low = findingsOf("low", 11_000).map((one, at) => ({ ...one, cvss: { baseScore: 1 + at / 11_000 } }));
  const length = (count: number): number => questionText(question(low.slice(0, count), { minCvss: 1.5 }), same).length;

  expect(Math.round((length(11_000) - length(1_000)) / 10_000)).toBe(33);
});

test("a finding that is there twice counts twice, named or not", () => {
  const twice = [...findingsOf("low", 1_500), ...findingsOf("low", 1_500)];

  expect(fingerprints(handed(question(twice)))).toHaveLength(3_000);
});

test("the accepted ones are no more than fingerprints", () => {
  const accept = [{ slug: "open-door", reason: "known", expires: "2026-12-31" }];

  const { counted, accepted } = handed(question(findingsOf("low", 3), { accept }));

  expect(counted).toEqual([]);
  expect(accepted).toHaveLength(3);
  expect(accepted[0]).toMatch(/^[0-9a-f]{32}$/);
});

describe("the answer to it is the one to the whole question", () => {
  const settings: GateSettings = { failOn: "low", minCvss: 9.5 };
  const asked = question(MANY, settings);
  const all = recorded(asked);

  test.each<[string, string[] | undefined]>([
    ["no baseline", undefined],
    ["an empty one", []],
    ["all but a few of the mildest", all.filter((_, at) => at !== 1_240 && at !== 760)],
    ["all but one of the worst", all.slice(1)],
    ["all", all],
    ["all and others", [...all, "0".repeat(32)]],
  ])("with %s", (_what, baseline) => {
    const [whole, arrived] = [answerQuestion(asked, baseline), answerQuestion(handed(asked), baseline)];

    const head = ({ message }: { message: string }): string => message.split("\n", 2).join("\n");
    expect({ ...arrived, message: head(arrived) }).toEqual({ ...whole, message: head(whole) });
  });
});

test("a new finding without a name is told by its fingerprint", () => {
  const asked = question(findingsOf("low", 1_100), { failOn: "low" });
  const arrived = handed(asked);
  const [one = "", other = ""] = arrived.counted
    .filter((finding) => !isNamed(finding))
    .map(({ fingerprint }) => fingerprint);
  const baseline = recorded(asked).filter((fingerprint) => fingerprint !== one && fingerprint !== other);

  const { message } = answerQuestion(arrived, baseline);
  const table = findingsTable(arrived, baseline);

  expect(message).toContain("has too many new findings: 2 low (failOn: low)");
  expect(message).toContain(`\n  low, see the report\n    finding: ${one}...\n`);
  expect(message).toContain(`\n    finding: ${other}...\n`);
  expect(table).toMatch(new RegExp(`new .*low.* finding ${one}\\.\\.\\.`));
  expect(table).toContain("... and 1080 more: npx pulumi-crashtest report ");
  expect(table).toContain("2 new, 1098 old, 0 fixed");
});

test("what somebody else wrote is cleaned, and nothing that decides", () => {
  const asked = question([finding("high", { scanner: "high", where: { method: "GET", path: "/high" } })]);

  const text = questionText(asked, (given) => given.replaceAll(/high|Open|[0-9a-f]/g, "*"));

  expect(parseQuestionText(text)).toEqual({
    ...asked,
    counted: [
      expect.objectContaining({
        fingerprint: fingerprints(asked)[0],
        severity: "high",
        title: "* *oor",
        scanner: "*",
        place: "GET /*",
      }),
    ],
  });
});
