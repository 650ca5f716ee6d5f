// What this package writes of SARIF 2.1.0, and nothing else. Names and meanings are those of the standard.

export type SarifLevel = "error" | "warning" | "note";

export interface SarifText {
  readonly text: string;
}

/** Help on a rule; where readers show Markdown they take that. */
export interface SarifHelp extends SarifText {
  readonly markdown: string;
}

/** A kind of finding. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifHelp;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: {
    readonly tags: readonly string[];
    /** The CVSS base score as a text, from "0.1" to "10.0"; absent where nobody rated it or it is 0. */
    readonly "security-severity"?: string;
  };
}

export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SarifLocation {
  readonly physicalLocation: {
    /** A relative path, percent-encoded. */
    readonly artifactLocation: { readonly uri: string };
    readonly region: SarifRegion;
  };
}

export interface SarifWebRequest {
  readonly method?: string;
  readonly target?: string;
  /** The request as text, one header a line, without credentials. */
  readonly properties?: SarifText;
}

/** What SARIF has no place of its own for. */
export interface SarifResultProperties {
  readonly severity: string;
  /** The CVSS base score, 0 to 10. */
  readonly score?: number;
  readonly title: string;
  readonly scanner: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly parameter?: string;
  /** The first ones. */
  readonly cves?: readonly { readonly id: string; readonly cvssScore?: number }[];
  /** How many CVEs there are in all. */
  readonly cveCount?: number;
}

/** A finding. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly [SarifLocation];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState?: "new" | "unchanged";
  readonly webRequest?: SarifWebRequest;
  readonly properties: SarifResultProperties;
}

export interface SarifNotification {
  readonly level: SarifLevel;
  readonly message: SarifText;
}

export interface SarifRun {
  readonly tool: {
    readonly driver: { readonly name: string; readonly informationUri: string; readonly rules: readonly SarifRule[] };
  };
  readonly columnKind: "utf16CodeUnits";
  readonly invocations: readonly [
    { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly SarifNotification[] },
  ];
  readonly results: readonly SarifResult[];
  readonly properties?: { readonly projectId?: string; readonly scanId?: string };
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [SarifRun];
}
