import { decideRetry, neverArrived, parseRetryAfterMs, type FailedAttempt } from "../../../../service/http/retry";

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

describe("decideRetry", () => {
  const decide = (failed: Partial<FailedAttempt>, random = 0) =>
    decideRetry({ method: "GET", attempts: 1, ...failed }, NOW_MS, random);

  test.each([408, 429, 500, 502, 503, 504])("repeats a GET and a DELETE after a %i", (status) => {
    expect(decide({ status })).toBe(500);
    expect(decide({ status, method: "DELETE" })).toBe(500);
  });

  test.each([200, 301, 400, 401, 403, 404, 409, 410, 422, 501, 505])("repeats nothing after a %i", (status) => {
    expect(decide({ status })).toBeUndefined();
  });

  test.each([408, 500, 502, 503, 504])(
    "never repeats a POST after a %i, since it may have been carried out",
    (status) => {
      expect(decide({ status, method: "POST" })).toBeUndefined();
    },
  );

  test("repeats a POST after a 429, which says that nothing was done", () => {
    expect(decide({ status: 429, method: "POST" })).toBe(500);
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
    "repeats a POST after %s, where no connection was made",
    (code) => {
      expect(decide({ code, method: "POST" })).toBe(500);
      expect(neverArrived(code)).toBe(true);
    },
  );

  test.each(["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET", "ENETUNREACH", "EHOSTUNREACH"])(
    "repeats a GET after %s, and never a POST",
    (code) => {
      expect(decide({ code })).toBe(500);
      expect(decide({ code, method: "POST" })).toBeUndefined();
      expect(neverArrived(code)).toBe(false);
    },
  );

  test.each([
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "UND_ERR_REQ_RETRY",
    "CERT_HAS_EXPIRED",
    "",
    undefined,
  ])("repeats nothing after %p", (code) => {
    expect(decide(code === undefined ? {} : { code })).toBeUndefined();
    expect(decide({ method: "POST", ...(code !== undefined && { code }) })).toBeUndefined();
  });

  test.each([
    [1, 500],
    [2, 1_000],
    [3, undefined],
    [4, undefined],
  ])("waits longer each time and gives up after two retries (attempt %i)", (attempts, waitMs) => {
    expect(decide({ attempts, status: 503 })).toBe(waitMs);
    expect(decide({ attempts, code: "ECONNREFUSED", method: "POST" })).toBe(waitMs);
  });

  test.each([
    [0, 500],
    [0.5, 438],
    [1, 375],
  ])("shortens a wait by up to a quarter (random %p)", (random, waitMs) => {
    expect(decide({ status: 503 }, random)).toBe(waitMs);
  });

  test.each([
    ["0", 0],
    ["7", 7_000],
    ["60", 60_000],
    ["61", undefined],
    ["86400", undefined],
    [new Date(NOW_MS + 5_000).toUTCString(), 5_000],
    [new Date(NOW_MS - 5_000).toUTCString(), 0],
    [new Date(NOW_MS + 61_000).toUTCString(), undefined],
    ["soon", 500],
    ["", 500],
  ])("obeys Retry-After %p without jitter, up to a minute", (retryAfter, waitMs) => {
    expect(decide({ status: 429, retryAfter }, retryAfter === "soon" || retryAfter === "" ? 0 : 1)).toBe(waitMs);
  });
});

describe("parseRetryAfterMs", () => {
  test.each([
    [undefined, undefined],
    ["120", 120_000],
    [" 3 ", 3_000],
    ["Fri, 02 Jan 2026 03:04:35 GMT", 30_000],
    ["Thu, 01 Jan 2026 03:04:35 GMT", 0],
    ["tomorrow", undefined],
  ])("%p is %p", (header, expected) => {
    expect(parseRetryAfterMs(header, NOW_MS)).toBe(expected);
  });

  test.each(["-5", "1.5"])("%p is no number of seconds, and waits no time of its own making", (header) => {
    expect(parseRetryAfterMs(header, NOW_MS)).toBeUndefined();
  });
});
