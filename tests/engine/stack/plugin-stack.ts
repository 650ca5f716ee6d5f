import { rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { ensureLanguageHosts } from "../../../scripts/engine/language-hosts";
import type { Around } from "./scans";
import { sharedInstallation, Stack } from "./stack";

/** A program in YAML, as far as the tests need it. */
export interface YamlProgram {
  resources: Record<string, YamlResource>;
  variables?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

export interface YamlResource {
  type: string;
  properties?: Record<string, unknown>;
  options?: Record<string, unknown>;
}

/** The folder of the plugin's start script, in the package as it is installed from its tarball. */
export const pluginFolder = (): string => join(sharedInstallation(), "node_modules/pulumi-crashtest/bin");

/** A PATH that leads to the plugin and to the language hosts for YAML and Python. */
export async function pluginPath(): Promise<string> {
  return [pluginFolder(), await ensureLanguageHosts(), process.env["PATH"] ?? ""].join(delimiter);
}

/** A stack with a program in YAML over the plugin. */
export async function yamlStack(program: YamlProgram, environment: Record<string, string>): Promise<Stack> {
  const stack = Stack.create({ program: "", environment: { PATH: await pluginPath(), ...environment } });
  for (const name of ["index.js", "package.json"]) rmSync(join(stack.folder, name));
  writeYaml(stack, program);
  return stack;
}

/** Replaces the program. */
export function writeYaml(stack: Stack, program: YamlProgram): void {
  writeFileSync(join(stack.folder, "Pulumi.yaml"), stringify({ name: "tests", runtime: "yaml", ...program }));
}

/** The URN of a resource of the plugin, without a parent. */
export const urnOf = (type: string, name: string): string => `urn:pulumi:test::tests::crashtest:index:${type}::${name}`;

const URL_OF_TARGET = "http://127.0.0.1:9/";

/** A project and a scan of it, by default with one trigger, so that a second run starts no scan. */
export const scannedYaml = ({ scan = { triggers: [1] }, project = {} }: Around = {}): YamlProgram => ({
  resources: {
    shop: { type: "crashtest:Project", properties: { url: URL_OF_TARGET, ...project } },
    nightly: { type: "crashtest:Scan", properties: { projectId: "${shop.projectId}", ...scan } },
  },
  outputs: { scanId: "${nightly.scanId}" },
});

/** The same, with a gate with these settings, and a project that depends on the gate. */
export function gatedYaml(settings: object = {}, around: Around = {}): YamlProgram {
  const { resources, outputs } = scannedYaml(around);
  const name = around.heldName ?? "held";
  return {
    resources: {
      ...resources,
      safe: { type: "crashtest:ScanGate", properties: { scan: "${nightly}", ...settings } },
      held: {
        type: "crashtest:Project",
        properties: { url: URL_OF_TARGET, name },
        options: { dependsOn: ["${safe}"] },
      },
    },
    outputs: {
      ...outputs,
      verdict: "${safe.verdict}",
      status: "${safe.status}",
      findingCounts: "${safe.findingCounts}",
    },
  };
}
