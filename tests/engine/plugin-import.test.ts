import { scannedYaml, writeYaml, yamlStack, type YamlProgram } from "./stack/plugin-stack";
import { TestService } from "./stack/service";
import { VeracodeService } from "./stack/veracode-service";

const IMPORT = ["import", "--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
const REFRESH = ["refresh", "--yes", "--skip-preview"];

const shop = (properties: object): YamlProgram => ({
  resources: {
    shop: {
      type: "crashtest:Project",
      properties: { url: "http://127.0.0.1:9/shop", authorizedToScan: true, ...properties },
    },
  },
  outputs: { projectId: "${shop.projectId}", name: "${shop.name}" },
});

test("at Veracode a target is imported by its ID, without a change; a refresh sees what was changed and deleted elsewhere", async () => {
  const service = await VeracodeService.start();
  const made = await service.api("POST", "/targets", {
    ...{ name: "Theirs", protocol: "HTTP", url: "127.0.0.1:9/shop", target_type: "WEB_APP", scan_type: "QUICK" },
    ...{ is_sec_lead_only: true, authorized_to_scan: true, description: "Old" },
  });
  const id = (made.json as { target_id: string }).target_id;
  const stack = await yamlStack(shop({ name: "Theirs", description: "Old" }), service.environment);
  await service.takeChanges();

  await stack.well(...IMPORT, "crashtest:index:Project", "shop", id);
  await stack.up("--expect-no-changes");
  const changesOfImport = await service.takeChanges();
  writeYaml(stack, shop({ name: "Theirs", description: "Ours" }));
  await stack.up();
  const changesOfUpdate = await service.takeChanges();
  await service.api("PUT", `/targets/${id}`, { description: "Changed elsewhere" });
  const changed = await stack.well(...REFRESH);
  await service.api("DELETE", `/targets/${id}`);
  const deleted = await stack.well(...REFRESH);

  expect(changesOfImport).toEqual([]);
  expect(changesOfUpdate).toEqual([`PUT /targets/${id}`]);
  expect(changed).toContain("1 updated");
  expect(deleted).toContain("1 deleted");
});

test("where the service cannot read projects, an import fails and says why", async () => {
  const service = await TestService.start();
  const stack = await yamlStack(scannedYaml(), service.environment);

  const { exitCode, output } = await stack.pulumi(...IMPORT, "crashtest:index:Project", "shop", "1");

  expect(exitCode).not.toBe(0);
  expect(output).toContain("adoptProjectId");
  expect(stack.state().resources.filter(({ type }) => type === "crashtest:index:Project")).toEqual([]);
});
