import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScriptedScan } from "crashtest-local";
import { TestService } from "./stack/service";
import { type StateResource, Stack } from "./stack/stack";
import { VeracodeService } from "./stack/veracode-service";

/** Says nothing that only one of the services takes. */
const PROGRAM = `
const shop = new crashtest.Project("shop", { url: "https://shop.example.com/", authorizedToScan: true });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: [1] });
const gate = new crashtest.ScanGate("safe", { scan, failOn: "none", maxFindings: { critical: 5 }, minCvss: 10 });
const { findings } = crashtest.getFindingsOutput({ projectId: shop.projectId, scanId: gate.scanId });
exports.verdict = gate.verdict;
exports.status = gate.status;
exports.findingCounts = gate.findingCounts;
exports.findings = findings;
exports.formats = ["pdf", "xml", "sarif", "junit", "markdown", "html"].map((format) =>
  crashtest.getReportOutput({ projectId: shop.projectId, scanId: gate.scanId, format }).format);
`;

/** One finding with all that a description can have. */
const SCAN: ScriptedScan = {
  findings: {
    sqlinjection: [
      {
        finding_description_slug: "sql",
        information: 'Found in parameter "id" with method "get" for URL "https://shop.example.com/item"',
      },
    ],
  },
  descriptions: [{ slug: "sql", title: "SQL injection", description: "Why.", how_to_fix: "How.", baseScore: 9.8 }],
};

/** What a run gives, by the names that the page uses. */
type Facts = Map<string, string>;

/** Neither IDs nor times are the same in two runs; that there is one is. */
const ID = /\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

const textOf = (value: unknown): string => JSON.stringify(value ?? null).replace(TIME, "(time)");

function factsOf(resources: readonly StateResource[], outputs: Record<string, unknown>): Facts {
  const facts: Facts = new Map();
  const note = (owner: string, values: object): void => {
    for (const [name, value] of Object.entries(values)) facts.set(`${owner}.${name}`, textOf(value));
  };
  for (const { type, outputs: given = {} } of resources) {
    const { service: _service, __provider: _provider, ...named } = given;
    const [, kind] = /crashtest:(Project|Scan)$/.exec(type) ?? [];
    if (kind !== undefined) note(kind, named);
  }
  const { findings, status, verdict, ...others } = outputs as { findings: object[]; status: object; verdict: object };
  for (const finding of findings) note("Finding", finding);
  facts.set("status", textOf(status).replace(ID, "(ID)"));
  // The message names the scan; which scan it is, is above.
  note("verdict", { ...verdict, message: undefined, scanId: undefined });
  note("output", others);
  return facts;
}

async function run(service: TestService | VeracodeService): Promise<Facts> {
  const stack = Stack.create({ program: PROGRAM, environment: service.environment });
  await stack.up();
  const facts = factsOf(stack.state().resources, await stack.outputs());
  await stack.well("destroy", "--yes", "--skip-preview");
  return facts;
}

/** The names in the first column of the table under "What a run gives". */
function namesOnThePage(): string[] {
  const page = readFileSync(join(__dirname, "../../docs/veracode.md"), "utf8");
  const [, section = ""] = page.split("What a run gives:\n");
  const [table = ""] = section.split("\n## ");
  const cells = [...table.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

test("what differs between two runs of one program is what the page says", async () => {
  const script = { default: SCAN };
  const [crashtest, veracode] = await Promise.all(
    [TestService.start(script), VeracodeService.start(script)].map(async (service) => run(await service)),
  );

  const names = new Set([...(crashtest?.keys() ?? []), ...(veracode?.keys() ?? [])]);
  const differing = [...names].filter((name) => crashtest?.get(name) !== veracode?.get(name));
  expect(differing.sort()).toEqual(namesOnThePage().sort());
});
