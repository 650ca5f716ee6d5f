import { parseArgs } from "node:util";
import { retrieveScanStatus } from "../sdk/retrieve-scan-status";
import { parseChoice, parsed } from "./arguments";
import { printLine, type Command } from "./command";
import { withClient } from "./connection";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";

/** Prints where a scan stands. */
export const status: Command = async (args, surroundings) => {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { ...SCAN_OPTIONS, format: { type: "string" } } }),
  );
  const format = parseChoice("format", values.format ?? "text", ["text", "json"]);
  const source = await chooseScan(values, surroundings);
  const found = await withClient(source, surroundings, (client) => retrieveScanStatus(client, source));
  const { scanId, state, statusCode } = found;
  printLine(surroundings, format === "json" ? JSON.stringify(found) : `scan ${scanId}: ${state} (${statusCode})`);
};
