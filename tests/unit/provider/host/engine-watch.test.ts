import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { WATCH_INTERVAL_MS, type WatchPorts, watchEngine } from "../../../../provider/host/engine-watch";
import { listen, portOf } from "../../service/crashtest/loopback-server";

const ADDRESS = "127.0.0.1:50051";

/** Answers in their order, then the last again and again; time goes by with `tick`. */
class FakeWatch implements WatchPorts {
  readonly tried: string[] = [];
  readonly intervalsMs: number[] = [];
  #action: (() => void) | undefined;

  constructor(private readonly answers: readonly boolean[]) {}

  get isOn(): boolean {
    return this.#action !== undefined;
  }

  readonly tryAddress = (address: string): Promise<boolean> => {
    this.tried.push(address);
    return Promise.resolve(this.answers[Math.min(this.tried.length, this.answers.length) - 1] ?? true);
  };

  readonly setRepeating = (intervalMs: number, action: () => void): (() => void) => {
    this.intervalsMs.push(intervalMs);
    this.#action = action;
    return () => {
      this.#action = undefined;
    };
  };

  async tick(): Promise<void> {
    this.#action?.();
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
  }
}

/** After how many ticks of ten the engine was gone; each call is one. */
async function goneAfter(answers: readonly boolean[]): Promise<{ ticks: number[]; watch: FakeWatch }> {
  const watch = new FakeWatch(answers);
  const ticks: number[] = [];
  let count = 0;
  watchEngine(ADDRESS, () => ticks.push(count), watch);
  for (count = 1; count <= 10; count += 1) await watch.tick();
  return { ticks, watch };
}

test.each<[string, boolean[], number[]]>([
  ["two refusals in a row", [false], [2]],
  ["two refusals after answers", [true, true, false, false], [4]],
  ["a refusal, then an answer", [false, true], []],
  ["refusals that do not follow each other", [false, true, false, true, false, true], []],
  ["a refusal and an answer, then two refusals", [false, true, false, false], [4]],
  ["answers alone", [true], []],
])("with %s the engine is gone as it should be", async (_what, answers, expected) => {
  expect((await goneAfter(answers)).ticks).toEqual(expected);
});

test("an engine is found to be gone within 10 seconds", async () => {
  const { ticks, watch } = await goneAfter([false]);

  expect(watch.intervalsMs).toEqual([WATCH_INTERVAL_MS]);
  expect((ticks[0] ?? Infinity) * WATCH_INTERVAL_MS + WATCH_INTERVAL_MS).toBeLessThan(10_000);
});

test("once the engine is gone, nothing is tried any more", async () => {
  const { watch } = await goneAfter([false]);

  expect(watch.isOn).toBe(false);
  expect(watch.tried).toEqual([ADDRESS, ADDRESS]);
});

test("a watch that was ended tries nothing", async () => {
  const watch = new FakeWatch([false]);
  const onGone = jest.fn();
  const end = watchEngine(ADDRESS, onGone, watch);
  await watch.tick();

  end();
  await watch.tick();

  expect([watch.isOn, watch.tried.length]).toEqual([false, 1]);
  expect(onGone).not.toHaveBeenCalled();
});

test("a try that is under way when the watch is ended says nothing any more", async () => {
  const watch = new FakeWatch([false]);
  const onGone = jest.fn();
  const end = watchEngine(ADDRESS, onGone, watch);
  await watch.tick();

  const last = watch.tick();
  end();
  await last;

  expect(onGone).not.toHaveBeenCalled();
});

test.each(["127.0.0.1:1", "localhost:65535", "[::1]:50051", "my-host.example:7"])("%s is watched", (address) => {
  const watch = new FakeWatch([true]);

  watchEngine(address, jest.fn(), watch);

  expect(watch.isOn).toBe(true);
});

test.each([undefined, "", "127.0.0.1", "127.0.0.1:", ":7", "http://127.0.0.1:7", "127.0.0.1:7/x", "::1:7", "a b:7"])(
  "%j is not watched, and its watch can be ended",
  (address) => {
    const watch = new FakeWatch([false]);

    watchEngine(address, jest.fn(), watch)();

    expect(watch.intervalsMs).toEqual([]);
  },
);

test("a server on loopback is there until it closes", async () => {
  const server: Server = createServer((socket) => socket.destroy());
  await listen(server);
  const address = `127.0.0.1:${portOf(server)}`;

  const gone = new Promise<void>((resolve) => {
    watchEngine(address, resolve);
  });
  await once(server, "connection");
  server.close();

  const startMs = performance.now();
  const keepAlive = setInterval(() => undefined, 1_000);
  await gone;
  clearInterval(keepAlive);
  /** Six seconds, and more where a machine is busy; the ten of the promise are held by a clock of the test's own. */
  expect(performance.now() - startMs).toBeLessThan(20_000);
});
