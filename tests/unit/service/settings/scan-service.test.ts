import type { IncomingMessage } from "node:http";
import type { ScanningService } from "../../../../service/service";
import { connectOrRefuse } from "../../../../service/settings/connect";
import { LoopbackServer, sendJson, statusAnswer } from "../crashtest/loopback-server";
import { isSetting, useEnvironmentWithout } from "../../provider/dynamic/saved-environment";

const WEBHOOK = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const BY_PROJECT = { projectId: "7" };

useEnvironmentWithout(isSetting);

let server: LoopbackServer;
let answer: { status: number; body: object };
let service: ScanningService;
beforeEach(async () => {
  server = await LoopbackServer.start((_request: IncomingMessage, response) => {
    sendJson(response, answer.status, answer.body);
  });
  service = connectOrRefuse({
    config: (name) => ({ endpoint: server.endpoint, statusCodes: '{"105": "finished"}' })[name as string],
    environment: { CRASHTEST_API_KEY: "k-1", CRASHTEST_API_KEY_IN: "query" },
  });
});
afterEach(() => server.stop());

const willAnswer = (status: number, body: object): void => {
  answer = { status, body };
};
/** The service, which names no instance. */
const at = () => ({ origin: server.endpoint });
const asked = (): string[] => server.requests.map(({ method, url }) => `${method} ${url}`);

test("settings of both sources reach the client", async () => {
  willAnswer(200, statusAnswer(105));

  await expect(service.getScanStatus({ ...BY_PROJECT, scanId: "3" })).resolves.toMatchObject({ state: "finished" });
  expect(asked()).toEqual(["GET /projects/7/scans/3/status?api_key=k-1"]);
});

test.each([
  [201, false],
  [200, true],
])("a start that is answered with %i is joined: %p", async (status, joined) => {
  willAnswer(status, { message: "scan_started", data: { scanId: 3 } });

  await expect(service.startScan(BY_PROJECT)).resolves.toEqual({ scanId: "3", joined, service: at() });
});

test("a start by webhook counts as joined, and sends no key", async () => {
  willAnswer(200, { data: { scanId: 3 } });

  await expect(service.startScan({ webhook: WEBHOOK })).resolves.toEqual({ scanId: "3", joined: true, service: at() });
  expect(asked()).toEqual([`POST /webhook/${WEBHOOK}`]);
});

test.each([
  ["project", BY_PROJECT, "/projects/7/scans/3/status?api_key=k-1"],
  ["webhook", { webhook: WEBHOOK }, `/webhook/${WEBHOOK}/scans/3/status`],
])("a status is asked for by %s", async (_transport, target, path) => {
  willAnswer(200, statusAnswer(103));

  await expect(service.getScanStatus({ ...target, scanId: "3" })).resolves.toMatchObject({ state: "stopped" });
  expect(asked()).toEqual([`GET ${path}`]);
});

test("a scan that the service does not know has no state", async () => {
  willAnswer(404, { message: "scan_not_found" });

  await expect(service.getScanStatus({ ...BY_PROJECT, scanId: "3" })).resolves.toBeUndefined();
});

test("a project is created with the words of the API", async () => {
  const verification = { file_name: "crashtest-1.html", file_content: "", dns_txt: "crashtest=1" };
  willAnswer(201, { message: "project_created", data: { id: 7, verification } });

  const project = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };
  await expect(service.createProject(project)).resolves.toEqual({
    projectId: "7",
    verification: { fileName: "crashtest-1.html", txtRecord: "crashtest=1" },
    verificationProblems: ["file_content is empty"],
    service: at(),
  });
});

test("a start of a project that is gone is told as a value, and any other 404 as an error", async () => {
  willAnswer(404, { message: "project_not_found" });
  await expect(service.startScan(BY_PROJECT)).resolves.toBe("projectNotFound");

  willAnswer(404, { message: "route_not_found" });
  await expect(service.startScan(BY_PROJECT)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("nothing is asked by numbers of another service, by no operation", async () => {
  const owner = { origin: "https://other.example" };
  const calls = [
    service.deleteProject("7", { owner }),
    service.startScan({ ...BY_PROJECT, owner }),
    service.stopScan({ ...BY_PROJECT, scanId: "3", owner }),
    service.getScanStatus({ ...BY_PROJECT, scanId: "3", owner }),
    service.getScanStatus({ webhook: WEBHOOK, scanId: "3", owner }),
  ];

  for (const call of calls) await expect(call).rejects.toMatchObject({ code: "OTHER_SERVICE" });
  expect(() => {
    service.requireSame(owner, "project 7");
  }).toThrow(/^Could not go on with project 7: /);
  expect(asked()).toEqual([]);
});

test("a start by webhook takes no number, and is made wherever the last scan was", async () => {
  willAnswer(200, { data: { scanId: 3 } });

  const started = service.startScan({ webhook: WEBHOOK, owner: { origin: "https://other.example" } });

  await expect(started).resolves.toMatchObject({ scanId: "3", service: at() });
});

test.each([
  [200, "project_deleted", "deleted"],
  [404, "project_not_found", "notFound"],
])("a delete that is answered with %i %s is %s", async (status, message, expected) => {
  willAnswer(status, { message });

  await expect(service.deleteProject("7")).resolves.toBe(expected);
});

test.each([
  [200, "scan_stopped", "stopped"],
  [404, "scan_not_found", "notFound"],
  [409, "scan_not_running", "notRunning"],
])("a stop that is answered with %i %s is %s", async (status, message, expected) => {
  willAnswer(status, { message });

  await expect(service.stopScan({ ...BY_PROJECT, scanId: "3" })).resolves.toBe(expected);
});

test("nothing keeps a service with a key from being used, and no request is made to say so", () => {
  expect(service.configurationProblems("project")).toEqual([]);
  expect(service.configurationProblems("webhook")).toEqual([]);
  expect(server.requests).toEqual([]);
});
