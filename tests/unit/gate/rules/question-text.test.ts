import type { Finding } from "../../../../findings/finding";
import { shortFingerprint } from "../../../../gate/rules/baseline";
import { examine } from "../../../../gate/rules/decide-verdict";
import {
  type FindingsQuestion,
  answerQuestion,
  parseQuestionText,
  questionText,
} from "../../../../gate/rules/findings-question";
import { findingsTable } from "../../../../gate/rules/findings-table";
import { gateFindingsOf, nameFinding } from "../../../../gate/rules/gate-finding";
import type { GateSettings } from "../../../../gate/rules/settings";
import { finding, findingsOf, found } from "./sample-evidence";

const question = (findings: readonly Finding[], settings: GateSettings = {}): FindingsQuestion => {
  const examined = examine({ baseline: "lastPassed", ...settings }, found(findings));
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  return examined.question;
};

const same = (text: string): string => text;
const handed = (asked: FindingsQuestion): FindingsQuestion => parseQuestionText(questionText(asked, same));
const fingerprints = ({ counted }: FindingsQuestion): string[] => counted.map(({ fingerprint }) => fingerprint);
/** As the state has them. */
const recorded = (asked: FindingsQuestion): string[] => fingerprints(asked).map(shortFingerprint);

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

test("a question arrives as it was, with all of its findings, and none of their raw places", () => {
  const asked = question(MANY, { accept: [] });

  const arrived = handed(asked);

  const all = gateFindingsOf(MANY).map(({ slug: _slug, where: _where, ...shown }) => JSON.stringify(sortedKeys(shown)));
  expect(arrived.counted.map((one) => JSON.stringify(sortedKeys(one))).sort()).toEqual(all.sort());
  expect({ ...arrived, counted: [] }).toEqual({ ...asked, counted: [] });
});

const sortedKeys = (object: object): object => Object.fromEntries(Object.entries(object).sort());

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

test("a finding that is there twice counts twice", () => {
  const twice = [...findingsOf("low", 1_500), ...findingsOf("low", 1_500)];

  expect(fingerprints(handed(question(twice)))).toHaveLength(3_000);
});

test("the accepted ones are no more than fingerprints", () => {
  const accept = [{ slug: "open-door", reason: "known", expires: "2026-12-31" }];

  const { counted, accepted } = handed(question(findingsOf("low", 3), { accept }));

  expect(counted).toEqual([]);
  expect(accepted).toHaveLength(3);
  expect(accepted[0]).toMatch(/^[0-9a-f]{64}$/);
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

    expect(arrived).toEqual(whole);
  });
});

test("a new finding is told by its name and fingerprint", () => {
  const asked = question(findingsOf("low", 1_100), { failOn: "low" });
  const arrived = handed(asked);
  const [one] = arrived.counted;
  if (one === undefined) throw new Error("no finding has arrived");
  const baseline = recorded(asked).filter((fingerprint) => fingerprint !== shortFingerprint(one.fingerprint));

  const { message } = answerQuestion(arrived, baseline);
  const table = findingsTable(arrived, baseline);

  expect(message).toContain("has too many new findings: 1 low (failOn: low)");
  expect(message).toContain(`\n  ${nameFinding(one)}\n    finding: ${one.fingerprint}\n`);
  expect(table).toContain("1 new, 1099 old, 0 fixed");
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
