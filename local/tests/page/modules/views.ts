import type { FindingCounts } from "../../../../findings/severity";
import type { BoardEvent, ProjectView, ResultView, ScanView } from "../../../src/page/views";

const NO_COUNTS: FindingCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };

/** What a scan came to: nothing found by all scanners, but for the changes. */
export function resultView(
  changes: Partial<Omit<ResultView, "counts">> & { counts?: Partial<FindingCounts> },
): ResultView {
  return {
    ranCount: 12,
    missing: [],
    broken: [],
    covered: null,
    ...changes,
    counts: { ...NO_COUNTS, ...changes.counts },
  };
}

export const NOTHING_FOUND = resultView({});

/** A scan that has ended well, but for the changes. */
export function scanView(changes: Partial<ScanView> = {}): ScanView {
  return {
    id: 1,
    state: "finished",
    statusCode: 102,
    startedAtMs: 0,
    endedAtMs: 1000,
    progress: "",
    progressFraction: null,
    reason: null,
    result: null,
    ...changes,
  };
}

export function projectView(id: number, ...scans: ScanView[]): ProjectView {
  const name = `p${id}`;
  return { id, name, url: "http://127.0.0.1/", team: { id: 1, name: "Team" }, scans, scanCount: scans.length };
}

export function boardEvent(changes: Partial<BoardEvent>): BoardEvent {
  const scanner = { name: "wapiti", touchesTargets: true };
  return {
    kind: "change",
    user: { name: "anna", teams: [] },
    scanner,
    nowMs: 0,
    projects: [],
    removed: [],
    ...changes,
  };
}
