// The part of SARIF 2.1.0 that this package writes. A test checks these types against @types/sarif, in which all members are
// optional, and which a program would have to install.

export type SarifLevel = "error" | "warning" | "note";

export interface SarifText {
  readonly text: string;
}

/** Help on a rule; readers that support Markdown show that. */
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
    readonly tags: string[];
    /** The CVSS base score as a text, "0.1" to "10.0"; absent if not rated or 0. */
    readonly "security-severity"?: string;
  };
}

export interface SarifLocation {
  readonly physicalLocation: {
    /** A relative path, percent-encoded. */
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>>;
  };
}

export interface SarifWebRequest {
  readonly method?: string;
  readonly target?: string;
  /** The request as text, one header per line, without credentials. */
  readonly properties?: SarifText;
}

/** Data that SARIF has no place for. */
export interface SarifResultProperties {
  readonly [name: string]: unknown;
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
  /** The total number of CVEs. */
  readonly cveCount?: number;
}

/** A finding. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: [SarifLocation];
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
    readonly driver: { readonly name: string; readonly informationUri: string; readonly rules: SarifRule[] };
  };
  readonly columnKind: "utf16CodeUnits";
  readonly invocations: [
    { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: SarifNotification[] },
  ];
  readonly results: SarifResult[];
  readonly properties?: { readonly projectId?: string; readonly scanId?: string };
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: [SarifRun];
}
