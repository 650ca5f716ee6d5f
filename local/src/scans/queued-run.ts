import { withoutFindings } from "../scanners/outcome";
import type { ScanOutcome, ScanRun } from "../scanners/scanner";
import type { Places } from "./places";

const STOPPED = withoutFindings("stopped", "The scan was stopped while it waited for its turn.");

/** So that nobody who stops a scan waits for a target that is slow to show its proof. */
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
  play: () => ScanRun;
  /** Why a scan that had to wait may not begin any more, or undefined where it may. */
  refuseLate: () => Promise<string | undefined>;
}

/** A run that begins when there is a place for it, and can be stopped before. */
export function startQueued({ places, play, refuseLate }: Queued): ScanRun {
  const stopping = new AbortController();
  let playing: ScanRun | undefined;

  const playInTurn = async (hasWaited: boolean): Promise<ScanOutcome> => {
    const refusal = hasWaited ? await Promise.race([refuseLate(), untilAborted(stopping.signal)]) : undefined;
    if (stopping.signal.aborted) return STOPPED;
    if (refusal !== undefined) return withoutFindings("failed", `The scan could not begin: ${refusal}`);
    playing = play();
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
