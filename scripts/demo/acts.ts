import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "pulumi-crashtest/client";
import { fingerprintOf, parseFindings, type Finding } from "pulumi-crashtest/findings";
import { ACTS, type Act, type DemoArguments } from "./arguments";
import { showFindings } from "./findings";
import { DEMO_FOLDER, type DemoStack } from "./stack";
import { bold, dim, say, sayStep } from "./terminal";

/** A gate did something else than was expected. */
export class UnexpectedVerdictError extends Error {}

export interface Stage {
  stack: DemoStack;
  endpoint: string;
  apiKey: string;
  shopUrl: string;
  /** Runs the shop anew, with its hole mended, at the same address. */
  mendShop: () => Promise<void>;
}

/** The severities that close the gate of `examples/quickstart`. */
const CLOSING = new Set(["critical", "high", "medium", "unknown"]);
const ACCEPT_FILE = join(DEMO_FOLDER, "accepted.yaml");
const ACCEPTED_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** Plays the acts in their order up to the one that was asked for, then takes everything down. */
export async function playActs({ expected, isMended }: DemoArguments, stage: Stage): Promise<void> {
  const { stack, shopUrl } = stage;
  await stack.run("stack", "init", "demo");
  await stack.run("config", "set", "url", shopUrl, "--stack", "demo");
  if (isMended) {
    sayStep("Deploy the mended shop: nothing to hold back");
    await deploy(stage, { expected, version: "1" });
  } else {
    const acts = { closed: playClosed, accepted: playAccepted, opened: playOpened };
    for (const act of ACTS.slice(0, ACTS.indexOf(expected) + 1)) await acts[act](stage);
  }
  await takeDown(stack, expected === "closed");
}

async function playClosed(stage: Stage): Promise<void> {
  sayStep("Deploy the shop with its hole: the gate waits for the scan, and closes");
  await deploy(stage, { expected: "closed", version: "1" });
  say(`   The project and its scan are in the state, the release is not: nothing went live.`);
}

async function playAccepted(stage: Stage): Promise<void> {
  sayStep("Accept the finding for a week, in a file that can be reviewed: no other scan is needed");
  const findings = (await fetchFindings(stage)).filter(({ severity }) => CLOSING.has(severity));
  writeFileSync(ACCEPT_FILE, formatAcceptances(findings, new Date()));
  await stage.stack.run("config", "set", "accept", ACCEPT_FILE, "--stack", "demo");
  await deploy(stage, { expected: "accepted", version: "1" });
}

async function playOpened(stage: Stage): Promise<void> {
  sayStep("Mend the hole and deploy version 2: another scan, which the gate opens on");
  await stage.mendShop();
  await stage.stack.run("config", "rm", "accept", "--stack", "demo");
  await stage.stack.run("config", "set", "version", "2", "--stack", "demo");
  await deploy(stage, { expected: "opened", version: "2" });
}

/** Deploys, shows what the scan found, and compares what the gate did with what it has to do. */
async function deploy(stage: Stage, { expected, version }: { expected: Act; version: string }): Promise<void> {
  const exitCode = await stage.stack.tryRun("up", "--yes", "--skip-preview", "--stack", "demo");
  say(dim(`   pulumi up ended with ${exitCode}`));
  showFindings(await fetchFindings(stage));
  const isReleased = (await stage.stack.resource("live"))?.outputs?.["version"] === version;
  if (isReleased !== (exitCode === 0))
    throw new Error(`pulumi up ended with ${exitCode}, which does not fit the state`);
  say(`   The gate ${bold(isReleased ? "opened" : "closed")}.`);
  if (isReleased === (expected === "closed")) {
    throw new UnexpectedVerdictError(`the gate ${isReleased ? "opened" : "closed"}, where "${expected}" was expected`);
  }
}

async function fetchFindings({ stack, endpoint, apiKey }: Stage): Promise<readonly Finding[]> {
  const scan = await stack.resource("shop-scan");
  const { projectId, scanId } = scan?.outputs ?? {};
  if (projectId === undefined || scanId === undefined) throw new Error("the deployment started no scan");
  const client = createClient({ endpoint, apiKey });
  try {
    return parseFindings(await client.reports.readJsonReport({ projectId, scanId })).findings;
  } finally {
    await client.close();
  }
}

function formatAcceptances(findings: readonly Finding[], now: Date): string {
  const expires = new Date(now.getTime() + ACCEPTED_DAYS * DAY_MS).toISOString().slice(0, 10);
  const entries = findings.map(
    (finding) =>
      `- finding: ${fingerprintOf(finding)}\n  reason: Known, and mended with the next version.\n  expires: ${expires}\n`,
  );
  for (const line of entries.join("").trimEnd().split("\n")) say(dim(`   ${line}`));
  return entries.join("");
}

async function takeDown(stack: DemoStack, isClosed: boolean): Promise<void> {
  if (!isClosed) {
    sayStep("Deploy again: nothing changed, so nothing is scanned");
    await stack.run("up", "--yes", "--skip-preview", "--stack", "demo", "--expect-no-changes");
  }
  sayStep("Destroy: everything is taken down");
  await stack.run("destroy", "--yes", "--skip-preview", "--stack", "demo");
  const left = await stack.resourceCount();
  if (left > 0) throw new Error(`${left} resources are left in the state`);
  say("   the state is empty");
  await stack.run("stack", "rm", "demo", "--yes");
}
