/**
 * Writes the PDF report of the stack's scan to a file. It reads the state, since a run that a gate stopped has no outputs.
 *
 * Usage: pulumi stack export | node keep-report.mjs report.pdf
 */
import { open, rm } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { createClient } from "pulumi-crashtest/client";

const { deployment } = JSON.parse(await text(process.stdin));
const isScan = (resource) => resource.type === "pulumi-nodejs:dynamic/crashtest:Scan" && resource.delete !== true;
const scan = deployment.resources?.find(isScan)?.outputs;
const [path = "report.pdf"] = process.argv.slice(2);

if (scan === undefined) {
  console.log("There is no scan in the stack yet, so there is no report.");
} else {
  const client = createClient({ apiKey: process.env.CRASHTEST_API_KEY, endpoint: process.env.CRASHTEST_ENDPOINT });
  const file = await open(path, "w");
  try {
    const sizeBytes = await client.reports.writeReport(scan, "pdf", file.createWriteStream());
    console.log(`The report of scan ${scan.scanId} is in ${path} (${sizeBytes} bytes).`);
  } catch (error) {
    await rm(path);
    console.error(`There is no report: ${error.message}`);
    process.exitCode = 1;
  }
}
