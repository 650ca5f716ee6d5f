import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import type { Engine } from "../engine/ensure-engine";
import { sayCommand } from "./terminal";

const STACK = "demo";

/** A resource as it stands in the state. */
export interface StateResource {
  urn: string;
  outputs?: Record<string, string>;
}

/** Everything that the engine keeps: below the checkout, and removed at the end. */
export const DEMO_FOLDER = join(REPOSITORY_ROOT, ".demo");

/** The root stack of this repository, with a file backend of its own. */
export class DemoStack {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    private readonly engine: Engine,
    settings: { endpoint: string; apiKey: string; teamId: number },
  ) {
    removeDemoFolder();
    mkdirSync(join(DEMO_FOLDER, "state"), { recursive: true });
    mkdirSync(join(DEMO_FOLDER, "tmp"));
    this.#environment = {
      ...process.env,
      ...engine.env,
      PULUMI_HOME: join(DEMO_FOLDER, "home"),
      PULUMI_BACKEND_URL: `file://${DEMO_FOLDER}/state`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      TMPDIR: join(DEMO_FOLDER, "tmp"),
      CRASHTEST_ENDPOINT: settings.endpoint,
      CRASHTEST_API_KEY: settings.apiKey,
      CRASHTEST_TEAM_ID: String(settings.teamId),
    };
  }

  /** Runs a command of the CLI in the repository's root and shows what it prints. */
  async run(...args: string[]): Promise<void> {
    sayCommand(`pulumi ${args.join(" ")}`);
    const { exitCode } = await this.#spawn(args, "inherit");
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}`);
  }

  /** As `run`, and gives the exit code. */
  async tryRun(...args: string[]): Promise<number> {
    sayCommand(`pulumi ${args.join(" ")}`);
    return (await this.#spawn(args, "inherit")).exitCode;
  }

  /** The resource of a logical name; undefined where there is none in the state. */
  async resource(name: string): Promise<StateResource | undefined> {
    return (await this.#resources()).find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** How many resources are in the state. */
  async resourceCount(): Promise<number> {
    return (await this.#resources()).length;
  }

  async #resources(): Promise<readonly StateResource[]> {
    const { output } = await this.#spawn(["stack", "export", "--stack", STACK], "pipe");
    const { deployment } = JSON.parse(output) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  #spawn(args: readonly string[], channel: "inherit" | "pipe"): Promise<{ exitCode: number; output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.engine.pulumi, [...args], {
        cwd: REPOSITORY_ROOT,
        env: this.#environment,
        stdio: ["ignore", channel, "inherit"],
      });
      let output = "";
      child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        resolve({ exitCode: code ?? -1, output });
      });
    });
  }
}

/** Also takes away what a demo that was killed has left. */
export function removeDemoFolder(): void {
  rmSync(DEMO_FOLDER, { recursive: true, force: true });
  rmSync(join(REPOSITORY_ROOT, `Pulumi.${STACK}.yaml`), { force: true });
}
