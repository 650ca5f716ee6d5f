import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findingsOfJunit } from "../../../findings/junit-findings";
import { parseJunit } from "../../../findings/junit";
import { parseFindings } from "../../../findings/report";
import { gateFindingsOf } from "../../../gate/rules/gate-finding";
import { resolveGateSettings, type GateSettings } from "../../../gate/rules/settings";
import { projectLifecycle } from "../../../provider/lifecycle/project";
import { problemOfFormat } from "../../../report-files/report-request";
import { resolveOptions } from "../../../service/crashtest/options";
import { CLIENT_REMEDIES } from "../../../service/crashtest/remedies";
import { PROJECT_PROPERTIES, type ServiceKind } from "../../../service/rules";
import type { ScanningService } from "../../../service/service";
import { connectOrRefuse } from "../../../service/settings/connect";
import { rulesOf } from "../../../service/settings/rules";
import { resolveOptions as resolveVeracodeOptions } from "../../../service/veracode/options";
import { CLIENT_REMEDIES as VERACODE_CLIENT_REMEDIES } from "../../../service/veracode/remedies";

const TEAMS: Readonly<Record<ServiceKind, unknown>> = {
  crashtest: 42,
  veracode: "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f",
};
const CREDENTIALS = {
  CRASHTEST_API_KEY: "key",
  VERACODE_API_KEY_ID: "0123456789abcdef0123456789abcdef",
  VERACODE_API_KEY_SECRET: "00112233445566778899aabbccddeeff".repeat(4),
};

const serviceOf = (kind: ServiceKind, environment: Record<string, string> = CREDENTIALS) =>
  connectOrRefuse({ config: () => undefined, environment: { ...environment, CRASHTEST_SERVICE: kind } });

const contextOf = (service: ScanningService) => ({
  service,
  now: () => new Date(0),
  tell: () => undefined,
  warn: () => undefined,
  readAddress: () => Promise.resolve({ problem: "nobody answers" }),
  specifications: new Map(),
});

/** What is refused of a project, by property. */
function refused(kind: ServiceKind, news: object, environment?: Record<string, string>): readonly string[] {
  const context = contextOf(serviceOf(kind, environment));
  const project = { teamId: TEAMS[kind], url: "https://shop.example", name: "shop", authorizedToScan: true, ...news };
  const { failures } = projectLifecycle.check(context, {}, project);
  return failures.map(({ property, reason }) => (property === "" ? reason.split(" ", 1).join("") : property));
}

/** What is known of a project that was looked up by its ID. */
async function lookedUp(kind: ServiceKind): Promise<unknown> {
  const service = { ...serviceOf(kind), readProject: () => Promise.resolve({ name: "shop" }) };
  return (await projectLifecycle.read(contextOf(service), "7", {}))?.state.name;
}

function isRefusedAsId(kind: ServiceKind, id: string): boolean {
  try {
    return rulesOf(kind).parseProjectId(id) !== id;
  } catch {
    return true;
  }
}

const defaultsOf = (kind: ServiceKind) =>
  kind === "crashtest" ? resolveOptions({}, CLIENT_REMEDIES) : resolveVeracodeOptions({}, VERACODE_CLIENT_REMEDIES);

const settingsRefused = (kind: ServiceKind, settings: GateSettings): number =>
  resolveGateSettings(settings, rulesOf(kind).abilitiesFor("project")).problems.length;

const changeOf = (kind: ServiceKind, property: (typeof PROJECT_PROPERTIES)[number]) => {
  const rule = rulesOf(kind).project.properties[property];
  return typeof rule === "string" ? "refused" : rule.onChange("before", "after");
};

/** The same finding as both reports have it. */
function findingAt(kind: ServiceKind) {
  const information = "The cookie has no flag.";
  const [finding] = rulesOf(kind).abilitiesFor("project").jsonFindings
    ? parseFindings({
        findings: { ssl: [{ finding_description_slug: "flag", information }] },
        finding_descriptions: [{ slug: "flag", title: "Cookie without flag", baseScore: 4.3 }],
      }).findings
    : findingsOfJunit(
        parseJunit(
          `<testsuites><testcase classname="ssl" name="TLS"><failure type="medium" message="${information}"/></testcase></testsuites>`,
        ),
      ).findings;
  return gateFindingsOf(finding === undefined ? [] : [finding])[0];
}

const setting = (name: string, value: string) => (kind: ServiceKind) =>
  refused(kind, {}, { ...CREDENTIALS, [`CRASHTEST_${name}`]: value });

/** What can be seen of each thing that a program can say, by its name on the page. */
const OBSERVERS: Readonly<Record<string, (kind: ServiceKind) => unknown>> = {
  teamId: (kind) => [refused(kind, { teamId: 42 }), refused(kind, { teamId: undefined })],
  url: (kind) => [refused(kind, { url: "shop" }), refused(kind, { url: "https://user:word@shop.example" })],
  name: (kind) => rulesOf(kind).project.hasUniqueNames,
  type: (kind) => refused(kind, { type: "anything" }),
  scanType: (kind) => refused(kind, { scanType: "enterprise" }),
  description: (kind) => refused(kind, { description: "The shop" }),
  apiSpecification: (kind) => refused(kind, { type: "api", apiSpecification: "https://shop.example/openapi.json" }),
  authorizedToScan: (kind) => refused(kind, { authorizedToScan: undefined }),
  "a change in place": (kind) => PROJECT_PROPERTIES.map((property) => changeOf(kind, property)),
  refresh: (kind) => rulesOf(kind).project.canRead,
  adoptProjectId: (kind) => rulesOf(kind).project.canRead,
  projectId: (kind) => ["7", "0c7fe1d2-9f3a"].map((id) => isRefusedAsId(kind, id)),
  "Project.get": lookedUp,
  failOn: (kind) => settingsRefused(kind, { failOn: "high" }),
  maxFindings: (kind) => settingsRefused(kind, { maxFindings: { high: 1 } }),
  baseline: (kind) => settingsRefused(kind, { baseline: "firstScan" }),
  onTimeout: (kind) => settingsRefused(kind, { onTimeout: "stopScan" }),
  requiredScanners: (kind) => settingsRefused(kind, { requiredScanners: ["ssl"] }),
  minCvss: (kind) => findingAt(kind)?.worstScore,
  accept: (kind) => findingAt(kind)?.slug,
  ...Object.fromEntries(
    ["pdf", "xml", "json", "csv", "sarif", "junit", "markdown", "html"].map((format) => [
      `format: "${format}"`,
      (kind: ServiceKind) => problemOfFormat(format as "pdf", "project", rulesOf(kind)) === undefined,
    ]),
  ),
  webhook: (kind) => [
    serviceOf(kind, {}).configurationProblems("webhook").length,
    rulesOf(kind).abilitiesFor("webhook").knowsWhoStarted,
  ],
  polling: (kind) => rulesOf(kind).abilitiesFor("project").slowPolling,
  "crashtest:apiKey": (kind) => refused(kind, {}, { ...CREDENTIALS, CRASHTEST_API_KEY: "" }),
  "crashtest:apiKeyIn": setting("API_KEY_IN", "query"),
  "crashtest:apiKeyName": setting("API_KEY_NAME", "API_KEY"),
  "crashtest:routes": setting("ROUTES", '{"startScan":"POST /projects/{projectId}/scans"}'),
  "crashtest:slugs": setting("SLUGS", '{"projectDeleted":"gone"}'),
  "crashtest:endpoint": (kind) => defaultsOf(kind).endpoint.href,
  "crashtest:formerEndpoints": (kind) => defaultsOf(kind).formerOrigins.size,
  "crashtest:requestsPerSecond": (kind) => defaultsOf(kind).requestsPerSecond,
  "crashtest:maxRequestsInFlight": (kind) => defaultsOf(kind).maxRequestsInFlight,
  "crashtest:maxReportBytes": (kind) => [setting("MAX_REPORT_BYTES", "1000")(kind), defaultsOf(kind).maxReportBytes],
  "crashtest:statusCodes": (kind) => [
    setting("STATUS_CODES", '{"105":"finished"}')(kind),
    [...defaultsOf(kind).statusCodes],
  ],
};

/** The names in the first column of the table under "What a program can say". */
function namesOnThePage(): string[] {
  const page = readFileSync(join(__dirname, "../../../docs/veracode.md"), "utf8");
  const [, section = ""] = page.split("What a program can say, and what comes of it:\n");
  const [table = ""] = section.split("What a run gives:\n");
  const cells = [...table.matchAll(/^\| ([^|]+?) +\|/gm)]
    .map(([, cell = ""]) => cell)
    .filter((cell) => !/^-+$/.test(cell));
  return cells.flatMap((cell) => cell.replaceAll("`", "").split(", "));
}

test("what differs of what a program can say is what the page says", async () => {
  const seen = await Promise.all(
    Object.entries(OBSERVERS).map(async ([name, observe]) => {
      const [crashtest, veracode] = await Promise.all([observe("crashtest"), observe("veracode")]);
      return { name, differs: JSON.stringify(crashtest) !== JSON.stringify(veracode) };
    }),
  );
  const differing = seen.filter(({ differs }) => differs).map(({ name }) => name);

  expect(differing.sort()).toEqual(namesOnThePage().sort());
});
