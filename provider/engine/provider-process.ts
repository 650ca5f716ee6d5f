import { watchEngine } from "./engine-watch";

let isWatched = false;

/**
 * Ends this process within 10 seconds when its engine is gone, which after a `kill -9` nothing else does. What it was
 * about to start would be known to nobody; what it has started goes on at the service.
 */
export function endWithEngine(): void {
  if (isWatched) return;
  isWatched = true;
  /** The host's contract: the engine's address is its first argument. */
  watchEngine(process.argv[2], () => {
    process.exit(1);
  });
}
