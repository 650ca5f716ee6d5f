import type { dynamic } from "@pulumi/pulumi";
import { plainLines } from "../../errors/plain-text";
import { createContext } from "../host/context";
import { withoutValue } from "../host/check-failures";
import { endWithEngine } from "../host/engine-watch";
import { type Lifecycle, type LifecycleContext, UNKNOWN, UnfinishedUpdate, type Values } from "../lifecycle/lifecycle";
import type { ScanningService } from "../../service/service";
import { CONFIG_NAMESPACE, type SettingSources } from "../../service/settings/settings";

/** What the engine's dynamic provider process calls. A module with these exports is a provider. */
export type DynamicProvider = Required<Omit<dynamic.ResourceProvider, "configure">> & {
  configure: (request: dynamic.ConfigureRequest) => Promise<void>;
};

/**
 * Adapts a lifecycle to the contract of dynamic providers.
 *
 * @param createService the composition root; called once per process, with the stack's configuration
 */
export function dynamicProvider<Inputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  createService: (sources: SettingSources) => ScanningService,
): DynamicProvider {
  // Set before the first await of `configure`, since the host makes further calls while it waits for that.
  let configured: LifecycleContext | undefined;
  const context = (): LifecycleContext => {
    if (configured === undefined) throw new Error("the engine has not configured the provider");
    return configured;
  };

  return {
    configure(request) {
      // The host's contract: the engine's address is its first argument.
      endWithEngine(process.argv[2]);
      const config = (name: string) => request.config.get(`${CONFIG_NAMESPACE}:${name}`);
      configured = createContext(createService({ config, environment: process.env }), {
        tell: (message) => {
          console.log(plainLines(message));
        },
        warn: (message) => {
          console.warn(`warning: ${plainLines(message)}`);
        },
      });
      return Promise.resolve();
    },
    check: (olds, news) =>
      withPrintableErrors(async () => {
        const { inputs, failures } = await lifecycle.check(context(), valuesOf(olds), valuesOf(news));
        return { inputs: encodeUnknowns(inputs), failures: failures.map(withoutValue) };
      }),
    diff: (id, olds, news) =>
      withPrintableErrors(() => lifecycle.diff(context(), id, valuesOf(olds) as State, valuesOf(news))),
    create: (inputs) =>
      withPrintableErrors(async () => {
        const { id, state } = await lifecycle.create(context(), valuesOf(inputs) as Inputs);
        return { id, outs: state };
      }),
    read: (id, props) =>
      withPrintableErrors(async () => {
        const read = await lifecycle.read(context(), id, valuesOf(props) as Partial<State>);
        // Without an ID the engine takes the resource out of the state.
        return read === undefined ? { id: "", props: {} } : { id: read.id, props: read.state };
      }),
    update: (id, olds, news) =>
      withPrintableErrors(async () => {
        const updating = lifecycle.update(context(), id, valuesOf(olds) as State, valuesOf(news) as Inputs);
        return { outs: await updating.catch((error: unknown) => refuseUpdate(id, olds, error)) };
      }),
    delete: (id, props) => withPrintableErrors(() => lifecycle.delete(context(), id, valuesOf(props) as State)),
  };
}

/**
 * The engine keeps a resource whose update is unfinished, and updates it the next time in any case. The host does not add the
 * provider's text to it, without which the resource could not even be deleted.
 */
function refuseUpdate(id: string, olds: unknown, error: unknown): never {
  if (!(error instanceof UnfinishedUpdate)) throw error;
  const { code, state } = error;
  const message = plainLines(error.message);
  const properties = { ...state, __provider: (olds as Values)["__provider"] };
  throw Object.assign(new Error(message), { id, properties, reasons: [message], ...(code && { code }) });
}

/** Returns what the engine sent without the provider's text, which the host adds itself, and with decoded unknowns. */
function valuesOf(sent: unknown): Values {
  const { __provider: _provider, ...values } = sent as Values;
  return decodeUnknowns(values);
}

/**
 * Makes errors safe to print: the engine panics at text that looks like one of its colours. The host prints the stack of what
 * `check`, `diff`, `read` and `delete` throw; for an error with a code that is noise.
 */
async function withPrintableErrors<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw new Error(plainLines(String(error)), { cause: error });
    error.message = plainLines(error.message);
    error.stack = "code" in error ? String(error.code) : plainLines(error.stack ?? "");
    throw error;
  }
}

/** Stands for a value that a preview does not know yet (the SDK's `unknownValue`). */
const UNKNOWN_PLACEHOLDER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Replaces the engine's placeholder by `UNKNOWN`, at any depth. */
export const decodeUnknowns = (values: Values): Values => replaceIn(values, UNKNOWN_PLACEHOLDER, UNKNOWN);

/** The inverse of `decodeUnknowns`. */
export const encodeUnknowns = (values: Values): Values => replaceIn(values, UNKNOWN, UNKNOWN_PLACEHOLDER);

function replaceIn(values: object, searched: unknown, replacement: unknown): Values {
  const replace = (value: unknown): unknown => {
    if (value === searched) return replacement;
    if (Array.isArray(value)) return value.map(replace);
    return typeof value === "object" && value !== null ? replaceIn(value, searched, replacement) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, replace(value)]));
}
