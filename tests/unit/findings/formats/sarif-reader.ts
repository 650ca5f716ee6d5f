import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import Ajv from "ajv-draft-04";
import { countFindings, type FindingCounts, type Severity } from "../../../../findings";
import type { SarifLog, SarifResult, SarifRule } from "../../../../findings/formats/sarif-log";

// The schema has a pattern that is none with the flag `u`.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const schema = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as object;
const validate = ajv.compile(schema);

/** What is wrong with a log by the schema of SARIF 2.1.0, as it is after it was written and read; empty if nothing is. */
export function schemaErrors(log: unknown): string[] {
  validate(JSON.parse(JSON.stringify(log)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

export const resultsIn = (log: SarifLog): readonly SarifResult[] => log.runs[0].results;
export const rulesIn = (log: SarifLog): readonly SarifRule[] => log.runs[0].tool.driver.rules;
export const notesIn = (log: SarifLog): string[] =>
  log.runs[0].invocations[0].toolExecutionNotifications.map(({ message }) => message.text);

export const countsIn = (log: SarifLog): FindingCounts =>
  countFindings(resultsIn(log).map(({ properties }) => ({ severity: properties.severity as Severity })));
