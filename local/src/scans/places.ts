/** The slots for concurrent scans; further scans wait in a queue. */
export interface Places {
  /**
   * Takes a slot, at once if one is free.
   * @returns whether it had to wait, or undefined if `signal` ended the wait: then no slot is taken.
   */
  take(signal: AbortSignal): Promise<{ hasWaited: boolean } | undefined>;
  /** Releases a slot, to the first in the queue. */
  giveBack(): void;
}

export function createPlaces(count: number): Places {
  const line: (() => void)[] = [];
  let free = count;

  const wait = (signal: AbortSignal): Promise<{ hasWaited: boolean } | undefined> =>
    new Promise((resolve) => {
      const leave = (): void => {
        line.splice(line.indexOf(proceed), 1);
        resolve(undefined);
      };
      const proceed = (): void => {
        signal.removeEventListener("abort", leave);
        resolve({ hasWaited: true });
      };
      line.push(proceed);
      signal.addEventListener("abort", leave, { once: true });
    });

  return {
    take: async (signal) => {
      if (signal.aborted) return undefined;
      if (free === 0) return wait(signal);
      free -= 1;
      return { hasWaited: false };
    },
    giveBack: () => {
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
