import { join } from "node:path";

import { runCommand } from "../process/run-command";
import { EngineStepError } from "./engine-error";
import type { EngineMaker } from "./set-up";

/** The download is about 150 MB; on a slower connection, installing by hand is better. */
const INSTALL_TIMEOUT_MS = 600_000;

/** Installs the CLI with the vendor's own installer. Gives up within seconds if the download site does not answer. */
export const installEngine: EngineMaker = async (root, { env, say }) => {
  say("Trying the vendor's own installer (a download of about 150 MB, one to ten minutes).");
  const { exitCode, stderr, failure } = await runCommand(
    process.execPath,
    [join(__dirname, "vendor-install.js"), root],
    {
      env,
      timeoutMs: INSTALL_TIMEOUT_MS,
    },
  );
  if (failure === "timeout") throw new EngineStepError("the download did not finish within 10 minutes");
  if (exitCode !== 0) throw new EngineStepError(firstLine(stderr) ?? "the installer failed without a message");
};

function firstLine(text: string): string | undefined {
  return text.split("\n").find((line) => line.trim() !== "");
}
