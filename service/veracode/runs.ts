import { CrashtestError } from "../../errors/errors";
import { plainText } from "../../errors/plain-text";
import { unexpectedAnswer } from "../http/errors";
import type { Login } from "../login";
import type { ScanStatus } from "../scan-status";
import type { CallOptions, OwnerOption, StartedScan, StartOptions, StopOptions } from "../service";
import { jsonOf, type Answer, type Api, type ApiRequest } from "./api";
import { listAll } from "./pages";
import type { Profiles } from "./profiles";
import { isOn, readRun, stateOfRun, type Run } from "./run";
import { mayHaveBeenDone, type Targets } from "./targets";

/** Of a status that is not known, as far as it is shown. */
const LONGEST_STATUS = 40;
const STOP_POLL_MS = 2_000;
/** After that, whoever waits for the end of a run has to try again. */
const LONGEST_STOP_MS = 5 * 60_000;

/** The operations on analysis runs. */
export class Runs {
  readonly #api: Api;
  readonly #targets: Targets;
  readonly #profiles: Profiles;

  constructor(api: Api, targets: Targets, profiles: Profiles) {
    this.#api = api;
    this.#targets = targets;
    this.#profiles = profiles;
  }

  /**
   * Starts a run, or joins the one that is on. Never retried where the request may have arrived: if its answer is lost, the only
   * run that was not there before is joined. Its login and specification are set in the target's profile before; a run that is
   * joined has those that it was started with.
   *
   * @throws ApiError; TransportError or CrashtestError `OUTCOME_UNKNOWN` where none or several runs began; CrashtestError
   * `CONFLICT` where the service twice gives no reason for its refusal
   */
  async startRun(targetId: string, options: StartOptions & OwnerOption = {}): Promise<StartedScan | "projectNotFound"> {
    const first = await this.#startOnce(targetId, options);
    if (first !== "refusedWithoutReason") return first;
    // The run that was on may have ended between the refusal and the look at the runs.
    const second = await this.#startOnce(targetId, options);
    if (second !== "refusedWithoutReason") return second;
    throw new CrashtestError({
      code: "CONFLICT",
      problem:
        `Could not start a scan of target ${targetId}: the service refused the start without a reason (400), twice, although no ` +
        "scan runs",
      remedy: "Look on the service's pages for what is wrong with the target, and run again.",
    });
  }

  async #startOnce(
    targetId: string,
    options: StartOptions & OwnerOption,
  ): Promise<StartedScan | "projectNotFound" | "refusedWithoutReason"> {
    const { owner, login } = options;
    const before = await this.#list(targetId, { owner });
    if (before === "targetNotFound") return "projectNotFound";
    await this.#profiles.prepare(targetId, options);
    const result = await this.#requestRun(targetId, login);
    if (result instanceof Error) return this.#findLost(targetId, before, result);
    if (!("runId" in result)) return this.#joinOrRefuse(targetId, result);
    // A service may answer with the run that was on, which may have tested what was there before.
    return this.#started(result, { joined: before.some(({ runId }) => runId === result.runId) });
  }

  /**
   * Stops a run. The service stops whatever runs of a target, so the run is read first; another one that begins between the two
   * requests is stopped in its place.
   *
   * @throws CrashtestError `CONFLICT` with `untilStopped`, where the run is still stopping after five minutes
   */
  async stopRun(
    targetId: string,
    runId: string,
    { untilStopped = false, ...options }: StopOptions = {},
  ): Promise<"stopped" | "notFound" | "notRunning"> {
    const run = await this.#read(targetId, runId, options);
    if (run === undefined) return "notFound";
    if (!isOn(run)) return "notRunning";
    if (run.status === "RUNNING") {
      const outcome = await this.#requestStop(targetId, runId, options);
      if (outcome !== "stopped") return outcome;
    }
    if (untilStopped) await this.#waitUntilStopped(targetId, runId, options);
    return "stopped";
  }

  /** Returns the status of a run; undefined where there is no such run. */
  async getRunStatus(targetId: string, runId: string, options: CallOptions = {}): Promise<ScanStatus | undefined> {
    const run = await this.#read(targetId, runId, options);
    if (run === undefined) return undefined;
    const { maxCvss } = run;
    const state = stateOfRun(run);
    const reason =
      state === "unknown" ? `the service calls it ${plainText(run.status).slice(0, LONGEST_STATUS)}` : undefined;
    return { scanId: runId, state, ...(reason && { reason }), ...(maxCvss !== undefined && { maxCvss }) };
  }

  /** Returns the started run, the refusal, or an error in spite of which a run may have begun. */
  async #requestRun(targetId: string, login: Login | undefined): Promise<Run | Extract<Answer, { ok: false }> | Error> {
    const { isLoopback } = this.#api.service;
    const check = login?.check !== undefined && isLoopback ? { login_check: login.check } : {};
    try {
      const answer = await this.#api.exchange({
        operation: "startAnalysisRun",
        parameters: {},
        purpose: `start a scan of target ${targetId}`,
        body: { id: targetId, ...check },
        unknownOutcomeRemedy: "Run again: a scan that was started and is still running is joined.",
      });
      if (!answer.ok) {
        const failure = answer.failure();
        return answer.status !== 400 && answer.status !== 404 && mayHaveBeenDone(failure) ? failure : answer;
      }
      // The service's schema allows null.
      return readRun(jsonOf(answer)) ?? unexpectedAnswer(answer.attempt, "JSON without a run's ID and status");
    } catch (error) {
      if (mayHaveBeenDone(error)) return error;
      throw error;
    }
  }

  /** A 400 says that a run is on, that the target is gone, or something else. */
  async #joinOrRefuse(
    targetId: string,
    refusal: Extract<Answer, { ok: false }>,
  ): Promise<StartedScan | "projectNotFound" | "refusedWithoutReason"> {
    if (refusal.status !== 400 && refusal.status !== 404) throw refusal.failure();
    const runs = await this.#list(targetId);
    if (runs === "targetNotFound") return "projectNotFound";
    const running = runs.find(isOn);
    if (running !== undefined) return this.#started(running, { joined: true });
    if (await this.#targets.isGone(targetId)) return "projectNotFound";
    if (refusal.status === 400 && refusal.problem === undefined) return "refusedWithoutReason";
    throw refusal.failure();
  }

  async #findLost(targetId: string, before: readonly Run[], reason: Error): Promise<StartedScan | "projectNotFound"> {
    const runs = await this.#list(targetId).catch((error: unknown) => {
      throw error instanceof CrashtestError ? reason : error;
    });
    if (runs === "targetNotFound") return "projectNotFound";
    const known = new Set(before.map(({ runId }) => runId));
    const begun = runs.filter(({ runId }) => !known.has(runId));
    const [only] = begun;
    if (only === undefined) throw reason;
    if (begun.length === 1) return this.#started(only, { joined: true, isFoundAfterLostStart: true });
    throw new CrashtestError({
      code: "OUTCOME_UNKNOWN",
      problem:
        `Could not start a scan of target ${targetId}: the answer to the start was lost, and ${begun.length} scans have begun ` +
        `since, ${begun.map(({ runId }) => runId).join(", ")}`,
      remedy: "Stop what else starts scans of this target, and run again.",
      cause: reason,
    });
  }

  #started({ runId, startedAt }: Run, how: Pick<StartedScan, "joined" | "isFoundAfterLostStart">): StartedScan {
    const { identity } = this.#api.service;
    return { scanId: runId, ...how, ...(startedAt !== undefined && { startedAt }), service: identity };
  }

  async #requestStop(
    targetId: string,
    runId: string,
    options: CallOptions,
  ): Promise<"stopped" | "notFound" | "notRunning"> {
    const answer = await this.#api.exchange({
      operation: "stopAnalysisRun",
      parameters: { targetId },
      query: { action: "STOP_SAVE" },
      purpose: `stop scan ${runId} of target ${targetId}`,
      ...options,
    });
    if (answer.ok) return "stopped";
    // Or the run has ended since it was read.
    const run = answer.status === 400 || answer.status === 404 ? await this.#read(targetId, runId, options) : "unread";
    if (run === undefined) return "notFound";
    if (run !== "unread" && run.status !== "RUNNING") return isOn(run) ? "stopped" : "notRunning";
    throw answer.failure();
  }

  async #waitUntilStopped(targetId: string, runId: string, options: CallOptions): Promise<void> {
    for (let waitedMs = 0; waitedMs < LONGEST_STOP_MS; waitedMs += STOP_POLL_MS) {
      const run = await this.#read(targetId, runId, options);
      if (run === undefined || !isOn(run)) return;
      await this.#api.wait(STOP_POLL_MS, requestForRun(targetId, runId, options));
    }
    throw new CrashtestError({
      code: "CONFLICT",
      problem: `Scan ${runId} of target ${targetId} is still stopping after ${LONGEST_STOP_MS / 60_000} minutes`,
      remedy: "Run again when it has stopped.",
    });
  }

  async #read(targetId: string, runId: string, options: CallOptions): Promise<Run | undefined> {
    const answer = await this.#api.exchange(requestForRun(targetId, runId, options));
    if (answer.ok) {
      const run = readRun(jsonOf(answer));
      if (run !== undefined) return run;
      throw unexpectedAnswer(answer.attempt, "JSON without a run's ID and status");
    }
    if (answer.status !== 404) throw answer.failure();
    if (answer.problem !== undefined) return undefined;
    // A 404 that is not the service's own may be a gateway's; the list of runs tells.
    const runs = await this.#list(targetId, options);
    if (runs === "targetNotFound" || !runs.some((run) => run.runId === runId)) return undefined;
    throw answer.failure();
  }

  /** Returns all runs of a target, or that there is no such target. */
  async #list(targetId: string, options: CallOptions = {}): Promise<Run[] | "targetNotFound"> {
    const purpose = `list the scans of target ${targetId}`;
    const request = { operation: "listAnalysisRuns", parameters: { targetId }, purpose, ...options } as const;
    try {
      const all = await listAll(this.#api, request);
      return all.flatMap((value) => readRun(value) ?? []);
    } catch (error) {
      if (mayMeanGone(error) && (await this.#targets.isGone(targetId))) return "targetNotFound";
      throw error;
    }
  }
}

const requestForRun = (targetId: string, runId: string, options: CallOptions): ApiRequest => ({
  operation: "getAnalysisRun",
  parameters: { targetId, analysisRunId: runId },
  purpose: `get the status of scan ${runId} of target ${targetId}`,
  ...options,
});

/** Whether a refusal to list a target's runs may be because the target is gone. A 404 without the service's words is unexpected. */
const mayMeanGone = (error: unknown): boolean =>
  error instanceof CrashtestError && ["NOT_FOUND", "INVALID_REQUEST", "UNEXPECTED_ANSWER"].includes(error.code);
