import type { Login } from "./login";
import type { ServiceReportFormat, TargetKind } from "./service";

/** The services that projects and scans can be at. */
export type ServiceKind = "crashtest" | "veracode";

/** What people call the services. */
export const SERVICE_NAMES: Readonly<Record<ServiceKind, string>> = {
  crashtest: "Crashtest Security",
  veracode: "Veracode DAST Essentials",
};

/** What a service can do for a kind of target. */
export interface ServiceAbilities {
  /** Findings are available as JSON, with their kinds and scores; otherwise as JUnit XML only. */
  jsonFindings: boolean;
  /** A running scan can be stopped. */
  canStop: boolean;
  /** The answer to a start says whether the scan was already running. */
  knowsWhoStarted: boolean;
  /** The formats in which the service itself provides reports. */
  reportFormats: readonly ServiceReportFormat[];
  /** How often a scan's status may be requested once the scan has taken long. @default as the gate's settings say */
  slowPolling?: SlowPolling;
}

/** From `afterSeconds` on, at least `pauseSeconds` lie between two status requests. */
export interface SlowPolling {
  afterSeconds: number;
  pauseSeconds: number;
}

/** What a program can say of a project. */
export const PROJECT_PROPERTIES = [
  "teamId",
  "url",
  "name",
  "type",
  "scanType",
  "description",
  "apiSpecification",
  "authorizedToScan",
] as const;

export type ProjectProperty = (typeof PROJECT_PROPERTIES)[number];

/** How a service takes a property of a project. */
export interface PropertyRule {
  /**
   * Returns the value to keep; undefined for one that has no effect at this service, which is not kept.
   *
   * @throws InvalidInput with the reason, which follows the property's name and does not repeat the value
   */
  parse: (value: unknown) => unknown;
  /** The value where the program gives none. @default none */
  fallback?: string;
  /** The property is required; why, to follow its name. @default not required */
  missing?: string;
  /** The service never says what it is, so it cannot be filled in for an adopted project. @default false */
  isWriteOnly?: true;
  /** The service may stop saying what it is, which is no change. @default false */
  mayVanish?: true;
  /**
   * Decides what a change requires: nothing (undefined), an update in place, or another project.
   *
   * @param old the value in the state; undefined where it has none
   * @param value the value that the program gives; never undefined: what it does not mention is left alone
   */
  onChange: (old: unknown, value: unknown) => "update" | "replace" | undefined;
}

/** How a service takes projects. */
export interface ProjectRules {
  /** By property; a text is why the service does not take it, and follows its name. */
  properties: Readonly<Record<ProjectProperty, PropertyRule | string>>;
  /**
   * Returns what is wrong with properties that are valid each by itself.
   *
   * @param inputs the checked inputs, with `adoptProjectId`; one that a preview does not know is there, as a symbol
   * @param olds those of the project in the stack; empty for a new one
   */
  problemsOf: (
    inputs: Readonly<Record<string, unknown>>,
    olds: Readonly<Record<string, unknown>>,
  ) => readonly { property: ProjectProperty; reason: string }[];
  /** Two projects cannot have the same name: a replacement deletes first, and the default name names the stack. */
  hasUniqueNames: boolean;
  /** Projects can be read: a refresh notices changes and deletions. */
  canRead: boolean;
}

/** What is known of a service without a connection to it: what it can do, and what its inputs must be. */
export interface ServiceRules {
  readonly kind: ServiceKind;
  abilitiesFor: (kind: TargetKind) => ServiceAbilities;
  /** Returns what the service does not take of a login, in texts that follow its name: `has two forms, ...`. */
  loginProblems: (login: Login, kind: TargetKind) => readonly string[];
  /** @throws InvalidInput */
  parseProjectId: (value: unknown) => string;
  /** @throws InvalidInput */
  parseScanId: (value: unknown, kind: TargetKind) => string;
  readonly project: ProjectRules;
}
