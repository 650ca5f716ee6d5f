import { ApiError, UnexpectedAnswerError } from "pulumi-crashtest/client";
import { statusAnswer } from "./loopback-server";
import { MockService, failureOf } from "./mock-service";

const STATUS_PATH = "/projects/7/scans/5/status";

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

const askStatus = () => failureOf(service.client().scans.getScanStatus("7", "5"));
/** A pause that is longer than a client waits: the first refusal is the last. */
const LATER = { "retry-after": "3600" };

test.each([
  [400, "INVALID_REQUEST", "crashtest:routes"],
  [401, "UNAUTHENTICATED", "pulumi config set --secret crashtest:apiKey"],
  [403, "FORBIDDEN", "member of that team"],
  [409, "CONFLICT", "resolve the conflict"],
  [422, "INVALID_REQUEST", "Change the values"],
  [418, "SERVER_ERROR", "try again later"],
])("a %i of the service is the code %s with its remedy", async (status, code, remedy) => {
  service.answers("GET", STATUS_PATH, status, { message: "some_reason" });

  const error = await askStatus();

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ name: "ApiError", code, status, method: "GET", path: STATUS_PATH });
  expect(error.message).toContain(
    `Could not get the status of scan 5 of project 7: GET ${STATUS_PATH} was answered with ${status} (some_reason). `,
  );
  expect(error.message).toContain(remedy);
});

test.each([
  [429, "RATE_LIMITED", "crashtest:requestsPerSecond"],
  [500, "SERVER_ERROR", "try again later"],
  [502, "SERVER_ERROR", "try again later"],
  [503, "SERVER_ERROR", "try again later"],
  [504, "SERVER_ERROR", "try again later"],
])("a %i that stays is the code %s with its remedy", async (status, code, remedy) => {
  service.answers("GET", STATUS_PATH, status, { message: "some_reason" }, LATER);

  const error = await askStatus();

  expect(error).toMatchObject({ code, status });
  expect(error.message).toContain(remedy);
});

test("a gateway's 502 without an envelope is a failure of the server, and nothing of its page is shown", async () => {
  const headers = { "content-type": "text/html", ...LATER };
  service.answersText("GET", STATUS_PATH, 502, "<html>bad gateway of rack 4</html>", headers);

  const error = await askStatus();

  expect(error).toMatchObject({ code: "SERVER_ERROR", status: 502, serviceMessage: undefined });
  expect(error.message).not.toContain("rack 4");
});

test.each([401, 403])("a %i without an envelope still speaks of the key and the user's rights", async (status) => {
  service.answersText("GET", STATUS_PATH, status, "denied", { "content-type": "text/plain" });

  expect(await askStatus()).toMatchObject({ status, serviceMessage: undefined });
});

test("a 401 says what to do for a destroy after a rotated key", async () => {
  service.answers("GET", STATUS_PATH, 401, { message: "unauthorized" });

  expect((await askStatus()).message).toContain("pulumi destroy --run-program");
});

test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
  service.answersText("GET", STATUS_PATH, status, "", { location: "https://elsewhere.example/steal" });

  const error = await askStatus();

  expect(error).toBeInstanceOf(UnexpectedAnswerError);
  expect(error.message).toContain(`a redirect (${status})`);
  expect(error.message).toContain("crashtest:endpoint");
  expect(error.message).not.toContain("elsewhere");
});

test.each([
  ["HTML", "<!doctype html><title>Log in</title>", "text/html"],
  ["text", "ok", "text/plain"],
])("%s where JSON should be is not the service's answer", async (_what, body, type) => {
  service.answersText("GET", STATUS_PATH, 200, body, { "content-type": type });

  const error = await askStatus();

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain(`a body of the type "${type}" instead of JSON`);
});

test("HTML that says it is JSON is not the service's answer", async () => {
  service.answersText("GET", STATUS_PATH, 200, "<!doctype html>", { "content-type": "application/json" });

  expect((await askStatus()).message).toContain("a body that is not valid JSON");
});

test("JSON without a content type is not the service's answer", async () => {
  service.answersText("GET", STATUS_PATH, 200, JSON.stringify(statusAnswer(102)), {});

  expect((await askStatus()).code).toBe("UNEXPECTED_ANSWER");
});

test("JSON with a charset is the service's answer", async () => {
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  service.answersText("GET", STATUS_PATH, 200, JSON.stringify(statusAnswer(102)), headers);

  await expect(service.client().scans.getScanStatus("7", "5")).resolves.toMatchObject({ state: "finished" });
});

test.each([
  ["no data", {}],
  ["data of text", { data: "ok" }],
  ["null", null],
  ["a list", []],
  ["a number", 7],
])("an envelope with %s is not the service's answer", async (_what, body) => {
  service.answers("GET", STATUS_PATH, 200, body);

  const error = await askStatus();

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain("JSON without `data`");
});

test.each([200, 404])("an answer (%i) of more than 1 MiB is not read to its end", async (status) => {
  service.answers("GET", STATUS_PATH, status, { message: "much", data: "x".repeat(1024 * 1024) });

  const error = await askStatus();

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain("more than 1048576 bytes");
});

test("nothing that the service says could steer a terminal or the engine", async () => {
  const data = { url: ["<{%zzz%}>", "\u202E"] };
  service.answers("GET", STATUS_PATH, 422, { message: "invalid", data });
  service.answersText("GET", STATUS_PATH, 200, "", { "content-type": "text/<{%zzz%}>" });

  for (const error of [await askStatus(), await askStatus()]) {
    expect(error.message).toContain("\uFFFD{%zzz%}>");
    expect(error.message).not.toMatch(/<\{%|\u202E/);
  }
});

test("a long list of refused fields is cut", async () => {
  service.answers("GET", STATUS_PATH, 422, { message: "invalid", data: { url: ["x".repeat(5_000)] } });

  expect((await askStatus()).message.length).toBeLessThan(1_000);
});

test.each([500, 503])("a POST that failed with %i may have been carried out, and says so", async (status) => {
  service.answers("POST", "/projects", status, { message: "some_reason" });
  const project = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };

  const error = await failureOf(service.client().projects.createProject(project));

  expect(error).toMatchObject({ code: "SERVER_ERROR", status });
  expect(error.message).toContain("adoptProjectId");
});

test.each([302, 307])("a redirect (%i) of a create may have been carried out, and says so", async (status) => {
  service.answersText("POST", "/projects", status, "", { location: "https://elsewhere.example/" });
  const project = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };

  const error = await failureOf(service.client().projects.createProject(project));

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain("Redirects are never followed");
  expect(error.message).toContain("The request may have been carried out nevertheless.");
  expect(error.message).toContain("adoptProjectId");
});

test("a redirect of what can be repeated says nothing of that", async () => {
  service.answersText("GET", STATUS_PATH, 302, "", { location: "https://elsewhere.example/" });

  expect((await askStatus()).message).not.toContain("carried out");
});

describe("the pause that the service asks for", () => {
  const NOW_MS = Date.parse("2026-01-02T03:04:05Z");
  const refusedWith = async (status: number, headers: Record<string, string>): Promise<unknown> => {
    service.answers("GET", STATUS_PATH, status, { message: "some_reason" }, headers);
    return failureOf(service.client({ now: () => NOW_MS }).scans.getScanStatus("7", "5"));
  };

  test.each([
    [429, "3600", 3_600_000],
    [503, "3600", 3_600_000],
    [403, "7", 7_000],
    [429, "Fri, 02 Jan 2026 04:04:05 GMT", 3_600_000],
    [403, "Fri, 02 Jan 2026 03:04:04 GMT", 0],
    [403, "0", 0],
    [403, "soon", undefined],
    [403, "-7", undefined],
  ])("of a %i with Retry-After %j is %p ms", async (status, retryAfter, retryAfterMs) => {
    const error = await refusedWith(status, { "retry-after": retryAfter });

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toHaveProperty("retryAfterMs", retryAfterMs);
  });

  test("is undefined where it asks for none", async () => {
    expect(await refusedWith(403, {})).toHaveProperty("retryAfterMs", undefined);
  });
});
