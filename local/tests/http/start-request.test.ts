import type { ScanOutcome, Scanner, ScanRequest } from "../../src/scanners/scanner";
import { startDetailsOf, scanLoginOf, type StartScanBody } from "../../src/http/start-request";
import { Refusal } from "../../src/http/refusal";
import { PROJECT, TestService } from "../service/test-service";

afterEach(() => TestService.closeAll());

const TARGET = new URL(PROJECT.url);
const SPECIFICATION = JSON.stringify({ openapi: "3.0.3", paths: { "/orders": { get: {} } } });
const BODY = {
  system_authentication: { basic_auth: { username: "anna", password: "hush-1" } },
  application_authentication: [{ username: "bert", password: "hush-2", url: "http://127.0.0.1:8080/login" }],
  parameter_authentication: [
    { type: "HEADER", key: "X-Key", value: "hush-3" },
    { type: "COOKIE", key: "sid", value: "hush-4" },
  ],
  login_check: { url: "http://127.0.0.1:8080/account", contains: "Log out" },
} satisfies StartScanBody;
const LOGIN = {
  basic: { username: "anna", password: "hush-1" },
  forms: [{ username: "bert", password: "hush-2", url: "http://127.0.0.1:8080/login" }],
  headers: [{ name: "X-Key", value: "hush-3" }],
  cookies: [{ name: "sid", value: "hush-4" }],
  check: { url: "http://127.0.0.1:8080/account", contains: "Log out" },
};

/** A scanner that keeps what it is asked for, and finds nothing. */
function listener(): { scanner: Scanner; requests: ScanRequest[] } {
  const requests: ScanRequest[] = [];
  const scanner: Scanner = {
    ...{ name: "listener", touchesTargets: false, refuse: () => undefined },
    start: (request) => {
      requests.push(request);
      const ended: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [], login: "confirmed" };
      return { ended: Promise.resolve(ended), stop: () => Promise.resolve() };
    },
  };
  return { scanner, requests };
}

test("a body maps to a login with all kinds, and one without any has none", () => {
  expect(scanLoginOf(BODY)).toEqual(LOGIN);
  expect(
    scanLoginOf({ system_authentication: null, application_authentication: [], parameter_authentication: [] }),
  ).toBe(undefined);
  expect(startDetailsOf(undefined, TARGET)).toEqual({});
});

test.each(["REST", "webhook"])("a start by %s hands login and specification to the scanner", async (transport) => {
  const { scanner, requests } = listener();
  const service = await TestService.start({ scanner, control: true });
  const id = await service.createProject();
  const path = transport === "REST" ? `/projects/${id}/scans` : await service.webhook(id);

  const { status, json } = await service.send("POST", path, { body: { ...BODY, specs: { api_spec: SPECIFICATION } } });

  expect([200, 201]).toContain(status);
  expect(requests).toMatchObject([
    { login: LOGIN, apiSpecification: { document: JSON.parse(SPECIFICATION) as object } },
  ]);
  const { scanId } = (json as { data: { scanId: number } }).data;
  await new Promise((resolve) => setImmediate(resolve));
  const answer = await service.send("GET", `/projects/${id}/scans/${scanId}/status`);
  expect(answer.json).toMatchObject({ data: { status: { status_code: 102, login: "confirmed" } } });
});

test("a document of 4 MiB is read", async () => {
  const { scanner, requests } = listener();
  const service = await TestService.start({ scanner });
  const id = await service.createProject();
  const text = SPECIFICATION + "\n".repeat(4 * 1024 * 1024 - SPECIFICATION.length);

  const { status } = await service.send("POST", `/projects/${id}/scans`, { body: { specs: { api_spec: text } } });

  expect([status, requests.map(({ apiSpecification }) => apiSpecification?.operations.length)]).toEqual([201, [1]]);
});

const elsewhere = "http://127.0.0.1:8081/";
test.each<[string, StartScanBody, string]>([
  [
    "a form elsewhere",
    { application_authentication: [{ username: "a", password: "b", url: elsewhere }] },
    "application_authentication/url",
  ],
  [
    "a form without an address",
    { application_authentication: [{ username: "a", password: "b", url: "/login" }] },
    "application_authentication/url",
  ],
  ["a check elsewhere", { ...BODY, login_check: { url: elsewhere, contains: "a" } }, "login_check/url"],
  [
    "a colon in the name",
    { system_authentication: { basic_auth: { username: "a:b", password: "c" } } },
    "system_authentication/basic_auth/username",
  ],
  [
    "a line break in a header",
    { parameter_authentication: [{ type: "HEADER", key: "X-A", value: "a\r\nB: c" }] },
    "parameter_authentication",
  ],
  [
    "the header Host",
    { parameter_authentication: [{ type: "HEADER", key: "Host", value: "a" }] },
    "parameter_authentication",
  ],
  [
    "a semicolon in a cookie",
    { parameter_authentication: [{ type: "COOKIE", key: "a", value: "b; c=d" }] },
    "parameter_authentication",
  ],
  ["a check without a login", { login_check: BODY.login_check }, "login_check"],
  [
    "a cookie that no header can hold",
    { parameter_authentication: [{ type: "COOKIE", key: "a", value: "\u0161" }] },
    "parameter_authentication",
  ],
  ["no OpenAPI document", { specs: { api_spec: "hello: 1" } }, "specs/api_spec"],
])("%s is 422, and the answer has no value of it", (_case, body, field) => {
  let refusal: unknown;
  try {
    startDetailsOf(body, TARGET);
  } catch (error) {
    refusal = error;
  }

  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ status: 422, slug: "validation_failed", data: { [field]: [expect.any(String)] } });
  expect(JSON.stringify((refusal as Refusal).data)).not.toMatch(/hush|8081/);
});
