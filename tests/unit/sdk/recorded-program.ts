import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import type * as crashtest from "pulumi-crashtest";

/** How the SDK marks a secret in what it sends to the engine. */
const SECRET_MARK = { name: "4dabf18193072939515e22adb298388d", value: "1b47061264138c4ac30d75fd1eb44270" };
/** What the SDK sends for a value that a preview does not know. */
export const UNKNOWN_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as the engine would be told of it. */
export interface Registration {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** The parent's name. */
  parent: string;
  /** The names of what it depends on. */
  dependencies: string[];
  deleteBeforeReplace: boolean;
  /** The URNs that it had before. */
  aliases: string[];
  /** Set where the resource is looked up, not registered. */
  id: string | undefined;
}

interface EngineRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getDependenciesList(): string[];
  getObject(): { toJavaScript(): Record<string, unknown> };
  getProperties(): { toJavaScript(): Record<string, unknown> };
  getDeletebeforereplace(): boolean;
  getAliasesList(): { getUrn(): string }[];
  getId(): string;
}

const MOCKS: pulumi.runtime.Mocks = {
  call: () => ({}),
  newResource: ({ type, inputs, id }) => {
    const isScan = type.endsWith(":Scan");
    const outputs = isScan
      ? { scanId: "12", joined: false, startedAt: "2026-01-02T03:04:05.678Z" }
      : { projectId: "7" };
    const state = id === undefined || id === "" ? { ...(inputs as object), ...outputs } : { projectId: id };
    return { id: isScan ? "7/12" : "7", state };
  },
};

/** A program as on an engine, for which Pulumi's mocks stand, with all that it registers. */
export class RecordedProgram {
  readonly registrations: Registration[] = [];

  private constructor(readonly sdk: typeof crashtest) {}

  /** @param config the stack's configuration; keys in `secretKeys` are secrets */
  static async start(
    options: {
      isPreview?: boolean;
      config?: Record<string, string>;
      secretKeys?: string[];
      mocks?: pulumi.runtime.Mocks;
    } = {},
  ): Promise<RecordedProgram> {
    await pulumi.runtime.setMocks(options.mocks ?? MOCKS, "project", "stack", options.isPreview ?? false);
    /** What it asks of its monitor is answered by the mocks; that these are mocks it does not see, so that it asks the service. */
    jest.spyOn(pulumi.runtime, "getMonitor").mockReturnValue(undefined);
    pulumi.runtime.setAllConfig(options.config ?? {}, options.secretKeys ?? []);
    const program = new RecordedProgram(await import("pulumi-crashtest"));
    program.record("registerResource", (request) => {
      const aliases = request.getAliasesList().map((alias) => alias.getUrn());
      const deleteBeforeReplace = request.getDeletebeforereplace();
      return { inputs: request.getObject(), deleteBeforeReplace, aliases, id: undefined };
    });
    program.record("readResource", (request) => {
      return { inputs: request.getProperties(), deleteBeforeReplace: false, aliases: [], id: request.getId() };
    });
    return program;
  }

  /** What the program registered under this name. */
  async registered(name: string, resource: pulumi.Resource): Promise<Registration> {
    await settled(resource.urn);
    const found = this.registrations.find((registration) => registration.name === name);
    if (found === undefined) throw new Error(`nothing was registered as ${name}`);
    return found;
  }

  private record(
    method: "registerResource" | "readResource",
    describe: (request: EngineRequest) => {
      inputs: { toJavaScript(): Record<string, unknown> };
      deleteBeforeReplace: boolean;
      aliases: string[];
      id: string | undefined;
    },
  ): void {
    const answer = Reflect.get(MockMonitor.prototype, method) as MockMonitor["registerResource"];
    const { registrations } = this;
    jest.spyOn(MockMonitor.prototype, method).mockImplementation(function (this: MockMonitor, request, callback) {
      const asked = request as EngineRequest;
      const { inputs, ...rest } = describe(asked);
      const parent = nameIn(asked.getParent());
      const dependencies = asked.getDependenciesList().map(nameIn).sort();
      const inputsSent = inputs.toJavaScript();
      const told = { type: asked.getType(), name: asked.getName(), parent, dependencies, inputs: inputsSent };
      registrations.push({ ...told, ...rest });
      return answer.call(this, request, callback);
    });
  }
}

const nameIn = (urn: string): string => urn.split("::").at(-1) ?? "";

/** For afterEach: takes away what a program left in this process. */
export function forgetProgram(): void {
  jest.restoreAllMocks();
  pulumi.runtime.setAllConfig({}, []);
}

/** A secret in what was sent to the engine. */
export const secretWire = (value: unknown): object => ({ [SECRET_MARK.name]: SECRET_MARK.value, value });

interface Inspectable<T> {
  promise(withUnknowns?: boolean): Promise<T>;
  isKnown: Promise<boolean>;
  isSecret: Promise<boolean>;
  allResources(): Promise<unknown>;
}

const inspect = <T>(output: pulumi.Output<T>): Inspectable<T> => output as unknown as Inspectable<T>;

/** The value behind an output; an error that it failed with is thrown. */
export const settled = <T>(output: pulumi.Output<T>): Promise<T> => inspect(output).promise();

/** The error that an output fails with, all promises of which it is made being heard. */
export async function failureOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const parts = inspect(output);
  const promises = [parts.promise(), parts.isKnown, parts.isSecret, parts.allResources()];
  const [value] = await Promise.allSettled(promises);
  return value?.status === "rejected" ? value.reason : undefined;
}

export async function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  await settled(output);
  return inspect(output).isKnown;
}

export async function isSecret(output: pulumi.Output<unknown>): Promise<boolean> {
  await settled(output);
  return inspect(output).isSecret;
}
