import type { Request, RequestHandler, Response } from "express";
import type { Clock } from "../clock";
import type { Access } from "../http/access";
import { Refusal } from "../http/refusal";
import type { Api } from "../http/api";
import { reportOf } from "../http/report-answers";
import type { Scanner } from "../scanners/scanner";
import { keysOf, queryOf, userOf } from "../http/requests";
import type { ObservedStore } from "../store/observed-store";
import type { User } from "../store/users";
import { createBoard, type Board } from "./board";
import { readPageFiles, type PageFile } from "./files";
import { viewFindings } from "./findings-view";
import { SECURITY_HEADERS } from "./headers";
import { createOnlooker } from "./onlooker";
import { sendReport, type DownloadFormat } from "./report-download";
import { createStreams, type Streams } from "./streams";

const EVENTS_PATH = "/page/events";
const SCAN_PATH =
  /^\/page\/projects\/([1-9][0-9]{0,15})\/scans\/([1-9][0-9]{0,15})\/(?:findings|report\/(pdf|xml|json))$/;

export interface PageParts {
  store: ObservedStore;
  access: Access;
  /** The settings of a program for the API that the service speaks. */
  setup: Api["setup"];
  /** The user of the key that somebody signed in with. */
  findByKey: (key: string) => User | undefined;
  scanner: Scanner;
  /** The service's time. */
  clock: Clock;
  /** The clock for sending events. */
  deliveryClock: Clock;
  log: (line: string) => void;
}

/** Creates the page at the service's root, with the events and findings that it reads. It writes nothing. */
export function createPage(parts: PageParts): RequestHandler {
  const files = readPageFiles();
  const board = createBoard(parts.store);
  const streams = createStreams({ board, clock: parts.deliveryClock, log: parts.log });
  const answer = async (request: Request, response: Response): Promise<void> => {
    const file = files.get(request.path);
    const match = SCAN_PATH.exec(request.path);
    if (file !== undefined) sendFile(request, response, file);
    else if (request.path === EVENTS_PATH) openStream(parts, board, streams, request, response);
    else if (match !== null) await sendScan(parts, request, response, match);
    else throw new Refusal(404, "not_found");
  };
  return async (request, response, next) => {
    if (request.path !== "/" && !request.path.startsWith("/page/")) {
      next();
      return;
    }
    response.set(SECURITY_HEADERS).set("Cache-Control", "no-store");
    if (request.method !== "GET") throw new Refusal(405, "method_not_allowed", undefined, { Allow: "GET" });
    refuseQuery(request);
    await answer(request, response);
  };
}

function openStream(
  { access, setup, findByKey, scanner, clock }: PageParts,
  board: Board,
  streams: Streams,
  request: Request,
  response: Response,
): void {
  const { name, touchesTargets = true } = scanner;
  const user = (): User => userOf(request, findByKey);
  const onlooker = createOnlooker({
    ...{ board, user, scanner: { name, touchesTargets }, now: () => clock.now() },
    setup,
    projectsOf: (of) => access.projectsOf(of),
    teamsOf: (of) => access.teamsOf(of),
  });
  streams.open(response, user(), onlooker);
}

/** Sends the findings of a scan, or its report in a format. */
async function sendScan(
  { access, findByKey }: PageParts,
  request: Request,
  response: Response,
  [, projectId = "", scanId = "", format]: readonly (string | undefined)[],
): Promise<void> {
  const user = (): User => userOf(request, findByKey);
  const call = { params: { projectId, scanId }, query: new URLSearchParams(), body: undefined, user };
  const report = reportOf(access.scan(call));
  if (format !== undefined) await sendReport(response, report, format as DownloadFormat);
  else response.json({ message: "findings", data: viewFindings(report) });
}

/** A key in a URL would end up in histories and logs. */
function refuseQuery(request: Request): void {
  const hasKey = keysOf(request).some((key) => key.in === "query");
  if (hasKey)
    throw new Refusal(400, "malformed_request", {
      "/query": ["must not contain an API key: it would stay in histories"],
    });
  if (queryOf(request).size > 0) throw new Refusal(400, "malformed_request", { "/query": ["must be empty"] });
}

function sendFile(request: Request, response: Response, { type, content, etag }: PageFile): void {
  // Revalidated each time, so that after an upgrade no old script meets a new service.
  response.set({ "Cache-Control": "no-cache", ETag: etag, "Content-Type": type });
  if (request.fresh) response.status(304).end();
  else response.end(content);
}
