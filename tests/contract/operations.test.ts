import type { Operation } from "pulumi-crashtest/client";
import { CALLS, OPERATIONS } from "./calls";
import { contractOperations } from "./contract-document";
import { ContractService, type Things } from "./contract-service";

const ID = /^[1-9]\d*$/;
/** Whose numbers a start and a create give out. */
const SERVICE = {
  origin: expect.stringMatching(/^http:/) as string,
  instance: expect.stringMatching(/^\w+$/) as string,
};
const XML = { beginning: "<test", isWhole: true };

/** What the client gives back for each operation, of a scan that has ended or of one that runs. */
const RESULTS: Readonly<
  Record<Operation, { isRunning?: boolean; status: number; result: (things: Things) => unknown }>
> = {
  createProject: {
    status: 201,
    result: () => ({
      projectId: expect.stringMatching(ID) as string,
      verification: {
        fileName: expect.stringMatching(/^crashtest-\w+\.html$/) as string,
        fileContent: expect.any(String) as string,
        txtRecord: expect.any(String) as string,
      },
      verificationProblems: [],
      service: SERVICE,
    }),
  },
  deleteProject: { status: 200, result: () => "deleted" },
  startScan: {
    status: 201,
    result: () => ({ scanId: expect.stringMatching(ID) as string, joined: false, service: SERVICE }),
  },
  stopScan: { isRunning: true, status: 200, result: () => "stopped" },
  getScanStatus: { status: 200, result: ({ scanId }) => ({ scanId, statusCode: 102, state: "finished" }) },
  getReportJson: { status: 200, result: () => ({ beginning: '{"mes', isWhole: true }) },
  getReportXml: { status: 200, result: () => XML },
  getReportPdf: { status: 200, result: () => ({ beginning: "%PDF-", isWhole: true }) },
  startWebhookScan: {
    status: 200,
    result: () => ({ scanId: expect.stringMatching(ID) as string, service: SERVICE }),
  },
  getWebhookScanStatus: { status: 200, result: ({ scanId }) => ({ scanId, statusCode: 102, state: "finished" }) },
  getWebhookReportJunit: { status: 200, result: () => XML },
};

let service: ContractService;

beforeEach(async () => {
  service = await ContractService.start();
});

afterEach(() => service.close());

const fill = (path: string, things: Things): string =>
  path.replace(/\{(\w+)\}/g, (_placeholder, name: keyof Things) => things[name]);

test.each(OPERATIONS)("%s is sent as the contract has it, and its answer is understood", async (operation) => {
  const { isRunning, status, result } = RESULTS[operation];
  const things = await service.createScan(isRunning);
  const documented = contractOperations().find(({ id }) => id === operation);

  expect(await CALLS[operation](service.client(), things)).toEqual(result(things));

  const request = await service.lastRequest();
  expect(request).toMatchObject({ method: documented?.method, path: fill(documented?.path ?? "", things), status });
  expect(request?.query).toEqual({});
  expect(documented?.statuses).toContain(status);
});

test("a new project is sent with the contract's names and the team as a number", async () => {
  const things = await service.createProject();

  await CALLS.createProject(service.client(), { ...things, scanId: "1" });

  expect((await service.lastRequest())?.body).toEqual({
    team_id: 42,
    name: "shop 東京 & söhne",
    url: "https://shop.example.com/a?b=c",
    type: "webapp",
  });
});

test("no operation but the create has a body or says that it has one", async () => {
  for (const operation of OPERATIONS.filter((name) => name !== "createProject")) {
    const things = await service.createScan(operation === "stopScan");

    await CALLS[operation](service.client(), things);

    const request = await service.lastRequest();
    expect({ operation, body: request?.body }).toEqual({ operation, body: undefined });
    expect(request?.headers).not.toHaveProperty("content-type");
  }
});

test.each(["startScan", "startWebhookScan"] as const)("%s names the scan that runs already", async (operation) => {
  const things = await service.createScan(true);

  const started = await CALLS[operation](service.client(), things);

  expect(started).toEqual({
    scanId: things.scanId,
    service: SERVICE,
    ...(operation === "startScan" && { joined: true }),
  });
  expect((await service.lastRequest())?.status).toBe(200);
});
