import { createManualClock } from "../../../src/index";
import { HEARTBEAT_MS, MAX_BLOCKED_MS, MIN_INTERVAL_MS, startPush } from "../../../src/page/push";

/** A push over a reader that takes or does not take; `state` is what there is to send. */
function start(changes: { takes?: boolean } = {}): {
  clock: ReturnType<typeof createManualClock>;
  push: ReturnType<typeof startPush>;
  sent: string[];
  world: { state: string; takes: boolean; givenUp: number };
} {
  const clock = createManualClock(0);
  const sent: string[] = [];
  const world = { state: "first", takes: true, givenUp: 0, ...changes };
  let told = "";
  const push = startPush({
    clock,
    next: () => {
      if (world.state === told) return undefined;
      told = world.state;
      return told;
    },
    write: (text) => {
      sent.push(text);
      return world.takes;
    },
    giveUp: () => void (world.givenUp += 1),
  });
  return { clock, push, sent, world };
}

test("the first state is sent at once", () => {
  expect(start().sent).toEqual(["first"]);
});

test("many changes in a second are at most four events, the last one with the newest state", () => {
  const { clock, push, sent, world } = start();

  for (let number = 1; number <= 100; number += 1) {
    world.state = String(number);
    push.notify();
    clock.advance(10);
  }
  clock.advance(MIN_INTERVAL_MS);

  expect(sent.length).toBe(1 + 4);
  expect(sent.at(-1)).toBe("100");
});

test("a change after a quiet time is sent in the next turn", () => {
  const { clock, push, sent, world } = start();
  clock.advance(MIN_INTERVAL_MS);
  world.state = "second";

  push.notify();
  clock.advance(0);

  expect(sent).toEqual(["first", "second"]);
});

test("a notice without a change sends nothing", () => {
  const { clock, push, sent } = start();

  push.notify();
  clock.advance(MIN_INTERVAL_MS);

  expect(sent).toEqual(["first"]);
});

test("where nothing changes there is a comment each 15 seconds", () => {
  const { clock, sent } = start();

  clock.advance(2 * HEARTBEAT_MS);

  expect(sent).toEqual(["first", ": heartbeat\n\n", ": heartbeat\n\n"]);
});

test("a change of which nobody told is found by the heartbeat", () => {
  const { clock, sent, world } = start();
  world.state = "a right was lost";

  clock.advance(HEARTBEAT_MS);

  expect(sent).toEqual(["first", "a right was lost"]);
});

test("a reader that does not keep up gets nothing more, and then the newest state alone", () => {
  const { clock, push, sent, world } = start({ takes: false });

  for (const state of ["second", "third"]) {
    world.state = state;
    push.notify();
    clock.advance(HEARTBEAT_MS);
  }
  const blocked = [...sent];
  world.takes = true;
  push.drained();
  clock.advance(0);

  expect(blocked).toEqual(["first"]);
  expect(sent).toEqual(["first", "third"]);
});

test("a reader that takes nothing for a minute is given up", () => {
  const { clock, world } = start({ takes: false });

  clock.advance(MAX_BLOCKED_MS - 1);
  const before = world.givenUp;
  clock.advance(HEARTBEAT_MS);

  expect([before, world.givenUp]).toEqual([0, 1]);
});

test("after its end nothing is sent", () => {
  const { clock, push, sent, world } = start();
  world.state = "second";
  push.notify();

  push.stop();
  push.notify();
  clock.advance(10 * HEARTBEAT_MS);

  expect(sent).toEqual(["first"]);
});
