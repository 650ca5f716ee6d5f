import net, { Socket } from "node:net";
import { WATCH_INTERVAL_MS, watchEngine } from "../../../../provider/host/engine-watch";

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** Whether an engine counts as gone, to which each connection fails with this error. */
async function isGoneAfter(code: string | undefined): Promise<boolean> {
  jest.useFakeTimers({ doNotFake: ["nextTick"] });
  const error = Object.assign(new Error("it failed"), code === undefined ? {} : { code });
  const connect = jest.spyOn(net, "connect").mockImplementation(() => new Socket().destroy(error));
  const onGone = jest.fn();
  const end = watchEngine("127.0.0.1:50051", onGone);
  for (let count = 0; count < 4; count += 1) await jest.advanceTimersByTimeAsync(WATCH_INTERVAL_MS);
  end();
  expect(connect.mock.calls.length).toBeGreaterThan(1);
  return onGone.mock.calls.length > 0;
}

test.each<[string | undefined, boolean]>([
  ["ECONNREFUSED", true],
  ["ECONNRESET", true],
  ["EMFILE", false],
  ["ENFILE", false],
  ["ENOBUFS", false],
  ["EADDRNOTAVAIL", false],
  ["EACCES", false],
  ["ENOTFOUND", false],
  ["ETIMEDOUT", false],
  [undefined, false],
])("connections that fail with %s say that the engine is gone: %s", async (code, expected) => {
  expect(await isGoneAfter(code)).toBe(expected);
});
