import { Transform, Writable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { CrashtestError } from "../errors";
import type { CallOptions, OwnerOption } from "./call-options";
import { ReportTooLargeError, type Attempt } from "./errors";
import { unexpectedAnswer } from "./failures";
import type { ApiRequest, Http, OpenAnswer } from "./http";
import type { ResolvedOptions } from "./options";
import { limitBody } from "./time-limit";

/** The formats that the service itself has. */
export type ServiceReportFormat = "json" | "xml" | "pdf";

/** Whose report: a scan of a project, or one that was started by webhook (which has XML only). */
export type ReportSource = ({ projectId: string; scanId: string } | { webhook: string; scanId: string }) & OwnerOption;

const OPERATIONS = { json: "getReportJson", xml: "getReportXml", pdf: "getReportPdf" } as const;

const CONTENT_TYPES: Readonly<Record<ServiceReportFormat, readonly string[]>> = {
  json: ["application/json"],
  xml: ["application/xml", "text/xml"],
  pdf: ["application/pdf"],
};

/** How a report of each format begins; what begins otherwise is an error page with the wrong type. */
const BEGINNINGS: Readonly<Record<ServiceReportFormat, RegExp>> = {
  json: /^\s*[[{]/,
  xml: /^(?![\s\S]*<(?:!doctype\s+html|html)\b)\s*</i,
  pdf: /^%PDF-/,
};
const BYTES_TO_JUDGE = 256;
const UTF8_BOM = /^\uFEFF/;

/** The reports of ended scans. */
export class Reports {
  constructor(
    private readonly http: Http,
    private readonly options: Pick<ResolvedOptions, "maxReportBytes" | "reportTimeoutMs">,
  ) {}

  /**
   * Streams a report to where it goes. What it holds in memory does not grow with the report.
   *
   * On any error the destination is destroyed, and what was written there is to be thrown away.
   *
   * @returns the bytes written
   * @throws ApiError (`SCAN_NOT_FINISHED` while it runs, `NOT_FOUND`), ReportTooLargeError above `maxReportBytes`,
   * CrashtestError `REPORT_EMPTY` for one without a byte, UnexpectedAnswerError for one of another type, TransportError where it broke off, and whatever error
   * the destination failed with
   */
  async writeReport(
    source: ReportSource,
    format: ServiceReportFormat,
    destination: Writable,
    { signal }: CallOptions = {},
  ): Promise<number> {
    const answer = await this.open(() => ({ ...requestFor(source, format), signal }), destination);
    const inspector = new ReportInspector(answer.attempt, format, this.options.maxReportBytes);
    /** A pipeline ends all its streams with one error; whose it was, only the order in which they tell it shows. */
    let firstToFail: "network" | "destination" | undefined;
    answer.body.once("error", () => (firstToFail ??= "network"));
    destination.once("error", () => (firstToFail ??= "destination"));
    const endLimit = limitBody(answer.body, this.options.reportTimeoutMs);
    try {
      checkContentType(answer, format);
      await pipeline(answer.body, inspector, destination);
    } catch (error) {
      answer.body.on("error", () => undefined).destroy();
      destination.destroy();
      throw error instanceof CrashtestError || firstToFail === "destination" ? error : answer.failure(error);
    } finally {
      endLimit();
    }
    return inspector.bytes;
  }

  /**
   * The JSON report as text. Other than for a file it is data to be parsed, and is held in memory, up to
   * `maxReportBytes`; `parseFindings` of `pulumi-crashtest/findings` reads it.
   *
   * @throws as `writeReport`
   */
  readJsonReport(source: ReportSource): Promise<string> {
    return this.readReport(source, "json");
  }

  /** The XML (JUnit) report as text, as `readJsonReport`; `parseJunit` of `pulumi-crashtest/findings` reads it. */
  readXmlReport(source: ReportSource): Promise<string> {
    return this.readReport(source, "xml");
  }

  /**
   * Hands the text of a report on as it comes, piece by piece. What it holds in memory does not grow with the report.
   *
   * On an error the pieces that came before it are to be thrown away.
   *
   * @param onText gets the pieces in their order; what it throws ends the reading
   * @throws as `writeReport`, and whatever error `onText` throws
   */
  async streamReport(
    source: ReportSource,
    format: "json" | "xml",
    onText: (piece: string) => void,
    options: CallOptions = {},
  ): Promise<void> {
    const decoder = new StringDecoder("utf8");
    const texts = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        handOn(decoder.write(chunk), onText, done);
      },
      final: (done) => {
        handOn(decoder.end(), onText, done);
      },
    });
    await this.writeReport(source, format, texts, options);
  }

  private async readReport(source: ReportSource, format: "json" | "xml"): Promise<string> {
    const pieces: string[] = [];
    await this.streamReport(source, format, (piece) => pieces.push(piece));
    return pieces.join("");
  }

  private async open(request: () => ApiRequest, destination: Writable): Promise<OpenAnswer> {
    try {
      return await this.http.open(request());
    } catch (error) {
      destination.destroy();
      throw error;
    }
  }
}

function handOn(piece: string, onText: (piece: string) => void, done: (error?: Error) => void): void {
  try {
    onText(piece);
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

function requestFor(source: ReportSource, format: ServiceReportFormat): ApiRequest {
  const { owner } = source;
  if ("projectId" in source) {
    const { projectId, scanId } = source;
    const purpose = `get the ${format} report of scan ${scanId} of project ${projectId}`;
    return { operation: OPERATIONS[format], parameters: { projectId, scanId }, purpose, owner };
  }
  if (format !== "xml") {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `A webhook has no ${format} report`,
      remedy: "Ask for xml, or name the project instead of its webhook.",
    });
  }
  const { webhook, scanId } = source;
  return {
    operation: "getWebhookReportJunit",
    parameters: { webhook, scanId },
    purpose: `get the xml report of scan ${scanId} by webhook`,
    owner,
  };
}

function checkContentType(answer: OpenAnswer, format: ServiceReportFormat): void {
  const type = answer.contentType.split(";")[0]?.trim() ?? "";
  if (!CONTENT_TYPES[format].includes(type)) {
    throw unexpectedAnswer(
      answer.attempt,
      `a body of the type "${type}" where ${CONTENT_TYPES[format].join(" or ")} should be`,
    );
  }
}

const emptyReport = ({ purpose }: Attempt): CrashtestError =>
  new CrashtestError({
    code: "REPORT_EMPTY",
    problem: `Could not ${purpose}: the service sent a report without a single byte`,
    remedy: "That is no proof of a clean scan: fetch it again, or look at the report on the service's own pages.",
  });

/** Lets a report through while it looks like one and is not too large. */
class ReportInspector extends Transform {
  bytes = 0;
  private beginning: Buffer | undefined = Buffer.alloc(0);

  constructor(
    private readonly attempt: Attempt,
    private readonly format: ServiceReportFormat,
    private readonly maxReportBytes: number,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxReportBytes) {
      done(new ReportTooLargeError(this.attempt, this.maxReportBytes));
      return;
    }
    if (this.beginning === undefined) {
      done(null, chunk);
      return;
    }
    this.beginning = Buffer.concat([this.beginning, chunk]);
    if (this.beginning.length < BYTES_TO_JUDGE) done();
    else this.judgeBeginning(done);
  }

  override _flush(done: TransformCallback): void {
    if (this.bytes === 0) done(emptyReport(this.attempt));
    else if (this.beginning === undefined) done();
    else this.judgeBeginning(done);
  }

  private judgeBeginning(done: TransformCallback): void {
    const held = this.beginning ?? Buffer.alloc(0);
    this.beginning = undefined;
    const text = held.subarray(0, BYTES_TO_JUDGE).toString("utf8").replace(UTF8_BOM, "");
    if (BEGINNINGS[this.format].test(text)) done(null, held);
    else done(unexpectedAnswer(this.attempt, `a body that does not begin like ${this.format}`));
  }
}
