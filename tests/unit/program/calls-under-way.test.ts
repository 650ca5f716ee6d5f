import { callsUnderWay, trackCall } from "../../../program/calls-under-way";

/** What has happened, in its order. */
let happened: string[];
beforeEach(() => {
  happened = [];
});

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pauses = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at += 1) await pause();
};

test("nothing under way is waited for no longer than what follows from values", async () => {
  const waited = callsUnderWay().then(() => happened.push("waited"));
  void Promise.resolve().then(() => happened.push("followed"));

  await waited;

  expect(happened).toEqual(["followed", "waited"]);
});

test.each([
  ["ends well", () => Promise.resolve()],
  ["fails", () => Promise.reject(new Error("not there"))],
])("a call that %s is waited for, and what it gives is left as it is", async (_how, end) => {
  const call = trackCall(pauses(5).then(end));
  const seen = call.then(
    () => happened.push("well"),
    () => happened.push("failed"),
  );

  await callsUnderWay();
  happened.push("waited");
  await seen;

  expect(happened).toHaveLength(2);
  expect(happened[1]).toBe("waited");
});

test("so is one that begins with the next turn, and one that follows from another", async () => {
  void Promise.resolve()
    .then(() => trackCall(pauses(3)))
    .then(() => trackCall(pauses(3)))
    .then(() => happened.push("second"));

  await callsUnderWay();

  expect(happened).toEqual(["second"]);
});
