import { type ClientUnaryCall, type requestCallback, credentials } from "@grpc/grpc-js";
import type { ConstructRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  type RegisterResourceResponse,
  ResourceInvokeRequest,
  Result,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Values } from "../../provider/lifecycle/lifecycle";
import { decode, encode, plainValues } from "../../provider/wire/properties";
import { childName } from "../host/child-urn";
import { CHILD_TYPE, childAliases } from "./child-aliases";

/** What a gate asks of the engine while it is constructed. Each call rejects once the engine has given up the run. */
export interface GateMonitor {
  /** Registers the gate's component, and returns its URN. */
  registerGate(): Promise<string>;
  /**
   * Registers the gate's child, and returns its outputs without marks of secrets; none for a new one that the command left out.
   *
   * @throws Error if its check failed
   */
  registerVerdict(gateUrn: string, inputs: Values): Promise<Values>;
  registerOutputs(gateUrn: string, outputs: Values): Promise<void>;
  /** Returns the outputs of a resource of this run, also of one that the command left out, with marks of secrets. */
  readResource(urn: string): Promise<Values>;
  close(): void;
}

/** As the engine's own SDKs: what a gate's child answers about a large report exceeds the default of 4 MiB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * Connects to the monitor that the engine has for the run of a `construct`.
 *
 * @param signal gives up the calls: where a child's check fails, the engine cancels the run and leaves its registration open
 */
export function connectMonitor(request: ConstructRequest, signal: AbortSignal): GateMonitor {
  const client = new ResourceMonitorClient(request.getMonitorendpoint(), credentials.createInsecure(), {
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  });
  const called = <Answer>(call: Call<Answer>): Promise<Answer> => answerOf(call, signal);
  const register = (registration: RegisterResourceRequest): Promise<RegisterResourceResponse> =>
    called((callback) => client.registerResource(registration, callback));
  return {
    registerGate: async () => (await register(gateRegistration(request))).getUrn(),
    async registerVerdict(gateUrn, inputs) {
      const registered = await register(verdictRegistration(request, gateUrn, inputs));
      if (registered.getResult() === Result.FAIL) throw new Error("gate closed: the error of its verdict says why");
      return plainValues(decode(registered.getObject()));
    },
    async registerOutputs(gateUrn, outputs) {
      const outputsOf = new RegisterResourceOutputsRequest().setUrn(gateUrn).setOutputs(encode(outputs));
      await called((callback) => client.registerResourceOutputs(outputsOf, callback));
    },
    async readResource(urn) {
      const invocation = new ResourceInvokeRequest().setTok("pulumi:pulumi:getResource").setArgs(encode({ urn }));
      invocation.setAcceptresources(true);
      const answer = await called<InvokeResponse>((callback) => client.invoke(invocation, callback));
      const { state } = decode(answer.getReturn());
      return typeof state === "object" && state !== null ? { ...state } : {};
    },
    close: () => {
      client.close();
    },
  };
}

type Call<Answer> = (callback: requestCallback<Answer>) => ClientUnaryCall;

function answerOf<Answer>(call: Call<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const running = call((error, answer) => {
      if (answer !== undefined) resolve(answer);
      else if (signal.aborted) reject(new Error("the engine ended the run before the gate's verdict was recorded"));
      else reject(error ?? new Error("the engine gave no answer"));
    });
    const cancel = (): void => {
      running.cancel();
    };
    signal.addEventListener("abort", cancel, { once: true });
  });
}

/** Registers the component as the program asked for it. The other options mean nothing to a component. */
function gateRegistration(request: ConstructRequest): RegisterResourceRequest {
  const registration = registrationOf(request, request.getName(), request.getType())
    .setCustom(false)
    .setParent(request.getParent())
    .setAliasesList(request.getAliasesList());
  const protect = request.getProtect();
  if (request.hasProtect() && protect !== undefined) registration.setProtect(protect);
  for (const [name, provider] of request.getProvidersMap().entries()) {
    registration.getProvidersMap().set(name, provider);
  }
  const hooks = request.getResourceHooks();
  if (hooks !== undefined) {
    registration.setHooks(RegisterResourceRequest.ResourceHooksBinding.deserializeBinary(hooks.serializeBinary()));
  }
  return registration;
}

/** The engine takes the provider, and whether it is protected, from the component. */
function verdictRegistration(request: ConstructRequest, gateUrn: string, inputs: Values): RegisterResourceRequest {
  return registrationOf(request, childName(request.getName()), CHILD_TYPE)
    .setCustom(true)
    .setParent(gateUrn)
    .setObject(encode(inputs))
    .setAliasesList(childAliases(gateUrn, request.getAliasesList()));
}

const registrationOf = (request: ConstructRequest, name: string, type: string): RegisterResourceRequest =>
  new RegisterResourceRequest()
    .setName(name)
    .setType(type)
    .setDependenciesList(dependenciesOf(request))
    .setParentstacktracehandle(request.getStackTraceHandle())
    .setAliasspecs(true)
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setSupportspartialvalues(true)
    .setSupportsresultreporting(true);

/** Also those of its inputs, which not every language repeats: the scan goes last when both are destroyed. */
function dependenciesOf(request: ConstructRequest): string[] {
  const ofInputs = [...request.getInputdependenciesMap().entries()].flatMap(([, urns]) => urns.getUrnsList());
  return [...new Set([...request.getDependenciesList(), ...ofInputs])];
}
