import { ensureEngine } from "../engine/ensure-engine";
import { UnexpectedVerdictError, playActs } from "./acts";
import { EXIT_UNEXPECTED, parseDemoArguments, USAGE, type DemoArguments } from "./arguments";
import { startService } from "./service";
import { findFreePort } from "./free-port";
import { clearDemo, DemoStack } from "./stack";
import { dim, green, red, say, sayStep } from "./terminal";

let isInterrupted = false;

/** Cleanup at the end, last one first. */
const cleanUps: (() => Promise<void> | void)[] = [];

async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0).reverse()) await undo();
}

async function demo(args: DemoArguments): Promise<void> {
  sayStep("The parts: a Pulumi engine, a scanner, the local service, a program that deploys a shop");
  const engine = await ensureEngine({
    say: (line) => {
      say(dim(`   ${line}`));
    },
  });
  say(`   engine   pulumi ${engine.version} (${engine.source}): ${engine.pulumi}`);
  const local = await startService(args);
  cleanUps.push(() => local.service.close());
  say(`   service  ${local.service.url}, API of ${args.service}, with the scanner ${local.service.scanner}`);
  const port = await findFreePort();
  say(
    `   program  examples/vulnerable-shop, its shop at http://127.0.0.1:${port}/ (${args.isMended ? "fixed" : "with holes"})`,
  );

  await clearDemo();
  cleanUps.push(clearDemo);
  const stack = new DemoStack(engine, local.settings);
  cleanUps.push(() => stack.interrupted());
  await playActs(args, { stack, port, tellMended: local.mend });
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

// A reader of the output, such as `tee` at Ctrl-C, may exit first: what was started must be stopped anyway.
process.stdout.on("error", () => undefined);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    isInterrupted = true;
    say("\nInterrupted: cleaning up, once the engine has saved its state.");
    void cleanUp().finally(() => process.exit(130));
  });
}

main().catch((error: unknown) => {
  if (isInterrupted) return;
  say(red(`The demo failed: ${error instanceof Error ? error.message : String(error)}`));
  process.exitCode = error instanceof UnexpectedVerdictError ? EXIT_UNEXPECTED : 1;
});
