import * as pulumi from "@pulumi/pulumi";
import { providerText, TYPE_MODULE } from "../provider/dynamic/provider-text";
import type { ServiceIdentity } from "../service/service";
import { namedInputs } from "../provider/lifecycle/project-inputs";
import { repairOutputs } from "../program/outputs";
import { requireDirectDependency } from "../program/direct-dependency";
import { type Scan, noteProject } from "./scan";
import type { ScanGate } from "./scan-gate";
import { type DeployedScan, type ScanOnDeploySettings, scanOfProject } from "./scan-on-deploy";
import { programRules } from "../program/service";
import { programSettingText, refusePlainApiKey } from "../program/settings";

/**
 * What is scanned. Crashtest Security has no update: there, changing `teamId`, `url`, `name` or `type` replaces the project. At
 * Veracode (`crashtest:service`), `name`, `url`, `description`, `apiSpecification` and the team are changed in place, the others
 * replace the project, and what the program does not mention is left alone. What a service does not take is refused.
 */
export interface ProjectArgs {
  /**
   * The team that owns the project. At Crashtest Security a whole number, required; the API key's user must be a member. At
   * Veracode a team's UUID; without one, only security leads see the project.
   * @default the configuration's crashtest:teamId, or CRASHTEST_TEAM_ID
   */
  teamId?: pulumi.Input<number | string>;
  /** The address to scan: http or https, without credentials. */
  url: pulumi.Input<string>;
  /**
   * The project's name at the service, 1 to 255 characters. At Veracode unique in the organisation.
   * @default the logical name; at Veracode PROJECT-STACK-NAME
   */
  name?: pulumi.Input<string>;
  /**
   * The kind of target, 1 to 64 characters (ASSUMED) at Crashtest Security; "webapp" or "api" at Veracode.
   * @default "webapp"
   */
  type?: pulumi.Input<string>;
  /** Veracode only: how thoroughly it is scanned, "quick" or "enterprise". @default "quick" */
  scanType?: pulumi.Input<string>;
  /** Veracode only: what people read about it there, at most 2,000 characters. An empty text removes it. @default none */
  description?: pulumi.Input<string>;
  /** Veracode only: the address of the OpenAPI document of an API, at most 255 characters. Required with type "api", refused with "webapp". */
  apiSpecification?: pulumi.Input<string>;
  /**
   * Your consent to the scans, and that you may give it: must be true at Veracode, and has no effect at Crashtest Security, which
   * asks for a proof of ownership.
   */
  authorizedToScan?: pulumi.Input<boolean>;
  /**
   * Takes the existing project of this ID into the stack instead of creating one; `pulumi destroy` then deletes it, unless
   * the resource has `retainOnDelete`. It is read at the create only: removing it later is no change, and an ID other than that
   * of the project in this stack is refused, since replacing would delete that one. While it names the project in this stack,
   * what would replace it cannot change.
   *
   * At Veracode the project is looked up: what the program does not declare is taken from it, and what it declares otherwise is
   * changed in place.
   */
  adoptProjectId?: pulumi.Input<number | string>;
  /**
   * Starts a scan as part of the deployment: `true` at each `pulumi up`, or with settings, a gate among them.
   *
   * Not for a target whose proof of ownership this program deploys: the scan would start before the proof is there, and be
   * refused (`TARGET_NOT_VERIFIED`). Use a `Scan` with `dependsOn: [proof]`, or the hook `scanOnDeploy`.
   * @default no scan
   */
  scanOnDeploy?: true | ScanOnDeploySettings;
}

/**
 * A project at the service: the target of scans.
 *
 * - `pulumi refresh` sees at Veracode what was changed or deleted elsewhere. Crashtest Security cannot read projects.
 * - A delete that the service answers with its own 404 is a success; any other 404 keeps the project in the stack.
 * - What depends on the project does not wait for its scan: what depends on the gate does.
 *
 * @example
 * const shop = new crashtest.Project("shop", { teamId: 42, url: "https://shop.example.com" });
 *
 * @example with a scan whenever the image changes, and a gate that holds the roll-out back
 * const shop = new crashtest.Project("shop", {
 *   url: site.url,
 *   scanOnDeploy: { triggers: [image.digest], gate: { failOn: "high" } },
 * });
 * new Promotion("live", { ... }, { dependsOn: [shop.gate] });
 *
 * @example with the proof of ownership, which must be there before the scan starts
 * const shop = new crashtest.Project("shop", { url: site.url });
 * const proof = new WebFile("proof", { name: shop.verificationFileName, content: shop.verificationFileContent });
 * const scan = new crashtest.Scan("shop-scan", { projectId: shop.projectId, triggers: [site] }, { dependsOn: [proof] });
 */
export class Project extends pulumi.CustomResource {
  /** The project's ID: digits at Crashtest Security, the target's ID at Veracode. Also the resource's `id`. */
  declare readonly projectId: pulumi.Output<string>;
  /**
   * The team that owns the project. Undefined at Veracode for a project without a team, and at Crashtest Security for one that was
   * looked up by `Project.get`.
   */
  declare readonly teamId: pulumi.Output<string | undefined>;
  /** The address to scan. Undefined at Crashtest Security for a project that was looked up by `Project.get`. */
  declare readonly url: pulumi.Output<string | undefined>;
  /** The project's name. Undefined at Crashtest Security for a project that was looked up by `Project.get`. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The kind of target. Undefined at Crashtest Security for a project that was looked up by `Project.get`. */
  declare readonly type: pulumi.Output<string | undefined>;
  /** How thoroughly the project is scanned. Undefined at Crashtest Security. */
  declare readonly scanType: pulumi.Output<string | undefined>;
  /** What people read about the project. Undefined at Crashtest Security, and if there is no description. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The address of the document of an API. Undefined at Crashtest Security, and for a web application. */
  declare readonly apiSpecification: pulumi.Output<string | undefined>;
  /** When the project was created, by the service's clock: an ISO 8601 time in UTC. Undefined at Crashtest Security. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /**
   * The name of the file in the target's web root that proves that it is yours: `crashtest-<hash>.html` with the first eight
   * digits of `verificationUuid`, never a path. It is checked before each scan, so it must stay. Not secret: it is published.
   *
   * Undefined at Veracode, if the service does not say, for a project that was adopted or looked up, and for one that an earlier
   * release of this package created.
   */
  declare readonly verificationFileName: pulumi.Output<string | undefined>;
  /**
   * The content of the file `verificationFileName`: the UUID, with or without a line end. Not secret. Undefined as
   * `verificationFileName`.
   */
  declare readonly verificationFileContent: pulumi.Output<string | undefined>;
  /**
   * The value of a DNS TXT record of the target's host name, an alternative to the file: the UUID. Not secret. Undefined as
   * `verificationFileName`.
   */
  declare readonly verificationTxtRecord: pulumi.Output<string | undefined>;
  /** The service that issued the ID; undefined if unknown. @internal */
  declare readonly service: pulumi.Output<ServiceIdentity | undefined>;

  readonly #deployed: () => DeployedScan;

  /**
   * @param name the logical name, unique among the stack's projects
   * @param args what to scan
   * @param opts Pulumi's resource options
   * @throws ConfigurationError if the API key is in plain-text configuration
   */
  constructor(name: string, args: ProjectArgs, opts?: pulumi.CustomResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    const { hasUniqueNames } = programRules().project;
    // Otherwise `up --replace` would create the second project while the first one still has its name.
    const options = hasUniqueNames ? { ...opts, deleteBeforeReplace: true } : opts;
    super(PROJECT_TYPE, name, inputsOf(name, args, opts, hasUniqueNames), options);
    repairOutputs(this, { projectId: opts?.id ?? "1" }, OPTIONAL_OUTPUTS);
    if (opts?.id === undefined) noteProject([this.projectId, this.id], this);
    this.#deployed = scanOfProject({ name, type: PROJECT_TYPE }, this.projectId, args.scanOnDeploy, opts);
  }

  /**
   * Looks up a project that is not managed by this stack. At Crashtest Security only its ID is known, since it cannot be read.
   *
   * @param id the project's ID at the service
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Project {
    return new Project(name, {} as ProjectArgs, { ...opts, id });
  }

  /**
   * The UUID that proves that the target is yours. Instead of the file, a target can answer with it, and nothing else, at
   * `/?verify=crashtest-<its first 8 digits>` or `/verify/crashtest/<its first 8 digits>`. Not secret. Undefined as
   * `verificationFileName`, and if the service's answer contains no UUID.
   */
  get verificationUuid(): pulumi.Output<string | undefined> {
    // Not a property of the resource: a further one would change a scan that has the project among its triggers.
    return pulumi.all([this.verificationTxtRecord, this.verificationFileContent]).apply(uuidAmong);
  }

  /**
   * The scan of `scanOnDeploy`.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if the project has none
   */
  get scan(): Scan {
    return this.#deployed().scan;
  }

  /**
   * The gate of `scanOnDeploy`, for `dependsOn`.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if the project has none
   */
  get gate(): ScanGate {
    return this.#deployed().gate;
  }

  /**
   * The ID of the scan of `scanOnDeploy`. Unlike `gate.scanId` it does not wait for the scan's end.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` if the project has none
   */
  get scanId(): pulumi.Output<string> {
    return this.#deployed().scanId;
  }
}

const PROJECT_TYPE = `${TYPE_MODULE}:Project`;

/** May be absent in a state: the service does not say, or an earlier release did not ask. */
const OPTIONAL_OUTPUTS = [
  "teamId",
  "scanType",
  "description",
  "apiSpecification",
  "createdAt",
  "verificationFileName",
  "verificationFileContent",
  "verificationTxtRecord",
  "service",
] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const uuidAmong = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.map((text) => text?.trim()).find((text) => text !== undefined && UUID.test(text));

function inputsOf(
  name: string,
  args: ProjectArgs,
  opts: pulumi.CustomResourceOptions | undefined,
  hasUniqueNames: boolean,
): pulumi.Inputs {
  const outputsOnly = {
    __provider: providerText("project"),
    projectId: undefined,
    ...Object.fromEntries(OPTIONAL_OUTPUTS.map((output) => [output, undefined])),
  };
  if (opts?.id !== undefined)
    return { ...outputsOnly, teamId: undefined, url: undefined, name: undefined, type: undefined };
  const resource = { project: pulumi.getProject(), stack: pulumi.getStack(), name };
  return {
    ...outputsOnly,
    teamId: args.teamId ?? programSettingText("teamId"),
    url: args.url,
    ...namedInputs(args.name, resource, { hasUniqueNames }),
    type: args.type,
    scanType: args.scanType,
    description: args.description,
    apiSpecification: args.apiSpecification,
    ...(args.authorizedToScan !== undefined && { authorizedToScan: args.authorizedToScan }),
    adoptProjectId: args.adoptProjectId,
  };
}
