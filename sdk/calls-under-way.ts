const underWay = new Set<Promise<unknown>>();

/** Notes a call until it has ended, however that is. */
export function noted<Result>(call: Promise<Result>): Promise<Result> {
  const ended = call.then(
    () => undefined,
    () => undefined,
  );
  underWay.add(ended);
  void ended.then(() => underWay.delete(ended));
  return call;
}

/** One round of the event loop: whatever follows from values alone has happened by then. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Waits for the calls that are under way, and for those that follow from what is known by now. A closed gate ends the
 * program, and a report that was asked for with the gate's own `scanId` is wanted then most of all.
 */
export async function callsUnderWay(): Promise<void> {
  await turn();
  while (underWay.size > 0) {
    await Promise.all(underWay);
    await turn();
  }
}
