import { isUnderWay, statusWord } from "../../service/scan-status";
import { shorten } from "./gate-finding";
import type { ResolvedGateSettings } from "./settings";
import type { GatedScan, ScanEnd } from "./verdict";
import type { Closing } from "./verdict-message";

/** Returns why a gate cannot open after this end of a scan; undefined for a finished scan. */
export function endProblemOf(
  { end, startedBy }: GatedScan,
  { timeoutSeconds, acceptJoined }: Pick<ResolvedGateSettings, "timeoutSeconds" | "acceptJoined">,
): Closing | undefined {
  switch (end.kind) {
    case "timedOut":
      return {
        reason: "scanTimedOut",
        what: `did not end within ${timeoutSeconds} seconds (timeoutSeconds)${stopText(end)}`,
        ways: [
          `${end.isStopped ? "run again, which starts a new scan" : "run again to keep waiting for the same scan"}, or raise timeoutSeconds`,
        ],
      };
    case "unreachable":
      return {
        reason: "scanUnreachable",
        what: `could not be followed: ${end.problem}`,
        ways: ["fix that and run again, which keeps waiting for the same scan"],
        excludesRescan: true,
      };
    case "gone":
      return { reason: "scanStatusUnknown", what: "is not, or no longer, known to the service", ways: STARTED_ANEW };
    case "status":
      // Nobody waits for the end of a scan that is refused for having been joined.
      if (isUnderWay(end.state) && isRefusedAsJoined(startedBy, acceptJoined)) return undefined;
      return statusProblem(end);
  }
}

/** Returns whether a gate closes because of who started its scan, however the scan ends. */
export const isRefusedAsJoined = (startedBy: GatedScan["startedBy"], acceptJoined: boolean): boolean =>
  startedBy === "earlier" || (startedBy === "other" && !acceptJoined);

/** For a scan of this stack. Whoever started a scan that is given by its IDs must start it again. */
const STARTED_ANEW = ["run again: a Scan resource then starts a new scan"];

function statusProblem(end: Extract<ScanEnd, { kind: "status" }>): Closing | undefined {
  const { state, reason } = end;
  const word = statusWord(end);
  const why = reason === undefined ? "" : `: ${shorten(reason)}`;
  switch (state) {
    case "finished":
      return undefined;
    case "stopped":
      return { reason: "scanStopped", what: `was stopped (${word})${why}`, ways: STARTED_ANEW };
    case "failed":
      return { reason: "scanFailed", what: `failed (${word})${why}`, ways: STARTED_ANEW };
    case "queued":
    case "running":
    case "unknown":
      return {
        reason: "scanStatusUnknown",
        what: `has ${word} (${state})${why}, which is not a final state that a gate knows`,
        ways:
          end.statusCode === undefined
            ? ["look at the scan on the service's own pages"]
            : ["say in crashtest:statusCodes what the code means"],
      };
  }
}

function stopText({ isStopped, problem }: Extract<ScanEnd, { kind: "timedOut" }>): string {
  if (isStopped) return ", and was stopped";
  return problem === undefined ? "" : `, and could not be stopped: ${problem}`;
}
