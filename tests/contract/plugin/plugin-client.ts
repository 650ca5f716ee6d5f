import { credentials, Server, ServerCredentials, type ServiceError, type handleUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PluginServer } from "../../../provider/plugin/server";

export type Wire = Record<string, JavaScriptValue>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const secret = (value: JavaScriptValue) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
export const asset = (parts: Wire) => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...parts });
export const archive = (parts: Wire) => ({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...parts });
export const output = (parts: Wire) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...parts });
export const reference = (urn: string) => ({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn });

export type Kind = "Project" | "Scan" | "Verdict";

export const urnOf = (kind: Kind, name: string): string => `urn:pulumi:dev::shops::crashtest:index:${kind}::${name}`;
export const providerUrn = (name: string): string => `urn:pulumi:dev::shops::pulumi:providers:crashtest::${name}`;

/** A message on a row. */
export interface Row {
  severity: "info" | "warning" | "other";
  urn: string;
  text: string;
}

export interface Difference {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
  /** By path: the kind, and whether the program changed it. */
  details: Record<string, string>;
}

/** Calls a plugin as the engine does, and has a log as the engine does. */
export class PluginClient {
  readonly rows: Row[] = [];
  readonly #engine: Server;
  readonly #plugin: PluginServer;
  readonly #client: ResourceProviderClient;

  private constructor(rows: Row[], engine: Server, plugin: PluginServer, port: number) {
    this.rows = rows;
    this.#engine = engine;
    this.#plugin = plugin;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** @param environment the plugin's variables */
  static async start(environment: Record<string, string> = {}): Promise<PluginClient> {
    const rows: Row[] = [];
    const { engine, address } = await startEngine(rows);
    const plugin = new PluginServer({ engineAddress: address, environment });
    return new PluginClient(rows, engine, plugin, await plugin.listen());
  }

  /** Starts a plugin that no engine has started; `engine` is the address of one. */
  static async detached(): Promise<{ client: PluginClient; engine: string }> {
    const rows: Row[] = [];
    const { engine, address } = await startEngine(rows);
    const plugin = new PluginServer({ engineAddress: undefined, environment: {} });
    return { client: new PluginClient(rows, engine, plugin, await plugin.listen()), engine: address };
  }

  /** Starts a plugin and configures it as a default provider. */
  static async configured(environment: Record<string, string>, inputs: Wire = {}): Promise<PluginClient> {
    const client = await PluginClient.start(environment);
    await client.configure(inputs);
    return client;
  }

  get client(): ResourceProviderClient {
    return this.#client;
  }

  /** The texts on the row of a resource. */
  textsOn(urn: string): string[] {
    return this.rows.filter((row) => row.urn === urn).map(({ text }) => text);
  }

  async checkConfig(inputs: Wire, name = "default"): Promise<Checked> {
    const request = new messages.CheckRequest().setUrn(providerUrn(name)).setNews(Struct.fromJavaScript(inputs));
    return checked(await this.call<messages.CheckResponse>((done) => this.#client.checkConfig(request, done)));
  }

  async diffConfig(olds: Wire, news: Wire): Promise<Difference> {
    const request = new messages.DiffRequest()
      .setUrn(providerUrn("default"))
      .setOldInputs(Struct.fromJavaScript(olds))
      .setNews(Struct.fromJavaScript(news));
    return differenceIn(await this.call<messages.DiffResponse>((done) => this.#client.diffConfig(request, done)));
  }

  async configure(inputs: Wire = {}, name = "default"): Promise<messages.ConfigureResponse> {
    const request = new messages.ConfigureRequest().setUrn(providerUrn(name)).setArgs(Struct.fromJavaScript(inputs));
    return this.call((done) => this.#client.configure(request, done));
  }

  async check(urn: string, news: Wire, olds: Wire = {}): Promise<Checked> {
    const request = new messages.CheckRequest()
      .setUrn(urn)
      .setOlds(Struct.fromJavaScript(olds))
      .setNews(Struct.fromJavaScript(news));
    return checked(await this.call<messages.CheckResponse>((done) => this.#client.check(request, done)));
  }

  async diff(urn: string, id: string, { olds, oldInputs, news }: Record<"olds" | "oldInputs" | "news", Wire>) {
    const request = new messages.DiffRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(Struct.fromJavaScript(olds))
      .setOldInputs(Struct.fromJavaScript(oldInputs))
      .setNews(Struct.fromJavaScript(news));
    return differenceIn(await this.call<messages.DiffResponse>((done) => this.#client.diff(request, done)));
  }

  async create(urn: string, inputs: Wire, isPreview = false): Promise<{ id: string; state: Wire }> {
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setProperties(Struct.fromJavaScript(inputs))
      .setPreview(isPreview);
    const response = await this.call<messages.CreateResponse>((done) => this.#client.create(request, done));
    return { id: response.getId(), state: wireOf(response.getProperties()) };
  }

  async update(urn: string, id: string, olds: Wire, news: Wire, isPreview = false): Promise<Wire> {
    const request = new messages.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(Struct.fromJavaScript(olds))
      .setNews(Struct.fromJavaScript(news))
      .setPreview(isPreview);
    const response = await this.call<messages.UpdateResponse>((done) => this.#client.update(request, done));
    return wireOf(response.getProperties());
  }

  /** @param given what a refresh and a look-up send; an import sends nothing */
  async read(urn: string, id: string, given?: { state: Wire; inputs: Wire }) {
    const request = new messages.ReadRequest().setUrn(urn).setId(id);
    if (given !== undefined) {
      request.setProperties(Struct.fromJavaScript(given.state)).setInputs(Struct.fromJavaScript(given.inputs));
    }
    const response = await this.call<messages.ReadResponse>((done) => this.#client.read(request, done));
    return { id: response.getId(), state: wireOf(response.getProperties()), inputs: wireOf(response.getInputs()) };
  }

  async delete(urn: string, id: string, state: Wire): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(Struct.fromJavaScript(state));
    await this.call<Empty>((done) => this.#client.delete(request, done));
  }

  async invoke(name: string, args: Wire, isPreview = false): Promise<Wire> {
    const request = new messages.InvokeRequest()
      .setTok(`crashtest:index:${name}`)
      .setArgs(Struct.fromJavaScript(args))
      .setPreview(isPreview);
    return wireOf((await this.call<messages.InvokeResponse>((done) => this.#client.invoke(request, done))).getReturn());
  }

  /** Makes a call with a callback a promise. */
  call<Response>(
    begin: (done: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      begin((error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
    });
  }

  close(): void {
    this.#client.close();
    this.#plugin.close();
    this.#engine.forceShutdown();
  }
}

interface Checked {
  inputs: Wire;
  failures: { property: string; reason: string }[];
}

const checked = (response: messages.CheckResponse): Checked => ({
  inputs: wireOf(response.getInputs()),
  failures: response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
});

const wireOf = (struct: Struct | undefined): Wire => struct?.toJavaScript() ?? {};

const KIND_NAMES = Object.fromEntries(Object.entries(messages.PropertyDiff.Kind).map(([name, kind]) => [kind, name]));

function differenceIn(response: messages.DiffResponse): Difference {
  const details = [...response.getDetaileddiffMap().entries()].map(
    ([path, difference]: [string, messages.PropertyDiff]) => [
      path,
      `${KIND_NAMES[difference.getKind()] ?? ""}${difference.getInputdiff() ? "" : " at the service"}`,
    ],
  );
  return {
    changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    // As the engine, which looks at them only if it is told that there are any.
    details: response.getHasdetaileddiff() ? (Object.fromEntries(details) as Record<string, string>) : {},
  };
}

/** Starts what takes the rows' messages. */
async function startEngine(rows: Row[]): Promise<{ engine: Server; address: string }> {
  const engine = new Server();
  const log: handleUnaryCall<LogRequest, Empty> = ({ request }, callback) => {
    const severities = { [LogSeverity.INFO]: "info", [LogSeverity.WARNING]: "warning" } as const;
    const severity = request.getSeverity();
    rows.push({
      severity: severity === LogSeverity.INFO || severity === LogSeverity.WARNING ? severities[severity] : "other",
      urn: request.getUrn(),
      text: request.getMessage(),
    });
    callback(null, new Empty());
  };
  engine.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) => {
    engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { engine, address: `127.0.0.1:${port}` };
}
