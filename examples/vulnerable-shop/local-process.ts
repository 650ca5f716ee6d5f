import * as pulumi from "@pulumi/pulumi";
import { endProcess, isRunning, type RunningProcess } from "./running-process";
import { endLeftover, removeTraces, startServer, type ServerArgs } from "./server-start";

interface Inputs extends ServerArgs {
  /** Where it answers; an input, so that it is known in a preview. */
  url: string;
}

type State = Inputs & RunningProcess;

async function start(inputs: Inputs): Promise<State> {
  await endLeftover(inputs.folder);
  return { ...inputs, ...(await startServer(inputs)) };
}

const argumentsOf = ({ script, args, port, folder }: Inputs): string => JSON.stringify([script, args, port, folder]);

const provider: pulumi.dynamic.ResourceProvider<Inputs, State> = {
  create: async (inputs) => ({ id: inputs.url, outs: await start(inputs) }),

  // Asked at each `up`: a process that died meanwhile is a change, and is started again.
  diff: (_id, old, inputs) => Promise.resolve({ changes: argumentsOf(old) !== argumentsOf(inputs) || !isRunning(old) }),

  update: async (_id, old, inputs) => {
    await endProcess(old);
    if (old.folder !== inputs.folder) removeTraces(old.folder);
    return { outs: await start(inputs) };
  },

  // Asked by `refresh`: an empty ID says that it is gone.
  read: (id, state) => Promise.resolve(state !== undefined && isRunning(state) ? { id, props: state } : { id: "" }),

  delete: async (_id, state) => {
    await endProcess(state);
    removeTraces(state.folder);
  },
};

/**
 * A server as a process on this machine, which goes on after `pulumi up`. A change starts it anew at the same address;
 * one that died is started again by the next `up`; `destroy` ends it, and no other process that got its number meanwhile.
 * It stands for your own service, so that the example runs as it is. It needs Linux or macOS.
 */
export class LocalProcess extends pulumi.dynamic.Resource {
  declare readonly url: pulumi.Output<string>;
  declare readonly pid: pulumi.Output<number>;

  constructor(name: string, args: pulumi.Unwrap<ServerArgs>, opts?: pulumi.CustomResourceOptions) {
    const outputsOnly = { pid: undefined, startedAt: undefined };
    super(
      provider,
      name,
      { ...args, url: `http://127.0.0.1:${args.port}/`, ...outputsOnly },
      opts,
      "shop",
      "LocalProcess",
    );
  }
}
