import { createManualClock, createRunningClock } from "../../src/clock";

test("timers fire in the order of their time, each at its own", () => {
  const clock = createManualClock(0);
  const fired: [string, number][] = [];
  clock.setTimer(30, () => fired.push(["late", clock.now()]));
  clock.setTimer(10, () => {
    fired.push(["early", clock.now()]);
    clock.setTimer(5, () => fired.push(["nested", clock.now()]));
  });

  clock.advance(40);

  expect(fired).toEqual([
    ["early", 10],
    ["nested", 15],
    ["late", 30],
  ]);
  expect(clock.now()).toBe(40);
});

test("a timer that was cancelled, or is not due, does not fire", () => {
  const clock = createManualClock(0);
  const fired: string[] = [];
  const cancel = clock.setTimer(10, () => fired.push("cancelled"));
  clock.setTimer(11, () => fired.push("later"));
  cancel();

  clock.advance(10);

  expect(fired).toEqual([]);
});

test("a running clock goes on by itself, and can be put forward", async () => {
  const clock = createRunningClock();
  const byItself = new Promise<string>((resolve) =>
    clock.setTimer(5, () => {
      resolve("by itself");
    }),
  );
  const hour = new Promise<string>((resolve) =>
    clock.setTimer(3_600_000, () => {
      resolve("put forward");
    }),
  );

  expect(await byItself).toBe("by itself");
  clock.advance(3_600_000);
  expect(await hour).toBe("put forward");
});
