import { parseArgs } from "node:util";
import { isUnderWay } from "../service/scan-status";
import { retrieveScanStatus } from "../report-files/report-content";
import { parseChoice, parsed } from "./arguments";
import { EXIT_CODES, printData, type Command } from "./command";
import { withService } from "./connection";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";
import { statusText } from "./findings-text";

/** Prints the status of a scan. The exit code lets a script wait for its end. */
export const status: Command = async (args, surroundings) => {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { ...SCAN_OPTIONS, format: { type: "string" } } }),
  );
  const format = parseChoice("format", values.format ?? "text", ["text", "json"]);
  const source = await chooseScan(values, surroundings);
  const found = await withService(source, surroundings, (service) => retrieveScanStatus(service, source));
  printData(surroundings, format === "json" ? JSON.stringify(found) : statusText(found));
  return isUnderWay(found.state) ? EXIT_CODES.notEnded : EXIT_CODES.done;
};
