import { run } from "./run";

/** The parts of a GitHub Actions workflow that a test can look at and carry out. */
export interface Workflow {
  on: Record<string, { branches?: string[] }>;
  permissions: Record<string, string>;
  defaults: { run: { shell: string; "working-directory": string } };
  jobs: Record<string, Job>;
}

export interface Job {
  if?: string;
  "timeout-minutes": number;
  steps: Step[];
}

export interface Step {
  name?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  if?: string;
  env?: Record<string, string>;
  "working-directory"?: string;
}

/** What GitHub knows and a workflow refers to. */
export interface Runner {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** By their full names, such as `secrets.CRASHTEST_API_KEY`. */
  values: Readonly<Record<string, string>>;
}

/** A step's variables. @throws Error for an expression that the runner has no value for */
function environmentOf(step: Step, { values }: Runner): Record<string, string> {
  const resolve = (text: string): string =>
    text.replace(/\$\{\{\s*(\S+?)\s*\}\}/g, (_whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the workflow refers to ${name}, which GitHub does not have`);
      return value;
    });
  return Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, resolve(text)]));
}

/**
 * Carries out the `run` steps of a job as GitHub does: in order, in bash with `-eo pipefail`, and after a failure only those
 * that say so. Steps of the machine itself, which run elsewhere than the others, are left out, and so are actions.
 */
export async function carryOut(job: Job, runner: Runner): Promise<{ hasFailed: boolean; output: string }> {
  let hasFailed = false;
  let output = "";
  for (const step of job.steps) {
    if (step.run === undefined || step["working-directory"] !== undefined) continue;
    if (hasFailed && step.if !== "${{ !cancelled() }}") continue;
    const env = { ...runner.env, ...environmentOf(step, runner) };
    const ended = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: runner.cwd,
      env,
    });
    hasFailed ||= ended.exitCode !== 0;
    output += ended.output;
  }
  return { hasFailed, output };
}
