import { TestService } from "../service/test-service";

const LONG = { default: { durationSeconds: 10 } };

afterEach(() => TestService.closeAll());

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function started(service: TestService, count: number): Promise<{ projectId: number; scanId: number }[]> {
  const scans: { projectId: number; scanId: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const projectId = await service.createProject();
    scans.push({ projectId, scanId: await service.startScan(projectId) });
  }
  return scans;
}

test("no more scans run at once than allowed; the others are queued, in the order of their start", async () => {
  const service = await TestService.start({ script: LONG, maxRunningScans: 2 });
  const scans = await started(service, 4);
  const codes = (): Promise<number[]> =>
    Promise.all(scans.map(({ projectId, scanId }) => service.statusCode(projectId, scanId)));

  const seen = [await codes()];
  for (let round = 0; round < 2; round += 1) {
    service.clock.advance(10_000);
    await settle();
    seen.push(await codes());
  }

  expect(seen).toEqual([
    [101, 101, 100, 100],
    [102, 102, 101, 101],
    [102, 102, 102, 102],
  ]);
});

test("a scan that waits can be stopped, and the one behind it takes its turn", async () => {
  const service = await TestService.start({ script: LONG, maxRunningScans: 1 });
  const [first, second, third] = await started(service, 3);
  if (first === undefined || second === undefined || third === undefined) throw new Error("three were started");

  const stopped = await service.send("DELETE", `/projects/${second.projectId}/scans/${second.scanId}`);
  service.clock.advance(10_000);
  await settle();

  expect(stopped.status).toBe(200);
  expect(await service.statusCode(second.projectId, second.scanId)).toBe(103);
  expect(await service.statusCode(third.projectId, third.scanId)).toBe(101);
});

test("a service that closes stops what runs and what waits", async () => {
  const service = await TestService.start({ script: LONG, maxRunningScans: 1 });
  await started(service, 3);

  await expect(service.service.close()).resolves.toBeUndefined();
});

test("the scripted scanner has no limit unless one is set", async () => {
  const service = await TestService.start({ script: LONG });
  const scans = await started(service, 5);

  const codes = await Promise.all(scans.map(({ projectId, scanId }) => service.statusCode(projectId, scanId)));

  expect(codes).toEqual(Array(5).fill(101));
});
