import { readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  FindingsArgs,
  ProjectArgs,
  ReportArgs,
  Report,
  ScanArgs,
  ScanGateArgs,
  ScanReference,
} from "pulumi-crashtest";
import type { FindingsReport } from "../../../findings/report";
import { resolveGateSettings } from "../../../gate/rules/settings";
import { packageSchema } from "../../../scripts/schema/package-schema";
import type { PackageSpec, PropertySpec, ResourceSpec } from "../../../scripts/schema/package-spec";
import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import { PROJECT_PROPERTIES, type ProjectProperty } from "../../../service/rules";
import type { ScanStatus } from "../../../service/scan-status";
import { SETTING_NAMES } from "../../../service/settings/settings";
import { VERACODE_RULES } from "../../../service/veracode/rules";

const ROOT = join(__dirname, "../../..");
const text = readFileSync(join(ROOT, "schemas/schema.json"), "utf8");
const schema = JSON.parse(text) as PackageSpec;

/** Each name of a type, which the compiler holds complete. */
type Names<T> = Record<keyof T, true>;
const namesOf = (names: Readonly<Record<string, true>>): string[] => Object.keys(names).sort();

const SCAN_REFERENCE: Names<ScanReference> = { projectId: true, webhook: true, scanId: true };
const FINDINGS_ARGS: Names<FindingsArgs> = SCAN_REFERENCE;
const PROJECT_ARGS: Names<Omit<ProjectArgs, "scanOnDeploy">> = {
  ...{ teamId: true, url: true, name: true, type: true, scanType: true, description: true, apiSpecification: true },
  ...{ authorizedToScan: true, adoptProjectId: true },
};
const SCAN_ARGS: Names<ScanArgs> = {
  ...{ projectId: true, webhook: true, triggers: true, whenRunning: true, login: true, apiSpecification: true },
};
const GATE_ARGS: Names<ScanGateArgs> = {
  ...{ scan: true, projectId: true, scanId: true, failOn: true, maxFindings: true, minCvss: true, minCoverage: true },
  ...{ requiredScanners: true, timeoutSeconds: true, onTimeout: true, pollIntervalSeconds: true, acceptJoined: true },
  ...{ accept: true, baseline: true, advisory: true },
};
const REPORT_ARGS: Names<ReportArgs> = {
  ...SCAN_REFERENCE,
  ...{ format: true, path: true, folder: true, baseline: true, allowUnfinished: true },
};
const REPORT: Names<Report> = { format: true, path: true, sizeBytes: true, asset: true };
const FINDINGS: Names<FindingsReport> = {
  ...{ findings: true, findingCounts: true, scanners: true, descriptions: true, additional: true, warnings: true },
};
const STATUS: Names<ScanStatus> = {
  ...{ scanId: true, state: true, statusCode: true, reason: true, maxCvss: true, coverage: true },
  ...{ isLoginConfirmed: true },
};

const resource = (name: string): ResourceSpec => {
  const found = schema.resources[`crashtest:index:${name}`];
  if (found === undefined) throw new Error(`the schema has no ${name}`);
  return found;
};
const inputs = (name: string): Record<string, PropertySpec> => resource(name).inputProperties ?? {};
const functionOf = (name: string) => schema.functions[`crashtest:index:${name}`];

test("the schema is what the sources give; npm run generate writes it", () => {
  expect(`${JSON.stringify(packageSchema(), null, 2)}\n`).toBe(text);
});

test.each([
  ["Project", PROJECT_ARGS],
  ["Scan", SCAN_ARGS],
  ["ScanGate", GATE_ARGS],
])("the inputs of %s are the arguments of TypeScript, without what only TypeScript has", (name, names) => {
  expect(Object.keys(inputs(name)).sort()).toEqual(namesOf(names));
});

test.each([
  ["getScanStatus", SCAN_REFERENCE, STATUS],
  ["getFindings", FINDINGS_ARGS, FINDINGS],
  ["getReport", REPORT_ARGS, REPORT],
])("the arguments and results of %s are those of TypeScript", (name, args, result) => {
  expect(Object.keys(functionOf(name)?.inputs.properties ?? {}).sort()).toEqual(namesOf(args));
  expect(Object.keys(functionOf(name)?.outputs.properties ?? {}).sort()).toEqual(namesOf(result));
});

test("the outputs are the public ones of TypeScript's classes", () => {
  const outputsIn = (file: string): string[] =>
    [
      ...readFileSync(join(ROOT, file), "utf8").matchAll(
        /(?<doc>[^\n]*)\n {2}(?:declare )?readonly (?<name>\w+): pulumi\.Output</g,
      ),
    ]
      .filter(({ groups }) => groups?.["doc"]?.includes("@internal") !== true)
      .map(({ groups }) => groups?.["name"] ?? "");
  const outputs = (name: string): string[] => Object.keys(resource(name).properties);

  expect(outputs("Project").sort()).toEqual(outputsIn("sdk/project.ts").sort());
  expect(outputs("ScanGate").sort()).toEqual(outputsIn("sdk/scan-gate.ts").sort());
  // The last one is a member of another interface in that file.
  const internal = ["runId", "isFoundAfterLostStart", "service", "loginKinds", "apiSpecification", "urn"];
  expect(outputs("Scan").sort()).toEqual(
    outputsIn("sdk/scan.ts")
      .filter((name) => !internal.includes(name))
      .sort(),
  );
});

test("the settings of the provider, and of the stack's configuration, are those of the package", () => {
  expect(Object.keys(schema.config.variables).sort()).toEqual([...SETTING_NAMES].sort());
  expect(schema.provider.inputProperties).toEqual(schema.config.variables);
  // With names of variables in the schema, the engine writes their values into the state, in plain text.
  expect(text).not.toContain("defaultInfo");
});

test("each resource, function and property has a description", () => {
  const described = [...Object.values(schema.resources), ...Object.values(schema.functions), schema.provider];
  const lists: Record<string, PropertySpec>[] = [
    ...Object.values(schema.resources).flatMap((spec) => [spec.properties, spec.inputProperties ?? {}]),
    ...Object.values(schema.functions).flatMap(({ inputs, outputs }) => [inputs.properties, outputs.properties]),
    ...Object.values(schema.types).flatMap((spec) => ("properties" in spec ? [spec.properties] : [])),
    schema.config.variables,
  ];
  const properties = lists.flatMap((each) => Object.entries(each));

  expect(described.filter(({ description }) => description === "")).toEqual([]);
  expect(properties.length).toBeGreaterThan(100);
  expect(properties.filter(([, { description }]) => !/[.)`]$/.test(description)).map(([name]) => name)).toEqual([]);
});

test("keys, logins and webhooks are secrets, and nothing else is", () => {
  const secrets = (properties: Readonly<Record<string, PropertySpec>>): string[] =>
    Object.keys(properties).filter((name) => properties[name]?.secret === true);

  expect(secrets(schema.config.variables).sort()).toEqual(["apiKey", "veracodeApiKey"]);
  expect(secrets(inputs("Scan")).sort()).toEqual(["login", "webhook"]);
  expect(secrets(resource("Scan").properties)).toEqual(["webhook"]);
  expect([...secrets(inputs("Project")), ...secrets(resource("Project").properties)]).toEqual([]);
});

describe("a change of an input", () => {
  const changes = (rules: typeof CRASHTEST_RULES, name: ProjectProperty): string | undefined => {
    const rule = rules.project.properties[name];
    return typeof rule === "string" ? undefined : rule.onChange("one", "other");
  };

  test("of a project is shown as replacing where no service makes it in place", () => {
    const replacing = PROJECT_PROPERTIES.filter((name) => {
      const decided = [CRASHTEST_RULES, VERACODE_RULES].map((rules) => changes(rules, name));
      return decided.includes("replace") && !decided.includes("update");
    });
    const shown = Object.entries(inputs("Project")).filter(([, input]) => input.willReplaceOnChanges === true);

    expect(shown.map(([name]) => name).sort()).toEqual([...replacing].sort());
  });

  test("replaces nothing by the schema alone, which would override what the service can do", () => {
    expect(text).not.toContain('"replaceOnChanges"');
  });
});

test("a default in the schema is the one of the gate, and one that a service decides is left to it", () => {
  const { settings } = resolveGateSettings({}, { jsonFindings: true, canStop: true, knowsWhoStarted: true });
  const defaults = Object.entries(inputs("ScanGate")).filter(([, input]) => input.default !== undefined);

  expect(defaults.map(([name]) => name).sort()).toEqual(
    Object.keys(settings)
      .filter((name) => typeof settings[name as keyof typeof settings] !== "object")
      .sort(),
  );
  for (const [name, input] of defaults) expect(input.default).toBe(settings[name as keyof typeof settings]);
  const others = [...Object.values(inputs("Project")), ...Object.values(schema.config.variables)];
  expect(others.filter((input) => input.default !== undefined)).toEqual([]);
});

test("no SDK has a class for what only a gate makes", () => {
  expect(resource("Verdict")).toMatchObject({ isOverlay: true, properties: {} });
  expect(resource("Verdict").inputProperties).toBeUndefined();
});

test("a dynamic resource of the same name becomes one of the plugin without being replaced", () => {
  expect(["Project", "Scan"].map((name) => resource(name).aliases)).toEqual([
    [{ type: "pulumi-nodejs:dynamic/crashtest:Project" }],
    [{ type: "pulumi-nodejs:dynamic/crashtest:Scan" }],
  ]);
});

test("all fields that the public registry shows are filled, and the version is that of the package", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

  expect(schema).toMatchObject({ name: "crashtest", version, license: "Apache-2.0" });
  expect(schema.keywords).toEqual(expect.arrayContaining(["pulumi", "kind/native", "category/utility"]));
  const shown = ["displayName", "description", "publisher", "namespace", "repository", "logoUrl", "homepage"] as const;
  expect(shown.filter((field) => schema[field] === "")).toEqual([]);
  expect(schema.pluginDownloadURL).toBe(`github://api.github.com/${schema.publisher}`);
  expect(Object.keys(schema.language).sort()).toEqual(["csharp", "go", "java", "nodejs", "python"]);
});
