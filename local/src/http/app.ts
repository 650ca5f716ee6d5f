import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import type { Api } from "./api";
import { AnswerContractError, sendAnswer } from "./answers";
import { contractValidation, operationOf } from "./contract";
import { refusalOf } from "./failures";
import { isForm, parseFormBody } from "./form-body";
import { Refusal } from "./refusal";
import { keysOf, parseJsonBody, queryOf, rawBodyOf } from "./requests";

/** The largest body that is read: an API specification of 4 MiB, twice that if all of it is escaped, and a login. */
const MAX_BODY_BYTES = 9 * 1024 * 1024;

export interface AppParts {
  api: Api;
  /** Whether requests may call the service by this host name. */
  answersTo: (hostName: string) => boolean;
  health: RequestHandler;
  page: RequestHandler;
  /** Handlers before those of the API: the control interface. */
  before: readonly RequestHandler[];
  log: (line: string) => void;
}

/** Creates an API over HTTP: every request and every answer is validated against the contract. */
export function createApp({ api, answersTo, health, page, before, log }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("strict routing");
  app.enable("case sensitive routing");
  app.use(health);
  app.use(requireHostName(answersTo));
  app.use(...withDefault(api.before));
  app.use(page);
  // No client compresses its bodies, and decompressing would read anybody's data before the key is checked.
  app.use(express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false }));
  app.use(...withDefault(before));
  app.use(...withDefault(api.guards));
  app.use(refuseTrailingSlash);
  app.use(parseBody);
  app.use(...contractValidation(api));
  app.use(dispatchTo(api));
  app.use(answerFailure(api, log));
  app.use(answerLast(log));
  return app;
}

const passOn: RequestHandler = (_request, _response, next) => {
  next();
};

const withDefault = (handlers: readonly RequestHandler[]): RequestHandler[] => [passOn, ...handlers];

const requireHostName =
  (answersTo: AppParts["answersTo"]): RequestHandler =>
  (request, _response, next) => {
    const name = (request.headers.host ?? "").replace(/:[0-9]+$/, "").toLowerCase();
    next(answersTo(name) ? undefined : new Refusal(421, "host_is_not_this_service"));
  };

/** The validator accepts a trailing slash in any case; the contract has no such path. */
const refuseTrailingSlash: RequestHandler = (request, _response, next) => {
  next(request.path.endsWith("/") ? new Refusal(501, "route_not_implemented") : undefined);
};

const parseBody: RequestHandler = (request, response, next) => {
  const bytes = rawBodyOf(request);
  // The validator removes the body of an operation that has none.
  response.locals["hasBody"] = bytes.length > 0;
  request.body = isForm(request)
    ? parseFormBody(request.headers["content-type"], bytes)
    : parseJsonBody(request, bytes);
  next();
};

function dispatchTo(api: Api): RequestHandler {
  return async (request, response) => {
    const operation = operationOf(request);
    if (operation === undefined) throw new Refusal(501, "route_not_implemented");
    if (!operation.hasRequestBody && response.locals["hasBody"] === true) {
      throw new Refusal(400, "malformed_request", { "/body": ["must be empty"] });
    }
    if (!operation.takesKey && keysOf(request).some((key) => key.in === "query")) {
      throw new Refusal(400, "malformed_request", { "/query": ["must not contain an API key"] });
    }
    const handle = api.operations[operation.operationId];
    if (handle === undefined) throw new Refusal(501, "route_not_implemented");
    const call = {
      params: operation.pathParams,
      query: queryOf(request),
      body: request.body as unknown,
      user: () => api.authenticate(request),
    };
    await sendAnswer(request, response, await handle(call));
  };
}

function answerFailure(api: Api, log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      // The answer has been started and cannot be withdrawn; breaking off the body is the only honest signal.
      response.destroy();
      if (!request.socket.destroyed) log(failureLine(request.method, request.path, error));
      return;
    }
    const isOwn = isOfService(request.originalUrl);
    const known = refusalOf(error);
    const refusal = (isOwn ? known : exact401(known, () => api.authenticate(request))) ?? ownFailure(error);
    if (refusal.status === 500) log(failureLine(request.method, request.path, error));
    response.removeHeader("Content-Type");
    response.status(refusal.status).set(refusal.headers);
    if (isOwn) response.json(refusal.body);
    else api.sendRefusal(request, response, refusal);
  };
}

/** The page and the control interface are the service's own, whichever API it speaks. */
const isOfService = (url: string): boolean => /^\/($|\?|(page|control)(\/|\?|$))/.test(url);

/** Replaces the framework's own page, which shows the stack, if answering a failure failed. */
function answerLast(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) response.destroy();
    else response.status(500).json(new Refusal(500, "internal_error").body);
    log(failureLine(request.method, request.path, error));
  };
}

/** The validator says only that a request is not authorised; this finds out which of the three reasons it was. */
function exact401(refusal: Refusal | undefined, authenticate: () => unknown): Refusal | undefined {
  if (refusal?.status !== 401) return refusal;
  try {
    authenticate();
    return refusal;
  } catch (error) {
    return error instanceof Refusal ? error : refusal;
  }
}

function ownFailure(error: unknown): Refusal {
  const isAnswer = error instanceof AnswerContractError || (error as { status?: unknown } | undefined)?.status === 500;
  return new Refusal(500, isAnswer ? "answer_breaks_contract" : "internal_error");
}

/** A webhook's UUID is a secret, so it is masked in the path. */
function failureLine(method: string, path: string, error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  return `crashtest-local FAILED at ${method} ${path.replace(/\/webhook\/[^/]+/, "/webhook/***")}: ${text}`;
}
