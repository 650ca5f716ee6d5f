import {
  CheckFailure as CheckFailureMessage,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  PropertyDiff,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CrashtestError } from "../../errors/errors";
import type { Checked, Difference } from "../lifecycle/lifecycle";
import { decode, encode, plainValues } from "../wire/properties";
import { detailedDifference, type PropertyDifference } from "./detailed-difference";
import type { Plugin } from "./plugin";
import type { PluginResource, ResourceCall } from "./resource-kind";
import { resourceOf } from "./resources";

/** Makes the answer to a check, of a resource or of the provider itself. */
export function checkResponse({ inputs, failures }: Checked): CheckResponse {
  const messages = failures.map(({ property, reason }) =>
    new CheckFailureMessage().setProperty(property).setReason(reason),
  );
  return new CheckResponse().setInputs(encode(inputs)).setFailuresList(messages);
}

/** Makes the answer to a diff, of a resource or of the provider itself. */
export function diffResponse(difference: Difference, details: readonly PropertyDifference[]): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const response = new DiffResponse()
    .setChanges(difference.changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(difference.replaces ?? [])
    .setDeletebeforereplace(difference.deleteBeforeReplace === true)
    .setHasdetaileddiff(details.length > 0)
    .setDiffsList([...new Set(details.map(({ path }) => path.replace(/[.[].*$/, "")))]);
  for (const { path, kind, requiresReplacement, isInputDifference } of details) {
    const [plainKind, replacingKind] = KINDS[kind];
    const message = new PropertyDiff().setKind(requiresReplacement ? replacingKind : plainKind);
    response.getDetaileddiffMap().set(path, message.setInputdiff(isInputDifference));
  }
  return response;
}

const { Kind } = PropertyDiff;
const KINDS = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
} as const;

/** The calls about one resource. */
export class ResourceCalls {
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    this.#plugin.refusePlainKeys();
    const { resource, call } = this.#resource(request);
    return checkResponse(await resource.check(call, decode(request.getOlds()), decode(request.getNews())));
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    const { resource, call } = this.#resource(request);
    const [olds, news] = [decode(request.getOlds()), decode(request.getNews())];
    const difference = await resource.diff(call, request.getId(), olds, news);
    const oldInputs = plainValues(decode(request.getOldInputs()));
    return diffResponse(difference, detailedDifference(oldInputs, plainValues(olds), plainValues(news), difference));
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const { resource, call } = this.#resource(request);
    const { id, state } = await resource.create(call, decode(request.getProperties()), request.getPreview());
    return new CreateResponse().setId(id).setProperties(encode(state));
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const { resource, call } = this.#resource(request);
    const [id, olds, news] = [request.getId(), decode(request.getOlds()), decode(request.getNews())];
    const state = await resource.update(call, id, olds, news, request.getPreview());
    return new UpdateResponse().setProperties(encode(state));
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const { resource, call } = this.#resource(request);
    const state = decode(request.getProperties());
    // A refresh has it from the state; a program and an import have nothing but an ID.
    const isByIdAlone = Object.keys(state).length === 0;
    if (isByIdAlone) this.#plugin.refusePlainKeys();
    const read = await resource.read(call, request.getId(), state);
    // Without an ID the engine takes the resource out of the state.
    if (read === undefined) return new ReadResponse();
    const response = new ReadResponse().setId(read.id).setProperties(encode(read.state));
    if (!isByIdAlone) return response.setInputs(request.getInputs());
    const imported = resource.importedInputs(call.context, read.state);
    if ("inputs" in imported) return response.setInputs(encode(imported.inputs));
    // An import sends no properties, a look-up by a program those that it knows, if only none.
    if (request.hasProperties() && resource.canLookUp) return response.setInputs(request.getInputs());
    const problem = `${call.parts.type} ${imported.problem}`;
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem });
  }

  async delete(request: DeleteRequest): Promise<Empty> {
    const { resource, call } = this.#resource(request);
    await resource.delete(call, request.getId(), decode(request.getProperties()));
    return new Empty();
  }

  #resource(request: { getUrn: () => string }): { resource: PluginResource; call: ResourceCall } {
    const call = this.#plugin.callFor(request.getUrn());
    return { resource: resourceOf(call.parts.type), call };
  }
}
