import type * as pulumi from "@pulumi/pulumi";
import { sayEphemeral } from "../../program/log";
import { programService } from "../../program/service";
import { watchEngine } from "../../provider/host/engine-watch";
import type { ScanAddress } from "../../service/service";
import { requestBounds } from "../wait/bounded-request";
import type { GatePorts } from "../wait/decide-gate";
import { formatProgress } from "../wait/polling";
import { Scheduler, type SetTimer } from "../wait/scheduler";

const setTimer: SetTimer = (delayMs, action) => {
  const timer = setTimeout(action, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

let shared: Scheduler | undefined;

/** Returns the one scheduler of this program; its waits end when the engine is gone. */
function programScheduler(): Scheduler {
  if (shared !== undefined) return shared;
  const scheduler = new Scheduler(() => performance.now(), setTimer);
  // Set by the language host. An inline program of the Automation API has none, and its owner watches.
  watchEngine(process.env["PULUMI_NODEJS_ENGINE"], () => {
    scheduler.stop();
  });
  shared = scheduler;
  return scheduler;
}

/**
 * Makes the ports of a gate: the program's service and scheduler, and the gate's row. Each request asks for the service, so
 * that invalid settings fail that request.
 */
export function programPorts(source: ScanAddress, gate: pulumi.Resource): GatePorts {
  const scheduler = programScheduler();
  return {
    askStatus: async (signal) => programService().getScanStatus(source, { signal }),
    stopScan: async (signal) => programService().stopScan(source, { signal }),
    readJson: async (signal) => programService().readReport(source, "json", { signal }),
    readXml: async (signal) => programService().readReport(source, "xml", { signal }),
    sendBounded: requestBounds(setTimer, scheduler.stopped),
    wait: (delayMs) => scheduler.wait(delayMs),
    now: () => new Date(),
    nowMs: () => performance.now(),
    random: Math.random,
    tell: (progress) => {
      sayEphemeral(formatProgress(progress), gate);
    },
  };
}
