import type { Scanner } from "../../../src/index";
import { TestService } from "../../service/test-service";

const TEN_SECONDS = { default: { durationSeconds: 10 } };
const MS = 1000;

afterEach(() => TestService.closeAll());

/** Lets what the clock set off come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a scan is queued, runs and finishes as the script says", async () => {
  const service = await TestService.start({ script: { default: { queuedSeconds: 2, durationSeconds: 3 } } });
  const id = await service.createProject();
  const scanId = await service.startScan(id);
  const seen = [await service.statusCode(id, scanId)];

  for (const seconds of [2, 3]) {
    service.clock.advance(seconds * MS);
    await settle();
    seen.push(await service.statusCode(id, scanId));
  }

  expect(seen).toEqual([100, 101, 102]);
});

test("a start while a scan runs answers 200 with the running one, and 201 with a new one once it has ended", async () => {
  const service = await TestService.start({ script: TEN_SECONDS });
  const id = await service.createProject();

  const first = await service.send("POST", `/projects/${id}/scans`);
  const second = await service.send("POST", `/projects/${id}/scans`);
  service.clock.advance(10 * MS);
  await settle();
  const third = await service.send("POST", `/projects/${id}/scans`);

  expect([first.status, first.json]).toEqual([201, { message: "scan_started", data: { scanId: 1 } }]);
  expect([second.status, second.json]).toEqual([200, { message: "scan_already_running", data: { scanId: 1 } }]);
  expect([third.status, third.json]).toEqual([201, { message: "scan_started", data: { scanId: 2 } }]);
});

test("a running scan is stopped once; afterwards it is not running", async () => {
  const service = await TestService.start({ script: TEN_SECONDS });
  const id = await service.createProject();
  const scanId = await service.startScan(id);

  const stopped = await service.send("DELETE", `/projects/${id}/scans/${scanId}`);
  const again = await service.send("DELETE", `/projects/${id}/scans/${scanId}`);

  expect([stopped.status, stopped.json]).toEqual([200, { message: "scan_stopped" }]);
  expect([again.status, again.json]).toEqual([409, { message: "scan_not_running" }]);
  expect(await service.statusCode(id, scanId)).toBe(103);
});

test.each([
  [{ failed: "out of memory" }, 104],
  [{ statusCode: 177 }, 177],
])("the outcome %j has the code %i", async (outcome, code) => {
  const service = await TestService.start({ script: { default: { outcome } } });
  const id = await service.createProject();

  expect(await service.statusCode(id, await service.startScan(id))).toBe(code);
});

test("successive scans of a target follow its list, and the last one repeats", async () => {
  const scans = [{ outcome: { failed: "first" } }, {}];
  const service = await TestService.start({ script: { targets: [{ url: "http://127.0.0.1:8080*", scans }] } });
  const id = await service.createProject();
  const codes: number[] = [];

  for (let count = 0; count < 3; count += 1) codes.push(await service.statusCode(id, await service.startScan(id)));

  expect(codes).toEqual([104, 102, 102]);
});

test("a deleted project's running scan is stopped", async () => {
  let stops = 0;
  const scanner: Scanner = {
    name: "counting",
    refuse: () => undefined,
    start: () => {
      let end: (outcome: { state: "stopped"; findings: object; descriptions: []; errors: [] }) => void = () =>
        undefined;
      const ended = new Promise<{ state: "stopped"; findings: object; descriptions: []; errors: [] }>(
        (resolve) => (end = resolve),
      );
      const stop = async (): Promise<void> => {
        stops += 1;
        end({ state: "stopped", findings: {}, descriptions: [], errors: [] });
        await ended;
      };
      return { ended, stop };
    },
  };
  const service = await TestService.start({ scanner });
  const id = await service.createProject();
  await service.startScan(id);

  await service.send("DELETE", `/projects/${id}`);

  expect(stops).toBe(1);
});

test("a target that the scanner refuses is 409, with the reason", async () => {
  const scanner: Scanner = {
    name: "refusing",
    refuse: ({ port }) => `port ${port} is not mine`,
    start: () => {
      throw new Error("must not be called");
    },
  };
  const service = await TestService.start({ scanner });
  const id = await service.createProject();

  const answer = await service.send("POST", `/projects/${id}/scans`);

  expect(answer.status).toBe(409);
  expect(answer.json).toEqual({ message: "target_refused", data: { reason: "port 8080 is not mine" } });
});

test("a scanner that breaks at its start makes a failed scan", async () => {
  const scanner: Scanner = {
    name: "broken",
    refuse: () => undefined,
    start: () => {
      throw new Error("no such program");
    },
  };
  const service = await TestService.start({ scanner });
  const id = await service.createProject();

  expect(await service.statusCode(id, await service.startScan(id))).toBe(104);
});

test("a scan of another project is not found", async () => {
  const service = await TestService.start();
  const mine = await service.createProject();
  const other = await service.createProject();
  const scanId = await service.startScan(other);

  const answer = await service.send("GET", `/projects/${mine}/scans/${scanId}/status`);

  expect([answer.status, answer.json]).toEqual([404, { message: "scan_not_found" }]);
});

test.each(["json", "xml", "pdf"])("a report as %s of a scan that runs is 409", async (format) => {
  const service = await TestService.start({ script: TEN_SECONDS });
  const id = await service.createProject();
  const scanId = await service.startScan(id);

  const answer = await service.send("GET", `/projects/${id}/scans/${scanId}/report/${format}`);

  expect([answer.status, answer.json]).toEqual([409, { message: "scan_not_finished" }]);
});

test.each([
  ["json", "application/json; charset=utf-8"],
  ["xml", "application/xml"],
  ["pdf", "application/pdf"],
])("a report as %s has the type %s", async (format, type) => {
  const service = await TestService.start();
  const id = await service.createProject();
  const scanId = await service.startScan(id);

  const answer = await service.send("GET", `/projects/${id}/scans/${scanId}/report/${format}`);

  expect([answer.status, answer.type]).toEqual([200, type]);
});

const COVERAGE = { pages: 4, forms: 1, parameters: 3 };

test("a status says what was covered and why a scan failed, where that is known, in both transports", async () => {
  const failed = { outcome: { failed: "the target answered 503" }, coverage: COVERAGE };
  const service = await TestService.start({ control: true, script: { default: [failed, {}] } });
  const id = await service.createProject();
  const webhook = await service.webhook(id);
  const statuses = async (): Promise<unknown[]> => {
    const scanId = await service.startScan(id);
    const paths = [`/projects/${id}`, webhook].map((path) => `${path}/scans/${scanId}/status`);
    const answers = await Promise.all(paths.map((path) => service.send("GET", path)));
    return answers.map(({ json }) => (json as { data: { status: unknown } }).data.status);
  };

  expect(await statuses()).toEqual(
    Array(2).fill({ status_code: 104, reason: "the target answered 503", coverage: COVERAGE }),
  );
  expect(await statuses()).toEqual(Array(2).fill({ status_code: 102 }));
});

test("the reports say what was covered", async () => {
  const service = await TestService.start({ script: { default: { coverage: COVERAGE } } });
  const id = await service.createProject();
  const scanId = await service.startScan(id);
  const report = async (format: string): Promise<Awaited<ReturnType<TestService["send"]>>> =>
    service.send("GET", `/projects/${id}/scans/${scanId}/report/${format}`);

  expect((await report("json")).json).toMatchObject({ data: { coverage: COVERAGE } });
  expect((await report("xml")).text).toContain('<property name="coverage.parameters" value="3"/>');
});
