import { runInNewContext } from "node:vm";
import * as project from "pulumi-crashtest/provider/project";
import * as scan from "pulumi-crashtest/provider/scan";
import { providerText, TYPE_MODULE } from "../../../provider/engine/provider-text";

test("what lies in users' states never changes", () => {
  expect(providerText("project")).toBe('exports.handler=()=>require("pulumi-crashtest/provider/project")');
  expect(providerText("scan")).toBe('exports.handler=()=>require("pulumi-crashtest/provider/scan")');
  expect(TYPE_MODULE).toBe("pulumi-nodejs:dynamic/crashtest");
});

test("the text, evaluated as the engine's host does it, leads to the entry", () => {
  const module: { exports: { handler?: () => unknown } } = { exports: {} };
  const require = (name: string): unknown => ({ "pulumi-crashtest/provider/scan": scan })[name];
  runInNewContext(providerText("scan"), { exports: module.exports, require });

  expect(module.exports.handler?.()).toBe(scan);
});

test.each([
  ["project", project],
  ["scan", scan],
])("the entry of %s exports the methods and nothing else", (_name, entry) => {
  expect(Object.keys(entry).sort()).toEqual(["check", "configure", "create", "delete", "diff", "read", "update"]);
  for (const method of Object.values(entry)) expect(method).toBeInstanceOf(Function);
});
