import { findBrowser, isBrowserRequired } from "../../../scripts/test/browser";

test.each<[string, NodeJS.ProcessEnv, readonly string[], string | undefined]>([
  ["the one that is asked for", { CRASHTEST_CHROMIUM: "/opt/c", PATH: "/bin" }, ["/opt/c", "/bin/chromium"], "/opt/c"],
  [
    "none, where the one that is asked for is not there",
    { CRASHTEST_CHROMIUM: "/opt/c", PATH: "/bin" },
    ["/bin/chromium"],
    undefined,
  ],
  ["the first on the PATH", { PATH: "/a:/b:/c" }, ["/b/chromium", "/c/chromium", "/usr/bin/chromium"], "/b/chromium"],
  ["the one at the usual place", { PATH: "/a" }, ["/usr/bin/chromium"], "/usr/bin/chromium"],
  ["none in the working folder", { PATH: ":" }, ["chromium"], undefined],
  ["none", {}, [], undefined],
])("takes %s", (_name, env, programs, expected) => {
  expect(findBrowser(env, (path) => programs.includes(path))).toBe(expected);
});

test.each<[NodeJS.ProcessEnv, boolean]>([
  [{}, false],
  [{ CI: "true" }, true],
  [{ CI: "false" }, false],
  [{ CRASHTEST_REQUIRE_BROWSER: "1" }, true],
  [{ CI: "1", CRASHTEST_ALLOW_NO_BROWSER: "1" }, false],
  [{ CI: "1", CRASHTEST_ALLOW_NO_BROWSER: "" }, true],
])("with %j browser tests have to run: %s", (env, isRequired) => {
  expect(isBrowserRequired(env)).toBe(isRequired);
});
