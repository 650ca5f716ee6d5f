import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { findExecutable, pathFolders } from "../../scripts/engine/inspect";
import { pluginFolder, scannedYaml, yamlStack } from "./stack/plugin-stack";
import { pythonStack } from "./stack/python-stack";
import { runWell } from "./stack/run";

const PAGE = readFileSync(resolve(__dirname, "../../docs/installation-configuration.md"), "utf8");

const startScript = (): string => join(pluginFolder(), "pulumi-resource-crashtest");

/** Pip installs there, without a network. */
const pipSettings = (target: string): Record<string, string> => ({
  PIP_TARGET: target,
  PIP_NO_INDEX: "1",
  PIP_NO_DEPS: "1",
  PIP_QUIET: "1",
  // Pip reads it as the value of what it negates: 0 switches the isolation off.
  PIP_NO_BUILD_ISOLATION: "0",
});

test("package add makes the SDK from the plugin at a path; a host that cannot link it says so, and then pip installs it", async () => {
  const stack = await pythonStack("", {});
  if (stack === undefined) return;
  const installed = join(stack.folder, "installed");
  Object.assign(stack.environment, pipSettings(installed), { PYTHONPATH: installed });
  const byHand = /`(python -m pip install [^`]+)`/.exec(PAGE)?.[1] ?? "";
  const options = { cwd: stack.folder, env: stack.environment };

  const { exitCode, output } = await stack.pulumi("package", "add", startScript());
  const sdk = join(stack.folder, "sdks/pulumi-crashtest-crashtest");
  const plugin = JSON.parse(readFileSync(join(sdk, "pulumi_crashtest/pulumi-plugin.json"), "utf8")) as unknown;
  // The hosts of a current release link, and install what they have linked.
  if (exitCode !== 0) {
    expect(output).toContain("linking package");
    expect(existsSync(installed)).toBe(false);
    await runWell("sh", ["-c", byHand], options);
  }
  const program = "import pulumi_crashtest as c; print(c.Project.__name__, c.__file__)";
  const imported = await runWell("python", ["-c", program], options);

  expect(output).toContain("Successfully generated an SDK for the crashtest package");
  expect(plugin).toMatchObject({ name: "crashtest", version, resource: true });
  expect(imported).toContain(`Project ${join(installed, "pulumi_crashtest/__init__.py")}`);
});

test("without Node on the PATH the engine shows what the start script says", async () => {
  const stack = await yamlStack(scannedYaml(), {});
  const path = join(stack.folder, "path");
  mkdirSync(path);
  symlinkSync(findExecutable("pulumi", pathFolders(stack.environment)) ?? "", join(path, "pulumi"));
  stack.environment["PATH"] = path;

  const { exitCode, output } = await stack.pulumi("package", "add", startScript());

  expect(exitCode).not.toBe(0);
  expect(output).toContain("pulumi-resource-crashtest: Node must be on the PATH, but there is none.");
});
