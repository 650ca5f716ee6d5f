import type { Clock } from "../../clock";
import { topScoreOf } from "../../reports/top-score";
import type { ScanRunner } from "../../scans/scan-runner";
import type { Project, ProjectStore } from "../../store/projects";
import type { ScanStore } from "../../store/scans";
import type { Access } from "../access";
import type { Lookups } from "./lookups";
import { TARGETS_PATH, type VeracodeOperations, type Wire } from "./operations";
import { pageAround, rangeOf } from "./paging";
import type { ProfileMemory } from "./profile-settings";
import { Problem } from "./problem";
import { statusOf, type Stopping } from "./run-status";
import { settingsOfChanged, settingsOfNew, type TargetRules } from "./target-requests";
import { teamUuidOf } from "./team-id";

export interface TargetParts {
  projects: ProjectStore;
  scans: ScanStore;
  runner: ScanRunner;
  access: Access;
  lookups: Lookups;
  stopping: Stopping;
  memory: ProfileMemory;
  clock: Clock;
  allowLocal: boolean;
}

type TargetOperations = Pick<
  VeracodeOperations,
  "listTargets" | "createTarget" | "getTarget" | "updateTarget" | "deleteTarget"
>;

export function targetOperations(parts: TargetParts): TargetOperations {
  const { projects, runner, access, lookups, memory, clock, allowLocal } = parts;
  const isTaken = (name: string): boolean => projects.findByName(name) !== undefined;
  const rules: TargetRules = { access, allowLocal, isTaken };
  const wireOf = (project: Project): Wire["Target"] => targetOf(project, parts);
  return {
    listTargets: (call) => {
      const { query } = call;
      const range = rangeOf(call);
      const part = query.get("name")?.toLowerCase() ?? "";
      const found = access.projectsOf(call.user()).filter(({ name }) => name.toLowerCase().includes(part));
      const targets = found.slice(range.offset, range.offset + range.limit).map(wireOf);
      return { status: 200, body: { _embedded: { targets }, ...pageAround(TARGETS_PATH, query, range, found.length) } };
    },
    createTarget: (call) => {
      const settings = settingsOfNew(call.body as Wire["TargetRequest"], call.user(), rules);
      const project = projects.create({ ...settings, createdAtMs: clock.now() });
      return { status: 201, headers: { Location: `${TARGETS_PATH}/${project.targetId}` }, body: wireOf(project) };
    },
    getTarget: (call) => ({ status: 200, body: wireOf(lookups.target(call)) }),
    updateTarget: (call) => {
      const project = lookups.target(call);
      const changes = call.body as Wire["TargetUpdateRequest"];
      const settings = settingsOfChanged(changes, project, call.user(), rules);
      // ASSUMED: an address takes the place of an uploaded specification, as that takes its place.
      if (changes.api_specification_file_url !== undefined) memory.change(project.targetId, { specs: undefined });
      return { status: 200, body: wireOf(projects.update(project, settings, clock.now())) };
    },
    deleteTarget: async (call) => {
      try {
        const { id, targetId } = lookups.target(call);
        // The row is deleted first, so that no run can be started while the current one is being stopped.
        projects.delete(id);
        memory.forget(targetId);
        await runner.stopProject(id);
        return { status: 204, isEmpty: true };
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return { status: 404, isEmpty: true };
        throw error;
      }
    },
  };
}

function targetOf(
  project: Project,
  { scans, stopping, memory }: Pick<TargetParts, "scans" | "stopping" | "memory">,
): Wire["Target"] {
  const [newest] = scans.page(project.id, { offset: 0, limit: 1 });
  const [, protocol, address = ""] = /^(https?):\/\/(.*)$/is.exec(project.url) ?? [];
  const { isForLeadsOnly, description = null } = project;
  const isUploaded = memory.of(project.targetId).specs !== undefined;
  const apiSpecification = isUploaded ? null : (project.apiSpecification ?? null);
  const timeOf = (ms: number): string => new Date(ms).toISOString();
  return {
    target_id: project.targetId,
    name: project.name,
    protocol: protocol?.toLowerCase() === "https" ? "HTTPS" : "HTTP",
    url: address,
    target_type: project.type === "api" ? "API" : "WEB_APP",
    scan_type: project.scanType === "enterprise" ? "ENTERPRISE" : "QUICK",
    is_sec_lead_only: isForLeadsOnly,
    teams: isForLeadsOnly ? null : [teamUuidOf(project.teamId)],
    created_at: timeOf(project.createdAtMs),
    updated_at: timeOf(project.updatedAtMs),
    ...{ description, api_specification_file_url: apiSpecification },
    ...{ application_name: null, application_uuid: null, application_id: null },
    last_scan: newest === undefined ? null : timeOf(newest.startedAtMs),
    status: newest === undefined ? null : statusOf(newest, stopping),
    max_cvss: newest?.outcome === undefined ? null : (topScoreOf(newest.outcome) ?? null),
  };
}
