import type { ScanOutcome, ScanRun } from "../../src/scanners/scanner";
import { createPlaces, type Places } from "../../src/scans/places";
import { startQueued } from "../../src/scans/queued-run";

const FINISHED: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [] };
const finished = (): ScanRun => ({ ended: Promise.resolve(FINISHED), stop: () => Promise.resolve() });

/** Places that are all taken. */
async function fullPlaces(): Promise<Places> {
  const places = createPlaces(1);
  await places.take(new AbortController().signal);
  return places;
}

test("a scan that is stopped while it is asked about does not begin", async () => {
  const places = await fullPlaces();
  let plays = 0;
  const play = (): ScanRun => {
    plays += 1;
    return finished();
  };
  let answer: (refusal: undefined) => void = () => undefined;
  let tellAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tellAsked = resolve));
  const refuseLate = (): Promise<undefined> => {
    tellAsked();
    return new Promise((resolve) => (answer = resolve));
  };
  const run = startQueued({ places, play, refuseLate });

  places.giveBack();
  await asked;
  const stopped = run.stop();
  answer(undefined);
  await stopped;

  expect([(await run.ended).state, plays]).toEqual(["stopped", 0]);
});

test("a question that breaks is a rejection, and the place is given back", async () => {
  const places = await fullPlaces();
  const refuseLate = (): Promise<never> => Promise.reject(new Error("no answer"));
  const broken = startQueued({ places, play: finished, refuseLate });
  const next = startQueued({ places, play: finished, refuseLate: () => Promise.resolve(undefined) });

  places.giveBack();

  await expect(broken.ended).rejects.toThrow("no answer");
  expect(await next.ended).toEqual(FINISHED);
});
