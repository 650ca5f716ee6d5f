import type { Answer } from "../operation";
import type { Lookups } from "./lookups";
import type { VeracodeOperations, Wire } from "./operations";
import type { ProfileMemory, ProfileSettings } from "./profile-settings";
import { problem } from "./problem";

type AuthenticationOperations = Pick<
  VeracodeOperations,
  "setSystemAuthentication" | "setApplicationAuthentication" | "setParameterAuthentications"
>;

const TYPES = { HTTP_HEADER: "HEADER", COOKIE: "COOKIE" } as const;
const REMOVED: Answer = { status: 204, isEmpty: true };

/** How the scans of a target log in. Answers never have a password or a value. */
export function authenticationOperations(lookups: Lookups, memory: ProfileMemory): AuthenticationOperations {
  return {
    setSystemAuthentication: (call) => {
      const { targetId } = lookups.profile(call);
      const body = call.body as Wire["SystemAuthentication"];
      if (isEmpty(body)) {
        memory.change(targetId, { system_authentication: null });
        return REMOVED;
      }
      const { username, password } = body;
      if (username === undefined || password === undefined) throw incomplete("username and password");
      memory.change(targetId, { system_authentication: { basic_auth: { username, password } } });
      return { status: 200, body: { username } };
    },
    setApplicationAuthentication: (call) => {
      const { targetId } = lookups.profile(call);
      const body = call.body as Wire["ApplicationAuthentication"];
      const isPatch = call.query.get("method") === "PATCH";
      const { username, password, login_url: url } = isPatch ? { ...formOf(memory.of(targetId)), ...body } : body;
      if (username === undefined && password === undefined && url === undefined) {
        memory.change(targetId, { application_authentication: [] });
        return REMOVED;
      }
      if (username === undefined || password === undefined || url === undefined) {
        throw incomplete("username, password and login_url");
      }
      memory.change(targetId, { application_authentication: [{ username, password, url }] });
      return { status: 200, body: { username, login_url: url } };
    },
    setParameterAuthentications: (call) => {
      const { targetId } = lookups.profile(call);
      const parameters = call.body as Wire["ParameterAuthentications"];
      if (parameters.some(({ value }) => value === undefined)) throw incomplete("a value for each");
      memory.change(targetId, {
        parameter_authentication: parameters.map(({ type, key, value = "" }) => ({ type: TYPES[type], key, value })),
      });
      if (parameters.length === 0) return REMOVED;
      return { status: 200, body: parameters.map(({ title, type, key }) => ({ title, type, key })) };
    },
  };
}

const isEmpty = (body: object): boolean => Object.keys(body).length === 0;

/** Returns the form login that is set; a webhook may have set several. */
function formOf({ application_authentication: [first] = [] }: ProfileSettings): Wire["ApplicationAuthentication"] {
  return first === undefined ? {} : { username: first.username, password: first.password, login_url: first.url };
}

/** ASSUMED: the code. */
const incomplete = (what: string) => problem(400, "INVALID_REQUEST", `The authentication needs ${what}.`);
