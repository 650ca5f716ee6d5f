import type { Login } from "../login";
import type { StartOptions } from "../service";

/** What a start says of the scan, in the words that both services have. A member that is absent stays as it is stored. */
export interface StartBody {
  /** Null removes what is stored. */
  system_authentication?: { basic_auth: { username: string; password: string } } | null;
  /** An empty list removes what is stored. */
  application_authentication?: { username: string; password: string; url: string }[];
  /** An empty list removes what is stored. */
  parameter_authentication?: { type: "HEADER" | "COOKIE"; key: string; value: string }[];
  specs?: { api_spec: string };
  /** Of the local service only. */
  login_check?: { url: string; contains: string };
}

/**
 * Returns the body of a start; undefined where there is nothing to say. ASSUMED: null and empty lists remove what is stored, the
 * type `COOKIE`, and that the REST start takes the body of the webhook's.
 *
 * @param canCheckLogin the service takes a check of the login; else it is not told of one
 */
export function startBodyOf(
  { login = {}, formerLogin = [], apiSpecification }: StartOptions,
  { canCheckLogin }: { canCheckLogin: boolean },
): StartBody | undefined {
  const { basic, form, headers, cookies, check } = login;
  const body: StartBody = {};
  if (basic !== undefined) {
    body.system_authentication = { basic_auth: { username: basic.username, password: basic.password } };
  } else if (formerLogin.includes("basic")) body.system_authentication = null;
  if (form !== undefined) {
    body.application_authentication = form.map(({ username, password, url }) => ({ username, password, url }));
  } else if (formerLogin.includes("form")) body.application_authentication = [];
  const hadParameters = formerLogin.includes("headers") || formerLogin.includes("cookies");
  // One list at the service: what stays of it is said again.
  if (headers !== undefined || cookies !== undefined || hadParameters) {
    body.parameter_authentication = parametersOf(login);
  }
  if (apiSpecification !== undefined) body.specs = { api_spec: apiSpecification };
  if (check !== undefined && canCheckLogin) body.login_check = { url: check.url, contains: check.contains };
  return Object.keys(body).length === 0 ? undefined : body;
}

const parametersOf = ({ headers = [], cookies = [] }: Login): NonNullable<StartBody["parameter_authentication"]> => [
  ...headers.map(({ name, value }) => ({ type: "HEADER" as const, key: name, value })),
  ...cookies.map(({ name, value }) => ({ type: "COOKIE" as const, key: name, value })),
];
