import { homedir } from "node:os";
import { join } from "node:path";

import {
  cacheRoot,
  engineFolder,
  hashEngineModules,
  languagesFolder,
  pythonSdkFolder,
  readBuiltVersion,
} from "../../../scripts/engine/cache";

describe("cacheRoot", () => {
  test.each([
    [{ CRASHTEST_CACHE_DIR: "/own", XDG_CACHE_HOME: "/xdg" }, "/own"],
    [{ CRASHTEST_CACHE_DIR: "", XDG_CACHE_HOME: "/xdg" }, "/xdg/pulumi-crashtest"],
    [{ XDG_CACHE_HOME: "" }, join(homedir(), ".cache/pulumi-crashtest")],
  ])("of %j is %s", (env, expected) => {
    expect(cacheRoot(env)).toBe(expected);
  });
});

test("an engine's folder names version, platform, architecture and what it is built from", () => {
  const platform = `${process.platform}-${process.arch}`;

  expect(engineFolder("3.248.0")).toBe(`engine-3.248.0-${platform}`);
  expect(engineFolder("3.259.0", "abc")).toBe(`engine-3.259.0-${platform}-abc`);
});

test("the Go modules name the version that is built, and have a hash", () => {
  expect(readBuiltVersion()).toBe("3.259.0");
  expect(hashEngineModules()).toMatch(/^[0-9a-f]{12}$/);
});

test("what is built for other languages is apart from the engine, and depends on what it is built from", () => {
  expect(languagesFolder()).toMatch(new RegExp(`^languages-${process.platform}-${process.arch}-[0-9a-f]{12}$`));
  expect(languagesFolder()).not.toContain(hashEngineModules());
  expect(pythonSdkFolder("pulumi==3.272.0")).toMatch(/^python-sdk-[0-9a-f]{12}$/);
  expect(pythonSdkFolder("pulumi==3.272.1")).not.toBe(pythonSdkFolder("pulumi==3.272.0"));
});
