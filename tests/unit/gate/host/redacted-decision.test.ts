import { parseFindings } from "pulumi-crashtest/findings";
import { examine, judge } from "../../../../gate/rules/decide-verdict";
import { answerByRecord } from "../../../../gate/rules/baseline-record";
import { findingsTable } from "../../../../gate/rules/findings-table";
import { parseQuestionText } from "../../../../gate/rules/findings-question";
import type { GateSettings } from "../../../../gate/rules/settings";
import { type RedactedDecision, redactedDecision } from "../../../../gate/host/redacted-decision";
import { evidence } from "../rules/sample-evidence";

const KEY = "k3y-0123456789abcdef0123456789abcdef";
/** As long as it can be without a word of the key. */
const LONGEST_REMNANT = 3;

/** A report that repeats the key in each of its texts, so that something is cut in its midst wherever it is cut. */
function reportWith(before: number) {
  const text = `${"t".repeat(before)}${KEY}`;
  const details = { request: { method: "GET", url: `http://127.0.0.1:9/${text}`, parameter: text } };
  return parseFindings({
    findings: {
      [text]: [
        { finding_description_slug: text, information: text, details },
        { information: text, details },
      ],
    },
    descriptions: [{ slug: text, title: text, baseScore: 9.1 }],
    scanners: [text, `ssl-${text}`, `\u001b[31m<{%bogus%}>${text}`],
  });
}

function decisionOn(settings: GateSettings, before: number): RedactedDecision {
  const given = evidence({ findings: reportWith(before) });
  const examined = examine(settings, given);
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  const { question, warnings } = examined;
  return settings.baseline === undefined
    ? redactedDecision({ kind: "decided", status: undefined, ...judge(settings, given), question }, undefined, [KEY])
    : redactedDecision({ kind: "asked", status: undefined, question, warnings }, undefined, [KEY]);
}

/** Every text that goes to the engine, also after the engine's side has decided. */
function textsOf(decision: RedactedDecision): string {
  if (decision.question === undefined) return JSON.stringify(decision);
  const { question, verdict } = answerByRecord(decision.question, undefined);
  return JSON.stringify([decision, verdict, findingsTable(question, undefined)]);
}

const LENGTHS = [0, 1, 5, 6, 10, 20, 30, 40, 41, 43, 150, 160, 165, 170, 180, 195, 196, 197, 199];

test.each<[string, GateSettings]>([
  ["closed", { failOn: "low" }],
  ["open", { failOn: "none" }],
  ["asked, and closed then", { failOn: "low", baseline: "lastPassed" }],
  ["asked, and open then", { failOn: "none", baseline: "lastPassed" }],
])("no text of a decision has a part of the key, wherever it was cut: %s", (_what, settings) => {
  const texts = LENGTHS.map((before) => textsOf(decisionOn(settings, before))).join();

  expect(texts).toContain("[secret]");
  expect(texts).not.toContain(KEY.slice(0, LONGEST_REMNANT + 1));
});

test.each(["Cookie: s=#\n", "http://#@/"])("nor where masking made a long text short: %j", (form) => {
  const [head = "", tail = ""] = form.split("#");
  const filler = "a".repeat(64 * 1024 - head.length - tail.length - 20);
  const findings = parseFindings({ findings: { xss: [{ information: `${head}${filler}${tail}${KEY}` }] } });
  const given = evidence({ findings });
  const { verdict, warnings } = judge({}, given);

  const texts = textsOf(redactedDecision({ kind: "decided", status: undefined, verdict, warnings }, undefined, [KEY]));

  expect(texts).toContain("[secret]...");
  expect(texts).not.toContain(KEY.slice(0, LONGEST_REMNANT + 1));
});

test("the names of scanners that did not run are safe to print", () => {
  const { verdict } = decisionOn({ failOn: "none" }, 0);
  const { question = "" } = decisionOn({ failOn: "none", baseline: "lastPassed" }, 0);

  expect(parseQuestionText(question).missingScanners).toEqual(verdict?.missingScanners);
  expect(verdict?.missingScanners).toEqual(["\uFFFD[31m\uFFFD{%bogus%}>[secret]", "ssl-[secret]"]);
});
