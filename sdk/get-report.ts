import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { CrashtestClient, ServiceReportFormat } from "../provider/client";
import { CrashtestError } from "../provider/errors";
import { programClient } from "./client";
import { requireFolderOf, temporaryReportPath, writeAtomically } from "./report-file";
import { parseScanReference, whenFinished, type InputsOf, type ScanReference } from "./scan-reference";

/** Which report, and where it goes. */
export type ReportArgs = ScanReference & {
  /** `pdf`, `xml` (JUnit) or `json`; with a webhook `xml` only. */
  format: ServiceReportFormat;
  /**
   * The file to write, from the program's folder; it is replaced whole, and readable by its owner only. Its folder has to
   * be there.
   * @default none: a file of this run, removed at its end, which the asset names
   */
  path?: string | undefined;
};

/** A report that was fetched. */
export interface Report {
  format: ServiceReportFormat;
  /** The absolute path that was asked for; undefined where none was. In a preview nothing is written there. */
  path: string | undefined;
  /** The size of the report. */
  sizeBytes: number;
  /** The report as an asset, for a bucket for example. */
  asset: pulumi.asset.Asset;
}

const FORMATS: readonly string[] = ["pdf", "xml", "json"];

/**
 * Fetches a report of an ended scan. It is streamed, up to `maxReportBytes`.
 *
 * @throws CrashtestError `SCAN_NOT_FINISHED` while the scan runs, `NOT_FOUND`, `REPORT_TOO_LARGE`, `ARGUMENT_INVALID`, and
 * what else the client throws
 */
export async function getReport(args: ReportArgs): Promise<Report> {
  return retrieveReport(programClient(), args, pulumi.runtime.isDryRun());
}

/** As `getReport`, for outputs: unknown in a preview while the scan runs or is not known yet. */
export function getReportOutput(args: InputsOf<ReportArgs>): pulumi.Output<Report> {
  return whenFinished(args, getReport);
}

/** As `getReport`, with the client handed in. */
export async function retrieveReport(client: CrashtestClient, args: ReportArgs, isPreview: boolean): Promise<Report> {
  if (!FORMATS.includes(args.format)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `getReport: format has to be ${FORMATS.join(", ")}`,
    });
  }
  const source = parseScanReference("getReport", args);
  const asked = args.path === undefined ? undefined : resolve(args.path);
  if (asked !== undefined) await requireFolderOf(asked);
  /** Also a preview needs the content, or an asset would show a change in it that `up` does not make. */
  const target = asked === undefined || isPreview ? temporaryReportPath(`report.${args.format}`) : asked;
  const sizeBytes = await writeAtomically(target, (file) => client.reports.writeReport(source, args.format, file));
  return { format: args.format, path: asked, sizeBytes, asset: new pulumi.asset.FileAsset(target) };
}
