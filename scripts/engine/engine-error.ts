import { MINIMUM_VERSION } from "./version";

/** One way to an engine that was tried, and why it gave none. */
export interface Attempt {
  what: string;
  reason: string;
}

/** No engine could be found, installed or built. Its message names every way that was tried, and what to install. */
export class EngineError extends Error {
  readonly code = "ENGINE_NOT_AVAILABLE";

  constructor(readonly attempts: readonly Attempt[]) {
    super(formatAttempts(attempts));
    this.name = "EngineError";
  }
}

/** A way to an engine that did not lead to one; the message is one line. */
export class EngineStepError extends Error {
  override name = "EngineStepError";
}

function formatAttempts(attempts: readonly Attempt[]): string {
  return [
    "ENGINE_NOT_AVAILABLE: there is no Pulumi engine on this machine, and none could be made.",
    ...attempts.map(({ what, reason }) => `  - ${what}: ${reason}`),
    "Install one of these and run the command again:",
    `  - the Pulumi CLI ${MINIMUM_VERSION} or newer (below 4), with "pulumi" on the PATH; Pulumi's documentation says how;`,
    '  - or Go 1.26 or newer (1.21 fetches it by itself), with "go" on the PATH: the CLI is then built from source, which needs',
    "    a Go module proxy, 4 GB of disk space for Go's caches and about five minutes.",
  ].join("\n");
}
