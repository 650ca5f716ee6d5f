import { readGateInputs as readGateInputsFrom } from "../../../../gate/plugin/gate-inputs";
import { UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { ResourceReference, Secret } from "../../../../provider/wire/properties";

const SCAN = "urn:pulumi:dev::shops::crashtest:index:Scan::nightly";
const DYNAMIC = "pulumi-nodejs:dynamic/crashtest:";
const scan = new ResourceReference(SCAN);
const readGateInputs = (sent: Values) => readGateInputsFrom(sent, []);

test.each([
  ["at the top", SCAN],
  ["inside of a component", "urn:pulumi:dev::shops::any:index:Shop$crashtest:index:Scan::nightly"],
])("a scan of the program %s is named by its URN", (_where, urn) => {
  expect(readGateInputs({ scan: new ResourceReference(urn), failOn: "low" })).toEqual({
    target: { scanUrn: urn },
    settings: { failOn: "low" },
    keepsBaseline: undefined,
    isSecret: false,
  });
});

test("IDs are as they are given, and what is null is not given", () => {
  const given = { projectId: 7, scanId: "31", scan: null, failOn: null };

  expect(readGateInputs(given)).toMatchObject({ target: { projectId: 7, scanId: "31" }, settings: {} });
});

test.each([
  ["the plugin", SCAN],
  ["the TypeScript package", SCAN.replace("crashtest:index:", DYNAMIC)],
])("IDs that come from a scan of the program, of %s, stand for it, also if they are known", (_of, scanUrn) => {
  const from = ["urn:pulumi:dev::shops::crashtest:index:Project::shop", scanUrn];

  expect(readGateInputsFrom({ projectId: "7", scanId: "31" }, from)).toMatchObject({ target: { scanUrn } });
});

test.each([
  ["nothing", {}],
  ["both", { scan, scanId: "31" }],
])("%s that names a scan is refused", (_what, given) => {
  expect(() => readGateInputs(given)).toThrow("ScanGate: either scan or both projectId and scanId must be set");
});

test.each([
  ["an ID", "31"],
  ["a project", new ResourceReference("urn:pulumi:dev::shops::crashtest:index:Project::shop")],
  ["a scan of the TypeScript package", new ResourceReference(SCAN.replace("crashtest:index:", DYNAMIC))],
  ["a resource of that name", new ResourceReference("urn:pulumi:dev::shops::any:index:Any::crashtest:index:Scan")],
  ["a list", [scan]],
])("%s as scan is refused", (_what, given) => {
  expect(() => readGateInputs({ scan: given })).toThrow(
    "ScanGate: scan must be a resource of type crashtest:index:Scan. For a scan that is no resource",
  );
});

test.each([
  ["the scan", { scan: UNKNOWN }],
  ["the project's ID", { projectId: UNKNOWN, scanId: "31" }],
  ["the scan's ID", { projectId: "7", scanId: UNKNOWN }],
])("%s may be unknown", (_what, given) => {
  expect(readGateInputs(given)).toMatchObject({ target: UNKNOWN, settings: {} });
});

test.each([
  ["a setting", { failOn: UNKNOWN }],
  ["a part of one", { maxFindings: { high: UNKNOWN } }],
  ["a part of a list", { accept: [{ finding: UNKNOWN }] }],
])("settings are unknown where %s is", (_what, settings) => {
  expect(readGateInputs({ scan, ...settings })).toMatchObject({ settings: UNKNOWN, target: { scanUrn: SCAN } });
});

test.each([
  ["firstScan", true],
  [{ file: "old.json" }, undefined],
  [UNKNOWN, UNKNOWN],
])("a baseline %j is kept in the state: %p", (baseline, keepsBaseline) => {
  expect(readGateInputs({ scan, baseline })).toMatchObject({ keepsBaseline });
});

test("secrets are read, and told", () => {
  const given = { scan, accept: [{ finding: new Secret("ab"), reason: "known" }], advisory: new Secret(true) };

  expect(readGateInputs(given)).toEqual({
    target: { scanUrn: SCAN },
    settings: { accept: [{ finding: "ab", reason: "known" }], advisory: true },
    keepsBaseline: undefined,
    isSecret: true,
  });
});
