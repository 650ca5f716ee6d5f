import type { LookupAddress } from "node:dns";
import type { Admission } from "../consent/consent";
import { withoutFindings } from "../scanners/outcome";
import type { ScanOutcome, ScanRun } from "../scanners/scanner";
import type { Places } from "./places";

const STOPPED = withoutFindings("stopped", "The scan was stopped while it was queued.");

/** Lets a stop return without waiting for a target that is slow to serve its proof. */
const untilAborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve(undefined);
      },
      { once: true },
    );
  });

export interface Queued {
  places: Places;
  /** The addresses that the scan connects to if it starts at once. */
  addresses: readonly LookupAddress[];
  play: (addresses: readonly LookupAddress[]) => ScanRun;
  /** Decides whether a scan that had to wait may still start, and where it connects. */
  admitLate: () => Promise<Admission>;
}

/** Creates a run that starts when there is a slot for it, and can be stopped before. */
export function startQueued({ places, addresses, play, admitLate }: Queued): ScanRun {
  const stopping = new AbortController();
  let playing: ScanRun | undefined;

  const playInTurn = async (hasWaited: boolean): Promise<ScanOutcome> => {
    const admission = hasWaited ? await Promise.race([admitLate(), untilAborted(stopping.signal)]) : { addresses };
    if (stopping.signal.aborted || admission === undefined) return STOPPED;
    if ("refusal" in admission) return withoutFindings("failed", `The scan could not start: ${admission.refusal}`);
    playing = play(admission.addresses);
    return playing.ended;
  };
  const run = async (): Promise<ScanOutcome> => {
    const place = await places.take(stopping.signal);
    if (place === undefined) return STOPPED;
    try {
      return await playInTurn(place.hasWaited);
    } finally {
      places.giveBack();
    }
  };
  const ended = run();
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await playing?.stop();
      await ended.catch(() => undefined);
    },
  };
}
