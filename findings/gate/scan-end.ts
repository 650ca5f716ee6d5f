import { isUnderWay, type ScanState } from "../../provider/scan-state";
import type { GatedScan } from "./evidence";
import type { Closing } from "./verdict-message";

/** Why the end of a scan is none that a gate can open on; undefined for a finished scan. */
export function endProblemOf({ end, startedBy }: GatedScan, timeoutSeconds: number): Closing | undefined {
  switch (end.kind) {
    case "timedOut":
      return {
        reason: "scanTimedOut",
        what: `did not end within ${timeoutSeconds} seconds (timeoutSeconds)${stopText(end)}`,
        ways: ["run again to wait on for the same scan, or raise timeoutSeconds"],
      };
    case "unreachable":
      return { reason: "scanUnreachable", what: `could not be followed: ${end.problem}` };
    case "gone":
      return { reason: "scanStatusUnknown", what: "is not known to the service (any more)" };
    case "status":
      /** Nobody waits for the end of a scan that cannot open the gate in any case. */
      if (isUnderWay(end.state) && startedBy === "other") return undefined;
      return statusProblem(end.state, end.statusCode);
  }
}

function statusProblem(state: ScanState, statusCode: number): Closing | undefined {
  switch (state) {
    case "finished":
      return undefined;
    case "stopped":
      return { reason: "scanStopped", what: `was stopped (status code ${statusCode})` };
    case "failed":
      return { reason: "scanFailed", what: `failed (status code ${statusCode})` };
    case "queued":
    case "running":
    case "unknown":
      return {
        reason: "scanStatusUnknown",
        what: `has status code ${statusCode} (${state}), which is no end that a gate knows`,
        ways: ["say in crashtest:statusCodes what the code means"],
      };
  }
}

function stopText({ isStopped, problem }: Extract<GatedScan["end"], { kind: "timedOut" }>): string {
  if (isStopped) return ", and was stopped";
  return problem === undefined ? "" : `, and could not be stopped: ${problem}`;
}
