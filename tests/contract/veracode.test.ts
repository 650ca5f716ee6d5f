import { Writable } from "node:stream";
import type { Login } from "../../service/login";
import { ROUTES } from "../../service/veracode/routes";
import type { ScanningService, ServiceReportFormat } from "../../service/service";
import { contractOperations, VERACODE_DOCUMENT_PATH } from "./contract-document";
import { PROJECT, RUNNING_URL, VeracodeContractService } from "./veracode-service";

let service: VeracodeContractService;
let port: ScanningService;
beforeEach(async () => {
  service = await VeracodeContractService.start();
  port = service.port();
});
afterEach(() => service.close());

const create = async (changes: object = {}): Promise<string> =>
  (await port.createProject({ ...PROJECT, ...changes })).projectId;

async function start(projectId: string): Promise<string> {
  const started = await port.startScan({ projectId });
  if (started === "projectNotFound") throw new Error(started);
  return started.scanId;
}

/** The operations that were asked for, in order. */
const operations = async (): Promise<(string | undefined)[]> =>
  (await service.requests()).map(({ operation }) => operation);

async function beginningOf(projectId: string, scanId: string, format: ServiceReportFormat): Promise<string> {
  const chunks: Buffer[] = [];
  const memory = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await port.writeReport({ projectId, scanId }, format, memory);
  return Buffer.concat(chunks).subarray(0, 5).toString();
}

test("the client's routes are operations of the contract", () => {
  const documented = contractOperations(VERACODE_DOCUMENT_PATH).map(({ id, method, path }) => [
    id,
    `${method} ${path}`,
  ]);

  expect(Object.fromEntries(documented)).toMatchObject(ROUTES);
});

test("a project is created, read, changed and deleted as the contract has it", async () => {
  const projectId = await create({ description: "The shop" });
  const created = { name: PROJECT.name, url: PROJECT.url, type: "webapp", scanType: "quick", description: "The shop" };
  await expect(port.readProject(projectId)).resolves.toEqual({ ...created, createdAt: expect.any(String) as string });

  const changes = { name: "new", url: "http://new.example.com:8080/", description: "" };
  const changed = { name: "new", url: "http://new.example.com:8080", type: "webapp", scanType: "quick" };
  await expect(port.updateProject(projectId, changes)).resolves.toMatchObject(changed);
  const read = await port.readProject(projectId);
  expect(read).toMatchObject(changed);
  expect(read).not.toHaveProperty("description");

  await expect(port.deleteProject(projectId)).resolves.toBe("deleted");
  await expect(port.readProject(projectId)).resolves.toBe("notFound");
  await expect(port.deleteProject(projectId)).resolves.toBe("notFound");
  await expect(port.updateProject(projectId, { name: "new" })).resolves.toBe("notFound");
  await expect(port.startScan({ projectId })).resolves.toBe("projectNotFound");
});

test("an API is created with its specification", async () => {
  const projectId = await create({
    type: "api",
    scanType: "enterprise",
    apiSpecification: "https://finished.example.com/openapi.json",
  });

  await expect(port.readProject(projectId)).resolves.toMatchObject({
    type: "api",
    scanType: "enterprise",
    apiSpecification: "https://finished.example.com/openapi.json",
  });
});

test("a scan is started, followed and reported in all formats", async () => {
  const projectId = await create();
  const scanId = await start(projectId);

  await expect(port.getScanStatus({ projectId, scanId })).resolves.toMatchObject({ scanId, state: "finished" });
  await expect(beginningOf(projectId, scanId, "pdf")).resolves.toBe("%PDF-");
  await expect(beginningOf(projectId, scanId, "xml")).resolves.toMatch(/^<(\?xml|test)/);
  await expect(beginningOf(projectId, scanId, "csv")).resolves.toMatch(/^\w/);
  await expect(port.stopScan({ projectId, scanId })).resolves.toBe("notRunning");
});

test("a running scan is joined, stopped, and followed by another one", async () => {
  const projectId = await create({ url: RUNNING_URL });
  const scanId = await start(projectId);
  await expect(port.startScan({ projectId })).resolves.toMatchObject({ scanId, joined: true });
  await expect(port.readReport({ projectId, scanId }, "xml")).rejects.toMatchObject({ code: "SCAN_NOT_FINISHED" });

  await expect(port.stopScan({ projectId, scanId }, { untilStopped: true })).resolves.toBe("stopped");

  await expect(port.getScanStatus({ projectId, scanId })).resolves.toMatchObject({ state: "stopped" });
  await expect(port.startScan({ projectId })).resolves.toMatchObject({ joined: false });
});

test.each(["dropAfterHandling", "cutBody"] as const)(
  "a create whose answer is lost (%s) ends with one target",
  async (kind) => {
    await service.addFault({ kind, operation: "createTarget" });

    const projectId = await create();

    await expect(port.readProject(projectId)).resolves.toMatchObject({ name: PROJECT.name });
    expect(await operations()).toEqual(["createTarget", "listTargets", "getTarget"]);
  },
);

test("a create that was never carried out is not taken over", async () => {
  await service.addFault({ kind: "dropBeforeHandling", operation: "createTarget" });

  await expect(create()).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
});

test("a taken name is told with the target that has it", async () => {
  const projectId = await create();

  await expect(create()).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining(`set adoptProjectId to "${projectId}"`) as string,
  });
});

test.each(["dropAfterHandling", "cutBody"] as const)("a start whose answer is lost (%s) is followed", async (kind) => {
  const projectId = await create({ url: RUNNING_URL });
  await service.addFault({ kind, operation: "startAnalysisRun" });

  const started = await port.startScan({ projectId });

  expect(started).toMatchObject({ joined: true, isFoundAfterLostStart: true });
});

test("a start that was never carried out is not known", async () => {
  const projectId = await create();
  await service.addFault({ kind: "dropBeforeHandling", operation: "startAnalysisRun" });

  await expect(port.startScan({ projectId })).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
});

test("a scan by webhook is signed, and a busy one says what to do", async () => {
  await create({ name: "hooked", url: RUNNING_URL });
  const webhook = await service.webhookOf("hooked");

  const started = await port.startScan({ webhook });

  expect(started).toMatchObject({ scanId: expect.stringMatching(/^\d+$/) as string, joined: false });
  const { scanId } = started as { scanId: string };
  await expect(port.getScanStatus({ webhook, scanId })).resolves.toMatchObject({ state: "running", statusCode: 101 });
  await expect(port.startScan({ webhook })).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(port.readReport({ webhook, scanId }, "xml")).rejects.toMatchObject({ code: "SCAN_NOT_FINISHED" });
  await expect(port.getScanStatus({ webhook, scanId: "999999" })).resolves.toBeUndefined();
});

test.each([
  ["https://localhost", "LOCALHOST_NOT_SUPPORTED_TARGET_URL"],
  ["https://10.0.0.1", "PRIVATE_IP_NOT_SUPPORTED_TARGET_URL"],
  ["https://[::1]", "IPV6_NOT_SUPPORTED_TARGET_URL"],
  ["https://shop", "TOP_LEVEL_DOMAIN_INVALID_TARGET_URL"],
  ["https://shop.example.com/Path", "TARGET_URL_NOT_LOWERCASE"],
])("the address %s is refused with %s, and the property that it is about", async (url, code) => {
  const failed = create({ url });

  await expect(failed).rejects.toMatchObject({
    code: "INVALID_REQUEST",
    message: expect.stringMatching(new RegExp(`${code}.* Check url: `)) as string,
  });
});

test("a clock that is ten minutes off is told", async () => {
  const failed = service.port({ now: () => Date.now() - 10 * 60_000 }).createProject(PROJECT);

  await expect(failed).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
    message: expect.stringContaining("The clock of this machine is 10 minutes behind") as string,
  });
});

test("a key that is not the right one is told", async () => {
  const failed = service.port({ apiKey: "00".repeat(64) }).createProject(PROJECT);

  await expect(failed).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
    message: expect.stringContaining("Check crashtest:veracodeApiId") as string,
  });
});

test("a page of the front in the place of an answer is not a deletion", async () => {
  const projectId = await create();
  await service.addFault({ kind: "html", status: 404, operation: "deleteTarget" });
  await service.addFault({ kind: "html", status: 404, operation: "getTarget" });

  await expect(port.deleteProject(projectId)).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  await expect(port.readProject(projectId)).resolves.toMatchObject({ name: PROJECT.name });
});

describe("a login and a specification", () => {
  const PASSWORD = "hush";
  const LOGIN: Login = {
    basic: { username: "anna", password: PASSWORD },
    form: [{ url: "https://finished.example.com/login", username: "anna", password: PASSWORD }],
    headers: [{ name: "X-Key", value: PASSWORD }],
    cookies: [{ name: "sid", value: PASSWORD }],
    check: { url: "https://finished.example.com/account", contains: "Log out" },
  };
  const SPECIFICATION = "openapi: 3.0.3\npaths: { /orders: { get: {} } }\n";
  const options = { login: LOGIN, apiSpecification: SPECIFICATION };

  test("are set in the profile before a start, and removed in the same way", async () => {
    const projectId = await create();

    await expect(port.startScan({ projectId }, options)).resolves.toMatchObject({ joined: false });
    await port.startScan({ projectId }, { formerLogin: ["basic", "form", "headers", "cookies"] });

    const puts = ["setSystemAuthentication", "setApplicationAuthentication", "setParameterAuthentications"];
    const sent = (await service.requests()).filter(({ method }) => method !== "GET");
    expect(sent.map(({ operation, status }) => [operation, status])).toEqual([
      ["createTarget", 201],
      ...puts.map((operation) => [operation, 200]),
      ["uploadSpecification", 200],
      ["startAnalysisRun", 200],
      ...puts.map((operation) => [operation, 204]),
      ["startAnalysisRun", 200],
    ]);
  });

  test("an upload takes the place of the address of a specification", async () => {
    const apiSpecification = "https://finished.example.com/openapi.json";
    const projectId = await create({ type: "api", scanType: "enterprise", apiSpecification });

    await port.startScan({ projectId }, { apiSpecification: SPECIFICATION });

    await expect(port.readProject(projectId)).resolves.not.toHaveProperty("apiSpecification");
    await expect(port.updateProject(projectId, { apiSpecification })).resolves.toMatchObject({ apiSpecification });
  });

  test("nothing is started where a part of it fails; a busy service is asked again", async () => {
    const projectId = await create();
    await service.addFault({ kind: "status", status: 503, operation: "setSystemAuthentication" });
    await service.addFault({ kind: "status", status: 403, operation: "setParameterAuthentications" });

    await expect(port.startScan({ projectId }, options)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining(
        `Could not set the headers and cookies of target ${projectId}, so no scan was started`,
      ) as string,
    });

    const asked = await operations();
    expect(asked.filter((operation) => operation === "setSystemAuthentication")).toHaveLength(2);
    expect(asked).not.toContain("startAnalysisRun");
  });

  test("are in the body of a start by webhook, and stay where a later start does not mention them", async () => {
    const projectId = await create({ name: "hooked" });
    const webhook = await service.webhookOf("hooked");

    await expect(port.startScan({ webhook }, options)).resolves.toMatchObject({ joined: false });
    await expect(port.startScan({ webhook })).resolves.toMatchObject({ joined: false });
    await expect(port.startScan({ webhook }, { formerLogin: ["basic", "form"] })).resolves.toMatchObject({
      joined: false,
    });

    await expect(port.readProject(projectId)).resolves.not.toHaveProperty("apiSpecification");
  });

  test("a form on another host is refused with the reason", async () => {
    const projectId = await create();
    const form = [{ url: "https://other.example.com/login", username: "anna", password: PASSWORD }];

    await expect(port.startScan({ projectId }, { login: { form } })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining("application_authentication/url must be an address of the target") as string,
    });
  });
});
