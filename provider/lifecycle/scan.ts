import { CrashtestError } from "../../errors/errors";
import {
  UnfinishedUpdate,
  requireSameKind,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  UNKNOWN,
  type Values,
} from "./lifecycle";
import { decideDifference, endedBadly } from "./scan-difference";
import type { ScanState } from "../../service/scan-status";
import { specificationOf } from "./reach/api-specification";
import { checkScan, type ScanInputs } from "./scan-inputs";
import { startOrJoin } from "./scan-start";
import { LOGIN_KINDS, loginKindsOf, type Login, type LoginKind } from "../../service/login";
import { kindOf, type ScanTarget, type ServiceIdentity, type StartedScan } from "../../service/service";

/** A scan that was started or joined. */
export interface ScanResourceState extends Omit<ScanInputs, "projectUrn" | "projectOwner" | "login"> {
  /** The ways in which the scan logs in; absent: none. Nothing else of a login is an output. */
  loginKinds?: readonly LoginKind[];
  scanId: string;
  joined: boolean;
  /** Set where the answer to the start was lost, and this is the only scan that began after it; `joined` is true then. */
  isFoundAfterLostStart?: true;
  /** When the scan began, by the service's clock; or when this resource started or joined it. ISO 8601, in UTC. */
  startedAt: string;
  /** The service that issued the IDs; absent in states of releases that did not record it, until an update. */
  service?: ServiceIdentity;
}

/** Starts a scan on create, another one when a trigger changed, and on delete stops the one that it started. */
export const scanLifecycle = {
  check: checkScan,
  diff,
  create,
  /** Keeps the state: the status of a scan would never converge. */
  async read(context, id, state) {
    if (state.scanId !== undefined) requireSameKind(context, state.service, nameOf({ ...state, scanId: state.scanId }));
    return Promise.resolve({ id, state });
  },
  update,
  delete: stopOwn,
} satisfies Lifecycle<ScanInputs, ScanResourceState>;

async function diff(
  context: LifecycleContext,
  _id: string,
  olds: ScanResourceState,
  news: Values,
): Promise<Difference> {
  requireSameKind(context, olds.service, nameOf(olds));
  // By webhook no scan is stopped, and another one can be started at another address.
  if (olds.webhook === undefined) context.service.requireSame(olds.service, nameOf(olds));
  const decided = decideDifference({ ...olds }, news);
  const because = decided.kind === "askStatus" ? await unfitnessOf(context, olds, news) : decided.because;
  if (because === undefined) return { changes: false };
  const isCertain = decided.kind !== "update" || decided.isCertain;
  context.tell(`Another scan ${isCertain ? "follows" : "may follow"} ${nameOf(olds)}: ${because}.`);
  return decided.kind === "replace"
    ? { changes: true, replaces: decided.inputs, deleteBeforeReplace: true }
    : { changes: true };
}

/** A webhook is a secret. */
const nameOf = ({ projectId, scanId }: Pick<ScanResourceState, "projectId" | "scanId">): string =>
  projectId === undefined ? `scan ${scanId}` : `scan ${scanId} of project ${projectId}`;

/**
 * Returns why another scan follows although no trigger changed: one that failed, or that somebody else started, would otherwise
 * close its gate for ever. Not for scans by webhook, all of which count as joined.
 */
async function unfitnessOf(
  context: LifecycleContext,
  olds: ScanResourceState,
  news: Values,
): Promise<string | undefined> {
  const isJoined = !isOwn(olds) && olds.projectId !== undefined && olds.isFoundAfterLostStart !== true;
  if (isJoined && news["whenRunning"] === "restart") return 'somebody else started it, and whenRunning is "restart"';
  try {
    const state = await stateOf(context, olds);
    if (endedBadly(state)) return `it ended badly (${state ?? "the service does not know it"})`;
    const isRefused = isJoined && news["refusesJoined"] === true && state === "finished";
    return isRefused ? "somebody else started it, so its gate refuses it, and it has ended" : undefined;
  } catch (error) {
    if (error instanceof CrashtestError && error.code === "OTHER_SERVICE") {
      if (olds.webhook !== undefined) return "it belongs to another service";
      throw error;
    }
    const why = error instanceof Error ? error.message : String(error);
    context.warn(`Scan ${olds.scanId} counts as unchanged, since its status is unknown. ${why}`);
    return undefined;
  }
}

async function stateOf(context: LifecycleContext, olds: ScanResourceState): Promise<ScanState | undefined> {
  const address = { ...targetOf(olds, olds.service), scanId: olds.scanId };
  const status = await context.service.getScanStatus(address, { signal: context.signal });
  return status?.state;
}

async function create(
  context: LifecycleContext,
  inputs: ScanInputs,
): Promise<{ id: string; state: ScanResourceState }> {
  const started = await startOrJoin(context.service, targetOf(inputs, inputs.projectOwner), {
    ...inputs,
    signal: context.signal,
    content: { login: inputs.login, apiSpecification: specificationOf(context, inputs.apiSpecification) },
  });
  const state = { ...lastingInputs(inputs), startedAt: context.now().toISOString(), ...started };
  return { id: composeScanResourceId(inputs, started.scanId), state };
}

async function update(
  context: LifecycleContext,
  _id: string,
  olds: ScanResourceState,
  news: ScanInputs,
): Promise<ScanResourceState> {
  const started = await startAgain(context, olds, news);
  const isSame = started.scanId === olds.scanId;
  const startedAt = isSame ? olds.startedAt : context.now().toISOString();
  // A scan that somebody else started did not take the body, so what was to be taken out is still to be taken out.
  const kept = started.joined && news.projectId !== undefined ? attemptedLogin(olds, news) : {};
  return { ...lastingInputs(news), ...kept, startedAt, ...started };
}

/**
 * Starts the next scan. If that fails, the state keeps the earlier scan without its triggers, so that they all count as changed
 * and the next deployment retries. Otherwise a mark would be lost, and with it that there is something to scan; also by a
 * refresh, which takes an unfinished update for a finished one.
 */
async function startAgain(context: LifecycleContext, olds: ScanResourceState, news: ScanInputs): Promise<StartedScan> {
  // The webhook of one service is not sent to the other.
  requireSameKind(context, olds.service, nameOf(olds));
  const ownScanId = isOwn(olds) ? olds.scanId : undefined;
  const apiSpecification = specificationOf(context, news.apiSpecification);
  const formerLogin = (olds.loginKinds ?? []).filter((kind) => news.login?.[kind] === undefined);
  const unscanned = { ...olds, ...(olds.triggers !== undefined && { triggers: {} }), ...attemptedLogin(olds, news) };
  try {
    const target = targetOf(news, olds.service ?? news.projectOwner);
    const started = await startOrJoin(context.service, target, {
      ...news,
      ownScanId,
      signal: context.signal,
      content: { login: news.login, formerLogin, apiSpecification },
    });
    // The earlier scan's ID is valid only if that scan is still running.
    if (started.joined || started.scanId !== olds.scanId) return started;
  } catch (error) {
    throw error instanceof Error ? new UnfinishedUpdate(unscanned, error) : error;
  }
  const problem = `The service answered that it started another scan, but gave the ID of the earlier scan ${olds.scanId}`;
  throw new UnfinishedUpdate(unscanned, new CrashtestError({ code: "UNEXPECTED_ANSWER", problem }));
}

async function stopOwn(context: LifecycleContext, _id: string, state: ScanResourceState): Promise<void> {
  requireSameKind(context, state.service, nameOf(state));
  if (!isOwn(state)) return;
  const target = targetOf(state, state.service);
  if (context.service.rules.abilitiesFor(kindOf(target)).canStop) {
    await context.service.stopScan({ ...target, scanId: state.scanId });
  }
}

const lastingInputs = ({ projectUrn: _urn, projectOwner: _owner, login, ...lasting }: ScanInputs) => ({
  ...lasting,
  ...withLoginKinds(loginKindsOf(login)),
});

/** Returns what a preview knows of the outputs of a scan that will start; `UNKNOWN` stands for the rest. */
export function foreseeScan({ projectUrn: _urn, projectOwner: _owner, login, ...lasting }: Values): Values {
  const loginKinds =
    login === UNKNOWN ? { loginKinds: UNKNOWN } : withLoginKinds(loginKindsOf(login as Login | undefined));
  return { ...lasting, ...loginKinds, scanId: UNKNOWN, joined: UNKNOWN, startedAt: UNKNOWN, service: UNKNOWN };
}

const withLoginKinds = (loginKinds: readonly LoginKind[]): Pick<ScanResourceState, "loginKinds"> =>
  loginKinds.length === 0 ? {} : { loginKinds };

/** Where a start may have left its login at the service, or may not have, both count as former ones at the next start. */
function attemptedLogin({ loginKinds = [] }: ScanResourceState, { login }: ScanInputs) {
  const attempted = loginKindsOf(login);
  return withLoginKinds(LOGIN_KINDS.filter((kind) => loginKinds.includes(kind) || attempted.includes(kind)));
}

/** Whether this resource started the scan. A scan counts as joined where the state does not say. */
const isOwn = (state: Partial<ScanResourceState>): boolean => state.joined === false;

/** Returns the ID in the engine's state. It never changes although the scan does, so it is never parsed; it contains no webhook. */
export const composeScanResourceId = ({ projectId = "webhook" }: Partial<ScanInputs>, firstScanId: string): string =>
  `${projectId}/${firstScanId}`;

/** @param owner the service that issued the IDs of project and scan */
function targetOf({ projectId, webhook }: Partial<ScanInputs>, owner: ServiceIdentity | undefined): ScanTarget {
  if (projectId !== undefined) return { projectId, owner };
  if (webhook !== undefined) return { webhook, owner };
  throw new TypeError("a scan with neither projectId nor webhook passed check");
}
