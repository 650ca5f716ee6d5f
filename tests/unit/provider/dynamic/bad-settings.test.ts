import { dynamicProvider, type DynamicProvider } from "../../../../provider/dynamic/dynamic-provider";
import { projectLifecycle } from "../../../../provider/lifecycle/project";
import { scanLifecycle } from "../../../../provider/lifecycle/scan";
import { connectOrRefuse } from "../../../../service/settings/connect";
import { configureRequest } from "./recording-lifecycle";
import { isSetting, useEnvironmentWithout } from "./saved-environment";

const PROJECT = { teamId: "42", url: "https://shop.example", name: "shop", type: "webapp" };
const PROJECT_STATE = { ...PROJECT, projectId: "7" };
const SCAN = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };
const SCAN_STATE = { ...SCAN, scanId: "1", joined: false, startedAt: "2026-01-02T03:04:05.678Z" };
const BAD = { "crashtest:apiKey": "k-1", "crashtest:endpoint": "s3cr3t", "crashtest:maxReportBytes": "64 MiB" };
const PROBLEMS = [
  "crashtest:endpoint (or CRASHTEST_ENDPOINT) must be an address such as https://api.crashtest.cloud",
  "crashtest:maxReportBytes (or CRASHTEST_MAX_REPORT_BYTES) must be a positive whole number",
];

useEnvironmentWithout(isSetting);

async function providers(config: Record<string, string>): Promise<{ project: DynamicProvider; scan: DynamicProvider }> {
  const project = dynamicProvider(projectLifecycle, connectOrRefuse);
  const scan = dynamicProvider(scanLifecycle, connectOrRefuse);
  await Promise.all([project.configure(configureRequest(config)), scan.configure(configureRequest(config))]);
  return { project, scan };
}

test("check tells all bad settings, with what is wrong of the resource", async () => {
  const { project, scan } = await providers(BAD);

  const ofProject = await project.check({}, { ...PROJECT, name: "" });
  const ofScan = await scan.check({}, SCAN);

  expect(ofProject.failures?.[0]?.reason).toBe("name must be a text of 1 to 255 characters");
  expect(ofProject.failures?.slice(1).map(({ reason }) => reason)).toEqual(PROBLEMS);
  expect(ofScan.failures?.map(({ reason }) => reason)).toEqual(PROBLEMS);
});

test("a scan by webhook is stopped by bad settings as well", async () => {
  const { scan } = await providers(BAD);

  const { failures } = await scan.check({}, { webhook: "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f" });

  expect(failures?.map(({ reason }) => reason)).toEqual(PROBLEMS);
});

test.each<[string, (of: { project: DynamicProvider; scan: DynamicProvider }) => Promise<unknown>]>([
  ["creating a project", ({ project }) => project.create(PROJECT)],
  ["deleting a project", ({ project }) => project.delete("7", PROJECT_STATE)],
  ["creating a scan", ({ scan }) => scan.create(SCAN)],
  ["updating a scan", ({ scan }) => scan.update("7/1", SCAN_STATE, SCAN)],
  ["deleting a scan", ({ scan }) => scan.delete("7/1", SCAN_STATE)],
])("%s fails with all bad settings, so that the state is kept", async (_what, call) => {
  const failed = call(await providers(BAD));

  await expect(failed).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: `The configuration cannot be used: ${PROBLEMS.join("; ")}.`,
    stack: "CONFIGURATION_INVALID",
  });
});

test("a scan whose status cannot be asked for is unchanged, with a warning that repeats no value", async () => {
  const shown = jest.spyOn(console, "warn").mockReturnValue(undefined);
  const { scan } = await providers(BAD);

  await expect(scan.diff("7/1", SCAN_STATE, SCAN)).resolves.toEqual({ changes: false });

  expect(shown.mock.calls.join()).toContain("warning: Scan 1 counts as unchanged");
  expect(shown.mock.calls.join()).not.toContain("s3cr3t");
  shown.mockRestore();
});

test("refresh needs no settings", async () => {
  const { project, scan } = await providers(BAD);

  await expect(project.read("7", PROJECT_STATE)).resolves.toEqual({ id: "7", props: PROJECT_STATE });
  await expect(scan.read("7/1", SCAN_STATE)).resolves.toEqual({ id: "7/1", props: SCAN_STATE });
});

test("adopting is stopped by check, not left to a project that is never reached", async () => {
  const { project } = await providers({});

  const { failures } = await project.check({}, { ...PROJECT, adoptProjectId: "7" });

  expect(failures?.map(({ reason }) => reason)).toEqual([expect.stringContaining("the API key is missing")]);
});

test("a proxy of the environment that is no address is told by check, without its value", async () => {
  process.env["HTTPS_PROXY"] = "s3cr3t no address";
  const { project } = await providers({ "crashtest:apiKey": "k-1" });

  const { failures } = await project.check({}, PROJECT);

  expect(failures).toHaveLength(1);
  expect(failures?.[0]?.reason).toContain("HTTPS_PROXY");
  expect(JSON.stringify(failures)).not.toContain("s3cr3t");
});
