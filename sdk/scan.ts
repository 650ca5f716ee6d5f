import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { providerText, TYPE_MODULE } from "../provider/engine/provider-text";
import type { WhenRunning } from "../provider/lifecycle/scan-start";
import type { ServiceIdentity } from "../provider/service-identity";
import { undefinedWhereAbsent } from "./absent-output";
import { requireDirectDependency } from "./direct-dependency";
import { JoinedRefusal } from "./joined-refusal";
import { isMocked, orDefault } from "./mocks";
import { projectOfProgram } from "./project-of-program";
import { isScanOfRun, type ScanRequest } from "./scan-of-run";
import { sayWhatWillHappen } from "./scan-preview";
import { refusePlainApiKey } from "./settings";
import { digestTriggers, type TriggerInputs, type Triggers } from "./triggers";

/** When to scan, and what to do about a scan that runs already. */
export interface ScanSettings {
  /**
   * Values whose change asks for a new scan. Absent: a new scan at each `pulumi up`. Empty: one scan, and no other.
   * @default a new scan at each `pulumi up`
   */
  triggers?: Triggers;
  /**
   * What to do about a scan of the project that somebody else started: `join` it (the output `joined` is then true, and
   * it may have tested what was there before this deployment), or stop it and start anew (`restart`).
   *
   * A scan that this resource started itself and that still runs is kept while its triggers are unchanged, and otherwise
   * always stopped and started anew. One that it joined is followed by one of its own once this is `restart`, or once it has
   * ended where a gate refuses it.
   * @default "join"
   */
  whenRunning?: pulumi.Input<WhenRunning>;
}

/** What is scanned: a project of the account, or the project of a webhook. Changing it replaces the scan. */
export type ScanTargetArgs =
  | {
      /** The project's ID, digits. */
      projectId: pulumi.Input<string | number>;
      webhook?: never;
    }
  | {
      projectId?: never;
      /**
       * The secret UUID of a project's webhook, which needs no API key. It can start and follow a scan, not stop one, and
       * does not say whether the scan ran before: `joined` is always true. Held as a secret, also if given plain.
       */
      webhook: pulumi.Input<string>;
    };

export type ScanArgs = ScanTargetArgs & ScanSettings;

/**
 * A scan, started when this resource is created and again when a trigger changed.
 *
 * - A scan that was stopped, failed, or is gone is started anew by the next `pulumi up`, also with unchanged triggers.
 * - `pulumi destroy` stops the scan if it still runs and this resource started it; a joined one is left alone.
 * - There is no `status` output: it would change by itself. Ask with `getScanStatus`.
 *
 * @example a scan whenever the build changes
 * const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [build.digest] });
 * export const scanId = scan.scanId;
 *
 * @example by webhook, without an API key
 * const scan = new crashtest.Scan("nightly", { webhook: config.requireSecret("webhook") });
 */
export class Scan extends pulumi.CustomResource {
  /** The ID of the scan that was started or joined last. */
  declare readonly scanId: pulumi.Output<string>;
  /** Whether that scan ran before this resource asked for one, or nobody can tell. */
  declare readonly joined: pulumi.Output<boolean>;
  /** When this resource started or joined that scan, as an ISO 8601 time in UTC. */
  declare readonly startedAt: pulumi.Output<string>;
  /** The project's ID; undefined with a webhook. */
  declare readonly projectId: pulumi.Output<string | undefined>;
  /** The webhook's UUID, a secret; undefined with a project. */
  declare readonly webhook: pulumi.Output<string | undefined>;
  /** The triggers' digests by index or name. */
  declare readonly triggers: pulumi.Output<Record<string, string> | undefined>;
  /** Names the run that asked for the scan; undefined with triggers. @internal */
  declare readonly runId: pulumi.Output<string | undefined>;
  /** The service that the IDs were given out by; undefined where nobody noted it. @internal */
  declare readonly service: pulumi.Output<ServiceIdentity | undefined>;
  /** How the service is asked. Of `projectId` and `webhook` the other one is unknown in previews, not undefined. */
  readonly transport: "project" | "webhook";

  readonly #asked: ScanRequest<TriggerInputs>;
  readonly #joinedRefusal: JoinedRefusal;

  /**
   * @param name the logical name, unique among the stack's scans
   * @param args what to scan, and when
   * @param opts Pulumi's resource options; a scan is always deleted before it is replaced
   * @throws ConfigurationError where the API key stands in plain configuration
   */
  constructor(name: string, args: ScanArgs, opts?: pulumi.CustomResourceOptions) {
    requireDirectDependency();
    refusePlainApiKey();
    const triggerInputs = args.triggers && digestTriggers(args.triggers);
    /** Without triggers each run changes the scan, so that what is in state tells which run it is of. */
    const runId = triggerInputs === undefined ? newRunId() : undefined;
    const joinedRefusal = new JoinedRefusal();
    const project = projectOfProgram(args.projectId);
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
      scanId: undefined,
      joined: undefined,
      startedAt: undefined,
      service: undefined,
    };
    /** Otherwise `up --replace` would join the running scan and then stop it. */
    const options = { ...opts, deleteBeforeReplace: true };
    super(`${TYPE_MODULE}:Scan`, name, inputs, options);
    this.service = undefinedWhereAbsent(this.service, this.scanId);
    this.scanId = orDefault(this.scanId, "1");
    this.joined = orDefault(this.joined, false);
    this.startedAt = orDefault(this.startedAt, new Date(0).toISOString());
    this.transport = args.webhook === undefined ? "project" : "webhook";
    this.#joinedRefusal = joinedRefusal;
    this.#asked = { owner: args.webhook ?? args.projectId, triggers: triggerInputs, runId };
    if (pulumi.runtime.isDryRun() && !isMocked()) sayWhatWillHappen(this, triggerInputs);
  }

  /**
   * Notes what a gate makes of this scan where somebody else started it.
   * @internal
   */
  noteGate(acceptJoined: pulumi.Input<boolean | undefined>): void {
    this.#joinedRefusal.note(acceptJoined);
  }

  /**
   * Whether this is the scan that the run asks for, and not an earlier one since the command left this resource out.
   * @internal
   */
  isOfThisRun(): pulumi.Output<boolean> {
    const owner = this.transport === "webhook" ? this.webhook : this.projectId;
    return isScanOfRun(this.#asked, { owner, triggers: this.triggers, runId: this.runId });
  }
}

/** Unknown in a preview, as it is of the run that deploys: a saved plan would hold that to another. */
function newRunId(): pulumi.Input<string> {
  if (isMocked()) return "mocked";
  return pulumi.runtime.isDryRun() ? pulumi.output(pulumi.unknown as string) : randomUUID();
}
