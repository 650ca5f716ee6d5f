import type { SettingName } from "../../../../service/settings/settings";
import { connectOrRefuse } from "../../../../service/settings/connect";

const serviceOf = (config: Partial<Record<SettingName, string>>, environment: Record<string, string> = {}) =>
  connectOrRefuse({ config: (name) => config[name], environment });

test("with a key nothing keeps the service from being used", () => {
  const service = serviceOf({ apiKey: "k" });

  expect(service.configurationProblems("project")).toEqual([]);
});

test("without a key projects cannot be used, and webhooks can", () => {
  const service = serviceOf({});

  expect(service.configurationProblems("project")).toEqual([expect.stringContaining("the API key is missing")]);
  expect(service.configurationProblems("project")[0]).toContain("pulumi config set --secret crashtest:apiKey");
  expect(service.configurationProblems("webhook")).toEqual([]);
});

test("settings that cannot be used keep every transport back, and every call", async () => {
  const service = serviceOf({ endpoint: "ftp://x", teamId: "x" });

  expect(service.configurationProblems("webhook")).toHaveLength(2);
  expect(service.configurationProblems("project")).toHaveLength(3);
  expect(serviceOf({ teamId: "x", apiKey: "no key" }).configurationProblems("project")).toHaveLength(2);
  await expect(service.startScan({ projectId: "7" })).rejects.toMatchObject({ code: "CONFIGURATION_INVALID" });
  await expect(service.deleteProject("7")).rejects.toMatchObject({ code: "CONFIGURATION_INVALID" });
});

test("a proxy that is no address is a problem of the configuration, and does not break it", () => {
  const before = process.env["HTTPS_PROXY"];
  process.env["HTTPS_PROXY"] = "no address";

  const problems = serviceOf({ apiKey: "k" }).configurationProblems("project");
  if (before === undefined) delete process.env["HTTPS_PROXY"];
  else process.env["HTTPS_PROXY"] = before;

  expect(problems).toEqual([expect.stringContaining("HTTPS_PROXY")]);
});
