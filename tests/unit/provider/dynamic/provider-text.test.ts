import { runInNewContext } from "node:vm";
import { providerText, TYPE_MODULE } from "../../../../provider/dynamic/provider-text";

/** These lie in the states of users, so they never change. Each is written out in full on purpose. */
test("the provider of a project is the frozen text", () => {
  expect(providerText("project")).toBe('exports.handler=()=>require("pulumi-crashtest/provider/project")');
});

test("the provider of a scan is the frozen text", () => {
  expect(providerText("scan")).toBe('exports.handler=()=>require("pulumi-crashtest/provider/scan")');
});

test("the provider of a gate's verdict is the frozen text", () => {
  expect(providerText("verdict")).toBe('exports.handler=()=>require("pulumi-crashtest/provider/verdict")');
});

test("the types lie in the frozen module", () => {
  expect(`${TYPE_MODULE}:Project`).toBe("pulumi-nodejs:dynamic/crashtest:Project");
  expect(`${TYPE_MODULE}:Verdict`).toBe("pulumi-nodejs:dynamic/crashtest:Verdict");
});

test.each(["project", "scan", "verdict"] as const)(
  "the text of %s loads the entry when its handler is called, not before",
  (entry) => {
    const asked: string[] = [];
    const loaded = {};
    const exported: { handler?: () => unknown } = {};
    const fakeRequire = (name: string): object => {
      asked.push(name);
      return loaded;
    };

    runInNewContext(providerText(entry), { exports: exported, require: fakeRequire });

    expect(asked).toEqual([]);
    expect(exported.handler?.()).toBe(loaded);
    expect(asked).toEqual([`pulumi-crashtest/provider/${entry}`]);
  },
);
