import { ConfigurationError } from "../../errors/errors";
import { redactor } from "../../errors/redact";
import { unexpectedAnswer, type Attempt } from "../http/errors";
import { Http, type Received } from "../http/http";
import { parseRetryAfterMs } from "../http/retry";
import { failureOfTransport } from "../http/transport-failure";
import type { CallOptions, ServiceIdentity } from "../service";
import { adviceOf } from "../client/advice";
import { KnownService } from "../client/known-service";
import { isRecord, parseJson } from "../client/json";
import type { OpenAnswer } from "../client/reports";
import type { FilledRoute } from "../client/routes";
import type { ResolvedOptions } from "./options";
import type { Remedies } from "./remedies";
import { failureOfAnswer, parseErrorEnvelope } from "./refusal";
import { fillRoute, type Operation, type RouteParameters } from "./routes";
import { slugOf } from "./answers";

const PARTIAL_CONTENT = 206;
/**
 * Names the instance: in an answer the one that answers, in a request the one that issued its IDs.
 * ASSUMED: the hosted service sends none, so none is sent to it.
 */
const SERVICE_HEADER = "crashtest-service";
/** Refusals that say something about the thing that was asked for: not found, conflict, another service's. */
const CONCLUSIVE_REFUSALS: ReadonlySet<number> = new Set([404, 409, 421]);

/** A request of one of the service's operations. */
export interface ApiRequest extends CallOptions {
  operation: Operation;
  parameters: RouteParameters;
  /** What the request is for, to follow "Could not" in messages. */
  purpose: string;
  body?: unknown;
  /** Secrets of the body, which no message may contain. */
  secrets?: readonly string[];
  /** What to do if the answer to a POST is lost. */
  unknownOutcomeRemedy?: string;
}

/** An answer of the service: its JSON, or its refusal. */
export type Answer = AnswerHead &
  ({ ok: true; body: unknown; service: ServiceIdentity } | { ok: false; failure: () => Error });

interface AnswerHead {
  status: number;
  attempt: Attempt;
  /** The service's slug, verbatim; undefined where there is none, or the answer is not the service's. */
  slug: string | undefined;
  remedies: Remedies;
}

/** Requests by operation: adds the key and the route, reads the envelope, and identifies the service. */
export class Api {
  readonly options: ResolvedOptions;
  readonly service: KnownService;
  readonly #http: Http;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.#http = new Http(options);
    this.service = new KnownService("crashtest", options);
  }

  /** Sends a request and reads its JSON answer. */
  async exchange(request: ApiRequest): Promise<Answer> {
    const received = await this.#send(request);
    const { attempt, status, contentType } = received;
    if (status >= 300) return this.#refusal(request, received);
    const text = await this.#http.readText(received);
    if (!contentType.startsWith("application/json")) {
      throw unexpectedAnswer(attempt, `a body of the type "${attempt.redact(contentType)}" instead of JSON`);
    }
    const service = this.#identify(request, received);
    const body = parseJson(text);
    if (body === undefined) throw unexpectedAnswer(attempt, "a body that is not valid JSON");
    const slug = isRecord(body) ? slugOf(body["message"]) : undefined;
    return { ok: true, status, attempt, slug, remedies: this.options.remedies, body, service };
  }

  /** Sends a request and leaves the body of a success to the caller, who must read or destroy it. */
  async open(request: ApiRequest): Promise<OpenAnswer> {
    const received = await this.#send(request);
    const { attempt, status, contentType, body } = received;
    if (status >= 300) throw (await this.#refusal(request, received)).failure();
    try {
      if (status === PARTIAL_CONTENT) throw unexpectedAnswer(attempt, "an unrequested part of it (206)");
      this.#identify(request, received);
    } catch (error) {
      body.on("error", () => undefined).destroy();
      throw error;
    }
    const failure = (error: unknown) => failureOfTransport(attempt, error);
    return { attempt, contentType: attempt.redact(contentType), body, failure };
  }

  /** Waits for pending requests and closes the connections. */
  close(): Promise<void> {
    return this.#http.close();
  }

  #send(request: ApiRequest): Promise<Received> {
    this.service.requireSame(request.owner, request.purpose);
    const route = fillRoute(this.options.routes, request.operation, request.parameters);
    return this.#http.send({
      attempt: this.#attemptOf(request, route),
      path: this.#pathOf(route, request),
      headers: this.#headersOf(request),
      body: request.body,
      signal: request.signal,
    });
  }

  #attemptOf(request: ApiRequest, { method, shownPath }: FilledRoute): Attempt {
    const { purpose, parameters, secrets = [], unknownOutcomeRemedy } = request;
    return {
      purpose,
      method,
      shownPath,
      redact: redactor([this.options.apiKey, parameters.webhook, ...secrets]),
      advice: adviceOf(this.options.remedies.option, ["endpoint", "routes"]),
      ...(unknownOutcomeRemedy !== undefined && { unknownOutcomeRemedy }),
    };
  }

  #pathOf(route: FilledRoute, request: ApiRequest): string {
    const path = this.options.endpoint.pathname.replace(/\/$/, "") + route.path;
    if (this.options.apiKeyIn === "header" || isByWebhook(request)) return path;
    return `${path}?${new URLSearchParams({ [this.options.apiKeyName]: this.#requireKey(request) }).toString()}`;
  }

  #headersOf(request: ApiRequest): Record<string, string> {
    const headers: Record<string, string> = {};
    if (request.body !== undefined) headers["content-type"] = "application/json";
    if (request.owner?.instance !== undefined) headers[SERVICE_HEADER] = request.owner.instance;
    if (this.options.apiKeyIn === "header" && !isByWebhook(request)) {
      headers[this.options.apiKeyName] = this.#requireKey(request);
    }
    return headers;
  }

  #requireKey({ purpose }: ApiRequest): string {
    if (this.options.apiKey !== undefined && this.options.apiKey !== "") return this.options.apiKey;
    throw new ConfigurationError([
      `the API key is missing, which is needed to ${purpose}: ${this.options.remedies.missingKey}`,
    ]);
  }

  /** @throws CrashtestError `OTHER_SERVICE` where another instance answers than the one that issued the request's IDs */
  #identify(request: ApiRequest, { attempt, header }: Received): ServiceIdentity {
    const named = header(SERVICE_HEADER);
    // A value that contains a secret is not a name.
    const instance = named === undefined || attempt.redact(named) === named ? named : undefined;
    return this.service.identify(instance, request.owner, request.purpose);
  }

  async #refusal(request: ApiRequest, received: Received): Promise<Extract<Answer, { ok: false }>> {
    const { attempt, status, header } = received;
    const envelope = parseErrorEnvelope(await this.#http.readText(received));
    // Callers act on these; others may come from a gateway, which names no instance.
    if (envelope !== undefined && CONCLUSIVE_REFUSALS.has(status)) this.#identify(request, received);
    const retryAfterMs = parseRetryAfterMs(header("retry-after"), this.options.now());
    const { remedies } = this.options;
    const failure = () => failureOfAnswer(attempt, { status, envelope, retryAfterMs }, remedies);
    return { ok: false, status, attempt, slug: envelope?.message, remedies, failure };
  }
}

const isByWebhook = ({ parameters }: ApiRequest): boolean => parameters.webhook !== undefined;
