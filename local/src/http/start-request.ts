import { validateHeaderName, validateHeaderValue } from "node:http";
import type { components } from "../../../contract/wire.generated";
import { parseApiSpecification } from "../scanners/api-specification";
import type { NamedValue, ScanLogin } from "../scanners/scanner";
import type { StartDetails } from "../scans/scan-runner";
import { invalidFields } from "./refusal";

/** The body of a start: the same members in both APIs and transports. */
export type StartScanBody = components["schemas"]["StartScanRequest"];

type Reasons = Readonly<Record<string, readonly string[]>>;

/** Maps the login of a start's body; undefined if it has none. */
export function scanLoginOf(body: StartScanBody): ScanLogin | undefined {
  const basic = body.system_authentication?.basic_auth;
  const forms = body.application_authentication ?? [];
  const parameters = body.parameter_authentication ?? [];
  const check = body.login_check;
  if (basic === undefined && forms.length === 0 && parameters.length === 0) return undefined;
  const named = (type: "HEADER" | "COOKIE"): NamedValue[] =>
    parameters.filter((parameter) => parameter.type === type).map(({ key, value }) => ({ name: key, value }));
  return {
    ...(basic === undefined ? {} : { basic }),
    forms,
    headers: named("HEADER"),
    cookies: named("COOKIE"),
    ...(check === undefined ? {} : { check }),
  };
}

/** Headers that belong to the connection, or that the service itself must set. */
const RESERVED = /^(?:host|cookie|content-length|transfer-encoding|connection|upgrade|te|trailer|expect|proxy-.*)$/i;
const COOKIE_NAME = /^[^\s;=,\p{Cc}]+$/u;
const COOKIE_VALUE = /^[\t\x20-\x3a\x3c-\x7e\x80-\xff]*$/;

function isValidHeader({ name, value }: NamedValue): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return !RESERVED.test(name);
  } catch {
    return false;
  }
}

function isOn(target: URL, address: string): boolean {
  return URL.canParse(address) && new URL(address).origin === target.origin;
}

/** Returns what is wrong with a login beyond the contract, by field and without any value; empty if it is valid. */
function reasonsAgainst(login: ScanLogin, target: URL): Reasons {
  const offTarget = `must be an address of the target, ${target.origin}`;
  const { basic, forms, headers, cookies, check } = login;
  const hasBadCookie = cookies.some(({ name, value }) => !COOKIE_NAME.test(name) || !COOKIE_VALUE.test(value));
  const found: (readonly [string, string, boolean])[] = [
    ["system_authentication/basic_auth/username", "must not contain a colon", basic?.username.includes(":") === true],
    ["application_authentication/url", offTarget, !forms.every(({ url }) => isOn(target, url))],
    ["parameter_authentication", "has a header that cannot be sent", !headers.every(isValidHeader)],
    ["parameter_authentication", "has a cookie that cannot be sent", hasBadCookie],
    ["login_check/url", offTarget, check !== undefined && !isOn(target, check.url)],
  ];
  return Object.fromEntries(found.filter(([, , isWrong]) => isWrong).map(([field, reason]) => [field, [reason]]));
}

/**
 * Returns what the body of a start says about its scan.
 *
 * @throws Refusal 422 if an address is not on the target, a header or cookie cannot be sent, or the API specification is
 * not an OpenAPI document.
 */
export function startDetailsOf(body: StartScanBody | undefined, target: URL): StartDetails {
  const login = scanLoginOf(body ?? {});
  const text = body?.specs?.api_spec;
  const specification = text === undefined ? undefined : parseApiSpecification(text);
  const reasons = {
    ...(login === undefined ? {} : reasonsAgainst(login, target)),
    ...(login === undefined && body?.login_check !== undefined ? { login_check: ["needs a login to check"] } : {}),
    ...(specification !== undefined && "problem" in specification
      ? { "specs/api_spec": [`is not a valid OpenAPI document: ${specification.problem}`] }
      : {}),
  };
  if (Object.keys(reasons).length > 0) throw invalidFields(reasons);
  return {
    ...(login === undefined ? {} : { login }),
    ...(specification === undefined || "problem" in specification ? {} : { apiSpecification: specification }),
  };
}
