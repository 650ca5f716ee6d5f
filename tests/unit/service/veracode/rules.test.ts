import { decideProjectDifference } from "../../../../provider/lifecycle/project-inputs";
import { InvalidInput } from "../../../../service/input-parsers";
import type { Login } from "../../../../service/login";
import type { ProjectProperty } from "../../../../service/rules";
import type { TargetKind } from "../../../../service/service";
import { VERACODE_RULES } from "../../../../service/veracode/rules";

const { properties, problemsOf } = VERACODE_RULES.project;
const TEAM = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const OTHER_TEAM = "1c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";

const parse = (property: ProjectProperty, value: unknown): unknown => {
  const rule = properties[property];
  if (typeof rule === "string") throw new Error(rule);
  return rule.parse(value);
};

test.each<[ProjectProperty, unknown, unknown]>([
  ["teamId", TEAM.toUpperCase(), TEAM],
  ["url", "https://shop.example.com/a?b=c", "https://shop.example.com/a?b=c"],
  ["url", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["type", "api", "api"],
  ["scanType", "enterprise", "enterprise"],
  ["description", "", ""],
  ["description", "x".repeat(2_000), "x".repeat(2_000)],
  ["authorizedToScan", true, true],
])("%s takes %j", (property, value, kept) => {
  expect(parse(property, value)).toBe(kept);
});

test.each<[ProjectProperty, unknown, string]>([
  ["teamId", 42, "must be the UUID of a team"],
  ["teamId", "42", "must be the UUID of a team"],
  ["url", "shop.example.com", "must be an address"],
  ["url", "https://me:s3cr3t@shop.example.com", "must not contain a user name"],
  ["url", "https://shop.example.com/#a", "must not contain a fragment"],
  ["name", "x".repeat(256), "must be a text of 1 to 255 characters"],
  ["type", "WEB_APP", "must be webapp or api"],
  ["type", "toString", "must be webapp or api"],
  ["scanType", "full", "must be quick or enterprise"],
  ["description", "x".repeat(2_001), "must be a text of at most 2000 characters"],
  ["description", 7, "must be a text of at most 2000 characters"],
  ["apiSpecification", `https://shop.example.com/${"x".repeat(240)}`, "must have at most 255 characters"],
  ["authorizedToScan", false, "must be true: Veracode scans a target only if"],
  ["authorizedToScan", "true", "must be true: Veracode scans a target only if"],
])("%s refuses %j", (property, value, reason) => {
  const parsing = () => parse(property, value);

  expect(parsing).toThrow(InvalidInput);
  expect(parsing).toThrow(reason);
});

const STATE = {
  name: "shop",
  url: "https://shop.example.com",
  type: "webapp",
  scanType: "quick",
  authorizedToScan: true,
};

test.each([
  ["the same", STATE, STATE, [], []],
  ["another spelling of the address", STATE, { url: "HTTPS://Shop.Example.com:443/" }, [], []],
  ["what is not mentioned", { ...STATE, description: "x", teamId: TEAM }, {}, [], []],
  ["another path", STATE, { url: "https://shop.example.com/a" }, ["url"], []],
  ["another protocol", STATE, { url: "http://shop.example.com" }, ["url"], []],
  ["name and description", STATE, { name: "new", description: "x" }, ["name", "description"], []],
  ["an empty description where there is none", STATE, { description: "" }, [], []],
  ["an empty description", { ...STATE, description: "x" }, { description: "" }, ["description"], []],
  ["another specification", STATE, { apiSpecification: "https://a.example/o.json" }, ["apiSpecification"], []],
  ["another team", { ...STATE, teamId: TEAM }, { teamId: OTHER_TEAM }, ["teamId"], []],
  ["a team where there is none", STATE, { teamId: TEAM }, [], ["teamId"]],
  ["another type", STATE, { type: "api" }, [], ["type"]],
  ["another scan type", { ...STATE, scanType: "full" }, { scanType: "quick" }, [], ["scanType"]],
])("of %s, what differs is decided", (_what, olds, news, updated, replacing) => {
  expect(decideProjectDifference(olds, news, VERACODE_RULES.project)).toEqual({ updated, replacing });
});

test.each([
  [{ type: "webapp" }, []],
  [{ type: "api", apiSpecification: "https://a.example/o.json" }, []],
  // Not known in a preview.
  [{ type: "api", apiSpecification: Symbol() }, []],
  [{ type: Symbol() }, []],
  // An adopted one has its own.
  [{ type: "api", adoptProjectId: "x" }, []],
  [{ type: "api" }, ['must be set with type "api": the address of an OpenAPI or HAR file']],
  [{ type: "webapp", apiSpecification: Symbol() }, ['can only be set with type "api"']],
])("problems of %j", (inputs, reasons) => {
  expect(problemsOf(inputs, {})).toEqual(reasons.map((reason) => ({ property: "apiSpecification", reason })));
});

const form = (name: string) => ({ url: `https://shop.example.com/${name}`, username: name, password: "hush" });

test.each<[TargetKind, string, Login, string[]]>([
  ["project", "nothing", {}, []],
  ["project", "one form", { form: [form("a")] }, []],
  [
    "project",
    "two forms",
    { form: [form("a"), form("b")] },
    [
      "has 2 forms, but at Veracode a project can have only one: remove the others, or start the scan by webhook, which takes several",
    ],
  ],
  ["webhook", "two forms", { form: [form("a"), form("b")] }, []],
])("problems of a login by %s with %s", (kind, _what, login, problems) => {
  expect(VERACODE_RULES.loginProblems(login, kind)).toEqual(problems);
});

test.each([
  ["parseProjectId", "4b1d0c7fe1d29f3a4b5c8d6e1a2b3c4d"],
  ["parseProjectId", TEAM],
] as const)("%s takes %s", (parser, value) => {
  expect(VERACODE_RULES[parser](value)).toBe(value);
});

test.each([[7], [""], ["a/b"], ["x".repeat(65)], [undefined], ["../x"]])("a project's ID is not %j", (value) => {
  expect(() => VERACODE_RULES.parseProjectId(value)).toThrow(InvalidInput);
});

test("a scan's ID depends on how the scan is found", () => {
  expect(VERACODE_RULES.parseScanId(TEAM, "project")).toBe(TEAM);
  expect(VERACODE_RULES.parseScanId(4711, "webhook")).toBe("4711");
  expect(() => VERACODE_RULES.parseScanId(TEAM, "webhook")).toThrow(InvalidInput);
});
