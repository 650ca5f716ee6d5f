import Ajv from "ajv";
import { startBodyOf } from "../../service/client/start-body";
import { LOGIN_KINDS, type Login } from "../../service/login";
import type { StartOptions } from "../../service/service";
import { readContract } from "./contract-document";

const isBody = new Ajv({ strict: false }).compile(readContract().components["schemas"]?.["StartScanRequest"] as object);

const LOGIN: Required<Login> = {
  basic: { username: "ann", password: "p" },
  form: [{ url: "https://shop.example/login", username: "ann", password: "p" }],
  headers: [{ name: "x-token", value: "1" }],
  cookies: [{ name: "session", value: "2" }],
  check: { url: "https://shop.example/account", contains: "Log out" },
};

test.each<[string, StartOptions]>([
  ...LOGIN_KINDS.map((kind): [string, StartOptions] => [kind, { login: { [kind]: LOGIN[kind] } }]),
  ...LOGIN_KINDS.map((kind): [string, StartOptions] => [`no more ${kind}`, { formerLogin: [kind] }]),
  ["everything", { login: LOGIN, apiSpecification: "openapi: 3.0.3" }],
])("the body of a start is the contract's: %s", (_what, options) => {
  const body = startBodyOf(options, { canCheckLogin: true });

  expect({ isBody: isBody(body), errors: isBody.errors }).toEqual({ isBody: true, errors: null });
});
