import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { API_KEY_REMEDY, ConfigurationError } from "../errors";
import type { ServiceIdentity } from "../service-identity";
import { createDispatcher } from "./dispatcher";
import type { Attempt } from "./errors";
import { failureOfAnswer, failureOfTransport, parseErrorEnvelope, unexpectedAnswer } from "./failures";
import type { CallOptions } from "./call-options";
import { KnownService, SERVICE_HEADER } from "./known-service";
import type { ResolvedOptions } from "./options";
import { redactor } from "./redact";
import { parseRetryAfterMs } from "./retry";
import { fillRoute, type FilledRoute, type Operation, type RouteParameters } from "./routes";
import { slugOf } from "./slugs";
import { limitBody, untilAborted } from "./time-limit";

/** An answer of the service is JSON of at most this size, reports apart. */
const MAX_ENVELOPE_BYTES = 1024 * 1024;

const PARTIAL_CONTENT = 206;
/** Refusals that tell of the thing that was asked about: not found, conflict, another service's. */
const TELLING: ReadonlySet<number> = new Set([404, 409, 421]);

export interface ApiRequest extends CallOptions {
  operation: Operation;
  parameters: RouteParameters;
  /** What the request is for, to stand in messages after "Could not". */
  purpose: string;
  body?: unknown;
  /** What to do where the answer to a POST was lost. */
  unknownOutcomeRemedy?: string;
}

/** An answer of the service: its JSON, or its refusal. */
export type Answer = AnswerHead &
  ({ ok: true; body: unknown; service: ServiceIdentity } | { ok: false; failure: () => Error });

interface AnswerHead {
  status: number;
  attempt: Attempt;
  /** The service's own word, as it came; undefined where it says none, or the answer is not the service's. */
  slug: string | undefined;
  /** Takes secrets out of a text of the answer. */
  redact: (text: string) => string;
}

/** An answer whose body has not been read. */
export interface OpenAnswer {
  attempt: Attempt;
  contentType: string;
  body: Readable;
  /** Turns an error of reading the body into a typed one. */
  failure: (error: unknown) => Error;
}

/** An answer of which nothing but the head has been read. */
interface Received {
  attempt: Attempt;
  redact: (text: string) => string;
  response: Dispatcher.ResponseData;
}

/** Requests to the service: the only place that sends any. */
export class Http {
  /** The service that is asked. */
  readonly service: KnownService;
  private readonly dispatcher: Dispatcher;

  constructor(private readonly options: ResolvedOptions) {
    this.dispatcher = createDispatcher(options);
    this.service = new KnownService(options);
  }

  /** Sends a request and reads its JSON answer. */
  async exchange(request: ApiRequest): Promise<Answer> {
    const { attempt, redact, response } = await this.send(request);
    if (response.statusCode >= 300) return this.refusal(request, { attempt, redact, response });
    const text = await this.readText(attempt, redact, response.body);
    if (!contentTypeOf(response).startsWith("application/json")) {
      throw unexpectedAnswer(attempt, `a body of the type "${redact(contentTypeOf(response))}" where JSON should be`);
    }
    const service = this.identify(request, { response, redact });
    const body = parseBody(attempt, text);
    const slug = isRecord(body) ? slugOf(body["message"]) : undefined;
    return { ok: true, status: response.statusCode, attempt, slug, redact, body, service };
  }

  /** Sends a request and leaves the body of a success to the caller, who has to read or destroy it. */
  async open(request: ApiRequest): Promise<OpenAnswer> {
    const { attempt, redact, response } = await this.send(request);
    if (response.statusCode >= 300) throw (await this.refusal(request, { attempt, redact, response })).failure();
    if (response.statusCode === PARTIAL_CONTENT) {
      response.body.on("error", () => undefined).destroy();
      throw unexpectedAnswer(attempt, "a part of it only (206), which nobody asked for");
    }
    try {
      this.identify(request, { response, redact });
    } catch (error) {
      response.body.on("error", () => undefined).destroy();
      throw error;
    }
    return {
      attempt,
      contentType: redact(contentTypeOf(response)),
      body: response.body,
      failure: (error) => failureOfTransport(attempt, error, redact),
    };
  }

  /** Waits for what is under way and ends the connections. */
  async close(): Promise<void> {
    await this.dispatcher.close();
  }

  private async send(request: ApiRequest): Promise<Received> {
    const { endpoint, routes } = this.options;
    this.service.requireSame(request.owner, request.purpose);
    const route = fillRoute(routes, request.operation, request.parameters);
    const attempt = attemptOf(request, route);
    const redact = redactor([this.options.apiKey, request.parameters.webhook]);
    const message = {
      origin: endpoint.origin,
      path: this.pathWithKey(route, request),
      method: route.method,
      headers: this.headers(request),
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      ...(request.signal !== undefined && { signal: request.signal }),
    };
    try {
      const response = await untilAborted(this.dispatcher.request(message), request.signal);
      return { attempt, redact, response };
    } catch (error) {
      throw failureOfTransport(attempt, error, redact);
    }
  }

  private pathWithKey(route: FilledRoute, request: ApiRequest): string {
    const path = this.options.endpoint.pathname.replace(/\/$/, "") + route.path;
    if (this.options.apiKeyIn === "header" || isWebhook(request)) return path;
    return `${path}?${new URLSearchParams({ [this.options.apiKeyName]: this.requireKey(request) }).toString()}`;
  }

  private headers(request: ApiRequest): Record<string, string> {
    const headers: Record<string, string> = {};
    if (request.body !== undefined) headers["content-type"] = "application/json";
    if (request.owner?.instance !== undefined) headers[SERVICE_HEADER] = request.owner.instance;
    if (this.options.apiKeyIn === "header" && !isWebhook(request)) {
      headers[this.options.apiKeyName] = this.requireKey(request);
    }
    return headers;
  }

  private requireKey(request: ApiRequest): string {
    if (this.options.apiKey !== undefined && this.options.apiKey !== "") return this.options.apiKey;
    throw new ConfigurationError([`there is no API key, which is needed to ${request.purpose}: ${API_KEY_REMEDY}`]);
  }

  /** @throws CrashtestError `OTHER_SERVICE` where another instance answers than the numbers of the request belong to */
  private identify(request: ApiRequest, { response, redact }: Pick<Received, "response" | "redact">): ServiceIdentity {
    const named = headerOf(response, SERVICE_HEADER);
    /** What holds a secret is no name. */
    const instance = named === undefined || redact(named) === named ? named : undefined;
    return this.service.identify(instance, request.owner, request.purpose);
  }

  private async refusal(
    request: ApiRequest,
    { attempt, redact, response }: Received,
  ): Promise<Extract<Answer, { ok: false }>> {
    const text = await this.readText(attempt, redact, response.body);
    const error = parseErrorEnvelope(text);
    /** Something is concluded from these; others may come from what stands in between, which names nobody. */
    if (error !== undefined && TELLING.has(response.statusCode)) this.identify(request, { response, redact });
    const retryAfterMs = parseRetryAfterMs(headerOf(response, "retry-after"), this.options.now());
    const refusing = { status: response.statusCode, envelope: error, retryAfterMs };
    const failure = () => failureOfAnswer(attempt, refusing, redact);
    return { ok: false, status: response.statusCode, attempt, slug: error?.message, redact, failure };
  }

  private async readText(attempt: Attempt, redact: (text: string) => string, body: Readable): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const endLimit = limitBody(body, this.options.answerTimeoutMs);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_ENVELOPE_BYTES) break;
        chunks.push(chunk);
      }
    } catch (error) {
      throw failureOfTransport(attempt, error, redact);
    } finally {
      endLimit();
    }
    if (bytes > MAX_ENVELOPE_BYTES) throw unexpectedAnswer(attempt, `more than ${MAX_ENVELOPE_BYTES} bytes`);
    return Buffer.concat(chunks).toString("utf8");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parseBody(attempt: Attempt, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedAnswer(attempt, "a body that says it is JSON and is none");
  }
}

const isWebhook = (request: ApiRequest): boolean => request.parameters.webhook !== undefined;

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const header = response.headers[name];
  return typeof header === "string" ? header : undefined;
}

const contentTypeOf = (response: Dispatcher.ResponseData): string =>
  (headerOf(response, "content-type") ?? "").toLowerCase();

function attemptOf(request: ApiRequest, route: FilledRoute): Attempt {
  return {
    purpose: request.purpose,
    method: route.method,
    shownPath: route.shownPath,
    ...(request.unknownOutcomeRemedy !== undefined && { unknownOutcomeRemedy: request.unknownOutcomeRemedy }),
  };
}
