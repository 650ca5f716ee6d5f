import { scannedYaml, yamlStack } from "./stack/plugin-stack";
import { MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";

test("a project and a scan in YAML are created, kept and deleted by the plugin", async () => {
  const service = await TestService.start({ default: MEDIUM });
  const stack = await yamlStack(scannedYaml(), service.environment);

  const preview = await stack.well("preview");
  console.log(preview, await service.takeLog());
  console.log(await stack.up());
  console.log(await service.takeLog(), stack.state().text);
  console.log(await stack.up("--expect-no-changes"));
  console.log(await stack.well("destroy", "--yes"));
  console.log(await service.takeLog());
});
