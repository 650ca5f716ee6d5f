import { projectLifecycle, type ProjectState } from "../../../../provider/lifecycle/project";
import type { ServiceIdentity } from "../../../../service/service";
import { VERACODE_RULES } from "../../../../service/veracode/rules";
import { FakeService, SERVICE } from "./fake-service";

const ID = "0123456789abcdef0123456789abcdef";
const TEAM = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const OTHER_TEAM = "1c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const OWNER: ServiceIdentity = { origin: SERVICE.origin };
const INPUTS = {
  url: "https://shop.example",
  name: "store-dev-shop",
  type: "webapp",
  scanType: "quick",
  authorizedToScan: true as const,
};
const { authorizedToScan: _consent, ...SNAPSHOT } = INPUTS;
const STATE: ProjectState = { ...INPUTS, projectId: ID, service: OWNER };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  service.rules = VERACODE_RULES;
});

const check = (news: object, olds: object = {}) => projectLifecycle.check(service.context, { ...olds }, { ...news });
const failuresOf = (news: object, olds: object = {}) =>
  check(news, olds).failures.map(({ property, reason }) => `${property} ${reason}`);

describe("check", () => {
  const given = { url: INPUTS.url, authorizedToScan: true, defaultName: "store-dev-shop" };

  test("applies the defaults of a new project", () => {
    expect(check(given)).toEqual({ inputs: INPUTS, failures: [] });
  });

  test("names a project in the state as before, whatever the default is by now", () => {
    expect(check({ ...given, defaultName: "store-prod-shop" }, INPUTS).inputs).toMatchObject({ name: INPUTS.name });
  });

  test.each(["while adoptProjectId is set", "after it was removed"])(
    "lets an adopted project keep what is not declared, %s",
    (when) => {
      const adopting = { ...given, adoptProjectId: ID };
      const { inputs: adopted } = check(adopting);
      const { inputs } = when.startsWith("while") ? check(adopting, adopted) : check(given, adopted);

      expect(inputs).not.toHaveProperty("name");
      expect(inputs).not.toHaveProperty("type");
      expect(inputs).not.toHaveProperty("scanType");
    },
  );

  test("keeps what the program leaves out, whatever it was", () => {
    const olds = { ...INPUTS, scanType: "enterprise", description: "The shop" };

    expect(check(given, olds).inputs).toMatchObject({ scanType: "enterprise", description: "The shop" });
  });

  test("lets a project that was adopted as an API keep its specification, and asks a new one for it", () => {
    const adopted = { ...INPUTS, type: "api", adoptProjectId: ID };
    const { adoptProjectId: _removed, ...api } = adopted;

    expect(failuresOf(api, adopted)).toEqual([]);
    expect(failuresOf(api, INPUTS)).toEqual([expect.stringContaining("apiSpecification must be set")]);
  });

  test("collects all that this service does not take", () => {
    const wrong = {
      url: "https://user:word@shop.example",
      name: "",
      type: "api",
      scanType: "full",
      teamId: 42,
      authorizedToScan: false,
    };

    expect(failuresOf(wrong)).toEqual([
      expect.stringContaining("teamId must be the UUID of a team"),
      expect.stringContaining("url must not contain a user name or password"),
      expect.stringContaining("name must be a text of 1 to 255 characters"),
      expect.stringContaining("scanType must be quick or enterprise"),
      expect.stringContaining("authorizedToScan must be true"),
      expect.stringContaining("apiSpecification must be set"),
    ]);
  });
});

describe("a difference", () => {
  const diff = (news: object, state: ProjectState = STATE) =>
    projectLifecycle.diff(service.context, ID, state, { ...INPUTS, ...news });

  test.each<[string, object, object]>([
    ["nothing changed", {}, { changes: false, replaces: [] }],
    ["the name", { name: "other" }, { changes: true, replaces: [] }],
    ["the address", { url: "https://other.example" }, { changes: true, replaces: [] }],
    ["a description", { description: "The shop" }, { changes: true, replaces: [] }],
    ["an empty description", { description: "" }, { changes: false, replaces: [] }],
    ["the type", { type: "api" }, { changes: true, replaces: ["type"] }],
    ["the kind of scan", { scanType: "enterprise" }, { changes: true, replaces: ["scanType"] }],
    ["a first team", { teamId: TEAM }, { changes: true, replaces: ["teamId"] }],
  ])("is decided by what changed: %s", async (_what, news, expected) => {
    await expect(diff(news)).resolves.toMatchObject(expected);
  });

  test("updates another team in place, and leaves one alone that the program no longer mentions", async () => {
    const state = { ...STATE, teamId: TEAM };

    await expect(diff({ teamId: OTHER_TEAM }, state)).resolves.toMatchObject({ changes: true, replaces: [] });
    await expect(diff({}, state)).resolves.toMatchObject({ changes: false });
  });

  test("deletes before it replaces, since names are unique", async () => {
    await expect(diff({ scanType: "enterprise" })).resolves.toMatchObject({ deleteBeforeReplace: true });
  });
});

describe("an update", () => {
  test("sends all that is known, and counts as it was sent", async () => {
    service.snapshot = { createdAt: "2026-01-01T00:00:00Z" };

    const state = await projectLifecycle.update(service.context, ID, STATE, { ...INPUTS, name: "other" });

    expect(service.calls).toEqual([`updateProject ${ID} ${JSON.stringify({ ...INPUTS, name: "other" })}`]);
    expect(state).toEqual({ ...STATE, name: "other", createdAt: "2026-01-01T00:00:00Z" });
  });

  test("of a project that was deleted elsewhere says what to do", async () => {
    service.snapshot = "notFound";

    const updating = projectLifecycle.update(service.context, ID, STATE, { ...INPUTS, name: "other" });

    await expect(updating).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(updating).rejects.toThrow("pulumi refresh");
  });
});

describe("a read", () => {
  test("gives what the project is now, and keeps what the service does not say", async () => {
    service.snapshot = { ...SNAPSHOT, url: "https://changed.example", description: "Changed" };

    await expect(projectLifecycle.read(service.context, ID, { ...STATE, teamId: TEAM })).resolves.toEqual({
      id: ID,
      state: { ...STATE, url: "https://changed.example", description: "Changed" },
    });
  });

  test("keeps the program's own spelling of the same address", async () => {
    service.snapshot = SNAPSHOT;
    const state = { ...STATE, url: `${INPUTS.url}/` };

    await expect(projectLifecycle.read(service.context, ID, state)).resolves.toEqual({ id: ID, state });
  });

  test("shows no difference where an uploaded specification took the place of its address", async () => {
    const api = { ...INPUTS, type: "api", apiSpecification: "https://shop.example/openapi.json" };
    service.snapshot = { ...SNAPSHOT, type: "api" };

    const read = await projectLifecycle.read(service.context, ID, { ...STATE, ...api });

    expect(read).toEqual({ id: ID, state: { ...STATE, ...api } });
    const diff = projectLifecycle.diff(service.context, ID, { ...STATE, ...read?.state }, api);
    await expect(diff).resolves.toMatchObject({ changes: false });
  });

  test("shows another address of the specification", async () => {
    const apiSpecification = "https://shop.example/new.json";
    service.snapshot = { ...SNAPSHOT, apiSpecification };

    const read = await projectLifecycle.read(service.context, ID, { ...STATE, apiSpecification: "https://a.example/" });

    expect(read?.state).toMatchObject({ apiSpecification });
  });

  test("finds nothing where the project was deleted", async () => {
    service.snapshot = "notFound";

    await expect(projectLifecycle.read(service.context, ID, STATE)).resolves.toBeUndefined();
  });

  test("by an ID alone fills in all that the service says", async () => {
    service.snapshot = SNAPSHOT;

    await expect(projectLifecycle.read(service.context, ID, {})).resolves.toEqual({
      id: ID,
      state: { ...SNAPSHOT, projectId: ID, service: OWNER },
    });
  });
});

describe("an adopted project", () => {
  const adopt = (declared: object) =>
    projectLifecycle.create(service.context, { url: INPUTS.url, type: "webapp", adoptProjectId: ID, ...declared });

  test("has what it is where the program does not declare it", async () => {
    service.snapshot = { ...SNAPSHOT, teamId: TEAM };

    const { id, state } = await adopt({ authorizedToScan: true });

    expect(service.calls).toEqual([`readProject ${ID}`]);
    expect([id, state]).toEqual([ID, { ...STATE, teamId: TEAM }]);
  });

  test("becomes what the program declares", async () => {
    service.snapshot = SNAPSHOT;

    const { state } = await adopt({ name: "other", url: "https://new.example" });

    expect(service.calls).toEqual([
      `readProject ${ID}`,
      `updateProject ${ID} {"url":"https://new.example","name":"other","type":"webapp","scanType":"quick"}`,
    ]);
    expect(state).toMatchObject({ name: "other", url: "https://new.example" });
  });

  test("that would have to be replaced for it is refused", async () => {
    service.snapshot = { ...SNAPSHOT, type: "api" };

    await expect(adopt({})).rejects.toMatchObject({ code: "CONFLICT" });
    expect(service.calls).toEqual([`readProject ${ID}`]);
  });

  test("that is not there is an error", async () => {
    service.snapshot = "notFound";

    await expect(adopt({})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
