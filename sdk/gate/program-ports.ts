import type * as pulumi from "@pulumi/pulumi";
import { watchEngine } from "../../provider/engine/engine-watch";
import type { ReportSource } from "../../provider/client";
import { programClient } from "../client";
import { sayForNow } from "../log";
import { retrieveStatus } from "../retrieve-scan-status";
import { requestBounds } from "./bounded-request";
import type { GatePorts } from "./decide-gate";
import { formatProgress } from "./progress";
import { Scheduler, type SetTimer } from "./scheduler";

let shared: Scheduler | undefined;

/** The one scheduler of this program; its waits end when the engine is gone. */
function programScheduler(): Scheduler {
  if (shared !== undefined) return shared;
  const scheduler = new Scheduler(() => performance.now(), setTimer);
  /** Set by the language host; a program of the Automation API's own process has none, and its owner watches. */
  watchEngine(process.env["PULUMI_NODEJS_ENGINE"], () => {
    scheduler.stop();
  });
  shared = scheduler;
  return scheduler;
}

const setTimer: SetTimer = (delayMs, action) => {
  const timer = setTimeout(action, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

/**
 * What a gate of a program works with: the program's client and scheduler, and the gate's row. The client is made at the
 * first request, so that settings which make none become the answer to that request.
 */
export function programPorts(source: ReportSource, gate: pulumi.Resource): GatePorts {
  const scheduler = programScheduler();
  return {
    askStatus: async (signal) => retrieveStatus(programClient(), source, { signal }),
    stopScan: async (signal) => {
      if (!("projectId" in source)) return;
      await programClient().scans.stopScan(source.projectId, source.scanId, { owner: source.owner, signal });
    },
    readJson: async (onText, signal) => programClient().reports.streamReport(source, "json", onText, { signal }),
    readXml: async (onText, signal) => programClient().reports.streamReport(source, "xml", onText, { signal }),
    sendBounded: requestBounds(setTimer, scheduler.stopped),
    wait: (delayMs) => scheduler.wait(delayMs),
    now: () => new Date(),
    nowMs: () => performance.now(),
    random: Math.random,
    tell: (progress) => {
      sayForNow(formatProgress(progress), gate);
    },
  };
}
