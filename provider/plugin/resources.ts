import { CrashtestError } from "../../errors/errors";
import { verdictLifecycle } from "../../gate/child/verdict";
import { withoutValue } from "../host/check-failures";
import {
  type CheckFailure,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  UnfinishedUpdate,
  type Values,
} from "../lifecycle/lifecycle";
import { foreseeProject, projectLifecycle } from "../lifecycle/project";
import { foreseeScan } from "../lifecycle/scan";
import { UnfinishedResource } from "./errors";
import { lateScanLifecycle, withoutAddress } from "./late-specification";
import { projectInputs } from "./project-inputs";
import { markedLike, plainValues, withSecrets } from "../wire/properties";
import type { RunRecord } from "./run-record";
import { scanInputs } from "./scan-inputs";
import type { UrnParts } from "../wire/urn";

/** What a call about a resource has beside its values. */
export interface ResourceCall {
  urn: string;
  parts: UrnParts;
  context: LifecycleContext;
  /** The project's team where it names none. */
  teamId: string | undefined;
  record: RunRecord;
}

/** A kind of resource of the plugin: a lifecycle, and what it is called with. */
interface ResourceKind<Inputs, State> {
  lifecycle: Lifecycle<Inputs, State>;
  /** Returns the lifecycle's inputs for a program's, both with marks of secrets. */
  inputsOf: (call: ResourceCall, given: Values) => Values | Promise<Values>;
  /** Returns what a preview knows of the outputs; `olds` is undefined for a new resource. */
  foresee: (context: LifecycleContext, inputs: Values, olds: Values | undefined) => Values;
  /** Says in a preview what a creation will do beside what the engine shows. */
  announce?: (context: LifecycleContext, inputs: Values) => void;
  /** Properties that are secret even if they are given as plain text. */
  secrets: readonly string[];
  onChecked?: (call: ResourceCall, inputs: Values) => void;
  /** Called before a resource changes. */
  onChanging?: (call: ResourceCall) => void;
  /** Whether what a resource had belongs to the one that replaces it by now, so that its deletion leaves it alone. */
  isTakenOver?: (call: ResourceCall, state: Values) => boolean;
  /** Called with the outputs of each resource that is up to date. */
  onSettled?: (call: ResourceCall, state: Values) => void;
  /** Returns the inputs of a resource that was read by its ID alone, for `pulumi import`; or why there are none. */
  importedInputs: (context: LifecycleContext, state: Values) => { inputs: Values } | { problem: string };
  /** Whether a program can look it up by its ID alone even then. */
  canLookUp: boolean;
}

/** A kind of resource over values with marks of secrets, as they are sent and received. */
export interface PluginResource {
  check: (call: ResourceCall, olds: Values, news: Values) => Promise<{ inputs: Values; failures: CheckFailure[] }>;
  diff: (call: ResourceCall, id: string, olds: Values, news: Values) => Promise<Difference>;
  create: (call: ResourceCall, inputs: Values, isPreview: boolean) => Promise<{ id: string; state: Values }>;
  update: (call: ResourceCall, id: string, olds: Values, news: Values, isPreview: boolean) => Promise<Values>;
  /** Undefined: the resource is gone. */
  read: (call: ResourceCall, id: string, state: Values) => Promise<{ id: string; state: Values } | undefined>;
  delete: (call: ResourceCall, id: string, state: Values) => Promise<void>;
  importedInputs: ResourceKind<unknown, unknown>["importedInputs"];
  canLookUp: boolean;
}

function pluginResource<Inputs, State>(kind: ResourceKind<Inputs, State>): PluginResource {
  const { lifecycle, secrets, onChecked, onChanging, onSettled } = kind;
  const marked = (values: object, like: Values): Values => withSecrets(markedLike({ ...values }, like), secrets);
  const settled = (call: ResourceCall, state: object, like: Values): Values => {
    onSettled?.(call, { ...state });
    return marked(state, like);
  };
  return {
    async check(call, olds, news) {
      const given = await usable(() => kind.inputsOf(call, news));
      if (given instanceof CrashtestError) {
        return { inputs: news, failures: [withoutValue({ property: "", reason: given.message })] };
      }
      const { inputs, failures } = await lifecycle.check(call.context, plainValues(olds), plainValues(given));
      onChecked?.(call, inputs);
      return { inputs: marked(inputs, given), failures: failures.map(withoutValue) };
    },
    async diff(call, id, olds, news) {
      const state = plainValues(olds);
      const difference = await lifecycle.diff(call.context, id, state as State, plainValues(news));
      if (!difference.changes) onSettled?.(call, state);
      return difference;
    },
    async create(call, inputs, isPreview) {
      const given = plainValues(inputs);
      if (isPreview) {
        kind.announce?.(call.context, given);
        return { id: "", state: settled(call, kind.foresee(call.context, given, undefined), inputs) };
      }
      onChanging?.(call);
      const { id, state } = await lifecycle.create(call.context, given as Inputs);
      return { id, state: settled(call, state as object, inputs) };
    },
    async update(call, id, olds, news, isPreview) {
      const [state, given] = [plainValues(olds), plainValues(news)];
      if (isPreview) return settled(call, kind.foresee(call.context, given, state), news);
      onChanging?.(call);
      try {
        const updated = await lifecycle.update(call.context, id, state as State, given as Inputs);
        return settled(call, updated as object, news);
      } catch (error) {
        if (!(error instanceof UnfinishedUpdate)) throw error;
        throw new UnfinishedResource(id, marked(markedLike({ ...error.state }, olds), news), error);
      }
    },
    async read(call, id, state) {
      const read = await lifecycle.read(call.context, id, plainValues(state) as Partial<State>);
      return read && { id: read.id, state: marked(read.state, state) };
    },
    async delete(call, id, state) {
      const values = plainValues(state);
      if (kind.isTakenOver?.(call, values) === true) return;
      onChanging?.(call);
      await lifecycle.delete(call.context, id, values as State);
    },
    importedInputs: kind.importedInputs,
    canLookUp: kind.canLookUp,
  };
}

/** Returns the error where a program's inputs cannot be prepared: a failure of the check, like those of the lifecycle. */
async function usable(prepare: () => Values | Promise<Values>): Promise<Values | CrashtestError> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof CrashtestError) return error;
    throw error;
  }
}

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
    // Told to replace it (`--replace`), the engine creates before it deletes: the new resource has joined the running scan.
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
