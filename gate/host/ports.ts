import type { ScanAddress, ScanningService } from "../../service/service";
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

/** Makes a scheduler over this process's clock. */
export const clockScheduler = (): Scheduler => new Scheduler(() => performance.now(), setTimer);

/** What a gate shows of itself: the row of its resource. Texts are made printable by whoever implements this. */
export interface GateRow {
  say(how: "info" | "warn", text: string): void;
  /** Shows a text that the next such text replaces. */
  sayEphemeral(text: string): void;
  /** Shows a table of findings, with its colours. */
  showTable(table: string): void;
}

/** What makes the ports of one gate. */
export interface PortsOfHost {
  source: ScanAddress;
  /** Is called for each request, so that invalid settings fail that request. */
  service: () => ScanningService;
  /** Shared by all gates of the process; its end aborts all requests. */
  scheduler: Scheduler;
  row: Pick<GateRow, "sayEphemeral">;
}

/** Makes the ports of a gate: a service, a scheduler, and the gate's row. */
export const gatePorts = ({ source, service, scheduler, row }: PortsOfHost): GatePorts => ({
  askStatus: async (signal) => service().getScanStatus(source, { signal }),
  stopScan: async (signal) => service().stopScan(source, { signal }),
  readJson: async (signal) => service().readReport(source, "json", { signal }),
  readXml: async (signal) => service().readReport(source, "xml", { signal }),
  sendBounded: requestBounds(setTimer, scheduler.stopped),
  wait: (delayMs) => scheduler.wait(delayMs),
  now: () => new Date(),
  nowMs: () => performance.now(),
  random: Math.random,
  tell: (progress) => {
    row.sayEphemeral(formatProgress(progress));
  },
});
