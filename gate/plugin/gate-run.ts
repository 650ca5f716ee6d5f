import { UNKNOWN, type Values } from "../../provider/lifecycle/lifecycle";
import { Secret } from "../../provider/wire/properties";
import { type HostDecision, announceWait, decide } from "../host/decide";
import { type GateRow, clockScheduler, gatePorts } from "../host/ports";
import {
  NO_VERDICT,
  type SettledVerdict,
  announceVerdict,
  answeredVerdict,
  leftOutVerdict,
} from "../host/settled-verdict";
import { type Verdict, holdsBack } from "../rules/verdict";
import type { Scheduler } from "../wait/scheduler";
import type { GateCall } from "./gate-call";
import type { GateInputs } from "./gate-inputs";
import type { GateMonitor } from "./monitor";
import { gateTarget } from "./scan-target";

/** What a gate runs over. */
export interface GateRun extends Pick<GateCall, "service" | "secrets" | "scans" | "signal"> {
  urn: string;
  row: GateRow;
  monitor: Pick<GateMonitor, "registerVerdict" | "readResource">;
  isPreview: boolean;
  /** The command only takes resources down: the gate neither waits nor holds back. */
  isTakingDown: boolean;
}

/** A gate that holds the deployment back. */
export class GateClosed extends Error {}

/**
 * Waits for a gate's scan, hands the verdict to its child, and returns the gate's outputs: with `UNKNOWN` where a preview does
 * not know the scan yet.
 *
 * @throws GateClosed if the gate holds the deployment back, also in a preview, whatever the command leaves out
 * @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID
 */
export async function runGate(inputs: GateInputs, run: GateRun): Promise<Values> {
  const decision = run.isTakingDown ? undefined : await decisionOf(inputs, run);
  run.signal.throwIfAborted();
  // A gate closes before its child is registered, whose check would fail as well: the engine then shows one error, that of the
  // component. What the state has of the child stays, since the engine deletes nothing after an error of the program.
  if (decision === undefined && !run.isPreview && !run.isTakingDown) throw new GateClosed(NO_VERDICT);
  const decided = decision?.verdict && settle(decision, { verdict: decision.verdict, table: decision.table }, run);
  const recorded = await run.monitor.registerVerdict(run.urn, verdictInputs(inputs, decision));
  if (decision !== undefined) return outputsOf(inputs, decision, decided ?? answerOf(decision, recorded, run));
  return Object.fromEntries(OUTPUTS.map((name) => [name, UNKNOWN]));
}

/** Undefined where this run does not know the scan, or its end, yet. */
async function decisionOf(inputs: GateInputs, run: GateRun): Promise<HostDecision | undefined> {
  const { service, secrets, signal, isPreview, row } = run;
  const target = await gateTarget(inputs.target, run, run.monitor);
  if (target === undefined || inputs.settings === UNKNOWN) {
    if (isPreview) announceWait(row);
    return undefined;
  }
  const scheduler = schedulerUntil(signal);
  return decide(target, inputs.settings, {
    isPreview,
    row,
    ports: (source) => gatePorts({ source, service: () => service, scheduler, row }),
    secrets: () => secrets,
  });
}

/** Its waits end at once with the signal. */
function schedulerUntil(signal: AbortSignal): Scheduler {
  const scheduler = clockScheduler();
  const stop = (): void => {
    scheduler.stop();
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return scheduler;
}

function verdictInputs({ keepsBaseline, isSecret }: GateInputs, decision: HostDecision | undefined): Values {
  // All is unknown that depends on the scan, so that a saved plan lets the deployment record it.
  if (decision === undefined) {
    return { verdict: UNKNOWN, question: UNKNOWN, advisory: UNKNOWN, service: UNKNOWN, keepsBaseline };
  }
  const { verdict, question, isAdvisory, service } = decision;
  const marked = (value: unknown): unknown => (isSecret && value !== undefined ? new Secret(value) : value);
  return { verdict: marked(verdict), question: marked(question), advisory: isAdvisory, service, keepsBaseline };
}

/** Returns what the child answered with the help of the state; its check has failed if that holds back. */
function answerOf(decision: HostDecision, recorded: Values, run: GateRun): Verdict {
  const { question = "" } = decision;
  const answered = answeredVerdict(question, { verdict: recorded["verdict"], baseline: recorded["baseline"] });
  if (answered === undefined) throw new GateClosed(leftOutVerdict(question).message);
  return settle(decision, answered, run);
}

/** Tells people of a verdict, and obeys it. */
function settle(decision: HostDecision, settled: SettledVerdict, run: GateRun): Verdict {
  announceVerdict(decision, settled, run);
  const { verdict } = settled;
  if (holdsBack(verdict, decision.isAdvisory)) throw new GateClosed(verdict.message);
  return verdict;
}

const OUTPUTS = ["passed", "verdict", "findingCounts", "scanId", "projectId", "status"] as const;

/** Secret where an input is: the findings may then be. */
function outputsOf({ isSecret }: GateInputs, decision: HostDecision, verdict: Verdict): Values {
  const { scanId, projectId, status, findingCounts } = decision;
  const outputs: Record<(typeof OUTPUTS)[number], unknown> = {
    passed: verdict.passed,
    verdict,
    findingCounts,
    scanId,
    projectId,
    status,
  };
  if (!isSecret) return outputs;
  const known = Object.entries(outputs).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, new Secret(value)]));
}
