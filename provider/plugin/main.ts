import { endWithEngine, engineAddressAmong } from "../host/engine-watch";
import { PluginServer } from "./server";

/** Longer than a service may take to answer: without the answer, what a call has created is in no state. */
const END_TIMEOUT_MS = 60_000;

// Whoever starts a plugin for engines that attach to it gives none, and ends it.
const engineAddress = engineAddressAmong(process.argv.slice(2));
endWithEngine(engineAddress);

const server = new PluginServer({ engineAddress, environment: process.env });
let isEnding = false;

function end(): void {
  // Whoever repeats it does not want to wait.
  if (isEnding) process.exit(1);
  isEnding = true;
  server.cancel();
  void server.callsEnded(END_TIMEOUT_MS).then(() => process.exit(0));
}

process.on("SIGINT", end);
process.on("SIGTERM", end);
// The protocol: the port, alone on the first line.
void server.listen().then((port) => process.stdout.write(`${port}\n`));
