import { TestService } from "../service/test-service";
import { REST, TARGET, VeracodeService, type Target } from "../http/veracode/veracode-service";

afterEach(() => TestService.closeAll());

const TARGETS = `${REST}/targets`;

async function withFault(fault: object): Promise<VeracodeService> {
  const service = await VeracodeService.start({ control: true });
  const { status } = await service.service.send("POST", "/control/faults", { key: null, body: fault });
  expect(status).toBe(201);
  return service;
}

test("a fault by operation meets that operation only", async () => {
  const service = await withFault({ kind: "dropAfterHandling", operation: "createTarget" });
  await service.send("GET", TARGETS);

  await expect(service.send("POST", TARGETS, { body: TARGET })).rejects.toThrow();

  const { _embedded } = await service.json<{ _embedded: { targets: Target[] } }>("GET", TARGETS, 200);
  expect(_embedded.targets).toMatchObject([{ name: "shop" }]);
});

test.each([
  ["an HTML page in the place of JSON", { kind: "html", status: 502, operation: "getTarget" }, 502, /<html>/],
  ["a 404 without a body", { kind: "status", status: 404, operation: "getTarget" }, 404, /^$/],
  ["a delay", { kind: "delay", delayMs: 1, operation: "getTarget" }, 200, /target_id/],
])("%s", async (_what, fault, status, text) => {
  const service = await withFault(fault);
  const { target_id: id } = await service.createTarget();

  const reply = await service.send("GET", `${TARGETS}/${id}`);
  const next = await service.send("GET", `${TARGETS}/${id}`);

  expect([reply.status, next.status]).toEqual([status, 200]);
  expect(reply.text).toMatch(text);
});

test("the log names operations, of both APIs", async () => {
  const service = await VeracodeService.start({ control: true });
  const { target_id: id } = await service.createTarget();
  await service.send("PUT", `${TARGETS}/${id}`, { body: {} });
  await service.send("GET", `${REST}/schedules`);
  const other = await TestService.start({ control: true });
  await other.createProject();

  const logOf = async (of: TestService): Promise<unknown> =>
    (await of.send("GET", "/control/requests", { key: null })).json;

  expect(await logOf(service.service)).toMatchObject({
    data: { requests: [{ operation: "createTarget" }, { operation: "updateTarget", method: "PUT" }, { status: 501 }] },
  });
  expect(await logOf(other)).toMatchObject({ data: { requests: [{ operation: "createProject" }] } });
});
