import { createPlaces } from "../../src/scans/places";

const never = new AbortController().signal;

test("as many as there are places take one at once", async () => {
  const places = createPlaces(2);

  expect([await places.take(never), await places.take(never)]).toEqual([{ hasWaited: false }, { hasWaited: false }]);
});

test("a place that is given back goes to the first in line", async () => {
  const places = createPlaces(1);
  await places.take(never);
  const order: string[] = [];
  const waiting = ["first", "second"].map(async (name) => {
    const place = await places.take(never);
    order.push(name);
    return place;
  });

  places.giveBack();
  await waiting[0];
  const soFar = [...order];
  places.giveBack();

  expect(await Promise.all(waiting)).toEqual([{ hasWaited: true }, { hasWaited: true }]);
  expect([soFar, order]).toEqual([["first"], ["first", "second"]]);
});

test("who leaves the line takes no place", async () => {
  const places = createPlaces(1);
  await places.take(never);
  const leaving = new AbortController();
  const left = places.take(leaving.signal);
  const next = places.take(never);

  leaving.abort();
  places.giveBack();

  expect([await left, await next]).toEqual([undefined, { hasWaited: true }]);
});

test("who has got a place from the line keeps it, whatever is aborted later", async () => {
  const places = createPlaces(1);
  await places.take(never);
  const late = new AbortController();
  const waited = places.take(late.signal);
  places.giveBack();
  await waited;
  late.abort();
  places.giveBack();

  expect(await places.take(never)).toEqual({ hasWaited: false });
});

test("who has been stopped before does not come into the line", async () => {
  expect(await createPlaces(1).take(AbortSignal.abort())).toBeUndefined();
});
