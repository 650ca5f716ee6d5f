import type { Fault, LoggedRequest } from "../../src/index";
import { KEYS, PROJECT, TestService } from "../service/test-service";

afterEach(() => TestService.closeAll());

async function withFault(fault: Fault): Promise<TestService> {
  const service = await TestService.start({ control: true });
  const added = await service.send("POST", "/control/faults", { body: fault, key: null });
  expect(added.status).toBe(201);
  return service;
}

async function logOf(service: TestService): Promise<LoggedRequest[]> {
  const { json } = await service.send("GET", "/control/requests", { key: null });
  return (json as { data: { requests: LoggedRequest[] } }).data.requests;
}

test("the control interface is off unless asked for", async () => {
  const service = await TestService.start();

  const answer = await service.send("GET", "/control/requests");

  expect([answer.status, (answer.json as { message: string }).message]).toEqual([501, "route_not_implemented"]);
});

test("the log says how the key was sent, and has it nowhere", async () => {
  const service = await TestService.start({ control: true });
  await service.send("POST", `/projects?API_KEY=${KEYS.anna}&x=1`, { body: PROJECT, key: null });
  await service.send("POST", "/projects", { body: PROJECT });

  const log = await logOf(service);

  expect(log.map(({ apiKey }) => apiKey)).toEqual([
    { in: "query", name: "API_KEY" },
    { in: "header", name: "api_key" },
  ]);
  expect(log[0]).toMatchObject({ method: "POST", path: "/projects", query: { x: ["1"] }, body: PROJECT, status: 400 });
  expect(JSON.stringify(log)).not.toContain(KEYS.anna);
});

test("the log has no password of a login, and no value of a header or cookie", async () => {
  const service = await TestService.start({ control: true });
  const id = await service.createProject();
  const body = {
    system_authentication: { basic_auth: { username: "anna", password: "hush-1" } },
    parameter_authentication: [{ type: "COOKIE", key: "sid", value: "hush-2" }],
  };
  await service.send("POST", `/projects/${id}/scans`, { body });

  expect((await logOf(service)).at(-1)?.body).toEqual({
    system_authentication: { basic_auth: { username: "anna", password: "[hidden]" } },
    parameter_authentication: [{ type: "COOKIE", key: "sid", value: "[hidden]" }],
  });
});

test("the log can be emptied, and holds no requests to the control interface", async () => {
  const service = await TestService.start({ control: true });
  await service.createProject();
  await service.send("DELETE", "/control/requests", { key: null });

  expect(await logOf(service)).toEqual([]);
});

test("a fault with a status answers it so many times, with its headers, and nothing is done", async () => {
  const body = { message: "too_many_requests" };
  const service = await withFault({
    kind: "status",
    status: 429,
    headers: { "Retry-After": "7" },
    body,
    times: 2,
    skip: 1,
  });

  const answers = [];
  for (let count = 0; count < 4; count += 1) answers.push(await service.send("POST", "/projects", { body: PROJECT }));

  expect(answers.map(({ status }) => status)).toEqual([201, 429, 429, 201]);
  expect(answers[1]?.headers["retry-after"]).toBe("7");
  expect(answers[3]?.json).toMatchObject({ data: { id: 2 } });
});

test("a fault meets only its method and path", async () => {
  const service = await withFault({ kind: "status", status: 500, method: "DELETE", path: "/projects/*" });

  const created = await service.send("POST", "/projects", { body: PROJECT });
  const deleted = await service.send("DELETE", "/projects/1");

  expect([created.status, deleted.status]).toEqual([201, 500]);
});

test("a page of HTML and a redirect can be answered", async () => {
  const service = await withFault({ kind: "html" });
  await service.send("POST", "/control/faults", {
    body: { kind: "redirect", location: "http://127.0.0.1:9/" },
    key: null,
  });

  const page = await service.send("DELETE", "/projects/1");
  const redirect = await service.send("DELETE", "/projects/1");

  expect([page.status, page.type]).toEqual([200, "text/html; charset=utf-8"]);
  expect([redirect.status, redirect.headers["location"]]).toEqual([302, "http://127.0.0.1:9/"]);
});

test.each([
  ["dropBeforeHandling", 0],
  ["dropAfterHandling", 1],
  ["cutBody", 1],
] as const)("%s loses the answer and leaves %i projects", async (kind, count) => {
  const service = await withFault({ kind });

  await expect(service.send("POST", "/projects", { body: PROJECT })).rejects.toThrow();

  const { json } = await service.send("GET", "/control/projects", { key: null });
  expect((json as { data: { projects: unknown[] } }).data.projects).toHaveLength(count);
  expect((await logOf(service))[0]).toMatchObject({ fault: kind });
});

test("an answer can be given a wrong type", async () => {
  const service = await withFault({ kind: "wrongContentType", contentType: "text/html" });

  const answer = await service.send("POST", "/projects", { body: PROJECT });

  expect([answer.status, answer.type]).toEqual([201, "text/html"]);
  expect(service.logged).toEqual([]);
});

test("a fault that cannot be played is refused with all reasons", async () => {
  const service = await TestService.start({ control: true });
  const body = [{ kind: "status", foo: 1 }, { kind: "delay", delayMs: -1 }, { kind: "explode" }];

  const answer = await service.send("POST", "/control/faults", { body, key: null });

  expect(answer.status).toBe(422);
  expect((answer.json as { data: { faults: string[] } }).data.faults).toEqual([
    "[0] status is missing",
    "[0] foo is not a field of the kind status",
    "[1] delayMs is invalid",
    expect.stringContaining("[2] kind must be one of"),
  ]);
});

test("a script can be set, and a wrong one is refused with every place", async () => {
  const service = await TestService.start({ control: true });
  const wrong = { default: { durationSeconds: -1, ran: ["nmap"] }, other: 1 };

  const refused = await service.send("POST", "/control/script", { body: wrong, key: null });
  const taken = await service.send("POST", "/control/script", {
    body: { default: { outcome: { failed: "x" } } },
    key: null,
  });
  const id = await service.createProject();

  expect(refused.status).toBe(422);
  expect((refused.json as { data: { script: string[] } }).data.script).toHaveLength(3);
  expect(taken.status).toBe(200);
  expect(await service.statusCode(id, await service.startScan(id))).toBe(104);
});

test("the control interface takes JSON only, so that a page of another site cannot steer it", async () => {
  const service = await TestService.start({ control: true });

  const headers = { "content-type": "text/plain" };
  const answer = await service.send("POST", "/control/faults", { body: '{"kind":"html"}', headers, key: null });

  expect(answer.status).toBe(415);
});
