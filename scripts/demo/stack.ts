import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../engine/cache";
import type { Engine } from "../engine/ensure-engine";
import { sayCommand } from "./terminal";

const STACK = "demo";
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
    await this.#spawn(args, "inherit");
  }

  async outputs(): Promise<Record<string, string>> {
    return JSON.parse(await this.#spawn(["stack", "output", "--json", "--stack", STACK], "pipe")) as Record<
      string,
      string
    >;
  }

  /** How many resources are in the state. */
  async resourceCount(): Promise<number> {
    const text = await this.#spawn(["stack", "export", "--stack", STACK], "pipe");
    const { deployment } = JSON.parse(text) as { deployment: { resources?: unknown[] } };
    return deployment.resources?.length ?? 0;
  }

  #spawn(args: readonly string[], output: "inherit" | "pipe"): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.engine.pulumi, [...args], {
        cwd: REPOSITORY_ROOT,
        env: this.#environment,
        stdio: ["ignore", output, "inherit"],
      });
      let text = "";
      child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(text);
        else reject(new Error(`pulumi ${args.join(" ")} ended with ${String(code)}`));
      });
    });
  }
}

/** Also takes away what a demo that was killed has left. */
export function removeDemoFolder(): void {
  rmSync(DEMO_FOLDER, { recursive: true, force: true });
  rmSync(join(REPOSITORY_ROOT, `Pulumi.${STACK}.yaml`), { force: true });
}
