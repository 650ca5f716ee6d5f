import { DEFAULT_PORT, HELP } from "../../src/cli-help";
import { parseCliOptions, UsageError } from "../../src/cli-options";

const ID = "0a".repeat(16);
const SECRET = "0b".repeat(64);

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
  expect(parse).toThrow(/--scanner[^]*--list-projects[^]*--port[^]*--team-id/);
});

test.each<[string[], RegExp]>([
  [["--max-scans", "0"], /--max-scans must be/],
  [["--allow-target", "shop.example"], /--allow-target is for --scanner wapiti/],
  [["--data", ""], /--data is empty/],
  [["--accounts", ""], /--accounts is empty/],
  [["--backup", "b.sqlite"], /--backup needs --data/],
  [["--accounts", "a.json", "--team-id", "3"], /leave out --api-key, --api-id and --team-id/],
  [["--api", "other"], /--api must be crashtest or veracode/],
  [["--api-id", ID], /--api-id is for --api veracode only/],
  [["--allow-local-targets"], /--allow-local-targets is for --api veracode only/],
  [["--api", "veracode", "--api-id", ID], /--api-id also needs --api-key/],
  [["--api", "veracode", "--api-key", SECRET], /--api-key also needs --api-id/],
  [["--api", "veracode", "--api-id", ID, "--api-key", "ctl_x"], /--api-key must be 128 hexadecimal digits/],
  [["--api", "veracode", "--api-id", "demo", "--api-key", SECRET], /--api-id must be 32 hexadecimal digits/],
  [["--api", "veracode", "--accounts", "a.json", "--api-id", ID, "--api-key", SECRET], /leave out --api-key, --api-id/],
])("%j is refused: %s", (args, reason) => {
  expect(() => parseCliOptions(args, {})).toThrow(reason);
});

test("a key in the environment beside accounts is refused, and not repeated", () => {
  const parse = (): unknown => parseCliOptions(["--accounts", "a.json"], { CRASHTEST_LOCAL_API_KEY: "a-key" });

  expect(parse).toThrow(/^(?![^]*a-key)[^]*unset CRASHTEST_LOCAL_API_KEY/);
});

test("what a team's service is started with", () => {
  const args = ["--scanner", "wapiti", "--allow-target", "a.example", "--allow-target", "b.example:8443"];
  const more = [
    "--accounts",
    "/a.json",
    "--listen",
    "0.0.0.0",
    "--public-url",
    "https://s.example",
    "--max-scans",
    "4",
  ];

  expect(parseCliOptions([...args, ...more, "--require-proof"], {})).toMatchObject({
    ...{ action: "serve", allowedTargets: ["a.example", "b.example:8443"], requireProof: true, maxRunningScans: 4 },
    ...{ accountsPath: "/a.json", listen: "0.0.0.0", publicUrl: "https://s.example" },
  });
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

test("the signing key comes from the command line before the environment, half by half", () => {
  const env = { CRASHTEST_LOCAL_API_ID: "0c".repeat(16), CRASHTEST_LOCAL_API_KEY: SECRET };

  expect(parseCliOptions(["--api", "veracode", "--api-id", ID, "--api-key", SECRET], {})).toMatchObject({
    ...{ api: "veracode", signingKey: { id: ID, secret: SECRET }, apiKey: undefined, allowLocalTargets: false },
  });
  expect(parseCliOptions(["--api", "veracode"], env).signingKey).toEqual({ id: "0c".repeat(16), secret: SECRET });
  expect(parseCliOptions(["--api", "veracode"], {}).signingKey).toBeUndefined();
  expect(parseCliOptions(["--api", "veracode", "--allow-local-targets"], {}).allowLocalTargets).toBe(true);
});

test.each([
  ...["api", "api-id", "allow-local-targets"],
  ...["port", "data", "scanner", "script", "api-key", "team-id", "control", "list-projects", "help", "max-scans"],
  ...["allow-target", "require-proof", "accounts", "new-key", "listen", "public-url", "backup"],
])("the help names --%s", (name) => {
  expect(HELP).toContain(`--${name}`);
});
