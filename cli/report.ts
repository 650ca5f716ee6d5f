import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { plainText } from "../errors/plain-text";
import { kindOf, type ScanAddress } from "../service/service";
import type { ServiceRules } from "../service/rules";
import { writeContent, writeReport } from "../report-files/report-content";
import {
  extensionOf,
  isDerivedFormat,
  isReportFormat,
  REPORT_FORMATS,
  type ReportFormat,
} from "../report-files/report-format";
import { parseReportArgs, problemOfFormat } from "../report-files/report-request";
import { parsed, requireOption } from "./arguments";
import { EXIT_CODES, tell, UsageError, type Command, type Surroundings } from "./command";
import { rulesOfEnvironment, withService } from "./connection";
import { chooseScan, SCAN_OPTIONS } from "./scan-choice";

const OPTIONS = {
  ...SCAN_OPTIONS,
  format: { type: "string" },
  output: { type: "string" },
  "allow-unfinished": { type: "boolean" },
} as const;

/** Writes a report of a scan into a file, or to the standard output. */
export const report: Command = async (args, surroundings) => {
  const { values } = parsed(() => parseArgs({ args: [...args], options: OPTIONS }));
  const source = await chooseScan(values, surroundings);
  const rules = rulesOfEnvironment(surroundings);
  const format = formatOf(values.format, source, rules);
  const output = requireOption("output", values.output ?? `report.${extensionOf(format)}`);
  if (output === "-") requirePipe(format, surroundings);
  const allowUnfinished = values["allow-unfinished"] ?? false;
  const path = output === "-" ? undefined : output;
  const request = { ...parseReportArgs({ ...source, format, path, allowUnfinished }, rules), source };
  await withService(source, surroundings, async (service) => {
    if (request.place === undefined) {
      await writeContent(service, request, unended(surroundings.stdout));
      return;
    }
    const sizeBytes = await writeReport(service, request, request.place);
    const what = `The ${format} report of scan ${source.scanId}`;
    tell(surroundings, `${what} is in ${plainText(output)} (${sizeBytes} bytes).`);
  });
  return EXIT_CODES.done;
};

/** @throws UsageError */
function formatOf(text: string | undefined, source: ScanAddress, rules: ServiceRules): ReportFormat {
  const kind = kindOf(source);
  const format = text ?? (rules.abilitiesFor(kind).reportFormats.includes("pdf") ? "pdf" : "xml");
  if (!isReportFormat(format)) {
    throw new UsageError(`--format must be ${REPORT_FORMATS.join(", ")}, but is "${format}"`);
  }
  const unavailable = problemOfFormat(format, kind, rules);
  if (unavailable !== undefined) throw new UsageError(unavailable);
  return format;
}

/** The service's own reports are unchanged, and may control a terminal. @throws UsageError */
function requirePipe(format: ReportFormat, { stdout }: Surroundings): void {
  if (stdout.isTTY !== true || isDerivedFormat(format)) return;
  throw new UsageError(`the ${format} report cannot be printed to a terminal: use --output FILE or a pipe`);
}

/** Writes to a stream without ending it. */
const unended = (stream: Writable): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      stream.write(chunk, done);
    },
  });
