import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kindOf } from "../../../service/service";
import { CRASHTEST_RULES } from "../../../service/crashtest/rules";
import { temporaryFolder } from "./ending";
import type { Peaks } from "./memory";
import { runWell } from "./run";
import { sharedInstallation } from "./stack";

/** What is handed on of a decision: the verdict, or what is left to decide by who knows the state. */
interface Decision {
  verdict?: { passed: boolean; message: string };
  question?: string;
  table?: string;
  baseline?: object;
  failures: { reason: string }[];
}

/** One part of a gate, in a process of its own. */
async function bare(
  work: "decide" | "check",
  environment: Record<string, string>,
  given: object,
): Promise<Decision & { peakBytes: number }> {
  const folder = temporaryFolder("bare-gate");
  const [input, output] = [join(folder, "input.json"), join(folder, "output.json")];
  writeFileSync(input, JSON.stringify(given));
  const args = [join(__dirname, "bare-gate.js"), work, sharedInstallation(), input, output];
  await runWell(process.execPath, args, { cwd: sharedInstallation(), env: { ...process.env, ...environment } });
  return JSON.parse(readFileSync(output, "utf8")) as Decision & { peakBytes: number };
}

/** What is decided. */
export interface GivenGate {
  settings: object;
  /** @default project 1 */
  webhook?: string;
  /** What the state has. */
  baseline?: object | undefined;
  /** @default "1" */
  scanId?: string;
}

export interface DecidedGate {
  isClosed: boolean;
  /** What people see of it. */
  output: string;
  /** What the state would have then. */
  baseline: object | undefined;
  peaks: Peaks;
}

/** A gate on a scan, decided as by a deployment whose own scan it is, but without an engine. */
export async function decideBare(environment: Record<string, string>, given: GivenGate): Promise<DecidedGate> {
  const { settings, webhook, baseline, scanId = "1" } = given;
  const isByWebhook = webhook !== undefined;
  const source = isByWebhook ? { webhook, scanId } : { projectId: "1", scanId };
  const abilities = CRASHTEST_RULES.abilitiesFor(kindOf(source));
  const scan = { scanId, ...(!isByWebhook && source), abilities, startedBy: "deployment" };
  const decision = await bare("decide", environment, { source, scan, settings });
  const { verdict, question } = decision;
  const checked = await bare("check", environment, { verdict, question, baseline });
  const [failure] = checked.failures;
  return {
    isClosed: failure !== undefined,
    output: [failure?.reason ?? (verdict ?? checked.verdict)?.message, decision.table ?? checked.table].join("\n"),
    baseline: checked.baseline,
    peaks: { program: decision.peakBytes, provider: checked.peakBytes },
  };
}
