import type { DescriptionWire, FindingWire, ScanCoverage, ServiceScanner } from "./scanner";

/** A finding in a script; missing fields are filled in. */
export type ScriptedFinding = Partial<FindingWire> & { finding_description_slug: string };

/** A scripted scan. */
export interface ScriptedScan {
  /** How long the scan waits before it runs, in seconds. Default 0. */
  queuedSeconds?: number;
  /** How long the scan runs, in seconds. Default 0: it has ended at once. */
  durationSeconds?: number;
  /** How long the scan takes to end once it is stopped, in seconds. Default 0. */
  stopSeconds?: number;
  /**
   * How the scan ends. Default `finished`; `failed` with a reason; or your own `status_code`, to see how a client
   * handles an unknown code (the findings can be fetched as after any other end).
   */
  outcome?: "finished" | { failed: string } | { statusCode: number };
  /** A list per scanner. Default none. */
  findings?: Partial<Record<ServiceScanner, ScriptedFinding[]>>;
  /** The descriptions that the findings refer to by slug. Default none: such findings have no severity. */
  descriptions?: DescriptionWire[];
  /** Scanners that broke, and why; they are in the XML report only. Default none. */
  errors?: { scanner: ServiceScanner; message: string }[];
  /** The scanners that ran, in addition to those with findings. Default all. */
  ran?: ServiceScanner[];
  /** The scanners that should have run. Default all. */
  expectedScanners?: ServiceScanner[];
  /** How much of the target the scan reports as reached. Default: it does not say. */
  coverage?: ScanCoverage;
  /** Whether the scan reports that it was logged in. Default: it does not say. */
  login?: "confirmed";
}

/** What successive scans of one target do; the last one repeats. A single scan is the same as a list of one. */
export type ScriptedScans = ScriptedScan | ScriptedScan[];

/** What the scripted scanner does, by target. */
export interface Script {
  /** Entries by URL, which is exact or has `*` for any characters; the first match counts. */
  targets?: { url: string; scans: ScriptedScans }[];
  /** For all other targets. Default: finishes at once, finds nothing. */
  default?: ScriptedScans;
}

/** Compiles a text to a pattern in which `*` stands for any characters, and all others for themselves. */
export function wildcardPattern(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

/** Returns the entry for a target. A URL without a path is the same as with `/`. */
export function scansFor(script: Script, target: URL): ScriptedScans {
  const entry = script.targets?.find(({ url }) => {
    const pattern = wildcardPattern(url);
    return pattern.test(target.href) || (target.pathname === "/" && pattern.test(target.href.replace(/\/$/, "")));
  });
  return entry?.scans ?? script.default ?? {};
}

/** Returns the `ordinal`th scan (from 0) of a target. */
export function scanAt(scans: ScriptedScans, ordinal: number): ScriptedScan {
  const list = Array.isArray(scans) ? scans : [scans];
  return list[Math.min(ordinal, list.length - 1)] ?? {};
}
