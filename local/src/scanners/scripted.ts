import type { CancelTimer, Clock } from "../clock";
import { withoutFindings } from "./outcome";
import {
  SERVICE_SCANNERS,
  type FindingWire,
  type Scanner,
  type ScanOutcome,
  type ScanProgress,
  type ScanRun,
  type ServiceScanner,
} from "./scanner";
import { scanAt, scansFor, type Script, type ScriptedScan } from "./script";

const MS_PER_SECOND = 1000;
/** The number of progress reports of a scan that takes time. */
const PROGRESS_STEPS = 20;

/** A scanner that does what a script says and touches no target. */
export interface ScriptedScanner extends Scanner {
  /** Sets another script, from the next scan on; sequences restart. */
  setScript(script: Script): void;
}

export function createScriptedScanner(clock: Clock, script: Script = {}): ScriptedScanner {
  let current = script;
  const scansSoFar = new Map<string, number>();
  return {
    name: "scripted",
    touchesTargets: false,
    setScript: (next) => {
      current = next;
      scansSoFar.clear();
    },
    refuse: () => undefined,
    start: ({ target }, onProgress) => {
      const ordinal = scansSoFar.get(target.href) ?? 0;
      scansSoFar.set(target.href, ordinal + 1);
      return play(scanAt(scansFor(current, target), ordinal), clock, onProgress);
    },
  };
}

function play(scan: ScriptedScan, clock: Clock, onProgress: (progress: ScanProgress) => void): ScanRun {
  let finish: (outcome: ScanOutcome) => void = () => undefined;
  const ended = new Promise<ScanOutcome>((resolve) => (finish = resolve));
  let cancel: CancelTimer = () => undefined;

  const end = (): void => {
    finish(outcomeOf(scan, clock.now()));
  };
  const durationMs = (scan.durationSeconds ?? 0) * MS_PER_SECOND;
  const run = (): void => {
    const startedMs = clock.now();
    const step = (number: number): void => {
      onProgress({ message: "The scripted scan is running.", fraction: number / PROGRESS_STEPS });
      const isLast = durationMs === 0 || number + 1 === PROGRESS_STEPS;
      // Relative to the start, so that rounding errors do not add up.
      const nextMs = startedMs + (isLast ? durationMs : Math.round(((number + 1) * durationMs) / PROGRESS_STEPS));
      cancel = after(nextMs - clock.now(), clock, () => {
        if (isLast) end();
        else step(number + 1);
      });
    };
    step(0);
  };
  if ((scan.queuedSeconds ?? 0) > 0) cancel = after((scan.queuedSeconds ?? 0) * MS_PER_SECOND, clock, run);
  else run();

  return {
    ended,
    stop: async () => {
      cancel();
      cancel = after((scan.stopSeconds ?? 0) * MS_PER_SECOND, clock, () => {
        finish(withoutFindings("stopped", "The scan was stopped."));
      });
      await ended;
    },
  };
}

/** No delay means no timer, so that a scan of 0 seconds ends even while a manual clock stands still. */
function after(delayMs: number, clock: Clock, action: () => void): CancelTimer {
  if (delayMs > 0) return clock.setTimer(delayMs, action);
  action();
  return () => undefined;
}

/** Returns the outcome of a scripted scan if nobody stops it. */
export function outcomeOf(scan: ScriptedScan, nowMs: number): ScanOutcome {
  const outcome = scan.outcome ?? "finished";
  const isFailed = typeof outcome === "object" && "failed" in outcome;
  return {
    state: isFailed ? "failed" : "finished",
    ...(isFailed ? { reason: outcome.failed } : {}),
    ...(typeof outcome === "object" && "statusCode" in outcome ? { statusCode: outcome.statusCode } : {}),
    findings: findingsOf(scan, nowMs),
    descriptions: scan.descriptions ?? [],
    errors: scan.errors ?? [],
    ...(scan.expectedScanners === undefined ? {} : { expectedScanners: scan.expectedScanners }),
    ...(scan.coverage === undefined ? {} : { coverage: scan.coverage }),
    ...(scan.login === undefined ? {} : { login: scan.login }),
  };
}

function findingsOf(scan: ScriptedScan, nowMs: number): ScanOutcome["findings"] {
  const ran = new Set<ServiceScanner>(scan.ran ?? SERVICE_SCANNERS);
  const lists = SERVICE_SCANNERS.flatMap((scanner) => {
    const scripted = scan.findings?.[scanner];
    if (scripted === undefined && !ran.has(scanner)) return [];
    const complete = (scripted ?? []).map((finding): FindingWire => {
      return { service_type: scanner, information: "", created_at: new Date(nowMs).toISOString(), ...finding };
    });
    return [[scanner, complete] as const];
  });
  return Object.fromEntries(lists);
}
