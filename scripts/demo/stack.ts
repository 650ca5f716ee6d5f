import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RunningProcess } from "../../examples/vulnerable-shop/running-process";
import { endLeftover } from "../../examples/vulnerable-shop/server-start";
import { REPOSITORY_ROOT } from "../engine/cache";
import type { Engine } from "../engine/ensure-engine";
import { sayCommand } from "./terminal";

const STACK = "demo";

/** A resource in the state. */
export interface StateResource {
  urn: string;
  outputs?: Record<string, string>;
}

/** Everything that the engine stores: inside the checkout, and removed at the end. */
export const DEMO_FOLDER = join(REPOSITORY_ROOT, ".demo");
const OWN_COMMAND = join(REPOSITORY_ROOT, "bin/pulumi-crashtest.js");
const PROGRAM_FOLDER = join(REPOSITORY_ROOT, "examples/vulnerable-shop");
/** What the program stores for this stack: its proof, and the output and ID of the shop's process. */
export const DEPLOYED_FOLDER = join(PROGRAM_FOLDER, "deployed", STACK);

/** How long an interrupted command of the engine may take to save its state. */
const INTERRUPTED_MS = 60_000;

/** The stack of `examples/vulnerable-shop`, with its own file backend. */
export class DemoStack {
  readonly #environment: NodeJS.ProcessEnv;
  #running: ChildProcess | undefined;
  #isInterrupted = false;

  constructor(
    private readonly engine: Engine,
    settings: Readonly<Record<string, string>>,
  ) {
    mkdirSync(join(DEMO_FOLDER, "state"), { recursive: true });
    mkdirSync(join(DEMO_FOLDER, "tmp"));
    this.#environment = {
      ...process.env,
      ...engine.env,
      PULUMI_HOME: join(DEMO_FOLDER, "home"),
      PULUMI_BACKEND_URL: `file://${DEMO_FOLDER}/state`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      TMPDIR: join(DEMO_FOLDER, "tmp"),
      ...settings,
    };
  }

  /** Runs a command of the CLI in the example's folder and shows what it prints. */
  async run(...args: string[]): Promise<void> {
    sayCommand(`pulumi ${args.join(" ")}`);
    const { exitCode } = await this.#spawn(this.engine.pulumi, args, "inherit");
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} exited with ${exitCode}`);
  }

  /** Like `run`, but returns the exit code. */
  async tryRun(...args: string[]): Promise<number> {
    sayCommand(`pulumi ${args.join(" ")}`);
    return (await this.#spawn(this.engine.pulumi, args, "inherit")).exitCode;
  }

  /** Runs the package's own command and returns what it prints. */
  async runOwnCommand(...args: string[]): Promise<string> {
    const { exitCode, output } = await this.#spawn(process.execPath, [OWN_COMMAND, ...args], "pipe");
    if (exitCode !== 0) throw new Error(`pulumi-crashtest ${args.join(" ")} exited with ${exitCode}`);
    return output;
  }

  /** Returns the resource with a logical name; undefined if it is not in the state. */
  async resource(name: string): Promise<StateResource | undefined> {
    return (await this.#resources()).find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** Returns how many resources are in the state. */
  async resourceCount(): Promise<number> {
    return (await this.#resources()).length;
  }

  /** Returns the shop's process, according to the state. */
  async process(): Promise<RunningProcess | undefined> {
    const { pid, startedAt } = (await this.resource("web"))?.outputs ?? {};
    return pid === undefined || startedAt === undefined ? undefined : { pid: Number(pid), startedAt };
  }

  /**
   * Runs nothing more, and waits for a command that was interrupted with this program, so that the engine can save its state.
   */
  async interrupted(): Promise<void> {
    this.#isInterrupted = true;
    const command = this.#running;
    if (command === undefined) return;
    command.kill("SIGINT");
    const timer = setTimeout(() => command.kill("SIGKILL"), INTERRUPTED_MS);
    await once(command, "close");
    clearTimeout(timer);
  }

  async #resources(): Promise<readonly StateResource[]> {
    const { output } = await this.#spawn(this.engine.pulumi, ["stack", "export", "--stack", STACK], "pipe");
    const { deployment } = JSON.parse(output) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  #spawn(
    command: string,
    args: readonly string[],
    channel: "inherit" | "pipe",
  ): Promise<{ exitCode: number; output: string }> {
    if (this.#isInterrupted) return Promise.reject(new Error("the demo was interrupted"));
    return new Promise((resolve, reject) => {
      const child = spawn(command, [...args], {
        cwd: PROGRAM_FOLDER,
        env: this.#environment,
        stdio: ["ignore", channel, "inherit"],
      });
      this.#running = child;
      let output = "";
      child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        this.#running = undefined;
        resolve({ exitCode: code ?? -1, output });
      });
    });
  }
}

/** Stops and removes what an interrupted or killed demo has left; a completed one leaves nothing. */
export async function clearDemo(): Promise<void> {
  await endLeftover(DEPLOYED_FOLDER);
  for (const path of [DEMO_FOLDER, DEPLOYED_FOLDER, join(PROGRAM_FOLDER, `Pulumi.${STACK}.yaml`)]) {
    rmSync(path, { recursive: true, force: true });
  }
  const stacks = dirname(DEPLOYED_FOLDER);
  // The user's own stack may have its shop there, which stays.
  if (existsSync(stacks) && readdirSync(stacks).length === 0) rmdirSync(stacks);
}
