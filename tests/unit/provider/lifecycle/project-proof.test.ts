import { projectLifecycle } from "../../../../provider/lifecycle/project";
import type { ProjectInputs } from "../../../../provider/lifecycle/project-inputs";
import { FakeService, SERVICE } from "./fake-service";

const INPUTS: ProjectInputs = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
const STATE = { ...INPUTS, projectId: "7", service: SERVICE };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
});

describe("the proof of ownership in the state of a project", () => {
  const stateWith = async (verification: object | undefined): Promise<object> => {
    service.createAnswer = { verification, verificationProblems: [] };
    return (await projectLifecycle.create(service.context, INPUTS)).state;
  };

  test("holds the whole of it under the outputs' names", async () => {
    const verification = { fileName: "crashtest-1.html", fileContent: "one", txtRecord: "crashtest=1" };

    expect(await stateWith(verification)).toStrictEqual({
      ...STATE,
      verificationFileName: "crashtest-1.html",
      verificationFileContent: "one",
      verificationTxtRecord: "crashtest=1",
    });
    expect(service.warnings).toEqual([]);
  });

  test.each([undefined, {}])("has no outputs, not even undefined ones, where the service says %j", async (told) => {
    expect(await stateWith(told)).toStrictEqual(STATE);
  });

  test.each([
    [{ txtRecord: "crashtest=1" }, { verificationTxtRecord: "crashtest=1" }],
    [{ fileName: "crashtest-1.html" }, { verificationFileName: "crashtest-1.html" }],
    [{ fileContent: "one" }, { verificationFileContent: "one" }],
  ])("of %j has only that", async (told, outputs) => {
    expect(await stateWith(told)).toStrictEqual({ ...STATE, ...outputs });
  });

  test("keeps the project where it cannot be used, and warns with each reason", async () => {
    service.createAnswer = {
      verification: { fileContent: "one" },
      verificationProblems: ["file_name is not a string", "dns_txt is empty"],
    };

    const created = await projectLifecycle.create(service.context, INPUTS);

    expect(created).toStrictEqual({ id: "7", state: { ...STATE, verificationFileContent: "one" } });
    expect(service.warnings).toEqual([
      "Project 7 was created, but parts of its proof of ownership are invalid (file_name is not a string; dns_txt is empty), " +
        "so their outputs are undefined. Look for the proof on the service's own pages.",
    ]);
  });

  test.each([
    [{ fileContent: "a <{%zzz%}>", txtRecord: "one" }, "verificationFileContent", { verificationTxtRecord: "one" }],
    [{ fileContent: "one", txtRecord: "a <{%zzz%}>" }, "verificationTxtRecord", { verificationFileContent: "one" }],
  ])("has no output that the engine would take for a colour: %j", async (verification, output, kept) => {
    service.createAnswer = { verification };

    const created = await projectLifecycle.create(service.context, INPUTS);

    expect(created.state).toStrictEqual({ ...STATE, ...kept });
    expect(service.warnings).toEqual([
      expect.stringContaining(`(${output} contains <{%, which Pulumi takes for a colour)`),
    ]);
  });

  test("is not there of an adopted project", async () => {
    service.createAnswer = { verification: { fileName: "crashtest-1.html" } };

    const created = await projectLifecycle.create(service.context, { ...INPUTS, adoptProjectId: "9" });

    expect(created.state).toStrictEqual({ ...INPUTS, projectId: "9", service: { origin: SERVICE.origin } });
  });

  test("is kept by an update and by a refresh, and is no change", async () => {
    const state = { ...STATE, verificationFileName: "crashtest-1.html" };

    await expect(projectLifecycle.update(service.context, "7", state, INPUTS)).resolves.toEqual(state);
    await expect(projectLifecycle.diff(service.context, "7", state, { ...INPUTS })).resolves.toMatchObject({
      changes: false,
    });
    expect(await projectLifecycle.read(service.context, "7", state)).toEqual({ id: "7", state });
  });
});
