import express, { type RequestHandler, type Router } from "express";
import type { AdvanceableClock } from "../clock";
import { Refusal } from "../http/refusal";
import { parseJsonBody, rawBodyOf } from "../http/requests";
import type { Api } from "../http/api";
import { FaultList } from "./fault";
import { operationFinder, type FindOperation } from "./find-operation";
import { parseFaults } from "./parse-fault";
import { playFault } from "./play-fault";
import { describeRequest, type LoggedRequest } from "./request-log";
import { addListRoutes, addSteeringRoutes, type SteeringParts } from "./steering";

/** The control interface under `/control`, with the log and the faults that it controls. For tests only. */
export function createControl({ api, ...parts }: SteeringParts & { api: Api }): RequestHandler[] {
  const log: LoggedRequest[] = [];
  const faults = new FaultList();
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(parseBody);
  addLogRoutes(router, log);
  addFaultRoutes(router, faults);
  addSteeringRoutes(router, parts);
  addListRoutes(router, parts.store, api.webhookPath);
  router.use((request) => {
    throw new Refusal(501, "route_not_implemented", { "/control": [`no ${request.method} ${request.path} here`] });
  });
  const control: RequestHandler = (request, response, next) => {
    if (request.path === "/control" || request.path.startsWith("/control/")) {
      request.url = request.url.slice("/control".length) || "/";
      router(request, response, next);
    } else next();
  };
  return [control, logAndPlay(log, faults, operationFinder(api), parts.clock)];
}

function logAndPlay(
  log: LoggedRequest[],
  faults: FaultList,
  operationOf: FindOperation,
  clock: AdvanceableClock,
): RequestHandler {
  return async (request, response, next) => {
    const { method, path } = request;
    const operation = operationOf(method, path);
    const entry = describeRequest(request, operation, clock.now());
    log.push(entry);
    response.on("finish", () => (entry.status = response.statusCode));
    const fault = faults.take({ operation, method, path });
    if (fault === undefined) {
      next();
      return;
    }
    entry.fault = fault.kind;
    if (await playFault(fault, request, response)) next();
  };
}

const parseBody: RequestHandler = (request, _response, next) => {
  const bytes = rawBodyOf(request);
  // A page of another site cannot send JSON without a preflight request, so this keeps it out.
  if (request.method === "POST" && request.is("json") === false) throw new Refusal(415, "unsupported_media_type");
  request.body = parseJsonBody(request, bytes);
  next();
};

function addLogRoutes(router: Router, log: LoggedRequest[]): void {
  router.get("/requests", (_request, response) => {
    response.json({ message: "requests", data: { requests: log } });
  });
  router.delete("/requests", (_request, response) => {
    log.length = 0;
    response.json({ message: "requests_deleted" });
  });
}

function addFaultRoutes(router: Router, faults: FaultList): void {
  router.get("/faults", (_request, response) => {
    response.json({ message: "faults", data: { faults: faults.list() } });
  });
  router.post("/faults", (request, response) => {
    const parsed = parseFaults(request.body);
    if ("reasons" in parsed) throw new Refusal(422, "validation_failed", { faults: parsed.reasons });
    faults.add(parsed.faults);
    response.status(201).json({ message: "faults_added", data: { faults: faults.list() } });
  });
  router.delete("/faults", (_request, response) => {
    faults.clear();
    response.json({ message: "faults_deleted" });
  });
}
