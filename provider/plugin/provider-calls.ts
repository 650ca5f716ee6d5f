import { createRequire } from "node:module";
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type ConstructRequest,
  type ConstructResponse,
  type DiffRequest,
  type DiffResponse,
  type InvokeRequest,
  InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type * as Construct from "../../gate/plugin/construct";
import { decode, encode, plainValues } from "../wire/properties";
import { checkConfiguration, mayHaveNewSecrets } from "./configuration";
import { detailedDifference } from "./detailed-difference";
import type * as Functions from "./functions";
import type { Plugin } from "./plugin";
import { checkResponse, diffResponse, ResourceCalls } from "./resource-calls";

/** Loads gate and functions with the first call of one. By `require`, since `import()` would need built files. */
const load = createRequire(__filename);

/** The calls that need the service or its rules: about the provider, its resources, its component and its functions. */
export class ProviderCalls {
  readonly resources: ResourceCalls;
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
    this.resources = new ResourceCalls(plugin);
  }

  checkConfig(request: CheckRequest): CheckResponse {
    this.#plugin.noteUrn(request.getUrn());
    return checkResponse(checkConfiguration(request.getUrn(), decode(request.getNews()), this.#plugin.environment));
  }

  /** Never asks for a replacement: resources know which service issued their IDs. */
  diffConfig(request: DiffRequest): DiffResponse {
    const olds = plainValues(decode(request.getOldInputs() ?? request.getOlds()));
    const news = decode(request.getNews());
    const details = detailedDifference(olds, {}, plainValues(news), { changes: true });
    return diffResponse({ changes: details.length > 0 || mayHaveNewSecrets(request.getUrn(), news) }, details);
  }

  configure(request: ConfigureRequest): ConfigureResponse {
    this.#plugin.noteUrn(request.getUrn());
    this.#plugin.configure(decode(request.getArgs()));
    return new ConfigureResponse()
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setAcceptoutputs(true)
      .setSupportspreview(true);
  }

  /** @param given aborted when the engine gives up the call */
  async construct(request: ConstructRequest, given: AbortSignal): Promise<ConstructResponse> {
    const type = request.getType();
    if (type !== "crashtest:index:ScanGate") throw new Error(`unknown component type ${type}`);
    this.#plugin.refusePlainKeys();
    const { log, service, secrets, scans } = this.#plugin;
    const { constructGate } = load("../../gate/plugin/construct") as typeof Construct;
    return constructGate({ request, log, service, secrets, scans, signal: this.#plugin.signalFor(given) });
  }

  /** @param given aborted when the engine gives up the call */
  async invoke(request: InvokeRequest, given: AbortSignal): Promise<InvokeResponse> {
    this.#plugin.refusePlainKeys();
    const args = plainValues(decode(request.getArgs()));
    const { callFunction } = load("./functions") as typeof Functions;
    const called = callFunction(request.getTok(), this.#plugin.service, args, request.getPreview());
    const result = await untilAborted(called, this.#plugin.signalFor(given));
    return new InvokeResponse().setReturn(encode(result));
  }
}

/** Rejects as soon as nobody waits for the result any more: a report may take minutes. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject);
  });
}
