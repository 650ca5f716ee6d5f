import { Server, ServerCredentials, type handleUnaryCall, status } from "@grpc/grpc-js";
import { ConstructRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  Result,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PluginClient, Wire } from "./plugin-client";

export const GATE = "urn:pulumi:dev::shops::crashtest:index:ScanGate::safe";
export const CHILD = "urn:pulumi:dev::shops::crashtest:index:ScanGate$crashtest:index:Verdict::safe-verdict";

/** Registers what a gate asks for, as the engine does: a child by the check of its provider. */
export class FakeMonitor {
  readonly registered: RegisterResourceRequest.AsObject[] = [];
  /** The inputs of the children. */
  readonly children: Wire[] = [];
  readonly outputs: Wire[] = [];
  /** What the engine knows of resources, by URN. */
  readonly known = new Map<string, Wire>();
  /** How the registration of a child ends. */
  childResult: (typeof Result)["SUCCESS" | "FAIL" | "SKIP"] = Result.SUCCESS;
  /** Whether the registration of a child ends at all: where its check fails, the engine cancels the run instead. */
  answersChild = true;
  readonly #server = new Server();
  readonly #plugin: PluginClient;
  #address = "";

  private constructor(plugin: PluginClient) {
    this.#plugin = plugin;
  }

  static async start(plugin: PluginClient): Promise<FakeMonitor> {
    const monitor = new FakeMonitor(plugin);
    await monitor.#listen();
    return monitor;
  }

  /** What the engine sends for a gate with these inputs. */
  request(inputs: Wire): ConstructRequest {
    return new ConstructRequest()
      .setType("crashtest:index:ScanGate")
      .setName("safe")
      .setMonitorendpoint(this.#address)
      .setInputs(Struct.fromJavaScript(inputs));
  }

  close(): void {
    this.#server.forceShutdown();
  }

  async #listen(): Promise<void> {
    const registerResource: handleUnaryCall<RegisterResourceRequest, RegisterResourceResponse> = (call, callback) => {
      void this.#register(call.request).then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: status.UNAVAILABLE, details: String(error) });
        },
      );
    };
    const registerResourceOutputs: handleUnaryCall<RegisterResourceOutputsRequest, Empty> = (call, callback) => {
      this.outputs.push(call.request.getOutputs()?.toJavaScript() ?? {});
      callback(null, new Empty());
    };
    const invoke: handleUnaryCall<ResourceInvokeRequest, InvokeResponse> = (call, callback) => {
      const { urn = "" } = (call.request.getArgs()?.toJavaScript() ?? {}) as { urn?: string };
      const state = this.known.get(urn);
      if (call.request.getTok() !== "pulumi:pulumi:getResource" || state === undefined) {
        callback({ code: status.UNKNOWN, details: "unknown resource" });
      } else {
        callback(null, new InvokeResponse().setReturn(Struct.fromJavaScript({ urn, state })));
      }
    };
    this.#server.addService(ResourceMonitorService, { registerResource, registerResourceOutputs, invoke });
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    this.#address = `127.0.0.1:${port}`;
  }

  async #register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    this.registered.push(request.toObject());
    if (!request.getCustom()) return new RegisterResourceResponse().setUrn(GATE);
    const sent = request.getObject()?.toJavaScript() ?? {};
    this.children.push(sent);
    if (!this.answersChild) await new Promise(() => undefined);
    const { inputs, failures } = await this.#plugin.check(CHILD, sent);
    if (failures.length > 0) throw new Error("resource monitor shut down");
    const outputs = this.childResult === Result.SUCCESS ? inputs : {};
    return new RegisterResourceResponse()
      .setUrn(CHILD)
      .setResult(this.childResult)
      .setObject(Struct.fromJavaScript(outputs));
  }
}
