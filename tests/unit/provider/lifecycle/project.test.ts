import { CrashtestError } from "../../../../errors/errors";
import { projectLifecycle } from "../../../../provider/lifecycle/project";
import type { ProjectInputs } from "../../../../provider/lifecycle/project-inputs";
import { UNKNOWN } from "../../../../provider/lifecycle/lifecycle";
import { FakeService, SERVICE } from "./fake-service";

const INPUTS: ProjectInputs = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
const STATE = { ...INPUTS, projectId: "7", service: SERVICE };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("check", () => {
  const check = (news: object, olds: object = {}) => projectLifecycle.check(service.context, { ...olds }, { ...news });

  test("holds IDs as digits and fills in the type", () => {
    const checked = check({
      teamId: 42,
      url: "https://shop.example",
      name: "shop",
      adoptProjectId: 7,
      __provider: "x",
    });

    expect(checked).toEqual({ inputs: { ...INPUTS, adoptProjectId: "7" }, failures: [] });
  });

  test("tells all failures at once", () => {
    service.problems.project = ["the API key is missing"];

    const { failures } = check({ teamId: "x", url: "shop", name: "", type: 7, adoptProjectId: -1 });

    expect(failures.map(({ property }) => property)).toEqual(["teamId", "url", "name", "type", "adoptProjectId", ""]);
  });

  test("says what has to be set", () => {
    expect(check({}).failures).toEqual([
      { property: "teamId", reason: "must be set, here or as crashtest:teamId (CRASHTEST_TEAM_ID)" },
      { property: "url", reason: "must be set: the address to scan" },
      { property: "name", reason: "must be set" },
    ]);
  });

  test("lets values pass that a preview does not know", () => {
    const unknown = { teamId: UNKNOWN, url: UNKNOWN, name: UNKNOWN, type: UNKNOWN, adoptProjectId: UNKNOWN };

    expect(check(unknown)).toEqual({ inputs: unknown, failures: [] });
  });

  test.each([
    ["teamId", "43"],
    ["url", "https://other.example"],
    ["name", "other"],
    ["type", "api"],
  ])("refuses a changed %s while adoptProjectId names the project in the stack", (property, value) => {
    const olds = { ...INPUTS, adoptProjectId: "7" };

    const { failures } = check({ ...olds, [property]: value }, olds);

    expect(failures).toEqual([
      {
        property,
        reason:
          "cannot change while adoptProjectId names project 7, which is already in this stack: remove adoptProjectId first",
      },
    ]);
  });

  test("takes a change together with the removal of adoptProjectId", () => {
    expect(check({ ...INPUTS, name: "other" }, { ...INPUTS, adoptProjectId: "7" }).failures).toEqual([]);
  });

  test.each([{}, { name: "other" }])("refuses another adoptProjectId, which would delete the first (%j)", (changed) => {
    const news = { ...INPUTS, ...changed, adoptProjectId: 777 };

    const { failures } = check(news, { ...INPUTS, adoptProjectId: "7" });

    expect(failures).toEqual([{ property: "adoptProjectId", reason: expect.any(String) as string }]);
    const { reason } = failures[0] ?? {};
    expect(reason).toContain("cannot be 777: this resource is project 7, which would be deleted with all its scans");
    expect(reason).toContain("Set it to 7, or leave it out");
    expect(reason).toContain("To take project 777 into the stack, declare another Project");
  });

  test("takes adoptProjectId where it is not known yet, and where it comes or goes", () => {
    expect(check({ ...INPUTS, adoptProjectId: UNKNOWN }, { ...INPUTS, adoptProjectId: "7" }).failures).toEqual([]);
    expect(check({ ...INPUTS, adoptProjectId: 7 }, INPUTS).failures).toEqual([]);
    expect(check(INPUTS, { ...INPUTS, adoptProjectId: "7" }).failures).toEqual([]);
  });

  test("asks nobody", () => {
    check(INPUTS);

    expect(service.calls).toEqual([]);
  });
});

describe("diff", () => {
  const diff = (news: object, olds = STATE) => projectLifecycle.diff(service.context, "7", olds, { ...news });

  test("finds no change in the same inputs", async () => {
    await expect(diff(INPUTS)).resolves.toEqual({ changes: false, replaces: [] });
  });

  test.each(["teamId", "url", "name", "type"])("replaces where %s changed, or is not known yet", async (property) => {
    for (const value of ["9", UNKNOWN]) {
      await expect(diff({ ...INPUTS, [property]: value })).resolves.toEqual({ changes: true, replaces: [property] });
    }
  });

  test("finds no change where adoptProjectId is set to the ID in state, or removed", async () => {
    await expect(diff({ ...INPUTS, adoptProjectId: "7" })).resolves.toMatchObject({ changes: false });
    await expect(diff(INPUTS, { ...STATE, adoptProjectId: "7" })).resolves.toMatchObject({ changes: false });
  });

  test.each([{}, { url: "https://other.example" }, { url: UNKNOWN }])(
    "refuses adoptProjectId where it names another project than the one in state (%#)",
    (changed) => {
      expect(() => diff({ ...INPUTS, ...changed, adoptProjectId: "777" })).toThrow(
        expect.objectContaining({
          code: "ARGUMENT_INVALID",
          message: expect.stringContaining("adoptProjectId cannot be 777: this resource is project 7") as string,
        }) as Error,
      );
    },
  );

  test("refuses a change where adoptProjectId comes to name the project in state", () => {
    expect(() => diff({ ...INPUTS, adoptProjectId: "7", url: "https://other.example", name: "other" })).toThrow(
      expect.objectContaining({
        code: "ARGUMENT_INVALID",
        message: expect.stringContaining("url, name cannot change while adoptProjectId names project 7") as string,
      }) as Error,
    );
  });
});

describe("diff of a project that is still named by adoptProjectId", () => {
  const diff = (news: object) => projectLifecycle.diff(service.context, "7", STATE, { ...INPUTS, ...news });

  test.each(["teamId", "url", "name", "type"])("takes a %s that is not known yet for unchanged", async (property) => {
    const difference = diff({ adoptProjectId: "7", [property]: UNKNOWN });

    await expect(difference).resolves.toEqual({ changes: false, replaces: [] });
  });

  test("names only what is known to have changed", () => {
    expect(() => diff({ adoptProjectId: "7", url: UNKNOWN, name: "other" })).toThrow(/^name cannot change while/);
  });

  test("is not replaced by an adoptProjectId that is not known yet, but by what else is not known then", async () => {
    const difference = diff({ adoptProjectId: UNKNOWN, url: UNKNOWN });

    await expect(diff({ adoptProjectId: UNKNOWN })).resolves.toEqual({ changes: false, replaces: [] });
    await expect(difference).resolves.toEqual({ changes: true, replaces: ["url"] });
  });
});

describe("create", () => {
  test("makes a project and holds its ID and its inputs", async () => {
    await expect(projectLifecycle.create(service.context, INPUTS)).resolves.toEqual({ id: "7", state: STATE });
    expect(service.calls).toEqual([`createProject ${JSON.stringify(INPUTS)}`]);
  });

  test("adopts a project without a call, and state does not say so", async () => {
    const created = await projectLifecycle.create(service.context, { ...INPUTS, adoptProjectId: "9" });

    expect(created).toEqual({ id: "9", state: { ...INPUTS, projectId: "9", service: { origin: SERVICE.origin } } });
    expect(service.calls).toEqual([]);
  });

  test("hands an error on", async () => {
    const failure = new CrashtestError({ code: "OUTCOME_UNKNOWN", problem: "lost" });
    service.failures.set("createProject", failure);

    await expect(projectLifecycle.create(service.context, INPUTS)).rejects.toBe(failure);
  });
});

test("update changes nothing and asks nobody", async () => {
  await expect(projectLifecycle.update(service.context, "7", STATE, INPUTS)).resolves.toEqual(STATE);
  expect(service.calls).toEqual([]);
});

test("read keeps the state, and of a project that is looked up knows the ID only", async () => {
  expect(await projectLifecycle.read(service.context, "7", { ...STATE })).toEqual({ id: "7", state: STATE });
  expect(await projectLifecycle.read(service.context, "7", {})).toEqual({ id: "7", state: { projectId: "7" } });
  expect(service.calls).toEqual([]);
});

describe("delete", () => {
  test.each(["deleted", "notFound"] as const)("is done where the service says %s", async (answer) => {
    service.deleteAnswer = answer;

    await expect(projectLifecycle.delete(service.context, "7", STATE)).resolves.toBeUndefined();
    expect([service.calls, service.owners]).toEqual([["deleteProject 7"], [SERVICE]]);
  });

  test.each(["CONFLICT", "UNEXPECTED_ANSWER", "UNAUTHENTICATED", "UNREACHABLE"] as const)(
    "fails with %s, so that the state is kept",
    async (code) => {
      service.failures.set("deleteProject", new CrashtestError({ code, problem: "no" }));

      await expect(projectLifecycle.delete(service.context, "7", STATE)).rejects.toMatchObject({ code });
    },
  );
});

test.each(["abc", "0", "7a", "-1"])("read refuses %p, which is no ID of a project", async (id) => {
  await expect(projectLifecycle.read(new FakeService().context, id, {})).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
  });
});
