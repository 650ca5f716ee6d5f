import { ApiError, ROUTES, type CrashtestClient, type Operation } from "pulumi-crashtest/client";
import { CALLS, OPERATIONS } from "./calls";
import { contractOperations } from "./contract-document";
import { ContractService, type Things } from "./contract-service";

/** The statuses of refusals that the service gives by itself; the client's own tests have the others. */
const STATUSES = [401, 403, 404, 409, 422];
const UNKNOWN_WEBHOOK = "00000000-0000-4000-8000-000000000000";

interface Refusal {
  operation: Operation;
  status: number;
  /** The service's word. */
  slug: string;
  call: () => Promise<unknown>;
  /** The code of the error; or what the client gives back, where the refusal is a value. */
  code?: string;
  value?: string | undefined;
}

let service: ContractService;
let refusing: ContractService;
let finished: Things;
let running: Things;
let refused: Things;
let anna: CrashtestClient;

beforeAll(async () => {
  service = await ContractService.start();
  const scanner = { name: "refusing", refuse: () => "not a target of ours", start: () => Promise.reject(new Error()) };
  refusing = await ContractService.start({ scanner: scanner as never });
  finished = await service.createScan();
  running = await service.createScan(true);
  refused = { ...(await refusing.createProject()), scanId: "1" };
  anna = service.client();
});

afterAll(async () => {
  await service.close();
  await refusing.close();
});

const keyed = OPERATIONS.filter((operation) => !ROUTES[operation].includes("{webhook}"));
const reports: readonly Operation[] = ["getReportJson", "getReportXml", "getReportPdf", "getWebhookReportJunit"];

const unauthenticated = keyed.map((operation): Refusal => ({
  operation,
  status: 401,
  slug: "api_key_unknown",
  code: "UNAUTHENTICATED",
  call: () => CALLS[operation](service.client({ apiKey: "another-key" }), finished),
}));

const forbidden = keyed.map((operation): Refusal => ({
  operation,
  status: 403,
  slug: "not_your_team",
  code: "FORBIDDEN",
  call: () => CALLS[operation](service.client({ user: "bert" }), finished),
}));

const notFoundValues: Partial<Record<Operation, string | undefined>> = {
  deleteProject: "notFound",
  stopScan: "notFound",
  getScanStatus: undefined,
  getWebhookScanStatus: undefined,
};

const notFound = OPERATIONS.filter((operation) => operation !== "createProject").map((operation): Refusal => {
  const isWebhook = !keyed.includes(operation);
  return {
    operation,
    status: 404,
    slug: isWebhook ? "webhook_not_found" : "project_not_found",
    call: () => CALLS[operation](anna, { ...finished, projectId: "999", webhook: UNKNOWN_WEBHOOK }),
    ...(operation in notFoundValues ? { value: notFoundValues[operation] } : { code: "NOT_FOUND" }),
  };
});

const notFinished = reports.map((operation): Refusal => ({
  operation,
  status: 409,
  slug: "scan_not_finished",
  code: "SCAN_NOT_FINISHED",
  call: () => CALLS[operation](anna, running),
}));

const targetRefused = (["startScan", "startWebhookScan"] as const).map((operation): Refusal => ({
  operation,
  status: 409,
  slug: "target_refused",
  code: "CONFLICT",
  call: () => CALLS[operation](refusing.client(), refused),
}));

/** The form is not the target's. */
const LOGIN_ELSEWHERE = { login: { form: [{ url: "https://elsewhere.example/", username: "ann", password: "p" }] } };
const loginRefused = (["startScan", "startWebhookScan"] as const).map((operation): Refusal => ({
  operation,
  status: 422,
  slug: "validation_failed",
  code: "INVALID_REQUEST",
  call: () =>
    operation === "startScan"
      ? anna.scans.startScan(finished.projectId, LOGIN_ELSEWHERE)
      : anna.webhook.startWebhookScan(finished.webhook, LOGIN_ELSEWHERE),
}));

const REFUSALS: readonly Refusal[] = [
  ...unauthenticated,
  ...forbidden,
  ...notFound,
  ...notFinished,
  ...targetRefused,
  ...loginRefused,
  {
    operation: "stopScan",
    status: 409,
    slug: "scan_not_running",
    value: "notRunning",
    call: () => CALLS.stopScan(anna, finished),
  },
  {
    operation: "deleteProject",
    status: 409,
    slug: "project_in_use",
    code: "CONFLICT",
    call: async () => {
      /** The local service has nothing that is in the way of a delete. */
      await service.addFault({ kind: "status", status: 409, method: "DELETE", body: { message: "project_in_use" } });
      return CALLS.deleteProject(anna, finished);
    },
  },
  {
    operation: "createProject",
    status: 422,
    slug: "validation_failed",
    code: "INVALID_REQUEST",
    call: () =>
      anna.projects.createProject({ teamId: "42", name: "shop", url: "https://shop.example.com", type: "desktop" }),
  },
];

test("every refusal that the contract documents is in the table of these tests", () => {
  const documented = contractOperations().flatMap(({ id, statuses }) =>
    statuses.filter((status) => STATUSES.includes(status)).map((status) => `${id} ${status}`),
  );

  expect(REFUSALS.map(({ operation, status }) => `${operation} ${status}`).sort()).toEqual(documented.sort());
});

const asErrors = REFUSALS.filter((refusal) => refusal.code !== undefined);
const asValues = REFUSALS.filter((refusal) => refusal.code === undefined);

test.each(asErrors)("$operation, answered with $status, is the error $code", async (refusal) => {
  const { operation, status, slug, code, call } = refusal;

  const error: unknown = await call().catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(ApiError);
  const [method] = ROUTES[operation].split(" ");
  expect(error).toMatchObject({ status, code, method });
  expect(String((error as ApiError).serviceMessage)).toMatch(new RegExp(`^${slug}\\b`));
});

test.each(asValues)("$operation, answered with $status, is the value $value and no error", async (refusal) => {
  expect(await refusal.call()).toBe(refusal.value);

  expect((await service.lastRequest())?.status).toBe(refusal.status);
});

test("a 422 names the field and the reason", async () => {
  const refusal = REFUSALS.find(({ operation, status }) => operation === "createProject" && status === 422);

  await expect(refusal?.call()).rejects.toThrow(/validation_failed \{"type":\["must be one of webapp, api"\]\}/);
});

test("no error of the webhook's operations holds the webhook", async () => {
  for (const { call, operation } of asErrors.filter(({ operation }) => ROUTES[operation].includes("{webhook}"))) {
    const error: unknown = await call().catch((thrown: unknown) => thrown);

    expect({ operation, text: String(error) }).toEqual({
      operation,
      text: expect.not.stringMatching(/[0-9a-f]{8}-[0-9a-f]{4}-/) as string,
    });
    expect(error).toMatchObject({ path: expect.stringMatching(/^\/webhook\/\{webhook\}/) as string });
  }
});

test.each(keyed)("%s without any key sends nothing and says how to give one", async (operation) => {
  await service.forgetRequests();

  await expect(CALLS[operation](service.client({ apiKey: "" }), finished)).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining("set apiKey") as string,
  });
  expect(await service.requests()).toEqual([]);
});
