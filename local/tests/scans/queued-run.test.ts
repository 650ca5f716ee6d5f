import type { Admission } from "../../src/consent/consent";
import type { ScanOutcome, ScanRun } from "../../src/scanners/scanner";
import { createPlaces, type Places } from "../../src/scans/places";
import { startQueued } from "../../src/scans/queued-run";

const FINISHED: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [] };
const finished = (): ScanRun => ({ ended: Promise.resolve(FINISHED), stop: () => Promise.resolve() });

const admittedTo = (address: string): { addresses: { address: string; family: number }[] } => ({
  addresses: [{ address, family: 4 }],
});
const EARLY = admittedTo("192.0.2.1");
const LATE = admittedTo("192.0.2.2");

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
  let answer: (admission: Admission) => void = () => undefined;
  let tellAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tellAsked = resolve));
  const admitLate = (): Promise<Admission> => {
    tellAsked();
    return new Promise((resolve) => (answer = resolve));
  };
  const run = startQueued({ ...EARLY, places, play, admitLate });

  places.giveBack();
  await asked;
  const stopped = run.stop();
  answer(LATE);
  await stopped;

  expect([(await run.ended).state, plays]).toEqual(["stopped", 0]);
});

test("a question that breaks is a rejection, and the place is given back", async () => {
  const places = await fullPlaces();
  const admitLate = (): Promise<never> => Promise.reject(new Error("no answer"));
  const broken = startQueued({ ...EARLY, places, play: finished, admitLate });
  const next = startQueued({ ...EARLY, places, play: finished, admitLate: () => Promise.resolve(LATE) });

  places.giveBack();

  await expect(broken.ended).rejects.toThrow("no answer");
  expect(await next.ended).toEqual(FINISHED);
});

test.each([
  ["begins at once", 1, EARLY],
  ["had to wait", 0, LATE],
])("a scan that %s connects to where its target was found then", async (_case, free, { addresses }) => {
  const places = free === 1 ? createPlaces(1) : await fullPlaces();
  const played: unknown[] = [];
  const play: Parameters<typeof startQueued>[0]["play"] = (pinned) => {
    played.push(pinned);
    return finished();
  };
  const run = startQueued({ ...EARLY, places, play, admitLate: () => Promise.resolve(LATE) });
  if (free === 0) places.giveBack();

  await run.ended;

  expect(played).toEqual([addresses]);
});
