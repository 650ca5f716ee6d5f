import type { dynamic } from "@pulumi/pulumi";
import { plainTableOf } from "../../findings/gate/table-colors";
import { plainLines } from "../../findings/plain-text";
import type { SettingSources } from "../config/settings";
import { CONFIG_NAMESPACE } from "../config/settings";
import {
  UnfinishedUpdate,
  type CheckFailure,
  type Lifecycle,
  type LifecycleContext,
  type Values,
} from "../lifecycle/lifecycle";
import type { ScanService } from "../lifecycle/service";
import { endWithEngine } from "./provider-process";
import { decodeUnknowns, encodeUnknowns } from "./unknowns";

/** What the engine's dynamic provider process calls; it takes a module for a provider. */
export type DynamicProvider = Required<Omit<dynamic.ResourceProvider, "configure">> & {
  configure: (request: dynamic.ConfigureRequest) => Promise<void>;
};

/**
 * Puts a lifecycle under the contract of dynamic providers. This folder is all that knows it.
 *
 * @param createService the composition root; called once per process, with the stack's configuration
 */
export function dynamicProvider<Inputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  createService: (sources: SettingSources) => ScanService,
): DynamicProvider {
  let configured: LifecycleContext | undefined;
  /** Set before the first await of `configure`, since the host lets further calls in while it waits for that. */
  const context = (): LifecycleContext => {
    if (configured === undefined) throw new Error("the engine did not configure the provider");
    return configured;
  };

  return {
    configure(request) {
      endWithEngine();
      const config = (name: string) => request.config.get(`${CONFIG_NAMESPACE}:${name}`);
      configured = {
        service: createService({ config, environment: process.env }),
        now: () => new Date(),
        tell: (message) => {
          console.log(plainLines(message));
        },
        warn: (message) => {
          console.warn(`warning: ${plainLines(message)}`);
        },
      };
      return Promise.resolve();
    },
    check: (olds, news) =>
      presentably(() => {
        const { inputs, failures } = lifecycle.check(context(), valuesOf(olds), valuesOf(news));
        return { inputs: encodeUnknowns(inputs), failures: failures.map(withoutValue) };
      }),
    diff: (id, olds, news) => presentably(() => lifecycle.diff(context(), id, valuesOf(olds) as State, valuesOf(news))),
    create: (inputs) =>
      presentably(async () => {
        const { id, state } = await lifecycle.create(context(), valuesOf(inputs) as Inputs);
        return { id, outs: state };
      }),
    read: (id, props) =>
      presentably(() => {
        const read = lifecycle.read(context(), id, valuesOf(props));
        return { id: read.id, props: read.state };
      }),
    update: (id, olds, news) =>
      presentably(async () => {
        const updating = lifecycle.update(context(), id, valuesOf(olds) as State, valuesOf(news) as Inputs);
        return { outs: await updating.catch((error: unknown) => refuseUpdate(id, olds, error)) };
      }),
    delete: (id, props) => presentably(() => lifecycle.delete(context(), id, valuesOf(props) as State)),
  };
}

/**
 * The engine keeps a resource whose update is unfinished as it is, and updates it the next time in any case. Here the host
 * does not put the provider's text back, without which the resource could not even be deleted.
 */
function refuseUpdate(id: string, olds: unknown, error: unknown): never {
  if (!(error instanceof UnfinishedUpdate)) throw error;
  const { code, state } = error;
  const message = plainLines(error.message);
  const properties = { ...state, __provider: (olds as Values)["__provider"] };
  throw Object.assign(new Error(message), { id, properties, reasons: [message], ...(code && { code }) });
}

/**
 * The engine prints the whole value of the property that a failure names, also where the program made it a secret, which
 * this process is not told. So none is named to the engine, and the reason begins with it.
 */
const withoutValue = ({ property, reason }: CheckFailure): CheckFailure => ({
  property: "",
  reason: plainTableOf(`${property} ${reason}`.trimStart()),
});

/** What the engine sent, in the lifecycles' words: without the provider's text, which the host puts back by itself. */
function valuesOf(sent: unknown): Values {
  const { __provider: _provider, ...values } = sent as Values;
  return decodeUnknowns(values);
}

/**
 * No text leaves for the engine but as one that it can print: it ends in a panic at what it takes for an unknown colour.
 * The host prints the stack of whatever `check`, `diff`, `read` and `delete` throw: for an error with a code that is noise.
 */
async function presentably<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw new Error(plainLines(String(error)), { cause: error });
    error.message = plainLines(error.message);
    error.stack = "code" in error ? String(error.code) : plainLines(error.stack ?? "");
    throw error;
  }
}
