import { DEFAULT_PORT, HELP, parseCliOptions, UsageError } from "../../src/cli-options";

test("without options the service is scripted, in memory, without control, on the fixed port", () => {
  expect(parseCliOptions([], {})).toMatchObject({
    ...{
      action: "serve",
      port: DEFAULT_PORT,
      dataDir: undefined,
      scanner: "scripted",
      control: false,
      apiKey: undefined,
    },
  });
});

test("all that is wrong is said at once", () => {
  const parse = (): unknown =>
    parseCliOptions(["--port", "70000", "--team-id", "0", "--scanner", "nmap", "--list-projects"], {});

  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(/--port[^]*--team-id[^]*--scanner[^]*--list-projects/);
});

test("an unknown option is refused", () => {
  expect(() => parseCliOptions(["--host", "0.0.0.0"], {})).toThrow("Unknown option '--host'");
});

test("the key comes from the command line before the environment; an empty one is none", () => {
  const env = { CRASHTEST_LOCAL_API_KEY: "from-env" };

  expect(parseCliOptions(["--api-key", "given"], env).apiKey).toBe("given");
  expect(parseCliOptions([], env).apiKey).toBe("from-env");
  expect(parseCliOptions([], { CRASHTEST_LOCAL_API_KEY: "" }).apiKey).toBeUndefined();
});

test.each(["port", "data", "scanner", "script", "api-key", "team-id", "control", "list-projects", "help"])(
  "the help names --%s",
  (name) => {
    expect(HELP).toContain(`--${name}`);
  },
);
