import { ensureEngine } from "../engine/ensure-engine";
import { UnexpectedVerdictError, playActs } from "./acts";
import { EXIT_UNEXPECTED, parseDemoArguments, USAGE, type DemoArguments } from "./arguments";
import { startService, TEAM_ID } from "./service";
import { startShop, type Shop } from "./shop";
import { DemoStack, removeDemoFolder } from "./stack";
import { dim, green, red, say, sayStep } from "./terminal";

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
  let shop: Shop = await startShop({ isMended: args.isMended });
  cleanUps.push(() => shop.stop());
  say(`   shop     ${shop.url} ${args.isMended ? "(its hole is mended)" : "(with a hole)"}`);

  const apiKey = local.service.apiKeys["demo"] ?? "";
  cleanUps.push(removeDemoFolder);
  const stack = new DemoStack(engine, { endpoint: local.service.url, apiKey, teamId: TEAM_ID });
  const mendShop = async (): Promise<void> => {
    await shop.stop();
    shop = await startShop({ isMended: true, port: Number(new URL(shop.url).port) });
    local.mend();
  };
  await playActs(args, { stack, apiKey, endpoint: local.service.url, shopUrl: shop.url, mendShop });
  const who = local.isReal ? "The real scanner" : "The scripted scanner (its findings are invented)";
  say(`\n${green("Done.")} ${who} decided: ${args.expected}, as expected.`);
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
  process.exitCode = error instanceof UnexpectedVerdictError ? EXIT_UNEXPECTED : 1;
});
