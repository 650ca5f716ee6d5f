import { Transform, Writable, type Readable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CrashtestError } from "../../errors/errors";
import { unexpectedAnswer, type Attempt } from "../http/errors";
import { limitBody } from "../http/time-limit";
import type { ScanAddress, ServiceReportFormat } from "../service";
import { DEFAULT_MAX_REPORT_BYTES, MAX_PARSED_REPORT_BYTES, type ResolvedCommonOptions } from "./options";
import type { IdentityRemedies } from "./remedies";

interface Format {
  contentTypes: readonly string[];
  /** How a report begins; anything else is an error page of the wrong type. */
  beginning: RegExp;
}

const FORMATS: Readonly<Record<ServiceReportFormat, Format>> = {
  json: { contentTypes: ["application/json"], beginning: /^\s*[[{]/ },
  xml: {
    contentTypes: ["application/xml", "text/xml"],
    beginning: /^(?![\s\S]*<(?:!doctype\s+html|html)\b)\s*</i,
  },
  pdf: { contentTypes: ["application/pdf"], beginning: /^%PDF-/ },
  // Its columns are not known, so anything that is not another format passes.
  csv: { contentTypes: ["text/csv"], beginning: /^\s*[^\s<{[]/ },
};
const BYTES_TO_JUDGE = 256;
const UTF8_BOM = /^\uFEFF/;

/** An answer whose body has not been read. */
export interface OpenAnswer {
  attempt: Attempt;
  contentType: string;
  body: Readable;
  /** Turns an error of reading the body into a typed one. */
  failure: (error: unknown) => Error;
}

/** The limits of a report. */
export interface ReportLimits {
  maxReportBytes: number;
  /** How users call `maxReportBytes`. */
  optionName: string;
  /** The timeout for the complete report. */
  reportTimeoutMs: number;
}

/**
 * Streams a report to a destination. Memory use does not grow with the report. On any error the destination is destroyed, and
 * what was written to it must be discarded.
 *
 * @param open requests the report
 * @returns the bytes written
 * @throws what `open` throws; ReportTooLargeError above `maxReportBytes`, CrashtestError `REPORT_EMPTY` for an empty one,
 * UnexpectedAnswerError for one of another type, TransportError where the connection broke, any error of the destination
 */
export const streamReport = (
  open: () => Promise<OpenAnswer>,
  format: ServiceReportFormat,
  destination: Writable,
  limits: ReportLimits,
): Promise<number> => transfer(open, format, destination, DEFAULT_MAX_REPORT_BYTES, limits);

/** Reads a report as text, to be parsed: as `streamReport`, but in memory, and limited to 16 MiB. */
export async function readReportText(
  open: () => Promise<OpenAnswer>,
  format: ServiceReportFormat,
  limits: ReportLimits,
): Promise<string> {
  const chunks: Buffer[] = [];
  const memory = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await transfer(open, format, memory, MAX_PARSED_REPORT_BYTES, limits);
  return Buffer.concat(chunks).toString("utf8");
}

/** @param upperLimit in bytes; `maxReportBytes` may be less */
async function transfer(
  open: () => Promise<OpenAnswer>,
  format: ServiceReportFormat,
  destination: Writable,
  upperLimit: number,
  limits: ReportLimits,
): Promise<number> {
  try {
    const answer = await open();
    const { attempt, body } = answer;
    const inspector = new ReportInspector(attempt, format, upperLimit, limits);
    // A pipeline ends all its streams with one error; only the order of events tells whose it was.
    let firstToFail: "network" | "destination" | undefined;
    body.once("error", () => (firstToFail ??= "network"));
    destination.once("error", () => (firstToFail ??= "destination"));
    const endLimit = limitBody(body, limits.reportTimeoutMs);
    try {
      requireContentType(attempt, answer.contentType, FORMATS[format].contentTypes);
      await pipeline(body, inspector, destination);
    } catch (error) {
      body.on("error", () => undefined).destroy();
      throw error instanceof CrashtestError || firstToFail === "destination" ? error : answer.failure(error);
    } finally {
      endLimit();
    }
    return inspector.bytes;
  } catch (error) {
    destination.destroy();
    throw error;
  }
}

function requireContentType(attempt: Attempt, contentType: string, expected: readonly string[]): void {
  const type = contentType.split(";")[0]?.trim() ?? "";
  if (!expected.includes(type)) {
    throw unexpectedAnswer(attempt, `a body of the type "${type}" instead of ${expected.join(" or ")}`);
  }
}

/**
 * Returns the error for a format that a service does not have.
 *
 * @param where "by webhook"
 */
export const noSuchReport = (format: ServiceReportFormat, where: string, remedy: string): CrashtestError =>
  new CrashtestError({ code: "ARGUMENT_INVALID", problem: `There is no ${format} report ${where}`, remedy });

/** Returns the limits that a client's options set. */
export const reportLimitsOf = (options: ResolvedCommonOptions & { remedies: IdentityRemedies }): ReportLimits => ({
  maxReportBytes: options.maxReportBytes,
  reportTimeoutMs: options.reportTimeoutMs,
  optionName: options.remedies.option("maxReportBytes"),
});

/** Returns the request for a report by webhook, which is JUnit only. @throws CrashtestError `ARGUMENT_INVALID` */
export function webhookReportRequest(
  { webhook, scanId, owner }: Extract<ScanAddress, { webhook: string }>,
  format: ServiceReportFormat,
) {
  if (format !== "xml")
    throw noSuchReport(format, "by webhook", "Use xml, or give the project's ID instead of its webhook.");
  const purpose = `get the xml report of scan ${scanId} by webhook`;
  return { operation: "getWebhookReportJunit", parameters: { webhook, scanId }, purpose, owner } as const;
}

/** A report exceeds the limit; what was read of it was discarded. */
export class ReportTooLargeError extends CrashtestError {
  /** The limit that it exceeds. */
  readonly maxReportBytes: number;

  /** @param upperLimit what the limit can be raised to, in bytes */
  constructor({ purpose }: Attempt, maxReportBytes: number, upperLimit: number, option: string) {
    super({
      code: "REPORT_TOO_LARGE",
      problem: `Could not ${purpose}: the report has more than ${maxReportBytes} bytes`,
      remedy:
        maxReportBytes < upperLimit
          ? `Raise ${option}, or look at the report on the service's own pages.`
          : `This limit holds whatever ${option} is: look at the report on the service's own pages for what repeats or fills ` +
            "it, such as the site's answers, and exclude that from the scan.",
    });
    this.maxReportBytes = maxReportBytes;
  }
}

/** Passes a report through while it looks like one and does not exceed the limit. */
class ReportInspector extends Transform {
  bytes = 0;
  readonly #attempt: Attempt;
  readonly #format: ServiceReportFormat;
  readonly #tooLarge: () => ReportTooLargeError;
  readonly #maxBytes: number;
  /** Held back until it has been judged. */
  #beginning: Buffer | undefined = Buffer.alloc(0);

  constructor(
    attempt: Attempt,
    format: ServiceReportFormat,
    upperLimit: number,
    { maxReportBytes, optionName }: ReportLimits,
  ) {
    super();
    this.#attempt = attempt;
    this.#format = format;
    this.#maxBytes = Math.min(maxReportBytes, upperLimit);
    this.#tooLarge = () => new ReportTooLargeError(attempt, this.#maxBytes, upperLimit, optionName);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.#maxBytes) {
      done(this.#tooLarge());
      return;
    }
    if (this.#beginning === undefined) {
      done(null, chunk);
      return;
    }
    this.#beginning = Buffer.concat([this.#beginning, chunk]);
    if (this.#beginning.length < BYTES_TO_JUDGE) done();
    else this.#judge(this.#beginning, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.bytes === 0) {
      const problem = `Could not ${this.#attempt.purpose}: the service sent an empty report`;
      const remedy = "It does not prove a clean scan: get it again, or look at it on the service's own pages.";
      done(new CrashtestError({ code: "REPORT_EMPTY", problem, remedy }));
    } else if (this.#beginning === undefined) done();
    else this.#judge(this.#beginning, done);
  }

  #judge(beginning: Buffer, done: TransformCallback): void {
    this.#beginning = undefined;
    const text = beginning.subarray(0, BYTES_TO_JUDGE).toString("utf8").replace(UTF8_BOM, "");
    if (FORMATS[this.#format].beginning.test(text)) done(null, beginning);
    else done(unexpectedAnswer(this.#attempt, `a body that does not begin like ${this.#format}`));
  }
}
