import { ConfigurationError } from "../../errors/errors";
import { redactor } from "../../errors/redact";
import { adviceOf } from "../client/advice";
import { parseJson } from "../client/json";
import { KnownService } from "../client/known-service";
import type { OpenAnswer } from "../client/reports";
import { fillTemplate, type FilledRoute } from "../client/routes";
import { unexpectedAnswer, type Attempt } from "../http/errors";
import { Http, type Received } from "../http/http";
import { parseRetryAfterMs } from "../http/retry";
import { failureOfTransport } from "../http/transport-failure";
import type { CallOptions } from "../service";
import type { ResolvedOptions } from "./options";
import { parseProblem, parseWebhookProblem, type Problem } from "./problem";
import { failureOfAnswer } from "./refusal";
import { ROUTES, type Operation, type RouteParameters } from "./routes";

/** What the vendor's support asks for. */
const SUPPORT_HEADER = "x-conversation-id";
const SUPPORT_HANDLE = /^[\w.:-]{1,100}$/;

/** A file as the only field of a form. */
export interface UploadedFile {
  field: string;
  name: string;
  type: string;
  text: string;
}

/** A request of one of the service's operations. */
export interface ApiRequest extends CallOptions {
  operation: Operation;
  parameters: RouteParameters;
  query?: Readonly<Record<string, string>>;
  /** What the request is for, to follow "Could not" in messages. */
  purpose: string;
  /** Sent as JSON. */
  body?: unknown;
  /** The file of an upload, in the place of a body. */
  file?: UploadedFile;
  /** Secrets of the body, which no message may contain. */
  secrets?: readonly string[];
  /** What to do if the answer to a POST is lost. */
  unknownOutcomeRemedy?: string;
}

/** An answer of the service: its text, or its refusal. */
export type Answer = { attempt: Attempt; status: number } & (
  | { ok: true; text: string }
  | {
      ok: false;
      /** Undefined where the body is not the service's own. */
      problem: Problem | undefined;
      failure: () => Error;
    }
);

/** Requests by operation: fills in the route, and reads refusals. */
export class Api {
  readonly options: ResolvedOptions;
  readonly service: KnownService;
  readonly #http: Http;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.#http = new Http(options);
    this.service = new KnownService("veracode", options);
  }

  /** Sends a request and reads its answer. */
  async exchange(request: ApiRequest): Promise<Answer> {
    const received = await this.#send(request);
    const { attempt, status } = received;
    if (status >= 300) return this.#refusal(request, received);
    return { ok: true, attempt, status, text: await this.#http.readText(received) };
  }

  /** As `exchange`, for a success with JSON. @throws the error of a refusal */
  async exchangeJson(request: ApiRequest): Promise<{ attempt: Attempt; body: unknown }> {
    const answer = await this.exchange(request);
    if (!answer.ok) throw answer.failure();
    return { attempt: answer.attempt, body: jsonOf(answer) };
  }

  /** Sends a request and leaves the body of a success to the caller, who must read or destroy it. */
  async open(request: ApiRequest): Promise<OpenAnswer | Extract<Answer, { ok: false }>> {
    const received = await this.#send(request);
    const { attempt, status, contentType, body } = received;
    if (status >= 300) return this.#refusal(request, received);
    if (status !== 200) {
      body.on("error", () => undefined).destroy();
      throw unexpectedAnswer(attempt, `status ${status}`);
    }
    const failure = (error: unknown) => failureOfTransport(attempt, error);
    return { attempt, contentType: attempt.redact(contentType), body, failure };
  }

  /** Waits before a request is repeated. @throws TransportError where its signal ends the wait */
  async wait(waitMs: number, request: ApiRequest): Promise<void> {
    try {
      await this.options.sleep(waitMs, request.signal);
    } catch (error) {
      throw failureOfTransport(this.#attemptOf(request, routeOf(request)), error);
    }
  }

  /** Waits for pending requests and closes the connections. */
  close(): Promise<void> {
    return this.#http.close();
  }

  async #send(request: ApiRequest): Promise<Received> {
    const { query, purpose, owner, signal } = request;
    this.service.requireSame(owner, purpose);
    const { hasCredentials, endpoint, remedies } = this.options;
    if (!hasCredentials) {
      throw new ConfigurationError([
        `the API credentials are missing, which are needed to ${purpose}: ${remedies.missingCredentials}`,
      ]);
    }
    const route = routeOf(request);
    return this.#http.send({
      attempt: this.#attemptOf(request, route),
      path: endpoint.pathname.replace(/\/$/, "") + route.path + queryText(query),
      ...(await contentOf(request)),
      signal,
    });
  }

  #attemptOf(request: ApiRequest, { method, shownPath }: FilledRoute): Attempt {
    const { purpose, parameters, secrets = [], unknownOutcomeRemedy } = request;
    const { remedies } = this.options;
    return {
      purpose,
      method,
      shownPath,
      redact: redactor([...this.options.secrets, parameters.webhook, ...secrets]),
      advice: adviceOf(remedies.option, ["endpoint"]),
      ...(unknownOutcomeRemedy !== undefined && { unknownOutcomeRemedy }),
    };
  }

  async #refusal({ parameters }: ApiRequest, received: Received): Promise<Extract<Answer, { ok: false }>> {
    const { attempt, status, header } = received;
    const { now, remedies } = this.options;
    const answeredAtMs = now();
    const text = await this.#http.readText(received);
    const problem = parameters.webhook === undefined ? parseProblem(text) : parseWebhookProblem(text);
    const handle = header(SUPPORT_HEADER);
    const refused = {
      status,
      problem,
      supportHandle: handle !== undefined && SUPPORT_HANDLE.test(handle) ? attempt.redact(handle) : undefined,
      retryAfterMs: parseRetryAfterMs(header("retry-after"), answeredAtMs),
      clockAheadMs: clockAheadMs(header("date"), answeredAtMs),
    };
    const failure = () => failureOfAnswer(attempt, refused, remedies);
    return { ok: false, attempt, status, problem, failure };
  }
}

const routeOf = ({ operation, parameters }: ApiRequest): FilledRoute => fillTemplate(ROUTES[operation], parameters);

/** Returns the body of a request, and the header that says what it is. */
async function contentOf({ body, file }: ApiRequest): Promise<{ headers: Record<string, string>; body?: unknown }> {
  if (file !== undefined) {
    const form = new FormData();
    form.append(file.field, new Blob([file.text], { type: file.type }), file.name);
    // undici's retries take a form for a list of its fields, so its bytes are sent.
    const encoded = new Response(form);
    const type = encoded.headers.get("content-type") ?? "";
    return { headers: { "content-type": type }, body: Buffer.from(await encoded.arrayBuffer()) };
  }
  return body === undefined ? { headers: {} } : { headers: { "content-type": "application/json" }, body };
}

/** Returns the JSON of an answer. @throws UnexpectedAnswerError where there is none */
export function jsonOf({ attempt, text }: Extract<Answer, { ok: true }>): unknown {
  const body = parseJson(text);
  if (body === undefined) throw unexpectedAnswer(attempt, "a body that is not valid JSON");
  return body;
}

/** Encodes everything that is reserved, a space as %20: some servers read, and so sign, a plus sign otherwise. */
function queryText(query: Readonly<Record<string, string>> = {}): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function clockAheadMs(date: string | undefined, nowMs: number): number | undefined {
  const serviceMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(serviceMs) ? undefined : nowMs - serviceMs;
}
