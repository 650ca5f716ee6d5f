import { parseFindings } from "../../../findings";
import { wireDescription, wireReport, type Wire } from "../../fixtures/report";

function vectorOf(fields: Wire): string | undefined {
  return parseFindings(wireReport({ xss: [] }, { descriptions: [wireDescription(fields)] })).descriptions[0]?.cvss
    ?.vector;
}

const metrics = (AV: number, AC: number, PR: number, UI: number, S: number, C: number, I: number, A: number): Wire => ({
  cvssAttackVector: AV,
  cvssAttackComplexity: AC,
  cvssPrivilegesRequired: PR,
  cvssUserInteraction: UI,
  cvssScope: S,
  cvssConfidentiality: C,
  cvssIntegrity: I,
  cvssAvailability: A,
});

// The scores were computed apart from this code, by the formula of the CVSS 3.1 specification.
test.each([
  [metrics(1, 1, 1, 1, 1, 3, 3, 3), 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  [metrics(1, 1, 1, 1, 2, 3, 3, 3), 10, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"],
  [metrics(1, 1, 1, 2, 2, 2, 2, 1), 6.1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"],
  [metrics(1, 1, 2, 1, 2, 2, 2, 1), 6.4, "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"],
  [metrics(3, 1, 2, 1, 1, 3, 3, 3), 7.8, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"],
  [metrics(2, 2, 1, 1, 2, 1, 3, 1), 6.1, "CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N"],
  [metrics(4, 1, 1, 1, 1, 3, 3, 3), 6.8, "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  [metrics(1, 1, 3, 1, 1, 1, 1, 1), 0, "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:N/I:N/A:N"],
])("rebuilds the vector of a description whose score it gives: %#", (fields, baseScore, vector) => {
  expect(vectorOf({ ...fields, baseScore })).toBe(vector);
});

test.each(Object.keys(metrics(0, 0, 0, 0, 0, 0, 0, 0)))("gives no vector where %s is not set or unknown", (field) => {
  for (const value of [0, 5, -1, 1.5, "1", null]) expect(vectorOf({ [field]: value })).toBeUndefined();
});

test("gives no vector that contradicts the score", () => {
  expect(vectorOf({ baseScore: 7.5 })).toBeDefined();
  expect(vectorOf({ baseScore: 7.4 })).toBeUndefined();
});
