import { InputReader, InvalidInput, parseId, parseText } from "./inputs";
import { CrashtestError } from "../errors";
import type { ServiceIdentity } from "../service-identity";
import {
  UnfinishedUpdate,
  type CheckFailure,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  type Values,
} from "./lifecycle";
import { decideDifference, endedBadly } from "./scan-difference";
import { startOrJoin, type WhenRunning } from "./scan-start";
import type { RunningScan, ScanTarget } from "./service";
import { resolveTriggers } from "./triggers";

/** What a scan is started from, checked; one of `projectId` and `webhook` is there. */
export interface ScanInputs {
  projectId?: string;
  webhook?: string;
  /** The resource of the project, where the program knows it; not kept. */
  projectUrn?: string;
  /** The service that the project's ID was given out by, where the program knows it; not kept. */
  projectOwner?: ServiceIdentity;
  /** Digests by name or index. Absent: a new scan at each deployment. */
  triggers?: Record<string, string>;
  /** Names the run that asks for the scan, where there are no triggers. */
  runId?: string;
  whenRunning: WhenRunning;
  /** Whether a gate refuses a scan that somebody else started. Absent: none does, or nobody knows. */
  refusesJoined?: true;
}

/** A scan that was started or joined. */
export interface ScanState extends Omit<ScanInputs, "projectUrn" | "projectOwner"> {
  scanId: string;
  joined: boolean;
  /** When this resource started or joined the scan, as an ISO 8601 time in UTC. */
  startedAt: string;
  /** The service that the IDs were given out by; absent in states of releases that did not note it, until an update. */
  service?: ServiceIdentity;
}

const LONGEST_RUN_ID = 64;
const LONGEST_URN = 4_096;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Starts a scan at a create, another one when a trigger changed, and stops at a delete what it started. */
export const scanLifecycle: Lifecycle<ScanInputs, ScanState> = {
  check,
  diff,
  create,
  /** A status would never converge, so nothing of the service is read. */
  read: (_context, id, state) => ({ id, state }),
  update,
  delete: stopOwn,
};

function check(context: LifecycleContext, olds: Values, news: Values): { inputs: Values; failures: CheckFailure[] } {
  const reader = new InputReader(news);
  reader.take("projectId", parseId);
  reader.take("webhook", parseWebhook);
  /** `resourceDigests` ends here: state holds one digest for each trigger. */
  reader.take("triggers", (value) => resolveTriggers(parseDigests(value), news["resourceDigests"], olds["triggers"]));
  reader.take("projectUrn", parseText(LONGEST_URN));
  reader.take("projectOwner", parseOwner);
  reader.take("runId", parseText(LONGEST_RUN_ID));
  reader.take("whenRunning", parseWhenRunning, "join");
  reader.take("refusesJoined", parseRefusal);
  if (reader.has("projectId") === reader.has("webhook")) {
    reader.fail("projectId", "has to be set, or webhook, and not both");
  }
  if (reader.has("webhook") && reader.inputs["whenRunning"] === "restart") {
    reader.fail(
      "whenRunning",
      '"restart" cannot be done by webhook, which cannot stop a scan: use "join", or projectId',
    );
  }
  const transport = reader.has("webhook") ? "webhook" : "project";
  for (const problem of context.service.configurationProblems(transport)) reader.fail("", problem);
  return { inputs: reader.inputs, failures: reader.failures };
}

/** The UUID of a webhook. */
export function parseWebhook(value: unknown): string {
  if (typeof value === "string" && UUID.test(value)) return value;
  throw new InvalidInput("has to be the UUID of a project's webhook, without the address before it");
}

function parseOwner(value: unknown): ServiceIdentity {
  const { origin, instance } = value as Partial<ServiceIdentity>;
  if (typeof origin === "string") return { origin, ...(typeof instance === "string" && { instance }) };
  throw new InvalidInput("has to name a service");
}

function parseWhenRunning(value: unknown): WhenRunning {
  if (value === "join" || value === "restart") return value;
  throw new InvalidInput('has to be "join" or "restart"');
}

function parseRefusal(value: unknown): true {
  if (value === true) return value;
  throw new InvalidInput("has to be true, or absent");
}

function parseDigests(value: unknown): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  throw new InvalidInput("has to be a list or an object of values");
}

async function diff(context: LifecycleContext, _id: string, olds: ScanState, news: Values): Promise<Difference> {
  /** A webhook starts another scan wherever it is, and stops none. */
  if (olds.webhook === undefined) context.service.requireSame(olds.service, `scan ${olds.scanId}${ownerOf(olds)}`);
  const decided = decideDifference(olds, news);
  const because = decided.kind === "askStatus" ? await unfitnessOf(context, olds, news) : decided.because;
  if (because === undefined) return { changes: false };
  const isCertain = decided.kind !== "update" || decided.isCertain;
  context.tell(`Another scan ${isCertain ? "follows" : "may follow"} scan ${olds.scanId}${ownerOf(olds)}: ${because}.`);
  return decided.kind === "replace"
    ? { changes: true, replaces: decided.inputs, deleteBeforeReplace: true }
    : { changes: true };
}

/** A webhook is named nowhere. */
const ownerOf = ({ projectId }: ScanState): string => (projectId === undefined ? "" : ` of project ${projectId}`);

/**
 * Why a scan is followed by another though its triggers did not change: one that failed, or that somebody else had started,
 * would otherwise close its gate for ever. A webhook's scans are all somebody else's.
 */
async function unfitnessOf(context: LifecycleContext, olds: ScanState, news: Values): Promise<string | undefined> {
  const isJoined = !isOwn(olds) && olds.projectId !== undefined;
  if (isJoined && news["whenRunning"] === "restart") return 'somebody else started it, and whenRunning is "restart"';
  try {
    const state = await context.service.getScanState(targetOf(olds, olds.service), olds.scanId);
    if (endedBadly(state)) return `it ended badly (${state ?? "the service does not know it"})`;
    const isRefused = isJoined && news["refusesJoined"] === true && state === "finished";
    return isRefused ? "somebody else started it, so that its gate refuses it, and it has ended" : undefined;
  } catch (error) {
    if (error instanceof CrashtestError && error.code === "OTHER_SERVICE") {
      if (olds.webhook !== undefined) return "it belongs to another service";
      throw error;
    }
    const why = error instanceof Error ? error.message : String(error);
    context.warn(`Scan ${olds.scanId} is taken for unchanged, since its status is not known. ${why}`);
    return undefined;
  }
}

async function create(context: LifecycleContext, inputs: ScanInputs): Promise<{ id: string; state: ScanState }> {
  const started = await startOrJoin(context.service, targetOf(inputs, inputs.projectOwner), inputs.whenRunning);
  const state = { ...lastingInputs(inputs), ...started, startedAt: context.now().toISOString() };
  return { id: composeScanResourceId(inputs, started.scanId), state };
}

async function update(context: LifecycleContext, _id: string, olds: ScanState, news: ScanInputs): Promise<ScanState> {
  const started = await startAgain(context, olds, news);
  const isSame = started.scanId === olds.scanId;
  return { ...lastingInputs(news), ...started, startedAt: isSame ? olds.startedAt : context.now().toISOString() };
}

/**
 * A start that fails keeps the earlier scan in state, but for its triggers: the next deployment takes all of them for
 * changed and tries again. A mark of the deployment would otherwise be forgotten, and with it that there is something to
 * scan; also by a refresh, which takes an unfinished update for a finished one.
 */
async function startAgain(context: LifecycleContext, olds: ScanState, news: ScanInputs): Promise<RunningScan> {
  const own = isOwn(olds) ? olds.scanId : undefined;
  const unscanned = olds.triggers === undefined ? olds : { ...olds, triggers: {} };
  try {
    const started = await startOrJoin(
      context.service,
      targetOf(news, olds.service ?? news.projectOwner),
      news.whenRunning,
      own,
    );
    /** The earlier scan's ID is no answer to a start, unless that scan still runs. */
    if (started.joined || started.scanId !== olds.scanId) return started;
  } catch (error) {
    throw error instanceof Error ? new UnfinishedUpdate(unscanned, error) : error;
  }
  const problem = `The service says that it started another scan, and names scan ${olds.scanId}, which is the earlier one`;
  throw new UnfinishedUpdate(unscanned, new CrashtestError({ code: "UNEXPECTED_ANSWER", problem }));
}

async function stopOwn(context: LifecycleContext, _id: string, state: ScanState): Promise<void> {
  if (!isOwn(state) || state.projectId === undefined) return;
  await context.service.stopScan(state.projectId, state.scanId, state.service);
}

function lastingInputs({ projectUrn: _urn, projectOwner: _owner, ...lasting }: ScanInputs) {
  return lasting;
}

/** Whether this resource started the scan. Where a state does not say, nobody can tell, which counts as joined. */
const isOwn = (state: Partial<ScanState>): boolean => state.joined === false;

/** The ID in the engine's state: made once, and never read, since the scan changes under it. It holds no webhook. */
export const composeScanResourceId = (inputs: Pick<ScanInputs, "projectId">, firstScanId: string): string =>
  `${inputs.projectId ?? "webhook"}/${firstScanId}`;

/** @param owner the service that the numbers of project and scan belong to */
function targetOf(
  inputs: Pick<ScanInputs, "projectId" | "webhook" | "projectUrn">,
  owner: ServiceIdentity | undefined,
): ScanTarget {
  const { projectId, webhook, projectUrn } = inputs;
  const known = { ...(owner !== undefined && { owner }), ...(projectUrn !== undefined && { projectUrn }) };
  if (projectId !== undefined) return { projectId, ...known };
  if (webhook !== undefined) return { webhook, ...known };
  throw new TypeError("a scan without projectId and webhook passed check");
}
