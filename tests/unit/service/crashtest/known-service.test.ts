import { Writable } from "node:stream";
import { statusAnswer } from "./loopback-server";
import { ENDPOINT, failureOf, KEY, MockService, WEBHOOK } from "./mock-service";

const INSTANCE = "4f1c9a20b7de";
const OWNER = { origin: ENDPOINT, instance: INSTANCE };
const NAMED = { "crashtest-service": INSTANCE };
const PROJECT = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };
const CREATED = { message: "project_created", data: { id: 7 } };
const NOTED = { message: "project_deleted" };

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

const throwAway = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done: () => void) => {
      done();
    },
  });

describe("a service", () => {
  test("is its endpoint's origin, and the instance that it names", async () => {
    service.answers("POST", "/projects", 201, CREATED, NAMED);
    await expect(service.client().projects.createProject(PROJECT)).resolves.toMatchObject({ service: OWNER });

    expect(service.client({ endpoint: `${ENDPOINT}/api/` }).service.identity).toEqual({ origin: ENDPOINT });
  });

  test.each([["a line\u0085break"], ["x".repeat(65)], [""], ["<{%zzz%}>"], [KEY]])(
    "names no instance by %j",
    async (named) => {
      service.answers("POST", "/projects", 201, CREATED, { "crashtest-service": named });

      const created = await service.client().projects.createProject(PROJECT);

      expect(created.service).toEqual({ origin: ENDPOINT });
    },
  );

  test("is asked about an instance only where its numbers come from one", async () => {
    const plain = service.answers("DELETE", "/projects/7", 200, NOTED);
    await service.client().projects.deleteProject("7", { owner: { origin: ENDPOINT } });
    const asked = service.answers("DELETE", "/projects/7", 200, NOTED, NAMED);
    await service.client().projects.deleteProject("7", { owner: OWNER });

    expect(plain.requests[0]?.headers).not.toHaveProperty("crashtest-service");
    expect(asked.requests[0]?.headers).toMatchObject({ "crashtest-service": INSTANCE });
  });
});

describe("numbers of another instance", () => {
  const client = () => service.client();

  test.each([
    [421, { message: "other_service" }, { "crashtest-service": "0b77" }],
    [404, { message: "project_not_found" }, { "crashtest-service": "0b77" }],
    [404, { message: "project_not_found" }, {}],
    [200, NOTED, {}],
  ])("are never deleted for good, whatever it answers: %i %j %j", async (status, body, headers) => {
    service.answers("DELETE", "/projects/7", status, body, headers);

    const failure = await failureOf(client().projects.deleteProject("7", { owner: OWNER }));

    expect(failure.code).toBe("OTHER_SERVICE");
    expect(failure.message).toContain(`Could not delete project 7: its ID was issued by the instance ${INSTANCE}`);
    expect(failure.message).toContain("start it on the old one (crashtest-local --data)");
    expect(failure.message).toContain("pulumi state delete --target-dependents 'URN'");
  });

  test("give no status and no report", async () => {
    service.answers("GET", "/projects/7/scans/5/status", 200, statusAnswer(102), { "crashtest-service": "0b77" });
    service.answers("GET", "/projects/7/scans/5/report/json", 200, {}, { "crashtest-service": "0b77" });
    service.answers("GET", `/webhook/${WEBHOOK}/scans/5/status`, 404, { message: "scan_not_found" }, {});
    const source = { projectId: "7", scanId: "5", owner: OWNER };

    const failures = [
      await failureOf(client().scans.getScanStatus("7", "5", { owner: OWNER })),
      await failureOf(client().reports.writeReport(source, "json", throwAway())),
      await failureOf(client().webhook.getWebhookScanStatus(WEBHOOK, "5", { owner: OWNER })),
    ];

    expect(failures.map(({ code }) => code)).toEqual(["OTHER_SERVICE", "OTHER_SERVICE", "OTHER_SERVICE"]);
  });

  test("are not told by an answer that is not the service's own", async () => {
    service.answersText("DELETE", "/projects/7", 404, "<html>gone</html>", { "content-type": "text/html" });

    const failure = await failureOf(client().projects.deleteProject("7", { owner: OWNER }));

    expect(failure.code).toBe("UNEXPECTED_ANSWER");
  });
});

describe("numbers of another address", () => {
  const owner = { origin: "http://127.0.0.1:4747" };

  test("are not asked about, and the message says what to do", async () => {
    const failure = await failureOf(service.client().projects.deleteProject("7", { owner }));

    expect(failure.code).toBe("OTHER_SERVICE");
    expect(failure.message).toContain(
      `Could not delete project 7: its ID was issued by the service at ${owner.origin}, but crashtest:endpoint`,
    );
    expect(failure.message).toContain("run `pulumi destroy --run-program`");
    expect(failure.message).toContain(
      `set crashtest:formerEndpoints (CRASHTEST_FORMER_ENDPOINTS) to '["${owner.origin}"]'`,
    );
    expect(failure.message).toContain("pulumi state delete");
  });

  test.each([[owner.origin], [`${owner.origin}/`], [`${owner.origin}/api`]])(
    "are its own where %s is a former endpoint",
    async (former) => {
      service.answers("DELETE", "/projects/7", 200, NOTED);
      const client = service.client({ formerEndpoints: ["https://older.example", former] });

      await expect(client.projects.deleteProject("7", { owner })).resolves.toBe("deleted");
    },
  );

  test("still have to be of the same instance where that is a former endpoint", async () => {
    service.answers("DELETE", "/projects/7", 404, { message: "project_not_found" });
    const client = service.client({ formerEndpoints: [owner.origin] });

    const failure = await failureOf(client.projects.deleteProject("7", { owner: { ...owner, instance: INSTANCE } }));

    expect(failure.code).toBe("OTHER_SERVICE");
  });
});

test.each([["old.example"], ["ftp://old.example"], [""]])("%j is no former endpoint", (former) => {
  expect(() => service.client({ formerEndpoints: [former] })).toThrow(/formerEndpoints must be a list of addresses/);
});
