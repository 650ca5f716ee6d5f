import type { Scanner } from "../../src/index";
import { startServer, type TestServer } from "../wapiti/servers";
import { LOOPBACK } from "../wapiti/scanning";
import { KEYS, PROJECT, TestService } from "../service/test-service";

/** What a target serves: the body of each path. */
let files: Record<string, string> = {};
let target: TestServer;

beforeEach(async () => {
  files = {};
  target = await startServer((request, response) => {
    const body = files[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200).end(body ?? "");
  });
});

afterEach(async () => {
  await TestService.closeAll();
  await target.close();
});

interface Created {
  data: { id: number; verification: { file_name: string; file_content: string; dns_txt: string } };
}

async function createProject(service: TestService, url = target.url.href): Promise<Created["data"]> {
  const { json } = await service.send("POST", "/projects", { body: { ...PROJECT, url } });
  return (json as Created).data;
}

const LONG = { default: { durationSeconds: 10 } };

test("a target on this machine is asked for no proof", async () => {
  const service = await TestService.start();
  const { id } = await createProject(service);

  expect((await service.send("POST", `/projects/${id}/scans`)).status).toBe(201);
  expect(target.hits).toEqual([]);
});

test("with requireProof no scan begins without the proof; the answer says where it belongs", async () => {
  const service = await TestService.start({ requireProof: true, control: true });
  const { id, verification } = await createProject(service);
  const webhook = await service.webhook(id);

  const refused = await service.send("POST", `/projects/${id}/scans`);
  const byWebhook = await service.send("POST", webhook, { key: null });

  expect([refused.status, refused.json]).toEqual([
    409,
    {
      message: "target_not_verified",
      data: {
        reason: expect.stringContaining(`${target.url.origin}/${verification.file_name}`) as string,
        verification,
      },
    },
  ]);
  expect([byWebhook.status, byWebhook.json]).toEqual([409, refused.json]);
  expect(JSON.stringify((await service.send("GET", "/control/scans")).json)).toContain('"scans":[]');
});

test("with the proof it begins, and once the proof was removed the next one is refused", async () => {
  const service = await TestService.start({ requireProof: true });
  const { id, verification } = await createProject(service);
  const path = `/${verification.file_name}`;
  files[path] = verification.file_content;
  const first = await service.send("POST", `/projects/${id}/scans`);
  files = {};
  const second = await service.send("POST", `/projects/${id}/scans`);
  files[path] = verification.file_content;
  const third = await service.send("POST", `/projects/${id}/scans`);

  expect([first.status, second.status, third.status]).toEqual([201, 409, 201]);
  expect(target.hits.filter((hit) => hit === `GET ${path}`)).toHaveLength(3);
});

test.each(["/?verify=crashtest-", "/verify/crashtest/"])(
  "with an answer at %s it begins, and not without it any more",
  async (beginning) => {
    const service = await TestService.start({ requireProof: true });
    const { id, verification } = await createProject(service);
    files[`${beginning}${verification.dns_txt.slice(0, 8)}`] = verification.dns_txt;
    const first = await service.send("POST", `/projects/${id}/scans`);
    files = {};
    const second = await service.send("POST", `/projects/${id}/scans`);

    expect([first.status, second.status]).toEqual([201, 409]);
  },
);

test("the proof of one project is none for another", async () => {
  const service = await TestService.start({ requireProof: true });
  const { verification } = await createProject(service);
  files[`/${verification.file_name}`] = verification.file_content;
  const other = await createProject(service);

  expect((await service.send("POST", `/projects/${other.id}/scans`)).status).toBe(409);
});

test("a scan that runs is joined without another look at the proof", async () => {
  const service = await TestService.start({ requireProof: true, script: LONG });
  const { id, verification } = await createProject(service);
  files[`/${verification.file_name}`] = verification.file_content;
  await service.send("POST", `/projects/${id}/scans`);
  files = {};

  expect((await service.send("POST", `/projects/${id}/scans`)).status).toBe(200);
});

test("a scan that waits is asked for its proof again when its turn comes", async () => {
  const service = await TestService.start({ requireProof: true, script: LONG, maxRunningScans: 1 });
  const first = await createProject(service);
  const second = await createProject(service);
  for (const { verification } of [first, second]) files[`/${verification.file_name}`] = verification.file_content;
  await service.startScan(first.id);
  const waiting = await service.startScan(second.id);
  expect(await service.statusCode(second.id, waiting)).toBe(100);
  files = {};

  service.clock.advance(10_000);

  while ((await service.statusCode(second.id, waiting)) === 100) await new Promise((resolve) => setImmediate(resolve));
  expect(await service.statusCode(second.id, waiting)).toBe(104);
});

test("a target beyond this machine needs a proof wherever the scanner reaches it", async () => {
  let starts = 0;
  const scanner: Scanner = {
    name: "reaching",
    refuse: () => undefined,
    start: () => {
      starts += 1;
      return { ended: new Promise(() => undefined), stop: () => Promise.resolve() };
    },
  };
  const service = await TestService.start({ scanner });
  // A name that is reserved never to exist.
  const { id } = await createProject(service, "http://shop.invalid/");

  const answer = await service.send("POST", `/projects/${id}/scans`);

  expect([answer.status, (answer.json as { message: string }).message]).toEqual([409, "target_not_verified"]);
  expect(starts).toBe(0);
});

test("a scanner that invents its findings looks for no proof beyond this machine", async () => {
  const service = await TestService.start({ requireProof: true });
  const { id } = await createProject(service, "http://shop.invalid/");

  const answer = await service.send("POST", `/projects/${id}/scans`);

  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining("is not on this machine") as string]);
});

test("a project that is deleted while its proof is looked for is not found", async () => {
  const service = await TestService.start({ requireProof: true });
  const slow = await startServer((request, response) => {
    void service.send("DELETE", "/projects/1", { key: KEYS.anna }).then(() => response.end(verification.file_content));
    request.resume();
  });
  const { id, verification } = await createProject(service, slow.url.href);

  const answer = await service.send("POST", `/projects/${id}/scans`);
  await slow.close();

  expect([answer.status, answer.json]).toEqual([404, { message: "project_not_found" }]);
});

test("a name that leads to this machine is refused, though the proof is there; nothing of it is asked for", async () => {
  const scanner: Scanner = {
    name: "reaching",
    refuse: () => undefined,
    start: () => ({ ended: new Promise(() => undefined), stop: () => Promise.resolve() }),
  };
  const resolveHost = (): Promise<{ address: string; family: number }[]> => Promise.resolve(LOOPBACK);
  const service = await TestService.start({ scanner, requireProof: true, resolveHost });
  const { id, verification } = await createProject(service, `http://evil.test:${target.url.port}/`);
  files[`/${verification.file_name}`] = verification.file_content;

  const answer = await service.send("POST", `/projects/${id}/scans`);

  expect([answer.status, (answer.json as { message: string }).message]).toEqual([409, "target_refused"]);
  expect(target.hits).toEqual([]);
});

test("a scan goes to the addresses at which its proof was found", async () => {
  const started: unknown[] = [];
  const scanner: Scanner = {
    name: "reaching",
    refuse: () => undefined,
    start: ({ addresses }) => {
      started.push(addresses);
      const ended = Promise.resolve({ state: "finished" as const, findings: {}, descriptions: [], errors: [] });
      return { ended, stop: () => Promise.resolve() };
    },
  };
  let lookUps = 0;
  const resolveHost = (): Promise<{ address: string; family: number }[]> => {
    lookUps += 1;
    return Promise.resolve(LOOPBACK);
  };
  const service = await TestService.start({ scanner, requireProof: true, resolveHost });
  const { id, verification } = await createProject(service, `http://localhost:${target.url.port}/`);
  files[`/${verification.file_name}`] = verification.file_content;

  expect((await service.send("POST", `/projects/${id}/scans`)).status).toBe(201);
  expect([started, lookUps]).toEqual([[LOOPBACK], 1]);
});
