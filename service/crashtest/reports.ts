import { Transform, Writable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CrashtestError } from "../../errors/errors";
import { unexpectedAnswer, type Attempt } from "../http/errors";
import { limitBody } from "../http/time-limit";
import type { CallOptions, ScanAddress, ServiceReportFormat } from "../service";
import type { Api, ApiRequest } from "./api";
import { DEFAULT_MAX_REPORT_BYTES, MAX_PARSED_REPORT_BYTES, type ResolvedOptions } from "./options";

/** The formats that this service has. */
export type CrashtestReportFormat = Exclude<ServiceReportFormat, "csv">;

interface Format {
  operation: ApiRequest["operation"];
  contentTypes: readonly string[];
  /** How a report begins; anything else is an error page of the wrong type. */
  beginning: RegExp;
}

const FORMATS: Readonly<Record<CrashtestReportFormat, Format>> = {
  json: { operation: "getReportJson", contentTypes: ["application/json"], beginning: /^\s*[[{]/ },
  xml: {
    operation: "getReportXml",
    contentTypes: ["application/xml", "text/xml"],
    beginning: /^(?![\s\S]*<(?:!doctype\s+html|html)\b)\s*</i,
  },
  pdf: { operation: "getReportPdf", contentTypes: ["application/pdf"], beginning: /^%PDF-/ },
};
const BYTES_TO_JUDGE = 256;
const UTF8_BOM = /^\uFEFF/;

/** The reports of ended scans. */
export class Reports {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Streams a report to a destination. Memory use does not grow with the report.
   *
   * On any error the destination is destroyed, and what was written to it must be discarded.
   *
   * @returns the bytes written
   * @throws ApiError (`SCAN_NOT_FINISHED` while the scan runs, `NOT_FOUND`), ReportTooLargeError above `maxReportBytes`,
   * CrashtestError `REPORT_EMPTY` for an empty one, UnexpectedAnswerError for one of another type, TransportError where the
   * connection broke, and any error of the destination
   */
  writeReport(
    source: ScanAddress,
    format: CrashtestReportFormat,
    destination: Writable,
    options: CallOptions = {},
  ): Promise<number> {
    return this.#transfer(source, format, destination, DEFAULT_MAX_REPORT_BYTES, options);
  }

  /**
   * Reads the JSON report as text, to be parsed: `parseFindings` of the package's entry `findings` does that. The text is held
   * in memory, and limited to 16 MiB, or to `maxReportBytes` if that is less.
   *
   * @throws as `writeReport`
   */
  readJsonReport(source: ScanAddress, options: CallOptions = {}): Promise<string> {
    return this.#readReport(source, "json", options);
  }

  /** Reads the XML (JUnit) report as text, as `readJsonReport`; `parseJunit` of the package's entry `findings` parses it. */
  readXmlReport(source: ScanAddress, options: CallOptions = {}): Promise<string> {
    return this.#readReport(source, "xml", options);
  }

  async #readReport(source: ScanAddress, format: "json" | "xml", options: CallOptions): Promise<string> {
    const chunks: Buffer[] = [];
    const memory = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        chunks.push(chunk);
        done();
      },
    });
    await this.#transfer(source, format, memory, MAX_PARSED_REPORT_BYTES, options);
    return Buffer.concat(chunks).toString("utf8");
  }

  /** @param upperLimit in bytes; `maxReportBytes` may be less */
  async #transfer(
    source: ScanAddress,
    format: CrashtestReportFormat,
    destination: Writable,
    upperLimit: number,
    { signal }: CallOptions,
  ): Promise<number> {
    try {
      const answer = await this.#api.open({ ...requestFor(source, format), signal });
      const { attempt, body } = answer;
      const inspector = new ReportInspector(attempt, format, upperLimit, this.#api.options);
      // A pipeline ends all its streams with one error; only the order of events tells whose it was.
      let firstToFail: "network" | "destination" | undefined;
      body.once("error", () => (firstToFail ??= "network"));
      destination.once("error", () => (firstToFail ??= "destination"));
      const endLimit = limitBody(body, this.#api.options.reportTimeoutMs);
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
}

function requestFor(source: ScanAddress, format: CrashtestReportFormat): ApiRequest {
  const { scanId, owner } = source;
  if ("projectId" in source) {
    const { projectId } = source;
    const purpose = `get the ${format} report of scan ${scanId} of project ${projectId}`;
    return { operation: FORMATS[format].operation, parameters: { projectId, scanId }, purpose, owner };
  }
  if (format !== "xml") {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `There is no ${format} report by webhook`,
      remedy: "Use xml, or give the project's ID instead of its webhook.",
    });
  }
  const parameters = { webhook: source.webhook, scanId };
  return {
    operation: "getWebhookReportJunit",
    parameters,
    purpose: `get the xml report of scan ${scanId} by webhook`,
    owner,
  };
}

function requireContentType(attempt: Attempt, contentType: string, expected: readonly string[]): void {
  const type = contentType.split(";")[0]?.trim() ?? "";
  if (!expected.includes(type)) {
    throw unexpectedAnswer(attempt, `a body of the type "${type}" instead of ${expected.join(" or ")}`);
  }
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
  readonly #format: CrashtestReportFormat;
  readonly #tooLarge: () => ReportTooLargeError;
  readonly #maxBytes: number;
  /** Held back until it has been judged. */
  #beginning: Buffer | undefined = Buffer.alloc(0);

  constructor(
    attempt: Attempt,
    format: CrashtestReportFormat,
    upperLimit: number,
    { maxReportBytes, remedies }: ResolvedOptions,
  ) {
    super();
    this.#attempt = attempt;
    this.#format = format;
    this.#maxBytes = Math.min(maxReportBytes, upperLimit);
    this.#tooLarge = () =>
      new ReportTooLargeError(attempt, this.#maxBytes, upperLimit, remedies.option("maxReportBytes"));
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
