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
import { decode, encode, plainValues } from "../wire/properties";
import { checkConfiguration, mayHaveNewSecrets } from "./configuration";
import { detailedDifference } from "./detailed-difference";
import type * as Functions from "./functions";
import type { Plugin } from "./plugin";
import { checkResponse, diffResponse, ResourceCalls } from "./resource-calls";

/** Loads what reads reports only when a function is called. By `require`, since `import()` would need built files. */
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

  /** No setting replaces what was created with it: resources know which service issued their IDs. */
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

  construct(request: ConstructRequest, given: AbortSignal): Promise<ConstructResponse> {
    return this.#plugin.construct(request, given);
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

/** A report may take minutes, and nobody waits for it any more. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(new Error("cancelled"));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject);
  });
}
