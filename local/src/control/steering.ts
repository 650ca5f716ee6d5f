import type { Request, Router } from "express";
import type { AdvanceableClock, Wall } from "../clock";
import { invalidFields, Refusal } from "../http/refusal";
import { parseScript, ScriptError } from "../scanners/parse-script";
import type { Script } from "../scanners/script";
import { statusCodeOf } from "../scans/status-code";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { Store } from "../store/open-store";

const MS_PER_SECOND = 1000;

export interface SteeringParts {
  store: Store;
  clock: AdvanceableClock;
  wall: Wall;
  setScript: (script: Script) => void;
}

/** The routes for the clock and the script. */
export function addSteeringRoutes(router: Router, { clock, wall, setScript }: SteeringParts): void {
  const now = (): object => ({ message: "clock", data: { now: new Date(clock.now()).toISOString() } });
  router.get("/clock", (_request, response) => {
    response.json(now());
  });
  router.post("/clock", async (request, response) => {
    clock.advance(advanceSecondsOf(request.body) * MS_PER_SECOND);
    // Scans that this ended save their outcome in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    response.json(now());
  });
  router.post("/wall-clock", (request, response) => {
    wall.setOffset(offsetSecondsOf(request.body) * MS_PER_SECOND);
    response.json({ message: "wall_clock", data: { now: new Date(wall.now()).toISOString() } });
  });
  router.post("/script", (request, response) => {
    setScript(scriptOf(request.body));
    response.json({ message: "script_set" });
  });
}

function advanceSecondsOf(body: unknown): number {
  const { advanceSeconds } = (body ?? {}) as { advanceSeconds?: unknown };
  if (typeof advanceSeconds !== "number" || !Number.isFinite(advanceSeconds) || advanceSeconds < 0) {
    throw invalidFields({ advanceSeconds: ["must be a number of seconds, 0 or more"] });
  }
  return advanceSeconds;
}

/** How far the time that signatures are compared with is off the machine's. */
function offsetSecondsOf(body: unknown): number {
  const { offsetSeconds } = (body ?? {}) as { offsetSeconds?: unknown };
  if (typeof offsetSeconds !== "number" || !Number.isFinite(offsetSeconds)) {
    throw invalidFields({ offsetSeconds: ["must be a number of seconds"] });
  }
  return offsetSeconds;
}

function scriptOf(body: unknown): Script {
  try {
    return parseScript(body);
  } catch (error) {
    if (error instanceof ScriptError) throw invalidFields({ script: error.reasons });
    throw error;
  }
}

/** The routes that show what the service has stored. */
export function addListRoutes(router: Router, { projects, scans }: Store, webhookPath: string): void {
  router.get("/projects", (_request, response) => {
    response.json({ message: "projects", data: { projects: projects.list().map(withTime) } });
  });
  router.get("/projects/:projectId/webhook", (request, response) => {
    const { projectId } = request.params;
    const project = projects.find(Number(projectId)) ?? projects.findByTarget(projectId);
    if (project === undefined) throw new Refusal(404, "project_not_found");
    const url = `${baseUrl(request)}${webhookPath}/${project.webhook}`;
    response.json({ message: "webhook", data: { webhook: project.webhook, url } });
  });
  router.get("/scans", (_request, response) => {
    response.json({ message: "scans", data: { scans: scans.list().map(describeScan) } });
  });
}

const baseUrl = (request: Request): string => `${request.protocol}://${request.headers.host ?? ""}`;

function withTime({ createdAtMs, updatedAtMs, ...project }: Project): object {
  return {
    ...project,
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  };
}

function describeScan(scan: Scan): object {
  const { id, projectId, runId, number, state, startedAtMs, endedAtMs, progress, outcome } = scan;
  return {
    id,
    projectId,
    runId,
    number,
    state,
    statusCode: statusCodeOf(scan),
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === undefined ? null : new Date(endedAtMs).toISOString(),
    progress,
    reason: outcome?.reason ?? null,
  };
}
