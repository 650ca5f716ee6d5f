import { Scheduler } from "../../../../gate/wait/scheduler";

interface Timer {
  dueMs: number;
  action: () => void;
}

/** A clock and timers that only `advance` moves on. */
class FakeTimers {
  nowMs = 500;
  timers: Timer[] = [];
  setCount = 0;
  readonly scheduler = new Scheduler(
    () => this.nowMs,
    (delayMs, action) => {
      const timer = { dueMs: this.nowMs + delayMs, action };
      this.setCount += 1;
      this.delaysMs.push(delayMs);
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((other) => other !== timer);
      };
    },
  );
  readonly delaysMs: number[] = [];
  /** In the order in which they ended. */
  readonly ended: string[] = [];

  /** Waits, and notes how that ended. */
  begin(name: string, delayMs: number): Promise<void> {
    return this.scheduler.wait(delayMs).then((how) => {
      this.ended.push(`${name} ${how} ${this.nowMs}`);
    });
  }

  /** Lets time go by, from timer to timer. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.nowMs + durationMs;
    for (let next = this.next(untilMs); next !== undefined; next = this.next(untilMs)) {
      this.timers = this.timers.filter((other) => other !== next);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.action();
      await settle();
    }
    this.nowMs = untilMs;
  }

  private next(untilMs: number): Timer | undefined {
    return this.timers.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

let fake: FakeTimers;
beforeEach(() => {
  fake = new FakeTimers();
});

test("waits end in the order of their times, each at its own, whatever the order in which they began", async () => {
  void fake.begin("c", 30);
  void fake.begin("a", 10);
  void fake.begin("b", 20);

  await fake.advance(100);

  expect(fake.ended).toEqual(["a due 510", "b due 520", "c due 530"]);
});

test("waits of the same time end together, in the order in which they began", async () => {
  void fake.begin("a", 10);
  void fake.begin("b", 10);
  void fake.begin("c", 10);

  await fake.advance(10);

  expect(fake.ended).toEqual(["a due 510", "b due 510", "c due 510"]);
});

test("a wait does not end before its time", async () => {
  void fake.begin("a", 10);

  await fake.advance(9);

  expect(fake.ended).toEqual([]);
  expect(fake.timers).toHaveLength(1);
});

test("a wait that begins later, and is shorter, comes first", async () => {
  void fake.begin("long", 100);
  await fake.advance(50);
  void fake.begin("short", 10);

  await fake.advance(100);

  expect(fake.ended).toEqual(["short due 560", "long due 600"]);
});

test("there is one timer at a time, and none where nobody waits", async () => {
  expect(fake.timers).toEqual([]);
  for (const delayMs of [30, 10, 20]) {
    void fake.begin("a", delayMs);
    expect(fake.timers).toHaveLength(1);
  }

  await fake.advance(15);
  expect(fake.timers).toHaveLength(1);
  await fake.advance(15);

  expect(fake.timers).toEqual([]);
});

test("a timer that fires too early is set again for what is left", async () => {
  void fake.begin("a", 10);
  const [timer] = fake.timers.splice(0);
  fake.nowMs += 9;

  timer?.action();
  await settle();

  expect(fake.ended).toEqual([]);
  expect(fake.delaysMs).toEqual([10, 1]);
});

test("a timer that fires late ends all whose time has come", async () => {
  void fake.begin("a", 10);
  void fake.begin("b", 20);
  void fake.begin("c", 90);
  const [timer] = fake.timers.splice(0);
  fake.nowMs += 50;

  timer?.action();
  await settle();

  expect(fake.ended).toEqual(["a due 550", "b due 550"]);
  expect(fake.delaysMs.at(-1)).toBe(40);
});

test("no timer is set for a time that has gone by", () => {
  void fake.begin("a", 10);
  fake.nowMs += 50;

  void fake.begin("b", 5);

  expect(fake.delaysMs).toEqual([10, 0]);
});

test.each([0, 0.25])("a wait of %d ms ends, and not at once", async (delayMs) => {
  void fake.begin("a", delayMs);
  await settle();
  expect(fake.ended).toEqual([]);

  await fake.advance(1);

  expect(fake.ended).toEqual([`a due ${500 + delayMs}`]);
});

test("a wait can begin where another ends", async () => {
  const both = fake.begin("a", 10).then(() => fake.begin("b", 10));

  await fake.advance(20);
  await both;

  expect(fake.ended).toEqual(["a due 510", "b due 520"]);
});

test("stop ends all waits at once, and no timer is left", async () => {
  void fake.begin("a", 10);
  void fake.begin("b", 20);

  fake.scheduler.stop();
  await settle();

  expect(fake.ended).toEqual(["a stopped 500", "b stopped 500"]);
  expect(fake.timers).toEqual([]);
});

test("after stop a wait ends at once, and sets no timer", async () => {
  fake.scheduler.stop();
  fake.scheduler.stop();

  await fake.begin("a", 10);

  expect(fake.ended).toEqual(["a stopped 500"]);
  expect(fake.setCount).toBe(0);
});

test("1,000 waits share one timer, and each ends at its time", async () => {
  const delaysMs = Array.from({ length: 1_000 }, (_, at) => ((at * 7_919) % 1_000) + 1);
  for (const delayMs of delaysMs) void fake.begin(`${delayMs}`, delayMs);
  expect(fake.timers).toHaveLength(1);

  await fake.advance(1_000);

  const expected = [...delaysMs].sort((a, b) => a - b).map((delayMs) => `${delayMs} due ${500 + delayMs}`);
  expect(fake.ended).toEqual(expected);
  expect(fake.timers).toEqual([]);
});
