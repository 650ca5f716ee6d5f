import type { ObjectTypeSpec, ResourceSpec, TypeSpec } from "./package-spec";

/**
 * What the types of the sources cannot say, by `OWNER.property`. The owner is the arguments of a resource (`ScanArgs`), its class
 * (`Scan`, for outputs), a function (`getReport`), its result (`getReportResult`), `provider`, or a named type.
 */

export const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };
const ASSET: TypeSpec = { $ref: "pulumi.json#/Asset" };
const DOCUMENT = "crashtest:index:ApiSpecification";

/** Types that have another form in other languages. */
export const TYPE_OVERRIDES: Readonly<Record<string, TypeSpec>> = {
  "ScanArgs.triggers": ANY,
  "ScanArgs.apiSpecification": { oneOf: [{ type: "string" }, { $ref: `#/types/${DOCUMENT}` }, ASSET] },
  "ScanGateArgs.scan": { $ref: "#/resources/crashtest:index:Scan" },
  "getReportResult.asset": ASSET,
  "getFindingsResult.additional": { type: "object", additionalProperties: ANY },
  "Finding.additional": { type: "object", additionalProperties: ANY },
  "Cve.additional": { type: "object", additionalProperties: ANY },
  "FindingKind.additional": { type: "object", additionalProperties: ANY },
};

/** The names of types that have none in the sources, or one that says less elsewhere, by the property that has them. */
export const TYPE_NAMES: Readonly<Record<string, string>> = {
  baseline: "BaselineFile",
  basic: "UserCredentials",
  check: "LoginCheck",
  cookies: "NamedValue",
  descriptions: "FindingKind",
  failOn: "FailOn",
  findingCounts: "FindingCounts",
  format: "ReportFormat",
  headers: "NamedValue",
  login: "Login",
  maxFindings: "FindingLimits",
  onTimeout: "OnTimeout",
  operations: "OperationCoverage",
  verdict: "GateVerdict",
  whenRunning: "WhenRunning",
};

const SEVERITIES = ["critical", "high", "medium", "low", "info", "unknown"];

/** Numbers that are whole and have no unit that could be divided. */
export const INTEGERS: ReadonlySet<string> = new Set([
  ...SEVERITIES.flatMap((severity) => [`FindingCounts.${severity}`, `FindingLimits.${severity}`]),
  ...["pages", "operations"].map((name) => `MinCoverage.${name}`),
  ...["pages", "forms", "parameters"].map((name) => `ScanCoverage.${name}`),
  ...["tested", "specified"].map((name) => `OperationCoverage.${name}`),
  "ScanStatus.statusCode",
  "getScanStatusResult.statusCode",
  "getReportResult.sizeBytes",
  "provider.maxRequestsInFlight",
  "provider.maxReportBytes",
]);

/** Descriptions of members that no docstring can stand at, by the name of their type. */
export const MEMBER_DESCRIPTIONS: Readonly<Record<string, (member: string) => string>> = {
  FindingCounts: (severity) => `The number of findings of severity ${severity}.`,
  FindingLimits: (severity) => `How many findings of severity ${severity} pass. A whole number of 0 or more.`,
};

/** Descriptions where the docstring speaks of what only TypeScript has. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "ProjectArgs.name":
    "The project's name at the service, 1 to 255 characters. At Veracode unique in the organisation. Without one, a project " +
    "has the resource's logical name; at Veracode `PROJECT-STACK-NAME`.",
  "ScanArgs.triggers":
    "Values whose change starts a new scan: a list or a map of anything, with assets and archives by their content. Without " +
    "triggers, each deployment starts a new scan; an empty list starts one scan only. The state holds only their SHA-256, which " +
    "is secret where the value is or contains a secret.",
  "ScanArgs.apiSpecification":
    "An OpenAPI document (2, 3.0 or 3.1), JSON or YAML, that stands alone. It leads the scan to operations that no link leads " +
    "to: its address (http or https, up to 4 MiB), its `file` or `inline` text, or an asset. The state has its digest only, and " +
    "it counts as one more trigger.",
  "ScanGateArgs.accept":
    "Findings that do not count: a list, or the path of a YAML file with one, relative to the program's folder, which can be " +
    "reviewed. Each entry has a `finding` (the fingerprint of one, as a closed gate prints it), or a `slug` (all of this kind) " +
    "and perhaps a `where` (only at this path of a URL); a `reason`; and `expires`, the last day (`YYYY-MM-DD`). Default: none.",
  "Login.form":
    "A page with a form, or a list of up to 10 of them: the `url` of the page, and the `username` and `password` to fill in.",
  "getReport.path":
    "The file to write, relative to `folder` or else to the program's folder. It is replaced atomically, and readable only by " +
    "its owner. Its folder is created if it is missing. Without a path, only the asset has the report.",
};

/** Properties that the engine keeps encrypted. */
export const SECRETS: ReadonlySet<string> = new Set([
  "provider.apiKey",
  "provider.veracodeApiKey",
  "ScanArgs.login",
  "ScanArgs.webhook",
  "Scan.webhook",
  "getScanStatus.webhook",
  "getFindings.webhook",
  "getReport.webhook",
]);

/** Properties of arguments that only a program in TypeScript has, and why. */
export const ONLY_IN_TYPESCRIPT: ReadonlyMap<string, string> = new Map([
  ["ProjectArgs.scanOnDeploy", "it declares further resources: other languages declare a Scan and a ScanGate"],
]);

/** Changes that always replace the resource. Others replace a project at one service and not at the other. */
export const REPLACING: ReadonlySet<string> = new Set([
  "ProjectArgs.type",
  "ProjectArgs.scanType",
  "ScanArgs.projectId",
  "ScanArgs.webhook",
]);

/** Resources whose default values the service of the project decides, so that none may be sent in their place. */
export const WITHOUT_DEFAULTS: ReadonlySet<string> = new Set(["ProjectArgs", "provider"]);

/** A document by one of two members. The sources have two alternatives, of which other languages would make two types. */
export const API_SPECIFICATION: ObjectTypeSpec = {
  description: "An OpenAPI document: either `file` or `inline`.",
  type: "object",
  properties: {
    file: { type: "string", description: "Its path, relative to the program's folder. Up to 4 MiB." },
    inline: { type: "string", description: "Its text. Up to 256 KiB." },
  },
  required: [],
};

/** No SDK has a class for it. */
export const VERDICT: ResourceSpec = {
  description: "What a ScanGate decided. The gate makes it: a program does not declare it.",
  isOverlay: true,
  type: "object",
  properties: {},
  required: [],
};
