import { rateLimitInterceptor, RequestSchedule } from "../../../../service/http/rate-limit";
import { afterWait } from "../../../../service/http/time-limit";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe("what is to be done after a wait", () => {
  test("is done then, with a signal and without one", () => {
    const action = jest.fn();
    afterWait({}, 1_000, action);
    afterWait({ signal: new AbortController().signal }, 1_000, action);

    jest.advanceTimersByTime(999);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(2);
  });

  test("is not done where the signal comes first, and no timer is left that would keep the process", () => {
    const action = jest.fn();
    const controller = new AbortController();
    afterWait({ signal: controller.signal }, 1_000, action);

    controller.abort();

    expect(jest.getTimerCount()).toBe(0);
    afterWait({ signal: controller.signal }, 1_000, action);
    expect(jest.getTimerCount()).toBe(0);
    expect(action).not.toHaveBeenCalled();
  });
});

test("a request that is aborted while it waits for its turn is not sent, and leaves no timer", () => {
  const schedule = new RequestSchedule(undefined);
  schedule.pause(60_000, 0);
  const dispatch = jest.fn(() => true);
  const controller = new AbortController();
  const options = { path: "/", method: "GET", signal: controller.signal } as const;

  rateLimitInterceptor(schedule, { now: () => 0, elapsed: () => 0 })(dispatch)(options, {});
  expect(jest.getTimerCount()).toBe(1);
  controller.abort();

  expect(jest.getTimerCount()).toBe(0);
  expect(dispatch).not.toHaveBeenCalled();
});
