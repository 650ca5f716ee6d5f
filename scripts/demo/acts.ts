import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../../examples/vulnerable-shop/running-process";
import { acceptancesOf } from "./acceptances";
import { ACTS, type Act, type DemoArguments } from "./arguments";
import { showFindings, type DemoFindings } from "./findings";
import { DEMO_FOLDER, DEPLOYED_FOLDER, type DemoStack } from "./stack";
import { bold, dim, say, sayStep } from "./terminal";

/** A gate did something unexpected. */
export class UnexpectedVerdictError extends Error {}

export interface Stage {
  stack: DemoStack;
  /** The port for the shop. */
  port: number;
  /** Tells a scanner that invents its findings that the holes are fixed. */
  tellMended: () => void;
}

const ACCEPT_FILE = join(DEMO_FOLDER, "accepted.yaml");

/** Plays the acts in order up to the requested one, then destroys everything. */
export async function playActs({ expected, isMended }: DemoArguments, stage: Stage): Promise<void> {
  const { stack, port } = stage;
  await stack.run("stack", "init", "demo");
  await stack.run("config", "set", "port", String(port), "--stack", "demo");
  if (isMended) {
    sayStep("Deploy the fixed shop: nothing to hold back");
    await stack.run("config", "set", "mend", "all", "--stack", "demo");
    await deploy(stage, { expected, version: "1" });
    await showProof(stage);
  } else {
    const acts = { closed: playClosed, accepted: playAccepted, opened: playOpened };
    for (const act of ACTS.slice(0, ACTS.indexOf(expected) + 1)) await acts[act](stage);
  }
  await takeDown(stack, expected === "closed");
}

async function playClosed(stage: Stage): Promise<void> {
  sayStep("Deploy the shop with its holes: the gate waits for the scan, and closes");
  await deploy(stage, { expected: "closed", version: "1" });
  await showProof(stage);
  say(`   The shop, its proof, the project and its scan are in the state, but the release is not: nothing went live.`);
}

async function playAccepted(stage: Stage): Promise<void> {
  sayStep("Accept the findings for a week, in a file that can be reviewed: no new scan is needed");
  const acceptances = acceptancesOf((await fetchFindings(stage)).findings, new Date());
  for (const line of acceptances.trimEnd().split("\n")) say(dim(`   ${line}`));
  writeFileSync(ACCEPT_FILE, acceptances);
  await stage.stack.run("config", "set", "accept", ACCEPT_FILE, "--stack", "demo");
  await deploy(stage, { expected: "accepted", version: "1" });
}

async function playOpened(stage: Stage): Promise<void> {
  sayStep("Fix the holes and deploy version 2: a new scan opens the gate");
  stage.tellMended();
  await stage.stack.run("config", "set", "mend", "all", "--stack", "demo");
  await stage.stack.run("config", "rm", "accept", "--stack", "demo");
  await stage.stack.run("config", "set", "version", "2", "--stack", "demo");
  await deploy(stage, { expected: "opened", version: "2" });
}

/** Deploys, shows what the scan found, and checks that the gate did what it should. */
async function deploy(stage: Stage, { expected, version }: { expected: Act; version: string }): Promise<void> {
  const exitCode = await stage.stack.tryRun("up", "--yes", "--skip-preview", "--stack", "demo");
  say(dim(`   pulumi up exited with ${exitCode}`));
  showFindings(await fetchFindings(stage));
  const isReleased = (await stage.stack.resource("live"))?.outputs?.["version"] === version;
  if (isReleased !== (exitCode === 0))
    throw new Error(`pulumi up exited with ${exitCode}, which does not match the state`);
  say(`   The gate ${bold(isReleased ? "opened" : "closed")}.`);
  if (isReleased === (expected === "closed")) {
    throw new UnexpectedVerdictError(`the gate ${isReleased ? "opened" : "closed"}, but "${expected}" was expected`);
  }
}

async function fetchFindings({ stack }: Stage): Promise<DemoFindings> {
  const scan = await stack.resource("shop-scan");
  const { projectId, scanId } = scan?.outputs ?? {};
  if (projectId === undefined || scanId === undefined) throw new Error("the deployment started no scan");
  const args = ["findings", "--project", projectId, "--scan", scanId, "--format", "json"];
  return JSON.parse(await stack.runOwnCommand(...args)) as DemoFindings;
}

/** Shows the proof of ownership that the service checked before the scan, if it asks for one. */
async function showProof({ stack, port }: Stage): Promise<void> {
  const { name, content } = (await stack.resource("proof"))?.outputs ?? {};
  if (name !== undefined) say(`   The proof is at http://127.0.0.1:${port}/${name}: ${content ?? ""}`);
}

async function takeDown(stack: DemoStack, isClosed: boolean): Promise<void> {
  if (!isClosed) {
    sayStep("Deploy again: nothing changed, so nothing is scanned");
    await stack.run("up", "--yes", "--skip-preview", "--stack", "demo", "--expect-no-changes");
  }
  sayStep("Destroy: everything is removed");
  const shop = await stack.process();
  await stack.run("destroy", "--yes", "--skip-preview", "--stack", "demo");
  const left = await stack.resourceCount();
  if (left > 0) throw new Error(`${left} resources are left in the state`);
  if (shop !== undefined && isRunning(shop)) throw new Error(`the shop is still running as process ${shop.pid}`);
  if (existsSync(DEPLOYED_FOLDER)) throw new Error(`files are left in ${DEPLOYED_FOLDER}`);
  say("   The state is empty, and no process or file of the shop is left.");
  await stack.run("stack", "rm", "demo", "--yes");
}
