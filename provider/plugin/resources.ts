import { verdictLifecycle } from "../../gate/child/verdict";
import { foreseeProject, projectLifecycle } from "../lifecycle/project";
import { foreseeScan } from "../lifecycle/scan";
import { lateScanLifecycle, withoutAddress } from "./late-specification";
import { projectInputs } from "./project-inputs";
import { type PluginResource, pluginResource } from "./resource-kind";
import { scanInputs } from "./scan-inputs";

const NOT_IMPORTED =
  "cannot be imported or looked up by its ID: the service cannot say what a stack knows of it. Declare it instead";

const RESOURCES: Readonly<Record<string, PluginResource>> = {
  "crashtest:index:Project": pluginResource({
    lifecycle: projectLifecycle,
    inputsOf: projectInputs,
    foresee: foreseeProject,
    announce: ({ tell }, { adoptProjectId }) => {
      if (typeof adoptProjectId === "string") tell(`project ${adoptProjectId} will be taken into the stack`);
    },
    secrets: [],
    onSettled: ({ urn, record }, { projectId, service }) => {
      record.noteProject(urn, projectId, service);
    },
    importedInputs: ({ service: { rules } }, { projectId: _id, service: _service, createdAt: _time, ...inputs }) =>
      rules.project.canRead
        ? { inputs: { ...inputs, authorizedToScan: true } }
        : { problem: "cannot be imported: the service cannot read projects. Declare it with adoptProjectId instead" },
    canLookUp: true,
  }),
  "crashtest:index:Scan": pluginResource({
    lifecycle: lateScanLifecycle,
    inputsOf: scanInputs,
    foresee: (_context, inputs) => foreseeScan(withoutAddress(inputs)),
    announce: ({ tell }) => {
      tell("a scan will start");
    },
    secrets: ["webhook", "login"],
    onChecked: ({ urn, record }, inputs) => {
      record.checkScan(urn, inputs);
    },
    onChanging: ({ urn, record }) => {
      record.unsettleScan(urn);
    },
    // With `--replace` the engine creates before it deletes, so the replacement may have joined the running scan.
    isTakenOver: ({ urn, record }, { projectId, scanId, joined }) => {
      const current = record.scans.get(urn)?.state;
      const isSame = current?.["scanId"] === scanId && current?.["projectId"] === projectId;
      return isSame && current?.["joined"] === true && joined === false;
    },
    onSettled: ({ urn, record }, state) => {
      record.settleScan(urn, state);
    },
    importedInputs: () => ({ problem: NOT_IMPORTED }),
    canLookUp: false,
  }),
  "crashtest:index:Verdict": pluginResource({
    lifecycle: verdictLifecycle,
    inputsOf: (_call, given) => given,
    foresee: (_context, inputs) => inputs,
    secrets: [],
    importedInputs: () => ({ problem: NOT_IMPORTED }),
    canLookUp: false,
  }),
};

/** Returns the resource of a type token. */
export function resourceOf(type: string): PluginResource {
  const resource = RESOURCES[type];
  if (resource === undefined) throw new Error(`unknown resource type ${type}`);
  return resource;
}
