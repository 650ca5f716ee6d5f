import { MINIMUM_VERSION } from "./version";

/** A way to get an engine that was tried, and why it failed. */
export interface Attempt {
  what: string;
  reason: string;
}

/** No engine could be found, installed or built. The message lists every way that was tried, and what to install. */
export class EngineError extends Error {
  readonly code = "ENGINE_NOT_AVAILABLE";

  constructor(readonly attempts: readonly Attempt[]) {
    super(formatAttempts(attempts));
    this.name = "EngineError";
  }
}

/** A failed way to get an engine; the message is one line. */
export class EngineStepError extends Error {
  override name = "EngineStepError";
}

function formatAttempts(attempts: readonly Attempt[]): string {
  return [
    "ENGINE_NOT_AVAILABLE: there is no Pulumi engine on this machine, and it could not be installed or built.",
    ...attempts.map(({ what, reason }) => `  - ${what}: ${reason}`),
    "Install one of these and run the command again:",
    `  - the Pulumi CLI ${MINIMUM_VERSION} or newer (below 4), with "pulumi" on the PATH; Pulumi's documentation says how;`,
    '  - or Go 1.26 or newer (1.21 fetches it by itself), with "go" on the PATH: the CLI is then built from source, which needs',
    "    a Go module proxy, 4 GB of disk space for Go's caches and about five minutes.",
  ].join("\n");
}
