import type { components } from "../../contract/veracode.generated";
import { CrashtestError } from "../../errors/errors";
import { parseJson } from "../client/json";
import { loginSecrets, type Login } from "../login";
import type { CallOptions, OwnerOption, StartOptions } from "../service";
import type { Api, ApiRequest } from "./api";
import { listAll } from "./pages";
import { ID } from "./target";

type Wire = components["schemas"];

/** A request that changes how a target's scans log in, without the profile that it goes to. */
type Change = Pick<ApiRequest, "operation" | "body" | "query"> & { what: string };

/** ASSUMED: an empty object or list removes what is set, and `PATCH` also sets what is not. */
const NOTHING = {};
const PATCH = { method: "PATCH" };

/** How the scans of targets log in, and what leads them to the operations of an API: set before a scan, and kept by the service. */
export class Profiles {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Sets what the next scan of a target needs. What is not mentioned stays as it is. Each request replaces what it is about, so
   * all can be sent again.
   *
   * @throws ApiError, TransportError or UnexpectedAnswerError of the first request that fails; the others are not sent
   */
  async prepare(targetId: string, options: StartOptions & OwnerOption): Promise<void> {
    const { apiSpecification, owner, login } = options;
    const changes = changesOf(options);
    if (changes.length > 0) {
      const analysisProfileId = await this.#find(targetId, { owner });
      for (const { what, ...change } of changes) {
        const purpose = `${what} of target ${targetId}, so no scan was started`;
        const secrets = loginSecrets(login);
        await this.#send({ ...change, parameters: { analysisProfileId }, purpose, secrets, owner });
      }
    }
    if (apiSpecification !== undefined) await this.#upload(targetId, apiSpecification, { owner });
  }

  /** Returns the ID of a target's own profile; each target has one. */
  async #find(targetId: string, { owner }: CallOptions): Promise<string> {
    const purpose = `find the analysis profile of target ${targetId}, so no scan was started`;
    const query = { target_id: targetId };
    const all = await listAll(this.#api, { operation: "listAnalysisProfiles", parameters: {}, query, purpose, owner });
    const own = all.flatMap(({ target_id: ofTarget, analysis_profile_id: id }) =>
      ofTarget === targetId && typeof id === "string" && ID.test(id) ? [id] : [],
    );
    const [profileId] = own;
    if (profileId !== undefined && own.length === 1) return profileId;
    throw new CrashtestError({
      code: "UNEXPECTED_ANSWER",
      problem: `Could not ${purpose}: the service lists ${own.length} profiles with a valid ID for it, expected one`,
      remedy: "Look on the service's pages whether the target has an analysis profile.",
    });
  }

  /** ASSUMED: the name of the file tells its format. */
  async #upload(targetId: string, text: string, { owner }: CallOptions): Promise<void> {
    const format = parseJson(text) === undefined ? "yaml" : "json";
    await this.#send({
      operation: "uploadSpecification",
      parameters: { targetId },
      purpose: `upload the API specification of target ${targetId}, so no scan was started`,
      file: { field: "specFile", name: `openapi.${format}`, type: `application/${format}`, text },
      owner,
      unknownOutcomeRemedy: "Run again: the specification is uploaded again before the scan.",
    });
  }

  /** What a success says is not read: it might repeat passwords. */
  async #send(request: ApiRequest): Promise<void> {
    const answer = await this.#api.exchange(request);
    if (!answer.ok) throw answer.failure();
  }
}

function changesOf({ login = {}, formerLogin = [] }: StartOptions): readonly Change[] {
  const { basic, form: [form] = [], headers, cookies } = login;
  const isFormer = (...kinds: (typeof formerLogin)[number][]) => kinds.some((kind) => formerLogin.includes(kind));
  const changes: Change[] = [];
  if (basic !== undefined || isFormer("basic")) {
    const body: Wire["SystemAuthentication"] =
      basic === undefined ? NOTHING : { username: basic.username, password: basic.password };
    const what = basic === undefined ? "remove the basic authentication" : "set the basic authentication";
    changes.push({ operation: "setSystemAuthentication", what, body });
  }
  if (form !== undefined) {
    const body: Wire["ApplicationAuthentication"] = {
      username: form.username,
      password: form.password,
      login_url: form.url,
    };
    changes.push({ operation: "setApplicationAuthentication", what: "set the form login", body, query: PATCH });
  } else if (isFormer("form")) {
    changes.push({ operation: "setApplicationAuthentication", what: "remove the form login", body: NOTHING });
  }
  // One list at the service: what stays of it is sent again.
  if (headers !== undefined || cookies !== undefined || isFormer("headers", "cookies")) {
    const body = parametersOf(login);
    changes.push({ operation: "setParameterAuthentications", what: "set the headers and cookies", body });
  }
  return changes;
}

/** A title has no effect, but is required. */
const parametersOf = ({ headers = [], cookies = [] }: Login): Wire["ParameterAuthentications"] => [
  ...headers.map(({ name, value }) => ({ title: name, type: "HTTP_HEADER" as const, key: name, value })),
  ...cookies.map(({ name, value }) => ({ title: name, type: "COOKIE" as const, key: name, value })),
];
