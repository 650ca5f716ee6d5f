import { isUnderWay } from "../../provider/scan-state";
import type { GatedScan, ScanEnd } from "./evidence";
import type { ResolvedGateSettings } from "./settings";
import { shorten } from "./short-text";
import type { Closing } from "./verdict-message";

type EndSettings = Pick<ResolvedGateSettings, "timeoutSeconds" | "acceptJoined">;

/** Why the end of a scan is none that a gate can open on; undefined for a finished scan. */
export function endProblemOf(
  { end, startedBy }: GatedScan,
  { timeoutSeconds, acceptJoined }: EndSettings,
): Closing | undefined {
  switch (end.kind) {
    case "timedOut":
      return {
        reason: "scanTimedOut",
        what: `did not end within ${timeoutSeconds} seconds (timeoutSeconds)${stopText(end)}`,
        ways: [
          `${end.isStopped ? "run again, which starts it anew" : "run again to wait on for the same scan"}, or raise timeoutSeconds`,
        ],
      };
    case "unreachable":
      return {
        reason: "scanUnreachable",
        what: `could not be followed: ${end.problem}`,
        ways: ["run again once that is set right, which waits on for the same scan"],
        excludesRescan: true,
      };
    case "gone":
      return { reason: "scanStatusUnknown", what: "is not known to the service (any more)", ways: STARTED_ANEW };
    case "status":
      /** Nobody waits for the end of a scan that is going to close the gate in any case, for having been joined. */
      if (isUnderWay(end.state) && isJoinedInVain(startedBy, acceptJoined)) return undefined;
      return statusProblem(end);
  }
}

/** Whether who started a scan closes the gate, however the scan ends. */
export const isJoinedInVain = (startedBy: GatedScan["startedBy"], acceptJoined: boolean): boolean =>
  startedBy === "earlier" || (startedBy === "other" && !acceptJoined);

/** A scan of this stack; one that is given by its IDs has to be started by whoever started it. */
const STARTED_ANEW = ["run again: a scan that a Scan resource started is started anew"];

function statusProblem({ state, statusCode, reason }: Extract<ScanEnd, { kind: "status" }>): Closing | undefined {
  const why = reason === undefined ? "" : `: ${shorten(reason)}`;
  switch (state) {
    case "finished":
      return undefined;
    case "stopped":
      return { reason: "scanStopped", what: `was stopped (status code ${statusCode})${why}`, ways: STARTED_ANEW };
    case "failed":
      return { reason: "scanFailed", what: `failed (status code ${statusCode})${why}`, ways: STARTED_ANEW };
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
