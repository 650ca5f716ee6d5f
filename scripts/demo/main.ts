import { createClient } from "pulumi-crashtest/client";
import type { FindingsReport } from "pulumi-crashtest/findings";
import { ensureEngine } from "../engine/ensure-engine";
import { parseDemoArguments, USAGE, type DemoArguments } from "./arguments";
import { fetchFindings, followScan, showFindings } from "./scan";
import { startService, TEAM_ID, type DemoService } from "./service";
import { startShop, type Shop } from "./shop";
import { DemoStack, removeDemoFolder } from "./stack";
import { bold, dim, green, red, say, sayStep } from "./terminal";

/** What is to be undone at the end, the last one first. */
const cleanUps: (() => Promise<void> | void)[] = [];

async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0).reverse()) await undo();
}

async function demo(args: DemoArguments): Promise<void> {
  sayStep("The parts: a Pulumi engine, a scanner, the local service, a web program");
  const engine = await ensureEngine({
    say: (line) => {
      say(dim(`   ${line}`));
    },
  });
  say(`   engine   pulumi ${engine.version} (${engine.source}): ${engine.pulumi}`);
  const local = await startService(args);
  cleanUps.push(() => local.service.close());
  say(`   service  ${local.service.url} with the scanner ${local.service.scanner}`);
  const shop = await startShop(args.isMended);
  cleanUps.push(() => shop.stop());
  say(`   shop     ${shop.url} ${args.isMended ? "(its hole is mended)" : "(with a hole)"}`);

  const apiKey = local.service.apiKeys["demo"] ?? "";
  cleanUps.push(removeDemoFolder);
  const stack = new DemoStack(engine, { endpoint: local.service.url, apiKey, teamId: TEAM_ID });
  const findings = await deployAndScan(stack, local, shop, apiKey);
  await convergeAndDestroy(stack);
  judge(args, local, findings);
}

async function deployAndScan(
  stack: DemoStack,
  local: DemoService,
  shop: Shop,
  apiKey: string,
): Promise<FindingsReport> {
  sayStep("Deploy: create the project, and start a scan of what was deployed");
  await stack.run("stack", "init", "demo");
  await stack.run("config", "set", "url", shop.url, "--stack", "demo");
  await stack.run("up", "--yes", "--stack", "demo");
  const { projectId = "", scanId = "" } = await stack.outputs();
  say(`   project ID ${bold(projectId)}, scan ID ${bold(scanId)}`);

  sayStep("Follow the scan");
  const client = createClient({ endpoint: local.service.url, apiKey });
  cleanUps.push(() => client.close());
  await followScan(client, projectId, scanId);

  sayStep("What the scan found");
  const findings = await fetchFindings(client, projectId, scanId);
  showFindings(findings);
  return findings;
}

async function convergeAndDestroy(stack: DemoStack): Promise<void> {
  sayStep("Deploy again: nothing changed, so nothing is scanned");
  await stack.run("up", "--yes", "--stack", "demo", "--expect-no-changes");

  sayStep("Destroy: everything is taken down");
  await stack.run("destroy", "--yes", "--stack", "demo");
  const left = await stack.resourceCount();
  if (left > 0) throw new Error(`${left} resources are left in the state`);
  say("   the state is empty");
  await stack.run("stack", "rm", "demo", "--yes");
}

/** The demo proves what it says: the hole is found while it is there, and not found once it is mended. */
function judge({ isMended }: DemoArguments, { isReal }: DemoService, { findings }: FindingsReport): void {
  const holes = findings.filter(({ scanner }) => scanner === "xss");
  if (isMended && holes.length > 0) throw new Error("the mended shop still has cross-site scripting");
  if (!isMended && holes.length === 0) throw new Error("the scan did not find the shop's cross-site scripting");
  const who = isReal ? "The real scanner" : "The scripted scanner (its findings are invented)";
  say(
    `\n${green("Done.")} ${who} ${isMended ? "found no cross-site scripting in the mended shop." : "found the shop's cross-site scripting."}`,
  );
  if (!isMended) say(`Mend it and look again: ${bold("npm run demo -- --mended")}`);
}

async function main(): Promise<void> {
  const args = parseDemoArguments(process.argv.slice(2));
  if (args === undefined) {
    say(USAGE);
    return;
  }
  try {
    await demo(args);
  } finally {
    await cleanUp();
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    say("\nInterrupted: cleaning up.");
    void cleanUp().finally(() => process.exit(130));
  });
}

main().catch((error: unknown) => {
  say(red(`The demo failed: ${error instanceof Error ? error.message : String(error)}`));
  process.exitCode = 1;
});
