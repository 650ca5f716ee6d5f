import type { CallOptions, OwnerOption } from "./call-options";
import type { ServiceIdentity } from "../service-identity";
import { unexpectedAnswer } from "./failures";
import type { Answer, ApiRequest, Http } from "./http";
import type { ResolvedOptions } from "./options";
import { outcomeOf } from "./outcome";
import type { ScanState } from "../scan-state";
import { statusDetailsOf, type StatusDetails } from "./scan-status";
import { scanStateOf } from "./status-codes";
import { dataOf, idOf } from "./wire";

/** Where a scan stands, in the service's code and in our word for it. */
export interface ScanStatus extends StatusDetails {
  scanId: string;
  statusCode: number;
  state: ScanState;
}

/** The answer to a start. */
export interface StartedScan {
  scanId: string;
  /** True where a scan was running already and this is its ID. */
  alreadyRunning: boolean;
  /** Whose number `scanId` is. */
  service: ServiceIdentity;
}

/** The operations on scans. */
export class Scans {
  constructor(
    private readonly http: Http,
    private readonly options: Pick<ResolvedOptions, "statusCodes" | "slugs">,
  ) {}

  /**
   * Starts a scan, or names the one that is running. Never repeated where the request may have arrived.
   *
   * @param owner the service that the project's ID was given out by; nothing is done at another one. @default not checked
   * @throws ApiError (`TARGET_NOT_VERIFIED` without a proof of ownership), TransportError, UnexpectedAnswerError,
   * CrashtestError `OTHER_SERVICE`
   */
  async startScan(projectId: string, { owner }: OwnerOption = {}): Promise<StartedScan> {
    const answer = await this.http.exchange({
      operation: "startScan",
      parameters: { projectId },
      owner,
      purpose: `start a scan of project ${projectId}`,
      unknownOutcomeRemedy: "Run again: a scan that was started and still runs is joined.",
    });
    if (!answer.ok) throw answer.failure();
    /** Whatever does not say that this scan is new may be about one that tested what was there before. */
    const isNew = answer.status === 201 && answer.slug !== this.options.slugs.scanAlreadyRunning;
    return { scanId: idOf(answer, "scanId"), alreadyRunning: !isNew, service: answer.service };
  }

  /**
   * Stops a running scan; that there is none, or that it has ended, is an answer and no error.
   *
   * @throws CrashtestError `OTHER_SERVICE`; UnexpectedAnswerError for an answer that says nothing of this in the service's own words
   */
  async stopScan(
    projectId: string,
    scanId: string,
    options: CallOptions = {},
  ): Promise<"stopped" | "notFound" | "notRunning"> {
    const purpose = `stop scan ${scanId} of project ${projectId}`;
    const parameters = { projectId, scanId };
    const answer = await this.http.exchange({ operation: "stopScan", parameters, purpose, ...options });
    const { scanStopped, scanNotFound, projectNotFound, scanNotRunning } = this.options.slugs;
    return outcomeOf<"stopped" | "notFound" | "notRunning">(answer, [
      { status: 200, slug: scanStopped, outcome: "stopped" },
      { status: 404, slug: scanNotFound, outcome: "notFound" },
      { status: 404, slug: projectNotFound, outcome: "notFound" },
      { status: 409, slug: scanNotRunning, outcome: "notRunning" },
    ]);
  }

  /**
   * Where a scan stands; undefined where the service itself says that there is none.
   *
   * @throws CrashtestError `OTHER_SERVICE`
   */
  async getScanStatus(projectId: string, scanId: string, options: CallOptions = {}): Promise<ScanStatus | undefined> {
    const purpose = `get the status of scan ${scanId} of project ${projectId}`;
    return retrieveStatus(this.http, this.options, {
      operation: "getScanStatus",
      parameters: { projectId, scanId },
      purpose,
      ...options,
    });
  }
}

/** A request for a status, by either transport. */
export async function retrieveStatus(
  http: Http,
  { statusCodes, slugs }: Pick<ResolvedOptions, "statusCodes" | "slugs">,
  request: ApiRequest & { parameters: { scanId: string } },
): Promise<ScanStatus | undefined> {
  const answer = await http.exchange(request);
  if (!answer.ok) {
    const { scanNotFound, projectNotFound, webhookNotFound } = slugs;
    const absent = [scanNotFound, projectNotFound, webhookNotFound];
    outcomeOf(
      answer,
      absent.map((slug) => ({ status: 404, slug, outcome: "absent" })),
    );
    return undefined;
  }
  const status = statusOf(answer);
  const { status_code: statusCode } = status;
  const state = scanStateOf(statusCode, statusCodes);
  return { scanId: request.parameters.scanId, statusCode, state, ...statusDetailsOf(status) };
}

function statusOf(answer: Extract<Answer, { ok: true }>): Record<string, unknown> & { status_code: number } {
  const { status } = dataOf(answer);
  const fields = typeof status === "object" && status !== null ? (status as Record<string, unknown>) : {};
  const code = fields["status_code"];
  if (typeof code === "number" && Number.isInteger(code)) return { ...fields, status_code: code };
  if (typeof code === "string" && /^\d{1,9}$/.test(code)) return { ...fields, status_code: Number(code) };
  throw unexpectedAnswer(answer.attempt, "JSON without a `data.status.status_code` that is a whole number");
}
