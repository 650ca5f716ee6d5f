import { parseId, parseTargetUrl, parseText } from "../input-parsers";
import type { PropertyRule, ServiceAbilities, ServiceRules } from "../rules";
import type { TargetKind } from "../service";

/** By webhook there is only the JUnit report, and an answer to a start does not say whether the scan was already running. */
const ABILITIES: Readonly<Record<TargetKind, ServiceAbilities>> = {
  project: { jsonFindings: true, canStop: true, knowsWhoStarted: true, reportFormats: ["json", "xml", "pdf"] },
  webhook: { jsonFindings: false, canStop: false, knowsWhoStarted: false, reportFormats: ["xml"] },
};

const LONGEST_NAME = 255;
const LONGEST_TYPE = 64;
/** ASSUMED: the name of the type of a web application. */
const DEFAULT_TYPE = "webapp";

/** The API has no update. A property that is not in the state, as in those of earlier releases, does not count as changed. */
const replacing = (rule: Omit<PropertyRule, "onChange">): PropertyRule => ({
  ...rule,
  onChange: (old, value) => (old === undefined || old === value ? undefined : "replace"),
});

const NOT_TAKEN = "is not supported by Crashtest Security: remove it, or set crashtest:service to veracode";

export const CRASHTEST_RULES: ServiceRules = {
  kind: "crashtest",
  abilitiesFor: (kind) => ABILITIES[kind],
  loginProblems: () => [],
  parseProjectId: parseId,
  parseScanId: parseId,
  project: {
    properties: {
      teamId: replacing({ parse: parseId, missing: "must be set, here or as crashtest:teamId (CRASHTEST_TEAM_ID)" }),
      url: replacing({ parse: parseTargetUrl, missing: "must be set: the address to scan" }),
      name: replacing({ parse: parseText(LONGEST_NAME), missing: "must be set" }),
      type: replacing({ parse: parseText(LONGEST_TYPE), fallback: DEFAULT_TYPE }),
      scanType: NOT_TAKEN,
      description: NOT_TAKEN,
      apiSpecification: NOT_TAKEN,
      // The proof of ownership takes its place.
      authorizedToScan: { parse: () => undefined, onChange: () => undefined },
    },
    problemsOf: () => [],
    hasUniqueNames: false,
    canRead: false,
  },
};
