import { startBodyOf } from "../../../../service/client/start-body";
import type { LoginKind } from "../../../../service/login";
import type { StartOptions } from "../../../../service/service";

const basic = { username: "ann", password: "p1" };
const form = [{ url: "https://shop.example/login", username: "ann", password: "p2" }];
const headers = [{ name: "authorization", value: "Bearer t" }];
const cookies = [{ name: "session", value: "s1" }];
const check = { url: "https://shop.example/account", contains: "Ann" };

const HEADER = { type: "HEADER", key: "authorization", value: "Bearer t" };
const COOKIE = { type: "COOKIE", key: "session", value: "s1" };

test.each<[string, StartOptions, object | undefined]>([
  ["nothing", {}, undefined],
  ["no login, and none before", { login: undefined, formerLogin: [] }, undefined],
  ["basic", { login: { basic } }, { system_authentication: { basic_auth: basic } }],
  ["a form", { login: { form } }, { application_authentication: form }],
  ["headers", { login: { headers } }, { parameter_authentication: [HEADER] }],
  ["cookies", { login: { cookies } }, { parameter_authentication: [COOKIE] }],
  ["headers and cookies", { login: { headers, cookies } }, { parameter_authentication: [HEADER, COOKIE] }],
  ["a specification", { apiSpecification: "{}" }, { specs: { api_spec: "{}" } }],
  ["a check", { login: { basic, check } }, { system_authentication: { basic_auth: basic }, login_check: check }],
])("the body says %s", (_what, options, expected) => {
  expect(startBodyOf(options, { canCheckLogin: true })).toEqual(expected);
});

test.each<[LoginKind[], StartOptions["login"], object]>([
  [["basic"], undefined, { system_authentication: null }],
  [["form"], undefined, { application_authentication: [] }],
  [["headers"], undefined, { parameter_authentication: [] }],
  [["cookies"], undefined, { parameter_authentication: [] }],
  [["cookies"], { headers }, { parameter_authentication: [HEADER] }],
  [["basic"], { form }, { system_authentication: null, application_authentication: form }],
])("a login that was %p is taken out", (formerLogin, login, expected) => {
  expect(startBodyOf({ login, formerLogin }, { canCheckLogin: false })).toEqual(expected);
});

test("a service that cannot check a login is not told of a check", () => {
  expect(startBodyOf({ login: { basic, check } }, { canCheckLogin: false })).not.toHaveProperty("login_check");
});
