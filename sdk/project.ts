import * as pulumi from "@pulumi/pulumi";
import { providerText, TYPE_MODULE } from "../provider/engine/provider-text";
import { CrashtestError } from "../provider/errors";
import type { ServiceIdentity } from "../provider/service-identity";
import { undefinedWhereAbsent } from "./absent-output";
import { requireDirectDependency } from "./direct-dependency";
import { orDefault } from "./mocks";
import { noteProject } from "./project-of-program";
import type { Scan } from "./scan";
import type { ScanGate } from "./scan-gate";
import { deployScan, type DeployedScan, type ScanOnDeploySettings } from "./scan-on-deploy";
import { programSettingText, refusePlainApiKey } from "./settings";

/** What a project is made from. The API has no update: changing `teamId`, `url`, `name` or `type` replaces the project. */
export interface ProjectArgs {
  /**
   * The team that owns the project, a whole number; the API key's user has to be a member. Changing this replaces the project.
   * @default the configuration's crashtest:teamId, or CRASHTEST_TEAM_ID
   */
  teamId?: pulumi.Input<number | string>;
  /** The address to scan: http or https, without credentials. Changing this replaces the project. */
  url: pulumi.Input<string>;
  /** The project's name at the service, 1 to 255 characters. Changing this replaces the project. @default the logical name */
  name?: pulumi.Input<string>;
  /** The kind of target (ASSUMED), 1 to 64 characters. Changing this replaces the project. @default "webapp" */
  type?: pulumi.Input<string>;
  /**
   * Takes the existing project of this ID into the stack instead of creating one; `pulumi destroy` then deletes it, unless
   * the resource has `retainOnDelete`. Read at the create only: to remove it later is no change, and another ID than that of
   * the project in this stack is refused, since replacing would delete that one. While it names the project in this stack,
   * `teamId`, `url`, `name` and `type` cannot change.
   */
  adoptProjectId?: pulumi.Input<number | string>;
  /**
   * Starts a scan as part of the deployment: `true` at each `pulumi up`, or with settings, a gate among them.
   *
   * Not for a target that has to be proved to be yours by what this program deploys: the scan would start before the proof
   * stands, and be refused (`TARGET_NOT_VERIFIED`). There use a `Scan` with `dependsOn: [proof]`, or the hook `scanOnDeploy`.
   * @default no scan
   */
  scanOnDeploy?: true | ScanOnDeploySettings;
}

/**
 * A project at the service: what is scanned.
 *
 * - `pulumi refresh` cannot see that a project was deleted elsewhere, since the API has no read.
 * - A delete that the service answers with its own 404 is a success; any other 404 keeps the project in the stack.
 * - What depends on the project does not wait for its scan: `dependsOn: [project.gate]` does.
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
 * @example with the proof of ownership, which has to stand before the scan starts
 * const shop = new crashtest.Project("shop", { url: site.url });
 * const proof = new WebFile("proof", { name: shop.verificationFileName, content: shop.verificationFileContent });
 * const scan = new crashtest.Scan("shop-scan", { projectId: shop.projectId, triggers: [site] }, { dependsOn: [proof] });
 */
export class Project extends pulumi.CustomResource {
  /** The project's ID, digits; also the resource's `id`. */
  declare readonly projectId: pulumi.Output<string>;
  /** Undefined for a project that was looked up by `Project.get`, like the next three. */
  declare readonly teamId: pulumi.Output<string | undefined>;
  declare readonly url: pulumi.Output<string | undefined>;
  declare readonly name: pulumi.Output<string | undefined>;
  declare readonly type: pulumi.Output<string | undefined>;
  /**
   * The name of the file that proves at the target's web root that it is yours: `crashtest-<hash>.html` with the first eight
   * digits of `verificationUuid`, never a path. It is looked for before each scan, so it has to stay. No secret, like the next
   * two: it is published.
   *
   * Undefined where the service does not say, for a project that was adopted or looked up, and for one that an earlier release
   * of this package created.
   */
  declare readonly verificationFileName: pulumi.Output<string | undefined>;
  /** What that file has to hold: the UUID, with or without a line end. Undefined as above. */
  declare readonly verificationFileContent: pulumi.Output<string | undefined>;
  /** The value of a DNS TXT record of the target's host name that does instead of the file: the UUID. Undefined as above. */
  declare readonly verificationTxtRecord: pulumi.Output<string | undefined>;
  /** The service that the ID was given out by; undefined where nobody noted it. @internal */
  declare readonly service: pulumi.Output<ServiceIdentity | undefined>;

  readonly #deployed: DeployedScan | undefined;
  readonly #logicalName: string;

  /**
   * @param name the logical name, unique among the stack's projects
   * @param args what to scan
   * @param opts Pulumi's resource options
   * @throws ConfigurationError where the API key stands in plain configuration
   */
  constructor(name: string, args: ProjectArgs, opts?: pulumi.CustomResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    super(`${TYPE_MODULE}:Project`, name, inputsOf(name, args, opts), opts);
    this.projectId = orDefault(this.projectId, opts?.id ?? "1");
    this.verificationFileName = undefinedWhereAbsent(this.verificationFileName, this.projectId);
    this.verificationFileContent = undefinedWhereAbsent(this.verificationFileContent, this.projectId);
    this.verificationTxtRecord = undefinedWhereAbsent(this.verificationTxtRecord, this.projectId);
    this.service = undefinedWhereAbsent(this.service, this.projectId);
    if (opts?.id === undefined) noteProject([this.projectId, this.id], this);
    this.#logicalName = name;
    this.#deployed = this.#scanOnDeploy(args.scanOnDeploy, opts?.parent);
  }

  /**
   * Looks up a project that is not managed by this stack. Only its ID is known: the API has no read.
   *
   * @param id the project's ID at the service
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Project {
    return new Project(name, {} as ProjectArgs, { ...opts, id });
  }

  /**
   * The UUID that proves that the target is yours. A target that is to prove it by an answer of its own gets it from here and
   * answers with it, and nothing else, at `/?verify=crashtest-<its first 8 digits>` or `/verify/crashtest/<its first 8 digits>`.
   * No secret. Undefined as `verificationFileName`, and where what the service said holds no UUID.
   */
  get verificationUuid(): pulumi.Output<string | undefined> {
    // No property of the resource: one more of those would be a change of a scan that has the project among its triggers.
    return pulumi.all([this.verificationTxtRecord, this.verificationFileContent]).apply(uuidAmong);
  }

  /**
   * The scan of `scanOnDeploy`.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` where the project has none
   */
  get scan(): Scan {
    return this.#requireDeployed().scan;
  }

  /**
   * The gate of `scanOnDeploy`, for `dependsOn`.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` where the project has none
   */
  get gate(): ScanGate {
    return this.#requireDeployed().gate;
  }

  /**
   * The ID of the scan of `scanOnDeploy`; it does not wait for the scan's end, as `gate.scanId` does.
   * @throws CrashtestError `SCAN_ON_DEPLOY_NOT_CONFIGURED` where the project has none
   */
  get scanId(): pulumi.Output<string> {
    return this.#requireDeployed().scanId;
  }

  #requireDeployed(): DeployedScan {
    if (this.#deployed !== undefined) return this.#deployed;
    throw new CrashtestError({
      code: "SCAN_ON_DEPLOY_NOT_CONFIGURED",
      problem: `Project "${this.#logicalName}" has no scan`,
      remedy: "Set scanOnDeploy: true on it, or declare a Scan of its own.",
    });
  }

  /** Scan and gate stand beside the project: who depends on a component around them would not wait for its children. */
  #scanOnDeploy(settings: ProjectArgs["scanOnDeploy"], parent: pulumi.Resource | undefined): DeployedScan | undefined {
    /** JavaScript can say false, which asks for no scan. */
    if (!settings) return undefined;
    const scanSettings = settings === true ? {} : settings;
    return deployScan(this.#logicalName, { projectId: this.projectId, ...scanSettings }, parent ? { parent } : {});
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const uuidAmong = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.map((text) => text?.trim()).find((text) => text !== undefined && UUID.test(text));

function inputsOf(name: string, args: ProjectArgs, opts: pulumi.CustomResourceOptions | undefined): pulumi.Inputs {
  const outputsOnly = {
    __provider: providerText("project"),
    projectId: undefined,
    verificationFileName: undefined,
    verificationFileContent: undefined,
    verificationTxtRecord: undefined,
    service: undefined,
  };
  const isLookUp = opts?.id !== undefined;
  if (isLookUp) return { ...outputsOnly, teamId: undefined, url: undefined, name: undefined, type: undefined };
  return {
    ...outputsOnly,
    teamId: args.teamId ?? programSettingText("teamId"),
    url: args.url,
    name: args.name ?? name,
    type: args.type,
    adoptProjectId: args.adoptProjectId,
  };
}
