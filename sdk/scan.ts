import * as pulumi from "@pulumi/pulumi";
import { randomUUID } from "node:crypto";
import { requireDirectDependency } from "../program/direct-dependency";
import { isMocked } from "../program/mocks";
import { repairOutputs } from "../program/outputs";
import { refusePlainApiKey } from "../program/settings";
import { TYPE_MODULE, providerText } from "../provider/dynamic/provider-text";
import type { WhenRunning } from "../provider/lifecycle/scan-start";
import { JoinedRefusal, type ScanRequest, isScanOfRun, announceScan } from "./scan-in-run";
import { type TriggerInputs, type Triggers, digestTriggers } from "./triggers/triggers";
import { type ApiSpecificationArgs, registeredSpecification } from "./reach/api-specification";
import { type LoginArgs, secretLogin } from "./reach/login";
import type { LoginKind } from "../service/login";
import type { ServiceIdentity, TargetKind } from "../service/service";

/** When to scan, and what to do about a scan that is already running. */
export interface ScanSettings {
  /**
   * Values whose change starts a new scan. Absent: a new scan at each `pulumi up`. Empty: one scan only.
   * @default a new scan at each `pulumi up`
   */
  triggers?: Triggers;
  /**
   * What to do about a running scan of the project that somebody else started: `join` it (the output `joined` is then true, and
   * it may have tested what was there before this deployment), or stop it and start another (`restart`).
   *
   * A running scan that this resource started is kept while its triggers are unchanged, and otherwise always restarted. A scan
   * that it joined is followed by one that it starts once this is `restart`, or once it has ended if a gate refuses it.
   * @default "join"
   */
  whenRunning?: pulumi.Input<WhenRunning>;
  /**
   * How the scan logs in to its target. Kept as a secret, even if given as plain text; the outputs say only which kinds there
   * are. A changed login starts no scan by itself: the next start uses it, and one that is removed is taken out then.
   * @default no login
   */
  login?: pulumi.Input<LoginArgs>;
  /**
   * An OpenAPI document, which leads the scan to operations that no link leads to. The state has its digest only, and it counts
   * as one more trigger.
   * @default none
   */
  apiSpecification?: pulumi.Input<ApiSpecificationArgs>;
}

/** What is scanned: a project of the account, or the project of a webhook. Changing it replaces the scan. */
export type ScanTargetArgs =
  | {
      /** The project's ID: digits at Crashtest Security; letters, digits and hyphens at Veracode. */
      projectId: pulumi.Input<string | number>;
      webhook?: never;
    }
  | {
      projectId?: never;
      /**
       * The secret UUID of a project's webhook. It can start and follow a scan, but not stop one. Kept as a secret, even if given
       * as plain text.
       *
       * At Crashtest Security it needs no API key, and does not say whether the scan ran before: `joined` is always true. At
       * Veracode it needs the API credentials as well; a start is refused while another scan is running, so `joined` is false.
       */
      webhook: pulumi.Input<string>;
    };

export type ScanArgs = ScanTargetArgs & ScanSettings;

/** The type token of a scan. */
export const SCAN_TYPE = `${TYPE_MODULE}:Scan`;

/**
 * A scan, started when this resource is created and again when a trigger changed.
 *
 * - The next `pulumi up` restarts a scan that was stopped, failed, or is gone, even with unchanged triggers.
 * - `pulumi destroy` stops the scan if it still runs and this resource started it; a joined one continues.
 * - There is no `status` output, which would change by itself: use `getScanStatus`.
 *
 * @example a scan whenever the build changes
 * const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [build.digest] });
 * export const scanId = scan.scanId;
 *
 * @example by webhook, which needs no API key at Crashtest Security
 * const scan = new crashtest.Scan("nightly", { webhook: config.requireSecret("webhook") });
 */
export class Scan extends pulumi.CustomResource {
  /** The ID of the scan that was last started or joined. */
  declare readonly scanId: pulumi.Output<string>;
  /** Whether that scan ran before this resource asked for one, or may have. */
  declare readonly joined: pulumi.Output<boolean>;
  /** When that scan began, by the service's clock; or when this resource started or joined it. ISO 8601, in UTC. */
  declare readonly startedAt: pulumi.Output<string>;
  /** The project's ID; undefined with a webhook. */
  declare readonly projectId: pulumi.Output<string | undefined>;
  /** The webhook's UUID, a secret; undefined with a project. */
  declare readonly webhook: pulumi.Output<string | undefined>;
  /** The triggers' digests by index or name. */
  declare readonly triggers: pulumi.Output<Record<string, string> | undefined>;
  /** Identifies the run that asked for the scan; undefined with triggers. @internal */
  declare readonly runId: pulumi.Output<string | undefined>;
  /**
   * True if the answer to the start was lost, and this is the only scan that began after it: a gate takes it for one that this
   * deployment started, but `pulumi destroy` does not stop it. @internal
   */
  declare readonly isFoundAfterLostStart: pulumi.Output<boolean | undefined>;
  /** The service that issued the IDs; undefined if unknown. @internal */
  declare readonly service: pulumi.Output<ServiceIdentity | undefined>;
  /** The ways in which that scan logs in; undefined without a login. @internal */
  declare readonly loginKinds: pulumi.Output<readonly LoginKind[] | undefined>;
  /** The digest of the API specification; undefined without one. @internal */
  declare readonly apiSpecification: pulumi.Output<string | undefined>;
  /** Which of `projectId` and `webhook` is set: in previews the other one is unknown, not undefined. */
  readonly transport: TargetKind;

  readonly #asked: ScanRequest<TriggerInputs>;
  readonly #joinedRefusal: JoinedRefusal;

  /**
   * @param name the logical name, unique among the stack's scans
   * @param args what to scan, and when
   * @param opts Pulumi's resource options; a scan is always deleted before it is replaced
   * @throws ConfigurationError if the API key is in plain-text configuration
   */
  constructor(name: string, args: ScanArgs, opts?: pulumi.CustomResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    const triggerInputs = args.triggers && digestTriggers(args.triggers);
    // Without triggers each run changes the scan, so that the state tells which run it is of.
    const runId = triggerInputs === undefined ? newRunId() : undefined;
    const joinedRefusal = new JoinedRefusal();
    const project = projectOfProgram(args.projectId);
    const specification = registeredSpecification(args.apiSpecification);
    const inputs: pulumi.Inputs = {
      __provider: providerText("scan"),
      projectId: args.projectId,
      projectUrn: project?.urn,
      projectOwner: project?.service,
      webhook: args.webhook === undefined ? undefined : pulumi.secret(args.webhook),
      triggers: undefined,
      ...triggerInputs,
      runId,
      whenRunning: args.whenRunning,
      refusesJoined: joinedRefusal.refused,
      login: secretLogin(args.login),
      loginKinds: undefined,
      ...specification.inputs,
      scanId: undefined,
      joined: undefined,
      startedAt: undefined,
      isFoundAfterLostStart: undefined,
      service: undefined,
    };
    // Otherwise `up --replace` would join the running scan and then stop it.
    super(SCAN_TYPE, name, inputs, { ...opts, deleteBeforeReplace: true });
    repairOutputs(this, { scanId: "1", joined: false, startedAt: new Date(0).toISOString() }, [
      "isFoundAfterLostStart",
      "service",
      "loginKinds",
      "apiSpecification",
    ]);
    this.transport = args.webhook === undefined ? "project" : "webhook";
    this.#joinedRefusal = joinedRefusal;
    this.#asked = {
      owner: args.webhook ?? args.projectId,
      triggers: triggerInputs,
      runId,
      specification: specification.digest,
    };
    if (pulumi.runtime.isDryRun() && !isMocked()) announceScan(this, triggerInputs);
  }

  /** Records whether a gate accepts this scan if somebody else started it. @internal */
  noteGate(acceptJoined: pulumi.Input<boolean | undefined>): void {
    this.#joinedRefusal.note(acceptJoined);
  }

  /** Returns whether this is the scan that the run asks for; else the command left this resource out. @internal */
  isOfThisRun(): pulumi.Output<boolean> {
    const owner = this.transport === "webhook" ? this.webhook : this.projectId;
    return isScanOfRun(this.#asked, {
      owner,
      triggers: this.triggers,
      runId: this.runId,
      specification: this.apiSpecification,
    });
  }
}

/** Unknown in a preview: a saved plan would hold the deployment to the preview's ID. */
function newRunId(): pulumi.Input<string> {
  if (isMocked()) return "mocked";
  return pulumi.runtime.isDryRun() ? pulumi.output(pulumi.unknown as string) : randomUUID();
}

/** What a scan needs of its project, if that is a resource of the same program. */
export interface ProjectOfProgram {
  readonly urn: pulumi.Output<string>;
  readonly service: pulumi.Output<ServiceIdentity | undefined>;
}

/** By the outputs that a program passes on as a project's ID. */
const projects = new WeakMap<object, ProjectOfProgram>();

/** Records whose ID these outputs are. */
export function noteProject(ids: readonly pulumi.Output<string>[], project: ProjectOfProgram): void {
  for (const id of ids) projects.set(id, project);
}

/** The project whose `projectId` or `id` this is; undefined for a number, and for a derived output. */
const projectOfProgram = (projectId: unknown): ProjectOfProgram | undefined =>
  typeof projectId === "object" && projectId !== null ? projects.get(projectId) : undefined;
