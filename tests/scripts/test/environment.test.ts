import { testEnvironment } from "../../../scripts/test/environment";

const own = {
  HOME: "/home/me",
  PATH: "/usr/bin",
  CRASHTEST_API_KEY: "a real key",
  PULUMI_ACCESS_TOKEN: "a real token",
  PULUMI_BACKEND_URL: "https://backend.example",
  CRASHTEST_CACHE_DIR: "/cache",
  CRASHTEST_CHROMIUM: "/opt/chromium",
  CRASHTEST_FUZZ_INPUTS: "100000",
  CRASHTEST_KILL_ROUNDS: "50",
};

test("keeps a developer's own settings of Crashtest and Pulumi from the tests", () => {
  expect(testEnvironment(own, undefined)).toEqual({
    HOME: "/home/me",
    PATH: "/usr/bin",
    CRASHTEST_CACHE_DIR: "/cache",
    CRASHTEST_CHROMIUM: "/opt/chromium",
    CRASHTEST_FUZZ_INPUTS: "100000",
    CRASHTEST_KILL_ROUNDS: "50",
    PULUMI_HOME: "/cache/pulumi-home",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  });
});

test("puts the engine first on the PATH", () => {
  const engine = {
    pulumi: "/e/pulumi",
    binDir: "/e",
    version: "3.259.0",
    source: "built" as const,
    env: { PATH: "/e:/usr/bin" },
  };

  expect(testEnvironment(own, engine)["PATH"]).toBe("/e:/usr/bin");
});
