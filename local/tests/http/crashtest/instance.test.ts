import { PROJECT, TestService } from "../../service/test-service";

afterEach(() => TestService.closeAll());

const instanceOf = async (service: TestService): Promise<string> => {
  const { headers } = await service.send("GET", "/projects/1/scans/1/status");
  return String(headers["crashtest-service"]);
};

test("every answer names the database, a refusal too; health and whoever calls by another name are told nothing", async () => {
  const service = await TestService.start({ instance: "a1" });

  const answers = [
    await service.send("POST", "/projects", { body: PROJECT }),
    await service.send("GET", "/nothing", { key: null }),
    await service.send("GET", "/"),
    await service.send("GET", "/health"),
    await service.send("GET", "/", { headers: { host: "other.example" } }),
  ];

  expect(answers.map(({ headers }) => headers["crashtest-service"])).toEqual(["a1", "a1", "a1", undefined, undefined]);
});

test.each(["another", ""])(
  "what is asked by numbers of the database %j is refused before anything is done",
  async (asked) => {
    const service = await TestService.start({ control: true });
    const projectId = await service.createProject();
    const headers = { "crashtest-service": asked };

    const refused = [
      await service.send("DELETE", `/projects/${projectId}`, { headers }),
      await service.send("POST", `/projects/${projectId}/scans`, { headers, key: null }),
      await service.send("POST", await service.webhook(projectId), { headers, key: null }),
    ];

    for (const { status, json } of refused) {
      expect([status, json]).toEqual([421, { message: "other_service" }]);
    }
    const { json } = await service.send("GET", "/control/projects");
    expect(json).toMatchObject({ data: { projects: [{ id: projectId }] } });
  },
);

test("what names the database itself is done", async () => {
  const service = await TestService.start();
  const projectId = await service.createProject();
  const headers = { "Crashtest-Service": await instanceOf(service) };

  const { status } = await service.send("DELETE", `/projects/${projectId}`, { headers });

  expect(status).toBe(200);
});

test("two services in memory have names of their own", async () => {
  const [one, other] = [await TestService.start(), await TestService.start()];

  expect(await instanceOf(one)).toMatch(/^[0-9a-f]{12}$/);
  expect(await instanceOf(other)).not.toBe(await instanceOf(one));
});
