import { parseArgs } from "node:util";
import { isUnderWay } from "../provider/scan-state";
import { retrieveScanStatus } from "../sdk/retrieve-scan-status";
import { parseChoice, parsed } from "./arguments";
import { EXIT_CODES, printData, type Command } from "./command";
import { withClient } from "./connection";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";
import { statusText } from "./status-text";

/** Prints where a scan stands. By the exit code a script can wait for its end. */
export const status: Command = async (args, surroundings) => {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { ...SCAN_OPTIONS, format: { type: "string" } } }),
  );
  const format = parseChoice("format", values.format ?? "text", ["text", "json"]);
  const source = await chooseScan(values, surroundings);
  const found = await withClient(source, surroundings, (client) => retrieveScanStatus(client, source));
  printData(surroundings, format === "json" ? JSON.stringify(found) : statusText(found));
  return isUnderWay(found.state) ? EXIT_CODES.notEnded : EXIT_CODES.done;
};
