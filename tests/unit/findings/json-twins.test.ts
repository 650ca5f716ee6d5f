import { parseFindings } from "../../../findings";

const refusal =
  (report: string): (() => unknown) =>
  () =>
    parseFindings(report);
const FOUND = '[{"finding_description_slug":"xss"}]';

test.each<[string, string]>([
  ["a scanner's list", `{"findings":{"xss":${FOUND},"xss":[]}}`],
  ["a scanner's list, in other words", `{"findings":{"xss":${FOUND},"\\u0078ss":[]}}`],
  ["a scanner's list in the envelope", `{"data":{"findings":{"ssl":[],"xss":${FOUND},"csrf":[],"xss":[]}}}`],
  ["a scanner's list named __proto__", `{"findings":{"__proto__":${FOUND},"__proto__":[]}}`],
  ["findings", `{"findings":{"xss":${FOUND}},"descriptions":[],"findings":{"ssl":[]}}`],
  ["findings in the envelope", `{"data":{"findings":{"xss":${FOUND}},"findings":{"ssl":[]}}}`],
  ["findings of which one are none", `{"findings":7,"findings":{"ssl":[]}}`],
  ["the envelope", `{"data":{"findings":{"xss":${FOUND}}},"data":{"findings":{"ssl":[]}}}`],
])("what would hide findings, since it is there twice, is refused: %s", (_what, report) => {
  expect(refusal(report)).toThrow("$ has duplicate keys on the path to findings. ");
});

test.each<[string, string]>([
  ["inside of a finding", '{"findings":{"xss":[{"information":"a","information":"b"}]}}'],
  ["of findings in different places", '{"findings":{"xss":[{"findings":{"xss":1},"data":{"xss":1}}],"data":[]}}'],
  ["as texts and as names", '{"findings":{"xss":[{"information":"xss"}],"findings":[]},"more":["findings","data"]}'],
  ["beside findings", '{"message":"a","message":"b","data":{"findings":{"xss":[{}]},"more":1,"more":2}}'],
  ["in lists beside findings", '{"findings":{"xss":[{}]},"more":[{"findings":{"xss":1}},{"findings":{"xss":2}}]}'],
])("names that are there twice %s hide none", (_where, report) => {
  expect(parseFindings(report).findings).toHaveLength(1);
});
