const underWay = new Set<Promise<unknown>>();

/** Tracks a call until it has settled. */
export function trackCall<Result>(call: Promise<Result>): Promise<Result> {
  const ended = call.then(
    () => undefined,
    () => undefined,
  );
  underWay.add(ended);
  void ended.then(() => underWay.delete(ended));
  return call;
}

/** One turn of the event loop: after it, calls that depend on known values have begun. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Waits for the pending calls, and for those that depend on known values. A closed gate ends the program, and the report of
 * its scan matters most then.
 */
export async function callsUnderWay(): Promise<void> {
  await turn();
  while (underWay.size > 0) {
    await Promise.all(underWay);
    await turn();
  }
}
