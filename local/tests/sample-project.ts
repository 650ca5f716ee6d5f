import type { Project } from "../src/store/projects";
import type { Scan } from "../src/store/scans";

/** A project as the store has it. */
export const sampleProject = (fields: Partial<Project> = {}): Project => ({
  id: 7,
  teamId: 1,
  name: "site",
  url: "http://127.0.0.1/",
  type: "webapp",
  webhook: "",
  proofSeed: "",
  createdAtMs: 0,
  updatedAtMs: 0,
  targetId: "",
  profileId: "",
  scanType: "quick",
  description: undefined,
  apiSpecification: undefined,
  isForLeadsOnly: false,
  ...fields,
});

/** A finished scan of that project, as the store has it. */
export const sampleScan = (fields: Partial<Scan> = {}): Scan => ({
  id: 9,
  projectId: 7,
  runId: "",
  number: 1,
  startedBy: undefined,
  state: "finished",
  startedAtMs: 0,
  endedAtMs: 1,
  progress: "",
  progressFraction: undefined,
  outcome: undefined,
  ...fields,
});
