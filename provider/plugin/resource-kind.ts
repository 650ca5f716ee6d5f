import { CrashtestError } from "../../errors/errors";
import { withoutValue } from "../host/check-failures";
import {
  type CheckFailure,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  UnfinishedUpdate,
  type Values,
} from "../lifecycle/lifecycle";
import { markedLike, plainValues, withSecrets } from "../wire/properties";
import type { UrnParts } from "../wire/urn";
import { UnfinishedResource } from "./errors";
import type { RunRecord } from "./run-record";

/** What a call about a resource has beside its values. */
export interface ResourceCall {
  urn: string;
  parts: UrnParts;
  context: LifecycleContext;
  /** The project's team where it names none. */
  teamId: string | undefined;
  record: RunRecord;
}

/** A kind of resource: its lifecycle, and what the plugin adds to it. */
interface ResourceKind<Inputs, State> {
  lifecycle: Lifecycle<Inputs, State>;
  /** Returns the lifecycle's inputs for a program's, with those of the last deployment: all with marks of secrets. */
  inputsOf: (call: ResourceCall, given: Values, olds: Values) => Values | Promise<Values>;
  /** Returns what a preview knows of the outputs; `olds` is undefined for a new resource. */
  foresee: (context: LifecycleContext, inputs: Values, olds: Values | undefined) => Values;
  /** Says in a preview what a creation will do beside what the engine shows. */
  announce?: (context: LifecycleContext, inputs: Values) => void;
  /** Properties that are secret even if they are given as plain text. */
  secrets: readonly string[];
  /** Called with the inputs of each check, valid or not, with marks of secrets. */
  onChecked?: (call: ResourceCall, inputs: Values) => void;
  /** Called before a resource changes. */
  onChanging?: (call: ResourceCall) => void;
  /** Whether a resource's replacement has taken over what it stands for, so that its deletion must leave that alone. */
  isTakenOver?: (call: ResourceCall, state: Values) => boolean;
  /** Called with the outputs of each resource that is up to date. */
  onSettled?: (call: ResourceCall, state: Values) => void;
  /** Returns the inputs of a resource that was read by its ID alone, for `pulumi import`; or why there are none. */
  importedInputs: (context: LifecycleContext, state: Values) => { inputs: Values } | { problem: string };
  /** Whether a program can look it up by its ID alone even then. */
  canLookUp: boolean;
}

/** What the calls about a resource do, over values with marks of secrets, as they are sent and received. */
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

/** Adds previews and marks of secrets to a lifecycle. */
export function pluginResource<Inputs, State>(kind: ResourceKind<Inputs, State>): PluginResource {
  const { lifecycle, secrets, onChecked, onChanging, onSettled } = kind;
  const marked = (values: object, like: Values): Values => withSecrets(markedLike({ ...values }, like), secrets);
  const settled = (call: ResourceCall, state: object, like: Values): Values => {
    onSettled?.(call, { ...state });
    return marked(state, like);
  };
  return {
    async check(call, olds, news) {
      const given = await orFailure(() => kind.inputsOf(call, news, olds));
      if (given instanceof CrashtestError) {
        return { inputs: news, failures: [withoutValue({ property: "", reason: given.message })] };
      }
      const checked = await lifecycle.check(call.context, plainValues(olds), plainValues(given));
      const inputs = marked(checked.inputs, given);
      onChecked?.(call, inputs);
      return { inputs, failures: checked.failures.map(withoutValue) };
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

/** Returns the error where a program's inputs cannot be prepared: it is a failure of the check, as those of the lifecycle are. */
async function orFailure(prepare: () => Values | Promise<Values>): Promise<Values | CrashtestError> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof CrashtestError) return error;
    throw error;
  }
}
