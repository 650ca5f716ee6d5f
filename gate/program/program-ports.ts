import type * as pulumi from "@pulumi/pulumi";
import { say, sayEphemeral, showTable } from "../../program/log";
import { programService } from "../../program/service";
import { watchEngine } from "../../provider/host/engine-watch";
import type { ScanAddress } from "../../service/service";
import { type GateRow, clockScheduler, gatePorts } from "../host/ports";
import type { GatePorts } from "../wait/decide-gate";
import type { Scheduler } from "../wait/scheduler";

let shared: Scheduler | undefined;

/** Returns the one scheduler of this program; its waits end when the engine is gone. */
function programScheduler(): Scheduler {
  if (shared !== undefined) return shared;
  const scheduler = clockScheduler();
  // Set by the language host. An inline program of the Automation API has none, and its owner watches.
  watchEngine(process.env["PULUMI_NODEJS_ENGINE"], () => {
    scheduler.stop();
  });
  shared = scheduler;
  return scheduler;
}

/** Returns the row of a gate of this program. */
export const programRow = (gate: pulumi.Resource): GateRow => ({
  say: (how, text) => {
    say(how, text, gate);
  },
  sayEphemeral: (text) => {
    sayEphemeral(text, gate);
  },
  showTable: (table) => {
    showTable(table, gate);
  },
});

/** Makes the ports of a gate: the program's service and scheduler, and the gate's row. */
export const programPorts = (source: ScanAddress, gate: pulumi.Resource): GatePorts =>
  gatePorts({ source, service: programService, scheduler: programScheduler(), row: programRow(gate) });
